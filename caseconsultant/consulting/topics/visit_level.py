"""The level of a visit by decision making: problems, data and risk as told, two of the three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.decision_making import Elements, elements
from caseconsultant.consulting.reading.visits import Place, VisitWords, visit_words
from caseconsultant.consulting.topics.visit_level_words import asked_back, changes, column_said, condition_of
from caseconsultant.consulting.visit_families import Families, condition, families
from caseconsultant.consulting.visit_grid import TABLES, Grid, grid
from caseconsultant.consulting.visit_rules import VisitRules, hangs, listed, proposed, refused, stands, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question, Service

_OTHER_LEVELS = re.compile(
    r"\b(?:potassium|vitamin|drug|blood|serum|trough|lumbar|cervical|thoracic|spin\w+|vertebral|two|three|each|per|"
    r"additional|glucose)"
    r"\s(?:\w+\s)?levels?\b|\binterspace|\blevels? (?:above|below)",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(?:level|lvl)\b", re.IGNORECASE)
_REMOTE = re.compile(r"\b(?:telehealth|telemedicine|telephone|phone|video|audio|virtual\w*|camera)\b", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\bicd\b|\bdiagnos[ei]s codes?\b|\bdx\b|\bsequenc\w+|\bcode(?:d|s)? first\b|\baftercare\b|\bmodifiers?\b|"
    r"\bden(?:y|ied|ial)|\bunits?\b|"
    r"\bhow many\b|\bglobal\b|\bscreening\b|\bmedical necess",
    re.IGNORECASE,
)
_BILLED_TESTS = ("7", "8", "93")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The level and its code; conditions and questions back where a column is open; nothing where no level is asked."""
    rules = VisitRules(knowledge, question)
    words = visit_words(question.text)
    if not _asked(rules, words):
        return NOTHING
    found = families(rules, words)
    told_of = elements(question.text)
    names = rules.words(f"{TABLES}.levels")
    codes = rules.table(f"{TABLES}.codes_by_level")
    if not found.names or not _in_force(found, codes):
        return _before(rules, words) if told_of.told or words.by_decision else NOTHING
    if not told_of.problems and not told_of.open_problem and not told_of.open_chronic and not words.stated_level:
        return NOTHING  # a decision alone makes no level
    if told_of.problems or (told_of.told and (told_of.risks or not words.stated_level)):
        return _of_grid(rules, found, told_of, grid(rules, told_of, names))
    if words.stated_level and words.stated_level in names:
        place = list(names).index(words.stated_level)
        return _stated(rules, found, place, names)
    return NOTHING


def _asked(rules: VisitRules, words: VisitWords) -> bool:
    """Whether a level is in question, and nothing but visits and the tests they order."""
    codes = proposed(rules.question)
    visits = [code for code in codes if rules.family_of(code)]
    others = [code for code in codes if code not in visits and not code.startswith(_BILLED_TESTS)]
    marked = {modifier for each in rules.question.codes if each.code in visits for modifier in each.modifiers}
    marked |= set(rules.question.modifiers)
    text = rules.question.text
    named = words.new is not None
    if _REMOTE.search(text):
        return False
    strong = (words.asks_level and not _OTHER_LEVELS.search(text)) or words.by_decision
    placed = named or words.place in {Place.EMERGENCY, Place.HOSPITAL, Place.NURSING, Place.HOME}
    strong = strong or (placed and _LEVEL.search(text) is not None and not _OTHER_LEVELS.search(text))
    told_of = elements(text)
    whole = bool(visits and told_of.problems and told_of.risks)
    asks = (
        strong
        or whole
        or (visits and rules.question.wants_yes_or_no)
        or (not codes and named and _told_alone(rules.question))
    )
    return bool(asks) and not others and marked <= {"95", "93"}


def _told_alone(question: Question) -> bool:
    """A visit told with its problem and decision and nothing else: the level is what is wanted."""
    told_of = elements(question.text)
    given = {each.service for each in question.services} - {Service.VISIT}
    whole = bool(told_of.problems and told_of.risks) and not given
    return whole and not question.diagnoses and not _FOREIGN.search(question.text)


def _in_force(found: Families, codes: Mapping[str, Sequence[str]]) -> bool:
    """Whether the table of decision making holds the family on that date."""
    held = {code for row in codes.values() for code in row}
    return bool(held & {code for name in found.names for code in found.codes[name]})


def _before(rules: VisitRules, words: VisitWords) -> Findings:
    """Before 2021 (office) and 2023 (elsewhere) three key components made the level."""
    office = words.place in {None, Place.OFFICE}
    since = "2021-01-01" if office else "2023-01-01"
    asked = listed(proposed(rules.question))
    said = (
        f"No: on that date the level{f' ({asked})' if asked else ''} came from three key components, history, "
        f"examination and decision "
        f"making: all three for a new patient, an emergency or an initial visit, two of them for an established "
        f"patient. The table of "
        f"problems, data and risk, two of three, decides alone only from {since} ({'office' if office else 'other'} "
        f"visits)."
    )
    finding = told(said.removeprefix("No: "), rules.references("evaluation.families"), verdict=Verdict.NO)
    return Findings((finding,), headlines=(_capital(said.removeprefix("No: ")),))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _codes(rules: VisitRules, family: Sequence[str], name: str) -> str | None:
    """The code of a level in a family; the lowest has one for two levels in some."""
    row = rules.table(f"{TABLES}.codes_by_level").get(name, ())
    return next((code for code in family if code in row), None)


def _of_grid(rules: VisitRules, found: Families, told_of: Elements, made: Grid) -> Findings:
    sure = made.made.low == made.made.high
    columns = "; ".join(
        (
            f"problems {column_said(made.problems, made.names)}{_because(told_of)}",
            f"data {column_said(made.data, made.names)}{'' if told_of.data_told else ' (none told)'}",
            f"risk {column_said(made.risk, made.names)}{_risk_because(told_of)}",
        )
    )
    rule = "Two of the three columns must reach the level; a single column, such as a prescription alone, does not."
    statement = told(
        f"{_capital(columns)}. {rule}",
        rules.references(f"{TABLES}.columns_needed", f"{TABLES}.problems"),
        arithmetic=f"{columns}: two of three reach {column_said(made.made, made.names)}.",
    )
    extra = tuple(_extra(rules, told_of))
    if sure:
        return _definite(rules, found, made, columns, (statement, *extra), told_of)
    return _open(rules, found, made, columns, (statement, *extra), told_of)


def _because(told_of: Elements) -> str:
    names = {
        "undiagnosed_new_uncertain_outcome": "undiagnosed new problem",
        "chronic_not_at_goal": "chronic, not at goal",
    }
    said = [
        f"{number} {names.get(name, name.replace('_', ' '))}" if number > 1 else names.get(name, name.replace("_", " "))
        for name, number in told_of.problems.items()
    ]
    return f" ({listed(said)})" if said else ""


def _risk_because(told_of: Elements) -> str:
    said = [each.replace("_", " ") for each in told_of.risks if each not in {"low", "minimal"}]
    return f" ({listed(said)})" if said else ""


def _extra(rules: VisitRules, told_of: Elements) -> Iterator[Finding]:
    if told_of.own_reading_billed:
        yield told(
            "A test whose reading the same clinician or group bills is not counted as data, neither its order nor its "
            "interpretation.",
            rules.references(f"{TABLES}.own_interpretation_counts"),
        )
    elif told_of.items or told_of.item_count:
        yield told(
            "Data counts each unique test once, by its code: a panel is one, and ordering includes reading the "
            "result. Low takes two items or "
            "an independent historian; moderate takes three, or an independent interpretation, or a discussion with "
            "an outside clinician.",
            rules.references(f"{TABLES}.data"),
        )


def _definite(
    rules: VisitRules, found: Families, made: Grid, columns: str, said: tuple[Finding, ...], told_of: Elements
) -> Findings:
    name = made.names[made.made.low]
    codes = {family: _codes(rules, found.codes[family], name) for family in found.names}
    if found.one:
        code = codes[found.one]
        headline = f"{code}: {columns}, so decision making (MDM) is {name}, two of the three."
        opinions: tuple[Opinion, ...] = (stands(code),) if code else ()
    else:
        each = listed([f"{code} if {condition(family)}" for family, code in codes.items()])
        headline = f"Decision making (MDM) is {name}, two of the three ({columns}): {each}."
        opinions = tuple(hangs(code, condition(family)) for family, code in codes.items() if code)
    right = {code for code in codes.values() if code}
    corrections, answered, out = _judged(rules, found, right, name, columns)
    return Findings(
        (*answered, *said),
        (*opinions, *out),
        asks=(found.ask,) if found.ask else (),
        corrections=corrections,
        headlines=() if corrections else (headline,),
        changes=changes(made.made.low, told_of),
    )


def _judged(
    rules: VisitRules, found: Families, right: set[str], name: str, columns: str
) -> tuple[tuple[str, ...], tuple[Finding, ...], tuple[Any, ...]]:
    """What becomes of the codes proposed: met, or another level is."""
    asked = [code for code in proposed(rules.question) if rules.family_of(code)]
    references = rules.references(f"{TABLES}.columns_needed")
    if not asked or not found.one:
        return (), (), ()
    wrong = [code for code in asked if code not in right]
    family = list(found.codes[found.one])
    least = min((family.index(code) for code in right if code in family), default=0)
    met = not right.isdisjoint(asked)  # a lower code beside it was only billed too low
    out = tuple(
        refused(code, f"decision making is {name}")
        for code in wrong
        if not met or code not in family or family.index(code) > least
    )
    if set(asked) <= set(rules.question.alternatives):
        return (), (), out
    if not wrong or right & set(asked):
        return (), (told(f"{listed(sorted(right))} is met: two of three.", references, verdict=Verdict.YES),), out
    said = (
        f"{listed(wrong)} is not what this makes; it is {listed(sorted(right))}: {columns}, two of the three: {name}."
    )
    return (said,), (), out


def _open(
    rules: VisitRules, found: Families, made: Grid, columns: str, said: tuple[Finding, ...], told_of: Elements
) -> Findings:
    family = found.names[-1] if not found.one else found.one
    lines: list[Opinion] = []
    sentences: list[str] = []
    for place in range(made.made.low, made.made.high + 1):
        code = _codes(rules, found.codes[family], made.names[place])
        if code and code not in {each.code for each in lines}:
            when = condition_of(place, told_of, made, rules.whole(f"{TABLES}.columns_needed"))
            lines.append(hangs(code, when))
            sentences.append(f"{code} ({made.names[place]}) if {when}")
    headline = (
        f"{listed(sentences, 'or')}: {columns}; two of the three columns of decision making (MDM) make the level."
    )
    return Findings(
        said,
        tuple(lines),
        asks=(*asked_back(told_of, made), *((found.ask,) if found.ask else ()))[:3],
        headlines=(headline,),
    )


def _stated(rules: VisitRules, found: Families, place: int, names: Sequence[str]) -> Findings:
    """The code of a level that the sender has already found."""
    codes = {family: _codes(rules, found.codes[family], names[place]) for family in found.names}
    held = {family: code for family, code in codes.items() if code}
    if not held:
        return NOTHING
    if found.one:
        opinions: tuple[Opinion, ...] = (stands(held[found.one]),)
        headline = (
            f"{held[found.one]} for {names[place]} decision making (MDM), if two of the three columns (problems, data, "
            f"risk) reach it."
        )
    else:
        opinions = tuple(hangs(code, condition(family)) for family, code in held.items())
        each = listed([f"{code} if {condition(family)}" for family, code in held.items()])
        headline = f"For {names[place]} decision making (MDM): {each}."
    corrections, answered, out = _judged(
        rules, found, set(held.values()), names[place], f"{names[place]} decision making"
    )
    finding = told(headline, rules.references(f"{TABLES}.codes_by_level"))
    return Findings(
        (*answered, finding),
        (*opinions, *out),
        asks=(found.ask,) if found.ask else (),
        corrections=corrections,
        headlines=() if corrections else (headline,),
    )
