"""The sender's new words, apart from what is quoted and what is signed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.parsing import attribution, dividing, signing
from caseconsultant.parsing.html import BELOW_IS_QUOTED, SIGNATURE_STARTS

_PGP_HEAD = re.compile(r"\A\s*-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash:.*\n)*\n?")
_PGP_TAIL = re.compile(r"\n-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----|\Z)", re.DOTALL)
# A line that ends with the bar too is a row of a table.
_QUOTED_LINE = re.compile(r"^ {0,3}(?:>|\|(?= )(?!.*\|\s*$))")
# Gnus and its like quote with the initials; only below an attribution.
_INITIALS = re.compile(r"^\s{0,5}[A-Z][A-Za-z]{0,3}>\s")
_COMPARISON = re.compile(r"^ {0,3}>=? ?\d")
_QUOTE_MARK = re.compile(r"^ {0,3}(?:> ?|\| )")


@dataclass(frozen=True, slots=True)
class Split:
    """New text, quoted text (with its marks) and signature; each without outer blank lines."""

    text: str
    quoted: str
    signature: str


_MAX_LINE = 400
"""A longer line divides nothing."""
_MAX_LAYERS = 12
"""How many forwards inside forwards are taken apart to find a text."""


def split(source: str) -> Split:
    """Returns the parts of a body; the text is never empty where the source is not."""
    return _split(source, 0)


def _split(source: str, layer: int) -> Split:
    lines = _without_pgp(source).split("\n")
    new, quoted, signed = _sort(lines)
    text, signature = signing.split(new)
    signature = "\n".join(item for item in (signature, _joined(signed)) if item)
    found = Split(text, _joined(quoted), signature)
    return found if found.text or not source.strip() else _never_empty(found, source, layer)


def _without_pgp(source: str) -> str:
    head = _PGP_HEAD.match(source)
    if not head:
        return source
    # RFC 9580 7.2: lines that begin with a dash are escaped with "- " in signed text.
    return re.sub(r"(?m)^- (?=-|From )", "", _PGP_TAIL.sub("", source[head.end() :]))


def _joined(lines: list[str]) -> str:
    joined = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", joined).strip("\n ")


class _Sorted:
    """The lines of a body on their three heaps, walked once."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.new: list[str] = []
        self.quoted: list[str] = []
        self.signed: list[str] = []
        self.attributed = False

    def step(self, index: int) -> int:
        """Sorts the line at `index`, and those that belong with it; returns where to go on."""
        line = self.lines[index]
        if line.strip() == SIGNATURE_STARTS:
            taken = _signature_block(self.lines, index + 1)
            self.signed += self.lines[index + 1 : index + 1 + taken]
            return index + 1 + taken
        length = attribution.attribution_length(self.lines, index)
        if line.strip() == BELOW_IS_QUOTED or _divides(self.lines, index, length):
            self._drop_rule_above(length)
            self.quoted += [item for item in self.lines[index:] if item.strip() not in _MARKS]
            return len(self.lines)
        if length:
            self.attributed = True
            self.quoted += self.lines[index : index + length]
            return index + length
        is_quoted = _QUOTED_LINE.match(line) or (self.attributed and _INITIALS.match(line))
        (self.quoted if is_quoted else self.new).append(line)
        return index + 1

    def _drop_rule_above(self, length: int) -> None:
        """A rule right above an attribution belongs to it."""
        if length and self.new and dividing.is_rule(self.new[-1]):
            self.quoted.append(self.new.pop())


_MARKS = {BELOW_IS_QUOTED, SIGNATURE_STARTS}


def _sort(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """From a divider on, everything is quoted."""
    if _only_compares(lines):
        return lines, [], []
    heaps = _Sorted(lines)
    index = 0
    while index < len(lines):
        index = heaps.step(index)
    return heaps.new, heaps.quoted, heaps.signed


def _only_compares(lines: list[str]) -> bool:
    """Whether the one line that begins with a mark is a comparison ("> 7.5 cm") rather than a quote."""
    marked = [line for line in lines if _QUOTED_LINE.match(line)]
    if len(marked) != 1 or not _COMPARISON.match(marked[0]):
        return False
    above = lines[lines.index(marked[0]) - 1] if lines[0] != marked[0] else ""
    return bool(above.strip()) and not above.rstrip().endswith(":")


def _divides(lines: list[str], index: int, length: int) -> bool:
    """A divider, or an attribution of that many lines with the older text below it unmarked."""
    if not lines[index].strip() or len(lines[index]) > _MAX_LINE:
        return False
    if _QUOTED_LINE.match(lines[index]):
        return attribution.is_groupwise(lines[index])
    if dividing.divider_length(lines, index) or attribution.older_on_the_line(lines[index]):
        return True
    if not length:
        return False
    following = next((line for line in lines[index + length :] if line.strip()), "")
    return bool(following) and not _QUOTED_LINE.match(following) and not _INITIALS.match(following)


def _signature_block(lines: list[str], start: int) -> int:
    count = 0
    while start + count < len(lines) and not _ends_signature(lines[start + count]):
        count += 1
    return count


def _ends_signature(line: str) -> bool:
    return not line.strip() or bool(_QUOTED_LINE.match(line)) or line.strip() == BELOW_IS_QUOTED


def _never_empty(found: Split, source: str, layer: int) -> Split:
    """With nothing new above it, the forwarded (or quoted) text is what the sender says."""
    older = _older(found.quoted, layer + 1)
    if older.text:
        return Split(older.text, older.quoted, "\n".join(s for s in (found.signature, older.signature) if s))
    if found.signature:
        return Split(found.signature, found.quoted, "")
    return Split(_joined([line for line in source.split("\n") if line.strip() not in _MARKS]), "", "")


def _older(quoted: str, layer: int) -> Split:
    """The first older mail in a quoted stretch: its own divider off, its own quotes and signature apart."""
    lines = quoted.split("\n")
    body = lines[_head(lines) :]
    if all(_QUOTED_LINE.match(line) or not line.strip() for line in body) or body == lines:
        body = [_QUOTE_MARK.sub("", line, count=1) for line in body]
        body = body[_head(body) :]
    text = "\n".join(body)
    if not text.strip():
        return Split("", quoted, "")
    # Each round must take something away, or there is nothing left to take apart.
    return _split(text, layer) if layer < _MAX_LAYERS and len(text) < len(quoted) else Split(_joined(body), "", "")


def _head(lines: list[str]) -> int:
    """How many lines at the top are blank, a divider or an attribution."""
    index = 0
    while index < len(lines) and not lines[index].strip():
        index += 1
    if index == len(lines):
        return index
    length = dividing.divider_length(lines, index) or attribution.attribution_length(lines, index)
    return index + length
