"""Engine and transactions: SQLite in WAL with BEGIN IMMEDIATE, or PostgreSQL."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

AfterCommit = Callable[[], None]
_PENDING = "after_commit"


def make_engine(url: str) -> Engine:
    """An engine for the URL. SQLite gets its parent folder, WAL, synchronous=FULL and immediate transactions."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)  # an error must not quote a row
    if database := make_url(url).database:
        Path(database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  the driver's own connection
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN lets two writers read the same balance: with it six processes overspent a quota of one.
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


class Database:
    """Hands out transactions. Collaborators enqueue through `after_commit`, never inside one.

    What a service changes is written at its `flush` or at the commit, not before each query: services say when.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = sessionmaker(engine, expire_on_commit=False, autoflush=False)
        self._turns = _turns_file(engine)
        self._reading = sessionmaker(engine.execution_options(**_snapshot(engine)), expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing transaction: committed on leaving, rolled back on an exception; then what was put off runs."""
        with self._writing() as session:
            with self._turn(), session.begin():
                yield session
            _run_pending(session)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Queue for SQLite's one writer in the kernel: its own way to wait is to sleep and look again."""
        if self._turns is None:
            yield
            return
        with self._turns.open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # given up when the file is closed, or with the process
            yield

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A snapshot to read from; it never waits for a writer."""
        with self._reading() as session, session.begin():
            yield session


def _snapshot(engine: Engine) -> dict[str, Any]:
    """What makes a transaction a snapshot: on SQLite any that only reads, on PostgreSQL a repeatable read."""
    if engine.dialect.name == "sqlite":
        return {"read_only": True}
    return {"isolation_level": "REPEATABLE READ"}


def insert_for(session: Session) -> Callable[..., Any]:
    """The dialect's own `insert`, which knows ON CONFLICT."""
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def _turns_file(engine: Engine) -> Path | None:
    """The file that writers of a SQLite database queue on; None where the server queues them."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return Path(f"{engine.url.database}-turns")


def after_commit(session: Session, action: AfterCommit) -> None:
    """Run `action` once the session's transaction is committed; never if it is rolled back."""
    session.info.setdefault(_PENDING, []).append(action)


def _run_pending(session: Session) -> None:
    for action in session.info.pop(_PENDING, []):
        action()
