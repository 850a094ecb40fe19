"""`kb verify`: authored facts against the loaded tables, every disagreement with both sides."""

from __future__ import annotations

from collections.abc import Iterator

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.comparing import Comparison, Disagreement, Verification, codes, edits, factors, modifiers, places
from caseconsultant.kb.store import Store

_COMPARERS = (edits.compare, codes.compare, modifiers.compare, places.compare, factors.compare)


def verify(store: Store) -> Verification:
    """Compares pairs, unit limits, add-on codes, codes, modifiers, places and conversion factors.

    Raises KnowledgeError where no table is loaded.
    """
    if store.published.path is None:
        raise KnowledgeError("no published tables are loaded to verify against; run `kb load` with their files")
    found = Verification()
    for comparison in _comparisons(store):
        found.checked += comparison.compared
        found.unchecked += not comparison.compared
        found.disagreements.extend(comparison.disagreements)
    return found


def _comparisons(store: Store) -> Iterator[Comparison]:
    for compare in _COMPARERS:
        yield from compare(store)


__all__ = ["Disagreement", "Verification", "verify"]
