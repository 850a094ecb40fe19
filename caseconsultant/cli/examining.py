"""`eval`: the examination: each answer is held against what it must say, and what it lacks is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from caseconsultant.cli.in_force import knowledge_in_force, today_in_force
from caseconsultant.domain.errors import InputError


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(name="eval")(evaluate)


def evaluate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="YAML files of cases, or folders of them.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="The score of each file only.")] = False,
    least: Annotated[int, typer.Option("--least", min=0, max=100, help="Exit 1 below this share, in percent.")] = 0,
) -> None:
    """Score answers against expected facts: each file's share, then the whole; a failed case with what it lacks."""
    from caseconsultant.consulting.examination import examine  # noqa: PLC0415

    today = today_in_force()
    passed: defaultdict[str, list[bool]] = defaultdict(list)
    gravely = 0
    with knowledge_in_force() as store:
        if not store.published.editions.all:
            typer.echo("no published tables are loaded (`kb load`), so what rests on them is missed", err=True)
        for path in _paths(files):
            for case in _cases(path):
                score = examine(case, knowledge=store, today=today)
                passed[path.stem].append(score.passed)
                gravely += score.gravely
                if not (score.passed or quiet):
                    typer.echo(f"{score.id}: {'; '.join(score.missed)}")
    _print(passed, gravely)
    every = [each for cases in passed.values() for each in cases]
    if not every or 100 * sum(every) < least * len(every):
        raise typer.Exit(1)


def _print(passed: dict[str, list[bool]], gravely: int) -> None:
    for name, cases in passed.items():
        typer.echo(f"{name:<40} {sum(cases):>4} of {len(cases):>4}")
    every = [each for cases in passed.values() for each in cases]
    share = 100 * sum(every) / len(every) if every else 0
    typer.echo(f"{'all':<40} {sum(every):>4} of {len(every):>4}  {share:.1f} percent")
    typer.echo(f"{'wrong verdicts with high confidence':<40} {gravely:>4}")


def _paths(files: list[Path]) -> Iterator[Path]:
    for path in files:
        yield from sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def _cases(path: Path) -> list[dict[str, Any]]:
    import yaml  # noqa: PLC0415

    try:
        cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"{path}: cannot be read as cases: {error}") from None
    if not isinstance(cases, list) or not all(isinstance(case, dict) and "question" in case for case in cases):
        raise InputError(f"{path}: a file of cases is a list, each with a `question`")
    return cases
