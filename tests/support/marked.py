"""Mails in which every identifier is marked (`tests/phi`), and how a redaction did on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[1] / "phi"
_MARK = re.compile(r"\{\{([a-z]+|\?):(.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(r"\[[A-Za-z][A-Za-z0-9' -]{1,24}\]")
_WORD = re.compile(r"[\w'\u2019]+(?:[./:-]\w+)*")
_LABELS = frozenset("dob mrn id no policy number subscriber mr mrs ms of the apt rd rm dr p o box".split())  # noqa: SIM905 - read as words


@dataclass(frozen=True)
class Marked:
    """A mail, the identifiers in it by kind, and what is left without them."""

    text: str
    identifiers: tuple[tuple[str, str], ...]
    kept: str
    either: str

    @classmethod
    def of(cls, mail: str) -> Marked:
        marks = [(found[1], found[2]) for found in _MARK.finditer(mail)]
        kept = _MARK.sub(" ", mail)
        either = " ".join(words for kind, words in marks if kind == "?")
        return cls(_MARK.sub(r"\2", mail), tuple(mark for mark in marks if mark[0] != "?"), kept, either)


@dataclass
class Score:
    """What was marked, missed and wrongly taken, over many mails."""

    identifiers: int = 0
    facts: int = 0
    words: int = 0
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    facts_lost: list[tuple[str, str]] = field(default_factory=list)
    words_lost: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.identifiers


def mails(*names: str) -> Iterator[Marked]:
    """Every mail of the files, or of all of them."""
    for path in sorted(FOLDER.glob("*.yaml")):
        if not names or path.stem in names:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            yield from map(Marked.of, content.get("lines", "").strip().splitlines())
            yield from map(Marked.of, content.get("mails", ()))


def score(pairs: Iterable[tuple[Marked, str]]) -> Score:
    """How redacted texts compare with their marks."""
    found = Score()
    for mail, redacted in pairs:
        _compare(mail, redacted, found)
    return found


def _compare(mail: Marked, redacted: str, found: Score) -> None:
    stays, left = _words(mail.kept), _words(_TOKEN.sub(" ", redacted))
    surplus, either = left - stays, _words(mail.either)
    for kind, identifier in mail.identifiers:
        found.identifiers += 1
        still = [word for word in _words(identifier) if surplus[word] > 0 and word not in _LABELS]
        if still:
            found.missed.append((kind, identifier, mail.text))
            surplus.subtract(still)
    lost = stays - left - either
    found.facts += sum(count for word, count in stays.items() if _is_fact(word))
    found.words += sum(count for word, count in stays.items() if not _is_fact(word))
    found.facts_lost += [(word, mail.text) for word in lost.elements() if _is_fact(word)]
    found.words_lost += [(word, mail.text) for word in lost.elements() if not _is_fact(word)]


def _words(text: str) -> Counter[str]:
    return Counter(word.casefold().removesuffix("'s") for word in _WORD.findall(text))


def _is_fact(word: str) -> bool:
    return any(character.isdigit() for character in word)
