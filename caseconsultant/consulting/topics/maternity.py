"""Maternity care: the global code, or antepartum visits, delivery and postpartum care apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.calculators.maternity import antepartum_code
from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.reading.pregnancy import Pregnancy, pregnancy
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.question import Question

_VISITS = "maternity.antepartum.visit_codes"
_CODES = "maternity.delivery.codes"
_SPLIT = "maternity.split.rule"
_GLOBAL = "maternity.delivery.global_requires"
_ALONE = ("59425", "59426")
_POSTPARTUM = "59430"
_RULE = (
    "Antepartum care alone: 1 to 3 visits are office visits (99202 to 99215), each by itself; 4 to 6 "
    "visits 59425 once; 7 or more 59426 once."
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What the group may bill for the care it gave; nothing where no maternity care is told of."""
    told = pregnancy(question)
    if told is None:
        return NOTHING
    telling = Telling(question, knowledge)
    written = set(proposed(question))
    _answer(told, written, telling)
    return telling.found()


def _answer(told: Pregnancy, written: set[str], telling: Telling) -> None:
    if told.twins:
        _twins(told, telling)
    elif told.postpartum_only:
        telling.head("59430: postpartum care alone, without the delivery.", "maternity.postpartum.alone")
        telling.stands(_POSTPARTUM)
    elif told.insurance_changed:
        _insurance(told, telling)
    else:
        _by_part(told, written, telling)


def _by_part(told: Pregnancy, written: set[str], telling: Telling) -> None:
    """What the group gave: visits, the delivery, or both."""
    if told.delivered is False:
        _visits_alone(told, written, telling)
    elif told.delivery_only and not told.visits:
        _delivery(told, telling)
    elif told.visits and told.delivered and not told.transferred_in and told.postpartum and told.kind:
        _whole(told, telling)
    elif told.visits and told.delivered:
        _split(told, written, telling)
    elif told.all_care and told.kind:
        _whole(told, telling)
    elif told.visits or not written.isdisjoint(_ALONE):
        _visits_alone(told, written, telling)


# --- Visits ----------------------------------------------------------------------------------------------------------


def _code_of(visits: int, telling: Telling) -> str | None:
    rows = cast("Sequence[Mapping[str, object]]", telling.value(_VISITS, ()))
    return antepartum_code(visits, rows)


def _visits_alone(told: Pregnancy, written: set[str], telling: Telling) -> None:
    if told.visits is None:
        telling.head(_RULE, _VISITS, _SPLIT)
        telling.only_if("59425", "the group gave 4 to 6 antepartum visits")
        telling.only_if("59426", "the group gave 7 or more antepartum visits")
        telling.ask("How many antepartum visits did the group give?")
        return
    code = _code_of(told.visits, telling)
    is_code = code in _ALONE
    statement = (
        f"{told.visits} antepartum visits without the delivery: "
        f"{f'{code} once, one unit' if is_code else 'office visits, each by itself with its own level'}. "
        f"{_RULE}"
    )
    wrong = written & ({*_ALONE, "59400", "59510"} - {code or ""})
    units = [each for each in telling.question.codes if each.code == code and (each.units or 1) > 1]
    if wrong or units:
        telling.correct(statement, _VISITS, _SPLIT)
        for each in wrong:
            why = f"{told.visits} visits are not its number" if each in _ALONE else "the group did not deliver"
            telling.refuse(each, why)
    else:
        telling.head(statement, _VISITS, _SPLIT)
    if is_code and code:
        telling.stands(code, units=1)
    if told.delivered is False and told.postpartum:
        telling.head(
            "59430 beside it for the postpartum care, since another delivered.", "maternity.postpartum.alone", _SPLIT
        )
        telling.stands(_POSTPARTUM)
    elif told.another_delivered and told.postpartum is None:
        telling.head(
            "59430 beside it if your group gives the postpartum care, since another group delivered.",
            "maternity.postpartum.alone",
            _SPLIT,
        )
        telling.only_if(_POSTPARTUM, "your group gives the postpartum care")
        telling.ask("Who gives the postpartum care?")


def _split(told: Pregnancy, written: set[str], telling: Telling) -> None:
    """Visits of one group that also delivered, but did not give all the care."""
    code = _code_of(cast("int", told.visits), telling)
    delivery = _delivery_code(told, telling)
    if told.kind is None or delivery is None:
        telling.head(f"{_RULE} The delivery has a code of its own.", _VISITS, _CODES)
        telling.ask("Was it a vaginal or a cesarean delivery?")
        return
    antepartum = f"{code} once" if code in _ALONE else "office visits"
    name, meant = delivery
    whole = _row(told, telling)["global"]
    statement = (
        f"Split: {antepartum} for {told.visits} antepartum visits and {name} for the delivery {meant}, "
        f"not {whole}. {_RULE}"
    )
    telling.head(statement, _VISITS, _CODES, _SPLIT)
    telling.say(
        f"{whole} is for one group that gave all the antepartum care, the delivery and the postpartum care.", _GLOBAL
    )
    if whole in written and telling.question.wants_yes_or_no:
        telling.refuse(whole, "the group did not give all the care")
    if code in _ALONE and code:
        telling.stands(code, units=1)
    if told.postpartum is None:
        telling.branch(name, "the postpartum care is given by another group")
        telling.branch(_row(told, telling)["delivery_and_postpartum"], "the group also gives the postpartum care")
        telling.ask("Who gives the postpartum care?")
    else:
        telling.stands(name)


def _row(told: Pregnancy, telling: Telling) -> Mapping[str, str]:
    return cast("Mapping[str, str]", telling.table(_CODES).get(told.kind or "", {}))


def _delivery_code(told: Pregnancy, telling: Telling) -> tuple[str, str] | None:
    row = _row(told, telling)
    if not row:
        return None
    return (row["delivery_and_postpartum"], "with postpartum care") if told.postpartum else (row["delivery"], "alone")


def _delivery(told: Pregnancy, telling: Telling) -> None:
    row = _row(told, telling)
    if not row:
        telling.head(
            "Delivery alone: 59409 vaginal, 59514 cesarean, 59612 and 59620 after an earlier cesarean.", _CODES
        )
        telling.ask("Was it a vaginal or a cesarean delivery?")
        return
    code = row["delivery_and_postpartum"] if told.postpartum else row["delivery"]
    telling.head(
        f"{code}: delivery {'with postpartum care' if told.postpartum else 'only'}; the other group bills its visits.",
        _CODES,
        _SPLIT,
    )
    telling.stands(code)


def _whole(told: Pregnancy, telling: Telling) -> None:
    code = _row(told, telling)["global"]
    telling.head(f"{code}: one group gave antepartum care, delivery and postpartum care.", _CODES, _GLOBAL)
    telling.stands(code)


# --- Other payers, twins ---------------------------------------------------------------------------------------------


def _insurance(told: Pregnancy, telling: Telling) -> None:
    row = _row(told, telling)
    whole = row.get("global", "59400")
    delivery = row.get("delivery_and_postpartum", "59410")
    telling.head(
        f"Not the global {whole} to one plan where coverage changed: each payer pays the part of "
        f"its time, by its own policy. Antepartum visits "
        f"to the first payer by their number (59425 or 59426), then visits and delivery with "
        f"postpartum care ({delivery}) to the second.",
        _SPLIT,
        _VISITS,
        _GLOBAL,
    )
    telling.say(
        f"{_RULE} Some plans want the global from the payer on the day of delivery: ask the plan's policy.", _VISITS
    )
    telling.ask("How many antepartum visits were there under each plan?")
    telling.only_if("59425", "4 to 6 visits fell under that plan")
    telling.only_if("59426", "7 or more visits fell under that plan")
    telling.only_if(delivery, "it is billed to the plan in force on the day of delivery")


def _twins(told: Pregnancy, telling: Telling) -> None:
    table = cast("Mapping[str, Mapping[str, str]]", telling.table("maternity.delivery.twins"))
    kind = "both_cesarean" if told.kind == "cesarean" else "both_vaginal"
    kind = "vaginal_then_cesarean" if told.both_ways else kind
    row = table[kind]
    second = (
        "no second code; 22 where it was much more work"
        if row["second"] == "none"
        else f"{row['second']} with {row['modifier']} for the second"
    )
    if told.both_ways:
        second = f"{row['second']} with {row['modifier']} for the vaginal birth"
    first = f"{row['first']} for the {'cesarean' if told.both_ways else 'first'}"
    telling.head(
        f"Twins, {kind.replace('_', ' ')}: {first}, {second}. Policies differ, so ask the payer.",
        "maternity.delivery.twins",
    )
    telling.stands(row["first"])
    if told.both_ways:
        telling.stands(row["second"], modifiers=tuple(str(row["modifier"]).split(" or "))[:1])
