"""In the days after an operation: a visit (24, FT) and a further operation (58, 78, 79).

Sources: Medicare Claims Processing Manual 12 §40; `knowledge/rules/global_surgery.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.operations import VERDICTS, Operation, modifier_finding, visits, written_modifiers
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Reference, Verdict
from caseconsultant.domain.codes import CodeMention, Payer
from caseconsultant.domain.question import Question
from caseconsultant.domain.surgery import Relation

_CRITICAL_CARE = frozenset({"99291", "99292"})
_OF_THE_PACKAGE = re.compile(
    r"\bglobal\b|\bpost-?\s?op\w*|\bmodifiers?\b|\bmod\b|\b90[\s-]days?\b|\b10[\s-]days?\b", re.IGNORECASE
)
_PACKAGED = frozenset({"000", "010", "090", "MMM", "YYY"})
_MATERNITY = "MMM"
"""A delivery is no further operation; its package has rules of its own."""
_IN_FULL = re.compile(
    r"\b(?:paid|pays?) (?:in full|fully|100)\b|\bfull (?:fee|payment|amount|allowable)\b", re.IGNORECASE
)
_PARTS = frozenset({"54", "55", "56"})
"""Who gives which part of the package is another question."""
_ON_OPERATIONS = frozenset({"58", "78", "79"})
_OF_VISITS = (
    "24 is for a visit unrelated to the operation, by the surgeon or his group and specialty; a physician of another "
    "specialty or group needs none. A complication that needs no return to the operating room is part of Medicare's "
    "package."
)
_OF_OPERATIONS = (
    "58: planned, staged or more extensive; paid in full, a new package begins. 78: unplanned return to the operating "
    "room for a related problem; paid the intraoperative share, no new package. 79: unrelated; paid in full, a new "
    "package begins. A complication treated outside an operating room is not paid by Medicare."
)
_ASKED_OF_OPERATIONS = (
    "Was the second operation planned or staged at the time of the first?",
    "Is it related to the first: a complication, or another problem?",
    "Was it done in an operating room (or its like), or elsewhere?",
)
_MEANINGS = {
    "58": "planned, staged or more extensive; paid in full, and a new package begins",
    "78": "an unplanned, related return to the operating room; paid the intraoperative share{share}, no new package",
    "79": "unrelated to the first; paid in full, and a new package begins",
}
_NOT_MEDICARES = frozenset({Payer.COMMERCIAL, Payer.MEDICAID})


@dataclass(frozen=True, slots=True)
class _Ruling:
    """A modifier, how its line stands, on what it hangs, why it falls."""

    modifier: str
    standing: Standing
    when: str = ""
    why: str = ""


def findings(question: Question, done: Sequence[Operation], *, knowledge: Knowledge) -> Findings:
    """What becomes of the visit or the further operation; nothing where neither is told of."""
    done = [each for each in done if each.days in _PACKAGED]
    seen = visits(question)
    if written_modifiers(question) & _PARTS or (question.codes and not done and not seen):
        return NOTHING
    rule = parameter_of(knowledge, question, f"global_surgery.decision.{'visit' if seen else 'procedure'}")
    if rule is None:
        return NOTHING
    earlier = next((each for each in done if each.name or each.code in question.surgery.earlier), None)
    later = [each for each in done if each is not earlier and not each.name and each.days != _MATERNITY]
    again = (
        bool(later)
        or bool(written_modifiers(question) & _ON_OPERATIONS)
        or question.surgery.operating_room is True
        or (earlier is not None and _goes_on(question, done))
    )
    if again and not seen:
        return _operation(earlier, later, question, rule.references)
    if not question.surgery.visit_told:
        return NOTHING
    return _visit(earlier or (done[0] if done else None), seen, question, rule.references, knowledge)


def _goes_on(question: Question, done: Sequence[Operation]) -> bool:
    """Whether a second operation is told of: no visit, and its name, side, plan or reason."""
    told = question.surgery
    reason = told.other_side or told.relation in {Relation.STAGED, Relation.COMPLICATION}
    return not told.visit_told and (reason or len(done) > 1)


# --- A visit ---------------------------------------------------------------------------------------------------------


def _visit(
    first: Operation | None,
    seen: Sequence[CodeMention],
    question: Question,
    references: tuple[Reference, ...],
    knowledge: Knowledge,
) -> Findings:
    outside = _outside(first, question, knowledge)
    if outside:
        opinions = tuple(Opinion(each.code, Standing.STANDS) for each in seen)
        return Findings(
            (modifier_finding(outside, references, VERDICTS[Standing.STANDS]),), opinions, headlines=(outside,)
        )
    ruling = _of_visit("FT" if _takes_ft(seen, question, knowledge) else "24", question)
    named = " and ".join(each.code for each in seen) or "The visit"
    statement = f"{first} {_visit_rule(named, ruling)}" if first else _visit_rule(named, ruling)
    cited = (*(first.references if first else ()), *references)
    return Findings(
        (
            modifier_finding(statement, cited, VERDICTS[ruling.standing]),
            modifier_finding(_OF_VISITS, references),
        ),
        tuple(_opinion(each.code, ruling, (ruling.modifier,)) for each in seen),
        asks=tuple(_asked_of_visit(first, ruling, question)),
        corrections=_too_early_for_ft(question, ruling.modifier),
        headlines=(str(first),) if first and seen and ruling.standing is Standing.REFUSED else (statement,),
    )


def _of_visit(modifier: str, question: Question) -> _Ruling:
    told = question.surgery
    elsewhere = told.other_side or (told.relation is None and len(told.regions) > 1)
    if told.relation is Relation.UNRELATED or elsewhere:
        return _Ruling(modifier, Standing.STANDS)
    if told.relation is Relation.RECOVERY:
        return _Ruling("", Standing.REFUSED, why="recovery and usual follow-up belong to the package")
    if told.relation is not Relation.COMPLICATION:
        when = "it was unrelated to the operation, for a problem that is no recovery and no complication of it"
        return _Ruling(modifier, Standing.CONDITIONAL, when=when)
    if question.payer in _NOT_MEDICARES:
        when = (
            "the plan's policy follows CPT, whose package leaves complications out; plans that follow Medicare "
            "include them"
        )
        return _Ruling(modifier, Standing.CONDITIONAL, when=when)
    why = (
        "a complication that needs no return to the operating room belongs to Medicare's package, whatever its "
        "diagnosis"
    )
    return _Ruling("", Standing.REFUSED, why=why)


def _visit_rule(named: str, ruling: _Ruling) -> str:
    if ruling.standing is Standing.REFUSED:
        return f"{named} is not paid apart: {ruling.why}."
    if ruling.standing is Standing.STANDS:
        return f"{named} takes {ruling.modifier}: unrelated to the operation."
    return f"{named} takes {ruling.modifier} only if {ruling.when}."


def _asked_of_visit(first: Operation | None, ruling: _Ruling, question: Question) -> Iterator[str]:
    if ruling.standing is not Standing.CONDITIONAL:
        return
    if first is None:
        yield "Which surgery was it, and when (its global days)?"
    yield "Was the visit for a problem unrelated to the operation, or for recovery or a complication?"
    if question.payer in _NOT_MEDICARES:
        yield "What does the plan's policy say of complications in the global period?"


def _takes_ft(seen: Sequence[CodeMention], question: Question, knowledge: Knowledge) -> bool:
    """Critical care unrelated to the operation has FT since 2022."""
    critical = any(each.code in _CRITICAL_CARE for each in seen)
    return critical and knowledge.modifier("FT", on=question.as_of) is not None


def _too_early_for_ft(question: Question, modifier: str) -> tuple[str, ...]:
    named = "FT" in written_modifiers(question) or "FT" in question.text
    if modifier != "24" or not named or _CRITICAL_CARE.isdisjoint(each.code for each in question.codes):
        return ()
    return ("FT exists since 2022-01-01 only; before that unrelated critical care in the package took 24.",)


def _outside(first: Operation | None, question: Question, knowledge: Knowledge) -> str | None:
    """A sentence where the visit lies after the end of the package."""
    day = question.surgery.day
    rule = parameter_of(knowledge, question, "global_surgery.period.days_after")
    if first is None or day is None or rule is None:
        return None
    length = cast("dict[str, int]", rule.value).get(first.days)
    if length is None or day <= length:
        return None
    ended = f"its package ended {length} days after it" if length else "its package is the day itself"
    return f"{first} So {ended}; day {day} lies outside, and the visit needs no modifier."


# --- A further operation ---------------------------------------------------------------------------------------------


def _operation(
    earlier: Operation | None, later: Sequence[Operation], question: Question, references: tuple[Reference, ...]
) -> Findings:
    ruling = _of_operation(question)
    if (
        not ruling.modifier
        and not _OF_THE_PACKAGE.search(question.text)
        and not written_modifiers(question) & _ON_OPERATIONS
    ):
        return NOTHING
    named = " and ".join(each.code for each in later) or "The second operation"
    known = [*later, earlier] if earlier else later
    share = next((each.intraoperative for each in known if each.intraoperative), 0)
    rule = _operation_rule(named, ruling, share)
    statement = f"{earlier} {rule}" if earlier else rule
    cited = (*(reference for each in known for reference in each.references), *references)
    return Findings(
        (
            modifier_finding(statement, cited, _answered(ruling, question)),
            modifier_finding(_OF_OPERATIONS, references),
        ),
        tuple(_opinion(each.code, ruling, _with_side(each.code, ruling.modifier, question)) for each in later),
        asks=_asked_of_operation(ruling),
        corrections=_wrong_modifier(ruling, question),
        headlines=(statement,),
    )


def _answered(ruling: _Ruling, question: Question) -> Verdict:
    """Whether the operation is paid; asked whether it is paid in full, 78 is no."""
    reduced = ruling.modifier == "78" and _IN_FULL.search(question.text) is not None
    return Verdict.NO if reduced else VERDICTS[ruling.standing]


def _asked_of_operation(ruling: _Ruling) -> tuple[str, ...]:
    if ruling.standing is Standing.CONDITIONAL:
        return _ASKED_OF_OPERATIONS
    return ("Was it planned at the first operation? Then it takes 58.",) if ruling.modifier == "78" else ()


def _of_operation(question: Question) -> _Ruling:
    told = question.surgery
    if told.relation is Relation.COMPLICATION:
        return _of_complication(question)
    if told.relation is Relation.UNRELATED or told.other_side or (told.relation is None and len(told.regions) > 1):
        return _Ruling("79", Standing.STANDS)
    if told.relation is Relation.STAGED:
        return _Ruling("58", Standing.STANDS)
    when = "its relation to the first operation is told: planned 58, related 78, unrelated 79"
    return _Ruling("", Standing.CONDITIONAL, when=when)


def _of_complication(question: Question) -> _Ruling:
    if question.surgery.operating_room:
        return _Ruling("78", Standing.STANDS)
    if question.surgery.operating_room is None:
        return _Ruling("78", Standing.CONDITIONAL, when="it was done in an operating room")
    if question.payer in _NOT_MEDICARES:
        when = "the plan's policy pays complications treated outside an operating room; 78 is not for those"
        return _Ruling("", Standing.CONDITIONAL, when=when)
    why = "a complication treated outside an operating room belongs to Medicare's package"
    return _Ruling("", Standing.REFUSED, why=why)


def _with_side(code: str, modifier: str, question: Question) -> tuple[str, ...]:
    """The package's modifier, then the side the sender wrote."""
    written = [each for mention in question.codes if mention.code == code for each in mention.modifiers]
    return tuple(filter(None, (modifier, *(each for each in written if each in {"LT", "RT"}))))


def _operation_rule(named: str, ruling: _Ruling, share: int) -> str:
    if ruling.standing is Standing.REFUSED:
        return f"{named} is not paid apart: {ruling.why}."
    if not ruling.modifier:
        return f"{named}: 58, 78 or 79, by how it belongs to the first operation."
    meaning = _MEANINGS[ruling.modifier].format(share=f" ({share} percent, 0.{share:02d})" if share else "")
    when = f" if {ruling.when}" if ruling.standing is Standing.CONDITIONAL else ""
    return f"{named} takes {ruling.modifier}{when}: {meaning}."


def _wrong_modifier(ruling: _Ruling, question: Question) -> tuple[str, ...]:
    used = written_modifiers(question) & _ON_OPERATIONS
    if ruling.standing is not Standing.STANDS or len(used) != 1 or ruling.modifier in used:
        return ()
    return (f"{next(iter(used))} is not the modifier here: it is {ruling.modifier}.",)


def _opinion(code: str, ruling: _Ruling, modifiers: tuple[str, ...]) -> Opinion:
    return Opinion(code, ruling.standing, when=ruling.when, why=ruling.why, modifiers=modifiers)
