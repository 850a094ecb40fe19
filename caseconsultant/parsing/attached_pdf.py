"""The text layer of a PDF (pypdf), within limits of pages and drawing steps."""

from __future__ import annotations

import io
import logging
import warnings
from typing import Any

from pypdf import PdfReader

from caseconsultant.parsing.attached_limits import MAX_CHARACTERS, MAX_OPERATORS, MAX_PAGES, MAX_STREAM, Unread

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a broken file's story belongs in the mail's defects
_MANY_PAGES = 2_000


class _EnoughError(Exception):
    """The drawing steps are used up."""


def text_of(raw: bytes) -> tuple[str, str | None]:
    """Returns the text, and a note where not all of it was read; raises `Unread` for encrypted files."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted:
            raise Unread("encrypted")
        return _pages(reader)


def _pages(reader: PdfReader) -> tuple[str, str | None]:
    count = reader.get_num_pages()
    if count > _MANY_PAGES:
        raise Unread(f"{count} pages, more than {_MANY_PAGES}")
    steps = _Steps()
    said: list[str] = []
    for number in range(min(count, MAX_PAGES)):
        try:
            said.append(_page(reader.pages[number], steps))
        except _EnoughError:
            return "\n\n".join(said), f"cut after {number} pages: too much drawn"
        if sum(map(len, said)) > MAX_CHARACTERS:
            return "\n\n".join(said), f"cut after {number + 1} pages"
    return "\n\n".join(said), f"cut after {MAX_PAGES} of {count} pages" if count > MAX_PAGES else None


class _Steps:
    """Counts drawing steps over all pages, so that a page of a million lines ends."""

    def __init__(self) -> None:
        self.left = MAX_OPERATORS
        self.bytes_left = MAX_STREAM

    def __call__(self, *_step: Any) -> None:  # noqa: ANN401 - pypdf's hook takes five things, none of them needed
        self.left -= 1
        if self.left < 0:
            raise _EnoughError


def _page(page: Any, steps: _Steps) -> str:  # noqa: ANN401 - pypdf's page objects
    contents = page.get_contents()
    steps.bytes_left -= len(contents.get_data()) if contents is not None else 0
    if steps.bytes_left < 0:
        raise _EnoughError
    return str(page.extract_text(visitor_operand_before=steps))
