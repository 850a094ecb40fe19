"""Codes between which the sender asks to choose: joined by `or`, a range of which one is asked, levels of one visit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from caseconsultant.consulting.reading.code_lists import RANGE_LINK
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.codes import CodeMention

_OR = re.compile(
    r"[\s,]{0,3}(?:or|vs\.?|versus|instead of|rather than)\s(?:cpt\s|code\s|is it\s|should it be\s)?", re.IGNORECASE
)
_ON_WHICH = re.compile(r"\b(?:on|to|onto|under)\s(?:the\s|cpt\s|code\s)*$", re.IGNORECASE)
"""`59 on 96369 or 96372?` asks for the line of a modifier, not for one of two codes."""

_ONE_OF = re.compile(r"(?:,?\s?(?:or|vs\.?|versus)\s-?|\s?[/,]\s?-?)", re.IGNORECASE)
_RANGE = re.compile(RANGE_LINK, re.IGNORECASE)
_AND_OF_BETWEEN = re.compile(r"\sand\s(?:a\s)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:a\s|the\s|cpt\s|codes?\s)*$", re.IGNORECASE)
_ASKS_WHICH = re.compile(
    r"\bwhich\b(?!\s(?:is|was|has|had|were|are|we|they|modifier|mod|dx|diagnosis|payer)\b)|"
    r"\b(?:what|right|correct|e/?m)\s(?:\w{1,12}\s){0,2}(?:levels?|codes?)\b|\blevels?\s?\?|\bcodes?\s?\?|\bdifference\b",
    re.IGNORECASE,
)
_BREATH = 24


def alternatives(text: str, *, codes: Sequence[CodeMention]) -> tuple[str, ...]:
    """The codes of which one is to be chosen, in their order."""
    chosen = {*_joined_by_or(text, codes), *_levels(text, codes), *_of_ranges(text, codes)}
    return tuple(dict.fromkeys(each.code for each in codes if each.code in chosen))


def _joined_by_or(text: str, codes: Sequence[CodeMention]) -> Iterator[str]:
    for first, second in pairwise(codes):
        near = 0 < second.span.start - first.span.end <= _BREATH
        if near and _is_choice(text, first, second):
            yield from (first.code, second.code)


def _is_choice(text: str, first: CodeMention, second: CodeMention) -> bool:
    gap = first.span.end, second.span.start
    if _AND_OF_BETWEEN.fullmatch(text, *gap):
        return _BETWEEN.search(text, max(0, first.span.start - 30), first.span.start) is not None
    on_which = _ON_WHICH.search(text, max(0, first.span.start - 16), first.span.start)
    return _OR.fullmatch(text, *gap) is not None and not on_which


def _levels(text: str, codes: Sequence[CodeMention]) -> Iterator[str]:
    """`99221, 99222 or 99223`, `99213/99214`, `99202-99205`: levels of one visit are never on one claim."""
    run: list[CodeMention] = []
    for mention in codes:
        if run and not _same_choice(text, run[-1], mention):
            yield from _chosen(text, run)
            run = []
        run.append(mention)
    yield from _chosen(text, run)


def _same_choice(text: str, first: CodeMention, second: CodeMention) -> bool:
    start, end = first.span.end, second.span.start
    if second.span.start < first.span.end:  # what lies between the ends of a range has the range's span
        return True
    return bool(_ONE_OF.fullmatch(text, start, end) or _RANGE.fullmatch(text, start, end))


def _chosen(text: str, run: Sequence[CodeMention]) -> list[str]:
    family = {each.code[:4] for each in run}
    plain = not any(each.modifiers or each.units for each in run[:-1])
    if len(run) < 2 or len(family) > 1 or not plain or not all(is_visit(each.code) for each in run):  # noqa: PLR2004
        return []
    between = text[run[0].span.end : run[-1].span.start]
    by_comma_alone = "," in between and not re.search(r"\b(?:or|vs|versus)\b", between, re.IGNORECASE)
    return [] if by_comma_alone and not _ASKS_WHICH.search(text) else [each.code for each in run]


def _of_ranges(text: str, codes: Sequence[CodeMention]) -> Iterator[str]:
    """A range of other codes, where the text asks which of them, or names nothing else: no claim has a range."""
    written = [each for each in codes if not _spans_a_range(each, codes)]
    in_order = sorted(written, key=lambda each: each.span.start)
    for first, last in pairwise(in_order):
        if not _RANGE.fullmatch(text, first.span.end, last.span.start):
            continue
        inside = [each.code for each in codes if first.span.start <= each.span.start and each.span.end <= last.span.end]
        alone = len(inside) == len(codes) > len(written)
        if alone or _ASKS_WHICH.search(text):
            yield from inside


def _spans_a_range(mention: CodeMention, codes: Sequence[CodeMention]) -> bool:
    """Whether it was not written itself, but lies between the ends of a range."""
    return any(
        each is not mention and mention.span.start <= each.span.start and each.span.end <= mention.span.end
        for each in codes
    )
