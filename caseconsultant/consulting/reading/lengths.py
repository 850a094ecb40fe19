"""Sizes of lesions, margins and wounds as written, in tenths of a millimetre."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caseconsultant.domain.codes import Span

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})?|\.\d{1,2})"
_UNIT = r"(?:cms?|centimet(?:er|re)s?|mms?|millimet(?:er|re)s?)"
_SIZE = re.compile(
    rf"(?<![\w./-])(?P<first>{_NUMBER})(?:\s?-?(?P<unit0>{_UNIT}))?(?P<more>(?:\s?(?:x|by)\s?{_NUMBER}(?:\s?{_UNIT})?){{0,2}})\s?-?(?P<unit>{_UNIT})?(?![\w%/])",
    re.IGNORECASE,
)
_MORE = re.compile(_NUMBER)
_TENTHS = {"c": 100, "m": 10}
_CENTIMETRES_MOST = 40.0


@dataclass(frozen=True, slots=True)
class Length:
    """A length in tenths of a millimetre; `stated` tells whether its unit was written."""

    tenths: int
    span: Span
    stated: bool = True

    @property
    def cm(self) -> str:
        """In centimetres, as coders write it."""
        return centimetres(self.tenths)


def centimetres(tenths: int) -> str:
    """`2.0`, `1.25`."""
    value = f"{tenths / 100:.2f}"
    return value.removesuffix("0")


def lengths(text: str) -> tuple[Length, ...]:
    """The lengths of a text; of `1.2 x 0.8 cm` the greatest. Bare decimals count as centimetres, marked unstated."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Length]:
    for match in _SIZE.finditer(text):
        unit = match["unit"] or match["unit0"]
        if not unit and "." not in match["first"]:
            continue
        numbers = [float(match["first"]), *(float(each) for each in _MORE.findall(match["more"] or ""))]
        greatest = max(numbers)
        if not unit and greatest > _CENTIMETRES_MOST:
            continue
        tenths = round(greatest * _TENTHS[(unit or "c")[0].lower()])
        yield Length(tenths, Span(*match.span()), stated=bool(unit))
