"""Claim lines as they are pasted: tables with a heading, rows of the CMS-1500, segments of an 837 or 835.

Each row gives its code's modifiers and units; its other cells (charge, place, revenue code) are numbers that are no
codes. Diagnoses and dates stay readable. Sources: NUCC 1500 manual, items 24A to 24J; ASC X12 837 SV1 and SV2, 835 SVC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from caseconsultant.consulting.reading import modifiers
from caseconsultant.domain.codes import Span


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says of the code that begins at `start`."""

    start: int
    units: int | None
    modifiers: tuple[str, ...]
    aside: tuple[Span, ...]
    """Its cells that hold neither a code nor a diagnosis."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a text by where their code begins, and all that stands in them beside codes and diagnoses."""

    by_start: Mapping[int, Row]
    aside: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


_CODE = re.compile(r"\d{5}|[A-V]\d{4}|\d{4}[TUFMA]", re.IGNORECASE)
_HEADINGS = {
    "code": r"(?:cpt|hcpcs?|proc(?:edure)?|svc|service)(?:\s?/\s?(?:cpt|hcpcs?))?(?:\s?codes?)?|codes?",
    "modifier": r"mod(?:ifier)?s?\s?[1-4]?|m[1-4]",
    "units": r"units?|qty|quantity|un|u|days/units|days or units|# units",
    "aside": (
        r"(?:total\s)?(?:charges?|chgs?|billed|amount|amt|fees?|allowed|paid|payment|price|\$|adj\w*)(?:\s?(?:amount|amt|\$))?|"
        r"pos|place(?: of service)?|rev(?:enue)?(?:\s?codes?)?|lines?|ln|#|npi|ndc|emg|rvus?|wrvus?"
    ),
    "other": (
        r"dos|dates?(?: of service)?|(?:service|svc) dates?|from|to|thru|dx|diag(?:nosis)?|icd(?:-?10)?|"
        r"(?:dx )?(?:ptrs?|pointers?)|"
        r"desc(?:ription)?|service|procedure description|denial|reason|carc|rarc|status|name|notes?|provider|patient|pt"
    ),
}
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _HEADINGS.items())
_RULE = re.compile(r"[\s|+:=-]*")
_SHORTEST_HEADING, _LONGEST_HEADING = 6, 200
_MOD = r"(?:\d{2}|[A-Za-z][A-Za-z0-9])"
_SEPARATOR = r"[ \t]*[|,:][ \t]*|[ \t]*-[ \t]?|[ \t]+"
_MONEY = r"(?:\$\s?\d[\d,]{0,9}(?:\.\d{2})?|\d[\d,]{0,9}\.\d{2}|\d{1,6}[ ]\d{2}(?!\d))"
_POINTER = r"(?:E[ \t]+)?(?:[A-La-l]{1,4}|[A-L](?:,[A-L]){1,3}|[1-4](?:,[1-4]){1,3})"
_GAP = r"[ \t|,]{1,12}"
_LINE = re.compile(
    rf"(?<![\w.])(?P<code>\d{{5}}|[A-V]\d{{4}}|\d{{4}}[TUFM])(?P<mods>(?:(?:{_SEPARATOR}){_MOD}(?![\w.$])){{0,4}})"
    rf"(?:"
    rf"(?:{_GAP}(?P<pointer>{_POINTER}))?{_GAP}(?:F[ \t]+)?(?P<charge>{_MONEY}){_GAP}(?:G[ \t]+)?"
    rf"(?P<units>\d{{1,3}})(?![\w./-])"
    rf"|{_GAP}(?P<first>\d{{1,3}}){_GAP}(?P<after>{_MONEY})(?!\d)"
    rf"|(?:(?<=\d)(?=[ \t]*[|,\t])|(?<=[A-Z0-9])){_GAP}(?P<last>[1-9]\d?)(?:{_GAP}{_POINTER})?[ \t|]*$"
    rf")",
    re.MULTILINE,
)
_SEGMENT = re.compile(
    r"\b(?:SV1\*|SV2\*(?P<revenue>\d{3,4})\*|SVC\*)(?:HC|HP|AD|ER)[:>](?P<code>[A-Z0-9]{5})(?P<mods>(?:[:>][A-Z0-9]{2}){0,4})(?P<rest>[^~\n]{0,120})"
)


def claim_rows(text: str) -> Rows:
    """The rows of a text. Never raises."""
    found: dict[int, Row] = {}
    for row in (*_segments(text), *_of_tables(text), *_loose(text)):
        found.setdefault(row.start, row)
    return Rows(found, tuple(span for row in found.values() for span in row.aside))


def _segments(text: str) -> Iterator[Row]:
    """SV1 and SV2: charge, unit of measure, units; SVC: charge, payment, revenue code, units paid."""
    for match in _SEGMENT.finditer(text):
        fields = match["rest"].split("*")
        paid = match.group().startswith("SVC")
        units = fields[4] if paid and len(fields) > 4 else fields[3] if not paid and len(fields) > 3 else ""  # noqa: PLR2004 - their places
        aside = (Span(*match.span("mods")), Span(*match.span("rest")))
        yield Row(match.start("code"), _whole(units), _modifiers(match["mods"]), aside)


def _loose(text: str) -> Iterator[Row]:
    """Rows without a heading: code, modifiers, pointer, charge, units; or code, modifiers, units, charge."""
    for match in _LINE.finditer(text):
        found = _modifiers(match["mods"])
        written = len(re.findall(_MOD, match["mods"]))
        if written != len(found) or (match["last"] and not (found or "|" in match.group())):
            continue
        name = next(name for name in ("units", "first", "last") if match[name])
        listed = "," in match.group() and len(match[name]) > 1  # `96365, 66, 67` is a list of endings
        if name == "last" and (listed or match["last"] in modifiers.NUMERIC):
            continue
        groups = [group for group in ("mods", "pointer", "charge", "after", name) if match[group]]
        yield Row(match.start("code"), _whole(match[name]), found, tuple(Span(*match.span(group)) for group in groups))


def _of_tables(text: str) -> Iterator[Row]:
    """The rows under each heading that names a column of codes and another one."""
    lines = list(_lines(text))
    index = 0
    while index < len(lines):
        split, kinds = _heading(lines[index])
        index += 1
        if not kinds:
            continue
        headings = split(lines[index - 1])
        while index < len(lines) and not _heading(lines[index])[1]:
            row = _row(split(lines[index]), headings, kinds)
            if row:
                yield row
            elif lines[index].text.strip() and not _RULE.fullmatch(lines[index].text):
                break
            index += 1


def _lines(text: str) -> Iterator[_Cell]:
    start = 0
    for line in text.split("\n"):
        yield _Cell(start, line)
        start += len(line) + 1


@dataclass(frozen=True, slots=True)
class _Split:
    """How the cells of a line are told apart."""

    pattern: re.Pattern[str]

    def __call__(self, line: _Cell) -> list[_Cell]:
        """The cells with where they begin, stripped; of a line between strokes the outer ones are none."""
        cells: list[_Cell] = []
        start = 0
        for match in self.pattern.finditer(line.text):
            cells.append(_stripped(line, start, match.start()))
            start = match.end()
        cells.append(_stripped(line, start, len(line.text)))
        outer = self.pattern.pattern != "," and "\t" not in self.pattern.pattern
        return [each for index, each in enumerate(cells) if each.text or not (outer and index in {0, len(cells) - 1})]


_SPLITS = tuple(_Split(re.compile(pattern)) for pattern in ("\t", r"\|", ",", r"[ ]{2,}", r"[ ]+"))


def _stripped(line: _Cell, start: int, end: int) -> _Cell:
    written = line.text[start:end]
    return _Cell(line.start + start + len(written) - len(written.lstrip()), written.strip())


def _heading(line: _Cell) -> tuple[_Split, tuple[str, ...]]:
    """How a line is split and which columns it names, none where it is no heading."""
    if not _SHORTEST_HEADING <= len(line.text) <= _LONGEST_HEADING or any(
        each.isdigit() and each not in "1234" for each in line.text
    ):
        return _SPLITS[0], ()
    for split in _SPLITS:
        cells = split(line)
        kinds = tuple(_kind(each.text) for each in cells)
        known = sum(bool(each) for each in kinds)
        if len(cells) > 1 and "code" in kinds and known > 1 and known * 4 >= len(cells) * 3:
            return split, kinds
    return _SPLITS[0], ()


def _kind(heading: str) -> str:
    cleaned = heading.strip(" .:*").replace(".", "")
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(cleaned)), "")


def _row(cells: Sequence[_Cell], headings: Sequence[_Cell], kinds: Sequence[str]) -> Row | None:
    placed = _placed(cells, headings, kinds)
    codes = [cell for cell, kind in placed if kind == "code" and _CODE.match(cell.text)]
    if not codes:
        return None
    code = _CODE.match(codes[0].text)
    rest = codes[0].text[code.end() :] if code else ""
    said = " ".join([rest, *(cell.text for cell, kind in placed if kind == "modifier")])
    units = next((number for cell, kind in placed if kind == "units" and (number := _whole(cell.text))), None)
    aside = tuple(cell.span for cell, kind in placed if kind in {"modifier", "units", "aside"} and cell.text)
    return Row(codes[0].start, units, _modifiers(said), aside)


def _placed(cells: Sequence[_Cell], headings: Sequence[_Cell], kinds: Sequence[str]) -> list[tuple[_Cell, str]]:
    """Each cell with its column: by number where they are as many, else by where it stands under the heading."""
    if len(cells) == len(headings):
        return list(zip(cells, kinds, strict=True))
    if not cells:
        return []
    shift = cells[0].start - headings[0].start
    starts = [each.start + shift for each in headings]
    return [(cell, kinds[min(range(len(starts)), key=lambda at: abs(starts[at] - cell.start))]) for cell in cells]


def _modifiers(written: str) -> tuple[str, ...]:
    tokens = re.findall(r"(?<![A-Za-z0-9])[A-Za-z0-9]{2}(?![A-Za-z0-9])", written)
    return tuple(dict.fromkeys(each for token in tokens if (each := modifiers.modifier(token, plain=False))))


def _whole(written: str) -> int | None:
    match = re.fullmatch(r"\s*x?\s*(\d{1,4})(?:\.0+)?\s*(?:units?|u)?\s*", written, re.IGNORECASE)
    return int(match[1]) or None if match else None
