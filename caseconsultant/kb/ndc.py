"""National drug codes as eleven digits."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"(\d{4,5})-(\d{3,4})-(\d{1,2})")


def ndc_digits(text: str) -> str:
    """The eleven digits of an NDC (5-4-2); raises ValueError where it is none."""
    found = _SHAPE.fullmatch(text.strip())
    if found:
        labeler, product, package = found.groups()
        return labeler.zfill(5) + product.zfill(4) + package.zfill(2)
    if re.fullmatch(r"\d{11}", text.strip()):
        return text.strip()
    raise ValueError(f"{text!r} is no NDC: eleven digits, or 5-4-2 with hyphens")
