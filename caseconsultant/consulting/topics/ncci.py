"""NCCI: procedure-to-procedure edits of every pair, medically unlikely edits of every line, add-on primaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import cast

from caseconsultant.consulting.branches import branch_of, named, settings_of
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.included import included_because
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.plan import Line, Plan
from caseconsultant.consulting.rules import rule_of
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Circumstance, Question, Topic
from caseconsultant.domain.records import DRUG_ADMINISTRATION, AddOn, Mue, NoPtpEdit, Parameter, PtpEdit, Role
from caseconsultant.domain.surgery import VisitWork

_DISTINCT = frozenset({"59", "XE", "XS", "XP", "XU"})
_MAI = {
    1: "MAI 1 counts line by line.",
    2: "MAI 2 is absolute.",
    3: "Over MAI 3 every unit of the code denies, and the record can win them on appeal.",
}
_TABLES = {Setting.OUTPATIENT_HOSPITAL: "outpatient hospital", Setting.DME: "DME"}
_EQUIPMENT = frozenset("EKL")
"""Codes of equipment, which a supplier bills: the other tables give them 0."""
_A_PAIR = 2
_UNITS = re.compile(
    r"\bunits?\b|\bmues?\b|\bmai\b|\bmedically unlikely\b|\bhow many\b|\bquantity\b|\btwice\b|\btimes\b|\bx\s?\d|"
    r"\bper day\b|\ba day\b|"
    r"\blimit\w*\b|\bN362\b|\bCO-?151\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\b(?:alone|by itself|on its own|stand-?\s?alone|only code)\b", re.IGNORECASE)


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """The edits in force on the date of service, for each setting in question."""
    if found.informational:
        return _unlikely(found, question, knowledge) if "mue" in question.text.lower() else NOTHING
    claimed = [code for code in found.codes if code not in found.replaced]
    return joined(
        (
            *(_pair(first, second, found, question, knowledge) for first, second in combinations(claimed, 2)),
            _unlikely(found, question, knowledge),
            *(_add_on(line, found, question, knowledge) for line in found.lines),
        )
    )


def pairs(question: Question, found: Plan, codes: Iterable[tuple[str, str]], *, knowledge: Knowledge) -> Findings:
    """The edits of certain pairs alone."""
    return joined(_pair(first, second, found, question, knowledge) for first, second in codes)


# --- Pairs ---------------------------------------------------------------------------------------------------------


def _pair(first: str, second: str, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    if {first, second} <= set(question.alternatives):
        return NOTHING
    settings = settings_of(question)
    edits = {each: knowledge.ptp_edit(first, second, setting=each, on=question.as_of) for each in settings}
    if all(edit is None for edit in edits.values()):
        return _not_loaded(first, second, found, question, knowledge)
    parts = [
        _edited(edit, setting, question, knowledge) for setting, edit in edits.items() if isinstance(edit, PtpEdit)
    ]
    free = {setting: edit for setting, edit in edits.items() if isinstance(edit, NoPtpEdit)}
    if free and not _under_add_on(first, second, question, knowledge):
        parts.append(_free(first, second, free))
    return joined(parts)


def _where(setting: Setting, question: Question) -> str:
    """The setting in words where one code is asked about and the setting is open; else the branch says it."""
    return "" if question.setting or len(question.codes) != 1 else f" {named(setting)}"


def _not_loaded(first: str, second: str, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """Silence is not 'no edit': the pair is to be looked up."""
    drug = any(code[0] in "JQ" for code in (first, second))
    if drug or _under_add_on(first, second, question, knowledge) or not (found.asked(first) and found.asked(second)):
        return NOTHING
    return Findings(doubts=(f"Whether NCCI pairs {first} and {second} is not in the loaded tables: look the pair up.",))


def _under_add_on(first: str, second: str, question: Question, knowledge: Knowledge) -> bool:
    """An add-on code follows its primary: the primary's pair speaks for both."""
    return any(knowledge.add_on(code, on=question.as_of) for code in (first, second))


def _free(first: str, second: str, free: dict[Setting, NoPtpEdit]) -> Findings:
    where = " and ".join(named(setting) for setting in free)
    references = tuple(edit.reference for edit in free.values())
    statement = (
        f"NCCI holds no edit for {first} with {second} {where}. "
        "That is no permission: both must be right by themselves."
    )
    return Findings((Finding(Topic.NCCI, Kind.PAYABLE, statement, references),))


def _edited(edit: PtpEdit, setting: Setting, question: Question, knowledge: Knowledge) -> Findings:
    if edit.modifier_indicator == 0:
        return _never(edit, setting, question)
    if edit.modifier_indicator == 1:
        return _with_modifier(edit, setting, question, knowledge)
    return NOTHING


def _never(edit: PtpEdit, setting: Setting, question: Question) -> Findings:
    statement = (
        f"{edit.column_two} is column two to {edit.column_one}, modifier indicator 0{_where(setting, question)}: "
        f"never paid together that day, and no modifier changes it.{_in_force(edit, question)}"
    )
    branch = branch_of(setting)
    where = "" if setting is Setting.OFFICE else f" {named(setting)}"
    why = f"it is column two to {edit.column_one} with indicator 0{where}, which no modifier passes"
    finding = Finding(Topic.NCCI, Kind.PAYABLE, statement, (edit.reference,), Verdict.NO, branch=branch)
    return Findings((finding,), (Opinion(edit.column_two, Standing.REFUSED, why=why, branch=branch),))


def _with_modifier(edit: PtpEdit, setting: Setting, question: Question, knowledge: Knowledge) -> Findings:
    when, missing, modifiers = _circumstance(edit, question, knowledge)
    branch = branch_of(setting)
    statement = (
        f"{edit.column_two} is column two to {edit.column_one}, modifier indicator 1{_where(setting, question)}: "
        f"paid only with a modifier that is earned ({_either(modifiers)}){_on_either(question, modifiers, knowledge)}."
        f"{_in_force(edit, question)}"
    )
    part = included_because(edit, question, knowledge)
    if part is not None and not _told_apart(question):
        return _included(edit, statement, branch, *part)
    if _told_same(edit, question, knowledge):
        return _at_one_site(edit, statement, branch)
    met = _met(edit, question, knowledge)
    if met and not is_visit(edit.column_two):
        statement += " Another site, lesion or encounter, as you describe it, earns it; the note must show it."
    opinion = Opinion(
        edit.column_two,
        Standing.STANDS if met else Standing.CONDITIONAL,
        when=when,
        modifiers=modifiers,
        branch=branch,
    )
    opinions = () if _both_initial(edit, question, knowledge) else (opinion,)
    verdict = Verdict.YES if met else Verdict.DEPENDS
    finding = Finding(
        Topic.NCCI,
        Kind.PAYABLE,
        statement,
        (edit.reference,),
        verdict,
        branch=branch,
        missing=() if met else (missing,),
    )
    return Findings((finding,), opinions, asks=_asks(edit, question, knowledge) if not met else ())


def _on_either(question: Question, modifiers: Sequence[str], knowledge: Knowledge) -> str:
    """Where 59 or an X modifier may stand: on either code since July 2019 (MLN1783722)."""
    rule = rule_of(knowledge, question, "distinct.either_column")
    if rule is None or not _DISTINCT.intersection(modifiers):
        return ""
    return ", on either code" if rule.value else ", on column two"


def _in_force(edit: PtpEdit, question: Question) -> str:
    """The days of an edit that has ended, or of any where a date of service was written."""
    if edit.effective_to is not None:
        return f" The edit was in force from {edit.effective_from} to {edit.effective_to}."
    return f" In force since {edit.effective_from}." if question.as_of_stated else ""


def _included(edit: PtpEdit, statement: str, branch: Branch, why: str, rule: Parameter) -> Findings:
    """A part of column one: only another site or encounter earns the modifier."""
    references = (edit.reference, *rule.references)
    finding = Finding(Topic.NCCI, Kind.PAYABLE, statement, references, Verdict.NO, branch=branch)
    opinion = Opinion(edit.column_two, Standing.REFUSED, why=why, branch=branch)
    changes = (f"{edit.column_two} for another site or at another encounter that day would take its modifier.",)
    return Findings((finding,), (opinion,), changes=changes)


def _at_one_site(edit: PtpEdit, statement: str, branch: Branch) -> Findings:
    why = f"it was at the same site as {edit.column_one}, and only another site, lesion or encounter earns a modifier"
    finding = Finding(Topic.NCCI, Kind.PAYABLE, statement, (edit.reference,), Verdict.NO, branch=branch)
    opinion = Opinion(edit.column_two, Standing.REFUSED, why=why, branch=branch)
    return Findings((finding,), (opinion,), changes=("Another diagnosis alone does not earn a modifier.",))


def _asks(edit: PtpEdit, question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    record = knowledge.code(edit.column_two, on=question.as_of)
    if record is not None and record.role is Role.INJECTION:
        return (f"What was injected with {edit.column_two}, why, and at which site?",)
    if is_visit(edit.column_two) or (record is not None and record.role in DRUG_ADMINISTRATION):
        return ()
    return (f"Were {edit.column_one} and {edit.column_two} at different sites or lesions, or at separate encounters?",)


def _both_initial(edit: PtpEdit, question: Question, knowledge: Knowledge) -> bool:
    """Of two initial services the guidelines say which one stands, whatever the columns."""
    records = [knowledge.code(code, on=question.as_of) for code in (edit.column_one, edit.column_two)]
    return all(record is not None and record.role in {Role.INITIAL, Role.PUSH_INITIAL} for record in records)


def _circumstance(edit: PtpEdit, question: Question, knowledge: Knowledge) -> tuple[str, str, tuple[str, ...]]:
    """What earns the modifier on column two, what must be known, and the modifiers that say it."""
    record = knowledge.code(edit.column_two, on=question.as_of)
    if is_visit(edit.column_two):
        return _visit_beside(edit, question, knowledge)
    if record and record.role is Role.INJECTION:
        main = knowledge.code(edit.column_one, on=question.as_of)
        other = "push" if main and main.role in {Role.PUSH_INITIAL, Role.PUSH_SEQUENTIAL} else "infusion"
        when = f"a different drug was injected, apart from the {other}"
        return when, f"what {record.code} was given for", _held(("59", "XU", "XS"), question, knowledge)
    if record and record.family == "vascular_access":
        when = "the line was placed elsewhere, for something other than giving this drug"
        return when, f"what {record.code} was for", _held(("59", "XS", "XU"), question, knowledge)
    if record and record.role in {Role.INITIAL, Role.PUSH_INITIAL}:
        when = "a second site was medically necessary, or it was a second encounter that day"
        return when, f"site and time of {record.code}", _held(("59", "XS", "XE"), question, knowledge)
    return (
        "it was a separate encounter, site or service that the record tells apart",
        f"how {edit.column_two} was apart",
        _held(("59", "XE", "XS", "XU"), question, knowledge),
    )


def _visit_beside(edit: PtpEdit, question: Question, knowledge: Knowledge) -> tuple[str, str, tuple[str, ...]]:
    """A visit beside a procedure: 57 for the decision on major surgery, else 25 for work of its own."""
    main = knowledge.code(edit.column_one, on=question.as_of)
    if _is_major(edit.column_one, question, knowledge):
        return f"the decision to do {edit.column_one} was made at it", "whether the visit made the decision", ("57",)
    done = "giving the drug" if main and main.role in DRUG_ADMINISTRATION else f"doing {edit.column_one}"
    return (
        f"the visit was significant work of its own, beyond deciding on and {done}",
        "what the visit was for",
        ("25",),
    )


def _is_major(code: str, question: Question, knowledge: Knowledge) -> bool:
    fee = knowledge.fees.record(code, on=question.as_of)
    record = knowledge.code(code, on=question.as_of)
    return (fee.global_days if fee else record.global_days if record else None) == "090"


def _held(wanted: Sequence[str], question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """Those of the modifiers that are in force on the date: the X modifiers began in 2015."""
    try:
        rule = knowledge.parameter("drug_administration.distinct.modifiers", on=question.as_of)
    except KnowledgeError:
        return tuple(each for each in wanted if knowledge.modifier(each, on=question.as_of))
    return tuple(each for each in wanted if each in cast("Sequence[str]", rule.value))


def _met(edit: PtpEdit, question: Question, knowledge: Knowledge) -> bool:
    """Whether the sender already states what earns the modifier."""
    stated = set(question.circumstances)
    record = knowledge.code(edit.column_two, on=question.as_of)
    if is_visit(edit.column_two):
        earning = VisitWork.DECIDED if _is_major(edit.column_one, question, knowledge) else VisitWork.SEPARATE
        return question.surgery.work is earning and question.surgery.operation_told
    if record is None or Circumstance.SAME_DRUG in stated:
        return False
    if record.role is Role.INJECTION:
        return Circumstance.OTHER_DRUG in stated
    if record.role in DRUG_ADMINISTRATION:
        return Circumstance.OTHER_ENCOUNTER in stated
    return _told_apart(question)


def _told_apart(question: Question) -> bool:
    """Another site, side, lesion or encounter is told and no same one; two codes and two parts of the body are two."""
    stated = set(question.circumstances)
    codes = {each.code for each in question.codes if not is_visit(each.code)}
    parts = len(codes) == len(question.surgery.regions) == _A_PAIR
    apart = bool(stated & {Circumstance.OTHER_SITE, Circumstance.OTHER_ENCOUNTER})
    return (apart or parts or question.surgery.other_side) and Circumstance.SAME_SITE not in stated


def _told_same(edit: PtpEdit, question: Question, knowledge: Knowledge) -> bool:
    """A procedure at the same site as the other, which no modifier tells apart."""
    record = knowledge.code(edit.column_two, on=question.as_of)
    drug = record is not None and record.role in DRUG_ADMINISTRATION
    stated = set(question.circumstances)
    apart = stated & {Circumstance.OTHER_SITE, Circumstance.OTHER_ENCOUNTER}
    return Circumstance.SAME_SITE in stated and not apart and not drug and not is_visit(edit.column_two)


def _either(modifiers: Sequence[str]) -> str:
    if not modifiers:
        return "a modifier that is earned"
    return " or ".join(filter(None, (", ".join(modifiers[:-1]), modifiers[-1])))


# --- Units ---------------------------------------------------------------------------------------------------------


def _sibling(found: Plan, question: Question, knowledge: Knowledge) -> tuple[Line, ...]:
    """The set-up code has its limit beside the infusion it belongs to, asked or not."""
    if "96369" not in found.codes:
        return ()
    try:
        setup = str(knowledge.parameter("drug_administration.subcutaneous.setup_code", on=question.as_of).value)
    except KnowledgeError:
        return ()
    return () if setup in found.codes else (Line(setup),)


def _unlikely(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """The limits of all lines in one statement for each table; one for both tables where they say the same."""
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


# --- Add-on codes --------------------------------------------------------------------------------------------------


def _add_on(line: Line, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    record = knowledge.add_on(line.code, on=question.as_of)
    if record is None or not found.asked(line.code):
        return NOTHING
    return joined(_primary_findings(record, found, question))


def _primary_findings(record: AddOn, found: Plan, question: Question) -> Iterator[Findings]:
    present = [code for code in found.codes if code in record.primaries]
    if present:
        statement = f"{record.code} is an add-on code; its primary {' or '.join(present)} is on the claim."
        yield Findings((Finding(Topic.NCCI, Kind.CODABLE, statement, (record.reference,), Verdict.YES),))
        if not set(present) - set(record.practitioner_only):
            yield _practitioner_only(record, present, question)
        return
    listed = ", ".join(record.primaries)
    statement = f"{record.code} is an add-on code and never stands alone; its primaries are {listed}."
    why = f"no primary of it is on the claim (it needs {_one_of(record.primaries)})"
    finding = Finding(Topic.NCCI, Kind.CODABLE, statement, (record.reference,), Verdict.NO)
    if not _claim_is_told(record.code, found, question):
        when = f"{_one_of(record.primaries)} stands on the same claim"
        asks = (f"Which primary procedure stands on the claim beside {record.code}?",)
        told = replace(finding, verdict=Verdict.DEPENDS)
        yield Findings((told,), (Opinion(record.code, Standing.CONDITIONAL, when=when),), asks=asks)
        return
    yield Findings(
        (finding,),
        (Opinion(record.code, Standing.REFUSED, why=why),),
        changes=(f"{_one_of(record.primaries)} on the same claim would give {record.code} its primary.",),
    )


def _claim_is_told(code: str, found: Plan, question: Question) -> bool:
    """Whether the sender says what else is on the claim, so that a missing primary is missing."""
    others = [each for each in found.codes if each != code and found.asked(each)]
    return bool(others) or any(each.absent for each in question.codes) or _ALONE.search(question.text) is not None


def _practitioner_only(record: AddOn, present: Sequence[str], question: Question) -> Findings:
    if Setting.OUTPATIENT_HOSPITAL not in settings_of(question):
        return NOTHING
    why = f"{' and '.join(present)} counts as its primary for practitioners only"
    branch = branch_of(Setting.OUTPATIENT_HOSPITAL)
    finding = Finding(
        Topic.NCCI,
        Kind.PAYABLE,
        f"{record.code} {named(Setting.OUTPATIENT_HOSPITAL)}: {why}.",
        (record.reference,),
        Verdict.NO,
        branch=branch,
    )
    return Findings((finding,), (Opinion(record.code, Standing.REFUSED, why=why, branch=branch),))


def _one_of(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else f"one of {', '.join(codes)}"
