"""Therapy of a day: treatments by code or by name with their minutes, the discipline, assistants, amounts so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from caseconsultant.domain.codes import Span

_TIMED = (
    ("97110", r"ther(?:apeutic)?\.?[\s-]?ex(?:ercises?|\b)|\b(?-i:TE|TherEx|TEX|Ther-?Ex)\b|exercises?"),
    ("97112", (r"neuro(?:muscular)?[\s-]?(?:muscular[\s-])?re-?\s?ed(?:ucation)?|\b(?-i:NMR|NMRE|NRE|NMED)\b|"
              r"neuro re-?ed")),
    ("97116", r"gait(?:\straining)?|\b(?-i:GT)\b"),
    ("97140", r"manual(?:\stherap(?:y|ies)|\stechniques?)?|\b(?-i:MT)\b|joint mob\w*|myofascial release|\b(?-i:MFR)\b"),
    ("97530", r"ther(?:apeutic)?\.?[\s-]?act(?:ivit(?:y|ies))?|\b(?-i:TA|TherAct)\b"),
    ("97535", r"self[\s-]?care(?:\straining|/home management)?|adl training|home management"),
    ("97035", r"ultra-?sound|\b(?-i:US)\b"),
    ("97032", r"attended (?:e-?\s?stim\w*|electrical stim\w*)|manual (?:e-?\s?stim\w*|electrical stim\w*)"),
    ("97113", r"aquatic(?:\s(?:therapy|exercises?))?"),
    ("97124", r"massage"),
    ("97542", r"wheelchair (?:training|management)"),
    ("97760", r"orthotic (?:training|management)"),
    ("97129", r"cognitive (?:training|function|therapy)"),
)  # fmt: skip
_UNTIMED = (
    ("G0283", r"unattended (?:e-?\s?stim\w*|electrical stim\w*)|e-?\s?stim\b|electrical stim\w*"),
    ("97010", r"(?:hot|cold|moist heat) packs?|\b(?-i:HP|CP|MHP)\b"),
    ("97012", r"mechanical traction|traction"),
    ("97161", r"low[\s-]complexity eval\w*"),
    ("97162", r"moderate[\s-]complexity eval\w*"),
    ("97150", r"group(?:\stherapy|\sexercises?)?"),
)  # fmt: skip
_MENTION = re.compile(
    r"\b(?P<code>97\d{3}|G0283)\b|"
    + "|".join(
        rf"(?P<n{place}>(?<![\w-])(?:{pattern})(?![\w]))"
        for place, (_, pattern) in enumerate((*_TIMED[-6:-1], *_UNTIMED, *_TIMED[:-6], _TIMED[-1]))
    ),
    re.IGNORECASE,
)
_ORDER = tuple(code for code, _ in (*_TIMED[-6:-1], *_UNTIMED, *_TIMED[:-6], _TIMED[-1]))
_MINUTES = re.compile(
    r"(?<![\w.$/])(?P<minutes>\d{1,3})\s?-?(?:(?:more|further|additional|extra)\s)?(?:min(?:ute)?s?\b\.?|m\b|"
    r"['\u2032\u2019](?!\w))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\s?(?:[-:=(@\u2013]|for|x(?=\s?\d{2}\b))?\s?(?P<minutes>\d{1,2})(?=\s?(?:[,;.)+&\n]|and\b|total|$|\?))(?!\.\d)",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^\s?(?:of|for|on|doing|in|spent (?:on|in|doing)|was|to)?\s?(?:the\s|his\s|her\s|timed\s|skilled\s|"
    r"one[\s-]on[\s-]one\s|cpt\s|code\s)*$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^\s?(?:\([^)\d]{0,24}\)\s?)?(?:for|was|were|is|ran|lasted|took|done|performed|given|billed|at|with|"
    r"total\w*|time[d]?|about|approximately|only|another|then|[-:=(,@\u2013x]|\s){0,6}\s?$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:\btotal\w*\b[^.;\n]{0,30}?(?P<after>\d{1,3})\s?min\w*|(?P<before>\d{1,3})\s?(?:timed\s|total\s|"
    r"treatment\s|direct\s|one[\s-]on[\s-]one\s){0,2}min\w*[^.;,\n]{0,24}?\b(?:in )?(?:total|altogether|in all)\b|"
    r"\b(?P<timed>\d{1,3})\s?(?:timed|total)\s(?:treatment\s)?min\w*)",
    re.IGNORECASE,
)
_DOLLARS = re.compile(
    r"\$\s?(?P<sign>\d{1,3}(?:,\d{3})+|\d{3,5})(?:\.\d\d)?|(?P<word>\d{1,3}(?:,\d{3})+|\d{3,5})\s?(?:dollars|usd)",
    re.IGNORECASE,
)
_DISCIPLINES = (
    ("occupational", re.compile(r"\b(?-i:OT|OTR|COTA|OTA)\b|\boccupational\b|\bGO\b", re.IGNORECASE)),
    ("speech", re.compile(r"\b(?-i:SLP|ST)\b|\bspeech\b|\b(?-i:GN)\b", re.IGNORECASE)),
    ("physical", re.compile(r"\b(?-i:PT|DPT|PTA|PTs)\b|\bphysical\s?therap\w*|\b(?-i:GP)\b", re.IGNORECASE)),
)
_ASSISTANT = re.compile(
    r"\b(?-i:PTA|COTA|OTA|PTAs)\b|\btherap(?:y|ist) assistants?\b|\b(?-i:CQ|CO)\b(?! ?-?\d)", re.IGNORECASE
)
_MIDPOINT = re.compile(
    r"\bmid-?point\b|\bama\s(?:rule|method|guid\w+)|\bcpt\s(?:rule|method|mid\w+|time rule|guid\w+)\b|"
    r"\brule of (?:eights|8s?)\b|\bsubstantial portion\b|\bspm\b",
    re.IGNORECASE,
)


_OF_TIME = re.compile(r"\bmin\w*|\btime[ds]?\b|\bunits?\b", re.IGNORECASE)


def _is_modifier(number: str, text: str) -> bool:
    """`97110 97530 59` asks for the modifier where no word of the text speaks of time."""
    return number == "59" and not _OF_TIME.search(text)


@dataclass(frozen=True, slots=True)
class Treatments:
    """Minutes by code in their order, those of untimed codes apart, and a total that was written."""

    minutes: Mapping[str, int]
    untimed: tuple[str, ...]
    named: tuple[str, ...]
    """Every treatment named, with minutes or without."""
    total: int | None


def treatments(text: str, untimed_codes: frozenset[str]) -> Treatments:
    """The treatments of a text and the minutes of each; the minutes of one code told twice are added."""
    mentions = _mentions(text)
    amounts = [match.start() for match in _MINUTES.finditer(text)]
    first = bool(amounts and mentions) and amounts[0] < mentions[0][1].start
    minutes: dict[str, int] = {}
    taken: set[int] = set()
    for match in _MINUTES.finditer(text):
        code = _owner(text, Span(*match.span()), mentions, taken, amounts_first=first)
        if code:
            minutes[code] = minutes.get(code, 0) + int(match["minutes"])
    for place, (code, span) in enumerate(mentions):
        bare = (
            _BARE.match(text[span.end : span.end + 12])
            if place not in taken and code[0] == "9" and text[span.end - 1].isdigit()
            else None
        )
        if bare and int(bare["minutes"]) > _FEW and not _is_modifier(bare["minutes"], text):
            minutes[code] = minutes.get(code, 0) + int(bare["minutes"])
    named = tuple(dict.fromkeys(code for code, _ in mentions))
    total = _TOTAL.search(text)
    return Treatments(
        {code: each for code, each in minutes.items() if code not in untimed_codes},
        tuple(code for code in named if code in untimed_codes),
        named,
        int(next(filter(None, total.groups()))) if total else None,
    )


_FEW = 4
"""A bare number up to this after a code is more likely units."""


def _code(match: re.Match[str]) -> str:
    return match["code"].upper() if match["code"] else _ORDER[int(str(match.lastgroup)[1:])]


def _mentions(text: str) -> list[tuple[str, Span]]:
    """The treatments in their order; a name beside its own code is one."""
    found: list[tuple[str, Span]] = []
    for match in _MENTION.finditer(text):
        code, span = _code(match), Span(*match.span())
        if found and found[-1][0] == code and re.fullmatch(r"[\s(,/-]{0,3}", text[found[-1][1].end : span.start]):
            found[-1] = (code, Span(found[-1][1].start, span.end))
        else:
            found.append((code, span))
    return found


def _owner(
    text: str, span: Span, mentions: list[tuple[str, Span]], taken: set[int], *, amounts_first: bool
) -> str | None:
    """The treatment whose minutes these are: the one just after by `of`, else the one before, else the one after."""
    after = next((place for place, (_, each) in enumerate(mentions) if each.start >= span.end), None)
    before = next((place for place in range(len(mentions) - 1, -1, -1) if mentions[place][1].end <= span.start), None)
    forward = after is not None and _FORWARD.match(text[span.end : mentions[after][1].start])
    back = before is not None and before not in taken and _BACK.match(text[mentions[before][1].end : span.start])
    if (
        forward
        and back
        and not amounts_first
        and after is not None
        and not re.search(r"\bof\b|\bon\b|\bfor\b", text[span.end : mentions[after][1].start])
    ):
        forward = None
    chosen = after if forward else before if back else None
    if chosen is None:
        return None
    taken.add(chosen)
    return mentions[chosen][0]


def discipline(text: str) -> str | None:
    """Whose plan of care it is; None where none or several are told."""
    found = [name for name, pattern in _DISCIPLINES if pattern.search(text)]
    return found[0] if len(found) == 1 else None


def by_assistant(text: str) -> bool:
    """Whether an assistant is told of."""
    return _ASSISTANT.search(text) is not None


def by_midpoint(text: str) -> bool:
    """Whether the payer counts each code by itself, as CPT does."""
    return _MIDPOINT.search(text) is not None


_SHARE = re.compile(r"(?P<part>\d{1,3})\s(?:of|out of)\s(?:the\s)?(?P<whole>\d{1,3})\s?(?:-?min\w*)?", re.IGNORECASE)


_ASSISTED = r"(?-i:PTA|COTA|OTA)\b|(?:the )?assistant\b"
_THERAPIST = r"(?-i:PT|OT)\b|(?:the )?therapist\b"
_EACH = re.compile(
    rf"(?:{_ASSISTED})\D{{1,14}}(?P<pta>\d{{1,3}})\s?min\w*\D{{1,24}}(?:{_THERAPIST})\D{{1,14}}(?P<pt>\d{{1,3}})|"
    rf"\b(?:{_THERAPIST})\D{{1,14}}(?P<pt2>\d{{1,3}})\s?min\w*\D{{1,24}}(?:{_ASSISTED})\D{{1,14}}(?P<pta2>\d{{1,3}})",
    re.IGNORECASE,
)
"""Minutes of assistant and therapist told apart."""


def assistant_share(text: str) -> tuple[int, int] | None:
    """The assistant's minutes and the line's, where written as `3 of 30 minutes`."""
    match = _SHARE.search(text)
    if match and int(match["whole"]):
        return int(match["part"]), int(match["whole"])
    both = _EACH.search(text)
    if both is None:
        return None
    assistant, therapist = int(both["pta"] or both["pta2"]), int(both["pt"] or both["pt2"])
    return assistant, assistant + therapist


def years(text: str) -> tuple[int, ...]:
    """The years of which something is asked, in their order; a day's year is none."""
    return tuple(dict.fromkeys(int(each) for each in re.findall(r"(?<![/-]\d)(?<![\d$,.])\b(20[12]\d)\b(?!-\d)", text)))


def dollars(text: str) -> int | None:
    """The one amount of money told, in whole dollars."""
    found = {int(each.replace(",", "")) for match in _DOLLARS.finditer(text) for each in chain(match.groups()) if each}
    return found.pop() if len(found) == 1 else None
