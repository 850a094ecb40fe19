"""A lipoma or other mass under the skin that was cut out: its site, depth and size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from caseconsultant.consulting.reading.lengths import lengths
from caseconsultant.consulting.reading.lesions import lesions
from caseconsultant.consulting.reading.sites import sites

_MASS = re.compile(
    r"\blipomas?\b|\bsoft[\s-]tissue (?:mass|tumou?r|lesion|lump)\w{0,2}|"
    r"\b(?:subcutaneous|sub-?q|subfascial|intramuscular|sub-?muscular)\s(?:\w{1,12}\s){0,2}"
    r"(?:mass|tumou?r|lump|nodule|neoplasm)\w{0,2}|"
    r"\b(?:mass|tumou?r|lump|neoplasm)\b[^.?!\n]{0,40}\b(?:subcutaneous\w{0,2}|sub-?q|"
    r"(?:above|below|under|deep to) the (?:deep )?fascia|"
    r"subfascial|intramuscular)\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(?:re-?)?exci[sz]\w+|\bexc\b|\bremov\w+|\b(?:cut|took|taken|shelled) (?:\w+\s){0,3}out\b|\bresect\w+|"
    r"\b114[024]\d\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bradical\b|\bsarcoma|\bbiops\w+|\bbreast\b|\bliposuction|\bneedle\b|\baspirat\w+|\bsebaceous|\bepidermal|"
    r"\b(?:cord|spermatic|intraspinal|colon\w*|bone)\b|\bganglion",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\bsub-?\s?fascial\w*|\bintra-?\s?muscular\w*|\bsub-?\s?muscular\w*|\b(?:below|under|beneath|deep to|through) the "
    r"(?:deep |muscle |muscular )?fascia|\b(?:in|within|into|under|beneath) the (?:\w{1,12}\s)?muscle",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\bsub-?\s?cutaneous\w*|\bsub-?\s?q\b|\bsub-?\s?cu\b|"
    r"\b(?:above|superficial to|over) the (?:deep |muscle )?fascia|\bfatty tissue\b",
    re.IGNORECASE,
)
_FURTHER_SITES = (
    ("wrist", r"\bwrists?\b"),
    ("ankle", r"\bankles?\b"),
    ("hip", r"\bhips?\b"),
    ("pelvis", r"\bpelvi[sc]\b"),
)
_NO_CODE = re.compile(r"\b[A-Z]?\d{5}\b")


class Depth(StrEnum):
    """Above the deep fascia or below it."""

    SUBCUTANEOUS = "subcutaneous"
    SUBFASCIAL = "subfascial"


@dataclass(frozen=True, slots=True)
class Mass:
    """A mass as told, sizes in tenths of a millimetre; None where not told."""

    size: int | None
    margin: int | None
    site: str | None
    depth: Depth | None


def masses(text: str) -> tuple[Mass, ...]:
    """The masses that were cut out; one without a size where none is written, none where another thing is told of."""
    if not _MASS.search(text) or not _CUT.search(text) or _OTHER.search(text):
        return ()
    plain = _NO_CODE.sub(lambda match: " " * len(match.group()), text)
    further = next((name for name, pattern in _FURTHER_SITES if re.search(pattern, plain, re.IGNORECASE)), None)
    found = [
        Mass(each.diameter or each.size, None if each.diameter else each.margin, further or each.site, _depth(text))
        for each in lesions(plain)
        if each.size or each.diameter
    ]
    only = lengths(plain)
    size = only[0].tenths if len(only) == 1 else None
    return tuple(found) or (Mass(size, None, further or _only_site(plain), _depth(text)),)


def _only_site(text: str) -> str | None:
    names = {each.name for each in sites(text)}
    return names.pop() if len(names) == 1 else None


def _depth(text: str) -> Depth | None:
    if _BELOW.search(text):
        return Depth.SUBFASCIAL
    return Depth.SUBCUTANEOUS if _ABOVE.search(text) else None
