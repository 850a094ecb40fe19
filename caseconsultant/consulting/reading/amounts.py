"""An amount as asked for: whose, in which places, for which kind of practitioner."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question

_AMOUNT = re.compile(
    r"\bnational (?:amount|rate|payment|fee)s?\b|\blower\b[^.?!\n]{0,20}\bpos\b|\bpar (?:vs\.?|"
    r"versus|and|or) non-?par\b|"
    r"\bhow much\b(?=[^.?!\n]{0,60}\b(?:pay\w*|paid|reimburse\w{0,5}|allow\w{0,4}|cost|get|charge)"
    r"\b)|\brvus?\b|\bfee schedule\b|"
    r"\ballow(?:ed|able) (?:amount|charge|rate|fee)s?\b|\bmedicare allows?\b|\b(?:payment|"
    r"reimbursement|par|nonpar|medicare|allowed) (?:rate|amount)s?\b|\bconversion factors?\b|"
    r"\bhow much\s?\??\s*$|\bhow much\b[^.?!\n]{0,12}\b[0-9A-Z]\d{4}\b|\b85 ?(?:percent|%) (?:of|x)"
    r"\b|\b\d{5}\s(?:pays?|payment)\b|\bmedicare fees?\b|\bpa(?:y|id) (?:us )?(?:\S+ )?(?:less|"
    r"lower|short)\b|"
    r"\b(?:medicare|mcr|natl|national|mpfs)\s(?:(?:medicare|mcr)\s)?allow(?:able|ed)s?\b|"
    r"\ballow(?:able|ed)s? (?:for|of|on)\b|"
    r"\bwhat(?:'s| is| was) (?:the )?(?:\w+ )?(?:\w+ )?allowables?\b|"
    r"\b(?:was |were )?paid\b[^.?!\n]{0,40}\ballowed\b|"
    r"\b2 ?% less\b|\bsequest\w+|\bwhat (?:does|will|would|did|do) (?:\w{1,12}\s){1,3}(?:pay|allow|"
    r"reimburse)\b|\blimiting charge\b|\b115 ?(?:percent|%)|\bmpfs\b|\bpar fee\b",
    re.IGNORECASE,
)
_NONPAR = re.compile(
    r"\bnon-?\s?par(?:ticipating)?\b|\blimiting charge\b|\bunassigned\b|\bnot participating\b|\bnot a par\b",
    re.IGNORECASE,
)
_WRONG_LIMIT = re.compile(
    (
        r"\b115 ?(?:percent|%)\s?(?:of|over|above|x)\s(?:it|that|the (?:fee schedule|par|allowed|full|"
        r"medicare)\b)|\b115 ?(?:percent|%)\b"
    ),
    re.IGNORECASE,
)
_STATED = re.compile(r"\$?\s?(?P<amount>\d{1,4}\.\d{2})\b")
_PRACTITIONER = re.compile(
    r"\b(?-i:NP|PA|CNS|APRN|PA-C|FNP|APP)s?\b|\bnurse practitioners?\b|\bphysician assistants?\b|\bmid-?levels?\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:aetna|cigna|uhc|united\s?health\w*|bcbs\w*|blue cross|anthem|humana|commercial|kaiser)\b", re.IGNORECASE
)
_LESS = re.compile(
    r"\bsequest\w+|\b(?:why|paid) (?:\w{1,10} ){0,4}(?:less|lower|short)\b|\b2 ?(?:percent|%)|\bco-?253\b",
    re.IGNORECASE,
)
_PAID_OF = re.compile(
    r"\bpaid\s(?:us\s|only\s)?\$?\s?(?P<part>\d{1,5}\.\d{2})\s(?:out )?of\s(?:the\s|an?\s)?(?:allowed\s)?\$?\s?"
    r"(?P<whole>\d{1,5}(?:\.\d{2})?)(?:\sallowed)?\b|"
    r"\$?\s?(?P<paid>\d{1,4}\.\d{2})\b[^.?!\n]{0,40}?\bpaid\b[^?!\n]{0,60}?\ballow\w*\s(?:\w{1,8}\s){0,3}?\$?\s?"
    r"(?P<allowed>\d{1,5}(?:\.\d{2})?)\b|"
    r"\ballow\w*\s(?:\w{1,8}\s){0,3}?\$?\s?(?P<first>\d{1,5}(?:\.\d{2})?)\b[^?!\n]{0,40}?\bpa(?:id|ys?)\s"
    r"(?:\w{1,8}\s){0,2}?\$?\s?(?P<then>\d{1,5}(?:\.\d{2})?)\b",
    re.IGNORECASE,
)
_POS = re.compile(
    r"\b(?:pos\s?)?(?P<first>\d{2})\s?(?:vs\.?|versus|or|and|/)\s?(?:pos\s?)?(?P<second>\d{2})\b", re.IGNORECASE
)
_IN_OFFICE = {Setting.OFFICE, Setting.HOME}


@dataclass(frozen=True, slots=True)
class Amounts:
    """What the words tell."""

    nonparticipating: bool
    wrong_limit: bool
    stated: tuple[int, ...]
    """Amounts written, in cents."""
    practitioner: bool
    plan: bool
    less: bool
    factor: bool
    facilities: tuple[bool, ...]
    paid_of: tuple[int, int] | None = None
    """An amount paid and the amount allowed, in cents, where both are written."""


def amounts(question: Question) -> Amounts | None:
    """The amount asked for, None where none is."""
    text = question.text
    if not _AMOUNT.search(text):
        return None
    return Amounts(
        _NONPAR.search(text) is not None,
        _NONPAR.search(text) is not None and _WRONG_LIMIT.search(text) is not None,
        tuple(round(float(each["amount"]) * 100) for each in _STATED.finditer(text)),
        _PRACTITIONER.search(text) is not None,
        _PLAN.search(text) is not None,
        _LESS.search(text) is not None,
        re.search(r"\bconversion factors?\b|\bmpfs cf\b", text, re.IGNORECASE) is not None,
        _facilities(question),
        _paid_of(text),
    )


def _paid_of(text: str) -> tuple[int, int] | None:
    found = _PAID_OF.search(text)
    if found is None:
        return None
    paid, allowed = (
        found["paid"] or found["then"] or found["part"],
        found["allowed"] or found["first"] or found["whole"],
    )
    return round(float(paid) * 100), round(float(allowed) * 100)


def _facilities(question: Question) -> tuple[bool, ...]:
    """Both columns unless the setting tells one; `POS 11 vs 19` asks for both."""
    compares = any(
        {match["first"], match["second"]} & {"11", "12", "10"}
        and {match["first"], match["second"]} & {"19", "21", "22", "23", "24", "02"}
        for match in _POS.finditer(question.text)
    )
    both = re.search(
        (
            r"\b(?:hospital|facility|outpatient)\b[^.?!\n]{0,20}\b(?:vs\.?|versus|or|and|compared)"
            r"\b[^.?!\n]{0,20}\boffice\b|\boffice\b[^.?!\n]{0,40}\b(?:vs\.?|versus|or|and|compared)"
            r"\b[^.?!\n]{0,40}\b(?:hospital|"
            r"facility|outpatient)\b|\b(?:non-?\s?)?fac(?:ility)? (?:vs\.?|and|&|or|"
            r"versus) (?:non-?\s?)?fac(?:ility)?\b"
        ),
        question.text,
        re.IGNORECASE,
    )
    lower = re.search(r"\bwhy\b[^.?!\n]{0,40}\b(?:lower|less)\b", question.text, re.IGNORECASE)
    if question.setting is None or compares or both or lower:
        return (False, True)
    return (question.setting not in _IN_OFFICE,)
