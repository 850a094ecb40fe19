"""Screening colonoscopy: G0105 or G0121, PT or 33 once tissue was taken, several methods, and what the patient pays."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import written_modifiers
from caseconsultant.consulting.reading.colonoscopy import Colonoscopy, colonoscopy
from caseconsultant.consulting.topics.telling import Telling, both, percent
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_SCREENING_CODES = ("G0105", "G0121")
_DIAGNOSTIC = "45378"
_OF_DIAGNOSES = re.compile(r"\bz[- ]?codes?\b|\bwhich z\b|\bdx\b|\bdiagnos[ei]s\b|\bicd\b|\bZ\d\d\.\d+", re.IGNORECASE)
_ANESTHESIA = re.compile(r"\b0081[12]\b|\banesthesia (?:code|claim|for|bill\w*)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:min(?:imum)? age|at age|age \d\d|how old|younger|under (?:age )?\d\d)\b", re.IGNORECASE)
_TURNED = "endoscopy.screening.turned_therapeutic"
_COINSURANCE = "preventive.colorectal.coinsurance_with_pt"
_INTERVALS = "preventive.colorectal.interval_months"

_KX_BESIDE = re.compile(
    r"\bKX\b\s?(?:and|&|\+|with|/)\s?-?PT\b|\bPT\b\s?(?:and|&|\+|with|/)\s?-?KX\b|\bboth\b[^.?!\n]{0,12}\bKX\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The lines, modifiers, diagnoses and shares of a colonoscopy; nothing where none is told of."""
    told = colonoscopy(question)
    if told is None:
        return NOTHING
    if _OF_DIAGNOSES.search(question.text) and not told.codes and not told.methods and not told.asks_share:
        return NOTHING
    telling = Telling(question, knowledge)
    if _aside(told, telling):
        return telling.found()
    done = _done(told, telling)
    matters = told.screening or told.named or {"PT", "33", "KX"} & written_modifiers(question) or len(done) > 1
    if not matters and not (told.asks_share or told.asks_interval):
        return NOTHING
    medicare = _is_medicare(question)
    if told.screening and medicare and told.asks_interval and not done and set(told.codes) <= set(_SCREENING_CODES):
        _interval(told, telling)
    elif done:
        _therapeutic(done, told, telling)
    elif told.screening and told.removed:
        _screening_modifier(told, telling)
        _diagnoses(told, telling)
    elif told.screening:
        _screening_alone(told, telling)
    if told.screening and medicare and (done or told.asks_share):
        _share(told, telling)
    return telling.found()


def _aside(told: Colonoscopy, telling: Telling) -> bool:
    """Whether the diagnostic look or the anesthesia is asked of, and no more."""
    if told.diagnostic_beside and not told.screening and len(told.methods) == 1 and not told.codes:
        _look_beside(_done(told, telling), telling)
    elif told.screening and _ANESTHESIA.search(telling.question.text):
        _anesthesia(told, telling)
    return not telling.silent


def _look_beside(done: list[str], telling: Telling) -> None:
    edits = [edit for code in done if (edit := telling.edit(code, _DIAGNOSTIC))]
    hard = f" (indicator {edits[0].modifier_indicator})" if edits else ""
    telling.correct(
        f"The diagnostic look ({_DIAGNOSTIC}) is part of {both(done)}{hard}: no modifier and no appeal pays it.",
        "endoscopy.several_methods.includes_diagnostic",
        *(edit.reference for edit in edits),
    )
    for code in done:
        telling.stands(code)


def _is_medicare(question: Question) -> bool:
    return question.payer in {None, Payer.MEDICARE, Payer.MEDICARE_ADVANTAGE}


def _done(told: Colonoscopy, telling: Telling) -> list[str]:
    """The therapeutic codes written, else those of the methods named; the first column of an edit before the second."""
    codes = [code for code in told.codes if code not in {*_SCREENING_CODES, _DIAGNOSTIC} and not telling.ended(code)]
    if not codes:
        table = telling.table("endoscopy.several_methods.method_codes")
        codes = [str(table[each]) for each in told.methods if each in table]
    return sorted(codes, key=lambda code: sum(_second(code, other, telling) for other in codes if other != code))


def _second(code: str, other: str, telling: Telling) -> bool:
    edit = telling.edit(code, other)
    return edit is not None and edit.column_two == code


# --- Tissue was taken ------------------------------------------------------------------------------------------------


def _therapeutic(done: list[str], told: Colonoscopy, telling: Telling) -> None:
    modifier = _screening_modifier(told, telling)
    for code in done:
        _line(code, done, modifier, told, telling)
    for code in told.codes:
        if code in {*_SCREENING_CODES, _DIAGNOSTIC}:
            _not_beside(code, done, telling)
    if told.screening:
        _diagnoses(told, telling)
    if told.screening is None:
        telling.ask(
            "Was it a screening (no symptoms), and under which payer? Then PT (Medicare) or 33 goes on each line."
        )
    if len(done) > 1:
        telling.say(
            "Endoscopy family (multiple procedure indicator 3, base 45378): the highest is paid in full, each other "
            "one less the base.",
            "surgical_payment.endoscopy.rule",
        )


def _screening_modifier(told: Colonoscopy, telling: Telling) -> tuple[str, ...]:
    written = written_modifiers(telling.question) | told.named
    if told.screening is False and written & {"PT", "33"}:
        (telling.correct if telling.question.wants_yes_or_no else telling.head)(
            (
                "No PT (or 33): the colonoscopy was diagnostic, done for a symptom or sign; PT is for "
                "a screening in which something was found."
            ),
            "endoscopy.screening.not_a_screening",
            _TURNED,
        )
    if not told.screening:
        return ()
    if not _is_medicare(telling.question):
        statement = (
            "33 goes on each CPT line for a commercial plan: a screening that turned therapeutic stays "
            "preventive; PT is Medicare's."
        )
        chooses = not telling.question.wants_yes_or_no
        telling.head(statement, _TURNED) if "PT" not in written or chooses else telling.correct(statement, _TURNED)
        return ("33",)
    statement = (
        "Medicare screening that turned therapeutic: the CPT code of what was done with PT on each CPT "
        "line, no G0105 or G0121."
    )
    if "33" in written and "PT" not in written:
        telling.correct(f"{statement} 33 is for commercial plans.", _TURNED)
    else:
        telling.head(statement, _TURNED, "endoscopy.screening.pt_on")
    named = re.search(r"\bKX\b", telling.question.text) is not None
    if told.after_positive_test or named:
        both_asked = _KX_BESIDE.search(telling.question.text)
        (telling.correct if both_asked else telling.head if named else telling.say)(
            "After a positive stool-based test the colonoscopy still counts as screening (since "
            "2023): with a polyp removed PT and "
            "no KX; KX only on G0105 or G0121 where nothing was removed.",
            "endoscopy.screening.after_positive_stool_test",
            "endoscopy.screening.pt_with_kx",
        )
    if telling.question.payer is None:
        telling.say("A commercial plan takes 33 on these lines instead of PT.", _TURNED)
    return ("PT",)


def _line(code: str, done: list[str], modifier: tuple[str, ...], told: Colonoscopy, telling: Telling) -> None:
    edits = [
        edit for other in done if other != code and (edit := telling.edit(code, other)) and edit.column_two == code
    ]
    hard = [edit for edit in edits if edit.modifier_indicator == 0]
    if hard or (edits and told.other_lesion is False):
        telling.refuse(code, "the same lesion is reported once, by the code that completed its removal")
        return
    if not edits:
        telling.stands(code, modifiers=modifier)
        return
    first = both([edit.column_one for edit in edits])
    telling.say(
        f"{code} is column two to {first}, modifier indicator 1: with 59 or XS only for another lesion (polyp).",
        *(edit.reference for edit in edits),
        "endoscopy.several_methods.rule",
    )
    if told.other_lesion:
        telling.stands(code, modifiers=(*modifier, "59", "XS"))
    else:
        telling.only_if(code, "it was done on another lesion than the one removed", (*modifier, "59", "XS"))
        telling.ask(f"Was {code} done on the same lesion (polyp) or on a different one?")


def _not_beside(code: str, done: list[str], telling: Telling) -> None:
    if code == _DIAGNOSTIC:
        telling.refuse(code, f"the diagnostic examination is part of {both(done)} (indicator 0)")
        return
    telling.correct(
        f"{code} is not billed beside {both(done)}: once tissue was taken the screening code falls "
        f"away, and PT goes on the CPT code "
        f"only, never on {code}.",
        _TURNED,
        "endoscopy.screening.pt_on",
    )
    telling.refuse(code, "a screening that turned therapeutic is reported by its CPT code alone")


def _diagnoses(told: Colonoscopy, telling: Telling) -> None:
    history = ", then the history (Z86.010- or Z80.0)" if told.high_risk else ""
    telling.say(
        f"Diagnoses: Z12.11 first{history}, then the finding (K63.5 for a polyp, D12.- once pathology says adenoma).",
        "endoscopy.screening.diagnosis_order",
    )


# --- Nothing was taken -----------------------------------------------------------------------------------------------


def _screening_alone(told: Colonoscopy, telling: Telling) -> None:
    if not _is_medicare(telling.question):
        telling.head(
            "A commercial plan's screening in which nothing was removed: 45378 with 33, Z12.11 first.", _TURNED
        )
        telling.stands(_DIAGNOSTIC, modifiers=("33",))
        return
    if _AGE.search(telling.question.text):
        telling.head(
            "Medicare has no minimum age for a screening colonoscopy (stool and blood tests and "
            "sigmoidoscopy start at 45).",
            "endoscopy.screening.minimum_age_colonoscopy",
            "preventive.colorectal.minimum_age",
        )
    code = "G0105" if told.high_risk else "G0121"
    modifiers = ("KX",) if told.after_positive_test else ()
    risk = "high risk" if told.high_risk else "average risk"
    statement = (
        f"{code}: a Medicare screening colonoscopy, {risk}, in which nothing was removed; G0121 is "
        f"average risk, G0105 high risk."
    )
    if told.after_positive_test:
        statement += " KX on it, since it follows a positive stool-based test; without KX it is returned."
    if _DIAGNOSTIC in told.codes:
        telling.correct(f"{statement} 45378 is for a diagnostic examination.", "endoscopy.screening.medicare_codes")
        telling.refuse(_DIAGNOSTIC, "a Medicare screening without a finding takes the G code")
    else:
        telling.head(statement, "endoscopy.screening.medicare_codes", "endoscopy.screening.after_positive_stool_test")
    if "PT" in written_modifiers(telling.question):
        telling.correct(
            "PT never goes on G0105 or G0121, only on the CPT code of what was done.", "endoscopy.screening.pt_on"
        )
    telling.stands(code, modifiers=modifiers)
    _diagnoses(told, telling)


def _anesthesia(told: Colonoscopy, telling: Telling) -> None:
    """The anesthesia code by what became of the screening."""
    telling.head(
        "Anesthesia: 00812 where the Medicare screening stayed a screening, 00811 with PT where it turned therapeutic.",
        "endoscopy.screening.anesthesia",
    )
    if told.removed or told.methods:
        telling.stands("00811", modifiers=("PT",))
    elif told.nothing_found:
        telling.stands("00812")
    else:
        telling.only_if("00812", "nothing was removed or sampled")
        telling.only_if("00811", "tissue was removed or sampled", ("PT",))


# --- What the patient pays, and how often ----------------------------------------------------------------------------


def _share(told: Colonoscopy, telling: Telling) -> None:
    year = told.year or telling.question.as_of.year
    day = telling.question.as_of if year == telling.question.as_of.year else date(year, 7, 1)
    share = telling.knowledge.parameter(_COINSURANCE, on=day).value
    telling.head(
        f"Patient's share in {year} with PT: no deductible, {percent(share)} coinsurance.",
        _COINSURANCE,
    )
    telling.say(
        "By law the coinsurance of a screening that turned therapeutic falls: 20 percent to 2022, "
        "15 percent 2023 to 2026, 10 percent "
        "2027 to 2029, nothing from 2030. A screening in which nothing was removed costs the patient nothing.",
        _COINSURANCE,
    )


def _interval(told: Colonoscopy, telling: Telling) -> None:
    table = cast("dict[str, int]", telling.table(_INTERVALS))
    code = "G0105" if told.high_risk else "G0121"
    months = int(table[code])
    statement = (
        f"G0105 (high risk) is paid once in {table['G0105']} months, G0121 (average risk) once in "
        f"{table['G0121']} months, or "
        f"{table['G0121_after_sigmoidoscopy']} months after a screening sigmoidoscopy; counted from "
        f"the month after the last one."
    )
    telling.head(statement, _INTERVALS)
    if told.months_since is not None:
        enough = told.months_since >= months
        telling.head(
            f"{told.months_since} months since the last one: {code} needs {months}, so it is "
            f"{'due' if enough else 'too early'}.",
            _INTERVALS,
            verdict=Verdict.YES if enough else Verdict.NO,
        )
