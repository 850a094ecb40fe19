"""Lesions destroyed, tags clipped, calluses pared, nails debrided: codes by their number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from caseconsultant.consulting.calculators.counted import counted_units
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.text import ordered
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.question import Question, Topic

_WORDS = {
    word: value
    for value, word in enumerate(
        ordered(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen "
            "eighteen nineteen twenty"
        ),
        start=1,
    )
}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "premalignant",
        "actinic keratoses",
        r"(?:aks?\b|ak's|actinic\s?keratos[ei]s|actinics?\b|pre-?malignant lesions?|pre-?cancers?\b)",
    ),
    ("benign", "benign lesions such as warts", r"(?:warts?|verrucae?|mollusc\w+|flat warts|plantar warts)"),
    ("skin_tags", "skin tags", r"(?:skin tags?|acrochordons?)"),
    ("paring", "corns and calluses", r"(?:corns?|callus(?:es)?|hyperkeratotic lesions?)"),
    ("nail_debridement", "nails", r"(?:nails?|toenails?)"),
)
_DONE = re.compile(
    r"\bdestr\w+|\bcryo\w*|\bfr(?:eez|oz)\w+|\bliquid nitrogen|\bln2\b|\bremov\w+|\bclip\w*|\bpar(?:ed|ing)\b|"
    r"\btrim\w*|\bdebrid\w+|\btreated\b|"
    r"\bsnip\w*|\bcantharidin|\blaser\w*|\bcurett\w+|\belectro\w+|\bshav\w+|\b1700[034]\b|\b1711[01]\b|"
    r"\b1120[01]\b|\b1105[567]\b|\b1172[01]\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The codes of the lesions counted in a question; nothing where none are counted or nothing was done to them."""
    if not _DONE.search(question.text):
        return NOTHING
    return joined(_kinds(question, knowledge))


def _kinds(question: Question, knowledge: Knowledge) -> Iterator[Findings]:
    for name, called, pattern in _KINDS:
        rule = parameter_of(knowledge, question, f"lesions.destruction.{name}")
        count = _count(question.text, pattern)
        if rule is None or count is None:
            continue
        units = counted_units(count, cast("Sequence[Mapping[str, object]]", rule.value))
        lines = " and ".join(f"{code} x{each}" for code, each in units.items())
        said = f"{count} {called}: {lines}."
        opinions = tuple(Opinion(code, Standing.STANDS, units=each) for code, each in units.items())
        finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references)
        yield joined((Findings((finding,), opinions, headlines=(said,)), _wrong(units, finding, question)))


def _count(text: str, pattern: str) -> int | None:
    before = re.search(rf"(?<![\w.,/-]){_COUNT}\s(?:\w{{2,14}}\s){{0,2}}?{pattern}", text, re.IGNORECASE)
    after = re.search(rf"{pattern}\s?(?:x\s?|\()(?P<count>\d{{1,3}})\b", text, re.IGNORECASE)
    found = before or after
    if found is None:
        return None
    written = found["count"].lower()
    return _WORDS.get(written) or int(written)


def _wrong(units: Mapping[str, int], finding: Finding, question: Question) -> Findings:
    """Units written that the number does not earn, codes of the family that it excludes, and a yes where all fit."""
    family = {code[:4] for code in units}
    written = {each.code: each.units or 1 for each in question.codes if each.code[:4] in family and not each.absent}
    lines = " and ".join(f"{code} x{each}" for code, each in units.items())
    refused = tuple(
        Opinion(code, Standing.REFUSED, why=f"the number makes it {lines}") for code in written if code not in units
    )
    off = tuple(
        f"{code} x{each} is wrong for this number: {lines}."
        for code, each in written.items()
        if code in units and each > units[code]
    )
    fits = written and not refused and not off and set(written) == set(units) and question.wants_yes_or_no
    yes = Finding(Topic.GUIDELINES, Kind.CODABLE, f"{lines}: the number fits.", finding.references, Verdict.YES)
    return Findings((yes,) if fits else (), refused, corrections=off)
