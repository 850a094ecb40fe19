"""Both sides: 50, RT and LT, or neither, by the bilateral indicator, the setting and the payer.

Sources: Medicare Claims Processing Manual 12 §40.7; NCCI Policy Manual I §V and XII §D.15.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.operations import modifier_finding, written_modifiers
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.answer import Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question

_BOTH = re.compile(
    r"\bbilateral(?:ly)?\b|\bbilat\b|\bb/l\b|\bboth (?:sides?|eyes?|ears?|knees?|shoulders?|hips?|hands?|wrists?|"
    r"feet|legs?|arms?|"
    r"breasts?|elbows?|ankles?|thumbs?|nostrils?|sinuses|kidneys|groins|carpal)\b|\b(?:right|rt|"
    r"r) (?:and|&|\+|/) (?:the )?(?:left|lt|l)\b|"
    r"\b(?:left|lt) (?:and|&|\+|/) (?:the )?(?:right|rt)\b|\beach (?:side|eye|ear|knee|shoulder|hip)\b|"
    r"\btwo (?:knees|shoulders|"
    r"hips|eyes|ears)\b"
)
_FIFTY_OR_TWO = re.compile(r"\b50 (?:or|vs\.?) (?:x\s?2|2 units|two units|2 lines|two lines|rt|lt)\b")
_RATES = {"1": "paid at 150 percent", "3": "each side paid in full (200 percent)"}
_SURGICAL_BELOW = 7
"""Codes that begin with a lower figure are surgery."""


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """How both sides of the one procedure written are reported; nothing where one side or several codes are told."""
    written = written_modifiers(question)
    told = _BOTH.search(question.text.lower()) is not None or "50" in written or {"LT", "RT"} <= written
    told = told or _FIFTY_OR_TWO.search(question.text.lower()) is not None
    codes = list(dict.fromkeys(each.code for each in question.codes if not each.absent and not is_visit(each.code)))
    procedures = [code for code in codes if code[0].isdigit()]
    if not told or len(procedures) != 1:
        return NOTHING
    fee = knowledge.fees.record(procedures[0], on=question.as_of)
    rule = parameter_of(knowledge, question, "surgical_payment.bilateral.meaning")
    if fee is None or rule is None or fee.bilateral not in cast("Mapping[str, str]", rule.value):
        return NOTHING
    references = (fee.reference, *rule.references)
    return _reported(procedures[0], fee.bilateral, question, references, knowledge)


def _reported(
    code: str, indicator: str, question: Question, references: tuple[Reference, ...], knowledge: Knowledge
) -> Findings:
    statement, modifiers, asks = _way(code, indicator, question)
    wrong = _wrong(code, indicator, question)
    limit = knowledge.mue(code, setting=question.setting or Setting.OFFICE, on=question.as_of)
    beside = f" The MUE of {code} is {limit.units} (MAI {limit.mai})." if limit and limit.units else ""
    cited = (*references, *((limit.reference,) if limit and beside else ()))
    finding = modifier_finding(statement + beside, cited, Verdict.NO if wrong else Verdict.YES)
    units = 2 if question.setting is Setting.ASC and indicator == "1" else 1
    opinion = Opinion(code, Standing.STANDS, units, most=units, modifiers=modifiers)
    return Findings((finding,), (opinion,), asks=asks, corrections=wrong, headlines=(statement,))


def _way(code: str, indicator: str, question: Question) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The statement, the modifiers of the line, what is asked."""
    said = f"{code} has bilateral indicator {indicator}"
    if indicator == "0":
        return f"{said}: one line, one unit, no 50; both sides are paid as one.", (), ()
    if indicator == "2":
        return f"{said}: it is priced for both sides already, so one line, one unit, no 50.", (), ()
    if indicator not in _RATES:
        return f"{said}: 50 does not apply to it.", (), ()
    if question.setting is Setting.ASC:
        return f"{said}. A surgery center bills two lines, RT and LT, one unit each.", ("RT", "LT"), ()
    rate = _RATES[indicator]
    imaging = " or RT and LT lines" if int(code[0]) >= _SURGICAL_BELOW else ""
    if question.payer in {Payer.COMMERCIAL, Payer.MEDICAID}:
        statement = (
            f"{said}: Medicare takes one line with 50{imaging}, one unit, {rate}; the plan may want RT and LT lines."
        )
        return statement, ("50", "RT", "LT"), ("Does the plan want one line with 50, or a line each with RT and LT?",)
    statement = f"{said}. Medicare: one line with 50{imaging}, one unit, {rate}."
    if question.setting is None:
        statement += " A surgery center bills two lines, RT and LT."
    if question.payer is None:
        statement += " Some other payers want RT and LT lines."
    asks = (
        *(("Which payer is it?",) if question.payer is None else ()),
        *(("In which setting: office, hospital or surgery center?",) if question.setting is None else ()),
    )
    return statement, ("50", "RT", "LT") if asks else ("50",), asks


def _wrong(code: str, indicator: str, question: Question) -> tuple[str, ...]:
    """50 where it has no place."""
    if "50" not in written_modifiers(question) or not (question.wants_yes_or_no or "wrong" in question.text.lower()):
        return ()
    if indicator in {"0", "2"}:
        why = "is priced for both sides already" if indicator == "2" else "takes no 50"
        return (f"{code} {why} (bilateral indicator {indicator}): one unit without 50.",)
    if question.setting is Setting.ASC:
        return (f"A surgery center does not bill 50 on {code}, but two lines, RT and LT, one unit each.",)
    return ()
