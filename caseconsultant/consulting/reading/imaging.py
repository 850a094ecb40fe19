"""Images as told: what was ordered and done, of which part, with which contrast, in how many views."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.domain.question import Question

_PARTS = (
    (
        "abdomen_pelvis",
        r"\babd(?:omen|ominal)?\s?(?:and|&|/|\+|,|w/)\s?(?:the )?pelvis\b|\ba/?p\b(?= (?:with|w/|w/?o|ct))|\bct a/?p\b",
    ),
    ("chest", r"\bchest\b|\bthorax\b|\blung\b"),
    ("abdomen", r"\babdomen\b|\babdominal\b|\babd\b"),
    ("pelvis", r"\bpelvis\b|\bpelvic\b"),
    ("head", r"\bhead\b|\bbrain\b"),
    ("neck", r"\b(?:soft tissue )?neck\b"),
    ("cervical", r"\bcervical\b|\bc-?\s?spine\b"),
    ("thoracic", r"\bthoracic\b|\bt-?\s?spine\b"),
    ("lumbar", r"\blumbar\b|\bl-?\s?spine\b"),
    ("knee", r"\bknee\b"),
    ("shoulder", r"\bshoulder\b"),
    ("ankle", r"\bankle\b"),
    ("foot", r"\bfoot\b"),
    ("hand", r"\bhand\b"),
    ("wrist", r"\bwrist\b"),
    ("hip", r"\bhip\b"),
    ("elbow", r"\belbow\b"),
    ("forearm", r"\bforearm\b"),
    ("humerus", r"\bhumerus\b"),
    ("femur", r"\bfemur\b"),
    ("lower_leg", r"\btib(?:ia)?[ -/]*fib(?:ula)?\b"),
)
_BOTH = (
    r"(?:with(?:out)?|w/?o?|wo)\s?(?:contrast\s?)?(?:and|then|&|/|followed by|\+)\s?(?:then\s)"
    r"?(?:with(?:out)?|w/?o?)\b|\bboth with and without\b|\bfirst without,? then with\b|"
    r"\bpre and post contrast\b"
)
_WITHOUT = (
    r"\bwithout\b|\bw/?o\b|\bno (?:iv |intravenous )?contrast\b|\bnon-?contrast\w*\b|\bnoncon\b|"
    r"\bunenhanced\b|\bnothing iv\b"
)
_WITH = (
    r"\bwith (?:iv |intravenous )?contrast\b|\bw/ ?(?:iv )?contrast\b|\bcontrast[- ]enhanced\b|"
    r"\biv contrast\b|\bwith contrast only\b|\bcontrast only\b|\bwith only\b|\bonly with\b|\bpost-?contrast\b|"
    r"\bcontrast\b(?=[^.?!\n]{0,20}\bgiven\b)"
)
_ORAL = re.compile(
    r"\boral contrast\b|\b(?:drank|drink|by mouth|po contrast|oral(?:ly)?|rectal contrast|barium)\b", re.IGNORECASE
)
_NO_IV = re.compile(
    r"\b(?:no|nothing|not|without) (?:\w{1,6} )?(?:iv|intravenous)\b|\boral (?:contrast )?only\b|\bonly oral\b",
    re.IGNORECASE,
)
_MODALITY = (
    ("angiography", r"\bcta\b|\bct angio\w*"),
    ("mra", r"\bmra\b"),
    ("ct", r"\bct\b|\bcat scan\b|\bcomputed tom\w+"),
    ("mri", r"\bmri\b"),
    ("xray", r"\bx-?rays?\b|\bfilms?\b|\bradiograph\w*|\bcxr\b|\bviews?\b"),
    ("ultrasound", r"\bultrasound\b|\bsonogram\b|\bus\b(?= (?:abd|pelv|renal))"),
)
_NUMBERS = {"one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_VIEWS = re.compile(
    (
        r"\b(?P<count>one|single|two|three|four|five|six|[1-9])[\s-](?:views?|pictures?|films?|images|"
        r"projections?|exposures?)\b"
    ),
    re.IGNORECASE,
)
_VIEW_NAMES = re.compile(
    r"\b(?:front|frontal|side|lateral|oblique|ap|pa|decubitus|lordotic|sunrise|tunnel)\b", re.IGNORECASE
)
_DIFFERS = re.compile(
    (
        r"\bordered\b[^.?!\n]{0,30}\b(?:but|only|done|performed)\b|\border\w*\b[^.?!]{0,80}\b(?:but|"
        r"radiology did|did|performed|tech did|was done|we did|instead)\b"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Imaging:
    """What was done. `contrast` is `with`, `without`, `both` or None; `views` a number or None."""

    modality: str
    parts: tuple[str, ...]
    contrast: str | None
    oral: bool
    views: int | None
    differs_from_order: bool
    codes: tuple[str, ...]
    taken: int | None = None
    """Films taken, where fewer than ordered are told of."""


def imaging(question: Question) -> Imaging | None:
    """The images, None where none are told of."""
    text = question.text
    modality = next((name for name, pattern in _MODALITY if re.search(pattern, text, re.IGNORECASE)), None)
    codes = tuple(code for code in proposed(question) if code.startswith("7"))
    if modality is None:
        return None
    differs = _DIFFERS.search(text) is not None
    done = text[_done_from(text) :] if differs else text
    parts = tuple(name for name, pattern in _PARTS if re.search(pattern, done, re.IGNORECASE)) or tuple(
        name for name, pattern in _PARTS if re.search(pattern, text, re.IGNORECASE)
    )
    if "abdomen_pelvis" in parts:
        parts = tuple(each for each in parts if each not in {"abdomen", "pelvis"})
    elif {"abdomen", "pelvis"} <= set(parts):
        parts = ("abdomen_pelvis", *(each for each in parts if each not in {"abdomen", "pelvis"}))
    oral = _ORAL.search(done) is not None
    return Imaging(
        modality,
        parts,
        _contrast(done, oral=oral),
        oral,
        _views(done) if differs and _views(done) else _views(text),
        differs,
        codes,
        _taken(text),
    )


_COUNT = r"(?P<{}>one|single|two|three|four|five|six|[1-6])"
_TAKEN = re.compile(
    rf"\b(?:only|just|got|took|did|obtained)\s(?:took\s|got\s|did\s|got\s|had\s|able to (?:get|do|"
    rf"obtain)\s)?{_COUNT.format('first')}"
    r"(?:\s(?:views?|films?|images?|pictures?))?\s?(?:were|was|taken|done|obtained|performed|views?|films?|of\b|[.?,;]|$)|"
    rf"\b{_COUNT.format('then')}\s(?:views?\s|films?\s)?(?:were\s|was\s)?(?:taken|obtained|done|performed)\b",
    re.IGNORECASE,
)
_FEWER = re.compile(r"\border\w*\b|\bonly\b|\b52\b|\brefus\w+|\bunable\b|\binstead of\b", re.IGNORECASE)


def _taken(text: str) -> int | None:
    """The number of films taken, where an order or a reduced service is told of."""
    found = _TAKEN.search(text) if _FEWER.search(text) else None
    if found is None:
        return None
    word = (found["first"] or found["then"]).lower()
    return _NUMBERS.get(word) or int(word)


def _done_from(text: str) -> int:
    found = re.search(r"\b(?:but|only|radiology did|tech did|we did|performed|done|did|instead)\b", text, re.IGNORECASE)
    return found.start() if found else 0


def _contrast(text: str, *, oral: bool) -> str | None:
    if oral and (_NO_IV.search(text) or not re.search(r"\biv\b", text, re.IGNORECASE)):
        return "without"
    if re.search(_BOTH, text, re.IGNORECASE):
        return "both"
    without, given = re.search(_WITHOUT, text, re.IGNORECASE), re.search(_WITH, text, re.IGNORECASE)
    if without and given:
        return "both"
    if given:
        return "with"
    return "without" if without else None


def _views(text: str) -> int | None:
    counts = [found["count"].lower() for found in _VIEWS.finditer(text)]
    if counts:
        return sum(_NUMBERS.get(word) or int(word) for word in counts)
    named = _VIEW_NAMES.findall(text)
    return len(named) if len(named) > 1 else None
