"""The lines that mail programs write above what they quote: "On Monday, March 4, 2024, Dana <dana@...> wrote:".

A line counts by its evidence, whatever the order: the verb in any language we know, a date, a time, an address. A
sentence of the sender's own ("On Monday the surgeon wrote:") has the verb and little else, and no quote below it.
"""

from __future__ import annotations

import re

from caseconsultant.parsing.vocabulary import any_of
from caseconsultant.parsing.vocabulary.attributions import MONTHS, OPENERS, VERBS

_I = re.IGNORECASE
_MAX_FOLDS = 6
_MAX_LENGTH = 400
_SHORT = 40

_ENDS = (":", "\uff1a", ":*", ":]", ">>>")
# Hebrew and Arabic programs put marks of direction around names and addresses.
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_VERB = re.compile(rf"(?:(?<!\w)(?:{any_of(VERBS)})(?!\w)|[写寫]道|のメール|は書きました|작성|쓴 글)", _I)
_ADDRESS = re.compile(r"[^\s<>()\[\]]{1,100}@[^\s<>()\[\]]{1,100}")
_AT_THE_END = re.compile(r"[<(\[]\s*(?:mailto:)?[^\s<>]{1,100}@[^\s<>]{1,100}\s*[>)\]]\s*[:\uff1a]$")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\s?\d{2}(?!\d)|\d\s?[ap]\.?m\b", _I)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}|\d{4}\s?[年년]|\d{1,2}\.?\s(?:de\s)?(?:"
    + any_of(MONTHS)
    + r")|\d{4}\.\s|(?:20|19)\d\d(?!\d))|(?<!\w)(?:"
    + any_of(MONTHS)
    + r")\w*\.?\s\d{1,2}",
    _I,
)
_OPENER = re.compile(rf"(?:{any_of(OPENERS)})(?!\w)|(?:ב-|在|于|於)", _I)
_DATED_START = re.compile(r"(?:\w{1,12}[.,]{0,2}\s){0,3}\d{1,4}(?:[./-]|\.?\s|[年년])", _I)
_VERB_OF_NAME = re.compile(rf"\W{{0,2}}(?:[^\s.!?]\S*\s){{1,6}}(?:{any_of(VERBS)})(?!\w)", _I)
_SENTENCE_BREAK = re.compile(r"[a-z]{3,}[.!?;]\s+[A-Z][a-z]*\s")
_OLDER_FOLLOWS = re.compile(
    rf"(?:{any_of(OPENERS)})\s.{{6,160}}<[^<>\s]+@[^<>\s]+>,?\s?(?:{any_of(VERBS)})\s?:\s{{2,}}\S", _I
)
_GROUPWISE = re.compile(r"^>{3}\s?.{3,160}(?:>{3}|\d{1,2}:\d{2}.{0,60}(?:wrote|schrieb)\s?:)\s*$", _I)


def attribution_length(lines: list[str], index: int) -> int:
    """Returns how many lines from `index` on are an attribution (0: none); blank lines never belong to one."""
    if not lines[index].strip():
        return 0
    for count, line in enumerate(lines[index : index + _MAX_FOLDS], start=1):
        if not line.strip() or len(line) > _MAX_LENGTH:
            return 0
        if _DIRECTION.sub("", line).rstrip().endswith(_ENDS):
            taken = lines[index : index + count]
            rest = lines[index + count : index + count + 8]
            return count if _is_attribution(taken, rest) and not _starts_later(taken, rest) else 0
    return 0


def older_on_the_line(line: str) -> bool:
    """Whether an attribution and the older text share the line, as telephones write it."""
    return "@" in line and bool(_OLDER_FOLLOWS.match(_bare(line)))


def is_groupwise(line: str) -> bool:
    """Whether the line is GroupWise's `>>> Name <address> date >>>`; what stands below it bears no marks."""
    return line.startswith(">>>") and bool(_GROUPWISE.match(line))


def _is_attribution(taken: list[str], rest: list[str]) -> bool:
    joined = " ".join(_bare(line) for line in taken).strip()
    if len(joined) > _MAX_LENGTH or not joined or _SENTENCE_BREAK.search(joined):
        return False
    quote = _quote_follows(rest) or all(line.lstrip().startswith(">") for line in taken)
    return _is_sure(joined, quote=quote)


def _is_sure(joined: str, *, quote: bool) -> bool:
    address, dated = bool(_ADDRESS.search(joined)), bool(_DATE.search(joined))
    timed = bool(_TIME.search(joined))
    if not _VERB.search(joined):
        return _without_verb(joined, address=address, dated=dated, timed=timed, quote=quote)
    if address and (dated or timed or quote or bool(_VERB.search(joined[-30:]))):
        return True
    if not _well_begun(joined):
        return quote and dated and timed
    return (quote and (dated or timed or len(joined) <= _SHORT * 2)) or (dated and timed)


def _without_verb(joined: str, *, address: bool, dated: bool, timed: bool, quote: bool) -> bool:
    """Russian Gmail, Japanese and old Gmail name the date and the address only; other languages before a quote."""
    if address and dated:
        return bool(_DATED_START.match(joined)) or quote or bool(_AT_THE_END.search(joined))
    return quote and ((dated and timed) or bool(_AT_THE_END.search(joined)))


def _well_begun(joined: str) -> bool:
    return bool(_OPENER.match(joined) or _DATED_START.match(joined) or _VERB_OF_NAME.match(joined))


def _starts_later(taken: list[str], rest: list[str]) -> bool:
    """Whether the attribution begins further down, so that the line above it ("On the second unit ...") is new text.

    Programs fold long lines only: a short line, or one that ends a sentence, is not the attribution's beginning.
    """
    for number in range(1, len(taken)):
        later = taken[number:]
        if _bare(later[0]).startswith(("<", "(", "[")) or not _is_attribution(later, rest):
            continue
        above = _bare(taken[number - 1])
        if above.endswith(("<", "(", ",", "-")):
            continue
        if _is_strong_start(_bare(later[0])) or len(above) < _SHORT or above.endswith((".", "!", "?", ":", ";")):
            return True
    return False


def _is_strong_start(line: str) -> bool:
    opener = _OPENER.match(line)
    return bool(_DATE.search(line[:_SHORT])) and (bool(opener) or bool(_DATED_START.match(line)))


def _bare(line: str) -> str:
    plain = _DIRECTION.sub("", line).strip().lstrip("> ").strip("*_ ")
    if plain.startswith("[") and plain.endswith(":]"):
        plain = plain[1:-1]
    return re.sub(r"^-{2,}\s*|\s*-{2,}$", "", plain).strip()


def _quote_follows(rest: list[str]) -> bool:
    return next((line for line in rest if line.strip()), "").lstrip().startswith((">", "|"))
