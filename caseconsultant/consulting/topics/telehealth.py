"""Telehealth: place of service, modifier, until when, sound alone; Medicare, other payers, clinics."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import governing_payer
from caseconsultant.consulting.reading.remote import Remote, remote
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_PLACES, _RATES = "telehealth.places.patient_at_home", "telehealth.places.rate"
_MEDICARE, _OTHER = "telehealth.modifiers.medicare", "telehealth.modifiers.commercial"
_HOME, _LAST, _LAPSES = (
    "telehealth.medical.home_covered",
    "telehealth.medical.last_day",
    "telehealth.medical.lapses_cured",
)
_AUDIO = "telehealth.audio_only.conditions"
_REPLACED = "telehealth.codes.not_recognized"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Place and modifier of a visit at a distance; nothing where none is told of."""
    told = remote(question)
    if told is None:
        return NOTHING
    telling = Telling(question, knowledge)
    payer = governing_payer(question)
    if payer in {Payer.COMMERCIAL, Payer.MEDICAID, Payer.MEDICARE_ADVANTAGE}:
        _of_plan(told, telling)
    elif told.clinic:
        _clinic(telling)
    elif not _aside(told, telling) and _covered(told, telling):
        _of_medicare(told, telling)
    return telling.found()


def _aside(told: Remote, telling: Telling) -> bool:
    """Codes beside a telehealth visit: the originating site's fee and the short check-in."""
    if "Q3014" in told.codes:
        telling.head(
            "Q3014 is billed by the originating site, the facility where the patient is (such as a "
            "clinic, hospital or nursing facility); the patient's home gets none, and the distant clinician does not "
            "bill it.",
            "telehealth.codes.facility_fee",
        )
        return True
    if {"98016", "G2012"} & set(told.codes):
        telling.say(
            "98016 is a short check-in, no telehealth visit: no 93 or 95 and no place 10 for its sake; it replaced "
            "G2012 in 2025.",
            "telehealth.codes.check_in",
        )
        return True
    return False


def _of_medicare(told: Remote, telling: Telling) -> None:
    if told.until and told.audio is None and not told.codes:
        return
    _not_taken(told, telling)
    if "G0" in told.modifiers or re.search(r"\bstroke\b", telling.question.text, re.IGNORECASE):
        telling.head("G0: telehealth for an acute stroke, on the professional claim.", _MEDICARE)
    if told.audio:
        _audio(told, telling)
    elif told.audio is False:
        _video(told, telling)
    _place(told, telling)
    if governing_payer(telling.question) is None:
        telling.say(
            "Commercial and Medicaid plans mostly want 95 (93 for sound alone) with POS 02 or 10; the plan's policy "
            "decides.",
            _OTHER,
        )


# --- Until when ------------------------------------------------------------------------------------------------------


def _covered(told: Remote, telling: Telling) -> bool:
    """Whether home telehealth is covered on the day; says until when, and that lapses were cured."""
    on = telling.question.as_of
    lapse = _lapse(on, telling)
    last = telling.value(_LAST) or "2027-12-31"
    if lapse:
        telling.head(
            (
                f"Yes, still as telehealth: the lapse of {lapse[0]} to {lapse[1]} was cured, the law "
                f"restored coverage retroactively without a gap, and it now runs through {last}."
            ),
            _LAPSES,
            _LAST,
            verdict=Verdict.YES,
        )
        return True
    if telling.value(_HOME, default=True) is False and not told.behavioral:
        telling.head(
            (
                f"Medical telehealth to the home ended with {last}: on {on} Medicare covers it only "
                f"from a rural originating site. Behavioral health at home stays covered."
            ),
            _HOME,
            "telehealth.behavioral.home_covered",
            verdict=Verdict.NO,
        )
        return False
    if told.behavioral:
        telling.say(
            "Behavioral telehealth to the home is permanent; an in-person visit is required only from 2028.",
            "telehealth.behavioral.home_covered",
            "telehealth.behavioral.in_person_required",
        )
    statement = f"Medicare covers telehealth to the home, audio-only included, through {last} (law of February 2026)."
    if told.until:
        ends = re.search(r"\b(?:end|expire|stop|lapse|cliff)\w*\b", telling.question.text, re.IGNORECASE)
        telling.head(statement, _LAST, _HOME, verdict=None if ends else Verdict.YES)
    else:
        telling.say(statement, _LAST, _HOME)
    if told.therapist:
        telling.head(
            (
                f"Physical, occupational and speech therapists and audiologists may bill Medicare "
                f"telehealth through {last}."
            ),
            "telehealth.medical.practitioners_added",
            _LAST,
            verdict=Verdict.YES,
        )
    return True


def _lapse(on: date, telling: Telling) -> Sequence[str] | None:
    try:
        rule = telling.knowledge.parameter(_LAPSES, on=max(on, date(2026, 2, 3)))  # the law that cured them
    except Exception:  # noqa: BLE001 - no rule, no lapse
        return None
    lapses = cast("Sequence[Sequence[str]]", rule.value)
    return next(
        ([str(each) for each in lapse] for lapse in lapses if str(lapse[0]) <= on.isoformat() <= str(lapse[1])), None
    )


# --- Codes and modifiers ---------------------------------------------------------------------------------------------


def _not_taken(told: Remote, telling: Telling) -> None:
    """Telemedicine codes that Medicare does not take, and the office code instead."""
    table = cast("Mapping[str, str]", telling.table(_REPLACED))
    for code in told.codes:
        if code not in table:
            continue
        audio = code >= "98008"
        modifier = ("93",) if audio else ()
        fee = telling.fee(code)
        telling.correct(
            (
                f"Medicare does not take {code} (status I): it pays the office visit code, "
                f"{table[code]}{'-93' if audio else ''} for the same level."
            ),
            _REPLACED,
            *((fee.reference,) if fee else ()),
        )
        telling.refuse(code, "Medicare does not take 98000 to 98015 (status I)")
        telling.only_if(table[code], "the level of the visit is met", modifier)


def _audio(told: Remote, telling: Telling) -> None:
    telling.head(
        (
            "93: audio-only telehealth. Medicare pays it as the same visit code if the clinician could "
            "use video and the patient is not able or not willing to; the note must say so."
        ),
        _AUDIO,
        _MEDICARE,
    )
    if "95" in told.modifiers and "93" not in told.modifiers:
        telling.correct("Not 95: that is for video; sound alone takes 93.", _MEDICARE)
    if told.visit:
        telling.stands(told.visit, modifiers=("93",))
    for code in told.codes:
        if (
            code != told.visit
            and code.startswith(("99", "908", "G"))
            and code not in cast("Mapping[str, str]", telling.table(_REPLACED))
            and not telling.ended(code)
        ):
            telling.stands(code, modifiers=("93",)) if code.startswith(("908", "9079")) else telling.only_if(
                code, "it is on Medicare's telehealth list", ("93",)
            )


def _video(told: Remote, telling: Telling) -> None:
    if told.critical_access:
        telling.head(
            (
                "GT for a critical access hospital that bills under method II; other professional "
                "claims carry the place of service alone."
            ),
            _MEDICARE,
        )
        return
    if told.hospital:
        telling.head(
            (
                "95 for a hospital's clinician or therapist with the patient at home by video; other "
                "Medicare professional claims carry no telehealth modifier."
            ),
            _MEDICARE,
        )
    elif {"95", "GT"} & told.modifiers:
        telling.head(
            (
                "Medicare wants no 95 (or GT) on an ordinary professional claim by video: the place of "
                "service tells it. 95 is for hospital clinicians with the patient at home."
            ),
            _MEDICARE,
        )
    if told.visit:
        telling.say(
            "Office visits of new and established patients (99202 to 99215) are on Medicare's telehealth list.",
            "telehealth.codes.office_visits_listed",
            verdict=Verdict.YES if telling.question.wants_yes_or_no and not told.modifiers else None,
        )
        telling.stands(told.visit, modifiers=("95",) if told.hospital else ())


def _place(told: Remote, telling: Telling) -> None:
    statement = (
        "Place of service 10 where the patient is at home (paid at the non-facility rate), 02 anywhere "
        "else (facility rate)."
    )
    if told.at_home is None:
        telling.head(statement, _PLACES, _RATES)
        telling.ask("Where was the patient: at home (POS 10) or elsewhere (POS 02)?")
    elif told.at_home:
        telling.head(f"POS 10, since the patient was at home. {statement}", _PLACES, _RATES)
    else:
        telling.head(f"POS 02, since the patient was not at home. {statement}", _PLACES, _RATES)


# --- Others ----------------------------------------------------------------------------------------------------------


def _of_plan(told: Remote, telling: Telling) -> None:
    modifier = "93" if told.audio else "95"
    place = "10 (home)" if told.at_home else ("02" if told.at_home is False else "10 at home, 02 elsewhere")
    telling.head(
        (
            f"{modifier} with POS {place} is usual, but the plan's policy decides modifier, place and "
            f"which codes it takes (98000 to 98015 in some plans)."
        ),
        _OTHER,
    )
    if told.visit:
        telling.stands(told.visit, modifiers=(modifier,))
    telling.say("Medicare itself takes the place of service alone for video and 93 for sound alone.", _MEDICARE)


def _clinic(telling: Telling) -> None:
    last = cast("Mapping[str, str]", telling.table("telehealth.codes.clinic_last_day"))
    telling.head(
        (
            "An RHC or FQHC bills medical telehealth with G2025 (with 93 or FQ for sound alone), "
            "mental health visits as its own visits with 95, or 93 or FQ."
        ),
        "telehealth.codes.clinic",
        _MEDICARE,
    )
    if last:
        telling.say(
            f"G2025 runs through {last['rule']} by CMS's rule and {last['statute']} by the statute.",
            "telehealth.codes.clinic_last_day",
        )
