"""Look-ups in the published file, grouped by subject; no table is read into memory."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from caseconsultant.kb.database import Database, Rows
from caseconsultant.kb.published_layout import PUBLISHED_LAYOUT
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition
from caseconsultant.kb.published_tables.edits import ADD_ON, Edits
from caseconsultant.kb.published_tables.nothing import NoRows

if TYPE_CHECKING:
    from caseconsultant.kb.published_tables.code_sets import CodeSets
    from caseconsultant.kb.published_tables.coverage import Coverage
    from caseconsultant.kb.published_tables.crosswalks import Crosswalks
    from caseconsultant.kb.published_tables.diagnoses import Diagnoses
    from caseconsultant.kb.published_tables.fees import Fees
    from caseconsultant.kb.published_tables.schedules import Schedules

_REMEDY = "run `kb load` with the published files again"


class PublishedTables:
    """The tables of one published file, or of none. Safe for threads and forks.

    A subject is imported when it is first asked: its records take longer to define than a store to open.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Raises KnowledgeError where the file is missing, damaged or of another layout."""
        self.path = path
        self.database: Rows = Database(path, layout=PUBLISHED_LAYOUT, remedy=_REMEDY) if path else NoRows()
        self.editions = Editions(self.database)
        self.edits = Edits(self.database, self.editions)

    @cached_property
    def codes(self) -> CodeSets:
        """CPT and HCPCS Level II."""
        from caseconsultant.kb.published_tables.code_sets import CodeSets  # noqa: PLC0415

        return CodeSets(self.database, self.editions)

    @cached_property
    def fees(self) -> Fees:
        """The physician fee schedule."""
        from caseconsultant.kb.published_tables.fees import Fees  # noqa: PLC0415

        return Fees(self.database, self.editions)

    @cached_property
    def schedules(self) -> Schedules:
        """The other schedules, and the lists of the outpatient code editor."""
        from caseconsultant.kb.published_tables.schedules import Schedules  # noqa: PLC0415

        return Schedules(self.database, self.editions)

    @cached_property
    def diagnoses(self) -> Diagnoses:
        """ICD-10-CM and ICD-10-PCS."""
        from caseconsultant.kb.published_tables.diagnoses import Diagnoses  # noqa: PLC0415

        return Diagnoses(self.database, self.editions)

    @cached_property
    def crosswalks(self) -> Crosswalks:
        """From one code set to another."""
        from caseconsultant.kb.published_tables.crosswalks import Crosswalks  # noqa: PLC0415

        return Crosswalks(self.database, self.editions)

    @cached_property
    def coverage(self) -> Coverage:
        """LCDs, articles and the diagnoses they list."""
        from caseconsultant.kb.published_tables.coverage import Coverage  # noqa: PLC0415

        return Coverage(self.database, self.editions)

    @property
    def release(self) -> str:
        """The first twelve digits of the content's hash."""
        return self.database.content[:12]

    def close(self) -> None:
        """Lets go of the file."""
        self.database.close()


__all__ = ["ADD_ON", "PublishedEdition", "PublishedTables"]
