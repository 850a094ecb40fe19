"""A visit code that had ended by the date of service: the code of its level since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.visit_rules import VisitRules, hangs, listed, proposed, stands, told
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_CODE = re.compile(r"\b99[23]\d\d\b")
_RANGE = re.compile(r"\b(99[23]\d\d)\s?(?:-|to|through|thru|\u2013)\s?(99[23]\d\d)\b")
_CONSULTATIONS = frozenset({"99241", "99251"})
_OPEN = re.compile(r"\bwhat (?:should|do|would|can)\b|\bwhich\b", re.IGNORECASE)


def _of_ranges(text: str, table: Mapping[str, object]) -> list[str]:
    """The ended codes of a range such as `99218-99220`, in their order."""
    return sorted(code for first, last in _RANGE.findall(text) for code in table if first <= code <= last)


def _for_medicare(rules: VisitRules, code: str, said: list[str]) -> Iterator[Opinion]:
    """Medicare takes no consultation codes: the visit of the place stands in."""
    office = code == "99241"
    pair = ("99202", "99212") if office else ("99221", "99231")
    whens = (
        ("the patient is new", "the patient is established")
        if office
        else ("it is the first visit of the stay", "it is a later visit")
    )
    said.append(
        f"Medicare has taken no consultation codes (99242-99255, status I) since 2010: there it is "
        f"{listed(pair, 'or')} by the place, "
        f"or another level as documented."
    )
    yield from (hangs(each, when) for each, when in zip(pair, whens, strict=True))
    if rules.question.payer is None:
        yield hangs("99242" if office else "99252", "the plan takes consultation codes")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What the ended code's level is reported with; nothing where no visit code in the question has ended."""
    rules = VisitRules(knowledge, question)
    table = cast("Mapping[str, Mapping[str, Any]]", rules.value("evaluation.retired_codes") or {})
    named = dict.fromkeys([*proposed(question), *_CODE.findall(question.text), *_of_ranges(question.text, table)])
    ended = [code for code in named if code in table and str(question.as_of) > str(table[code]["last_day"])]
    if not ended:
        return NOTHING
    said: list[str] = []
    opinions: list[Opinion] = []
    for code in ended:
        row = table[code]
        instead = listed(row["instead"], "or")
        said.append(
            f"{code} was deleted, last valid on {row['last_day']}; since then its level ({row['level']}) is "
            f"{instead}, by decision making or time."
        )
        if code in _CONSULTATIONS and question.payer in {None, Payer.MEDICARE}:
            opinions += list(_for_medicare(rules, code, said))
            continue
        sure = len(row["instead"]) == 1 and len(ended) == 1
        opinions += [stands(each) if sure else hangs(each, "its own rule is met") for each in row["instead"]]
    references = rules.references("evaluation.retired_codes")
    which = _OPEN.search(question.text) is not None
    verdict = Verdict.NO if question.wants_yes_or_no and not which else None
    findings = tuple(told(each, references, verdict=verdict) for each in said)
    return Findings(findings, tuple(opinions), headlines=tuple(said), closed=tuple(ended) if which else ())
