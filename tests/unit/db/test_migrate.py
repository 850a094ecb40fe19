"""An operator's database of an earlier version is brought up to date with its rows in place."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

import caseconsultant.db.migrate as migrating
from caseconsultant.db.session import make_engine

WHEN = "2026-11-23 15:00:00.000000"


def at_revision(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


_ROWS = (
    "INSERT INTO sender (id, address, created_at) VALUES (1, 'dana@clinic.example.com', :at)",
    """INSERT INTO "case" (id, sender_id, reply_to, subject, status, priority, created_at, due_at, draft_attempts,
    "references", event_count, event_hash)
    VALUES (1, 1, 'dana@clinic.example.com', 's', 'in_review', 0, :at, :at, 0, '[]', 0, '')""",
    """INSERT INTO inbound_message (id, mailbox, source, rcpt_tos, received_at, raw, size, key_fingerprint, digest,
    copies, authentication, authentication_reason, attempts, case_id)
    VALUES (1, 'm', 'smtp', '[]', :at, x'01', 1, 'k', 'd', 1, 'trusted', 'r', 0, 1)""",
    """INSERT INTO question (id, case_id, inbound_id, text, redactions, as_of, created_at)
    VALUES (1, 1, 1, 'q', '{}', '2026-11-23', :at)""",
)
"""A sender, their case, its mail and its question, each pointing at the one before."""


def fill(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in _ROWS:
            connection.execute(text(statement), {"at": WHEN})


def test_rows_of_the_first_version_stay_and_get_the_new_columns(tmp_path: Path):
    engine = make_engine(f"sqlite:///{tmp_path / 'old.db'}")
    at_revision(engine, "0001")
    fill(engine)

    migrating.upgrade(engine)

    with engine.connect() as connection:
        mail = connection.execute(
            text("SELECT case_id, raw, authentication_attempts, attachments FROM inbound_message")
        ).one()
        assert tuple(mail) == (1, b"\x01", 0, None)
        assert connection.execute(text("SELECT inbound_id FROM question")).scalar_one() == 1
        assert connection.execute(text("SELECT stopped_at FROM sender")).scalar_one() is None
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    engine.dispose()
