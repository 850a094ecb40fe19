"""Look-ups in the published file, grouped by subject; no table is read into memory."""

from __future__ import annotations

from pathlib import Path

from caseconsultant.kb.database import Database, Rows
from caseconsultant.kb.published_layout import PUBLISHED_LAYOUT
from caseconsultant.kb.published_tables.code_sets import CodeSets
from caseconsultant.kb.published_tables.coverage import Coverage
from caseconsultant.kb.published_tables.crosswalks import Crosswalks
from caseconsultant.kb.published_tables.diagnoses import Diagnoses
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition
from caseconsultant.kb.published_tables.edits import ADD_ON, Edits
from caseconsultant.kb.published_tables.fees import Fees
from caseconsultant.kb.published_tables.nothing import NoRows
from caseconsultant.kb.published_tables.schedules import Schedules

_REMEDY = "run `kb load` with the published files again"


class PublishedTables:
    """The tables of one published file, or of none. Safe for threads and forks."""

    def __init__(self, path: Path | None = None) -> None:
        """Raises KnowledgeError where the file is missing, damaged or of another layout."""
        self.path = path
        self.database: Rows = Database(path, layout=PUBLISHED_LAYOUT, remedy=_REMEDY) if path else NoRows()
        self.editions = Editions(self.database)
        self.edits = Edits(self.database, self.editions)
        self.codes = CodeSets(self.database, self.editions)
        self.fees = Fees(self.database, self.editions)
        self.schedules = Schedules(self.database, self.editions)
        self.diagnoses = Diagnoses(self.database, self.editions)
        self.crosswalks = Crosswalks(self.database, self.editions)
        self.coverage = Coverage(self.database, self.editions)

    @property
    def release(self) -> str:
        """The first twelve digits of the content's hash."""
        return self.database.content[:12]

    def close(self) -> None:
        """Lets go of the file."""
        self.database.close()


__all__ = ["ADD_ON", "PublishedEdition", "PublishedTables"]
