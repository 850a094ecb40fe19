"""Transfer of care: 54 for the operation alone, 55 for the days after, and who of two physicians reports which.

Sources: Medicare Claims Processing Manual 12 §40.2 and §40.4; the final rule for 2025 on informal transfers.
"""

from __future__ import annotations

import re
from datetime import timedelta

from caseconsultant.consulting.calculators.transfer import divided_days
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.operations import MAJOR, Operation, modifier_finding, operations, written_modifiers
from caseconsultant.consulting.reading.transfer_days import transfer_day
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question

_PARTS = frozenset({"54", "55", "56"})
_TRANSFER = re.compile(
    r"\btransfer(?:red|s)?\b[^.?!]{0,30}\b(?:care|agreement|follow|post)|\bsigned transfer\b|\btransfer of care\b|"
    r"\bco-?manag\w+\b|"
    r"\b(?:follow-?\s?up|post-?op\w*|aftercare)\b[^.?!]{0,60}\b(?:another|other|different|local|at home|orthop\w+|"
    r"optometrist|elsewhere|"
    r"someone else|takes over|will be done by)\b|\b(?:another|other|different|local|own|"
    r"home)\s(?:\w+\s){0,3}(?:to (?:do|give|provide|handle)|does|do|will do|gives|handles) (?:the )?(?:follow|post|"
    r"after)|"
    r"\b(?:takes?|took|assum\w+) over\b|\bsplit\b[^.?!]{0,20}\bglobal\b|"
    r"\bdivide the global\b"
)
_INFORMAL = re.compile(
    r"\b(?:nothing|not|no|without|never)\b[^.?!]{0,30}\b(?:writing|written|formal|document\w*|agreement)\b|"
    r"\binformal\w*\b|\bexpect\w*\b|\bassum\w+ that\b"
)
_SURGEON_55 = re.compile(r"\b55\b[^.?!]{0,30}\bfor (?:the|our) (?:surgeon|operating|ophthalmologist)")
_MUST = re.compile(r"\bmandatory|\brequired|\bmust\b|\bha(?:ve|d) to\b|\bneeded\b")
_SPLINT = re.compile(r"\b(?:splint|sling|immobili[sz]er|strapping|brace)\w*\b")
_MANIPULATED = re.compile(r"\bmanipulat\w+\b|\breduc(?:ed|tion|ing)\b|\bset\b|\brealign\w+\b")
_FRACTURE = re.compile(r"\bfractur\w+\b|\bbroken\b|\bbreak\b|\bfx\b|\bcolles\b")
_PACKAGE = 90
"""Days of a major operation's package after it."""
_SINCE_2025 = (
    "since 2025-01-01 whenever the surgeon means to give only a part of the package, by a formal transfer or an "
    "informal, expected one"
)
_BEFORE_2025 = "only with a formal, documented transfer of care; since 2025-01-01 also for an informal, expected one"
_PARTED = (
    "54 is the surgeon's, for a 090 operation without the days after: {when}. 55 is the receiving physician's, who "
    "needs the documented transfer with its date and has seen the patient once; both use the same code and the date "
    "of the operation. 54 pays the preoperative and intraoperative shares, 55 the postoperative one by days."
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Which of two physicians reports 54 and 55, and when 54 must be used; nothing where no care changes hands."""
    text = question.text.lower()
    parts = written_modifiers(question) & _PARTS
    if not parts and not _TRANSFER.search(text):
        return NOTHING
    rule = parameter_of(knowledge, question, "global_surgery.transfer.modifier_54_required_for")
    share = parameter_of(knowledge, question, "global_surgery.payment.share_of")
    if rule is None or share is None:
        return NOTHING
    done = next(iter(operations(question, knowledge)), None)
    informal = "informal" in str(rule.value)
    when = _SINCE_2025 if informal else _BEFORE_2025
    statement = f"{done} {_PARTED.format(when=when)}" if done else _PARTED.format(when=when)
    cited = (*(done.references if done else ()), *rule.references, *share.references)
    corrections = tuple(_wrong(question, informal=informal))
    days = _days(done, question)
    verdict = Verdict.NO if corrections else None
    return Findings(
        (*([modifier_finding(days, cited, None)] if days else ()), modifier_finding(statement, cited, verdict)),
        _opinions(done, question, text),
        asks=_asks(question, text),
        corrections=corrections,
        headlines=(*([days] if days else ()), statement),
    )


def _days(done: Operation | None, question: Question) -> str:
    """How many days each of the two gives, where the day of the transfer is told."""
    told = transfer_day(question.text, as_of=question.as_of)
    if told is None or (done is not None and done.days != MAJOR):
        return ""
    assumed, operated = told
    own, others = divided_days(assumed)
    last = f", to {operated + timedelta(days=_PACKAGE)}" if operated else ""
    since = f" from {operated + timedelta(days=assumed)}" if operated else f" from day {assumed}"
    return (
        f"Of the {_PACKAGE} days after the operation{last} the surgeon gives {own} and whoever takes over{since} gives "
        f"{others}: the receiver's line has 55, the date of the operation and the date the care was assumed."
    )


def _wrong(question: Question, *, informal: bool) -> list[str]:
    text = question.text.lower()
    if _SURGEON_55.search(text):
        return ["The other way round: 54 is the surgeon's, 55 that of whoever gives the care after the operation."]
    if _MUST.search(text) and _INFORMAL.search(text) and not informal and question.wants_yes_or_no:
        wrong = (
            f"54 was not required on {question.as_of}: then it took a formal, documented transfer of care; an "
            "informal, expected one counts since 2025-01-01."
        )
        return [wrong]
    return []


def _opinions(done: Operation | None, question: Question, text: str) -> tuple[Opinion, ...]:
    """The operation's line as far as it is the sender's; a fracture that was only splinted hangs on its treatment."""
    written = [each for mention in question.codes if done and mention.code == done.code for each in mention.modifiers]
    parts = tuple(each for each in written if each in _PARTS)
    if done is None or done.days != MAJOR or not parts:
        return ()
    if _SPLINT.search(text) and _FRACTURE.search(text) and not _MANIPULATED.search(text):
        when = "the fracture itself was treated, not only splinted, and someone else gives the follow-up"
        return (Opinion(done.code, Standing.CONDITIONAL, when=when, modifiers=parts),)
    return (Opinion(done.code, Standing.STANDS, modifiers=parts[:1]),)


def _asks(question: Question, text: str) -> tuple[str, ...]:
    if _SPLINT.search(text) and _FRACTURE.search(text) and not _MANIPULATED.search(text):
        return ("Was the fracture manipulated or otherwise treated, and who gives the follow-up care?",)
    return () if question.codes else ("Which operation was it, and is there a documented transfer with its date?",)
