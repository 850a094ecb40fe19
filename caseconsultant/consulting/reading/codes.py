"""Procedure codes with units and modifiers, by shape, context and what the knowledge base holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from caseconsultant.consulting.reading import code_lists, modifiers, units
from caseconsultant.consulting.reading.claim_rows import Row
from caseconsultant.consulting.reading.coding_words import CodingWords, coding_words
from caseconsultant.consulting.reading.text import Sentences
from caseconsultant.domain.codes import CodeMention, CodeSystem, Span

Known = Callable[[str], bool]

_CODE = re.compile(
    r"(?<![A-Za-z0-9.\x00])(?P<code>\d{5}|[A-EGHJ-MP-V]\d{4}|0\d{3}[TUMA]|\d{4}F)"
    r"(?=x\s?\d|(?:" + modifiers.GLUED + r")\b|s\b|'s\b|[^A-Za-z0-9]|$)(?!\.\d|,\d{3}(?!\d))",
    re.IGNORECASE,
)
_CODE_WORD_AT = re.compile(
    (
        r"(?:\b(?:2[2-7]|5[0-9]|62|66|7[6-9]|8[0-2]|91)\s(?:on|to)\s(?:the\s)?|cpts?|codes?|hcpcs|"
        r"procedures?|bill(?:ed|ing)?|report(?:ed)?)\W{0,3}$"
    ),
    re.IGNORECASE,
)
_AND_AGAIN = re.compile(
    r"(?![^?]{0,60}\bdos\b)(?:[^.?!\n]{0,60};\s|[^.?!\n]{0,40}?(?:\b(?:and|plus|then)\b|[&+])\s?"
    r"(?:(?:a|another|one|second|again|also)\s){0,2}(?:line\s(?:of\s)?)?(?:cpt\s|code\s)?)",
    re.IGNORECASE,
)
_SECOND_LINE = frozenset({"59", "XE", "XS", "XP", "XU", "76"})
_AND_MARKED = re.compile(
    r"(?=[^.?!\n]*?(?:\b(?:and|plus|then)\b|[&+]))"
    r"(?:(?!\b(?:den\w{1,4}|should|needs?|corrected|resubmit\w*|rebill\w*|instead|use|add|append|change\w?|not|or|can|"
    r"do|does|is|was|with)\b)[^.?!\n]){1,70}",
    re.IGNORECASE,
)
"""`vanc left arm 96365 and magnesium right arm 96365-59`: what lies between tells of another service."""
_ABSENT = re.compile(
    r"(?<!why )\b(?:without|w/o|not|no|missing|minus|instead of|rather than|lacks|lacking)\s"
    r"(?:(?:a|an|the|any|also|billing|reporting|using|having|code|cpt|bill|report|use|just)\s){0,3}$",
    re.IGNORECASE,
)
_AND_MODIFIER = re.compile(r"\s?(?:,|and|&|\+|plus)\s?-?(?:25|59|XE|XS|XP|XU)\s?\?", re.IGNORECASE)
"""`27447 and 59?`."""
_PAIRED = re.compile(r"\s?(?:with|w/|vs\.?|or|\+|&|/)\s?(?:cpt\s|code\s)?", re.IGNORECASE)
_NEIGHBOUR = 60
_LOWEST, _HIGHEST = 100, 99999
"""The span of five-digit CPT numbers; those of an unlisted service end in 99."""


_NO_ROWS: Mapping[int, Row] = {}


@dataclass(frozen=True, slots=True)
class _Found:
    mention: CodeMention
    end: int
    """Where what was written of the code ends: its units and modifiers too."""


def system_of(code: str) -> CodeSystem:
    """The code system a procedure code's shape belongs to."""
    return CodeSystem.HCPCS if code[0].isalpha() else CodeSystem.CPT


def procedure_codes(
    text: str, *, within: Sentences, known: Known, rows: Mapping[int, Row] = _NO_ROWS
) -> tuple[tuple[CodeMention, ...], tuple[Span, ...]]:
    """The codes of a text whose other numbers are blanked out, and the stretches they and what belongs to them fill.

    `rows` are the pasted claim lines, by where their code begins.
    """
    candidates = [_of_row(each, rows) for each in _as_table(text, list(_candidates(text, known)))]
    spoken = coding_words(text)
    accepted = [
        each
        for index, each in enumerate(candidates)
        if each.mention.span.start in rows
        or _is_code(text, each, within=within, known=known, spoken=spoken)
        or _has_neighbour(index, candidates, known)
        or _is_paired(text, index, candidates)
    ]
    return tuple(each.mention for each in accepted), tuple(Span(each.mention.span.start, each.end) for each in accepted)


def _of_row(found: _Found, rows: Mapping[int, Row]) -> _Found:
    """The code with what its row says of it, where it stands in one."""
    row = rows.get(found.mention.span.start)
    if row is None:
        return found
    said = tuple(dict.fromkeys((*row.modifiers, *found.mention.modifiers)))
    units = row.units or found.mention.units
    return replace(found, mention=replace(found.mention, units=units, modifiers=said))


def merged(mentions: tuple[CodeMention, ...], text: str) -> tuple[CodeMention, ...]:
    """One mention a line: a code said again without units and modifiers is the same line, but for `and` between."""
    lines: dict[str, list[CodeMention]] = {}
    last: dict[str, int] = {}
    for mention in mentions:
        again = mention.code in last and _is_again(text, last[mention.code], mention)
        _join(lines.setdefault(mention.code, []), mention, separate=again and not mention.absent)
        last[mention.code] = mention.span.end
    return tuple(sorted((each for line in lines.values() for each in line), key=lambda each: each.span.start))


def _is_again(text: str, end: int, mention: CodeMention) -> bool:
    """Whether a code said again is a line of its own: by the `and` before it, or by its modifier."""
    if _AND_AGAIN.fullmatch(text, end, mention.span.start):
        return True
    marked = not _SECOND_LINE.isdisjoint(mention.modifiers)
    return marked and _AND_MARKED.fullmatch(text, end, mention.span.start) is not None


def _join(lines: list[CodeMention], mention: CodeMention, *, separate: bool) -> None:
    if not lines or separate:
        lines.append(mention)
    elif lines[0].absent and not mention.absent:
        lines[0] = replace(mention, span=lines[0].span)
    elif lines[0].units is None and not lines[0].modifiers:
        lines[0] = replace(lines[0], units=mention.units, modifiers=mention.modifiers)
    elif mention.modifiers and all(each.modifiers != mention.modifiers for each in lines):
        lines.append(mention)


def _as_table(text: str, found: list[_Found]) -> list[_Found]:
    """`96369 1 / 96370 3 / J1559 100`: a bare number after a code is its units where two codes or more have one."""
    counts = {index: count for index, each in enumerate(found) if (count := _bare_units(text, each)) is not None}
    if len(counts) < 2:  # noqa: PLR2004 - one alone may be anything
        return found
    return [
        each if index not in counts else _Found(replace(each.mention, units=counts[index], modifiers=()), each.end)
        for index, each in enumerate(found)
    ]


def _bare_units(text: str, found: _Found) -> int | None:
    if found.mention.units and found.end > found.mention.span.end + 3:
        return None
    return units.in_table(text, found.mention.span.end, drug=found.mention.system is CodeSystem.HCPCS)


def _candidates(text: str, known: Known) -> Iterator[_Found]:
    position = 0
    while match := _CODE.search(text, position):
        found = list(_read(text, match, known))
        yield from found
        position = max(match.end(), *(each.mention.span.end for each in found)) if found else match.end()


def _read(text: str, match: re.Match[str], known: Known) -> Iterator[_Found]:
    code = match["code"].upper()
    if not _possible(code, known) or _hyphenated(text, match.start("code"), known):
        return
    for part in code_lists.parts(text, code, Span(*match.span("code")), known):
        whole = part.last or part.alone
        yield (
            _with_details(text, part.code, part.span)
            if whole
            else _Found(CodeMention(part.code, system_of(part.code), part.span), part.span.end)
        )


def _possible(code: str, known: Known) -> bool:
    return known(code) or not code.isdigit() or _LOWEST <= int(code) <= _HIGHEST


def _hyphenated(text: str, start: int, known: Known) -> bool:
    """A number after a hyphen belongs to what stands before it, unless that is a code or a word such as CPT."""
    before = text[max(0, start - 12) : start]
    if not before.endswith(("-", "_")):
        return False
    last = re.search(r"([A-Za-z0-9]+)[-_]$", before)
    return last is not None and last[1].lower() not in {"cpt", "hcpcs", "code"} and not known(last[1].upper())


def _with_details(text: str, code: str, span: Span) -> _Found:
    count = units.before(text, span.start, span.end)
    absent = _ABSENT.search(text, max(0, span.start - 40), span.start) is not None
    said: list[str] = []
    position = span.end
    while step := _detail(text, position, code=code, more=bool(said)):
        position, written, found = step
        count = written or count
        said += [each for each in found if each not in said]
    return _Found(CodeMention(code, system_of(code), span, count, tuple(said), absent), position)


def _detail(text: str, position: int, *, code: str, more: bool) -> tuple[int, int | None, tuple[str, ...]] | None:
    """What belongs to a code at a position: where it ends, its units, its modifiers."""
    if counted := units.after(text, position, drug=code[0] in "JQ"):
        return *counted, ()
    if told := modifiers.on_code(text, position, code=code):
        return told[0], None, told[1]
    if more and (told := modifiers.one_more(text, position)):
        return told[0], None, told[1]
    return None


def _is_code(text: str, found: _Found, *, within: Sentences, known: Known, spoken: CodingWords) -> bool:
    mention = found.mention
    start = mention.span.start
    if known(mention.code) or any(each.isupper() for each in text[start : mention.span.end]):
        return True
    if _AND_MODIFIER.match(text, found.end):
        return True
    if mention.units or mention.modifiers or _CODE_WORD_AT.search(text, max(0, start - 20), start):
        return True
    return spoken.near(start, within)


def _is_paired(text: str, index: int, found: list[_Found]) -> bool:
    """`45378 with 45385, 59?`: two of one shape, joined as lines of a claim are."""
    pairs = [(index - 1, index), (index, index + 1)]
    return any(
        first >= 0
        and second < len(found)
        and _PAIRED.fullmatch(text, found[first].end, found[second].mention.span.start) is not None
        for first, second in pairs
    )


def _has_neighbour(index: int, found: list[_Found], known: Known) -> bool:
    start = found[index].mention.span.start
    near = found[max(0, index - 2) : index] + found[index + 1 : index + 3]
    return any(abs(each.mention.span.start - start) <= _NEIGHBOUR and known(each.mention.code) for each in near)
