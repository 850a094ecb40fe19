"""Equipment for the home: KX, rental months, sides, refills, purchase; Medicare's rules unless a plan is named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import governing_payer
from caseconsultant.consulting.reading.equipment import Equipment, equipment
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_KX = "dme.modifier.policy_met"
_MONTHS, _CAPPED = "dme.modifier.capped_month", "dme.rental.capped_months"
_SIDES = "dme.modifier.sides"
_REFILL = "dme.order.refill_days"
_USE = "dme.positive_airway_pressure.adherence"
_HOW_OFTEN = re.compile(r"\bhow (?:often|many)\b|\bfrequency\b|\blimits?\b|\breplac\w+|\bevery\b", re.IGNORECASE)
_CAPPED_ITEMS = re.compile(r"E0(?:601|470|471|472|250|255|260|265|277|301|303|310|143x|570)|K000[1-7]|E0570")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What is said of an item's line; nothing where no equipment is told of."""
    told = equipment(question)
    if told is None:
        return NOTHING
    telling = Telling(question, knowledge, Topic.COVERAGE)
    if _aside(told, telling):
        return telling.found()
    _answer(told, telling)
    if told.adherence and told.positive_airway and not told.refill:
        _adherence(telling)
    if told.index and told.positive_airway:
        row = telling.table("dme.positive_airway_pressure.index")
        telling.head(
            (
                f"A sleep test with {row['alone']} or more events an hour (AHI or RDI) qualifies by "
                f"itself, {row['with_symptoms']} to 14 with symptoms or another disease."
            ),
            "dme.positive_airway_pressure.index",
        )
    return telling.found()


def _aside(told: Equipment, telling: Telling) -> bool:
    """Spare items, repairs, breaks in need and lines that cannot carry KX; whether one of them was asked."""
    text = telling.question.text
    days = re.search(r"\bbreak\b[^.?!\n]{0,40}?\b(\d{2,3}) days\b", text, re.IGNORECASE)
    if re.search(
        (
            r"\b(?:second|spare|back-?up|extra|travel)\b[^.?!\n]{0,30}\b(?:cpap|wheelchair|item|unit|"
            r"device|machine|walker|travel)\b"
        ),
        text,
        re.IGNORECASE,
    ):
        telling.correct(
            "Medicare pays no second or spare piece of equipment (backup or for travel).", "dme.one_item.backup_paid"
        )
    elif re.search(r"\brepairs?\b", text, re.IGNORECASE):
        telling.head(
            (
                "Repair of equipment the patient owns: K0739 for labor, the part with RB, K0462 for a "
                "loaner; RA is for replacing the whole item."
            ),
            "dme.modifier.replacement_repair",
        )
    elif days:
        least = int(str(telling.value("dme.rental.break_days")))
        new = int(days[1]) > least
        telling.head(
            f"A break in need of {days[1]} days: more than {least} days plus the rest of the rental month starts a new "
            f"{telling.value(_CAPPED)} months, with a new order and need; "
            f"{'so it may' if new else 'this one is shorter, so the count goes on'}.",
            "dme.rental.break_days",
        )
    elif told.kx and told.met is False and not told.kx_missing:
        telling.head(
            (
                "Criteria not met: no KX; GA with an ABN signed before delivery, GZ without one, GY "
                "where the item is excluded."
            ),
            _KX,
        )
    else:
        return False
    return True


def _answer(told: Equipment, telling: Telling) -> None:
    if told.refill:
        _refill(telling)
    elif told.both_sides and (told.code or {"RT", "LT"} & told.modifiers):
        _sides(told, telling)
    elif governing_payer(telling.question) in {Payer.COMMERCIAL, Payer.MEDICAID}:
        _plan(told, telling)
    else:
        _of_medicare(told, telling)


def _of_medicare(told: Equipment, telling: Telling) -> None:
    if told.kx_missing:
        _missing_kx(told, telling)
    elif re.search(r"\boxygen\b|\bE1390\b|\bE0431\b", telling.question.text) and (
        told.rent or "month" in telling.question.text.lower()
    ):
        telling.head(
            f"Oxygen equipment is rented {telling.value('dme.rental.oxygen_months')} months; the "
            f"supplier then goes on without rent to the end "
            f"of {telling.value('dme.rental.useful_life_years')} years.",
            "dme.rental.oxygen_months",
            "dme.rental.useful_life_years",
        )
        _oxygen_line(told, telling)
    elif told.code in telling.table("dme.supply_limits.usual_maximum") and _HOW_OFTEN.search(telling.question.text):
        row = cast("Mapping[str, int]", telling.table("dme.supply_limits.usual_maximum")[str(told.code)])
        telling.head(
            (
                f"{told.code}: usually {row['units']} in {row['months']} "
                f"month{'s' if row['months'] > 1 else ''}; more needs a reason in the record."
            ),
            "dme.supply_limits.usual_maximum",
        )
    elif told.before_delivery or told.late_order:
        _before_delivery(told, telling)
    elif told.strips:
        _strips(telling)
    elif (told.rent or told.month) and told.code and (told.kx or told.month or told.met or "RR" in told.modifiers):
        _rental(told, telling)
    elif told.buy and told.code and _capped(told, telling):
        _purchase(told, telling)
    elif told.kx:
        telling.say("KX says that every requirement of the coverage policy is met and in the supplier's file.", _KX)


def _capped(told: Equipment, telling: Telling) -> bool:
    lines = telling.knowledge.schedules.equipment(str(told.code), "FL", on=telling.question.as_of)
    return any(line.status == "CR" for line in lines) or _CAPPED_ITEMS.fullmatch(str(told.code)) is not None


def _missing_kx(told: Equipment, telling: Telling) -> None:
    telling.head(
        (
            "KX may be added and the claim resent only if every requirement of the coverage policy was "
            "met and stands in the supplier's file; it is no fix for a denial."
        ),
        _KX,
        verdict=Verdict.NO if told.met is False else Verdict.DEPENDS,
    )
    if told.abn or told.met is not True:
        telling.say(
            "If the requirements are not met: GA with an ABN signed before delivery, GZ without "
            "one. An ABN is not needed where they are met, and one "
            "signed now does not count.",
            _KX,
            "abn.form.must_hold",
        )
    if told.positive_airway:
        telling.say(
            "CPAP: a qualifying sleep test, a visit before it and an order; from month 4 also "
            "proof of use and benefit (visit between day 31 and 91, 4 "
            "hours a night on 70 percent of nights in 30 days).",
            _USE,
            "dme.positive_airway_pressure.index",
        )
    month = _month_modifier(told)
    if told.code and told.met is not False:
        telling.only_if(
            told.code,
            "every requirement of the policy is met and in the file",
            ("RR", "KX", *((month,) if month else ())),
        )
    telling.ask("Is the proof that every requirement of the policy is met in the file (order, visit, sleep test)?")


def _month_modifier(told: Equipment) -> str | None:
    if told.month is None:
        return None
    return "KH" if told.month == 1 else ("KI" if told.month <= 3 else "KJ")  # noqa: PLR2004 - the rule's months


def _rental(told: Equipment, telling: Telling) -> None:
    month = _month_modifier(told)
    months = telling.value(_CAPPED)
    said = "KH in month 1, KI in months 2 and 3, KJ in months 4 to 13"
    kx = ("KX",) if told.met or told.kx else ()
    lead = f"{told.code}, month {told.month}: RR and {month}" if month else f"{told.code}: RR, and the month: {said}"
    telling.head(
        (
            f"{lead}{', with KX since every requirement is met' if kx else ''}. A capped rental runs "
            f"{months} months, then the patient owns the item."
        ),
        _MONTHS,
        _CAPPED,
        _KX,
    )
    if month:
        telling.say(f"The rental months: {said}.", _MONTHS)
        telling.stands(str(told.code), modifiers=("RR", month, *kx))
    else:
        for each, when in (("KH", "it is month 1"), ("KI", "it is month 2 or 3"), ("KJ", "it is month 4 to 13")):
            telling.branch(str(told.code), when, ("RR", each, *kx))
        telling.ask("Which rental month is it?")


def _before_delivery(told: Equipment, telling: Telling) -> None:
    groups = telling.table("dme.order.before_delivery")
    listed = [code for name in groups if name != "power_mobility" for code in cast("Sequence[str]", groups[name])]
    power = told.code is not None and re.fullmatch(r"K08\d{2}", told.code) is not None
    if told.late_order and told.code and (power or told.code in listed):
        telling.correct(
            f"{told.code}: the order must be in hand before delivery (it is on that list); one written afterwards "
            f"does not "
            "mend it, and no modifier does. An ABN signed before delivery and GA would move the cost; without one GZ.",
            "dme.order.before_delivery",
            _KX,
        )
        return
    if told.late_order and told.code:
        telling.head(
            f"{told.code}: the standard written order must be complete and in hand before the claim is sent, not "
            "before delivery; only listed items (power mobility, some braces) need it before delivery.",
            "dme.order.elements",
            "dme.order.before_delivery",
        )
        return
    telling.head(
        "Before delivery: a face-to-face visit within 6 months before the order, and the written "
        "order in hand (power mobility, and listed braces); items on the "
        "prior authorization list need that too, else the claim is denied.",
        "dme.order.before_delivery",
        "dme.order.prior_authorization",
        "dme.order.elements",
    )


def _oxygen_line(told: Equipment, telling: Telling) -> None:
    """Oxygen is rented by the month: RR, without the months' modifiers of a capped rental."""
    months = int(str(telling.value("dme.rental.oxygen_months", 0)))
    if not told.code or not told.code.startswith(("E04", "E1390", "E1391", "E1392", "K0738")):
        return
    if told.month is not None and told.month > months:
        telling.correct(f"{told.code}, month {told.month}: no rental after month {months}.", "dme.rental.oxygen_months")
        telling.refuse(told.code, f"the rental ends with month {months}")
        return
    telling.head(
        f"{told.code}-RR each month; KH, KI and KJ are for capped rentals, not for oxygen. A flow or situation "
        f"modifier "
        "(N1 to N3, QE, QF, QG) follows the tested need.",
        "dme.category.meaning",
        "dme.rental.oxygen_months",
    )
    telling.stands(told.code, modifiers=("RR", *(("KX",) if told.kx and told.met else ())))


def _strips(telling: Telling) -> None:
    table = cast("Mapping[str, Mapping[str, int]]", telling.table("dme.supply_limits.glucose_per_three_months"))
    strips, lancets = table["A4253"], table["A4259"]
    telling.head(
        f"KX for a patient who uses insulin, KS for one who does not. In 3 months: A4253 (50 "
        f"strips) {strips['insulin']} units with insulin and {strips['no_insulin']} without; "
        f"A4259 (100 lancets) {lancets['insulin']} and {lancets['no_insulin']}.",
        "dme.modifier.insulin",
        "dme.supply_limits.glucose_per_three_months",
    )


def _purchase(told: Equipment, telling: Telling) -> None:
    telling.correct(
        (
            f"Medicare does not buy {told.code} new: it is a capped rental, RR for "
            f"{telling.value(_CAPPED)} months, after which the patient owns it; NU is denied."
        ),
        _CAPPED,
        "dme.category.meaning",
    )


def _plan(told: Equipment, telling: Telling) -> None:
    if not (told.buy or told.rent):
        return
    telling.head(
        f"Buying or renting is the plan's policy and contract: NU where it lets the item be bought, "
        f"RR where it wants a rental. Medicare rents {told.code or 'it'} for "
        f"{telling.value(_CAPPED)} months (capped rental), then the patient owns it.",
        _CAPPED,
        "dme.modifier.condition",
        verdict=Verdict.DEPENDS,
    )
    if told.code:
        telling.only_if(told.code, "the plan's policy lets the item be bought", ("NU",))
    telling.ask("Does the plan's policy buy the item, or rent it to a cap?")


def _sides(told: Equipment, telling: Telling) -> None:
    statement = (
        "Two lines, one with RT and one with LT, one unit each: RTLT on one line is returned since March 1, 2019."
    )
    if re.search(r"\bRTLT\b|\bLTRT\b|\bone line\b|\b2 units\b|-50\b", telling.question.text, re.IGNORECASE):
        telling.correct(f"{statement} Not 2 units on one line.", _SIDES)
    else:
        telling.head(statement, _SIDES)
    if told.code:
        telling.only_if(told.code, "each side is a line of its own, with one unit", ("RT", "LT"))


def _refill(telling: Telling) -> None:
    row = cast("Mapping[str, int]", telling.table(_REFILL))
    if not row:
        return
    shipped = re.search(r"\bship\w*\b[^.?!\n]{0,40}?\b(\d{1,2}) days\b", telling.question.text, re.IGNORECASE)
    if shipped and int(shipped[1]) > row["ship"]:
        telling.correct(f"Shipped {shipped[1]} days before the end: too early, at most {row['ship']} days.", _REFILL)
    telling.head(
        f"On {telling.question.as_of}: contact no sooner than {row['contact']} days and ship no "
        f"sooner than {row['ship']} days before the supply ends; the refill must be confirmed, "
        "no automatic shipping.",
        _REFILL,
    )
    telling.say(
        (
            "The contact may be 30 days before since January 1, 2024; until then it was 14 days. "
            "Shipping stayed at 10 days."
        ),
        _REFILL,
    )


def _adherence(telling: Telling) -> None:
    row = telling.table(_USE)
    if row:
        telling.say(
            f"Use in the trial: {row['hours_per_night']} hours a night on 70 percent of nights in "
            f"{row['consecutive_days']} days in a row within the first {row['within_first_days']} "
            f"days, "
            f"and a visit between day {row['visit_from_day']} and {row['visit_to_day']} that tells of benefit.",
            _USE,
        )
