"""The lines that part new text from older text without marks: titles between dashes, rules, blocks of fields."""

from __future__ import annotations

import re

from caseconsultant.parsing.vocabulary import any_of
from caseconsultant.parsing.vocabulary.attributions import VERBS
from caseconsultant.parsing.vocabulary.dividers import BEGINNINGS, FROM, REPLY_ABOVE, SENT, SUBJECT, TITLES, TO

_I = re.IGNORECASE
_DECOR = r"[-_=*\u2010-\u2015\u2500~#]"
_TITLE = re.compile(
    rf"{_DECOR}[-_=*\u2010-\u2015\u2500~#\s]+(?:{any_of(TITLES)})\s*{_DECOR}[-_=*\u2010-\u2015\u2500~#\s]*:?\s*$", _I
)
_BARE_TITLE = re.compile(rf"(?:{any_of(TITLES)})\s*:?\s*$", _I)
_BEGINNING = re.compile(rf"(?:{any_of(BEGINNINGS)})\s*[:\uff1a]\s*$", _I)
_WROTE_BETWEEN = re.compile(rf"-{{3,}}\s?.{{2,200}}(?:{any_of(VERBS)})\s?:?\s?-{{3,}}\s*$", _I)
_REPLY_ABOVE = re.compile(rf"[-#=*>\s]*(?:{any_of(REPLY_ABOVE)})[-#=*\s]*$", _I)
_LIST_FOOTER = re.compile(r"_{10,}$")
_RULE = re.compile(r"^\s*(?:_{5,}|-{5,}|={5,}|\*{5,}|\u2500{5,})\s*$")
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _field(names: str) -> re.Pattern[str]:
    """A name, perhaps in bold, and its colon; the wide colon of Chinese and Japanese needs no blank after it."""
    return re.compile(rf"^\s*[*>\s]*(?:{names})\s?\*?(?:\uff1a|\s?:\*?(?=\s|$|[^\x00-\x7f]|[\"'<]))", _I)


_FROM, _SENT, _TO, _SUBJECT = (_field(any_of(table)) for table in (FROM, SENT, TO, SUBJECT))
_ANY = _field("|".join(any_of(table) for table in (FROM, SENT, TO, SUBJECT)))
_COLON = re.compile(r"[:\uff1a]")
_MAX_FIELDS = 16
_MAX_LENGTH = 400
# Notes of old: the names of the fields alone on their lines.
_LONE_TO = re.compile(r"\s*(?:to|an|à|para|a)\s*$", _I)
_LONE_SUBJECT = re.compile(r"\s*(?:subject|thema|betreff|objet|asunto|oggetto)\s*$", _I)
_DAY_AND_TIME = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,4}\d{1,2}[:.]\d{2}")


def divider_length(lines: list[str], index: int) -> int:
    """Returns how many lines from `index` on divide new from older text: a divider and the fields under it."""
    line = lines[index].strip()
    if not line or len(line) > _MAX_LENGTH:
        return 0
    if _TITLE.match(line) or _BEGINNING.match(line) or _WROTE_BETWEEN.match(line):
        return 1 + _blanks_and_fields(lines, index + 1, sure=True)
    if _REPLY_ABOVE.match(line):
        return 1
    if _RULE.match(line) or _BARE_TITLE.match(line):
        fields = _blanks_and_fields(lines, index + 1)
        return 1 + fields if fields else 0
    return fields_length(lines, index) or _notes_length(lines, index)


def is_rule(line: str) -> bool:
    """Whether a line is a rule: dashes, underscores and nothing else."""
    return bool(_RULE.match(line))


def is_reply_mark(line: str) -> bool:
    """Whether a line is a desk's own mark, "reply above this line"."""
    return bool(_REPLY_ABOVE.match(line.strip()[:_MAX_LENGTH]))


def _blanks_and_fields(lines: list[str], index: int, *, sure: bool = False) -> int:
    start = index
    while start < len(lines) and not lines[start].strip() and start < index + 3:
        start += 1
    found = fields_length(lines, start, sure=sure) if start < len(lines) else 0
    return start - index + found if found else 0


def fields_length(lines: list[str], index: int, *, sure: bool = False) -> int:
    """Returns the length of an Outlook or forwarding block of From, Sent, To, Subject (0: none).

    `sure`: a divider stands above, so that any of the fields will do.
    """
    first = _plain(lines[index])
    if not _COLON.search(first[:60]) or not _ANY.match(first):
        return 0
    block, last = _block([_plain(line) for line in lines[index : index + _MAX_FIELDS]])
    return last if sure or _is_header_block(block) else 0


def _plain(line: str) -> str:
    return _DIRECTION.sub("", line)


def _block(lines: list[str]) -> tuple[list[str], int]:
    """The field lines, and where the last one (with its folds) ends; single blank lines may stand between fields."""
    block: list[str] = []
    last = 0
    for number, line in enumerate(lines, start=1):
        if _ANY.match(line):
            block.append(line)
            last = number
        elif _ends_block(line, lines, number, last):
            break
        elif line.strip():
            last = number
    return block, last


def _ends_block(line: str, lines: list[str], number: int, last: int) -> bool:
    """A blank ends it unless a field follows; other text ends it unless it is a folded list of addresses."""
    if not line.strip():
        following = lines[number] if number < len(lines) else ""
        return not any(pattern.match(following) for pattern in (_SENT, _TO, _SUBJECT))
    return number != last + 1 or "@" not in line


def _is_header_block(block: list[str]) -> bool:
    has = [any(pattern.match(line) for line in block) for pattern in (_FROM, _SENT, _TO, _SUBJECT)]
    addressed = any("@" in line for line in block)
    return has[0] and ((has[3] and (has[1] or has[2])) or (has[1] and has[2] and addressed))


def _notes_length(lines: list[str], index: int) -> int:
    """Lotus Notes: a name, a day with its time, then To, cc and Subject alone on their lines."""
    ahead = lines[index : index + 14]
    if len(ahead) < 2 or ("@" not in ahead[0] + ahead[1] and not _DAY_AND_TIME.search(ahead[1])):  # noqa: PLR2004 - two
        return 0
    if not any(_DAY_AND_TIME.search(line) for line in ahead[:4]):
        return 0
    to = next((number for number, line in enumerate(ahead) if _LONE_TO.match(line)), None)
    subject = next((number for number, line in enumerate(ahead) if _LONE_SUBJECT.match(line)), None)
    return min(subject + 2, len(ahead)) if to is not None and subject is not None and to < subject else 0
