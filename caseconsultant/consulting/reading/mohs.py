"""Mohs surgery as told: each tumor with its site, its stages, and the tissue blocks of each stage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseconsultant.consulting.reading.sites import Site, far, sites
from caseconsultant.domain.codes import Span

_MOHS = re.compile(r"\bmohs\b|\b1731[1-5]\b", re.IGNORECASE)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NUMBERS = {"a": 1, "single": 1, **{word: number for number, word in enumerate(_WORDS, 1)}}
_RANKS = (
    ("first", "1st", "i", "one", "1"),
    ("second", "2nd", "ii", "two", "2"),
    ("third", "3rd", "iii", "three", "3"),
    ("fourth", "4th", "iv", "four", "4"),
    ("fifth", "5th", "v", "five", "5"),
)
_ORDINALS = {word: number for number, words in enumerate(_RANKS, 1) for word in words}
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_RANK = r"(?:first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)"
_BLOCK = r"(?:tissue\s)?(?:blocks?|specimens?)"
_STAGES = re.compile(
    rf"(?<![\w.-])(?P<count>{_COUNT})\s?-?(?:mohs\s)?(?:stages?|layers?)\b(?!\s?\d{{1,2}}\b)", re.IGNORECASE
)
_OF_STAGE = re.compile(
    rf"\b(?:(?:stage|layer)s?\s(?P<number>{_ORDINAL})|(?P<rank>{_RANK})(?:\s(?:stage|layer))?)\b"
    rf"(?:\s?[:=(-]\s?|\s)(?:(?:had|has|was|with|of|took|used|needed|is)\s){{0,2}}(?P<blocks>{_COUNT})(?:\s{_BLOCK}\b|(?=\s?[,;.)]|$))",
    re.IGNORECASE,
)
_IN_STAGE = re.compile(
    rf"(?<![\w.-])(?P<blocks>{_COUNT})\s{_BLOCK}\s(?:in|for|on|at)\s(?:the\s)?"
    rf"(?:(?:stage|layer)\s(?P<number>{_ORDINAL})|(?P<rank>{_RANK}))\b",
    re.IGNORECASE,
)
_EACH_STAGE = re.compile(
    rf"(?<![\w.-])(?P<blocks>{_COUNT})\s{_BLOCK}\s"
    r"(?:each\b|(?:in |for |per )?(?:each|every|both|all|a)?\s?(?:stages?|layers?)\b)",
    re.IGNORECASE,
)
_ALL_BLOCKS = re.compile(rf"(?<![\w.-])(?P<blocks>{_COUNT})\s{_BLOCK}\b", re.IGNORECASE)
_EACH_SITE = re.compile(r"\b(?:each|apiece|both|per (?:site|tumor|lesion))\b", re.IGNORECASE)
_DEEP = re.compile(
    r"\b(?:involv\w+|into|down to|invad\w+)\s(?:the\s)?(?:\w{1,12}\s){0,2}(?:muscle|cartilage|bone|tendon|major nerve|"
    r"major vessel)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\bhead\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tumor:
    """One tumor: `blocks` holds those of each stage told, by the stage's number."""

    site: str | None
    stages: int | None
    blocks: dict[int, int]
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Mohs:
    """The tumors; `blocks_open` where blocks are told and nobody says of which stage."""

    tumors: tuple[Tumor, ...]
    blocks_open: bool = False


def mohs(text: str) -> Mohs | None:
    """What a text tells of Mohs surgery; None where it tells of none."""
    if not _MOHS.search(text):
        return None
    counts = list(_STAGES.finditer(text))
    places = _places(text)
    stretches = list(_stretches(text, counts, places))
    tumors = tuple(_tumor(stretch, site, text) for stretch, site in stretches)
    told = any(each.blocks for each in tumors)
    return Mohs(tumors, blocks_open=bool(_ALL_BLOCKS.search(text)) and not told)


def _places(text: str) -> Sequence[Site]:
    head = [Site("head", Span(*match.span())) for match in _HEAD.finditer(text)]
    return sorted((*sites(text), *head), key=lambda each: each.span.start)


def _stretches(text: str, counts: Sequence[re.Match[str]], places: Sequence[Site]) -> Iterator[tuple[str, str | None]]:
    """The part of the text that tells of each tumor, with its site."""
    names = list(dict.fromkeys(each.name for each in places))
    if len(counts) > 1 and len(names) > 1:
        own = [_nearest(text, each, places) for each in counts]
        if len(set(own)) == len(own):
            edges = [*(_begins(each, site, places) for each, site in zip(counts, own, strict=True)), len(text)]
            for place, site in enumerate(own):
                yield text[edges[place] : edges[place + 1]], site
            return
    if len(names) > 1 and _EACH_SITE.search(text):
        yield from ((text, name) for name in names)
        return
    yield text, names[0] if len(names) == 1 else None


def _nearest(text: str, count: re.Match[str], places: Sequence[Site]) -> str:
    span = Span(*count.span())
    return min(places, key=lambda each: far(text, span, each.span)).name


def _begins(count: re.Match[str], name: str, places: Sequence[Site]) -> int:
    """Where a tumor's own words begin: at its site, if that is named before its stages."""
    return min([count.start(), *(each.span.start for each in places if each.name == name)])


def _tumor(stretch: str, site: str | None, text: str) -> Tumor:
    count = _STAGES.search(stretch)
    blocks = dict(_blocks(stretch))
    stages = _number(count["count"]) if count else max(blocks, default=None)
    each = _EACH_STAGE.search(stretch)
    if each and stages and not blocks:
        blocks = dict.fromkeys(range(1, stages + 1), _number(each["blocks"]))
    elif stages == 1 and not blocks and (only := _ALL_BLOCKS.search(stretch)):
        blocks = {1: _number(only["blocks"])}
    return Tumor(site, stages, blocks, _DEEP.search(text) is not None)


def _blocks(stretch: str) -> Iterator[tuple[int, int]]:
    if not re.search(_BLOCK, stretch, re.IGNORECASE):
        return
    for pattern in (_OF_STAGE, _IN_STAGE):
        for match in pattern.finditer(stretch):
            yield _ORDINALS[(match["number"] or match["rank"]).lower()], _number(match["blocks"])


def _number(word: str) -> int:
    return _NUMBERS.get(word.lower()) or int(word)
