"""The global package: a visit on the day of a procedure or before it (25, 57). The days after: `after_operation`.

Sources: Medicare Claims Processing Manual 12 §40; NCCI Policy Manual I §D; `knowledge/rules/global_surgery.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.branches import settings_of
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.operations import (
    MAJOR,
    MINOR,
    NO_PACKAGE,
    VERDICTS,
    Operation,
    modifier_finding,
    named_operations,
    operation,
    operations,
    visits,
    written_modifiers,
)
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import after_operation
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.question import Intent, Question
from caseconsultant.domain.records import PtpEdit
from caseconsultant.domain.surgery import Timing, VisitWork

_PACKAGE_MODIFIERS = frozenset({"24", "25", "57", "58", "78", "79", "FT"})
_ASKS_BESIDE = frozenset({Intent.TOGETHER, Intent.MODIFIER, Intent.DENIAL})
_OF_LENGTH = re.compile(
    r"\bhow (?:many|long)\b[^.?!\n]{0,20}\b(?:global|post-?op)|\b"
    r"(?:what|which) (?:is|are) the global (?:days|period|package)|"
    r"\bglobal (?:period|days|package) (?:of|for)\b|^\W*[0-9a-z]\d{4}\s(?:is\s)?global(?: days?| period)?\W*$|"
    r"\b(?:have|has) an? (?:\d+[\s-]days?\s)?global\b"
)
_OF_THE_VISIT = re.compile(
    r"\b(?:office |clinic )?(?:visit|e\s?/?\s?m)\b[^.?!\n]{0,50}\b(?:bill\w*|charg\w+|cod\w+|paid|report\w*|"
    r"besides?|too|as well|separate\w*)\b|"
    r"\b(?:bill\w*|charg\w+|cod\w+|add|report\w*)\b[^.?!\n]{0,50}\b(?:visit|e\s?/?\s?m)\b",
    re.IGNORECASE,
)
_WHICH = "Which procedure was it (its code decides the global days), and when?"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What the package makes of the visit or the further operation told of; nothing where none is."""
    told = question.surgery
    if not _asked(question):
        return NOTHING
    done = operations(question, knowledge) or named_operations(question, knowledge)
    if not (told.operation_told or done):
        return NOTHING
    if done and not visits(question) and _OF_LENGTH.search(question.text.lower()):
        return _length(done, question, knowledge)
    if told.timing is Timing.AFTER:
        return after_operation.findings(question, done, knowledge=knowledge)
    return _beside(question, done, knowledge) if told.visit_told else NOTHING


def of_brought(codes: Sequence[str], question: Question, *, knowledge: Knowledge) -> Findings:
    """A visit told in words beside a procedure that a topic worked out from words (`the shot and the office visit`)."""
    told = question.surgery
    written = operations(question, knowledge) or visits(question)
    if written or not told.visit_told or not _OF_THE_VISIT.search(question.text):
        return NOTHING
    rule = parameter_of(knowledge, question, "global_surgery.decision.visit")
    found = [each for code in codes if (each := operation(code, question, knowledge))]
    done = [each for each in found if each.days in {MAJOR, *MINOR}]
    if rule is None or len(done) != 1 or told.timing is Timing.AFTER:
        return NOTHING
    return _visit_and(done[0], (), question, rule.references)


def _length(done: Sequence[Operation], question: Question, knowledge: Knowledge) -> Findings:
    """How long the package is, and what it holds."""
    held = parameter_of(knowledge, question, "global_surgery.package.included")
    what = f" The package holds {'; '.join(cast('Sequence[str]', held.value)[:4])}." if held else ""
    said = [modifier_finding(f"{each}{what if each.days in {MAJOR, *MINOR} else ''}", each.references) for each in done]
    return Findings(tuple(said), headlines=tuple(str(each) for each in done))


def _asked(question: Question) -> bool:
    """A question of claims: of two services, of a modifier or a denial, or with one of the package's modifiers."""
    wanted = _ASKS_BESIDE.intersection(question.intents) or written_modifiers(question) & _PACKAGE_MODIFIERS
    return bool(wanted) or question.wants_yes_or_no or "global" in question.text.lower() or "?" in question.text


def _beside(question: Question, done: Sequence[Operation], knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, "global_surgery.decision.visit")
    if rule is None:
        return NOTHING
    seen = visits(question)
    packaged = [each for each in done if each.days in {MAJOR, *MINOR} or _edited(each, seen, question, knowledge)]
    if packaged and (seen or (question.surgery.timing and len(done) == 1)):
        deciding = max(packaged, key=lambda each: (each.days == MAJOR, each.days in MINOR))
        return _visit_and(deciding, seen, question, rule.references)
    if done or not (question.surgery.timing and _of_decision(question)):
        return NOTHING
    return _visit_and_unknown(question, rule.references)


def _edited(done: Operation, seen: Sequence[CodeMention], question: Question, knowledge: Knowledge) -> bool:
    """Whether NCCI pairs a code without a package with the visit: then that one takes 25 too."""
    edits = [
        (each.code, knowledge.ptp_edit(done.code, each.code, setting=setting, on=question.as_of))
        for each in seen
        for setting in settings_of(question)
    ]
    return done.days == NO_PACKAGE and any(
        isinstance(edit, PtpEdit) and edit.column_two == visit and edit.modifier_indicator == 1 for visit, edit in edits
    )


def _of_decision(question: Question) -> bool:
    """Whether 25 or 57 is in question where no procedure is coded."""
    decided = question.surgery.work in {VisitWork.DECIDED, VisitWork.DECIDED_BEFORE}
    return bool(written_modifiers(question) & {"25", "57"}) or (decided and Intent.MODIFIER in question.intents)


def _visit_and(
    done: Operation, seen: Sequence[CodeMention], question: Question, references: tuple[Reference, ...]
) -> Findings:
    cited = (*done.references, *references)
    if done.days != MAJOR and question.surgery.timing is Timing.DAY_BEFORE:
        statement = f"{done} The package does not reach the day before, so the visit needs no modifier."
        return Findings((modifier_finding(statement, cited),), headlines=(statement,))
    modifier = "57" if done.days == MAJOR else "25"
    standing, when, why = _standing(done, question)
    named = seen[0].code if seen else "The visit"
    statement = f"{done} {_rule(named, standing, modifier, when, why)}"
    opinions = [] if done.name else [Opinion(done.code, Standing.STANDS)]
    opinions += [Opinion(each.code, standing, when=when, why=why, modifiers=(modifier,)) for each in seen]
    return Findings(
        (modifier_finding(statement, cited, VERDICTS[standing]),),
        tuple(opinions),
        asks=(_what_beyond(done),) if standing is Standing.CONDITIONAL else (),
        corrections=_wrong_modifier(done, seen, question),
        headlines=() if seen else (statement,),
    )


def _what_beyond(done: Operation) -> str:
    work = "the operation" if done.days == MAJOR else f"deciding on and doing {done.code}"
    return f"What did the visit do beyond {work}: a separate problem, or only the decision?"


def _standing(done: Operation, question: Question) -> tuple[Standing, str, str]:
    """How the visit stands: on what it hangs (`when`), why it falls (`why`)."""
    if done.days == MAJOR:
        when = f"the decision to do {done.code} was made at it"
        why = f"the decision to do {done.code} was made before, and the visit belongs to its package"
        settled = {VisitWork.DECIDED: Standing.STANDS, VisitWork.DECIDED_BEFORE: Standing.REFUSED}
    else:
        when = f"the visit was significant work of its own, beyond deciding on and doing {done.code}"
        why = f"the decision to do {done.code} is included in it, for a new patient too"
        settled = {
            VisitWork.SEPARATE: Standing.STANDS,
            VisitWork.DECISION_ONLY: Standing.REFUSED,
            VisitWork.DECIDED_BEFORE: Standing.REFUSED,
        }
    work = question.surgery.work
    return settled.get(work, Standing.CONDITIONAL) if work else Standing.CONDITIONAL, when, why


def _rule(named: str, standing: Standing, modifier: str, when: str, why: str) -> str:
    if standing is Standing.REFUSED:
        return f"{named} is not billed beside it: {why}."
    return f"{named} takes {modifier}{' ' if standing is Standing.STANDS else ', and only '}if {when}."


def _wrong_modifier(done: Operation, seen: Sequence[CodeMention], question: Question) -> tuple[str, ...]:
    """57 belongs to major surgery, 25 to minor; a decision for major surgery is never 25."""
    written = {modifier for each in seen for modifier in each.modifiers}
    written |= set(question.modifiers) if question.wants_yes_or_no else set()
    if done.days in MINOR and "57" in written:
        return (f"57 is for a decision on major surgery (global 090); {done.code} has {done.days}, so 25 if earned.",)
    if done.days == MAJOR and "25" in written and question.surgery.work is VisitWork.DECIDED:
        return (f"{done.code} has 090 global days: the visit that decides on it takes 57, not 25.",)
    return ()


def _visit_and_unknown(question: Question, references: tuple[Reference, ...]) -> Findings:
    """Both branches, where the procedure is not coded."""
    day = "the day before or the day of" if question.surgery.timing is Timing.DAY_BEFORE else "the day of"
    statement = (
        f"The procedure's global days decide. 090 (major): 57 on the visit, {day} the operation, if the decision to "
        "operate was made at it. 000 or 010 (minor): 25, if the visit was significant work of its own beyond deciding "
        "on the procedure, which is included."
    )
    return Findings((modifier_finding(statement, references),), asks=(_WHICH,), headlines=(statement,))
