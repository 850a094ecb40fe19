"""What a modifier is for, where modifiers themselves are asked about: their use, the usual mistake, the difference.

Source: the modifiers of `knowledge/modifiers.yaml` and `knowledge/modifiers/`, each with its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.operations import written_modifiers
from caseconsultant.domain.answer import Finding, Kind
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import ModifierRecord

_ABOUT = re.compile(
    r"\b(?:differen(?:ce|t)|diff\b|when (?:do|should|is|are|can|to|would|must)|what (?:is|are|does|do)|how (?:is|do|"
    r"should)|explain|meaning|mean|"
    r"definition|defin\w+|purpose|instead of|rather than|versus|vs\.?|used for|proper use|appropriate use|"
    r"correct use)\b"
)
_IN_A_ROW = re.compile(r"\bmod(?:ifier)?s?\s(?P<list>(?:-?(?:\d\d|[A-Z]\w)[\s,/&]+){2,}(?:\d\d|[A-Z]\w)?)")
_MOST = 4


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The modifiers named, what each is for; nothing where the question is of a claim's lines."""
    if any(not each.absent for each in question.codes) or not _ABOUT.search(question.text.lower()):
        return NOTHING
    written = [each for each in question.modifiers if each in written_modifiers(question)]
    named = list(dict.fromkeys([*written, *_listed(question.text)]))[:_MOST]
    records = [record for each in named if (record := knowledge.modifier(each, on=question.as_of))]
    if not records:
        return NOTHING
    return Findings(tuple(_finding(each) for each in records), headlines=_headlines(records))


def _listed(text: str) -> Sequence[str]:
    """Modifiers in a row after the word: `mod 24 25 57 diff`."""
    found = _IN_A_ROW.search(text)
    return [each.upper() for each in re.findall(r"\b\w\w\b", found["list"])] if found else ()


def _finding(record: ModifierRecord) -> Finding:
    mistake = f" Not: {record.mistake}." if record.mistake else ""
    note = f" The note must show {record.note_must_say}." if record.note_must_say else ""
    statement = f"{_use(record)}{mistake}{note} {record.payment}"
    return Finding(Topic.MODIFIERS, Kind.PAYABLE, statement.strip(), record.references)


def _headlines(records: Sequence[ModifierRecord]) -> tuple[str, ...]:
    return tuple(_use(record) for record in records)


def _use(record: ModifierRecord) -> str:
    use = record.use[:1].lower() + record.use[1:].rstrip(".")
    return f"{record.modifier}: {use}."
