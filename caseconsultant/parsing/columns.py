"""Pasted tables: the cells under the headings of a patient's name, birth and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.parsing import names

Span = tuple[int, int, str]
_CELL = re.compile(r"[^|\t\n]+")


def _heading(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_HEADINGS = (
    ("name", _heading(r"(?:patient|pt|member|last|first|subscriber)?['\u2019s]* ?name|patient|pt|member")),
    ("date of birth", _heading(r"dob|d\.o\.b\.?|(?:date of )?birth ?(?:date)?")),
    ("MRN", _heading(r"mrn|mr ?#|chart ?(?:#|no\.?)|patient id|pt id")),
    ("policy number", _heading(r"(?:member|subscriber|policy|medicaid|insurance) ?(?:id|#|no\.?|number)|mbi|hicn?")),
    ("account number", _heading(r"(?:acct|account|claim|encounter|icn) ?(?:#|no\.?|number)?")),
    ("telephone", _heading(r"(?:tele)?phone|fax|cell")),
    ("address", _heading(r"(?:street )?address")),
    ("SSN", _heading(r"ssn|ss#")),
)  # fmt: skip
_FEWEST = 2


def cells(text: str) -> Iterator[Span]:
    """What stands under such headings, until a line is no row of the table."""
    if "|" not in text and "\t" not in text:
        return
    kinds: list[str | None] = []
    for line in re.finditer(r"[^\n]+", text):
        row = list(_CELL.finditer(text, line.start(), line.end()))
        if len(row) < _FEWEST:
            kinds = []
        elif heads := _kinds(row):
            kinds = heads
        elif kinds:
            yield from _row(row, kinds)


def _kinds(row: list[re.Match[str]]) -> list[str | None]:
    found = [next((kind for kind, head in _HEADINGS if head.fullmatch(cell[0].strip())), None) for cell in row]
    return found if sum(kind is not None for kind in found) >= 1 and not any(":" in cell[0] for cell in row) else []


def _row(row: list[re.Match[str]], kinds: list[str | None]) -> Iterator[Span]:
    for cell, kind in zip(row, kinds, strict=False):
        value = cell[0].strip()
        if kind and len(value) > 1 and "[" not in value and _belongs(kind, value):
            start = cell.start() + cell[0].index(value)
            yield start, start + len(value), kind


def _belongs(kind: str, value: str) -> bool:
    """Whether the cell holds what its heading says: a name has a given name or no word of coding, the rest digits."""
    if kind != "name":
        return kind == "address" or any(character.isdigit() for character in value)
    words = value.replace(",", " ").split()
    if any(names.is_surely_given(word) for word in words):
        return True
    return all(word[0].isalpha() for word in words) and not any(names.is_other(word) for word in words)
