"""The level of a visit by its minutes, with the prolonged units they earn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from caseconsultant.consulting.calculators.visit_time import level_by_time, next_level, units_from
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.visit_minutes import STAFF, CountedTime, counted_time
from caseconsultant.consulting.reading.visits import Place, VisitWords, visit_words
from caseconsultant.consulting.topics import prolonged
from caseconsultant.consulting.visit_families import Families, condition, families
from caseconsultant.consulting.visit_rules import VisitRules, hangs, listed, proposed, refused, stands, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question, Service

_MINIMUMS = "evaluation.time.minimum_minutes"
_OTHER_SUBJECTS = re.compile(
    r"\bcritical care\b|\b9929[12]\b|\bsplit\b|\bshared?\b|\badvance care\b|\bacp\b|\b9949[78]\b|\bpsychotherap\w+|"
    r"\b908\d\d\b|"
    r"\b97\d{3}\b|\binfus\w+|\b963\d\d\b|\banesthesia\b|\btcm\b|\bccm\b|\b99490\b|\b9940[1-9]\b|\b994[2-8]\d\b|"
    r"\bphone\b|"
    r"\bobs(?:ervation)?\b[^.]{0,30}\b\d+ ?h|\btelephone\b|\btelehealth\b|\bvideo\b|\baudio\b",
    re.IGNORECASE,
)
_SHORT = 120
"""Characters in which a visit's code and its minutes ask nothing but whether they fit."""
_VISIT = re.compile(
    r"\bvisit\b|\be/?m\b|\bf/?u\b|\b(?:provider|physician|doctor|doc|md|np|pa) (?:\w+ )?(?:spent|document\w*)\b|"
    r"\btotal time\b",
    re.IGNORECASE,
)
_PATIENT_WITH_MINUTES = re.compile(
    r"\b(?:new|est\w*\.?) (?:medicare |commercial |office )?(?:pts?|patients?),?(?: (?:total|spent|seen|for|x|"
    r"level|code))* "
    r"\d+ ?(?:min|minutes)\b",
    re.IGNORECASE,
)
_DISCHARGE_DAY = re.compile(r"\bdischarge (?:day|management|visit|code)\b|\b9923[89]\b|\b9931[56]\b", re.IGNORECASE)
_DISCHARGE = re.compile(r"\bdischarge\b|\b9923[89]\b|\b9931[56]\b", re.IGNORECASE)
_HOSPITALIST = re.compile(r"\bhospitalists?\b|\bhospital discharge\b", re.IGNORECASE)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The level that the countable minutes give; nothing where no minutes of a visit are in question."""
    rules = VisitRules(knowledge, question)
    words = visit_words(question.text)
    if _OTHER_SUBJECTS.search(question.text) or not _only_visits(rules):
        return NOTHING
    found = families(rules, words)
    counted = counted_time(question.text)
    if found.one == "emergency" and (words.by_time or counted):
        return _never(rules, counted) if words.by_time or _asks_time(question) else NOTHING
    short = len(question.text) < _SHORT and any(rules.family_of(code) for code in proposed(question))
    asks = short or words.by_time or words.asks_level or prolonged.named(question) or _asks_time(question)
    named_day = _DISCHARGE_DAY.search(question.text) is not None
    if counted is None or not (asks or named_day or _told_alone(question, words)):
        return prolonged.without_minutes(rules)
    if named_day or _DISCHARGE.search(question.text):
        return _discharge(rules, counted, words)
    minimums = rules.numbers(_MINIMUMS)
    if not found.names or not any(code in minimums for codes in found.codes.values() for code in codes):
        return _before(rules) if words.by_time else NOTHING
    return _levels(rules, found, counted, words)


_TIME_WORDS = re.compile(
    r"\badd (?:both|them|up|it|the)\b|\btime statement\b|\b(?:count|counted|include) (?:both|all|toward)\b|"
    r"\bby (?:the )?(?:time|clock)\b|\buse the \d+ min|\bminutes? .{0,20}instead\b|\btime\b[^.]{0,30}\?",
    re.IGNORECASE,
)


def _told_alone(question: Question, words: VisitWords) -> bool:
    """A visit told with its minutes and nothing else: the level is what is wanted."""
    given = question.drugs or {each.service for each in question.services} - {Service.VISIT}
    named = _VISIT.search(question.text) or _PATIENT_WITH_MINUTES.search(question.text)
    told = (words.new, words.first) != (None, None)
    return not question.codes and not given and named is not None and told


def _asks_time(question: Question) -> bool:
    return _TIME_WORDS.search(question.text) is not None


def _only_visits(rules: VisitRules) -> bool:
    """Whether every code is a visit, a discharge or prolonged time; minutes of others are another question."""
    others = {"99238", "99239", "99315", "99316"}
    return all(
        rules.family_of(code) or code in others or prolonged.is_prolonged(code, rules)
        for code in proposed(rules.question)
        if code.startswith(("99", "G"))
    )


def _never(rules: VisitRules, counted: CountedTime | None) -> Findings:
    """Emergency visits have no time."""
    told_minutes = f" The {counted.minutes} minutes do not change it." if counted and counted.minutes else ""
    statement = (
        "An emergency visit (99281-99285) is never leveled by time; decision making (MDM) alone decides: two of "
        "problems, "
        f"data and risk.{told_minutes} Only critical care, 99291, goes by minutes there."
    )
    references = rules.references("evaluation.time.decision_making_only_codes")
    if not references:
        return NOTHING
    return Findings((told(statement, references, verdict=Verdict.NO),), headlines=(statement,))


def _before(rules: VisitRules) -> Findings:
    statement = (
        "On that date these visits had no minimum of total time: the level came from history, examination and "
        "decision making, "
        "and time decided only where counseling or coordination of care took more than half of it. Total time has "
        "counted since "
        "2021 for office visits and since 2023 for hospital, nursing facility and home visits."
    )
    references = rules.references("evaluation.families")
    return Findings((told(statement, references),), headlines=(statement,))


def _discharge(rules: VisitRules, counted: CountedTime, words: VisitWords) -> Findings:
    long = rules.numbers("evaluation.discharge.long_minutes")
    short = rules.value("evaluation.discharge.short_code")
    written = set(proposed(rules.question))
    from_hospital = bool({"99238", "99239"} & written) or _HOSPITALIST.search(rules.question.text) is not None
    from_nursing = bool({"99315", "99316"} & written) or (words.place is Place.NURSING and not from_hospital)
    code = "99316" if from_nursing else "99239"
    if code not in long or not isinstance(short, dict):
        return NOTHING
    earned = units_from(counted.minutes, {short[code]: 0, code: long[code]}) or short[code]
    asked = set(proposed(rules.question)) & {code, short[code]}
    wrong = asked and earned not in asked
    statement = (
        f"{counted.minutes} minutes of discharge day: {earned}. {code} needs more than 30 minutes ({long[code]} or "
        f"more) of the "
        f"clinician that day, in the note; {short[code]} is 30 minutes or less."
    )
    finding = told(
        statement,
        rules.references("evaluation.discharge.long_minutes"),
        verdict=Verdict.NO if wrong else Verdict.YES,
        arithmetic=counted.arithmetic,
    )
    return Findings((finding,), (stands(earned),), headlines=(statement,))


def _levels(rules: VisitRules, found: Families, counted: CountedTime, words: VisitWords) -> Findings:
    asked = [code for code in proposed(rules.question) if rules.family_of(code)]
    open_family = found.one is None or _open_new(rules, found, words)
    names = found.names if found.one is None else (found.names[0],)
    if open_family and len(names) == 1:
        names = (
            ("office_established", "office_new")
            if names[0] == "office_established"
            else ("office_new", "office_established")
        )
    table = rules.table("evaluation.families")
    parts = [_of_family(rules, name, table[name], counted, only=not open_family) for name in names]
    extra = prolonged.units(rules, counted.minutes, names, sure=not open_family)
    common = Findings(tuple(_common(rules, counted, names)), asks=_asks(found, open_family))
    whole = joined((*parts, extra, common))
    return _with_verdict(whole, rules, counted, names, asked, open_family=open_family, words=words)


def _open_new(rules: VisitRules, found: Families, words: VisitWords) -> bool:
    """One office code proposed, and nothing says whether the patient is new; prolonged time takes the code as given."""
    one = len([code for code in proposed(rules.question) if rules.family_of(code)]) == 1
    office = found.one in {"office_new", "office_established"}
    return office and one and words.new is None and not prolonged.named(rules.question)


def _asks(found: Families, open_family: bool) -> tuple[str, ...]:  # noqa: FBT001 - one call
    return (found.ask or "Is the patient new or established?",) if open_family else ()


def _of_family(rules: VisitRules, name: str, codes: Sequence[str], counted: CountedTime, *, only: bool) -> Findings:
    minimums = rules.numbers(_MINIMUMS)
    level = level_by_time(counted.minutes, codes, minimums)
    following = next_level(counted.minutes, codes, minimums)
    if level is None:
        lowest = following or codes[0]
        begins = f"{lowest} begins at {minimums.get(lowest, 0)}"
        said = f"{_minutes(counted)} are too few for any level by time ({begins}); choose by decision making"
    else:
        beyond = f"; {following} begins at {minimums[following]}" if following else ", the top level"
        said = f"{_minutes(counted)} give {level}, which begins at {minimums[level]}{beyond}"
    where = "" if only else f" if {condition(name)}"
    opinions: tuple[Opinion, ...] = ()
    if level:
        opinions = (stands(level),) if only else (hangs(level, condition(name)),)
    return Findings(opinions=opinions, headlines=(f"{said}{where}.",))


def _minutes(counted: CountedTime) -> str:
    sums = any(mark in counted.arithmetic for mark in "+-")
    return (
        f"{counted.minutes} countable minutes ({counted.arithmetic})"
        if sums and counted.minutes
        else f"{counted.minutes} countable minutes"
    )


_LEFT_OUT = {STAFF: "time of scribe, nurse or other staff"}


def _common(rules: VisitRules, counted: CountedTime, names: tuple[str, ...]) -> Iterator[Finding]:
    minimums = rules.numbers(_MINIMUMS)
    table = rules.table("evaluation.families")
    row = ", ".join(f"{code} {minimums[code]}" for name in names for code in table[name] if code in minimums)
    out = listed(tuple(dict.fromkeys(_LEFT_OUT.get(each.owner, f"{each.owner} minutes") for each in counted.left_out)))
    yield told(
        f"Minimum minutes: {row}. The minimum must be met; nothing is rounded up.",
        rules.references(_MINIMUMS),
        arithmetic=f"{counted.arithmetic} minutes.",
    )
    yield told(
        "Only the billing clinician's own minutes on the date of the visit count, with or without the patient; not "
        "staff or scribe, "
        "travel, teaching, another date, or services billed apart." + (f" Left out here: {out}." if out else ""),
        rules.references("evaluation.time.not_counted"),
    )
    yield from _other_years(rules, names)


def _other_years(rules: VisitRules, names: tuple[str, ...]) -> Iterator[Finding]:
    """Where a minimum changed the year before or after, both are said."""
    table = rules.table("evaluation.families")
    here = rules.numbers(_MINIMUMS)
    for year in (rules.question.as_of.year - 1, rules.question.as_of.year + 1):
        other = replace(
            rules, question=replace(rules.question, as_of=rules.question.as_of.replace(year=year, day=1))
        ).numbers(_MINIMUMS)
        changed = [
            f"{code} {other[code]}"
            for name in names
            for code in table[name]
            if other.get(code, here.get(code)) != here.get(code)
        ]
        if changed:
            yield told(f"In {year} the minimum was another: {listed(changed)}.", rules.references(_MINIMUMS))


def _with_verdict(
    whole: Findings,
    rules: VisitRules,
    counted: CountedTime,
    names: tuple[str, ...],
    asked: list[str],
    *,
    open_family: bool,
    words: VisitWords,
) -> Findings:
    """Whether the level proposed is earned; a higher one is refused, a lower one only named."""
    if open_family or not asked or set(asked) <= set(rules.question.alternatives) or words.stated_level:
        return whole
    minimums = rules.numbers(_MINIMUMS)
    level = level_by_time(counted.minutes, rules.table("evaluation.families")[names[0]], minimums)
    high = [code for code in asked if code != level and minimums.get(code, 0) > counted.minutes]
    out = " Scribe, nurse and staff time never counts." if any(each.owner == STAFF for each in counted.left_out) else ""
    if high and high[0] not in rules.question.alternatives:
        by_time = level or "no level"
        needs = f"{high[0]} needs {minimums[high[0]]} minutes"
        said = f"{needs}; there are {_minutes(counted)}, so by time it is {by_time}.{out}"
        return replace(
            whole,
            opinions=(*whole.opinions, *(refused(code, "its minimum is not met") for code in high)),
            corrections=(*whole.corrections, said),
        )
    verdict = told(
        f"{listed(asked)} is met by time: it needs {minimums.get(asked[0], 0)} minutes.",
        rules.references(_MINIMUMS),
        verdict=Verdict.YES if level in asked else None,
    )
    return replace(whole, findings=(verdict, *whole.findings))
