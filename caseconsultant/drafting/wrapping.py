"""Plain text at 76 columns: RFC 5322 2.1.1 asks for at most 78, and a quote mark or two should still fit."""

from __future__ import annotations

import re

WIDTH = 76
_INDENT = re.compile(r"^( *)((?:[-*\u2022]|\d{1,2}[.)]|\[\d{1,3}\]) +)?")
_CLAIM = re.compile(r"^ {2,}\S+ +x\d+ +")


def wrapped(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """Returns one paragraph wrapped; `first` begins its first line, `rest` the others. Long words are never cut."""
    following = " " * len(first) if rest is None else rest
    lines: list[str] = []
    line, room = "", width - len(first)
    for word in text.split():
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, width - len(following)
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return first + f"\n{following}".join(lines) if line else ""


def rewrapped(text: str, width: int = WIDTH) -> str:
    """Returns the text with its long lines wrapped under their own indent; lines that fit are left as they are."""
    return "\n".join(line if len(line) <= width else _hung(line, width) for line in text.split("\n"))


def _hung(line: str, width: int) -> str:
    claim = _CLAIM.match(line)
    match = claim or _INDENT.match(line)
    head = match[0] if match else ""
    return wrapped(line[len(head) :], head, width=width) or line
