"""Authored places of service beside the published code set."""

from __future__ import annotations

from collections.abc import Iterator

from caseconsultant.kb.comparing import Comparison, Disagreement
from caseconsultant.kb.store import Store

_SOURCE = "cms-pos"


def compare(store: Store) -> Iterator[Comparison]:
    """Whether the facility rate applies; on the first day of the newest edition."""
    for edition in store.published.editions.of(_SOURCE)[:1]:
        on = edition.effective_from
        for held in store.every_place(on=on):
            listed = store.schedules.place(held.code, on=on)
            if listed is None or listed.facility is None:
                yield Comparison(compared=False)
                continue
            told = Disagreement(_SOURCE, held.code, on, f"facility {held.facility}", f"facility {listed.facility}")
            yield Comparison(compared=True, disagreements=(told,) if held.facility != listed.facility else ())
