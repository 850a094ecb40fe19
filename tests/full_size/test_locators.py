"""Locators into the two guideline books, held against the books: the page has the chapter and the paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from caseconsultant.kb.store import Store

MANUAL, GUIDELINES = "ncci-policy-manual", "icd-10-cm-guidelines"
_IN_MANUAL = re.compile(r"(?P<chapter>[IVX]+) §(?P<section>[A-Z])(?P<rest>.*?) \(PDF (?P<first>\d+)(-(?P<last>\d+))?\)")
_IN_GUIDELINES = re.compile(r"(?P<section>[IV]+)\..*\(pp?\. (?P<first>\d+)(-(?P<last>\d+))?\)")


def locators(store: Store, source: str) -> list[str]:
    """Every locator of the source that anything authored refers to."""
    found = set()
    for table in ("code", "modifier", "place", "parameter", "article"):
        for (body,) in store.database.rows(f"SELECT body FROM {table}"):  # noqa: S608  # our own names
            found.update(re.findall(rf'\["{source}","([^"]+)"', str(body)))
    return sorted(found)


@pytest.fixture(scope="module")
def manual(cms_dir: Path) -> list[str]:
    reader = PdfReader(cms_dir / "2026_ncci_medicare_policy_manual_all-chapters.pdf")
    return ["", *(page.extract_text() for page in reader.pages)]


@pytest.fixture(scope="module")
def guidelines(cms_dir: Path) -> list[str]:
    reader = PdfReader(cms_dir / "ICD-10-CM-October-2025-Guidelines.pdf")
    return ["", *(page.extract_text() for page in reader.pages)]


def test_every_locator_of_the_policy_manual_names_its_page(store: Store) -> None:
    wrong = [each for each in locators(store, MANUAL) if not (_IN_MANUAL.search(each) or each.startswith("Intro"))]
    assert wrong == []


def test_the_page_is_of_the_chapter_and_has_the_paragraph(store: Store, manual: list[str]) -> None:
    found = locators(store, MANUAL)
    assert len(found) > 150
    assert [each for each in found if not each.startswith("Intro") and not all(_stands(each, manual))] == []


def test_the_page_of_the_guidelines_is_of_the_section(store: Store, guidelines: list[str]) -> None:
    found = locators(store, GUIDELINES)
    assert len(found) > 30
    for each in found:
        match = _IN_GUIDELINES.match(each)
        assert match, each
        assert f"Page {match['first']} of" in guidelines[int(match["first"])], each


def _stands(locator: str, pages: list[str]) -> Iterator[bool]:
    for match in _IN_MANUAL.finditer(locator):
        first = int(match["first"])
        text = "\n".join(pages[first - 1 : int(match["last"] or first) + 1])
        yield re.search(rf"^\s*{match['chapter']}-\d+", pages[first], re.MULTILINE) is not None
        for number in re.findall(r"\d+", match["rest"].partition("-")[0])[:1]:
            yield re.search(rf"^\s*{number}\.", text, re.MULTILINE) is not None
