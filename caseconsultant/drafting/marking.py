"""A reviewer's plain text to HTML: the same few forms that our own letters are written in.

Paragraphs; a line over dashes is a heading; a short line that ends in a colon is a lesser one; `- ` and `1. ` begin
list items; `  96370  x2  only if ...` are claim lines; `[1] ...` are sources; web addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

_URL = re.compile(r"https?://[^\s<>\"']{3,500}[^\s<>\"'.,;:!?)\]]")
_HEADING = re.compile(r"^(?P<title>\S.{0,70})\n-{3,}\s*$")
_CLAIM = re.compile(
    r"^ {1,6}(?P<code>[A-Z0-9][A-Z0-9.]{2,7}(?:-[A-Z0-9]{2})*) +x(?P<units>\d{1,4})(?: +(?P<when>\S.*))?$"
)
_ITEM = re.compile(r"^ {0,4}(?:[-*\u2022]|(?P<number>\d{1,2})[.)]) +(?P<text>\S.*)$")
_SOURCE = re.compile(r"^ {0,4}\[(?P<number>\d{1,3})\] +(?P<text>\S.*)$")
_MAX_LESSER = 60

_Line = tuple[str, tuple[str, ...]]
"""A kind (claim, item, number, source, text) and its words."""


def linked(text: str) -> Markup:
    """Returns the text escaped, its web addresses made links."""
    out = Markup()
    position = 0
    for match in _URL.finditer(text):
        out += escape(text[position : match.start()])
        out += Markup('<a href="{0}">{0}</a>').format(match[0])
        position = match.end()
    return out + escape(text[position:])


def marked(text: str) -> Markup:
    """Returns the HTML fragment of a plain text; everything in it is escaped."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return Markup("\n").join(piece for block in blocks if block.strip() for piece in _block(block))


def _block(block: str) -> Iterator[Markup]:
    lines = block.strip("\n").split("\n")
    heading = _HEADING.match("\n".join(lines[:2]))
    if heading:
        yield Markup("<h2>{}</h2>").format(heading["title"].strip())
        lines = lines[2:]
    if lines and _is_lesser(lines[0]):
        yield Markup("<h3>{}</h3>").format(lines[0].strip().removesuffix(":"))
        lines = lines[1:]
    for kind, group in groupby(_lines(lines), key=lambda line: line[0]):
        yield _PRINT[kind]([words for _, words in group])


def _is_lesser(line: str) -> bool:
    plain = line.rstrip()
    return plain.endswith(":") and len(plain) <= _MAX_LESSER and not _ITEM.match(line) and not line.startswith(" ")


def _lines(lines: list[str]) -> list[_Line]:
    """Folds joined: a line that begins no form of its own goes on with the one before."""
    found: list[_Line] = []
    for line in lines:
        read = _read(line)
        if read[0] == "text" and found and (line.startswith(" ") or found[-1][0] == "text"):
            kind, words = found[-1]
            joint = "\n" if kind == "text" else " "
            found[-1] = (kind, (*words[:-1], f"{words[-1]}{joint}{line.strip()}".strip()))
        else:
            found.append(read)
    return found


def _read(line: str) -> _Line:
    if match := _CLAIM.match(line):
        return "claim", (match["code"], match["units"], match["when"] or "")
    if match := _SOURCE.match(line):
        return "source", (match["number"], match["text"])
    if match := _ITEM.match(line):
        return ("number" if match["number"] else "item"), (match["text"],)
    return "text", (line.strip(),)


def _paragraph(found: list[tuple[str, ...]]) -> Markup:
    return Markup("\n").join(_said(words[0]) for words in found)


def _said(text: str) -> Markup:
    """The bottom line of an answer of ours keeps its weight when it was edited."""
    kind = Markup(' class="bottom"') if text.startswith("Short answer") else Markup()
    return Markup("<p{}>{}</p>").format(kind, linked(text))


def _list(found: list[tuple[str, ...]], tag: str) -> Markup:
    items = Markup("\n").join(Markup("<li>{}</li>").format(linked(words[0])) for words in found)
    return Markup("<{0}>\n{1}\n</{0}>").format(tag, items)


def _claims(found: list[tuple[str, ...]]) -> Markup:
    row = Markup('<tr><td class="code">{}</td><td class="units">&times;{}</td><td class="when">{}</td></tr>')
    rows = Markup("\n").join(row.format(code, units, linked(when)) for code, units, when in found)
    return Markup('<table class="claim" role="presentation">\n{}\n</table>').format(rows)


def _sources(found: list[tuple[str, ...]]) -> Markup:
    line = Markup('<p class="source"><span class="mark">[{}]</span> {}</p>')
    return Markup("\n").join(line.format(number, linked(text)) for number, text in found)


_PRINT = {
    "text": _paragraph,
    "item": lambda found: _list(found, "ul"),
    "number": lambda found: _list(found, "ol"),
    "claim": _claims,
    "source": _sources,
}
