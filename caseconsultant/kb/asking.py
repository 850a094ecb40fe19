"""Which articles answer a question in words: by their own question, what coders write who ask it, and their codes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from math import log
from typing import Any

from caseconsultant.kb.database import Rows
from caseconsultant.kb.words import stem_text, stems_of

Weight = Callable[[str], float]
"""How much a stem tells; asked often, so remembered by the caller."""
CREATE = (
    "CREATE VIRTUAL TABLE asked USING fts5(question, statement, article UNINDEXED, tokenize = 'unicode61')",
    "CREATE VIRTUAL TABLE asked_words USING fts5vocab(asked, 'row')",
)
_CANDIDATES = 60
_TELLING = 24
"""The rarest words of a mail that are looked up; a long mail says most of its words in passing."""
_MOST_WORDS = 400
_OF_STATEMENT = 0.35
_BY_CODE = 5.0
"""What sharing one of its codes adds, less for an article of many codes."""
_ARTICLES = 700


def write(connection: sqlite3.Connection, articles: Iterable[Mapping[str, Any]]) -> None:
    """The index of articles by their words; each has `id`, `question`, `words` and `statement`."""
    for sql in CREATE:
        connection.execute(sql)
    for article in articles:
        asked = stem_text([article["question"], *article["words"]])
        said = stem_text([article["statement"], *(each["say"] for each in article.get("rulings", ()))])
        connection.execute(
            "INSERT INTO asked (question, statement, article) VALUES (?, ?, ?)", (asked, said, article["id"])
        )


def ranked(text: str, *, index: Rows, weight: Weight, codes: Mapping[str, Collection[str]]) -> list[tuple[str, float]]:
    """Articles by id, best first, each with its score; `codes` are those in the question, each with its articles."""
    stems = [each for each in dict.fromkeys(stems_of(text)) if len(each) > 1 or each.isdigit()][:_MOST_WORDS]
    weights = {each: weight(each) for each in stems}
    telling = sorted((each for each in stems if weights[each]), key=lambda each: -weights[each])[:_TELLING]
    found: dict[str, float] = {}
    if telling:
        query = " OR ".join(f'"{each}"' for each in telling)
        sql = "SELECT question, statement, article FROM asked WHERE asked MATCH ? ORDER BY rank LIMIT ?"
        for question, statement, name in index.rows(sql, query, _CANDIDATES):
            found[str(name)] = _score(str(question), str(statement), weights, weight)
    for articles in codes.values():
        for name in articles:
            if name in found:
                found[name] += _BY_CODE
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


@lru_cache(maxsize=4 * _ARTICLES)
def _apart(stems: str) -> frozenset[str]:
    """The stems of an indexed article, each once; asked again for every mail."""
    return frozenset(stems.split())


@lru_cache(maxsize=4 * _ARTICLES)
def _whole(question: str, weight: Weight) -> float:
    """All that an article's question tells."""
    return sum(weight(each) for each in _apart(question)) or 1.0


def _score(question: str, statement: str, weights: Mapping[str, float], weight: Weight) -> float:
    """How much of the article's question the mail says, in bits; what only the statement shares counts less."""
    asked = _apart(question)
    shared = sum(weights[each] for each in asked & weights.keys())
    if not shared and not _apart(statement) & weights.keys():
        return 0.0
    whole = _whole(question, weight)
    beside = sum(weights[each] for each in (_apart(statement) - asked) & weights.keys())
    return (shared + _OF_STATEMENT * beside) * (0.4 + 0.6 * shared / whole)


def weight_of(term: str, index: Rows) -> float:
    """How much a stem tells, by the articles that have it; nothing where none has."""
    rows = index.rows("SELECT doc FROM asked_words WHERE term = ?", term)
    return log(_ARTICLES / int(rows[0][0] or 1)) if rows else 0.0
