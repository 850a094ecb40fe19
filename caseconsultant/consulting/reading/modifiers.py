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
LESS_USED = table(
    "A1 A2 A3 A4 A5 A6 A7 A8 A9 AE AF AG AH AJ AK AM AQ AR AU AV AW AX AY AZ BA BL BP BR BU CA CB CC CG CS DA EJ EP FB "
    "FC FP G1 G2 G3 G4 G5 G6 G7 GB GF GG GH GJ GL GR GU HA HB HC HD HE HF HG HH HI HJ HK HL HM HN HO HP HQ HR HS HT HU "
    "HV HW HX HY HZ JA JB JC JD JE K0 K1 K2 K3 K4 KA KB KC KD KE KF KG KK KL KM KN KO KP KQ KR KS KT KU KV KW KY KZ LL "
    "LR LS LU MS NB NR PD PI PS Q2 Q3 Q4 QE QF QG QH QJ QL QM QN QP RA RB RC RD RI SB SD SE SF SH SJ SK SM SN SQ SS ST "
    "SU SV SW SY TD TE TF TG TH TJ TK TL TM TN TP TQ TR TS TT TU TV TW U1 U2 U3 U4 U5 U6 U7 U8 U9 UA UB UC UD UF UG UH "
    "UJ UK UN UP UQ UR US V1 V2 V3 V5 V6 V7 V8 V9 VM VP X1 X2 X3 X4 X5 ER ET"
) | table("1P 2P 3P 8P")
"""Those of Medicaid, equipment and reporting: read where the text says modifier, or after a hyphen."""
MODIFIERS = NUMERIC | LETTERED
FREQUENT = table("22 24 25 26 50 51 52 53 57 58 59 76 77 78 79 91")

_PLAIN_WORDS = table("AS AT CO CT GO PA PC PT SA SC TB AI AD CR FA TA P1 P2 P3 P4 P5 P6 T1 T2 T3 T4 T5 T6 T7 T8 T9")
"""Read as modifiers only where the text says so: they are words, credentials, routes or vertebrae otherwise."""
_SMALL = LETTERED - _PLAIN_WORDS - table("AA EY FR FT FX GE LC LD LM PB PN PO RC RI SG SL UE")
"""Read in small letters straight after a code: they are no words of a note."""
_SMALL_APART = table("XE XS XP XU JW JZ KX GX GY GZ QW GP GN TC")
"""Read in small letters apart from a code."""
_WORDS_AFTER_HYPHEN = table("HE HI HR PD PI PS SD SE SM SQ SS ST US ER ET CC CA")
GLUED = "|".join(sorted((LETTERED - _PLAIN_WORDS) | table("TA AS AI")))
"""Those that may follow a code without a space."""

_MOD = r"(?:\d{2}|[A-Za-z][A-Za-z0-9])"
_END = (
    r"(?![\w%]|[.:]\d|,\d{3}|/\d|\s?-?\s?(?:min|hour|hr|h\b|m\b|units?\b(?!\s?[:=]?\s?\d{1,3}(?!\d))|day|week|month|year|yo\b|y/o|mg|mcg|ml|g\b|kg|"
    r"percent|patients?|times|a\.?m\b|p\.?m\b|different|separate|injections?|sites?|drugs?|doses?|visits?|codes?))"
)
_WORD = r"(?:modifiers?|mods?)\b\.?"
_END_BEFORE_CODE = rf"(?:(?=/\d{{5}}(?!\d))|(?=:[A-Z0-9]{{2}}(?![A-Z0-9]))|{_END})"
_LIST = rf"{_MOD}{_END}(?:\s?(?:,|and|&|\+|,\s?and)\s?-?{_MOD}{_END})*"
_DASH = r"[-\u2010-\u2015\u2212]"

_ON_CODE = re.compile(
    rf"\s?{_DASH}\s?(?P<dash>{_MOD}){_END_BEFORE_CODE}"
    rf"|[/:+](?P<stroke>{_MOD}){_END_BEFORE_CODE}"
    rf"|,\s?(?P<comma>{_MOD})(?=\s?(?:[,;?\n]|$|(?:and|with|&|\+)?\s?(?:\d{{5}}|[A-Z]\d{{4}})\b))"
    rf"|\s?[,(\[/|;]?\s?(?:(?:with|w/|using|plus|and|\+|&|has|having|append(?:ing)?|add(?:ing)?|under)\s)?(?:the\s|a\s|"
    rf"an\s)?"
    rf"{_WORD}\s?[:#=-]?\s?-?(?P<said>{_LIST})[)\]]?(?!\s?(?:or|vs|versus)\b)"
    rf"|\s(?:with\s|w/\s?|w\s|\+\s?|using\s)(?:the\s|a\s|an\s)?-?(?P<with>{_LIST})(?:\s{_WORD})?(?!\s?(?:or|vs|versus)\b)"
    rf"|\s?[(\[\"'](?P<bracket>{_MOD}){_END}[)\]\"']"
    rf"|\s(?P<bare>\d{{2}}|[A-Z][A-Z0-9]){_END_BEFORE_CODE}(?!\s?(?:or|vs|versus)\b)"
    rf"|(?P<glued>{GLUED})\b",
    re.IGNORECASE,
)
_MORE = re.compile(rf"\s?(?:{_DASH}|[,/:])\s?(?P<mod>{_MOD}){_END_BEFORE_CODE}", re.IGNORECASE)
_CHUNK_END = re.compile(r"\s*(?:$|[,.;)?\n/&+*x]|(?:and|with)\b|\d{5}\b|\d{2}(?![\w:])|[A-Z]\d{4}\b|[A-Z][A-Z0-9]\b)")
_LOOKS = frozenset({"bare", "with", "bracket", "stroke", "comma"})
"""Where nothing but its looks and place speaks for a modifier."""
_OF_SECTION = (
    (table("AI"), "9"),
    (table("AS SA"), "12345690"),
    (table("AT"), "9"),
    (table("GO"), "9"),
    (table("PT"), "4"),
    (table("TB"), "ACJQ"),
    (table("FA TA T1 T2 T3 T4 T5 T6 T7 T8 T9"), "1278L"),
    (table("P1 P2 P3 P4 P5 P6"), "0"),
    (table("U1 U2 U3 U4 U5 U6 U7 U8 U9 UA UB UC UD"), "0123456789GHST"),
)
"""Modifiers that are words or vertebrae elsewhere, by the first digit of the codes that bear them."""
_SPINE = ("22", "62", "63", "64", "72")


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


def on_code(text: str, position: int, *, code: str) -> tuple[int, tuple[str, ...]] | None:
    """Where the modifiers written at a position after a code end, and which they are; None where none are."""
    match = _ON_CODE.match(text, position)
    if match is None:
        return None
    name = match.lastgroup or "bare"
    if name not in _LOOKS:
        found = listed(match[name])
        hyphened = name == "dash" and not _WORDS_AFTER_HYPHEN.isdisjoint(found)
        return None if hyphened or not found else (match.end(), found)
    ends = _CHUNK_END.match(text, match.end()) is not None
    tokens = (_by_looks(each, code=code, ends=ends) for each in _TOKEN.findall(_without_joints(match[name])))
    kept = tuple(dict.fromkeys(each for each in tokens if each))
    return (match.end(), kept) if kept else None


def _by_looks(token: str, *, code: str, ends: bool) -> str | None:
    """The modifier that a token straight after a code is, None where it may be a word."""
    upper = token.upper()
    if upper in NUMERIC or (upper in LETTERED and upper not in _PLAIN_WORDS and token == upper) or upper in _SMALL:
        return upper
    borne = any(upper in these and code[0] in first for these, first in _OF_SECTION)
    return upper if borne and ends and not (upper[0] == "T" and code.startswith(_SPINE)) else None


def one_more(text: str, position: int) -> tuple[int, tuple[str, ...]] | None:
    """A further modifier after one that was read (`-59-XU`, `59, XU`)."""
    match = _MORE.match(text, position)
    found = listed(match["mod"], plain=True) if match else ()
    return (match.end(), found) if match and found else None


def modifier(token: str, *, plain: bool) -> str | None:
    """The modifier a token stands for, None if none. `plain`: nothing but its looks speaks for it."""
    upper = token.upper()
    if upper not in MODIFIERS | LESS_USED or (plain and not _looks_like_one(token, upper)):
        return None
    return upper


def _looks_like_one(token: str, upper: str) -> bool:
    if upper in _PLAIN_WORDS or upper in LESS_USED - LETTERED:
        return False
    return upper in NUMERIC or token == upper or upper in _SMALL_APART


def listed(stretch: str, *, plain: bool = False) -> tuple[str, ...]:
    """The modifiers of a list such as `59, XU and 25`."""
    found = (modifier(token, plain=plain) for token in _TOKEN.findall(_without_joints(stretch)))
    return tuple(dict.fromkeys(each for each in found if each))


def _without_joints(stretch: str) -> str:
    return re.sub(r"\b(?:and|or|vs|versus)\b", " ", stretch)


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
