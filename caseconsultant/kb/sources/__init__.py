"""One loader a published file: each module recognises its kind by what it holds and yields its rows."""

from __future__ import annotations

from caseconsultant.kb.sources import add_on, mue, ptp
from caseconsultant.kb.sources.editions import Loader

LOADERS: tuple[Loader, ...] = (ptp, mue, add_on)
