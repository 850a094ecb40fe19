"""The settings and the knowledge in force; what is wrong with them in one line that names the variable."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from caseconsultant import settings as settings_module
from caseconsultant.domain.errors import OperatorError
from caseconsultant.settings import PREFIX, Settings

if TYPE_CHECKING:
    from caseconsultant.app import App
    from caseconsultant.kb.store import Store

_FIELD = re.compile(r'field "(\w+)"')  # as pydantic-settings names what it could not parse


def settings_in_force() -> Settings:
    """The settings. Raises OperatorError that names each variable that is wrong, never what it holds."""
    try:
        return settings_module.load()
    except OSError as error:
        raise OperatorError(f"the settings: {error}") from error
    except ValueError as error:
        raise OperatorError(_faults(error)) from error


def today_in_force() -> date:
    """Today in the operator's time zone."""
    from caseconsultant.clock import utc_now  # noqa: PLC0415

    return utc_now().astimezone(settings_in_force().zone).date()


@contextmanager
def knowledge_in_force() -> Iterator[Store]:
    """The knowledge base as it stands, built if need be."""
    from caseconsultant.kb.library import Library  # noqa: PLC0415  a fast start for the other commands

    settings = settings_in_force()
    store = Library(settings.knowledge, settings.kb_dir, monotonic=time.monotonic).current()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def app_in_force(*, logging: bool = False) -> Iterator[App]:
    """The house's collaborators, with the log that the settings ask for, or with warnings only.

    Raises OperatorError where the database or the state directory cannot be used.
    """
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError  # noqa: PLC0415

    from caseconsultant.app import App  # noqa: PLC0415
    from caseconsultant.logs import set_up  # noqa: PLC0415

    settings = settings_in_force()
    set_up(settings.log_level if logging else "warning")  # what a command did stands in what it prints
    app = App(settings)
    try:
        yield app
    except OperationalError as error:
        raise OperatorError(f"the database does not serve: {_first_line(error)}; see {PREFIX}DATABASE_URL") from error
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise OperatorError(f"{PREFIX}DATABASE_URL: {_first_line(error)}") from error
    except OSError as error:
        raise OperatorError(f"{error.filename or 'the system'}: {error.strerror or error}") from error
    finally:
        _let_go(app)


def _let_go(app: App) -> None:
    """Publish what was put off and close the database, as far as either was made."""
    if "queue" in vars(app):
        app.queue.close()
    if "database" in vars(app):
        app.database.engine.dispose()


def _faults(error: ValueError) -> str:
    from pydantic import ValidationError  # noqa: PLC0415

    if isinstance(error, ValidationError):
        return "; ".join(
            f"{_variable(fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}" for fault in error.errors()
        )
    if named := _FIELD.search(str(error)):
        return f"{PREFIX}{named[1].upper()}: not JSON"
    return f"the settings: {_first_line(error)}"


def _variable(place: tuple[int | str, ...]) -> str:
    """`CASECONSULTANT_PLANS`, and where in it."""
    return PREFIX + ".".join([str(place[0]).upper(), *map(str, place[1:])]) if place else "the settings"


def _first_line(error: Exception) -> str:
    return str(error.args[0] if error.args else error).partition("\n")[0]
