"""RFC 3676 format=flowed: soft line breaks joined."""

from __future__ import annotations

import re

_QUOTES = re.compile(r"^(>*)( ?)(.*)$", re.DOTALL)


def unflow(text: str, *, delete_space: bool) -> str:
    """Returns the text with flowed lines joined; quote depth and the signature line are kept."""
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth, content = _split(line)
        flowed = content.endswith(" ") and content != "-- "
        kept = content[:-1] if flowed and delete_space else content
        if open_depth == depth and content != "-- ":
            out[-1] += kept
        else:
            out.append(f"{'>' * depth} {kept}" if depth else kept)
        open_depth = depth if flowed else None
    return "\n".join(out)


def _split(line: str) -> tuple[int, str]:
    match = _QUOTES.match(line)
    return (len(match[1]), match[3]) if match else (0, line)
