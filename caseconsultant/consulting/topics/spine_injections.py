"""Spinal injections: a code a level, sides by 50, imaging inside, the hospital's code for the sacroiliac joint."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed, written_modifiers
from caseconsultant.consulting.reading.spine import Injection, Spinal, spinal
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_IMAGING_CODES = ("77003", "77012", "76942", "77002", "76000")
_INCLUDED = "spine_pain.imaging.included_in"
_PLURAL = {1: "one level", 2: "two levels", 3: "three levels", 4: "four levels", 5: "five levels"}
_ONE_SIDE = re.compile(r"\bsame side\b|\bone side\b|\bunilateral\w*", re.IGNORECASE)
_LIMITS = re.compile(
    r"\bhow (?:many|often)\b|\blimit\w*|\bfrequen\w+|\bper (?:year|session)\b|\blcd\b|\bcovered\b|\ba year\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The lines of a spinal injection; nothing where none is told of."""
    told = spinal(question)
    telling = Telling(question, knowledge)
    if told is None:
        included = telling.listed(_INCLUDED)
        _imaging([code for code in proposed(question) if code in included], telling, told=False)
        return telling.found()
    lines = [code for code in proposed(question) if code not in _IMAGING_CODES and not telling.ended(code)]
    _imaging(lines, telling)
    if told.kind is Injection.SACROILIAC:
        _sacroiliac(told, telling)
    elif told.kind is Injection.INTERLAMINAR:
        _interlaminar(told, telling)
    else:
        _by_level(lines, told, telling)
    _limits(told, telling)
    return telling.found()


# --- Imaging ---------------------------------------------------------------------------------------------------------


def _imaging(lines: Sequence[str], telling: Telling, *, told: bool = True) -> None:
    """Guidance written as a line of its own."""
    written = [code for code in proposed(telling.question) if code in _IMAGING_CODES]
    included = telling.listed(_INCLUDED)
    holding = [code for code in lines if code in included]
    if not holding and not told:
        return
    holding = holding or ["the injection code"]
    for code in written:
        edit = next((found for each in lines if (found := telling.edit(each, code))), None)
        said = (
            f" The pair {edit.column_one}/{code} has indicator {edit.modifier_indicator}, but a "
            f"modifier is only for imaging of another "
            "procedure elsewhere."
            if edit
            else ""
        )
        telling.correct(
            f"{code} is not billed apart: imaging guidance is included in {both(holding)}.{said}",
            _INCLUDED,
            *([edit.reference] if edit else []),
        )
        telling.refuse(code, "imaging guidance is included in the injection code")


# --- Levels ----------------------------------------------------------------------------------------------------------


def _family(told: Spinal, telling: Telling) -> Sequence[str]:
    path = {
        Injection.FACET: "spine_pain.facet.codes",
        Injection.ABLATION: "spine_pain.facet.ablation_codes",
        Injection.TRANSFORAMINAL: "spine_pain.epidural.transforaminal",
    }[told.kind]
    return cast("Sequence[str]", telling.table(path).get(told.region or "", ()))


def _by_level(lines: Sequence[str], told: Spinal, telling: Telling) -> None:
    family = _family(told, telling)
    if not family:
        telling.ask("Which region and levels: cervical, thoracic or lumbar?")
        return
    if told.levels is None:
        _levels_open(lines, family, told, telling)
        return
    units = _units(family, told.levels)
    modifiers = {"both": ("50",), "right": ("RT",), "left": ("LT",)}.get(told.sides or "", ())
    unit = "joint (two nerves)" if told.kind in {Injection.FACET, Injection.ABLATION} else "level"
    counted = f"{_PLURAL.get(told.levels, str(told.levels) + ' levels')}"
    if told.nerves:
        counted = f"{both(told.nerves)} branches serve {counted} ({_joints(told)}): two nerves a joint"
    listed = both([f"{code} x{each}" for code, each in units.items()])
    side = {
        "both": " Both sides: 50 on each line, one unit.",
        "right": " RT on each line.",
        "left": " LT on each line.",
    }.get(told.sides or "", "")
    statement = f"{counted}: {listed}, one code for each {unit}.{side}"
    wrong = [
        each for each in telling.question.codes if each.code in family and (each.units or 1) > units.get(each.code, 0)
    ]
    rests_on = ("spine_pain.counting.unit", "spine_pain.facet.third_level_once", "spine_pain.sides.bilateral_50")
    if wrong:
        written = wrong[0]
        telling.correct(f"Not {written.code} x{written.units or 1}. {statement}", *rests_on)
        if len(family) > 2:  # noqa: PLR2004 - first, second, third
            telling.say(
                (
                    f"{family[0]} is the first level, {family[1]} the second, {family[2]} the third and "
                    f"any further, once a day a side."
                ),
                *rests_on,
            )
    else:
        telling.head(statement, *rests_on)
    for code, each in units.items():
        telling.stands(code, units=each, modifiers=modifiers)
    _too_many(told, telling)
    if told.sides is None and not _ONE_SIDE.search(telling.question.text):
        telling.ask("Which side was it: right, left or both?")


def _too_many(told: Spinal, telling: Telling) -> None:
    """More levels than Medicare's coverage policies take in one session."""
    most = telling.table("spine_pain.facet.coverage_limits").get("levels_per_session")
    of_joints = told.kind in {Injection.FACET, Injection.ABLATION}
    if (
        of_joints
        and most
        and told.levels
        and told.levels > int(str(most))
        and telling.question.payer is not Payer.COMMERCIAL
    ):
        telling.head(
            f"Medicare's coverage policies take at most {most} levels a session on each side: expect the third to "
            f"be denied.",
            "spine_pain.facet.coverage_limits",
        )


def _joints(told: Spinal) -> str:
    """The joints that single nerves serve, as in `L4-L5 and L5-S1`."""
    numbers = sorted({int(each[1:]) for each in told.nerves if each[0] == "L"})
    names = [f"L{each + 1}-{'S1' if each + 2 > 5 else f'L{each + 2}'}" for each in numbers[:-1]]  # noqa: PLR2004 - five lumbar vertebrae
    return both(names) if len(names) == told.levels else "two nerves for each"


def _units(family: Sequence[str], levels: int) -> Mapping[str, int]:
    """Three codes: first, second, third and beyond once. Two codes: the first and each further one."""
    if len(family) > 2:  # noqa: PLR2004
        return dict.fromkeys(family[:levels], 1)
    return {family[0]: 1} | ({family[1]: levels - 1} if levels > 1 else {})


def _levels_open(lines: Sequence[str], family: Sequence[str], told: Spinal, telling: Telling) -> None:
    if lines and all(code in family for code in lines):
        telling.say(
            f"{family[0]} is the first level, {both(family[1:])} each further one; 50 for both sides, one unit a line.",
            "spine_pain.counting.unit",
            "spine_pain.sides.bilateral_50",
        )
        fifty = ("50",) if told.sides == "both" or "50" in written_modifiers(telling.question) else ()
        if fifty:
            telling.head(
                "Both sides: 50 on each line with one unit (150 percent); an ASC reports RT and LT on two lines.",
                "spine_pain.sides.bilateral_50",
            )
        third = (
            family[2:]
            if _LIMITS.search(telling.question.text) and telling.question.payer in {None, Payer.MEDICARE}
            else ()
        )
        for code in () if re.search(r"\blcd\b|\bcover", telling.question.text, re.IGNORECASE) and not third else lines:
            if code in third:
                telling.only_if(code, "the contractor's LCD or an appeal with the record allows a third level", fifty)
            else:
                telling.stands(code, units=1, modifiers=fifty)
        return
    telling.head(
        (
            f"{family[0]} for the first level and {both(family[1:])} for further ones, each side by 50; "
            f"imaging is included."
        ),
        "spine_pain.counting.unit",
        _INCLUDED,
    )
    telling.ask("How many levels (joints) were injected, and on which side?")


# --- Interlaminar and sacroiliac -------------------------------------------------------------------------------------


def _interlaminar(told: Spinal, telling: Telling) -> None:
    table = cast("Mapping[str, Mapping[str, str]]", telling.table("spine_pain.epidural.interlaminar"))
    if told.region is None or told.region not in table:
        return
    row = table[told.region]
    rests_on = ("spine_pain.epidural.interlaminar", "spine_pain.counting.unit", _INCLUDED)
    if told.imaging is None:
        telling.head(
            (
                f"{row['with_imaging']} with imaging guidance, {row['without_imaging']} without; once a "
                f"region, whatever the levels."
            ),
            *rests_on,
        )
        telling.only_if(row["with_imaging"], "imaging guidance was used and is documented")
        telling.only_if(row["without_imaging"], "no imaging was used")
        telling.ask("Was fluoroscopy or CT guidance used?")
        return
    code = row["with_imaging"] if told.imaging else row["without_imaging"]
    telling.head(
        f"{code}: interlaminar epidural {'with' if told.imaging else 'without'} imaging guidance, "
        f"once a session and region whatever the levels; "
        "no 50, and guidance is not billed apart.",
        *rests_on,
    )
    telling.stands(code)


def _sacroiliac(told: Spinal, telling: Telling) -> None:
    modifiers = {"both": ("50",), "right": ("RT",), "left": ("LT",)}.get(told.sides or "", ())
    rule = "spine_pain.sacroiliac.codes"
    if told.facility_claim:
        statement = (
            "G0260: a hospital's or surgery center's claim to Medicare reports a sacroiliac joint "
            "injection with G0260, not 27096 (OPPS status B)."
        )
        if "27096" in proposed(telling.question):
            telling.correct(statement, rule)
            telling.refuse("27096", "the facility's code is G0260")
        else:
            telling.head(statement, rule)
        telling.stands("G0260", modifiers=modifiers)
        return
    if told.imaging is False:
        telling.head(
            "Without fluoroscopy or CT it is no 27096: a sacroiliac injection without imaging is reported as 20552.",
            rule,
        )
        if "27096" in proposed(telling.question):
            telling.refuse("27096", "it requires fluoroscopy or CT with arthrography where used; without imaging 20552")
        telling.stands("20552")
        return
    telling.head(
        (
            "27096 for the physician, imaging (fluoroscopy or CT) included and required; G0260 is for "
            "facility claims to Medicare. Both sides: 50."
        ),
        rule,
        _INCLUDED,
    )
    if told.facility_claim is False or telling.question.payer is Payer.COMMERCIAL:
        telling.stands("27096", modifiers=modifiers)
    else:
        telling.only_if("27096", "it is the physician's claim", modifiers)
        telling.only_if("G0260", "it is the claim of a hospital or surgery center to Medicare", modifiers)
        telling.ask("Who bills: the physician or the facility?")


def _limits(told: Spinal, telling: Telling) -> None:
    if not _LIMITS.search(telling.question.text):
        return
    if told.kind in {Injection.FACET, Injection.ABLATION}:
        limits = telling.table("spine_pain.facet.coverage_limits")
        if limits:
            telling.head(
                f"Medicare's coverage policies: at most {limits['levels_per_session']} levels a session (each side), "
                f"{limits['diagnostic_sessions_per_region_12_months']} facet injection sessions and "
                f"{limits['ablation_sessions_per_region_12_months']} ablation sessions a region in 12 months.",
                "spine_pain.facet.coverage_limits",
            )
    elif told.kind in {Injection.TRANSFORAMINAL, Injection.INTERLAMINAR}:
        limits = telling.table("spine_pain.epidural.coverage_limits")
        if limits:
            telling.head(
                f"Medicare's coverage policies: {limits['sessions_per_region_12_months']} epidural "
                f"sessions a region in 12 months, "
                f"{limits['regions_per_session']} region a session, at most "
                f"{limits['transforaminal_levels_per_session']} transforaminal levels.",
                "spine_pain.epidural.coverage_limits",
            )
