"""Modifiers: on a code (`96372-59`, `96372 with modifier 59`) and apart from any (`59 or XU?`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.text import table
from caseconsultant.domain.codes import Span

# The modifiers in use, by shape; what each is for stands in the knowledge base.
NUMERIC = table(
    "22 23 24 25 26 27 32 33 47 50 51 52 53 54 55 56 57 58 59 62 63 66 73 74 76 77 78 79 80 81 82 90 91 92 93 "
    "95 96 97 99"
)
LETTERED = table(
    "XE XS XP XU LT RT E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LC LD LM RC RI "
    "AA AD AI AS AT CO CQ CR CT EY FQ FR FS FT FX FY G0 G8 G9 GA GC GE GN GO GP GQ GT GV GW GX GY GZ JG JW JZ "
    "KH KI KJ KX NU PA PB PC PN PO PT P1 P2 P3 P4 P5 P6 Q0 Q1 Q5 Q6 Q7 Q8 Q9 QK QS QW QX QY QZ RR SA SC SG SL "
    "TB TC UE"
)
MODIFIERS = NUMERIC | LETTERED

_PLAIN_WORDS = table("AS AT CO CT GO PA PC PT SA SC AI AD CR FA TA P1 P2 P3 P4 P5 P6 T1 T2 T3 T4 T5 T6 T7 T8 T9")
"""Read as modifiers only where the text says so: they are words, credentials, routes or vertebrae otherwise."""

_MOD = r"(?:\d{2}|[A-Za-z][A-Za-z0-9])"
_END = (
    r"(?![\w%]|[.:]\d|,\d{3}|/\d|\s?-?\s?(?:min|hour|hr|h\b|m\b|unit|day|week|month|year|yo\b|y/o|mg|mcg|ml|g\b|kg|"
    r"percent|patients?|times|a\.?m\b|p\.?m\b|different|separate|injections?|sites?|drugs?|doses?|visits?|codes?))"
)
_WORD = r"(?:modifiers?|mods?)\b\.?"
_LIST = rf"{_MOD}{_END}(?:\s?(?:,|and|&|\+|,\s?and)\s?-?{_MOD}{_END})*"

ON_CODE = re.compile(
    rf"\s?(?:-|\u2013)\s?(?P<dash>{_MOD}){_END}"
    rf"|\s?[,(]?\s?(?:(?:with|w/|using|plus|and|\+|&|has|having|append(?:ing)?|add(?:ing)?|under)\s)?(?:the\s|a\s|"
    rf"an\s)?"
    rf"{_WORD}\s?[:#=-]?\s?-?(?P<said>{_LIST})\)?(?!\s?(?:or|vs|versus)\b)"
    rf"|\s(?:with|w/|\+|using)\s(?:the\s|a\s|an\s)?-?(?P<with>{_MOD}){_END}(?:\s{_WORD})?(?!\s?(?:or|vs|versus)\b)"
    rf"|\s?\((?P<bracket>{_MOD}){_END}\)"
    rf"|\s(?P<bare>\d{{2}}|[A-Z][A-Z0-9]){_END}(?!\s?(?:or|vs|versus)\b)"
    rf"|(?P<glued>LT|RT|TC|XE|XS|XP|XU|JW|JZ)\b",
    re.IGNORECASE,
)
MORE = re.compile(rf"\s?[-,/]\s?(?P<mod>{_MOD}){_END}", re.IGNORECASE)

_APART = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b{_WORD}\s?(?:is\s|are\s)?[:#=-]?\s?-?(?P<list>{_MOD}{_END}"
            rf"(?:\s?(?:,|and|or|&|/|vs\.?|versus|,\s?(?:and|or))\s?-?{_MOD}{_END}){{0,8}})"
        ),
        rf"(?<![\w.$/-])-?(?P<first>{_MOD})\s?(?:or|vs\.?|versus|/)\s?-?(?P<second>{_MOD}){_END}",
        rf"(?<![\w.$/-])-?(?P<before>{_MOD})\s{_WORD}",
        rf"(?<![\w.$/:-])-(?P<dashed>\d{{2}}){_END}",
        rf"(?<![\w.$/:-])(?P<asked>{_MOD})\s?\?",
        (
            r"\b(?:needs?|use|append|add|attach|put|takes?|accepts?|requires?|wants?|allows?|with|without|the|an|a)\s"
            rf"-?(?P<verb>{_MOD}){_END}"
        ),
        rf"(?<![\w.$/:-])-?(?P<onto>{_MOD})\s(?:on|onto|to)\s(?:the\s|cpt\s|code\s)?(?=\x00)",
        (
            rf"\b(?:is|was|were|are|does|would|should)\s(?:a\s|the\s|an\s)?-?(?P<subject>{_MOD})\s(?=mandatory|"
            rf"required|needed|"
            r"necessary|appropriate|correct|right|right|allowed|ok\b|okay|acceptable|valid|wrong|enough|payable|"
            r"apply|applicable|used|"
            r"available|still)"
        ),
        rf"(?<![\w.$/:-])-?(?P<rather>{_MOD})\s(?=instead\b|rather than\b)",
        r"(?<![\w.$/-])(?P<beside>59)\s(?:and|or|plus|&)\s(?=(?-i:XE|XS|XP|XU)\b)",
        r"(?<=\b(?-i:X[ESPU])\s)(?:and|or|plus|&)\s(?P<also>59)\b",
        r"(?<![\w./-])(?P<sure>(?-i:XE|XS|XP|XU|JW|JZ))(?!\w)",
    )
)
_TOKEN = re.compile(r"[A-Za-z0-9]{2}")


@dataclass(frozen=True, slots=True)
class ModifierMention:
    """A modifier written apart from a code."""

    modifier: str
    span: Span


def modifier(token: str, *, plain: bool) -> str | None:
    """The modifier a token stands for, None if none. `plain`: nothing but its looks speaks for it."""
    upper = token.upper()
    if upper not in MODIFIERS or (plain and (upper in _PLAIN_WORDS or (upper in LETTERED and token != upper))):
        return None
    return upper


def listed(stretch: str, *, plain: bool = False) -> tuple[str, ...]:
    """The modifiers of a list such as `59, XU and 25`."""
    found = (
        modifier(token, plain=plain) for token in _TOKEN.findall(re.sub(r"\b(?:and|or|vs|versus)\b", " ", stretch))
    )
    return tuple(dict.fromkeys(each for each in found if each))


def apart(text: str) -> tuple[ModifierMention, ...]:
    """The modifiers written apart from codes; `text` has the codes with theirs blanked out."""
    found = [mention for pattern in _APART for match in pattern.finditer(text) for mention in _of(match)]
    unique: dict[str, ModifierMention] = {}
    for mention in sorted(found, key=lambda each: each.span.start):
        unique.setdefault(mention.modifier, mention)
    return tuple(unique.values())


def _of(match: re.Match[str]) -> list[ModifierMention]:
    said = match.lastgroup in ("list", "before")
    groups = [name for name, value in match.groupdict().items() if value]
    found = [each for name in groups for each in listed(match[name], plain=not said)]
    if "first" in groups and len(found) < 2:  # noqa: PLR2004 - both sides of `59 or XU` must be modifiers
        return []
    return [ModifierMention(each, Span(*match.span())) for each in found]
