"""Signatures, telephone footers and confidentiality notices below new text; gateways' banners above it."""

from __future__ import annotations

import re

from caseconsultant.parsing.vocabulary import any_of
from caseconsultant.parsing.vocabulary.endings import BANNERS, CLOSINGS, FOOTERS, NOTICES

_I = re.IGNORECASE
_DELIMITER = re.compile(r"^--\s*$|^\u2014\s*$|^\u2013\s*$")
_RULED = re.compile(r"^\s*(?:_{2,}|-{3,}|={3,}|\*{3,}|~{2,}|#{3,})\s*$")
_FOOTER = re.compile(rf"^\s*\W{{0,3}}(?:{any_of(FOOTERS)})\s*\W{{0,3}}$", _I)
_NOTICE = re.compile(rf"(?:{any_of(NOTICES)})", _I | re.DOTALL)
_BANNER = re.compile(rf"(?:{any_of(BANNERS)})", _I | re.DOTALL)
_CLOSING = re.compile(rf"^\s*(?:{any_of(CLOSINGS)})\s*[,.!\u2013\u3001\uff0c-]*\s*$", _I)
_CONTACT = re.compile(
    r"@\S+\.\w|https?://|www\.|(?:tel|phone|ph|fax|cell|mobile|office|direct|telefon|tél|teléfono|handy|[tpfmo])\s?[:.]+\s*[+(]?\d"
    r"|(?<!\d)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|(?<![\d-])\d{3}-\d{4}(?![\d-])"
    r"|\b(?:CPC|CCS|COC|RHIA|RHIT|CPMA|CEMC|CIC|CRC)\b",
    _I,
)
_STRONG_CONTACT = re.compile(
    r"@\S+\.\w|www\.|(?:tel|phone|ph|fax|cell|mobile|office|direct|telefon|tél|[tpfmo])\s?[:.]+\s*[+(]?\d", _I
)
_WORD = r"[A-Z\u00c0-\u00de\u0410-\u042f][\w.'\u2019-]*"
_NAME = re.compile(
    rf"^\s*(?:Dr\.? |Mr\.? |Ms\.? |Mrs\.? )?{_WORD}(?: {_WORD}){{0,3}}(?:,? (?:[A-Z][A-Za-z-]{{1,6}},? ?)+)?\s*$"
)
_DASHED_NAME = re.compile(
    rf"^\s*(?:-{{1,2}}|[\u2013\u2014~])\s?{_WORD}(?: {_WORD}){{0,3}}(?:,? [A-Z]{{2,5}}){{0,3}}\s*$"
)
_BULLET = re.compile(r"^\s*[-\u2013\u2014*\u2022~]")
_MAX_BLOCK = 10
_MAX_LINE = 90
_MAX_AFTER_NOTICE = 14
_MAX_NOTICE = 4000
_LEAST_CARD = 2
_FEW = 4


def split(lines: list[str]) -> tuple[str, str]:
    """Returns (text, signature). A text that would be all signature is left for the caller to judge."""
    start = _banner(lines)
    banner, lines = lines[:start], lines[start:]
    cut = min(_delimiter(lines), _footer(lines), _notice(lines), len(lines))
    cut = min(cut, _ruled(lines[:cut]), _dashed_name(lines[:cut]))
    head, tail = lines[:cut], lines[cut:]
    name = min(_name_block(head), _bare_card(head))
    text = _joined(head[:name])
    return text, _joined(banner + head[name:] + [""] * bool(tail) + tail)


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n ")


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _banner(lines: list[str]) -> int:
    """Where the sender's words begin, below a gateway's banner."""
    first = next(iter(_paragraphs(lines)), None)
    if not first or not _filled(lines[first[1] :]):
        return 0
    said = " ".join(line.strip() for line in lines[first[0] : first[1]])
    return first[1] if len(said) <= _MAX_NOTICE and _BANNER.fullmatch(said) else 0


def _delimiter(lines: list[str]) -> int:
    """RFC 3676 4.3: the line `-- `; the space is often lost on the way."""
    return next((index for index, line in enumerate(lines) if _DELIMITER.match(line)), len(lines))


def _footer(lines: list[str]) -> int:
    """A telephone's footer counts where little or nothing follows it."""
    for index, line in enumerate(lines):
        said = line.strip()
        if said and len(said) <= _MAX_LINE * 2 and _FOOTER.match(said) and _ends_here(lines[index + 1 :]):
            return index
    return len(lines)


def _ends_here(rest: list[str]) -> bool:
    filled = _filled(rest)
    return len(filled) <= 1 or all(_FOOTER.match(line) or _DELIMITER.match(line) for line in filled[:6])


def _notice(lines: list[str]) -> int:
    """The first paragraph that is a notice, if all that follows is more of the same or short."""
    for start, end in _paragraphs(lines):
        said = "\n".join(lines[start:end])[:_MAX_NOTICE]
        if start and _NOTICE.search(said) and "?" not in said and _only_notices(lines, end):
            return _above_rule(lines, start)
    return len(lines)


def _above_rule(lines: list[str], start: int) -> int:
    """A rule right above a notice belongs to it."""
    above = start - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    return above if above > 0 and _RULED.match(lines[above]) else start


def _only_notices(lines: list[str], end: int) -> bool:
    rest = _filled(lines[end:])
    return not any("?" in line for line in rest) and len(rest) <= _MAX_AFTER_NOTICE


def _paragraphs(lines: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start: int | None = None
    for index, line in enumerate([*lines, ""]):
        if line.strip() and start is None:
            start = index
        elif not line.strip() and start is not None:
            found.append((start, index))
            start = None
    return found


def _ruled(lines: list[str]) -> int:
    """A line of dashes or underscores above a card: `__`, then a name."""
    for index in range(len(lines) - 1, max(0, len(lines) - _MAX_BLOCK - 2), -1):
        if _RULED.match(lines[index]):
            below = _filled(lines[index + 1 :])
            named = bool(below) and bool(_NAME.match(below[0])) and not any(char.isdigit() for char in below[0])
            if named and (len(below) <= _FEW or _is_card(below)) and _are_short(below):
                return index
            return len(lines)
    return len(lines)


def _dashed_name(lines: list[str]) -> int:
    """`-Dana` as a last line of its own, below a blank; an item of a list has its like above."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if len(filled) < _LEAST_CARD or not _DASHED_NAME.match(lines[filled[-1]]):
        return len(lines)
    last, above = filled[-1], lines[filled[-2]]
    own = filled[-2] < last - 1 and not above.rstrip().endswith(":") and not _BULLET.match(above)
    return last if own else len(lines)


def _name_block(lines: list[str]) -> int:
    """Where the name under "Kind regards," begins, if it is a card: short lines, with a way to reach the person."""
    for index in range(len(lines) - 1, max(-1, len(lines) - _MAX_BLOCK * 2), -1):
        if len(lines[index]) <= _MAX_LINE and _CLOSING.match(lines[index]):
            return index + 1 if index and _is_card(lines[index + 1 :]) else len(lines)
    return len(lines)


def _bare_card(lines: list[str]) -> int:
    """A card with no closing above it: the last paragraph, a name first and ways to reach the person below."""
    paragraphs = _paragraphs(lines)
    if len(paragraphs) < _LEAST_CARD:
        return len(lines)
    start, end = paragraphs[-1]
    block = lines[start:end]
    named = bool(_NAME.match(block[0].strip("* "))) and not _CLOSING.match(block[0])
    reached = any(_STRONG_CONTACT.search(line) for line in block[1:])
    return start if named and reached and _are_short(block) and len(block) >= _LEAST_CARD else len(lines)


def _are_short(lines: list[str]) -> bool:
    return len(lines) <= _MAX_BLOCK and all(len(line) <= _MAX_LINE and "?" not in line for line in lines)


def _is_card(lines: list[str]) -> bool:
    filled = _filled(lines)
    return _are_short(filled) and any(_CONTACT.search(line) for line in filled)
