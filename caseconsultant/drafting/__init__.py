"""An answer made into a letter: text and HTML from one view, then the mail. Pure but for loading its templates once."""

from __future__ import annotations

from caseconsultant.drafting.records import Body, Brand, Review

__all__ = ["Body", "Brand", "Review"]
