"""Whether a code counts as the primary of an add-on code, where just that is asked. Source: NCCI add-on code edits."""

from __future__ import annotations

import re
from itertools import permutations

from caseconsultant.consulting.branches import named, settings_of
from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import AddOn

_SPOKEN_OF = re.compile(r"\b(?:primary|parent|base)\b", re.IGNORECASE)
_ASKED = (
    r"\b{primary}\b[^?!\n]{{0,40}}\b(?:primary|parent|base)(?:\s(?:code|procedure|service))?\s(?:code\s)?"
    r"(?:for|of|to|with)\s(?:the\s)?(?:add-?on\s)?(?:code\s)?{add_on}\b"
)

_LEFT_OUT = (
    r"\b{add_on}\b[^?!\n]{{0,40}}\bwithout\s(?:an?\s|the\s|its\s|also\s|billing\s|primary\s|code\s){{0,3}}{primary}\b"
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Yes or no with the list's own days; nothing where no such thing is asked."""
    alone = _without(question, knowledge)
    if alone.findings:
        return alone
    pair = asked(question)
    record = knowledge.add_on(pair[1], on=question.as_of) if pair else None
    if pair is None or record is None:
        return NOTHING
    statement, right = _counts(pair[0], record, question)
    finding = Finding(Topic.NCCI, Kind.CODABLE, statement, (record.reference,), Verdict.YES if right else Verdict.NO)
    return Findings((finding,), headlines=(statement,), closed=pair)


def _without(question: Question, knowledge: Knowledge) -> Findings:
    """No to an add-on code without its primary, where no other primary of it is written."""
    codes = dict.fromkeys(each.code for each in question.codes)
    for code, other in permutations(codes, 2):
        record = knowledge.add_on(code, on=question.as_of)
        left_out = re.search(_LEFT_OUT.format(add_on=code, primary=other), question.text, re.IGNORECASE)
        if not (record and left_out and question.wants_yes_or_no) or set(record.primaries) & {*codes} != {other}:
            continue
        said = f"{code} is an add-on code, paid only beside a primary of its list that is itself paid, such as {other}."
        finding = Finding(Topic.NCCI, Kind.CODABLE, said, (record.reference,), Verdict.NO)
        return Findings((finding,), headlines=(said,), closed=(code, other))
    return NOTHING


def asked(question: Question) -> tuple[str, str] | None:
    """The code and the add-on code of which it may be the primary."""
    codes = dict.fromkeys(each.code for each in question.codes)
    if not (question.wants_yes_or_no and _SPOKEN_OF.search(question.text)):
        return None
    return next(
        (
            (first, second)
            for first, second in permutations(codes, 2)
            if re.search(_ASKED.format(primary=first, add_on=second), question.text, re.IGNORECASE)
        ),
        None,
    )


def _counts(code: str, record: AddOn, question: Question) -> tuple[str, bool]:
    """What the list says of the day, and whether the code counts there and then."""
    (setting, *others) = settings_of(question)
    where = "" if others else f" {named(setting)}"
    if code not in record.primaries:
        listed = ", ".join(record.primaries)
        return f"{code} is no primary of {record.code} on {question.as_of}: the list has {listed}.", False
    if setting is Setting.OUTPATIENT_HOSPITAL and code in record.practitioner_only:
        return f"{code} counts as a primary of {record.code} for practitioners only, not{where}.", False
    last = dict(record.ending).get(code)
    until = f" The list counted it to {last} and no longer." if last else ""
    only = " The list marks it for practitioners only." if code in record.practitioner_only else ""
    facility = " The add-on code itself is for hospitals only." if record.facility_only else ""
    return f"On {question.as_of} {code} counts as a primary of {record.code}{where}.{until}{only}{facility}", True
