"""Pacemakers, defibrillators and loop recorders: the code by what was changed.

Source: `knowledge/rules/heart_devices.yaml`; CPT's rules on pacemakers and defibrillators, in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.heart_devices import DeviceWork, device_work
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question

_RULES: Final = "heart_devices.codes"
_OTHERS, _OF_LEADS = f"{_RULES}.without_transvenous_leads", f"{_RULES}.leads"
_OURS: Final = re.compile(r"33(?:20[6-8]|21\d|22\d|23\d|24\d|26[2-4]|27[0-5]|28[56])")
_LATER: Final = re.compile(
    r"\b\d{1,2} (?:days?|weeks?) (?:after|later|post|s/p)|\bpost-?op\b|"
    r"\bwithin (?:the )?global\b"
)
_APART: Final = re.compile(
    r"\b(?:different|separate|other|another|new) (?:\w+ )?(?:sites?|pockets?|incisions?|"
    r"sides?)\b"
)
_SYSTEM_EXCHANGED: Final = "a new generator with the lead placed, and the old generator taken out"

Codes = Mapping[str, "str | Mapping[str, str]"]


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The lines of what was done; nothing where no such operation is told of."""
    written = [each.code for each in question.codes if not each.absent]
    work = device_work(question.text.lower())
    if work is None or question.diagnoses or any(not _OURS.fullmatch(each) for each in written):
        return NOTHING
    telling = Telling(question, knowledge)
    lines, why = _lines(work, telling)
    if lines:
        _said(lines, why, work, telling)
    elif why:
        telling.head(why, *_paths(work))
        telling.ask("How many leads does the generator end with: one, two, or with a left ventricular lead?")
    return telling.found()


def _paths(work: DeviceWork) -> tuple[str, ...]:
    if work.kind in {"pacemaker", "defibrillator"}:
        return (f"{_RULES}.{work.kind}", _OF_LEADS)
    return (_OTHERS,)


def _lines(work: DeviceWork, telling: Telling) -> tuple[Sequence[str], str]:
    """The codes, and what is said of them; no codes where the number of leads is open."""
    if work.kind not in {"pacemaker", "defibrillator"}:
        return _other(work, telling)
    codes = cast("Codes", telling.table(f"{_RULES}.{work.kind}"))
    leads = cast("Mapping[str, str]", telling.table(_OF_LEADS))
    if work.upgraded:
        return _upgraded(work, codes, leads, telling)
    if work.moved and not (work.changed or work.new_leads):
        return ((leads["left_moved"] if work.left_lead else leads["moved"],), "a lead moved")
    if work.changed:
        return _changed(work, codes, leads)
    return _put_in_or_taken_out(work, codes, leads)


def _put_in_or_taken_out(work: DeviceWork, codes: Codes, leads: Mapping[str, str]) -> tuple[Sequence[str], str]:
    """A lead alone, a removal alone, or something new."""
    if work.lead_alone and (work.new_leads or work.left_lead):
        return _lead_alone(work, codes, leads)
    if work.removed and not work.placed:
        return _removed(work, codes)
    return _placed(work, codes, leads)


def _upgraded(work: DeviceWork, codes: Codes, leads: Mapping[str, str], telling: Telling) -> tuple[Sequence[str], str]:
    """A device made another: pacemaker to defibrillator, one lead to two, two to three."""
    left = (leads["left_beside"],) if work.left_lead or work.leads == "multiple" else ()
    if work.before and work.before != work.kind:
        old = cast("Codes", telling.table(f"{_RULES}.{work.before}"))
        return (
            (str(codes["upgraded"]), str(old["removed"]), *left),
            "new generator and lead, the old generator taken out",
        )
    if work.leads == "multiple" and not work.new_leads:
        replaced = cast("Mapping[str, str]", codes["replaced"])
        return ((replaced["multiple"], *left), "generator exchanged, a left ventricular lead added, the old leads kept")
    if work.kind == "pacemaker" and work.leads == "dual":
        return ((str(codes["upgraded"]),), "one lead made two, with the exchange and testing in it")
    if work.kind == "defibrillator" or work.new_leads:
        return _with_new_leads(work, codes, left)
    return ((), "")


def _changed(work: DeviceWork, codes: Codes, leads: Mapping[str, str]) -> tuple[Sequence[str], str]:
    """The generator exchanged: with a new lead it is a new system and the old generator's removal."""
    left = (leads["left_beside"],) if work.left_lead else ()
    if work.new_leads:
        return _with_new_leads(work, codes, left)
    replaced = cast("Mapping[str, str]", codes["replaced"])
    ends_with = "multiple" if left else work.leads
    if ends_with in replaced:
        return ((replaced[ends_with], *left), "generator exchanged, taking out the old one in it, the leads kept")
    said = ", ".join(f"{code} {name}" for name, code in replaced.items())
    return ((), f"Exchange of the generator on the same leads, by the leads it ends with: {said}.")


def _with_new_leads(work: DeviceWork, codes: Codes, left: Sequence[str]) -> tuple[Sequence[str], str]:
    new = cast("Mapping[str, str]", codes["new"])
    placed = new["both" if len(work.new_leads) > 1 else next(iter(work.new_leads), "ventricular")]
    return (
        (placed, str(codes["removed"]), *left),
        "a new generator with the lead placed, and the old generator taken out",
    )


def _lead_alone(work: DeviceWork, codes: Codes, leads: Mapping[str, str]) -> tuple[Sequence[str], str]:
    """Leads placed on a generator that stays, with the old ones' removal where it is told."""
    right = (leads["two" if len(work.new_leads) > 1 or work.number > 1 else "one"],) if work.new_leads else ()
    taken = cast("Mapping[str, str]", codes["leads_removed"])
    old = (taken["single"],) if work.removed else ()
    left = (leads["left"],) if work.left_lead else ()
    return ((*right, *left, *old), "a lead placed, the generator stays")


def _removed(work: DeviceWork, codes: Codes) -> tuple[Sequence[str], str]:
    taken = cast("Mapping[str, str]", codes["leads_removed"])
    lead = taken["dual" if work.leads == "dual" or work.number > 1 else "single"]
    if work.of_leads and not work.existing:
        return ((str(codes["removed"]), lead), "generator and leads taken out through the vein")
    return ((str(codes["removed"]),), "the generator alone taken out")


def _placed(work: DeviceWork, codes: Codes, leads: Mapping[str, str]) -> tuple[Sequence[str], str]:
    """Something put in: a generator on old leads, a lead alone, or a whole system."""
    if not work.placed:
        return ((), "")
    if work.existing:
        placed = cast("Mapping[str, str]", codes["placed"])
        said = ", ".join(f"{code} {name}" for name, code in placed.items())
        found = placed.get(work.leads)
        return (
            ((found,), "a generator put on leads that were there")
            if found
            else ((), f"A generator put on old leads: {said}.")
        )
    return _system(work, codes, leads)


def _system(work: DeviceWork, codes: Codes, leads: Mapping[str, str]) -> tuple[Sequence[str], str]:
    """A new system by the leads placed; the left ventricular lead is its add-on."""
    new = cast("Mapping[str, str]", codes["new"])
    left = (leads["left_beside"],) if work.left_lead or work.leads == "multiple" else ()
    one = next(iter(work.new_leads), "ventricular")
    chambers = {"dual": "both", "multiple": "both", "single": one}.get(work.leads) or (
        "both" if len(work.new_leads) > 1 else ""
    )
    if work.kind == "defibrillator":
        return ((new["both"], *left), "a new system: generator and leads, one or two chambers")
    if not chambers:
        said = ", ".join(f"{code} {name}" for name, code in new.items())
        return ((), f"A new pacemaker with its leads, by where they lie: {said}.")
    return ((new[chambers], *left), "a new system: generator and leads")


def _other(work: DeviceWork, telling: Telling) -> tuple[Sequence[str], str]:
    """Leadless pacemakers, defibrillators under the skin, loop recorders."""
    codes = cast("Mapping[str, str]", telling.table(_OTHERS).get(work.kind, {}))
    if work.kind == "subcutaneous":
        if work.changed:
            return ((codes["replaced"],), "the generator exchanged on the electrode that was there")
        if work.moved:
            return ((codes["electrode_moved"],), "the electrode moved")
        return (
            ((codes["removed"], codes["electrode_removed"]), "generator and electrode taken out")
            if work.removed
            else ((codes["new"],), "generator and electrode under the skin")
        )
    if work.removed and not work.placed:
        return ((codes["removed"],), "taken out")
    both_done = work.removed or work.changed
    return (
        (codes["placed"],),
        "the new one; taking the old one out at the same place is not apart" if both_done else "placed",
    )


def _said(lines: Sequence[str], why: str, work: DeviceWork, telling: Telling) -> None:
    written = [
        each.code
        for each in telling.question.codes
        if not each.absent and each.code not in telling.question.alternatives
    ]
    statement = f"{both(list(lines))}: {why}."
    wrong = [each for each in written if each not in lines]
    modifiers = ("78",) if work.moved and _LATER.search(telling.question.text.lower()) else ()
    if wrong and telling.question.wants_yes_or_no:
        telling.correct(f"{statement} Not {both(wrong)}.", *_paths(work))
    else:
        fits = bool(written) and set(written) == set(lines) and telling.question.wants_yes_or_no
        telling.head(statement, *_paths(work), verdict=Verdict.YES if fits else None)
    if modifiers:
        telling.say(
            "Within the 90 days of the insertion the same physician adds 78 for the return to the laboratory or "
            "operating room.",
            *_paths(work),
        )
    for code in lines:
        apart = ("59", "XS") if code == "33286" and len(lines) > 1 else ()
        telling.stands(code, 1, modifiers or apart)
    for code in wrong:
        telling.refuse(code, f"what was done is {both(list(lines))}")
