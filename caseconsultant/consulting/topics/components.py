"""26, TC or the whole test: by the PC/TC indicator, the place of service and whose equipment it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.amounts import amounts
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.reading.components import Parts, parts
from caseconsultant.consulting.reading.studies import named_studies
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.published import Fee
from caseconsultant.domain.question import Question, Topic

_MEANING = "fees.indicator.professional_technical"
_NAMED = re.compile(r"\b(?:26|TC)\b|\b(?:professional|technical) component\b", re.IGNORECASE)
_COMPONENT_CODES = "fees.indicator.component_codes"
_HOSPITAL_RULE = "fees.indicator.components_by_place"
_BOTH, _READING, _TECHNICAL, _GLOBAL, _INCIDENT, _SMEAR = "1", "2", "3", "4", "5", "6"
_SURGICAL = frozenset({"80", "81", "82", "AS", "62", "66", "51", "50", "53"})


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The component of each test in question; nothing where no component is asked about."""
    told = parts(question)
    if not told.asked or amounts(question):
        return NOTHING
    lines = proposed(question) or dict.fromkeys(named_studies(question.text), ())
    telling = Telling(question, knowledge, Topic.MODIFIERS)
    if not lines and _NAMED.search(question.text):
        _in_general(telling)
    for code, modifiers in lines.items():
        if not _meant(code, lines, question):
            continue
        fee = telling.fee(code)
        if fee is None or telling.ended(code) or not _SURGICAL.isdisjoint(modifiers):
            continue
        _of_code(code, modifiers, fee, told, telling)
    found = telling.found()
    meant = [code for code in lines if _meant(code, lines, question)]
    if len(meant) > 1 and {"26", "TC"} & set(question.modifiers):  # `26 on this one, or on that one`: no pair is meant
        return replace(found, closed=tuple(meant)) if found.findings else found
    return found


def _meant(code: str, lines: Mapping[str, tuple[str, ...]], question: Question) -> bool:
    """Whether 26 or TC written apart from several codes is meant for this one."""
    if len(lines) == 1 or {"26", "TC"} & set(lines[code]) or not {"26", "TC"} & set(question.modifiers):
        return True
    listed = r"(?:\b\d{5}\b\W{0,3}(?:(?:or|and)\s)?(?:on\s|for\s|to\s)?(?:a\s|an\s|the\s)?)*"
    near = rf"\b(?:26|TC)\b[^.?!\n\d]{{0,12}}{listed}\b{code}\b|\b{code}\b[^.?!\n]{{0,8}}\b(?:26|TC)\b"
    return re.search(near, question.text) is not None


def _in_general(telling: Telling) -> None:
    """The rule, where no code is named."""
    telling.head(
        "26: the reading of a test done on another's equipment, so always for hospital patients "
        "(place of service 21, 22, "
        "19 or 23). TC: the equipment and staff alone, never for hospital patients. No modifier: one practice owns the "
        "equipment and reads the test. Only codes with PC/TC indicator 1 split so.",
        _HOSPITAL_RULE,
        _MEANING,
    )


def _of_code(code: str, modifiers: tuple[str, ...], fee: Fee, told: Parts, telling: Telling) -> None:
    parts = cast("Mapping[str, str]", telling.table(_COMPONENT_CODES).get(code) or {})
    if fee.pc_tc == _GLOBAL and told.hospital and told.facility_claim is not True and parts.get("reading"):
        _global_in_hospital(code, parts, fee, telling)
        return
    meaning = str(telling.table(_MEANING).get(fee.pc_tc, ""))
    said = f"{code} has PC/TC indicator {fee.pc_tc}: {meaning}."
    if fee.pc_tc in {_BOTH, _SMEAR}:
        _both_parts(code, modifiers, said, fee, told, telling)
    elif wrong := _wrong(modifiers, telling):
        _without(code, wrong, said, fee, telling)
    elif fee.pc_tc in {_READING, _TECHNICAL, _GLOBAL, _INCIDENT}:
        telling.head(f"{said} It takes no modifier 26 or TC.", _MEANING, fee.reference)
        telling.stands(code)


def _global_in_hospital(code: str, parts: Mapping[str, str], fee: Fee, telling: Telling) -> None:
    """The whole test on a hospital's equipment: the reader bills the reading, the hospital the rest."""
    reading, technical = parts["reading"], parts.get("technical", "the technical part")
    statement = (
        f"{reading}: for a hospital's patient the practitioner bills the reading alone, with a signed written report; "
        f"{code} is the whole test, and its technical part, {technical}, is the hospital's."
    )
    telling.correct(statement, _HOSPITAL_RULE, _COMPONENT_CODES, fee.reference)
    telling.refuse(code, f"the practitioner's part has a code of its own, {reading}")
    telling.stands(reading)


def _wrong(modifiers: tuple[str, ...], telling: Telling) -> str | None:
    """26 or TC as written on the line, or proposed for it."""
    written = [*modifiers, *(telling.question.modifiers if telling.question.wants_yes_or_no else ())]
    return next((each for each in written if each in {"26", "TC"}), None)


def _without(code: str, wrong: str, said: str, fee: Fee, telling: Telling) -> None:
    """A code that takes neither; of a whole test the parts have codes of their own."""
    parts = telling.table(_COMPONENT_CODES).get(code)
    own = cast("Mapping[str, str]", parts).get("reading" if wrong == "26" else "technical") if parts else None
    if own:
        telling.correct(
            f"{said} Its parts are codes of their own: {own} instead of {code}-{wrong}.",
            _MEANING,
            _COMPONENT_CODES,
            fee.reference,
        )
        telling.refuse(code, f"the part has a code of its own, {own}")
        telling.stands(own)
        return
    telling.correct(f"{said} {code} is reported without {wrong}.", _MEANING, fee.reference)
    telling.stands(code)


def _both_parts(code: str, modifiers: tuple[str, ...], said: str, fee: Fee, told: Parts, telling: Telling) -> None:
    telling.say(said, _MEANING, fee.reference)
    if told.facility_claim:
        _of_facility(code, modifiers, telling)
    elif told.hospital or (told.reads and told.owns is False):
        _of_reader(code, modifiers, told, telling)
    elif told.owns and told.reads is False:
        telling.head(f"{code}-TC: the test was done on your equipment and is read elsewhere.", _HOSPITAL_RULE)
        telling.stands(code, modifiers=("TC",))
    elif told.owns and told.reads:
        _of_owner(code, modifiers, telling)
    else:
        _open(code, telling)


def _of_facility(code: str, modifiers: tuple[str, ...], telling: Telling) -> None:
    statement = f"A hospital's claim carries {code} without TC: the facility payment is the technical part by itself."
    if "TC" in modifiers or "26" in modifiers:
        telling.correct(statement, _HOSPITAL_RULE)
    else:
        telling.head(statement, _HOSPITAL_RULE)
    telling.stands(code)


def _of_none(question: Question) -> Verdict | None:
    """Yes to `no modifier, right?`, no to `do we need 26 and TC?`; nothing where neither is asked."""
    if not question.wants_yes_or_no:
        return None
    if _ASKS_FOR_NONE.search(question.text):
        return Verdict.YES
    return Verdict.NO if _ASKS_FOR_PARTS.search(question.text) else None


def _of_reader(code: str, modifiers: tuple[str, ...], told: Parts, telling: Telling) -> None:
    if "TC" in modifiers:
        telling.correct(
            f"A practitioner never bills TC for a hospital patient; only the reading, {code}-26.", _HOSPITAL_RULE
        )
    telling.head(
        (
            f"{code}-26: you read a test done on another's "
            f"equipment{' (the hospital owns it)' if told.hospital else ''}, so the reading alone is "
            f"yours."
        ),
        _HOSPITAL_RULE,
        verdict=Verdict.YES if "26" in modifiers else None,
    )
    telling.say(
        "The place of service is where the patient was (21 inpatient, 22 or 19 outpatient, 23 emergency); one "
        "interpretation of a study is paid, with a signed written report.",
        _HOSPITAL_RULE,
    )
    others = tuple(each for each in modifiers if each not in {"26", "TC"})
    telling.stands(code, modifiers=("26", *others))


_ASKS_FOR_NONE = re.compile(
    r"\bno (?:26|tc|modifiers?)\b|\bwithout (?:a |any )?modifiers?\b|\bglobal(?:ly)?\b", re.IGNORECASE
)
_ASKS_FOR_PARTS = re.compile(
    r"\b(?:need|needs|require\w*|have to|must|add|append|put)\b[^.?!\n]{0,30}(?:\b26\b|(?-i:\bTC\b)|\bmodifiers?\b)",
    re.IGNORECASE,
)


def _of_owner(code: str, modifiers: tuple[str, ...], telling: Telling) -> None:
    statement = f"{code} without 26 or TC: you own the equipment and read the test, so the whole test is yours."
    if {"26", "TC"} & set(modifiers):
        telling.correct(statement, _HOSPITAL_RULE)
    else:
        telling.head(statement, _HOSPITAL_RULE, verdict=_of_none(telling.question))
    telling.stands(code)


def _open(code: str, telling: Telling) -> None:
    telling.head(
        f"{code}: 26 for the reading alone (always so for a hospital's patient), TC for the equipment and staff alone, "
        "no modifier where one practice owns the equipment and reads the test.",
        _HOSPITAL_RULE,
    )
    telling.branch(code, "the test was done on another's equipment (hospital patients) and you read it", ("26",))
    telling.branch(code, "it was done on your equipment and read by another", ("TC",))
    telling.branch(code, "you own the equipment and read the test yourselves")
    telling.ask(
        "Where was the test done (place of service: office or hospital)?",
        "Who owns the equipment, and who reads the test?",
    )
