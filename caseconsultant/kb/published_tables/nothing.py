"""What stands in for the published file where none was loaded: every look-up finds nothing."""

from __future__ import annotations

from caseconsultant.kb.database import Row


class NoRows:
    """A database without rows."""

    content = ""

    def rows(self, sql: str, *values: str | int | None) -> list[Row]:  # noqa: ARG002  # asked like any other
        """None."""
        return []

    def close(self) -> None:
        """Nothing to let go of."""
