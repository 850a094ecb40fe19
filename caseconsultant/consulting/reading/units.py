"""Units of a claim line, as they are written after its code (`x2`, `2u`, `(2)`) and before it (`2 units of`)."""

from __future__ import annotations

import re

from caseconsultant.consulting.reading import modifiers

_NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "once": 1,
    "twice": 2,
}
_COUNT = rf"\d{{1,3}}|{'|'.join(_NUMBER_WORDS)}"
_CODE = r"(?:\d{5}|[A-Z]\d{4})"
_NOT_TIME = (
    rf"(?![\w:]|/(?!\s?{_CODE})|\.\d)(?!\s?-?\s?(?:min|hour|hr|h\b|m\b|day|week|month|year|mg|ml|g\b|cm|mm|lesions?))"
)
_AFTER = re.compile(
    rf"\s?\x00*[ ]?[(\[]?\s?(?:x|\u00d7|\*|times|by)\s?(?P<times>{_COUNT})(?:\s?(?:units?|u)\b|{_NOT_TIME})\s?[)\]]?"
    rf"|(?!\s?-\s?50\b)\s?[:,-]?\s?[(\[]?\s?(?:for\s|at\s|with\s|and\s|qty\.?\s?:?\s?|quantity\s?(?:of\s)?)"
    rf"?(?P<said>{_COUNT})\s?-?\s?(?:units?|u|un)\b(?!\s?[:=]?\s?\d{{1,3}}(?!\d))\s?[)\]]?"
    rf"|\s?[,(/|;]?\s?(?:qty|quantity|units?|un)\.?\s?[:=]?\s?(?P<labelled>{_COUNT}){_NOT_TIME}\)?"
    rf"|\s(?P<adverb>once|twice)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s?[(\[](?P<count>\d{1,2})[)\]](?!\s?[A-Z][a-z])")
_BARE = re.compile(
    rf"[ \t](?P<count>[2-9])(?=[ \t]*(?:$|[,;\n]|[.?](?:\s|$)|(?:and|&|\+|/)\s?{_CODE}|(?-i:JW|JZ|LT|RT|59|76)\b))",
    re.IGNORECASE,
)
"""`97110 3, 97140 1`."""
_OF_DRUG = re.compile(r"\s(?P<count>\d{1,4})(?=\s(?:JW|JZ|JA|JB)\b)", re.IGNORECASE)
"""`J9271 180 JZ`."""
_BEFORE = re.compile(
    rf"(?<![\w.-])(?P<count>{_COUNT})\s?(?:additional\s|more\s|separate\s)?"
    r"(?:(?:units?|lines?|of|x|\u00d7)\s?(?:of\s)?(?:the\s)?|(?<=\w)x\s)(?:cpt\s|hcpcs\s|code\s)*$",
    re.IGNORECASE,
)
_AT_HEAD = re.compile(r"(?:^|[,;\n+&]\s?|\b(?:and|plus|with|billed|bill)\s)(?P<count>[2-9])\s$", re.IGNORECASE)
"""`2 97110 and 1 97140`."""
_SECOND_BEFORE = re.compile(
    (
        r"\b(?:second|2nd|another|additional|repeat)\s(?:(?!codes?\b|cpt\b|line\b|edit\b|modifier\b|"
        r"md\b|do\b|on\b|with\b|for\b|of\b|lesion\b|polyp\b|site\b|area\b|mass\b|physician\b|surgeon\b|doctor\b|provider\b|group\b)\w{1,12}\s){0,"
        r"2}$"
    ),
    re.IGNORECASE,
)
_LINES_OF = re.compile(rf"(?<![\w.-])(?P<count>{_COUNT})\s(?:cpt\s)?$", re.IGNORECASE)
_LINES = re.compile(r"\s(?:lines|charges|codes|claims)\b|\s?\?", re.IGNORECASE)
"""`two 96365 lines`, `two 96365?`."""
_IN_TABLE = re.compile(r"\s{1,3}(?P<count>\d{1,3})(?=\s*(?:[/;,|\n]|$|\.\s|\s(?:\d{5}|[A-Z]\d{4})\b))")


def before(text: str, start: int, end: int) -> int | None:
    """The units written before the code that lies between the two positions, None where none are."""
    units = _count(_BEFORE.search(text, max(0, start - 40), start))
    if units is None and _SECOND_BEFORE.search(text, max(0, start - 30), start):
        return 2
    if units is None and (lines := _LINES_OF.search(text, max(0, start - 12), start)):
        told = _LINES.match(text, end)
        units = _count(lines) if told and (told.group().strip() != "?" or lines["count"].isalpha()) else None
    return units or _count(_AT_HEAD.search(text, max(0, start - 12), start))


def after(text: str, position: int, *, drug: bool) -> tuple[int, int] | None:
    """Where the units written at a position end, and how many; None where none are."""
    found = _AFTER.match(text, position) or (_OF_DRUG.match(text, position) if drug else None)
    if found is None:
        found = _BRACKETED.match(text, position) or _BARE.match(text, position)
        if found is None or found["count"] in modifiers.NUMERIC:
            return None
    count = _count(found)
    return (found.end(), count) if count else None


def in_table(text: str, position: int, *, drug: bool) -> int | None:
    """A bare number after a code that is no modifier; after a drug's code any number."""
    match = _IN_TABLE.match(text, position)
    if match is None:
        return None
    return int(match["count"]) or None if drug or match["count"] not in modifiers.NUMERIC else None


def _count(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    written = next(value for value in match.groups() if value).lower()
    return _NUMBER_WORDS.get(written) or (int(written) if written.isdigit() else None) or None
