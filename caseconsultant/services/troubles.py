"""An unexpected error in words for operators: what and where, without what the mail said."""

from __future__ import annotations

import traceback

from caseconsultant.parsing import redact

_LONGEST = 300


def told(error: Exception) -> str:
    """The error's kind and words, redacted: an exception may quote the text that it was raised on."""
    return f"{type(error).__name__}: {redact(str(error)[:_LONGEST]).text}"


def where(error: Exception) -> str:
    """The file and line that raised it, without the source line or the values in it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
