"""`search`: words to codes. Its JSON is the contract that scripts read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

import typer

from caseconsultant.cli.in_force import knowledge_in_force, today_in_force
from caseconsultant.cli.lines import print_object
from caseconsultant.domain.codes import CodeSystem

System = Literal["icd10cm", "hcpcs", "cpt"]
_SYSTEMS = {"icd10cm": CodeSystem.ICD10CM, "hcpcs": CodeSystem.HCPCS, "cpt": CodeSystem.CPT}


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(search)


def search(
    words: Annotated[str, typer.Argument(help="What is looked for, such as 'DM2 w/ neuropathy'.")],
    system: Annotated[System | None, typer.Option("--system", help="Codes of one system only.")] = None,
    most: Annotated[int, typer.Option("--most", min=1, max=100, help="How many at the most.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, as the contract has it.")] = False,
) -> None:
    """Find codes by words: abbreviations, lay words, sides and misspellings are understood."""
    with knowledge_in_force() as store:
        hits = store.search(words, system=_SYSTEMS[system] if system else None, on=today_in_force(), most=most)
    if as_json:
        print_object({"query": words, "hits": [{**asdict(hit), "system": str(hit.system)} for hit in hits]})
        return
    for hit in hits:
        typer.echo(f"{hit.code:<9} {hit.description}{'' if hit.billable else '  (header)'}")
        typer.echo(f"{'':<9} {hit.why}")
    if not hits:
        typer.echo("nothing found; use fewer or other words")
