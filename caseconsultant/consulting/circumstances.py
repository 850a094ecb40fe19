"""What earns the modifier of a pair with indicator 1, whether the sender tells it, and what to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Circumstance, Question
from caseconsultant.domain.records import DRUG_ADMINISTRATION, PtpEdit, Role
from caseconsultant.domain.surgery import VisitWork

_A_PAIR = 2


def pair_asked(edit: PtpEdit, question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """What to ask of the two services of an edit whose modifier is not yet earned."""
    record = knowledge.code(edit.column_two, on=question.as_of)
    if record is not None and record.role is Role.INJECTION:
        return (f"What was injected with {edit.column_two}, why, and at which site?",)
    if is_visit(edit.column_two) or (record is not None and record.role in DRUG_ADMINISTRATION):
        return ()
    return (f"Were {edit.column_one} and {edit.column_two} at different sites or lesions, or at separate encounters?",)


def both_initial(edit: PtpEdit, question: Question, knowledge: Knowledge) -> bool:
    """Of two initial services the guidelines say which one stands, whatever the columns."""
    records = [knowledge.code(code, on=question.as_of) for code in (edit.column_one, edit.column_two)]
    return all(record is not None and record.role in {Role.INITIAL, Role.PUSH_INITIAL} for record in records)


def circumstance(edit: PtpEdit, question: Question, knowledge: Knowledge) -> tuple[str, str, tuple[str, ...]]:
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


def met(edit: PtpEdit, question: Question, knowledge: Knowledge) -> bool:
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
    return told_apart(question)


def told_apart(question: Question) -> bool:
    """Another site, side, lesion or encounter is told and no same one; two codes and two parts of the body are two."""
    stated = set(question.circumstances)
    codes = {each.code for each in question.codes if not is_visit(each.code)}
    parts = len(codes) == len(question.surgery.regions) == _A_PAIR
    apart = bool(stated & {Circumstance.OTHER_SITE, Circumstance.OTHER_ENCOUNTER})
    return (apart or parts or question.surgery.other_side) and Circumstance.SAME_SITE not in stated


def told_same(edit: PtpEdit, question: Question, knowledge: Knowledge) -> bool:
    """A procedure at the same site as the other, which no modifier tells apart."""
    record = knowledge.code(edit.column_two, on=question.as_of)
    drug = record is not None and record.role in DRUG_ADMINISTRATION
    stated = set(question.circumstances)
    apart = stated & {Circumstance.OTHER_SITE, Circumstance.OTHER_ENCOUNTER}
    return Circumstance.SAME_SITE in stated and not apart and not drug and not is_visit(edit.column_two)


def either(modifiers: Sequence[str]) -> str:
    """The modifiers as one of which a reader chooses: "XE, XS or 59"."""
    if not modifiers:
        return "a modifier that is earned"
    return " or ".join(filter(None, (", ".join(modifiers[:-1]), modifiers[-1])))
