"""Conditions told in words: whether the patient has them, on which side, of which kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from caseconsultant.consulting.condition_rules import Catalogue
from caseconsultant.consulting.reading.plain_words import pattern_of
from caseconsultant.domain.conditions import Choice, Condition, Part, Side, Status, Told

_MOST = 200
"""Names read of one text; more is no question."""
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.?!;](?=\s|$)|\n")
_CLAUSE_END = re.compile(r"[.?!;](?=\s|$)|\n|\bbut\b|\bhas\b|\bwith\b|\bnow\b|\bpresents?\b|\bhere for\b|:")
_NEGATOR = re.compile(r"\b(?:no|not|without|w/o|denies|nor)\b")
_JUST_NEGATED = re.compile(
    r"\b(?:no|not|without|w/o|denies|nor)\s(?:(?:any|known|significant|current|active|evidence of)\s)?$"
)
_LEAD = r"(?:[\w/-]+\s+){0,3}"
_OR = r"(?:[^.?!;:\n]{1,40}\b(?:or|nor)\s+)?"
_LIST = r"(?:[^.?!;:\n]{1,40}(?:\bor\b|\bnor\b|,)\s*(?:or\s)?)?"
"""A list that is denied throughout; `no X, Y` may go on with what the patient has."""
_ABSENT = re.compile(
    rf"\b(?:(?:no(?! longer| change| improvement)|without|w/o|never had|not have|doesn't have|ruled out|free of|"
    rf"absence of|nor)\s+(?:any\s+|evidence of\s+|signs? of\s+)?{_OR}|"
    rf"(?:denies|denied|negative for|neg for)\s+(?:any\s+)?{_LIST})(?:[\w/-]+\s+){{0,2}}$"
)
_NOT_ITSELF = re.compile(r"\b(?:non|not(?: an?)?)[\s-]$")
_ABSENT_AFTER = re.compile(r"\s*(?:was |were |is |has been |now )?(?:ruled out|excluded|absent|not present|negative)\b")
_FAMILY = re.compile(
    rf"\b(?:family (?:history|hx|h/o)(?: of)?|fam hx(?: of)?|fhx?(?: of)?|f/h(?: of)?|mother (?:has|had|"
    rf"with)|father (?:has|had|with))\s*:?\s*{_LEAD}$"
)
_HISTORY = re.compile(
    rf"\b(?:(?:personal |past |prior |remote |previous )?(?:history|hx)(?: of)?|h/o|hx/o|s/p|status post|"
    rf"prior|previous|past|"
    rf"(?<!year )(?<!years )(?<!yr )(?<!yrs )(?<!year-)(?<!yr-)(?<!y/o )old|remote|resolved|healed|"
    rf"(?:late effects?|sequela(?:e)?|residuals?) (?:of|from)|after (?:an?|the|her|his)?)\s*:?\s*{_LEAD}$"
)
_AGO = (
    r"\b(?:(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|several|few|many)\s?\+?\s?(?:yrs?|years?|"
    r"months?|mos?)|"
    r"(?:[5-9]|[1-9]\d)\s?(?:weeks?|wks?))\s(?:ago|back)\b"
)
_HISTORY_AFTER = re.compile(
    rf"[^.?!;\n]{{0,24}}?{_AGO}|\s+(?:in|back in)\s(?:19|20)\d\d\b|\s+(?:is |has |now )?resolved\b"
)
_UNCERTAIN = re.compile(
    r"\b(?:probable|probably|suspected|suspicion (?:of|for)|suspicious for|suspect|possible|possibly|likely|"
    r"questionable|r/o|rule out|rule-out|concern(?:ing)? for|"
    r"consistent with|compatible with|vs\.?|versus|working (?:dx|diagnosis)(?: of)?|"
    r"presumed)\s*:?\s*(?:an?\s+)?(?:[\w/-]+\s+){0,2}$"
)
_SIDES = re.compile(
    r"\b(?P<both>bilateral\w*|bilat|b/l|both (?!of|dx|diagnos|code|condition|on\b|the\b|are\b|present))"
    r"|\b(?P<right>right|rt)(?:[\s-]sided?)?\b(?![\s-]*(?:hand(?:ed|[\s-]+domin)|domin|code|dx|icd|one|way|"
    r"now|order|diagnos|or\b|for\b|to\b|if\b|\s*\?)|handed)"
    r"|\b(?P<left>left|lt)(?:[\s-]sided?)?\b(?![\s-]*(?:hand(?:ed|[\s-]+domin)|domin|off|over|untreated|"
    r"heart|ventric|bundle|atri)|handed)"
    r"|(?<![\w'])(?P<r>r)(?=\s(?:knee|hip|shoulder|hand|wrist|foot|ankle|leg|arm|elbow|eye|ear|breast|heel|"
    r"hemi|side|great|thumb|finger|toe|distal|femur|humerus|radius|tibia|kidney|ureter|buttock|thigh|lower|"
    r"upper|flank|groin|index|calf))"
    r"|(?<![\w'])(?P<l>l)(?=\s(?:knee|hip|shoulder|hand|wrist|foot|ankle|leg|arm|elbow|eye|ear|breast|heel|"
    r"hemi|side|great|thumb|finger|toe|distal|femur|humerus|radius|tibia|kidney|ureter|buttock|thigh|lower|"
    r"upper|flank|groin|index|calf))"
    r"|\b(?P<od>od)\b|\b(?P<os>os)\b|\b(?P<ou>ou)\b"
)
_GROUPS = {"both": Side.BOTH, "right": Side.RIGHT, "left": Side.LEFT, "r": Side.RIGHT, "l": Side.LEFT}
_EYES = {"od": Side.RIGHT, "os": Side.LEFT, "ou": Side.BOTH}
_RIGHT_HANDED = re.compile(
    r"\b(?:right|rt|r)[\s-]hand(?:ed(?:ness)?|[\s-]+domin\w*)\b|\brhd\b|\bright(?:\sside)?(?:\sis)?[\s-]dominant\b"
)
_LEFT_HANDED = re.compile(
    r"\b(?:left|lt|l)[\s-]hand(?:ed(?:ness)?|[\s-]+domin\w*)\b|\blhd\b|\bleft(?:\sside)?(?:\sis)?[\s-]dominant\b"
)
_AMBIDEXTROUS = re.compile(r"\bambidext\w+")
_NON_DOMINANT = re.compile(r"\bnon[\s-]?dominant\b")
_DOMINANT = re.compile(r"(?<!non)(?<!non[\s-])\bdominant\b")
_FIGURE = r"\D{0,14}?(?P<figure>\d{1,3}(?:\.\d{1,2})?)(?![\d/])"


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    condition: Condition
    gap: bool = False


def told(text: str, known: Catalogue) -> tuple[Told, ...]:
    """The conditions of a text, each once, in the order of their first words; never raises."""
    lowered = text.lower()
    matches = sorted(_kept(list(islice(_matches(lowered, known), _MOST))), key=lambda each: (each.start, -each.end))
    best: dict[str, tuple[_Match, Status]] = {}
    for match in matches:
        status = _status(lowered, match)
        condition = _as_told(match.condition, status, known)
        if condition is None or (match.condition.not_words and _says(lowered, match.condition.not_words)):
            continue
        kept = best.get(condition.id)
        if kept is None or (kept[1] is not Status.PRESENT and status is Status.PRESENT):
            best[condition.id] = (_Match(match.start, match.end, condition), _shown(match.condition, condition, status))
    return tuple(_told(lowered, match, status) for match, status in best.values() if not _outdone(match, best.values()))


def _outdone(match: _Match, others: Collection[tuple[_Match, Status]]) -> bool:
    """Whether a condition that says more is present too."""
    return any(
        status is Status.PRESENT and other.condition.is_of(name)
        for name in match.condition.yields
        for other, status in others
    )


def _shown(named: Condition, meant: Condition, status: Status) -> Status:
    """History that has a condition of its own, and of a chronic disease, is told as present."""
    return Status.PRESENT if status in {Status.HISTORY, Status.FAMILY} or named is not meant else status


def _as_told(condition: Condition, status: Status, known: Catalogue) -> Condition | None:
    """The condition that is meant; None where a family history of it says nothing."""
    if status is Status.FAMILY:
        return known.conditions.get(condition.family)
    if status is Status.HISTORY and condition.history:
        return known.conditions.get(condition.history)
    return condition


def _matches(text: str, known: Catalogue) -> Iterator[_Match]:
    for word in _WORD.finditer(text):
        for name in known.names.get(word.group()[:3], ()):
            found = name.pattern.match(text, word.start())
            if found and not (name.gap and _NEGATOR.search(found.group())):
                yield _Match(found.start(), found.end(), name.condition, name.gap)


def _kept(matches: Sequence[_Match]) -> Iterator[_Match]:
    """Those that no longer name holds within it: `acute kidney failure` is no `kidney failure`."""
    for each in matches:
        longer = any(
            other.start <= each.start
            and each.end <= other.end
            and other.end - other.start > each.end - each.start
            and other.condition.id != each.condition.id
            and not other.gap
            for other in matches
        )
        if not longer:
            yield each


# --- Status ----------------------------------------------------------------------------------------------------------


def _status(text: str, match: _Match) -> Status:
    before = _clause_before(text, match.start)
    after = text[match.end : match.end + 60]
    if _FAMILY.search(before):
        return Status.FAMILY
    if _ABSENT.search(before) or _NOT_ITSELF.search(before) or _ABSENT_AFTER.match(after):
        return Status.ABSENT
    if _UNCERTAIN.search(before):
        return Status.UNCERTAIN
    past = _HISTORY.search(before) or _HISTORY_AFTER.match(after)
    return Status.HISTORY if past and match.condition.history else Status.PRESENT


def _clause_before(text: str, start: int) -> str:
    """The words before a position, of its clause."""
    before = text[max(0, start - 70) : start]
    ends = [each.end() for each in _CLAUSE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def sentence_of(text: str, start: int) -> tuple[int, int]:
    """The bounds of the sentence around a position."""
    begins = max((each.end() for each in _SENTENCE_END.finditer(text, 0, start)), default=0)
    ending = _SENTENCE_END.search(text, start)
    return begins, ending.end() if ending else len(text)


# --- Kind and side ---------------------------------------------------------------------------------------------------


def _told(text: str, match: _Match, status: Status) -> Told:
    condition = match.condition
    chosen, missing = choices(text, match.start, condition.parts)
    side = side_of(text, match.start, condition.sides, match.end)
    if condition.sides and side == Side.OPEN:
        missing = (*missing, f"Which side is it: {condition.name.split(',')[0]}?")
    return Told(condition, match.start, status, side, chosen, missing)


def choices(text: str, start: int, parts: Sequence[Part]) -> tuple[Mapping[str, Choice], tuple[str, ...]]:
    """The choice of each part that the sentence tells, and what to ask where it tells none."""
    begins, ends = sentence_of(text, start) if parts else (0, 0)
    chosen: dict[str, Choice] = {}
    missing: list[str] = []
    for part in parts:
        scope = text if part.anywhere or part.figure else text[begins:ends]
        found = _by_figure(scope, part) if part.figure else _by_words(scope, part)
        chosen[part.name] = found or part.otherwise
        asked = part.ask if found is None else found.vague
        missing += [asked] if asked else []
    return chosen, tuple(missing)


def _by_words(text: str, part: Part) -> Choice | None:
    return next((each for each in part.choices if _affirms(text, each.words)), None)


def _affirms(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words is said and not denied; words that deny are said as they stand."""
    if not words:
        return False
    return any(
        _NEGATOR.match(found.group())
        or not (_NEGATOR.search(found.group()) or _JUST_NEGATED.search(text, max(0, found.start() - 24), found.start()))
        for found in pattern_of(tuple(words)).finditer(text)
    )


def _by_figure(text: str, part: Part) -> Choice | None:
    names = "|".join(map(re.escape, part.figure))
    found = re.search(rf"\b(?:{names}){_FIGURE}", text)
    if found is None:
        return None
    figure = float(found["figure"])
    within = (each for each in part.choices if (each.least or 0) <= figure < (each.most or 1e9))
    return next(within, None)


def _says(text: str, words: Sequence[str]) -> bool:
    return pattern_of(tuple(words)).search(text) is not None


def side_of(text: str, start: int, sides: Mapping[str, str], end: int | None = None) -> str:
    """The key of the side told nearest to the condition; by handedness where the codes tell it."""
    if not sides:
        return Side.OPEN
    near = _nearest_side(text, start, end or start, eyes="eyes" in sides)
    if near is None:
        return Side.OPEN
    if "right_dominant" not in sides:
        return near if near in sides or near is Side.BOTH else Side.OPEN
    return f"{near}_{_dominance(text, near)}" if near in {Side.RIGHT, Side.LEFT} else Side.OPEN


def _nearest_side(text: str, start: int, end: int, *, eyes: bool) -> Side | None:
    begins, ends = sentence_of(text, start)
    found = [
        (min(abs(each.start() - end), abs(start - each.end())), _SIDE_NAMES[each.lastgroup or ""])
        for each in _SIDES.finditer(text, begins, ends)
        if each.lastgroup in _GROUPS or eyes
    ]
    if not found:
        sides = {
            _SIDE_NAMES[each.lastgroup or ""] for each in _SIDES.finditer(text) if each.lastgroup in _GROUPS or eyes
        }
        return sides.pop() if len(sides) == 1 else None
    if {Side.RIGHT, Side.LEFT} <= {side for _, side in found} and len(found) == 2:  # noqa: PLR2004 - `right and left knee`
        first, second = sorted(each.start() for each in _SIDES.finditer(text, begins, ends))
        if re.fullmatch(
            r"\s*(?:and|&|\+)\s*", text[first:second].split(maxsplit=1)[-1] if " " in text[first:second] else ""
        ):
            return Side.BOTH
    return min(found)[1]


def _dominance(text: str, side: Side) -> str:
    """ICD-10-CM guidelines I.C.6.a: ambidextrous is dominant; not told, the right is dominant and the left is not."""
    if _AMBIDEXTROUS.search(text):
        return "dominant"
    if _NON_DOMINANT.search(text):
        return "other"
    if _RIGHT_HANDED.search(text):
        return "dominant" if side is Side.RIGHT else "other"
    if _LEFT_HANDED.search(text):
        return "dominant" if side is Side.LEFT else "other"
    if _DOMINANT.search(text):
        return "dominant"
    return "dominant" if side is Side.RIGHT else "other"


_SIDE_NAMES = {**_GROUPS, **_EYES}
