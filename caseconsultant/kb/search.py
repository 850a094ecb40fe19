"""Words to codes: abbreviations, lay words and misspellings; laterality and encounter; why each code was found.

Candidates come from the full-text indexes of both files; the score asks how much of what was written a code says, and
how much it says that was not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from math import log
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.published import Hit
from caseconsultant.kb.database import Row, Rows
from caseconsultant.kb.words import stem, stems_of, words_of

_CANDIDATES = 400
_ENOUGH = 40
"""Candidates after which looser queries are not asked."""
_READINGS = 8
_LONGEST_PHRASE = 5
_SIDES = {"right": "right", "left": "left", "bilater": "both", "r": "right", "l": "left", "rt": "right", "lt": "left"}
_OTHER_SIDE = {"right": {"left", "bilater"}, "left": {"right", "bilater"}, "both": {"right", "left"}}
_UNLESS_ASKED = frozenset(
    stems_of(
        "subsequent sequela open nonunion malunion delayed old situ congenital newborn neonatal pregnancy childbirth "
        "puerperium drug chemical induced underlying family personal underdosing assault tuberculous "
        "injury"
    )
)
"""What nobody means who does not write it."""
_FREE = frozenset(stems_of("unspecified specified not elsewhere classified initial encounter closed site essential"))
"""What the code set adds where nothing more is told."""
_HALF = frozenset(
    stems_of("without complication complications uncomplicated acute primary adult disease disorder syndrome condition")
)
_OTHER = stem("other")
_UNSPECIFIED = stem("unspecified")
_COST_UNASKED, _COST_OTHER, _COST_WORD, _COST_HALF, _COST_FREE = 9.0, 5.0, 4.0, 1.5, 0.3
_MOST_EXTRA = 60.0
_GENERAL = 4.0
"""What a code gains that says no more but that no more is known."""
_AFTER_EVERY_LETTER = "~"
_BEGINNINGS = 3
_BEGUN, _NEAR, _BY_TERM = 0.9, 0.8, 0.9
"""What a beginning, a misspelling and a mere synonym are worth."""
_TOTAL_CODES = 100_000


Replacements = Mapping[str, tuple[str, ...]]
"""What people write, and what it may stand for."""


class _Choice(NamedTuple):
    """What was written, what it is searched as, and how sure that is."""

    written: str
    meant: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of what was written: stems, each with the choice it came from; and the side."""

    choices: Mapping[str, _Choice]
    side: str | None

    @property
    def stems(self) -> tuple[str, ...]:
        return tuple(self.choices)


@dataclass(frozen=True, slots=True)
class _Candidate:
    system: str
    code: str
    billable: bool
    description: str
    said: tuple[str, ...]
    terms: frozenset[str]


def search(
    words: str,
    *,
    indexes: Sequence[Rows],
    replacements: Replacements,
    system: CodeSystem | None = None,
    most: int = 10,
) -> tuple[Hit, ...]:
    """The codes that the words mean, best first; billable ones before headers. Nothing found: an empty tuple."""
    best: dict[tuple[str, str], Hit] = {}
    for index in indexes:
        for reading in _readings(words, replacements, index, indexes):
            weights = _weights(reading.stems, index)
            for candidate in _candidates(reading, weights, index, system):
                hit = _hit(candidate, reading, weights)
                known = best.get((candidate.system, candidate.code))
                if known is None or hit.score > known.score:
                    best[candidate.system, candidate.code] = hit
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, len(hit.description), hit.code))
    return tuple(ranked[:most])


def replacements_of(values: Iterable[object]) -> Replacements:
    """From the values of rules: words or phrases, each with one reading or a list of them."""
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        if isinstance(value, dict):
            for written, meant in value.items():
                readings = tuple(map(str, meant)) if isinstance(meant, list) else (str(meant),)
                found[" ".join(words_of(str(written)))] = readings
    return found


# --- What was written ------------------------------------------------------------------------------------------------


def _readings(text: str, replacements: Replacements, index: Rows, indexes: Sequence[Rows]) -> Iterator[_Reading]:
    """What the words may stand for: abbreviations and lay words written out, misspellings mended."""
    choices = [_mended(choice, index, indexes) for choice in _choices(words_of(text), replacements)]
    for picked in islice(product(*choices), _READINGS):
        found: dict[str, _Choice] = {}
        side = None
        for choice in picked:
            for each in stems_of(choice.meant):
                if each in _SIDES:
                    side = side or _SIDES[each]
                else:
                    found.setdefault(each, choice)
        if found:
            yield _Reading(found, side)


def _choices(words: Sequence[str], replacements: Replacements) -> Iterator[list[_Choice]]:
    """The longest phrases first, each with everything it may stand for."""
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if phrase in replacements:
                yield [_Choice(phrase, each) for each in (*replacements[phrase], phrase)]
                break
        else:
            length = 1
            yield [_Choice(words[at], words[at])]
        at += length


def _mended(choice: list[_Choice], index: Rows, indexes: Sequence[Rows]) -> list[_Choice]:
    """A word that no index has, as those that begin with it, else as the nearest one."""
    written = choice[0].written
    if len(choice) > 1 or written != choice[0].meant or not _worth_mending(written):
        return choice
    if stem(written) in _SIDES or any(_count(stem(written), each) for each in indexes):
        return choice
    begun = [_Choice(written, each, _BEGUN) for each in _begun(written, index)]
    return begun or [_Choice(written, each, _NEAR) for each in _nearest(written, index)] or choice


def _worth_mending(word: str) -> bool:
    """Short words are near to everything, and empty ones to nothing."""
    return word.isalpha() and len(word) > 3 and bool(stems_of(word))  # noqa: PLR2004


def _begun(written: str, index: Rows) -> list[str]:
    """The commonest words that begin so, one a stem: `pyelo` for pyelonephritis."""
    sql = "SELECT word FROM spelled WHERE word >= ? AND word < ? ORDER BY codes DESC LIMIT 12"
    words = [str(row[0]) for row in index.rows(sql, written, written + _AFTER_EVERY_LETTER)]
    return list({stem(word): word for word in reversed(words)}.values())[::-1][:_BEGINNINGS]


def _nearest(written: str, index: Rows) -> list[str]:
    """The commonest of the nearest words, one slip for short words and two for long ones."""
    slips = 1 if len(written) < 6 else 2  # noqa: PLR2004
    sql = "SELECT word, codes FROM spelled WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?"
    first = written[0]
    rows = index.rows(sql, first, chr(ord(first) + 1), len(written) - slips, len(written) + slips)
    near = [
        (DamerauLevenshtein.distance(written, str(word), score_cutoff=slips), -int(codes or 0), str(word))
        for word, codes in rows
    ]
    close = [each for each in near if each[0] <= slips]
    return [min(close)[2]] if close else []


# --- What was found --------------------------------------------------------------------------------------------------


def _weights(stems: Sequence[str], index: Rows) -> dict[str, float]:
    """How much each stem tells: rare ones more; one that no code has, as much as the rarest."""
    return {each: log(1 + _TOTAL_CODES / (1 + _count(each, index))) for each in stems}


def _count(term: str, index: Rows) -> int:
    rows = index.rows("SELECT doc FROM vocabulary WHERE term = ?", term)
    return int(rows[0][0] or 0) if rows else 0


def _candidates(
    reading: _Reading, weights: Mapping[str, float], index: Rows, system: CodeSystem | None
) -> Iterator[_Candidate]:
    """Codes that say all of it; where few do, those that say all but the least telling words; then any of them."""
    known = [each for each in reading.stems if _count(each, index)]
    known.sort(key=lambda each: -weights[each])
    sql = (
        "SELECT f.system, f.code, f.billable, f.description, w.description, w.terms FROM words w "
        "JOIN found f ON f.place = w.rowid WHERE words MATCH ?1 AND (?2 IS NULL OR f.system = ?2) "
        "ORDER BY bm25(words, 1.0, 0.8) LIMIT ?3"
    )
    seen: set[str] = set()
    for query in _queries(known, reading.side):
        for row in index.rows(sql, query, str(system) if system else None, _CANDIDATES):
            if str(row[1]) not in seen:
                seen.add(str(row[1]))
                yield _candidate(row)
        if len(seen) >= _ENOUGH:
            return


def _queries(known: Sequence[str], side: str | None) -> Iterator[str]:
    if not known:
        return
    quoted = [f'"{each}"' for each in known]
    if side:
        yield " AND ".join([*quoted, f'"{"bilater" if side == "both" else side}"'])
    yield " AND ".join(quoted)
    for dropped in range(len(quoted) - 1, max(0, len(quoted) - 3), -1):
        yield " AND ".join(quoted[:dropped])
    yield " OR ".join(quoted)


def _candidate(row: Row) -> _Candidate:
    system, code, billable, description, said, terms = row
    return _Candidate(
        str(system),
        str(code),
        bool(billable),
        str(description),
        tuple(str(said).split()),
        frozenset(str(terms).split()),
    )


def _hit(candidate: _Candidate, reading: _Reading, weights: Mapping[str, float]) -> Hit:
    said = set(candidate.said)
    total = sum(weights.values()) or 1.0
    matched = [each for each in reading.stems if each in said or each in candidate.terms]
    found = sum(weights[each] * reading.choices[each].sure * (1.0 if each in said else _BY_TERM) for each in matched)
    score = 100 * found / total - _extra(candidate, reading) - _sided(said, reading.side)
    score -= 0 if candidate.billable else 30
    return Hit(
        code=candidate.code,
        system=CodeSystem(candidate.system),
        description=candidate.description,
        billable=candidate.billable,
        score=round(score, 2),
        why=_why(matched, reading, candidate),
    )


def _extra(candidate: _Candidate, reading: _Reading) -> float:
    """What the code says beyond what was written costs: the usual qualifiers least, what nobody means unasked most."""
    asked = set(reading.stems)
    free = _FREE | _after_unspecified(candidate.said)
    extras = [each for each in dict.fromkeys(candidate.said) if each not in asked and each not in _SIDES]
    costs = [_cost(each, free) for each in extras]
    general = bool(costs) and max(costs) < _COST_WORD
    return min(sum(costs), _MOST_EXTRA) - (_GENERAL if general else 0)


def _cost(extra: str, free: frozenset[str]) -> float:
    if extra in _UNLESS_ASKED:
        return _COST_UNASKED
    if extra == _OTHER:
        return _COST_OTHER
    if extra in free:
        return _COST_FREE
    return _COST_HALF if extra in _HALF or extra.isdigit() else _COST_WORD


def _after_unspecified(said: Sequence[str]) -> frozenset[str]:
    """What is left open: `organism` of `unspecified organism`, `part` of `unspecified part`."""
    return frozenset(after for before, after in pairwise(said) if before == _UNSPECIFIED)


def _sided(said: set[str], side: str | None) -> float:
    """The other side than the one asked for is wrong; a code with no side is less than one with it."""
    if side is None:
        return 0
    own = "bilater" if side == "both" else side
    if own in said:
        return -6
    return 40 if said & _OTHER_SIDE[side] else 3


def _why(matched: Sequence[str], reading: _Reading, candidate: _Candidate) -> str:
    """`says type 2 diabetes mellitus (from dm2), neuropathy; left side`."""
    told = []
    for choice in dict.fromkeys(reading.choices[each] for each in matched):
        words = " ".join(word for word in words_of(choice.meant) if stem(word) in matched)
        told.append(words if words == choice.written else f"{words} (from {choice.written})")
    side = f"; {reading.side} side" if reading.side and _sided(set(candidate.said), reading.side) < 0 else ""
    return f"says {', '.join(told)}{side}"
