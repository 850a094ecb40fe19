"""Codes that count by the specimen: one for the first of each, another for each further one of the same specimen.

Source: CPT, pathology; NCCI Policy Manual X §L and §M.
"""

from __future__ import annotations

from collections.abc import Mapping


def specimen_units(specimens: int, done: int, *, first: str, further: str) -> Mapping[str, int]:
    """The units of both codes for so many specimens on which so much was done in all, at least once on each."""
    more = max(0, done - specimens)
    return {first: specimens, **({further: more} if more else {})}
