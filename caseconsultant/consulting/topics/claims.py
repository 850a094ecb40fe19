"""A claim of any codes: what the edits, the code lists and the fee schedule's status say of its lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from caseconsultant.consulting.branches import settings_of
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.near_misses import near_misses
from caseconsultant.consulting.operations import MAJOR, MINOR, operations
from caseconsultant.consulting.planned_lines import Line, Plan
from caseconsultant.consulting.succession import ended
from caseconsultant.consulting.topics import description, ncci
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Intent, Question, Topic
from caseconsultant.domain.records import NoPtpEdit, PtpEdit
from caseconsultant.domain.surgery import Timing

_OF_A_CLAIM = frozenset({Intent.TOGETHER, Intent.MODIFIER, Intent.DENIAL})
_STATUS = {
    "B": "it is bundled into whatever else is done that day (status B), and never paid apart",
    "N": "Medicare does not cover it (status N)",
    "I": "Medicare does not take the code (status I) and uses another",
}
_BUNDLED = "B"
_FACILITY_CLAIMS = frozenset({Setting.OUTPATIENT_HOSPITAL, Setting.ASC})
_A_PAIR = 2
_SIGNIFICANT = frozenset({"S", "T"})
"""OPPS status of procedures beside which a visit needs 25."""
_SECTION = 2
"""Leading figures that codes of one topic share."""
_NAMED = r"(?:modifiers?|mods?|2[45]|57|59|x[esup])"
_WITHOUT = re.compile(
    r"\bwithout\s(?:an?\s|the\s|its\s|also\s|billing\s|code\s){0,2}(?:\d{5}|[A-Z]\d{4})\b", re.IGNORECASE
)
"""One code without the other is no question of both."""
_NEED = re.compile(
    rf"\b{_NAMED}\b[^.?!\n]{{0,25}}\b(?:need(?:s|ed)?|required?|necessary|mandatory)\b|"
    rf"\b(?:need|require|needs|requires|have to (?:add|use|append|put))\b[^.?!\n]{{0,25}}\b{_NAMED}\b"
)
"""`Is 25 needed?`: where no edit stands, the answer is no."""


def findings(question: Question, lines: Plan, *, knowledge: Knowledge, told: Collection[str] = ()) -> Findings:
    """What the tables say of the lines; an opinion on a line only where they have one.

    Where another topic has `told` the lines of some codes, only lines that the sender wrote are looked up, none made of
    words, and no add-on code beside a primary that was told.
    """
    lines = _without_the_past(lines, question, knowledge)
    asked = tuple(
        each for each in lines.lines if each.asked and not _follows(each.code, told, lines, question, knowledge)
    )
    lines = replace(lines, lines=asked) if told and asked else lines
    described = description.findings(question, lines, knowledge=knowledge)
    brought = _of_brought(told, lines, question, knowledge)
    if lines.informational or set(lines.codes) <= set(question.alternatives):
        return joined((described, brought))
    return joined(
        (
            _of_status(question, lines, knowledge),
            ncci.findings(question, lines, knowledge=knowledge),
            described,
            _of_pairs(question, lines, told, knowledge),
            brought,
        )
    )


def _without_the_past(lines: Plan, question: Question, knowledge: Knowledge) -> Plan:
    """An operation of which only the days after are told is not on the claim."""
    if question.surgery.timing is not Timing.AFTER:
        return lines
    seen = any(is_visit(line.code) for line in lines.lines)
    past = {each.code for each in operations(question, knowledge) if each.days in {MAJOR, *MINOR}} if seen else set()
    past |= set(question.surgery.earlier)
    return replace(lines, lines=tuple(each for each in lines.lines if each.code not in past))


def _of_brought(told: Collection[str], lines: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """The pairs of codes that topics brought from words: what one topic does not know of another's."""
    brought = [code for code in told if not lines.asked(code) and code[0].isdigit() and not is_visit(code)]
    primaries = [code for code in brought if knowledge.add_on(code, on=question.as_of) is None]
    pairs = [
        (first, second) for first, second in combinations(sorted(primaries), 2) if first[:_SECTION] != second[:_SECTION]
    ]
    wanted = dict.fromkeys(code for pair in pairs for code in pair)
    if not pairs:
        return NOTHING
    return ncci.pairs(question, Plan(tuple(Line(code) for code in wanted)), pairs, knowledge=knowledge)


def in_the_hospital(question: Question, lines: Plan, *, knowledge: Knowledge) -> Findings:
    """Where the setting is open: the pairs of which the hospital's table says something else."""
    if question.setting is not None:
        return NOTHING
    told = []
    for first, second in combinations([code for code in lines.codes if lines.asked(code)], 2):
        office, hospital = (
            knowledge.ptp_edit(first, second, setting=each, on=question.as_of)
            for each in (Setting.OFFICE, Setting.OUTPATIENT_HOSPITAL)
        )
        if office and hospital and _indicator(office) != _indicator(hospital):
            told.append(_of_the_hospital(first, second, hospital))
    return Findings(tuple(told))


def _indicator(edit: PtpEdit | NoPtpEdit) -> int | None:
    return edit.modifier_indicator if isinstance(edit, PtpEdit) else None


def _of_the_hospital(first: str, second: str, edit: PtpEdit | NoPtpEdit) -> Finding:
    says = "holds no edit" if isinstance(edit, NoPtpEdit) else f"has indicator {edit.modifier_indicator}"
    statement = f"The hospital outpatient table {says} for {first} with {second}."
    branch = Branch(Payer.MEDICARE, Setting.OUTPATIENT_HOSPITAL)
    return Finding(Topic.NCCI, Kind.PAYABLE, statement, (edit.reference,), branch=branch)


def _without_contradiction(claimed: Findings, told: Findings) -> Findings:
    """That no modifier is needed is not said where a topic gives a line one, or lets it hang or fall."""
    marked = {each.code for each in told.opinions if each.modifiers or each.standing is not Standing.STANDS}
    wrong = {each for each in claimed.headlines if any(code in each for code in marked)}
    if not wrong:
        return claimed
    findings = tuple(each for each in claimed.findings if each.statement not in wrong)
    return replace(claimed, findings=findings, headlines=tuple(each for each in claimed.headlines if each not in wrong))


def beside(claimed: Findings, told: Findings) -> Findings:
    """What the tables say, without the conditions and asks on codes that a topic has settled by the facts."""
    claimed = _without_contradiction(claimed, told)
    settled = set(told.settled)
    if not settled:
        return claimed
    opinions = tuple(
        each
        for each in claimed.opinions
        if each.code not in settled or each.standing is Standing.REFUSED or each.most is not None
    )
    asks = tuple(each for each in claimed.asks if not any(code in each for code in settled))
    findings = tuple(
        replace(each, verdict=None)
        if each.verdict is Verdict.DEPENDS and any(code in each.statement for code in settled)
        else each
        for each in claimed.findings
    )
    return replace(claimed, opinions=opinions, asks=asks, findings=findings)


def _follows(code: str, told: Collection[str], lines: Plan, question: Question, knowledge: Knowledge) -> bool:
    """Whether it is an add-on code whose primary is not written but among those told."""
    add_on = knowledge.add_on(code, on=question.as_of) if told else None
    if add_on is None:
        return False
    written = {each.code for each in lines.lines if each.asked}
    return written.isdisjoint(add_on.primaries) and not set(told).isdisjoint(add_on.primaries)


def _of_pairs(question: Question, lines: Plan, told: Collection[str], knowledge: Knowledge) -> Findings:
    """Column one of an edit stands; so do codes between which the tables hold none, if that was asked."""
    in_force = [code for code in lines.codes if not ended(code, on=question.as_of, knowledge=knowledge)]
    nowhere = [code for code in in_force if _nowhere(code, question, knowledge)]
    if nowhere:  # no pair can be looked up
        return joined(_in_no_edition(code, question, knowledge) for code in nowhere)
    asked = [code for code in in_force if not _kept_apart(code, question, knowledge)]
    if sum(map(is_visit, asked)) > 1:
        return NOTHING
    edits = [
        knowledge.ptp_edit(first, second, setting=each, on=question.as_of)
        for first, second in combinations(asked, 2)
        for each in settings_of(question)
    ]
    columns = [edit.column_one for edit in edits if isinstance(edit, PtpEdit) and edit.modifier_indicator in {0, 1}]
    free = bool(edits) and all(isinstance(edit, NoPtpEdit) for edit in edits)
    known = not told or set(asked) <= set(told)
    if free and known and not _OF_A_CLAIM.isdisjoint(question.intents):
        packaged = any(each.days in {MAJOR, *MINOR} for each in operations(question, knowledge))
        if question.setting is Setting.OUTPATIENT_HOSPITAL and any(map(is_visit, asked)):
            marked = _visit_of_a_hospital(asked, question, knowledge)
            if marked is not NOTHING:
                return marked
        standing = [code for code in asked if not (packaged and is_visit(code))]
        said = () if packaged and any(map(is_visit, asked)) else tuple(_together(asked, question, knowledge))
        return Findings(said, _standing(standing), headlines=tuple(each.statement for each in said))
    return Findings(opinions=_standing(columns))


def _nowhere(code: str, question: Question, knowledge: Knowledge) -> bool:
    """Whether tables are loaded and none of their editions has the code."""
    found = knowledge.validity(code, on=question.as_of)
    return bool(found.references) and found.valid is None


def _in_no_edition(code: str, question: Question, knowledge: Knowledge) -> Findings:
    told = knowledge.validity(code, on=question.as_of)
    near = near_misses(code, on=question.as_of, knowledge=knowledge)
    nearest = f" Near it are {', '.join(near)}." if near else ""
    statement = f"{code} is {told.why}: check the number before anything else.{nearest}"
    finding = Finding(Topic.DESCRIPTION, Kind.CODABLE, statement, told.references)
    return Findings((finding,), headlines=(statement,), ruled=(Verdict.UNKNOWN,))


def _visit_of_a_hospital(asked: Sequence[str], question: Question, knowledge: Knowledge) -> Findings:
    """A hospital's visit beside a service of status S or T takes 25 (the outpatient code editor), edit or none."""
    amounts = [
        found for code in asked if not is_visit(code) if (found := knowledge.schedules.opps(code, on=question.as_of))
    ]
    significant = [each for each in amounts if each.status in _SIGNIFICANT]
    if not significant:
        return NOTHING
    first = significant[0]
    seen = [code for code in asked if is_visit(code)]
    statement = (
        f"{' and '.join(seen)} on the hospital's claim takes 25: {first.code} has status {first.status}; beside "
        "status S or T the visit is paid only with 25, for work of its own."
    )
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, (first.reference,), Verdict.YES)
    opinions = [Opinion(code, Standing.STANDS, modifiers=("25",) if code in seen else ()) for code in asked]
    return Findings((finding,), tuple(opinions), headlines=(statement,))


def _standing(codes: Iterable[str]) -> tuple[Opinion, ...]:
    return tuple(Opinion(code, Standing.STANDS) for code in dict.fromkeys(codes))


def _together(asked: list[str], question: Question, knowledge: Knowledge) -> Iterator[Finding]:
    """Yes to two codes that no edit pairs, where that was asked."""
    if len(asked) < _A_PAIR or {Intent.TOGETHER, Intent.MODIFIER}.isdisjoint(question.intents):
        return
    if _WITHOUT.search(question.text):
        return
    edits = [
        edit
        for first, second in combinations(asked, 2)
        for each in settings_of(question)
        if isinstance(edit := knowledge.ptp_edit(first, second, setting=each, on=question.as_of), NoPtpEdit)
    ]
    references = tuple(dict.fromkeys(each.reference for each in edits))
    statement = (
        f"{' and '.join(asked)} may stand on one claim: NCCI holds no edit between them, so no modifier is needed."
    )
    verdict = Verdict.NO if _NEED.search(question.text.lower()) else Verdict.YES
    yield Finding(Topic.NCCI, Kind.PAYABLE, statement, references, verdict, branch=Branch(Payer.MEDICARE))


def _kept_apart(code: str, question: Question, knowledge: Knowledge) -> bool:
    """An add-on code follows its primary; a code without a fee stands on no claim by itself."""
    add_on = knowledge.add_on(code, on=question.as_of)
    if add_on is not None:
        return {each.code for each in question.codes}.isdisjoint(add_on.primaries)
    fee = knowledge.fees.record(code, on=question.as_of)
    return question.setting not in _FACILITY_CLAIMS and fee is not None and fee.status in _STATUS


def _of_status(question: Question, lines: Plan, knowledge: Knowledge) -> Findings:
    """Lines that Medicare's fee schedule does not pay by their status."""
    if question.payer in {Payer.COMMERCIAL, Payer.MEDICAID} or question.setting in _FACILITY_CLAIMS:
        return NOTHING
    return joined(_status(code, question, knowledge) for code in lines.codes if lines.asked(code))


def _status(code: str, question: Question, knowledge: Knowledge) -> Findings:
    """A line without a Medicare fee falls for Medicare; with an open payer what Medicare does not take hangs on it."""
    fee = knowledge.fees.record(code, on=question.as_of)
    if fee is None or fee.status not in _STATUS or (code[0].isalpha() and fee.status != _BUNDLED):
        return NOTHING
    why = _STATUS[fee.status]
    refused = fee.status == _BUNDLED or question.payer is not None
    finding = Finding(
        Topic.FEES,
        Kind.PAYABLE,
        f"Medicare, {code}: {why}.",
        (fee.reference,),
        Verdict.NO if refused else Verdict.DEPENDS,
        branch=Branch(Payer.MEDICARE),
    )
    if refused:
        return Findings((finding,), (Opinion(code, Standing.REFUSED, why=why),))
    when = f"the payer is not Medicare: {why}"
    return Findings((finding,), (Opinion(code, Standing.CONDITIONAL, when=when),), asks=("Which payer is it?",))
