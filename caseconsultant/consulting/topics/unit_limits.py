"""NCCI unit limits (MUE): of every line, in each setting's table; and what a unit over the limit means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from caseconsultant.consulting.branches import branch_of, settings_of
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Line, Plan
from caseconsultant.consulting.topics import limits_told
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Circumstance, Question, Topic
from caseconsultant.domain.records import Mue

_MAI = {
    1: "MAI 1 counts line by line.",
    2: "MAI 2 is absolute.",
    3: "Over MAI 3 every unit of the code denies, and the record can win them on appeal.",
}
_TABLES = {Setting.OUTPATIENT_HOSPITAL: "outpatient hospital", Setting.DME: "DME"}
_EQUIPMENT = frozenset("EKL")
"""Codes of equipment, which a supplier bills: the other tables give them 0."""
_UNITS = re.compile(
    r"\bunits?\b|\bmues?\b|\bmai\b|\bmedically unlikely\b|\bhow many\b|\bquantity\b|\btwice\b|\btimes\b|\bx\s?\d|"
    r"\bper day\b|\ba day\b|"
    r"\blimit\w*\b|\bN362\b|\bCO-?151\b",
    re.IGNORECASE,
)


def _sibling(found: Plan, question: Question, knowledge: Knowledge) -> tuple[Line, ...]:
    """The set-up code has its limit beside the infusion it belongs to, asked or not."""
    if "96369" not in found.codes:
        return ()
    try:
        setup = str(knowledge.parameter("drug_administration.subcutaneous.setup_code", on=question.as_of).value)
    except KnowledgeError:
        return ()
    return () if setup in found.codes else (Line(setup),)


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """The limits of all lines, and what is to be said of those the sender names."""
    told = limits_told.findings(question, found.codes, knowledge=knowledge)
    return joined((told, _of_tables(question, found, knowledge)))


def _of_tables(question: Question, found: Plan, knowledge: Knowledge) -> Findings:
    """The limits in one statement for each table; one for both tables where they say the same."""
    lines = (*_counted(found, question), *(() if found.informational else _sibling(found, question, knowledge)))
    tables = {each: _limits(lines, each, question, knowledge) for each in settings_of(question)}
    if not _of_units(lines, question):  # nobody asked how many: only a limit that is passed is told
        tables = {setting: _passed(edits, lines) for setting, edits in tables.items()}
    if len(tables) > 1 and len({tuple((e.code, e.units, e.mai) for e in edits) for edits in tables.values()}) == 1:
        edits = next(iter(tables.values()))
        table = "MUE, practitioner and outpatient hospital tables"
        return _of_payer(_said(edits, lines, Branch(Payer.MEDICARE), table, found), question)
    return joined(
        _of_payer(
            _said(edits, lines, branch_of(setting), f"MUE, {_TABLES.get(setting, 'practitioner')} table", found),
            question,
        )
        for setting, edits in tables.items()
    )


def _of_units(lines: Sequence[Line], question: Question) -> bool:
    return any(line.units > 1 for line in lines) or _UNITS.search(question.text) is not None


def _passed(edits: Sequence[Mue], lines: Sequence[Line]) -> list[Mue]:
    return [each for each in edits for line in lines if line.code == each.code and line.units > each.units]


def _of_payer(said: Findings, question: Question) -> Findings:
    """Another payer has limits of its own: Medicare's are told, none decides; nor a 0 for an open payer."""
    nothing_paid = any(each.standing is Standing.REFUSED for each in said.opinions)
    if question.payer in {Payer.COMMERCIAL, Payer.MEDICAID} or (question.payer is None and nothing_paid):
        return Findings(tuple(replace(each, verdict=None) for each in said.findings))
    return said


def _counted(found: Plan, question: Question) -> Sequence[Line]:
    """The lines; of a second initial service at one site, which is none, one unit is left."""
    if {Circumstance.TWO_LUMENS, Circumstance.SAME_SITE}.isdisjoint(question.circumstances):
        return found.lines
    return [Line(line.code) if line.code in found.initials else line for line in found.lines]


def _limits(lines: Sequence[Line], setting: Setting, question: Question, knowledge: Knowledge) -> list[Mue]:
    codes = sorted({line.code for line in lines if setting is Setting.DME or line.code[0] not in _EQUIPMENT})
    found = (knowledge.mue(code, setting=setting, on=question.as_of) for code in codes)
    return [each for each in found if each is not None]


def _said(edits: Sequence[Mue], lines: Sequence[Line], branch: Branch, table: str, found: Plan) -> Findings:
    """The limits in one statement. A second line of an initial service hangs on its own fact, not on the limit."""
    if not edits:
        return NOTHING
    limits = ", ".join(f"{each.code} {each.units} (MAI {each.mai})" for each in edits)
    over = [(line, each) for each in edits for line in lines if line.code == each.code and line.units > each.units]
    meaning = " ".join(_MAI[mai] for mai in sorted({each.mai for each in edits}))
    exceeded = "".join(f" {line.code} x{line.units} is over its limit." for line, _ in over)
    finding = Finding(
        Topic.NCCI,
        Kind.PAYABLE,
        f"Units a day ({table}): {limits}. {meaning}{exceeded}",
        tuple(each.reference for each in edits),
        Verdict.NO if over else None,
        branch=branch,
    )
    return Findings(
        (finding,),
        tuple(_over(line, each, branch) for line, each in over if each.mai != 3 or line.code not in found.initials),  # noqa: PLR2004
        corrections=tuple(_absolute(line, each) for line, each in over if each.mai == 2 and each.units),  # noqa: PLR2004
    )


def _absolute(line: Line, edit: Mue) -> str:
    return f"{line.code} x{line.units} is over its limit of {edit.units} a day."


def _over(line: Line, edit: Mue, branch: Branch) -> Opinion:
    if edit.mai == 3 and edit.units:  # noqa: PLR2004 - the clinical limit
        when = f"the record supports all {line.units} units (over {edit.units} a day every unit denies at first)"
        return Opinion(line.code, Standing.CONDITIONAL, line.units, when=when, branch=branch)
    if not edit.units:
        return Opinion(line.code, Standing.REFUSED, why="its limit is 0: it is not paid there", branch=branch)
    return Opinion(line.code, Standing.STANDS, edit.units, most=edit.units, branch=branch)
