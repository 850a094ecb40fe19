"""Pathology: frozen sections, touch preparations and antibody stains by the specimen; the level of a specimen named.

Source: `knowledge/rules/pathology.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, cast

from caseconsultant.consulting.calculators.specimens import specimen_units
from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.plain_words import tells_of
from caseconsultant.consulting.reading.specimens import done, specimens
from caseconsultant.consulting.topics import pathology_levels
from caseconsultant.consulting.topics.specimens_told import Entry, capital, fits, number_of, part, plural
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.question import Intent, Question

_SERVICES, _TOGETHER = "pathology.counted.services", "pathology.counted.frozen_and_touch"
_MULTIPLEX: Final = "pathology.counted.multiplex"
_STAINS, _MEASURED = "pathology.counted.stains", "pathology.counted.measured"
_ASKS: Final = frozenset(
    {Intent.WHICH_CODE, Intent.UNITS, Intent.TOGETHER, Intent.DENIAL, Intent.MODIFIER, Intent.LEVEL}
)
_OTHER: Final = re.compile(r"\bmodifier 5[89]\b|-59\b|\bg0416\b|\bmohs\b|\bpolicy\b|\bcover(?:ed|age)\b|\bflow\b")
_BLOCKS: Final = re.compile(r"\b(?P<n>\d{1,2}|two|three|four|five|six) (?:\w+ )?blocks?\b")
_TIMES: Final = re.compile(r"\bx ?(\d{1,2})\b")
_SAME: Final = re.compile(r"\b(?:same|one|single|that|this) specimen\b|\bone biopsy\b")
_FEW_WORDS: Final = 16


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The codes and units of what is counted by the specimen, or the level of a specimen; nothing of anything else."""
    text = question.text.lower()
    if _OTHER.search(text) or not _asks(question, text):
        return NOTHING
    telling = Telling(question, knowledge)
    if not any(each(text, telling) for each in (_frozen_and_touch, _multiplex, _stains, _measured)):
        for service in _services(telling):
            if tells_of(text, service["words"], service["not_words"]):
                _counted(service, text, telling)
    if telling.silent:
        pathology_levels.level(text, telling)
    return telling.found()


def _asks(question: Question, text: str) -> bool:
    of_codes = any(each.code.startswith("88") for each in question.codes)
    short = len(text.split()) <= _FEW_WORDS
    return of_codes or not _ASKS.isdisjoint(question.intents) or text.rstrip().endswith("?") or short


def _services(telling: Telling) -> Sequence[Entry]:
    return cast("Sequence[Entry]", telling.value(_SERVICES, ()))


# --- By the specimen -------------------------------------------------------------------------------------------------


def _counted(service: Entry, text: str, telling: Telling) -> None:
    number = specimens(text)
    count = done(text, service["counted"], service.get("names", ()), number)
    first, further = str(service["first"]), str(service["further"])
    if number is None and count is None:
        _rule_alone(service, telling)
        return None
    if number is None and not _SAME.search(text) and not service.get("names"):
        telling.head(_rule(service), _SERVICES)
        telling.ask(f"How many specimens, and how many {service['unit']}s of each?")
        return None
    number = number or 1
    units = specimen_units(number, count or number, first=first, further=further)
    if count is None:
        return _open(service, number, telling)
    _said(service, number, max(count, number), units, telling)
    return None


def _rule_alone(service: Entry, telling: Telling) -> None:
    """How its codes count, where a mail names nothing but them and asks for no yes or no."""
    codes = {each.code for each in telling.question.codes}
    if codes and codes <= {str(service["first"]), str(service["further"])} and not telling.question.wants_yes_or_no:
        telling.head(_rule(service), _SERVICES)


def _open(service: Entry, number: int, telling: Telling) -> None:
    """Specimens are told, and not how much was done to each: the first of each stands."""
    first = str(service["first"])
    billed = _written(service, telling.question).get(first, 0)
    if billed > number and telling.question.wants_yes_or_no:
        _said(
            service,
            number,
            billed,
            specimen_units(number, billed, first=first, further=str(service["further"])),
            telling,
        )
        return
    telling.head(
        f"{plural(number, 'specimen')}: {first} x{number} for the first {service['unit']} of each; "
        f"{service['further']} for each further {service['unit']} of the same specimen.",
        _SERVICES,
    )
    telling.stands(first, number, part(telling))
    telling.only_if(
        str(service["further"]), f"a specimen has more than one {service['unit']}, one unit for each further"
    )


def _said(service: Entry, number: int, count: int, units: Mapping[str, int], telling: Telling) -> None:
    lines = both([f"{code} x{each}" for code, each in units.items()])
    of = plural(number, "specimen")
    said = f"{capital(service['name'])}, {of}, {plural(count, service['unit'])} in all: {lines} ({service['note']})."
    wrong = _wrong(units, service, telling.question)
    if wrong:
        telling.correct(f"{said} Not {wrong}.", _SERVICES)
    else:
        telling.head(said, _SERVICES, verdict=fits(units, telling.question))
    telling.say(_rule(service), _SERVICES, arithmetic=f"{count} - {number} = {count - number} further.")
    for code, each in units.items():
        telling.stands(code, each, part(telling))
    for code in _written(service, telling.question):
        if code not in units and code not in telling.question.alternatives:
            telling.refuse(code, f"no specimen has more than one {service['unit']}")


def _rule(service: Entry) -> str:
    return (
        f"{capital(service['name'])}: {service['first']} for the first {service['unit']} of each specimen, "
        f"{service['further']} for each further {service['unit']} of the same specimen."
    )


def _wrong(units: Mapping[str, int], service: Entry, question: Question) -> str:
    """The units that the sender proposes and that are not earned; empty where they fit or none are written."""
    stated = _written(service, question)
    off = [f"{code} x{each}" for code, each in stated.items() if each and code in units and each != units[code]]
    missing = [code for code in stated if code not in units]
    return both([*off, *missing]) if question.wants_yes_or_no else ""


def _written(service: Entry, question: Question) -> Mapping[str, int]:
    ours = {str(service["first"]), str(service["further"])}
    mentions = [each for each in question.codes if each.code in ours and not each.absent]
    apart = _TIMES.findall(question.text) if len(mentions) == 1 else []  # `88342 be billed x3`
    units = int(apart[0]) if len(apart) == 1 else 0
    return {each.code: each.units or units for each in mentions if each.code not in question.alternatives}


def _frozen_and_touch(text: str, telling: Telling) -> bool:
    """Frozen section and touch preparation of one specimen: the touch preparation takes the further code."""
    if not (
        tells_of(text, ["frozen*"]) and tells_of(text, ["touch prep*", "squash prep*", "imprint*", "touch imprint*"])
    ):
        return False
    codes = telling.table(_TOGETHER)
    frozen, touch = str(codes["frozen"]), str(codes["touch"])
    telling.head(
        f"Frozen section and touch preparation of the same specimen: {frozen} with {touch}, not another first code.",
        _TOGETHER,
    )
    telling.stands(frozen, 1, part(telling))
    telling.stands(touch, 1, part(telling))
    return True


def _multiplex(text: str, telling: Telling) -> bool:
    """A cocktail of antibodies on one slide is one code."""
    rule = telling.table(_MULTIPLEX)
    if not rule or not tells_of(text, cast("Sequence[str]", rule["words"])):
        return False
    code = str(rule["code"])
    telling.head(
        f"Several antibodies told apart on one slide (a cocktail such as PIN4) are {code}, once for the procedure on a "
        "specimen, and not 88342 or 88341 for its parts.",
        _MULTIPLEX,
    )
    telling.stands(code, 1, part(telling))
    for each in telling.question.codes:
        if each.code in {"88341", "88342"}:
            telling.refuse(each.code, f"the cocktail is {code}")
    return True


def _stains(text: str, telling: Telling) -> bool:
    """Special stains named: each for each block."""
    rule = cast("Mapping[str, Mapping[str, Sequence[str]]]", telling.table(_STAINS))
    told = {code: sum(tells_of(text, [each]) for each in entry["words"]) for code, entry in rule.items()}
    kinds = {code: number for code, number in told.items() if number}
    if not kinds:
        return False
    found = _BLOCKS.search(text)
    blocks = number_of(found["n"]) if found else 1
    units = {code: number * blocks for code, number in kinds.items()}
    lines = both([f"{code} x{number}" for code, number in units.items()])
    telling.head(
        f"Special stains count each for each block: {lines} ({plural(sum(kinds.values()), 'stain')} on "
        f"{plural(blocks, 'block')}).",
        _STAINS,
        verdict=fits(units, telling.question),
    )
    for code, number in units.items():
        telling.stands(code, number, part(telling))
    return True


def _measured(text: str, telling: Telling) -> bool:
    """Antibodies whose amount is counted, by eye or by computer: each for each specimen."""
    rule = telling.table(_MEASURED)
    words, names = (cast("Sequence[str]", rule.get(each, ())) for each in ("words", "names"))
    if not (rule and tells_of(text, words) and tells_of(text, cast("Sequence[str]", rule["of"]))):
        return False
    number = sum(tells_of(text, [each]) for each in names) * (specimens(text) or 1)
    code = str(rule["by_computer" if tells_of(text, cast("Sequence[str]", rule["computer"])) else "by_eye"])
    units = {code: number} if number else {}
    counted = f": {code} x{number}" if number else f": {code}"
    telling.head(
        f"Antibodies whose amount is counted (such as ER, PR, HER2) are each for each specimen, and not 88342 "
        f"beside it{counted}.",
        _MEASURED,
        verdict=fits(units, telling.question),
    )
    for each, times in units.items():
        telling.stands(each, times)  # `ER` is a receptor here, not a place
    for mention in telling.question.codes:
        if mention.code in {"88341", "88342"}:
            telling.refuse(mention.code, f"the amount of the antibody is counted, which is {code}")
    return True
