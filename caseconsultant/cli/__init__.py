"""The command line. Exit 0: done; 1: something the operator can mend; 2: wrong use; 3: some lines gave an error."""

from __future__ import annotations

import sys

import typer

from caseconsultant.cli import examining, expert, finding, house, inbound, knowledge, records
from caseconsultant.domain.errors import CaseConsultantError, InputError

app = typer.Typer(
    name="caseconsultant",
    help=(
        "Coding questions by mail: read, answered from cited tables and rules, reviewed, sent once.\n\n"
        "Exit codes: 0 done; 1 something to mend (settings, servers, files); 2 wrong use; "
        "3 some lines of a --jsonl run gave an error."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
house.add_to(app)
expert.add_to(app)
finding.add_to(app)
examining.add_to(app)
knowledge.add_to(app)
records.add_to(app)
inbound.add_to(app)


def main() -> None:
    """Run the command; an error of ours is one line that says what to do."""
    try:
        app(prog_name="caseconsultant")
    except InputError as error:
        _fail(error, code=2)
    except CaseConsultantError as error:
        _fail(error, code=1)


def _fail(error: Exception, *, code: int) -> None:
    print(f"caseconsultant: {error}", file=sys.stderr)
    sys.exit(code)
