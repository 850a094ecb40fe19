"""The settings of other programs that the operator's guide shows: the tests run on those very lines."""

from __future__ import annotations

import re
from pathlib import Path

_GUIDE = Path(__file__).parents[2] / "docs" / "operating.md"


def shown(program: str) -> str:
    """The block that begins with `# <program>:`."""
    blocks = re.findall(r"```cf\n(.*?)```", _GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (found,) = (block for block in blocks if block.startswith(f"# {program}:"))
    return found
