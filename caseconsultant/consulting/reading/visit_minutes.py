"""Whose minutes a visit's note tells, and which of them count towards a level chosen by time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseconsultant.consulting.reading.text import ordered

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_WORD_NUMBERS = {word: value for value, word in enumerate(ordered(_UNITS), start=1)} | {
    "a": 1,
    "an": 1,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_TENS = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
)
_N = rf"(?:\d{{1,3}}(?:\.\d+)?|{_TENS}|(?:{'|'.join(sorted(_WORD_NUMBERS, key=len, reverse=True))})\b)"
_M = r"(?:minutes?|mins?\b\.?|m\b|')"
_H = r"(?:hours?|hrs?\b\.?|h\b)"
_LENGTH = re.compile(
    rf"(?<![\w.$/:-])(?:(?P<h>{_N})[ -]?{_H}(?:,? ?(?:and|&|\+)? ?(?P<hm>{_N})[ -]?{_M})?|"
    rf"(?P<h2>\d)h(?P<hm2>[0-5]\d)(?:m\b)?|(?P<m>{_N})[ -]?{_M}(?!\w)|"
    rf"(?P<half>half an hour)|"
    rf"(?<=another )(?P<b1>\d{{1,3}})(?![\w%.]*\d)(?! ?(?:units?|patients?|days?|weeks?|years?|mg))|"
    rf"(?<=spent )(?P<b2>\d{{1,3}})(?=[ .,;]|$)(?! ?(?:units?|patients?|days?|weeks?|years?))|"
    rf"(?P<b3>\d{{1,3}}) (?:more|extra)\b(?! ?(?:units?|patients?|days?|weeks?|years?))|"
    rf"\b(?P<b12>\d{{1,3}})(?= ?(?:min(?:ute)?s? )?(?:out )?of (?:the|those|these|his|her|our|that) \d{{1,3}}\b)|"
    rf"(?<=of which )(?P<b11>\d{{1,3}})\b(?! ?(?:m|h))|(?<=incl\. )(?P<b4>\d{{1,3}})\b(?= of)|"
    rf"(?<=including )(?P<b5>\d{{1,3}})\b(?= of)|"
    rf"\b(?P<b6>\d{{1,3}})(?= (?:of (?:it|that|those|them|which|these)|were|was) )|(?<=minus )(?P<b7>\d{{1,3}})\b|"
    rf"(?<=plus )(?P<b8>\d{{1,3}})(?= (?:charting|documenting|for|on|in|of|doing)\b)|"
    rf"(?<=and )(?P<b9>\d{{1,3}})(?= (?:charting|documenting|on (?:the )?(?:chart|note|record)|by the|for the|the|"
    rf"was the|reviewing|prepping|intub\w*|cpr)\b)|"
    rf"(?<=[:,;(+] )(?P<b10>\d{{1,3}})(?= (?:face|f2f|chart\w*|ma\b|rn\b|nurse|with (?:the )?p|doc\w*|review\w*|"
    rf"scribe|staff|exam|prep\w*|"
    rf"note|writing|resident|order\w*|call\w*|talk\w*|counsel\w*|travel|procedure|next day|the next)))",
    re.IGNORECASE,
)
_RULE_BEFORE = re.compile(
    r"(?:\b(?:needs?|takes?|requires?|required|threshold(?: of| is)?|minimum(?: of| is)?|at least|round(?:s|ed|"
    r"ing)?(?: it)? (?:up )?(?:to|from)|"
    r"up to|starts? (?:at|from)|begins? (?:at|from)|until|less than|under|over|more than|is only|rule|short of|"
    r"meet(?:s|ing)?(?: the)?|"
    r"the (?:full|first)|range(?: of)?|every|each|(?-i:99\d{3}) (?:is|=|at|from))|[<>≥≤]=?)\s?(?:a |the |for |of )?$",
    re.IGNORECASE,
)
_RULE_AFTER = re.compile(
    r"^[ -]?(?:minimum|threshold|mark|rule|increments?|or more|or less|late|ago|before|later|old|increment|each|"
    r"per unit|away|"
    r"range|needed|required|is the (?:minimum|threshold))\b",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:nurse(?! pract)|nurses|nursing time|(?-i:RN|LPN|MA|CMA|LVN)|medical assistants?|staff|scribe[sd]?|scribing|"
    r"techs?|technician|front desk|rooming|roomed|interpreter|pharmacist|health educator|dietitian|social worker|"
    r"medical student|student)\b",
    re.IGNORECASE,
)
_RESIDENT = re.compile(r"\b(?:resident|fellow|teaching(?! physician)|intern)(?:'?s)?\b", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"\b(?:next (?:morning|day|evening|date)|(?:the )?(?:day|night|evening|morning) (?:before|after|prior)|yesterday|"
    r"tomorrow|"
    r"previous (?:day|evening|night)|prior (?:day|evening|night)|following (?:day|morning)|later that week|"
    r"next business day|"
    r"(?:two|three|2|3) days (?:before|later|after|prior)|another date|a different (?:date|day)|"
    r"on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|that weekend|over the weekend|on another day)\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:procedures?|injection|injecting|biops\w+|ekg|ecg|(?:x-?ray|ultrasound|xr|ct) (?:interpretation|reading)|"
    r"separately (?:billed|reported|billable)|billed (?:separately|apart)|intubat\w+|central line|cvc|central venous|"
    r"smoking|tobacco|"
    r"counsel\w* for (?:smoking|tobacco)|"
    r"advance care|acp|suturing|laceration|lac repair|spirometry|cpr|psychotherapy|(?:osteopathic )?manipulation|omt|"
    r"i ?& ?d|"
    r"cryo\w*|pap|9(?!9)\d{4} \w*)\b|(?<!99)\b(?:1|2|3|4|5|6|7)\d{4}\b",
    re.IGNORECASE,
)
_TRAVEL = re.compile(r"\b(?:travel\w*|driv(?:e|ing)|drove|commut\w+|waiting|lunch|wait time|parking)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"\btotal|(?-i:\bTT\b)|\bin all\b|\ball together\b|\baltogether\b|\bin sum\b|\bwhole visit\b|\boverall\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?:incl\.?(?:uding|uded|udes)?|of (?:it|that|those|them|which|these)|minus|less|counting|inside|within (?:it|"
    r"that|those)|"
    r"out of)\b|\bwith\s+$|\bwith  ?(?=\d)|\bof the (?:\d+|total)\b|\b\d{1,3} (?:min(?:utes)? )?(?:were|was)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\b(?:np|pa|pa-c|nurse practitioner|physician assistant|apn|aprn|app)\b", re.IGNORECASE)
_FIRST = re.compile(
    r"\b(?:md|do|physician|doctor|doc|dr\.?|hospitalist|attending|cardiologist|surgeon)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(
    r"[,;:()?!\n]|\bincl\.|\binclud(?:es|ed|ing)\b|\bwith (?=\d+ ?(?:minutes|mins?) (?:by|of|from|for)\b)|\bminus\b|"
    r"(?<!incl)(?<!min)(?<!hr)(?<!est)(?<!pt)(?<!dr)(?<!Dr)(?<!Est)\.(?!\d)|\bplus\b|\bthen\b|\bwhile\b|\+|"
    r"\band (?=(?:the )?(?:nurse|ma\b|rn\b|scribe|staff|resident|\d|another|finished|spent|charted|then|np\b|pa\b|"
    r"md\b|doctor|physician))",
)
_INCLUDED = re.compile(r"\s?includ", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;?!](?:\s|$)")
_COUNSEL = re.compile(r"\bcounsel\w*|\bcoordinat\w*|\bface[- ]to[- ]face\b", re.IGNORECASE)

OWN, STAFF, RESIDENT, OTHER_DAY, APART, TRAVEL = (
    "own",
    "staff",
    "resident",
    "other day",
    "services billed apart",
    "travel",
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes with what they were. `part` tells that they lie within a total written before."""

    minutes: int
    owner: str
    total: bool = False
    part: bool = False
    who: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class CountedTime:
    """The minutes that count, how they come about, and what was left out."""

    minutes: int
    arithmetic: str
    left_out: tuple[Stretch, ...] = ()


def stretches(text: str) -> tuple[Stretch, ...]:
    """Every length of time of a text that is no rule's threshold, in its order."""
    return tuple(_stretches(text))


def counted_time(text: str) -> CountedTime | None:
    """The minutes of the one billing clinician; None where no minutes are written."""
    found = stretches(text)
    return counted(found) if found else None


def counted(found: Sequence[Stretch]) -> CountedTime | None:
    """The minutes that count: a total less what does not, else the sum of what does."""
    own = [each for each in found if each.owner == OWN]
    out = tuple(each for each in found if each.owner != OWN)
    total = next((each for each in found if each.total and each.owner == OWN), None)
    if (
        total is None
        and len(own) > 1
        and own[0].minutes == sum(each.minutes for each in found[1:])
        and found[0] is own[0]
    ):
        total = own[0]
    if total is not None:
        return _of_total(total, found, out)
    if not own:
        return CountedTime(0, _sum(out), out) if out else None
    inside = [each for each in out if each.part]
    if inside and len(own) == 1:
        return _less(own[0].minutes, inside, out)
    whole = [each.minutes for each in own if not each.part]
    minutes = sum(whole)
    return CountedTime(minutes, " + ".join(map(str, whole)) + (f" = {minutes}" if len(whole) > 1 else ""), out)


def _of_total(total: Stretch, found: Sequence[Stretch], out: tuple[Stretch, ...]) -> CountedTime:
    rest = [each for each in found if each is not total]
    parts = sum(each.minutes for each in rest) == total.minutes
    inside = [each for each in out if each.part or parts]
    return _less(total.minutes, inside, out)


def _less(total: int, inside: Sequence[Stretch], out: tuple[Stretch, ...]) -> CountedTime:
    minutes = total - sum(each.minutes for each in inside)
    taken = "".join(f" - {each.minutes}" for each in inside)
    return CountedTime(minutes, f"{total}{taken} = {minutes}" if taken else str(total), out)


def _sum(out: Sequence[Stretch]) -> str:
    return " + ".join(f"{each.minutes} ({each.owner})" for each in out) + " do not count"


def _stretches(text: str) -> Iterator[Stretch]:
    found = _told_once(text, [match for match in _LENGTH.finditer(text) if not _is_rule(text, match)])
    units = [match for match in found if not any(match[f"b{number}"] for number in range(1, 13))]
    if not units:
        return
    before, end = False, 0
    for place, match in enumerate(found):
        clause = _clause(text, match.start(), match.end(), between=_neighbours(found, place))
        owner, what = _owner(clause)
        on = before and _SENTENCE_END.search(text, end, match.start()) is None and owner != OWN
        before = match is not found[0] and (
            on
            or _PART_OF.search(_before(text, match) + clause) is not None
            or _INCLUDED.match(text, match.end()) is not None
        )
        end = match.end()
        total = _TOTAL.search(clause) is not None and owner == OWN
        yield Stretch(_minutes(match), owner, total=total, part=before, who=_who(clause), what=what)


_OF_THE = re.compile(r"\bof (?:the|those|these|his|her|our|that) $", re.IGNORECASE)


def _told_once(text: str, found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Without a length told before and named again as the whole of a part (`10 of the 80 min`)."""
    return [
        match
        for place, match in enumerate(found)
        if not (
            _OF_THE.search(text[max(0, match.start() - 12) : match.start()])
            and _minutes(match) in {_minutes(each) for each in found[:place]}
        )
    ]


def _is_rule(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    return (
        _RULE_BEFORE.search(before) is not None or _RULE_AFTER.match(text[match.end() : match.end() + 24]) is not None
    )


def _neighbours(found: Sequence[re.Match[str]], place: int) -> tuple[int, int | None]:
    """Where the length before ends and the one after begins: what lies beyond is theirs."""
    before = found[place - 1].end() if place else 0
    return before, found[place + 1].start() if place + 1 < len(found) else None


def _clause(text: str, start: int, end: int, *, between: tuple[int, int | None]) -> str:
    ends = [each.end() for each in _CLAUSE_END.finditer(text, between[0]) if each.end() <= start]
    following = _CLAUSE_END.search(text, end, between[1] if between[1] is not None else len(text))
    last = following.start() if following else between[1] if between[1] is not None else len(text)
    return text[ends[-1] if ends else between[0] : last]


def _before(text: str, match: re.Match[str]) -> str:
    """What leads up to a length of time, from the one before it or the sentence's start."""
    before = text[max(0, match.start() - 24) : match.start()].replace("incl.", "incl")
    return re.split(r"[.;\n]|\d", before)[-1] + " "


def _owner(clause: str) -> tuple[str, str]:
    clause = _COUNSEL.sub(" ", clause)
    kinds = ((_STAFF, STAFF), (_RESIDENT, RESIDENT), (_OTHER_DAY, OTHER_DAY), (_TRAVEL, TRAVEL), (_APART, APART))
    return next(
        ((kind, match.group().strip()) for pattern, kind in kinds if (match := pattern.search(clause))), (OWN, "")
    )


def _who(clause: str) -> str:
    """`second` for a nurse practitioner or physician assistant, `first` for a physician, empty where neither is."""
    second, first = _SECOND.search(clause), _FIRST.search(clause)
    if bool(second) == bool(first):
        return ""
    return "second" if second else "first"


def _minutes(match: re.Match[str]) -> int:
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "half" in groups:
        return 30
    hours = groups.get("h") or groups.get("h2")
    if hours:
        return round(_value(hours) * 60 + _value(groups.get("hm") or groups.get("hm2") or "0"))
    return round(_value(next(iter(groups.values()))))


def _value(written: str) -> float:
    if written[0].isdigit():
        return float(written)
    return float(sum(_WORD_NUMBERS[word] for word in re.split(r"[ -]", written.lower())))
