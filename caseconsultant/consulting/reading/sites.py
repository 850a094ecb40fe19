"""Places on the body as coders write them, by the names that the rules use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.domain.codes import Span

_NAMES = {
    "forehead": "forehead brow",
    "eyebrow": "eyebrow",
    "cheek": "cheek malar",
    "chin": "chin",
    "temple": "temple",
    "ear": "ear earlobe helix pinna auricle",
    "eyelid": "eyelid lid canthus periorbital",
    "nose": "nose nasal ala nostril",
    "lip": "lip vermilion",
    "mouth": "mouth perioral",
    "face": "face facial preauricular jaw jawline",
    "mucous membrane": "mucosa mucosal mucous tongue",
    "scalp": "scalp",
    "neck": "neck nape",
    "hand": "hand palm",
    "finger": "finger thumb",
    "foot": "foot feet heel sole plantar",
    "toe": "toe hallux",
    "genitalia": "genitalia penis penile scrotum scrotal vulva vulvar labia labial perineum groin",
    "axilla": "axilla axillary axillae armpit",
    "chest": "chest breast sternum sternal",
    "back": "back flank lumbar",
    "abdomen": "abdomen abdominal belly stomach",
    "buttock": "buttock gluteal",
    "trunk": "trunk torso",
    "shoulder": "shoulder",
    "arm": "arm bicep wrist",
    "forearm": "forearm",
    "elbow": "elbow",
    "thigh": "thigh",
    "leg": "leg calf shin ankle pretibial",
    "knee": "knee",
}
_PARENTS = {
    "finger": ("hand",),
    "toe": ("foot",),
    "chest": ("trunk",),
    "back": ("trunk",),
    "abdomen": ("trunk",),
    "buttock": ("trunk",),
    "shoulder": ("arm", "trunk"),
    "forearm": ("arm",),
    "elbow": ("arm",),
    "thigh": ("leg",),
    "knee": ("leg",),
    "genitalia": ("external genitalia",),
    "eyebrow": ("forehead",),
    "temple": ("face", "forehead"),
    "mouth": ("face", "mucous membrane"),
    "face": ("cheek",),
}
_SITE_OF = {word: site for site, words in _NAMES.items() for word in words.split()}
_PHRASES = {"lower back": "back", "upper back": "back", "mid back": "back", "upper lip": "lip", "lower lip": "lip"}
_SITE = re.compile(
    rf"\b(?:(?P<phrase>{'|'.join(_PHRASES)})|(?P<word>{'|'.join(sorted(_SITE_OF, key=len, reverse=True))})(?:e?s)?)\b"
    r"(?!\s?(?:out\b|off\b|office|to\b(?!e)|ordered|then|in time))",
    re.IGNORECASE,
)
_NO_SITE_BEFORE = re.compile(
    r"\b(?:came|come|comes|is|not|was|path|report|reports|results?|went|go|sent|going|get|got|both|hear)\s$|"
    r"\bright (?=back (?:to|in))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Site:
    """A place on the body and where it is written."""

    name: str
    span: Span


def sites(text: str) -> tuple[Site, ...]:
    """The places of a text in their order; `came back` is none."""
    found = []
    for match in _SITE.finditer(text):
        written = (match["phrase"] or match["word"]).lower()
        if written == "back" and _NO_SITE_BEFORE.search(text, max(0, match.start() - 16), match.start()):
            continue
        name = _PHRASES.get(written) or _SITE_OF[written]
        found.append(Site(name, Span(*match.span())))
    return tuple(found)


def group_of(site: str, groups: dict[str, list[str]]) -> str | None:
    """The group whose sites hold this one, or the greater part of the body it belongs to; None where none does."""
    for name in (site, *_PARENTS.get(site, ())):
        for group, members in groups.items():
            if name in members:
                return group
    return None


def far(text: str, span: Span, other: Span) -> int:
    """How far apart two stretches are; a comma or the end of a sentence between them counts for more."""
    first, second = sorted((span, other), key=lambda each: each.start)
    between = text[first.end : second.start]
    return len(between) + 20 * len(re.findall(r"[;.?!\n]|\band\b", between)) + 4 * between.count(",")
