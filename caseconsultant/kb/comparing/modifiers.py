"""Authored modifiers beside the outpatient code editor's list."""

from __future__ import annotations

from collections.abc import Iterator

from caseconsultant.kb.comparing import Comparison, Disagreement
from caseconsultant.kb.store import Store

_SOURCE = "ioce-modifiers"


def compare(store: Store) -> Iterator[Comparison]:
    """Whether NCCI takes the modifier; on the first day of the newest edition."""
    for edition in store.published.editions.of(_SOURCE)[:1]:
        on = edition.effective_from
        for held in store.every_modifier(on=on):
            listed = store.schedules.modifier(held.modifier, on=on)
            if listed is None:
                yield Comparison(compared=False)
                continue
            own, theirs = f"NCCI-associated {held.ncci_associated}", f"NCCI-associated {listed.ncci_associated}"
            told = Disagreement(_SOURCE, held.modifier, on, own, theirs)
            yield Comparison(compared=True, disagreements=(told,) if own != theirs else ())
