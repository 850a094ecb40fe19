"""How much of an attached file is read, and the reason why one is not."""

from __future__ import annotations

MAX_FILES = 8
"""Attachments of one mail that are read."""
MAX_BYTES = 5_000_000
"""Of one file, as it came."""
MAX_CHARACTERS = 20_000
"""Of text from one file."""
MAX_UNPACKED = 4_000_000
"""Bytes of one part of a packed file."""
MAX_RATIO = 200
"""How far a part may unpack: office files reach some 20."""
MAX_ELEMENTS = 60_000
"""XML elements of one part."""
MAX_CELLS = 5_000
MAX_PAGES = 20
MAX_OPERATORS = 30_000
"""Drawing steps of one PDF."""
MAX_STREAM = 600_000
"""Bytes of the drawing steps of all pages read, unpacked."""


class Unread(Exception):  # noqa: N818 - a reason, shown to staff
    """Why a file is not read; the sender may send it in another form."""
