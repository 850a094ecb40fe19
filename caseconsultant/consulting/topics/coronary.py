"""Coronary interventions: one code an artery, its modifier, the catheterization that decided them, hospital codes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseconsultant.consulting.findings import Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.coronary import Coronary, catheterized, coronary
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question

_CODES = "coronary.intervention.codes"
_HIERARCHY = "coronary.intervention.hierarchy"
_ONE = "coronary.vessels.one_code_per_artery"
_PARTS = {
    "R": "right heart",
    "L": "left heart",
    "R+L": "right and left heart",
    "C": "coronary pictures",
    "C+G": "coronary and graft pictures",
    "R+C": "right heart and coronary pictures",
    "R+C+G": "right heart, coronary and graft pictures",
    "L+C": "left heart and coronary pictures",
    "L+C+G": "left heart, coronary and graft pictures",
    "R+L+C": "both sides and coronary pictures",
    "R+L+C+G": "both sides, coronary and graft pictures",
}
_BESIDE = "coronary.catheterization.beside_intervention"
_HOSPITAL = "coronary.intervention.drug_eluting_hospital_codes"
_VESSELS = "coronary.vessels.modifiers"
_IN_HOSPITAL = re.compile(r"\b(?:in|at) (?:the|a|our) hospital\b|\bhospital (?:in|out)?patients?\b", re.IGNORECASE)
_SPLITS = "1"
"""PC/TC indicator of a test that splits into 26 and TC."""

_BRANCH = r"diagonals?|diag|d[123]|obtuse marginal|om\d?|pda|plv?|branch"
_STENT = r"des|bms|stents?|stented"
_STENT_OF_BRANCH = re.compile(
    rf"\b(?:{_STENT})\b[^.?!\n]{{0,30}}\b(?:{_BRANCH})\b|\b(?:{_BRANCH})\b[^.?!\n]{{0,20}}\b(?:{_STENT})\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The line of each artery and of the diagnostic study; nothing where no coronary work is told of."""
    told = coronary(question)
    telling = Telling(question, knowledge)
    if told is None:
        _catheterization(telling)
        return telling.found()
    lines = _lines(told, telling)
    if told.facility_claim:
        _hospital(lines, told, telling)
        return telling.found()
    by_vessel: dict[str | None, list[str]] = {}
    for code, vessel in lines:
        by_vessel.setdefault(vessel, []).append(code)
    best: dict[str, list[str]] = {}
    for vessel, codes in by_vessel.items():
        code = _artery(vessel, codes, told, telling)
        best.setdefault(code, []).extend([vessel] if vessel else [])
    for code, vessels in best.items():
        telling.stands(code, units=len(vessels) or None, modifiers=vessels)
    _once(lines, telling)
    _beside(told, telling)
    if told.cath or told.cath_told:
        _study(told.cath or "93458", [code for code, _ in lines], told, telling)
    return telling.found()


def _catheterization(telling: Telling) -> None:
    """A diagnostic catheterization by itself: one code for all its parts."""
    parts = catheterized(telling.question)
    code = telling.table("coronary.catheterization.codes").get(parts) if parts else None
    if code:
        telling.head(
            f"{code}: one code holds all parts of the catheterization ({_PARTS[parts]}).",
            "coronary.catheterization.codes",
        )
        telling.stands(str(code))


def _lines(told: Coronary, telling: Telling) -> list[tuple[str, str | None]]:
    """What was written, else the code of what was done in each artery."""
    if told.lines and not (told.work and not any(code.startswith("C") for code, _ in told.lines)):
        return _with_vessels(told, telling)
    table = telling.table(_CODES)
    culprit = told.culprit or next(iter(told.work), None)
    return [
        (str(table[_kind(done, told, table, infarcted=vessel == culprit)]), vessel)
        for vessel, done in told.work.items()
    ]


def _with_vessels(told: Coronary, telling: Telling) -> list[tuple[str, str | None]]:
    """The lines as written; those without a vessel take the arteries the words name."""
    lines = [(code, vessel) for code, vessel in told.lines if not telling.ended(code)]
    if len({code for code, _ in lines}) == 1 and told.work and not any(vessel for _, vessel in lines):
        return [(lines[0][0], vessel) for vessel in told.work]
    return lines


def _kind(done: Sequence[str], told: Coronary, table: object, *, infarcted: bool) -> str:
    if told.infarction and infarcted:
        return "acute_infarction"
    if told.occlusion:
        return (
            "chronic_total_occlusion_antegrade"
            if "chronic_total_occlusion_antegrade" in str(table)
            else "chronic_total_occlusion"
        )
    if told.graft:
        return "bypass_graft"
    return _device(done, told, table)


def _device(done: Sequence[str], told: Coronary, table: object) -> str:
    if "atherectomy_and_stent" in done or {"atherectomy", "stent"} <= set(done):
        return "atherectomy_and_stent"
    if "atherectomy" in done:
        return "atherectomy"
    if "stent" in done:
        several = told.two_lesions and "stents_two_lesions_or_bifurcation" in str(table)
        return "stents_two_lesions_or_bifurcation" if several else "stent"
    return "balloon"


def _artery(vessel: str | None, codes: Sequence[str], told: Coronary, telling: Telling) -> str:
    """The one code of an artery; says which of several it is."""
    order = telling.listed(_HIERARCHY)
    best = max(codes, key=lambda code: order.index(code) if code in order else len(order))
    named = telling.table(_VESSELS).get(vessel or "", "")
    if len(codes) > 1 and vessel:
        statement = (
            f"One code for one major artery: in the {named} ({vessel}) only the highest, "
            f"{best}-{vessel}, is reported; another lesion or "
            "branch of the same artery adds none, and 59 does not change it."
        )
        if told.lines:
            telling.correct(statement, _ONE, _HIERARCHY)
        else:
            telling.head(statement, _ONE, _HIERARCHY)
        for code in codes:
            if code != best:
                telling.refuse(code, f"only the highest code of one artery is reported ({best})")
    elif vessel:
        telling.head(f"{best}-{vessel} for the {named} artery.", _VESSELS, _CODES)
    else:
        telling.ask("In which artery (LM, LD, LC, RC or RI)?")
    both = str(telling.table(_CODES).get("stents_two_lesions_or_bifurcation") or "")
    if both and vessel and best != both and _STENT_OF_BRANCH.search(telling.question.text) and not told.two_lesions:
        telling.only_if(both, "the two stents treated two lesions or a bifurcation of the artery", (vessel,))
        telling.ask("Did the stents of the artery and its branch treat two lesions, or one bifurcation?")
    telling.say(
        "Each major artery is one code by its highest service (balloon 92920, stent 92928, "
        "atherectomy 92924, both 92933), with LD, LC, "
        "RC, LM or RI; Medicare pays no branch apart.",
        _ONE,
        "coronary.vessels.branches_paid_by_medicare",
        _HIERARCHY,
    )
    return best


def _beside(told: Coronary, telling: Telling) -> None:
    """Imaging or flow in the vessel, and the hospital's own code."""
    text = telling.question.text
    adds = telling.table("coronary.intervention.add_ons")
    for pattern, first, further, what in (
        (r"\bivus\b|\bintravascular ultrasound\b|\boct\b", "imaging_first", "imaging_further", "imaging"),
        (r"\bffr\b|\bflow reserve\b", "flow_first", "flow_further", "flow measurement"),
    ):
        if re.search(pattern, text, re.IGNORECASE) and not telling.question.codes:
            telling.head(
                f"{adds[first]} is added for {what} in the first vessel, {adds[further]} for each further one.",
                "coronary.intervention.add_ons",
            )
            telling.stands(str(adds[first]))
    if told.eluting and told.facility_claim is None and telling.question.setting is Setting.OUTPATIENT_HOSPITAL:
        telling.say(
            (
                "On the hospital's own outpatient claim a drug-eluting stent has a C code: C9600 "
                "(stent), C9602 (with atherectomy)."
            ),
            _HOSPITAL,
        )


def _once(lines: Sequence[tuple[str, str | None]], telling: Telling) -> None:
    """Two units written for one artery."""
    written = [
        each for each in telling.question.codes if re.fullmatch(r"929[2-4]\d", each.code) and (each.units or 1) > 1
    ]
    if written and len({vessel for _, vessel in lines if vessel}) == 1:
        best, vessel = lines[0]
        telling.correct(
            (
                f"Not {written[0].code} x{written[0].units}: one artery is one code, {best}-{vessel}, "
                f"whatever its lesions and stents."
            ),
            _ONE,
            _CODES,
        )
        if written[0].code != best:
            telling.refuse(written[0].code, f"two lesions or a bifurcation of one artery are {best}")


def _study(code: str, interventions: Sequence[str], told: Coronary, telling: Telling) -> None:
    edits = [edit for each in interventions if (edit := telling.edit(code, each))]
    indicator = (
        f"{code} is column two to {edits[0].column_one}, indicator {edits[0].modifier_indicator}: " if edits else ""
    )
    rule = (
        f"{indicator}a diagnostic study is paid beside the intervention, with 59 or XU, if no "
        f"earlier catheter study is available and the "
        "decision rests on this one, or the earlier one was inadequate or the patient changed."
    )
    references = tuple(edit.reference for edit in edits)
    modifiers = (*_reading_alone(code, telling), "59", "XU")
    if told.decided:
        telling.head(rule, _BESIDE, *references)
        telling.stands(code, modifiers=modifiers)
    elif told.decided is False:
        telling.correct(
            f"{rule} Here an earlier study decided the intervention, so {code} is included.", _BESIDE, *references
        )
        telling.refuse(code, "an earlier study had decided the intervention")
    elif told.cath:
        telling.head(rule, _BESIDE, *references)
        telling.only_if(code, "no earlier study is available and the decision rests on this one", modifiers)
        telling.ask("Is there an earlier catheter study, and did this one decide the intervention?")


def _reading_alone(code: str, telling: Telling) -> tuple[str, ...]:
    """26 on the physician's line of a study done with the hospital's equipment; 59 or XU stands beside it."""
    in_hospital = telling.question.setting is Setting.FACILITY_PROFESSIONAL or _IN_HOSPITAL.search(
        telling.question.text
    )
    fee = telling.fee(code)
    if not in_hospital or fee is None or fee.pc_tc != _SPLITS:
        return ()
    telling.say(
        f"{code} has PC/TC indicator {fee.pc_tc}: in a hospital the physician reports it with 26, and 59 or XU beside "
        "it where it is earned. The interventions have no components and take no 26.",
        "fees.indicator.components_by_place",
        fee.reference,
    )
    return ("26",)


def _hospital(lines: Sequence[tuple[str, str | None]], told: Coronary, telling: Telling) -> None:
    """Hospital outpatient claims have codes of their own for drug-eluting stents."""
    table = telling.table(_HOSPITAL)
    counted: dict[str, list[str]] = {}
    for code, vessel in lines:
        counted.setdefault(code, []).extend([vessel] if vessel else [])
    for code, vessels in counted.items():
        modifiers = tuple(vessels)
        units = max(1, len(vessels))
        own = str(table.get(code, ""))
        if not own or told.bare:
            telling.stands(code, units=units, modifiers=modifiers)
            continue
        statement = (
            f"{own} instead of {code}: under OPPS the hospital reports a drug-eluting stent with "
            f"its C code; {code} is for a bare metal stent "
            "and for the physician's claim."
        )
        if not told.eluting:
            telling.head(statement, _HOSPITAL)
            telling.only_if(own, "the stent is drug-eluting", modifiers)
            telling.only_if(code, "the stent is bare metal", modifiers)
            telling.ask("Is the stent drug-eluting or bare metal?")
        elif told.lines:
            telling.correct(statement, _HOSPITAL)
            telling.refuse(code, f"the hospital's code for a drug-eluting stent is {own}")
            telling.stands(own, units=units, modifiers=modifiers)
        else:
            telling.head(statement, _HOSPITAL)
            telling.stands(own, units=units, modifiers=modifiers)
