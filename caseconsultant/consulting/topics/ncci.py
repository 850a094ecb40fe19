"""NCCI procedure-to-procedure edits of every pair; unit limits and add-on codes stand in modules of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from caseconsultant.consulting.branches import branch_of, named, settings_of
from caseconsultant.consulting.circumstances import (
    both_initial,
    circumstance,
    either,
    met,
    pair_asked,
    told_apart,
    told_same,
)
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.included import included_because
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.consulting.rules import rule_of
from caseconsultant.consulting.topics import add_ons, unit_limits
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import NoPtpEdit, Parameter, PtpEdit

_DISTINCT = frozenset({"59", "XE", "XS", "XP", "XU"})


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """The edits in force on the date of service, for each setting in question."""
    if found.informational:
        return unit_limits.findings(question, found, knowledge=knowledge) if "mue" in question.text.lower() else NOTHING
    claimed = [code for code in found.codes if code not in found.replaced]
    return joined(
        (
            *(_pair(first, second, found, question, knowledge) for first, second in combinations(claimed, 2)),
            unit_limits.findings(question, found, knowledge=knowledge),
            add_ons.findings(question, found, knowledge=knowledge),
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
    when, missing, modifiers = circumstance(edit, question, knowledge)
    branch = branch_of(setting)
    statement = (
        f"{edit.column_two} is column two to {edit.column_one}, modifier indicator 1{_where(setting, question)}: "
        f"paid only with a modifier that is earned ({either(modifiers)}){_on_either(question, modifiers, knowledge)}."
        f"{_in_force(edit, question)}"
    )
    part = included_because(edit, question, knowledge)
    if part is not None and not told_apart(question):
        return _included(edit, statement, branch, *part)
    if told_same(edit, question, knowledge):
        return _at_one_site(edit, statement, branch)
    earned = met(edit, question, knowledge)
    if earned and not is_visit(edit.column_two):
        statement += " Another site, lesion or encounter, as you describe it, earns it; the note must show it."
    opinion = Opinion(
        edit.column_two,
        Standing.STANDS if earned else Standing.CONDITIONAL,
        when=when,
        modifiers=modifiers,
        branch=branch,
    )
    opinions = () if both_initial(edit, question, knowledge) else (opinion,)
    verdict = Verdict.YES if earned else Verdict.DEPENDS
    finding = Finding(
        Topic.NCCI,
        Kind.PAYABLE,
        statement,
        (edit.reference,),
        verdict,
        branch=branch,
        missing=() if earned else (missing,),
    )
    return Findings((finding,), opinions, asks=pair_asked(edit, question, knowledge) if not earned else ())


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
