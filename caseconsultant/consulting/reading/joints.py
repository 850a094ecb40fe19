"""Joints and bursae that were drained or injected: which, how large, on which side, under which imaging."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS: tuple[tuple[str, str], ...] = (
    ("subacromial bursa", r"sub-?\s?acromial(?:\s(?:bursa\w*|space))?|sub-?deltoid bursa"),
    ("trochanteric bursa", r"(?:greater\s)?troch\w*(?:\sburs\w+)?|gtb"),
    ("olecranon bursa", r"olecranon(?:\sburs\w+)?"),
    ("acromioclavicular", r"acromio-?clavicular|a\.?c\.?\sjoints?|ac\sjt"),
    ("temporomandibular", r"temporo-?mandibular|tmjs?"),
    ("metatarsophalangeal", r"metatarso-?phalangeal|mtps?"),
    ("metacarpophalangeal", r"metacarpo-?phalangeal|mcps?"),
    ("interphalangeal", r"inter-?phalangeal|[pd]ips?"),
    ("carpometacarpal", r"carpo-?metacarpal|cmcs?"),
    ("shoulder", r"shoulders?|gleno-?humeral"),
    ("hip", r"hips?"),
    ("knee", r"knees?"),
    ("wrist", r"wrists?"),
    ("elbow", r"elbows?"),
    ("ankle", r"ankles?"),
    ("finger", r"fingers?|thumbs?"),
    ("toe", r"(?:great\s|big\s)?toes?"),
)
_JOINT = re.compile(
    "|".join(rf"\b(?P<j{place}>{pattern})\b" for place, (_, pattern) in enumerate(_WORDS)), re.IGNORECASE
)
_BURSA_OF = {"subacromial bursa": "shoulder", "trochanteric bursa": "hip", "olecranon bursa": "elbow"}
_DIGITS = frozenset({"finger", "toe"})
"""Said with a joint of it, a finger is no joint of its own."""
_SIDE = re.compile(
    r"\b(?:(?P<both>both|bilat\w*|bil|b/l|each|(?:right|rt|r)\s?(?:and|&|\+|/)\s?(?:the\s)?(?:left|lt|l)|"
    r"(?:left|lt|l)\s?(?:and|&|\+|/)\s?(?:the\s)?(?:right|rt|r))|(?P<right>right|rt|r)|(?P<left>left|lt|l))\b",
    re.IGNORECASE,
)
_AROUND = 18
_ULTRASOUND = re.compile(
    r"\bultra-?sound\w*|\bsono\w*|\bu/?s[\s-](?:guid\w+|guided)|\busg\b|"
    r"\b(?-i:US)\b(?=[\s-]guid)|\b76942\b|\b206(?:04|06|11)\b",
    re.IGNORECASE,
)
_NOT_RECORDED = re.compile(
    r"\b(?:no|without|not|n't|didn't|wasn't|missing|lacks?)\b[^.?!\n]{0,24}\b(?:images?|pictures?|pics?|report|"
    r"record\w*|saved?|stored?|kept|print\w*)\b|"
    r"\b(?:images?|pictures?|report)\b[^.?!\n]{0,20}\b(?:not|n't|wasn't|weren't|missing)\b",
    re.IGNORECASE,
)
_NO_ULTRASOUND = re.compile(r"\b(?:no|without|w/o)\s(?:us\b|ultrasound|guidance|imaging)", re.IGNORECASE)
_RECORDED = re.compile(
    r"\b(?:images?|pictures?|pics?|photo\w*|permanent|hard copy)\b[^.?!\n]{0,30}\b(?:saved?|stored|kept|"
    r"record\w*|archiv\w*|retained|in (?:the )?chart|report\w*|documented|attached|on file)\b|"
    r"\b(?:saved?|stored|kept|record\w*|archiv\w*|permanent)\b[^.?!\n]{0,20}\b(?:images?|pictures?|pics?)\b|"
    r"\bwith (?:permanent )?(?:image|recording)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint, and the side where it is told; a bursa stands for its joint."""

    name: str
    joint: str
    side: str | None


@dataclass(frozen=True, slots=True)
class Imaging:
    """Whether ultrasound guided it, and whether its image and report are told to be on file; None where not told."""

    ultrasound: bool
    recorded: bool | None


def joints(text: str) -> tuple[Joint, ...]:
    """The joints of a text in their order, each once for each side; both sides are two."""
    found: list[Joint] = []
    same_side = re.search(r"\bsame (?:side|shoulder|knee|hip|joint)\b|\bipsilateral\b", text, re.IGNORECASE) is not None
    for match in _JOINT.finditer(text):
        name = _WORDS[int(str(match.lastgroup)[1:])][0]
        joint = _BURSA_OF.get(name, name)
        for side in _sides(
            text,
            match,
            plural=match.group().lower().endswith("s")
            and name in {"shoulder", "hip", "knee", "wrist", "elbow", "ankle"},
        ):
            each = Joint(name, joint, side)
            if each not in found and not any(
                other.name == name and (side is None or other.side == side) for other in found
            ):
                found = [
                    other for other in found if not (other.name == name and other.side is None and side is not None)
                ]
                found.append(each)
    precise = any(each.name.endswith(("phalangeal", "carpometacarpal")) for each in found)
    kept = [each for each in found if not (precise and each.name in _DIGITS)]
    return tuple(Joint(each.name, each.joint, None) if same_side else each for each in kept)


def _sides(text: str, match: re.Match[str], *, plural: bool) -> tuple[str | None, ...]:
    before = list(_SIDE.finditer(text, max(0, match.start() - _AROUND), match.start()))
    after = _SIDE.match(text, match.end() + 1) if match.end() < len(text) else None
    near = (
        before[-1]
        if before
        and not re.search(
            r"[,;.]|\band\b|"
            r"\d",
            text[before[-1].end() : match.start()],
        )
        else after
    )
    if near is None:
        return (
            ("right", "left")
            if plural
            and re.search(
                r"\bbilat\w*|\bboth\b|"
                r"\bb/l\b",
                text,
                re.IGNORECASE,
            )
            else (None,)
        )
    if near["both"]:
        return (
            ("right", "left")
            if near["both"].lower() != "each" or plural or "both" in text.lower() or "bilat" in text.lower()
            else (None,)
        )
    return ("right",) if near["right"] else ("left",)


def imaging(text: str) -> Imaging:
    """What is told of ultrasound guidance."""
    used = _ULTRASOUND.search(text) is not None and not _NO_ULTRASOUND.search(text)
    if _NOT_RECORDED.search(text):
        return Imaging(used, recorded=False)
    return Imaging(used, recorded=True if _RECORDED.search(text) else None)
