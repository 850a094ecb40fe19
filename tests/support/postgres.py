"""A PostgreSQL server to test on: the one named, the one on this machine, or one of our own; and databases on it."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

NAMED = "CASECONSULTANT_TEST_POSTGRES_URL"
NOTHING_SKIPS = "CASECONSULTANT_TEST_NOTHING_SKIPS"
_SOCKETS = ("/var/run/postgresql", "/tmp")  # noqa: S108  where Debian and PostgreSQL itself put theirs
_USERS = ("postgres", "root")
_BINARIES = Path("/usr/lib/postgresql")


@contextmanager
def server() -> Iterator[URL]:
    """The server's URL; skips where there is none, unless nothing may skip: then one of our own is started."""
    if named := os.environ.get(NAMED):
        yield make_url(named)
    elif local := next((url for url in _local() if _answers(url)), None):
        yield local
    elif os.environ.get(NOTHING_SKIPS) == "1":
        with own_server() as url:
            yield url
    else:
        pytest.skip(f"needs a PostgreSQL server: start one on this machine, or name one in {NAMED}")


@contextmanager
def own_server() -> Iterator[URL]:
    """A server of ours in a new directory, on a socket only; it never runs as root, which PostgreSQL refuses."""
    binaries = programs()
    assert binaries, f"there is no initdb under {_BINARIES}: install postgresql"
    as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="cc-pg-"))  # short: a socket's path has room for 107 bytes
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    cluster = folder / "cluster"

    def call(program: str, *words: str) -> None:
        command = [binaries / program, "-D", cluster, *words]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        done = subprocess.run(command, check=False, cwd=folder, **quiet, **as_user)
        assert done.returncode == 0, f"{program}: {done.stderr.decode()}"

    try:
        call("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        call("pg_ctl", "start", "--wait", f"--log={folder / 'log'}", f"--options={options}")
        try:
            yield _url("postgres", str(folder))
        finally:
            call("pg_ctl", "stop", "--mode=immediate")
    finally:
        shutil.rmtree(folder)


@contextmanager
def database(on: URL, *, template: str = "template1") -> Iterator[URL]:
    """A new database of a random name, dropped afterwards."""
    name = f"caseconsultant_test_{secrets.token_hex(6)}"
    _run(on, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield on.set(database=name)
    finally:
        _run(on, f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(on: URL, statement: str) -> None:
    engine = create_engine(on, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _local() -> list[URL]:
    return [_url(user, folder) for folder in _SOCKETS for user in _USERS if Path(folder, ".s.PGSQL.5432").exists()]


def _url(user: str, folder: str) -> URL:
    return URL.create("postgresql+psycopg", username=user, database="postgres", query={"host": folder})


def _answers(url: URL) -> bool:
    engine = create_engine(url)
    try:
        engine.connect().close()
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True


def programs() -> Path | None:
    """Where initdb and pg_ctl of the newest PostgreSQL lie."""
    found = sorted(_BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].partition(".")[0]))
    return found[-1].parent if found else None
