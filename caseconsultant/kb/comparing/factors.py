"""Authored conversion factors beside those of the fee schedule files."""

from __future__ import annotations

from collections.abc import Iterator

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.comparing import Comparison, Disagreement
from caseconsultant.kb.published_tables.editions import PublishedEdition
from caseconsultant.kb.published_tables.fees import PFS, QUALIFYING
from caseconsultant.kb.store import Store

_PATHS = {
    PFS: "fees.conversion_factor.standard",
    QUALIFYING: "fees.conversion_factor.qualifying_participant",
}


def compare(store: Store) -> Iterator[Comparison]:
    """On the first day of each edition, in ten-thousandths of a dollar."""
    for source, path in _PATHS.items():
        for edition in store.published.editions.of(source):
            yield _compared(store, edition, path)


def _compared(store: Store, edition: PublishedEdition, path: str) -> Comparison:
    on = edition.effective_from
    published = store.fees.conversion_factor(edition)
    try:
        authored = round(float(str(store.parameter(path, on=on).value)) * 10_000)
    except KnowledgeError:
        return Comparison(compared=False)
    if published is None or authored == published:
        return Comparison(compared=published is not None)
    told = Disagreement(edition.source, path, on, f"{authored / 10_000:.4f}", f"{published / 10_000:.4f}")
    return Comparison(compared=True, disagreements=(told,))
