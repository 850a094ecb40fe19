"""22, 52, 53, 73 and 74: more work than usual, less by choice, stopped for danger; whose claim decides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.amounts import amounts
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.reading.stopping import Stopping, stopping
from caseconsultant.consulting.topics import imaging
from caseconsultant.consulting.topics.telling import Telling, percent
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question, Topic

_RULES = "surgical_payment.stopped"
_FACILITIES = frozenset({Setting.ASC, Setting.OUTPATIENT_HOSPITAL})
_UPPER_ENDOSCOPY = re.compile(r"^432(?:3[3-9]|[45]\d|70)$")
_COMPLETE = re.compile(
    r"(?<!not )(?<!n't )\b(?:reach(?:ed)?|passed into|advanced (?:in)?to|got (?:in)?to|in(?:to)?|entered|"
    r"seen)\s(?:the\s|2nd\s|second\s|part\s|of\s)*"
    r"(?:duoden\w+|jejunum)\b|\bduodenum (?:was )?(?:reached|entered|intubated|seen|examined)\b",
    re.IGNORECASE,
)
_OF_VISITS = re.compile(r"\be/?m\b|\bevaluation and management\b|\boffice visits?\b|\bvisits?\b", re.IGNORECASE)
_ROWS = f"{_RULES}.own_53_rows"
_VISITS = re.compile(r"^99(?:2[0-9]|3[0-9]|4[0-9])\d|^G0(?:438|439|402)$")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The modifier a changed or stopped procedure takes; nothing where none was."""
    told = stopping(question)
    if told is None or imaging.views_are_fewer(question):
        return NOTHING
    if amounts(question) and not told.stopped:
        return NOTHING
    telling = Telling(question, knowledge, Topic.MODIFIERS)
    lines = {code: each for code, each in proposed(question).items() if not telling.ended(code)}
    if lines and all(_VISITS.match(code) for code in lines) and not told.more:
        return NOTHING
    if told.more and not told.stopped:
        _more(lines, telling)
    elif told.facility_claim or (told.facility_claim is None and question.setting in _FACILITIES):
        _of_facility(lines, told, telling)
    elif told.colonoscopy and (told.stopped or told.modifiers):
        _colonoscopy(lines, told, telling)
    elif told.stopped or told.modifiers & {"52", "53", "73", "74"}:
        _open(lines, told, telling)
    return telling.found()


# --- More work -------------------------------------------------------------------------------------------------------


def _more(lines: Mapping[str, tuple[str, ...]], telling: Telling) -> None:
    visits = [code for code in lines if _VISITS.match(code)]
    named = ", ".join(visits) or "a visit"
    if visits or (not lines and _OF_VISITS.search(telling.question.text)):
        telling.correct(
            f"22 never goes on a visit: {named} is an E/M code, and its level or time "
            f"carries the work. Long "
            "visits take prolonged time instead: G2212 for Medicare from 69 minutes with 99215 (89 "
            "with 99205), 99417 for "
            "payers that follow CPT from 55 minutes (75 with 99205). Interpreting is not paid apart.",
            f"{_RULES}.modifier_22",
            "modifiers.groups.never_on_visits",
        )
        for code in visits:
            telling.stands(code)
        return
    telling.head(
        "22 is for an operation that took substantially more work than usual; extra pay is by report.",
        f"{_RULES}.modifier_22",
    )
    (telling.say if lines else telling.head)(
        "Send the operative note and a statement of what was unusual, with the usual time or work for comparison; the "
        "contractor decides whether and how much more is paid. It never goes on visits or on add-on codes.",
        f"{_RULES}.modifier_22",
        f"{_RULES}.by_report",
    )
    for code in lines:
        telling.only_if(code, "the operative note shows substantially more work than usual", ("22",))
    telling.ask("What made the work more than usual, and does the operative note tell time or work against the usual?")


# --- Facility --------------------------------------------------------------------------------------------------------


def _of_facility(lines: Mapping[str, tuple[str, ...]], told: Stopping, telling: Telling) -> None:
    table = telling.table(f"{_RULES}.facility")
    before, after = (
        cast("Mapping[str, object]", table.get(each, {})) for each in ("before_anesthesia", "after_anesthesia_or_start")
    )
    if "53" in told.modifiers and telling.question.wants_yes_or_no:
        telling.correct(
            "53 never stands on a facility's claim: 73 before anesthesia, 74 after it or after the start.",
            f"{_RULES}.facility",
            f"{_RULES}.practitioner",
        )
    if told.after_anesthesia is None:
        telling.head(
            f"A facility reports 73 where the procedure was stopped after the patient was in the "
            f"room but before anesthesia "
            f"({percent(before['share'])} of the rate), 74 after anesthesia was given or the procedure begun "
            f"({percent(after['share'])}, paid in full), 52 where no anesthesia was planned. 53 is for physicians.",
            f"{_RULES}.facility",
        )
        for code in lines:
            telling.branch(code, "it was stopped before anesthesia, in the procedure room", ("73",))
            telling.branch(code, "anesthesia had been given or the procedure begun", ("74",))
        telling.ask("Had anesthesia been given, or the procedure been started?")
        return
    row, modifier = (after, "74") if told.after_anesthesia else (before, "73")
    when = "after anesthesia was given or the procedure had begun" if told.after_anesthesia else "before anesthesia"
    full = " (paid in full)" if told.after_anesthesia else ""
    statement = (
        f"{modifier}: the facility's claim for a procedure stopped {when}; {percent(row['share'])} of the rate{full}."
    )
    wrong = told.modifiers & {"52", "53", "73", "74"} - {modifier}
    on_lines = {each for modifiers in lines.values() for each in modifiers}
    if wrong & on_lines:
        telling.correct(f"{statement} Not {', '.join(sorted(wrong & on_lines))}.", f"{_RULES}.facility")
    else:
        telling.head(statement, f"{_RULES}.facility")
    telling.say("53 is the physician's modifier and never stands on a facility's claim.", f"{_RULES}.practitioner")
    for code in lines:
        telling.stands(code, modifiers=(modifier,))


# --- Colonoscopy, practitioner ---------------------------------------------------------------------------------------


def _colonoscopy(lines: Mapping[str, tuple[str, ...]], told: Stopping, telling: Telling) -> None:
    if told.tissue_taken:
        telling.head(
            "Incomplete, but a polyp was removed or sampled: the therapeutic code with 52; 53 is "
            "only for 45378, 44388, G0105 and "
            "G0121.",
            "endoscopy.extent.incomplete_practitioner",
        )
        for code in lines:
            telling.stands(code, modifiers=("52",))
        return
    screening = "G0105" if told.high_risk else "G0121"
    unwritten = screening if told.screening else "45378"
    code = next((each for each in lines if each in telling.listed(_ROWS)), unwritten)
    telling.head(
        (
            f"{code}-53: the colonoscopy did not reach the cecum for a reason that was not foreseen "
            f"(poor preparation, safety)."
        ),
        "endoscopy.extent.incomplete_practitioner",
        "endoscopy.extent.colonoscopy_complete",
    )
    _price(code, telling)
    telling.say(
        "53, not 52, is the physician's modifier here; a hospital or surgery center reports 73 "
        "before anesthesia and 74 after it. "
        "A second, complete examination is paid without the usual interval.",
        "endoscopy.extent.incomplete_facility",
        "endoscopy.extent.repeat_after_incomplete",
    )
    telling.say(
        "CPT counts an examination that never passed the splenic flexure as sigmoidoscopy (45330); "
        "Medicare's rule speaks of the "
        "cecum.",
        "endoscopy.extent.not_past_splenic_flexure",
    )
    telling.stands(code, modifiers=("53",))


def _price(code: str, telling: Telling) -> None:
    whole, half = telling.fee(code), telling.fee(code, "53")
    if whole and half:
        arithmetic = (
            f"{half.total_nonfacility / 100:.2f} against {whole.total_nonfacility / 100:.2f} RVU outside a facility, "
            f"{half.total_facility / 100:.2f} against {whole.total_facility / 100:.2f} in one"
        )
        telling.say(
            f"{code}-53 has its own line in the fee schedule, half of the code: {arithmetic}.",
            half.reference,
            arithmetic=f"{arithmetic}.",
        )
        return
    values = cast("Mapping[str, Mapping[str, object]]", telling.table(f"{_RULES}.own_53_values")).get(code)
    said = f": {values['nonfacility']} RVU outside a facility, {values['facility']} in one" if values else ""
    telling.say(f"{code}-53 has its own line in the fee schedule, about half (50 percent) of the code{said}.", _ROWS)


# --- Anything else, or not told whose claim --------------------------------------------------------------------------


def _complete(lines: Sequence[str], telling: Telling) -> None:
    """An upper endoscopy that reached the duodenum, with its own work done, is whole."""
    statement = (
        f"{', '.join(lines)}: complete once the scope reached the duodenum and the work of the code was done, so "
        f"neither "
        "53 nor 52, however early it ended after that."
    )
    (telling.correct if telling.question.wants_yes_or_no else telling.head)(statement, f"{_RULES}.practitioner")
    for code in lines:
        telling.stands(code)


def _open(lines: Mapping[str, tuple[str, ...]], told: Stopping, telling: Telling) -> None:
    if told.not_in_room:
        telling.head(
            "Cancelled before the patient was taken to the procedure room: neither surgeon nor "
            "facility reports the procedure; 73 needs the patient in the room, 53 a "
            "procedure that had begun. A visit that was needed that day may be reported by itself.",
            f"{_RULES}.practitioner",
            f"{_RULES}.facility",
            verdict=Verdict.NO,
        )
        return
    if told.by_choice and not told.danger and told.facility_claim is not True:
        telling.head(
            (
                "52: less than the whole procedure was done by the physician's choice; 53 is for one "
                "stopped for danger after the start. Paid by report."
            ),
            f"{_RULES}.practitioner",
            f"{_RULES}.by_report",
        )
        for code in lines:
            telling.only_if(code, "the note says what was left out", ("52",))
        return
    whole = [code for code in lines if _UPPER_ENDOSCOPY.match(code)]
    if whole and _COMPLETE.search(telling.question.text) and told.facility_claim is not True:
        _complete(whole, telling)
        return
    told_practitioner = told.facility_claim is False
    if told_practitioner and told.danger and told.stopped:
        telling.head("53: the physician stopped after the start for the patient's safety.", f"{_RULES}.practitioner")
        telling.say("Paid by report; say how far the procedure went and why it stopped.", f"{_RULES}.by_report")
        for code in lines:
            telling.stands(code, modifiers=("53",))
        return
    if told.modifiers == {"52"} and not told.stopped:
        telling.head(
            "52: part of the procedure was left out by choice of the physician, planned or not "
            "needed; paid by report, so say what "
            "was not done. 53 is for one stopped for danger after the start.",
            f"{_RULES}.practitioner",
            f"{_RULES}.by_report",
        )
        return
    telling.head(
        "Physician: 53 if it was stopped for danger after anesthesia or the start, 52 if less was "
        "done by choice, nothing if it was "
        "cancelled before the start. Facility: 73 before anesthesia (50 percent), 74 after "
        "anesthesia or the start (100 percent).",
        f"{_RULES}.practitioner",
        f"{_RULES}.facility",
        verdict=Verdict.DEPENDS,
    )
    for code in lines:
        telling.branch(code, "it is the physician's claim and it was stopped for danger after the start", ("53",))
        telling.branch(code, "it is the facility's claim, before anesthesia", ("73",))
        telling.branch(code, "it is the facility's claim, after anesthesia or the start", ("74",))
    telling.ask(
        "Whose claim is it: the physician's or the facility's?",
        "Had anesthesia been given or the procedure been started, and why was it stopped?",
    )
