"""Conditions told in words: their codes in order, whether the codes written are these, and what is not told.

Source: the rules of `knowledge/rules/conditions.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from caseconsultant.consulting.calculators.conditions import coded
from caseconsultant.consulting.condition_rules import Catalogue, catalogue
from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.conditions import choices, side_of, told
from caseconsultant.consulting.reading.diagnosis_asked import asked
from caseconsultant.consulting.reading.plain_words import tells_of
from caseconsultant.consulting.remembering import remembered
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.conditions import Coded, Coding, Combination, Status, Told
from caseconsultant.domain.question import Question

_UNLINKED = re.compile(
    r"\b(?:not (?:due|related|secondary|attribut\w+|linked) to|unrelated|not diabetic|non-?\s?diabetic|"
    r"due to (?:another|other) cause)\b",
    re.IGNORECASE,
)
_ENOUGH = re.compile(
    r"\b(?:enough|sufficient|alone|only|just|by itself|all (?:we|i) need|complete|anything else|suffice\w*)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(r"\b(?:order|first|primary|principal|sequenc\w+|before|then|lead\w*)\b", re.IGNORECASE)
_CHOICE = re.compile(
    r"\b[A-TV-Z]\d[0-9AB](?:\.\w{1,4})?\s?(?:,|or|vs\.?|versus|/)\s(?:or\s)?(?:is it\s)?[A-TV-Z]\d[0-9AB]",
    re.IGNORECASE,
)
_RIGHT_CODE = re.compile(
    r"(?:^|[.?!,;\n])\s*(?:is (?:this|that|it) )?(?:the )?(?:correct|right)(?: (?:dx )?code)?\s?\?", re.IGNORECASE
)
_CLAIMED_FIRST = re.compile(
    r"\b(?P<code>[A-TV-Z]\d[0-9AB](?:\.\w{1,4})?) (?:as (?:the )?|is (?:the )?|goes |should be |"
    r"listed )?(?:principal|first|primary)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\b[A-TV-Z]\d[0-9AB]\b(?!\.\w)")
_INTEGRAL = "diagnosis.symptoms.integral"
_UNCERTAIN = "diagnosis.uncertain.coded_as_existing"
_LINK = "The link is assumed unless the record says the two are unrelated."
_DIABETIC = re.compile(
    r"\bdiabetic (?!pts?\b|patients?\b|who\b|with\b|w/|on\b|and\b|in\b|males?\b|females?\b|man\b|woman\b|"
    r"type\b|for\b|is\b|has\b|here\b|"
    r"came\b|seen\b|also\b|comes\b|but\b|now\b|not\b|or\b|code\w*|dx\b|diet\b|med\w*|since\b|exam\w*|"
    r"eye exam|gentleman\b|lady\b|visit\b|due\b|taking\b|\d)\w+",
    re.IGNORECASE,
)
_NEAR = 30
_FREE = "Where no note orders them, the main reason for the visit stands first."
_BEHIND = ("T36", "T38", "T39", "T40", "T45", "T46", "W")
_STATUS_RANK = 7
_CATEGORY = 3
_TWO = 2
_MOST = 12
"""Diagnoses of a professional claim."""


@remembered
def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The diagnoses of the conditions named; nothing where no diagnosis is asked or no condition is known."""
    if not asked(question):
        return NOTHING
    known = catalogue(knowledge, question.as_of)
    conditions = told(question.text, known)
    if not conditions or _unknown_complication(question.text, conditions):
        return NOTHING
    telling = Telling(question, knowledge)
    coding = _without_symptoms(coding_of(question.text, conditions, known), telling)
    if not _tells(coding):
        return NOTHING
    _answer(coding, telling)
    for each in conditions:
        if each.status is Status.UNCERTAIN:
            _uncertain(each, telling)
    missing = dict.fromkeys(ask for each in coding.codes for ask in each.asks)
    telling.ask(*missing)
    return _with_diagnoses(telling.found(), coding, question)


def coding_of(text: str, conditions: Sequence[Told], known: Catalogue) -> Coding:
    """The codes of the conditions of a text."""
    lowered = text.lower()

    def side(combination: Combination, start: int) -> str:
        return side_of(lowered, start, combination.sides)

    return coded(
        conditions,
        known.combinations,
        choose=lambda combination, start: choices(lowered, start, combination.parts),
        side=side,
        says=lambda words: tells_of(lowered, words),
        linked=not _UNLINKED.search(text),
    )


def _unknown_complication(text: str, conditions: Sequence[Told]) -> bool:
    """Whether a complication of diabetes is named that no condition here is: `diabetic amyloidosis`."""
    starts = [each.start for each in conditions if not each.condition.is_of("diabetes")]
    return any(
        not any(found.start() <= start <= found.end() + _NEAR for start in starts) for found in _DIABETIC.finditer(text)
    )


def _tells(coding: Coding) -> bool:
    """Whether something is coded but the drug or the cause behind it."""
    return any(not each.code.startswith(_BEHIND) for each in coding.codes)


def _with_diagnoses(found: Findings, coding: Coding, question: Question) -> Findings:
    """The complete codes in their order; those written that are wrong do not stand."""
    wrong = tuple(code for code, _ in _wrong(coding, question))
    return replace(found, diagnoses=tuple(each.code for each in coding.codes if each.complete), no_diagnoses=wrong)


# --- What is said ----------------------------------------------------------------------------------------------------


def _answer(coding: Coding, telling: Telling) -> None:
    """The codes in order, as an answer to what was asked of those written."""
    references = dict.fromkeys(each for code in coding.codes for each in code.references)
    said = f"{_listed(coding)}.{_because(coding)}"
    verdict = _verdict(coding, telling.question)
    if verdict is Verdict.NO:
        telling.correct(" ".join((*_corrections(coding, telling.question), said)), *references)
    else:
        telling.head(" ".join((*_not_right(coding, telling.question), said)), *references, verdict=verdict)


def _listed(coding: Coding) -> str:
    """`E11.22 first (...), then N18.31 (...)`; without first and then where nothing orders them."""
    first, *others = coding.codes[:_MOST]
    if not others:
        return f"{first.code}: {first.name}"
    named = [f"{each.code} ({each.name})" for each in others]
    if not _ordered(coding):
        return "; ".join([f"{first.code} ({first.name})", *named])
    return f"{first.code} first ({first.name}), then {', then '.join(named)}"


def _ordered(coding: Coding) -> bool:
    """Whether a note, or what kind of code it is, puts the first before the others."""
    first, *others = coding.codes
    behind = {second for one, second in coding.fixed if one == first.code}
    return all(each.code in behind or each.position[0] > first.position[0] for each in others[:1])


def _because(coding: Coding) -> str:
    """Why they stand so."""
    fixed = list(dict.fromkeys(f"{first} before {second}" for first, second in coding.fixed))
    order = [f"The order {both(fixed)} is fixed."] if fixed and len(coding.codes) > _TWO else []
    free = [] if len(coding.codes) == 1 or _ordered(coding) else [_FREE]
    reasons = [*coding.reasons, *order, *free, *([_LINK] if coding.assumed else [])]
    return "".join(f" {each}" for each in reasons)


def _uncertain(condition: Told, telling: Telling) -> None:
    telling.say(
        f"{condition.condition.name[:1].upper()}{condition.condition.name[1:]} that is only suspected, probable or to "
        "be ruled out is not coded for an outpatient: the sign or symptom is. An inpatient's uncertain diagnosis at "
        "discharge is coded as if it existed.",
        _UNCERTAIN,
    )


# --- Codes written ---------------------------------------------------------------------------------------------------


def _verdict(coding: Coding, question: Question) -> Verdict | None:
    """What answers a question for yes or no about the codes written."""
    written = _written(coding, question)
    wanted = question.wants_yes_or_no or _RIGHT_CODE.search(question.text)
    if not wanted or not written or _CHOICE.search(question.text):
        return None
    if list(_corrections(coding, question)):
        return Verdict.NO
    codes = {each.code for each in coding.codes}
    return Verdict.YES if set(written) <= codes else None


def _corrections(coding: Coding, question: Question) -> Iterator[str]:
    """What is wrong with the codes written: a wrong one, one that is missing, the order."""
    yield from _not_right(coding, question)
    written = _written(coding, question)
    codes = [each.code for each in coding.codes]
    standing = [code for code in written if code in codes]
    behind = {second: first for first, second in coding.fixed}
    wanted = [each.code for each in coding.codes if each.position[0] < _STATUS_RANK or each.code in behind]
    missing = [code for code in wanted if code not in written]
    if standing and missing and _ENOUGH.search(question.text):
        yield f"{both(standing)} alone {_is(standing)} not enough: {both(missing)} {_is(missing)} missing."
    turned = [f"{first} before {second}" for first, second in coding.fixed if _turned(first, second, written)]
    if turned and _ORDER.search(question.text):
        yield f"The order is the other way round: {both(turned)}."
    claimed = next((each["code"].upper() for each in _CLAIMED_FIRST.finditer(question.text) if each["code"]), "")
    if not turned and claimed in behind:
        yield f"{claimed} does not stand first: {behind[claimed]} stands before it."


def _written(coding: Coding, question: Question) -> Sequence[str]:
    """The diagnoses of the question, in order; with those of three characters (`I10`) that these conditions know."""
    known = {*coding.wrong, *coding.given_up, *(each.code for each in coding.codes)}
    bare = [(each.start(), each.group()) for each in _BARE.finditer(question.text) if each.group() in known]
    read = [(each.span.start, each.code) for each in question.diagnoses]
    return tuple(dict.fromkeys(code for _, code in sorted([*read, *bare])))


def _is(codes: Sequence[str]) -> str:
    return "is" if len(codes) == 1 else "are"


def _turned(first: str, second: str, written: Sequence[str]) -> bool:
    return first in written and second in written and written.index(first) > written.index(second)


def _not_right(coding: Coding, question: Question) -> Iterator[str]:
    for code, why in _wrong(coding, question):
        yield f"{code} {why}."


def _wrong(coding: Coding, question: Question) -> Iterator[tuple[str, str]]:
    """The codes written that are not those of the conditions, each with why."""
    codes = [each.code for each in coding.codes]
    for code in _written(coding, question):
        if code in codes:
            continue
        if code in coding.wrong:
            yield code, coding.wrong[code]
        elif code in coding.given_up:
            yield code, f"is for that condition alone; here {coding.given_up[code]} says it"
        elif other := _kin(code, coding):
            yield code, f"is not what is told here; that is {other.code}"


def _kin(code: str, coding: Coding) -> Coded | None:
    """A complete code of the same category with nothing left to ask, of which this one is neither part nor whole."""
    kin = [each for each in coding.codes if each.code[:_CATEGORY] == code[:_CATEGORY]]
    if len(kin) != 1:
        return None
    (one,) = kin
    whole = one.complete and not one.asks and not code.startswith(one.code)
    return one if whole else None


def _without_symptoms(coding: Coding, telling: Telling) -> Coding:
    """Symptoms that routinely belong to a disease coded are left out."""
    diseases = cast("Mapping[str, Sequence[str]]", telling.table(_INTEGRAL))
    integral = [
        each
        for each in coding.codes
        if any(
            other.code.startswith(tuple(diseases.get(each.code[:_CATEGORY], ()))) for other in coding.codes if diseases
        )
    ]
    if not integral:
        return coding
    named = both([f"{each.code} ({each.name})" for each in integral])
    telling.say(
        f"{named} is not coded beside it: a symptom that routinely belongs to the disease is left out.", _INTEGRAL
    )
    kept = tuple(each for each in coding.codes if each not in integral)
    return replace(coding, codes=kept) if kept else coding
