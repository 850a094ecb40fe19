"""What a text says of lesions and closures in words: pathology, class of repair, glue and strips."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What pathology says of a lesion."""

    BENIGN = "benign"
    MALIGNANT = "malignant"


class Closure(StrEnum):
    """How a wound was closed."""

    SIMPLE = "simple"
    INTERMEDIATE = "intermediate"
    COMPLEX = "complex"
    ADHESIVE = "adhesive"
    STRIPS = "strips"


_MALIGNANT = re.compile(
    r"\b(?:bccs?|sccs?|basal[\s-]?cell|squamous[\s-]?cell|melanomas?|malignan\w+|cancer(?:ous)?|carcinomas?|"
    r"in[\s-]situ|sarcoma|"
    r"merkel|mis|scis|c4[34]\.?\w*)\b",
    re.IGNORECASE,
)
_BENIGN = re.compile(
    r"\b(?:benign|nev(?:us|i)|seborrh\w+|sk|dermatofibroma|fibroma|epidermal|epidermoid|inclusion cysts?|"
    r"sebaceous cysts?|cysts?|pilar|atypical|dysplastic|keloid|hemangioma|neurofibroma|d2[23]\.?\w*)\b",
    re.IGNORECASE,
)
_DOUBT_BEFORE = re.compile(
    r"\b(?:r/o|rule[sd]? out|ruling out|suspect\w*|suspicious for|probable|possible|likely|\?|vs\.?|versus|or|"
    r"not|no|if|whether|"
    r"concern(?:ing)? for|looks like|clinically|presumed)\s(?:an?\s|the\s|it is\s|it's\s)?$",
    re.IGNORECASE,
)
_DOUBT_AFTER = re.compile(
    r"^\s(?:or|vs\.?|versus)\s(?:benign|malignan\w+|cancer)|^\s?\?|^\s(?:codes?|range)\b", re.IGNORECASE
)
_PENDING = re.compile(
    r"\b(?:path(?:ology)?|biopsy|results?|report)\b[^.?!\n]{0,24}\b(?:pending|not (?:back|in|available|yet|"
    r"ready)|outstanding|awaited|isn'?t back|"
    r"hasn'?t)\b|\b(?:await\w*|waiting (?:on|for)|pending|before|without|no) (?:the )?path\w*\b",
    re.IGNORECASE,
)
_CLASSES: tuple[tuple[Closure, re.Pattern[str]], ...] = tuple(
    (closure, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
    for closure, pattern in (
        (
            Closure.COMPLEX,
            (
                r"complex\b|(?:extensive|wide)(?:ly)?\sundermin\w+|retention sutures?|exposed (?:bone|cartilage|"
                r"tendon)|debrid\w+ (?:of )?(?:the )?(?:wound )?edges"
            ),
        ),
        (
            Closure.INTERMEDIATE,
            (
                r"intermediate\b|int\.?\s(?:closure|repair)|intermed\w*|layered\b|(?:in\s)?(?:two|2|three|3|multi|"
                r"multiple|double|several)[\s-]?layers?(?:ed)?\b|in layers\b|by layers\b|deep(?:er)? (?:sutures?|"
                r"layers?|dermal)|"
                r"(?:sub-?cutaneous|subcuticular and|sub-?q|dermal|buried) (?:sutures?|layers?|closure|stitch\w*)|"
                r"vicryl and\b|(?:heavy|heavily|extensive\w*) (?:contaminat\w+|clean\w+)"
            ),
        ),
        (
            Closure.SIMPLE,
            (
                r"simpl[ey]\b|(?:single|one|1)[\s-]layers?(?:ed)?\b|superficial(?:ly)?\b|staple[sd]?\b|"
                r"just (?:the )?skin\b"
            ),
        ),
    )
)
_ADHESIVE = re.compile(
    r"(?<!no )(?<!nor )(?<!not )(?<!without )(?<!sutures or )"
    r"\b(?:derma-?bond(?:ed)?|(?:skin|tissue|surgical|wound)\s(?:glue|adhesives?)|glued?|cyanoacrylate|"
    r"histoacryl|liquiband|"
    r"tissue adhesives?|adhesive (?:alone|only))\b",
    re.IGNORECASE,
)
_STRIPS = re.compile(
    r"\b(?:steri-?\s?strips?(?:ped)?|adhesive strips?|butterfl\w+|skin tapes?|wound tape)\b", re.IGNORECASE
)
_SUTURES = re.compile(
    r"(?<!no )(?<!without )(?<!without any )\b(?:sutur\w+|stitch\w*|staple\w*|sewn|sewed|nylon|prolene|vicryl)\b",
    re.IGNORECASE,
)
_OR_CLASS = re.compile(
    r"\b(?:simple|intermediate|complex|layered)(?:\s\w+)?,?\sor\s(?:an?\s)?(?:simple|intermediate|complex|layered)\b",
    re.IGNORECASE,
)


def kind(text: str) -> Kind | None:
    """The one kind of lesion a text tells of, None where none or both, or where it is only suspected."""
    found = {each for each, _ in kinds(text)}
    return found.pop() if len(found) == 1 else None


def kinds(text: str) -> tuple[tuple[Kind, int], ...]:
    """Kinds that are certain, each with its position."""
    told = [
        (each, match.start())
        for each, pattern in ((Kind.MALIGNANT, _MALIGNANT), (Kind.BENIGN, _BENIGN))
        for match in pattern.finditer(text)
        if not _DOUBT_BEFORE.search(text, max(0, match.start() - 24), match.start())
        and not _DOUBT_AFTER.search(text[match.end() : match.end() + 24])
    ]
    return tuple(sorted(told, key=lambda each: each[1]))


def pending(text: str) -> bool:
    """Whether the pathology is still awaited."""
    return _PENDING.search(text) is not None


def closures(text: str) -> tuple[tuple[Closure, int], ...]:
    """The classes of closure of a text with their positions; `simple or intermediate?` tells none."""
    undecided = [match.span() for match in _OR_CLASS.finditer(text)]
    found = [
        (closure, match.start())
        for closure, pattern in _CLASSES
        for match in pattern.finditer(text)
        if not any(start <= match.start() < end for start, end in undecided)
        and not re.search(
            r"\b(?:not|isn'?t)\s(?:an?\s)?$", text[max(0, match.start() - 10) : match.start()], re.IGNORECASE
        )
    ]
    return tuple(sorted(found, key=lambda each: each[1]))


def unsutured(text: str) -> Closure | None:
    """Glue or strips alone; None where stitches were put in, or neither is told of."""
    if _SUTURES.search(text):
        return None
    if _ADHESIVE.search(text):
        return Closure.ADHESIVE
    return Closure.STRIPS if _STRIPS.search(text) else None
