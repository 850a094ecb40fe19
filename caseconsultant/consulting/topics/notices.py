"""The ABN and its modifiers: GA, GX, GY, GZ; who owes a denied service, and where a notice shifts nothing."""

from __future__ import annotations

import re
from itertools import combinations

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.liability import Liability, liability
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic

_TABLE = "abn.liability.by_modifier"
_NOT_FOR = "abn.use.not_for"
_FORM = "abn.form.must_hold"
_GX_FROM = "2010-04-01"
_TOGETHER = re.compile(
    r"\bsame line\b|\btogether\b|\bboth\b|\b(?:GA|GX|GY|GZ)\b[^.?!\n]{0,12}\b(?:and|with|plus)\s(?:GA|GX|GY|GZ)\b",
    re.IGNORECASE,
)
_FLAW = re.compile(
    (
        r"\b(?:no|without|missing|lacks?|left (?:off|blank)|blank)\b[^.?!\n]{0,16}\b(?:cost|estimate|"
        r"reason|date|option|signature)\b"
    ),
    re.IGNORECASE,
)
_EQUIPMENT = re.compile(r"\b[EKL]\d{4}\b|\bcpap\b|\bsupplier\b|\bdme\b", re.IGNORECASE)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The modifier and who pays; nothing where no notice is in question."""
    told = liability(question)
    if told is None or _EQUIPMENT.search(question.text) or question.payer in {Payer.COMMERCIAL, Payer.MEDICAID}:
        return NOTHING
    telling = Telling(question, knowledge, Topic.COVERAGE)
    if telling.rule(_TABLE) is None:
        _before_gx(told, telling)
    elif told.advantage:
        _advantage(telling)
    elif told.reason == "edit" or _paired(telling):
        _edit(telling)
    else:
        _of_notice(told, telling)
    return telling.found()


def of_units(question: Question) -> bool:
    """Whether a notice is asked about for units over an MUE, and no claim is to be worked out."""
    told = liability(question)
    return told is not None and told.reason == "edit" and bool(question.codes) and question.minutes is None


def _of_notice(told: Liability, telling: Telling) -> None:
    """The notice itself, its modifiers, and how long it holds."""
    text = telling.question.text
    if told.blanket:
        telling.correct(
            "No routine (blanket) ABNs: a notice needs a service and a reason to expect a denial "
            "in this case; one given to everybody is invalid and "
            "shifts no cost.",
            _NOT_FOR,
            _FORM,
        )
    elif _FLAW.search(text):
        telling.correct(
            "That notice is invalid: it must name the service, the reason and a good-faith cost "
            "estimate, and bear the option, signature and date before the "
            "service. Without one of these the provider is liable (GZ).",
            _FORM,
        )
    elif len(told.modifiers) > 1 and _TOGETHER.search(text):
        _together(told, telling)
    elif re.search(r"\boptions? ?[123]\b|\bthree options\b", text, re.IGNORECASE):
        options = telling.table("abn.form.options")
        telling.head(
            "; ".join(f"Option {number}: {meaning}" for number, meaning in options.items()) + ".", "abn.form.options"
        )
    elif not told.how_long:
        _modifier(told, telling)
    if told.how_long:
        telling.head(
            (
                "One ABN for repeated services of the same kind holds for 12 months, while nothing "
                "changes; keep it 5 years."
            ),
            "abn.form.good_for",
            "abn.form.kept_for",
        )


def _together(told: Liability, telling: Telling) -> None:
    """Two of the modifiers on one line."""
    table = telling.table("abn.liability.combinations")
    for name, allowed in table.items():
        first, _, second = name.partition("_with_")
        if {first, second} <= told.modifiers:
            said = "may share a line" if allowed else "never stand on one line"
            why = {
                "GA": "GA says an ABN was signed",
                "GZ": "GZ that none was",
                "GX": "GX is a voluntary notice",
                "GY": "GY an exclusion by law",
            }
            telling.head(
                f"{first} and {second} {said}: {why[first]}, {why[second]}.",
                "abn.liability.combinations",
                verdict=Verdict.YES if allowed else Verdict.NO,
            )


def _paired(telling: Telling) -> bool:
    """Whether an NCCI edit pairs two of the codes: its denial is one of coding."""
    codes = list(dict.fromkeys(each.code for each in telling.question.codes))
    return any(telling.edit(first, second) for first, second in combinations(codes, 2))


def _before_gx(told: Liability, telling: Telling) -> None:
    statement = (
        f"GX took effect on {_GX_FROM} (April 1, 2010): on {telling.question.as_of} it was not "
        f"valid. Before it, GY alone stood on an excluded item, with or "
        "without a voluntary notice; GA and GZ were in use."
    )
    if "GX" in told.modifiers:
        telling.correct(statement, "modifiers.groups.notices")


def _advantage(telling: Telling) -> None:
    telling.correct(
        "No ABN for a Medicare Advantage member: the form is for Original Medicare only. Ask the "
        "plan for an organization determination "
        "(pre-service) before the service; without it the member cannot be charged.",
        "abn.use.medicare_advantage_instead",
        _NOT_FOR,
    )


def _limits(telling: Telling) -> None:
    """The limit of units of each code, in both tables."""
    tables = ((Setting.OFFICE, "practitioner"), (Setting.OUTPATIENT_HOSPITAL, "outpatient hospital"))
    for code in dict.fromkeys(each.code for each in telling.question.codes):
        for setting, name in tables:
            limit = telling.knowledge.mue(code, setting=setting, on=telling.question.as_of)
            if limit and limit.units:
                telling.head(f"MUE of {code}, {name} table: {limit.units} (MAI {limit.mai}).", limit.reference)


def _edit(telling: Telling) -> None:
    if re.search(r"\bmue\b|\bmedically unlikely\b", telling.question.text, re.IGNORECASE):
        _limits(telling)
    telling.correct(
        "An ABN shifts nothing here: an NCCI pair (CO-97), a bundled code or an MUE denial is a "
        "coding denial, not one of medical necessity. GA does not "
        "belong on the line and the patient may not be billed.",
        _NOT_FOR,
        "ncci.denials.kind" if telling.rule("ncci.denials.kind") else _NOT_FOR,
    )


def _modifier(told: Liability, telling: Telling) -> None:
    signed = told.signed
    if told.reason == "excluded":
        _excluded(told, telling)
    elif signed is None and told.reason is None:
        _open(telling)
    elif signed and told.late:
        telling.correct(
            (
                "A notice signed after the service is no ABN: GZ, and the provider is liable. It must "
                "be signed before the service."
            ),
            _FORM,
            _TABLE,
        )
    elif signed:
        _signed(told, telling)
    elif signed is False:
        _unsigned(telling)
    else:
        telling.head(
            "Expected to be denied as not necessary: GA if the patient signed an ABN before the "
            "service (the patient is liable), GZ if not (the "
            "provider is liable).",
            _TABLE,
        )
        telling.ask("Did the patient sign an ABN before the service?")
    _codes(told, telling)


def _codes(told: Liability, telling: Telling) -> None:
    modifier = (
        "GZ" if told.signed is False or told.late else ("GA" if told.signed and told.reason != "excluded" else None)
    )
    for code in dict.fromkeys(each.code for each in telling.question.codes):
        if modifier and not telling.ended(code):
            telling.stands(code, modifiers=(modifier,))


def _signed(told: Liability, telling: Telling) -> None:
    statement = (
        "GA: an ABN was signed before the service because a denial as not reasonable and necessary "
        "is expected; Medicare reviews the line, and if it "
        "denies, the patient is liable."
    )
    if told.modifiers & {"GZ", "GY"} and telling.question.wants_yes_or_no and "GA" not in told.modifiers:
        telling.correct(statement, _TABLE, _FORM)
    else:
        telling.head(statement, _TABLE, _FORM)
    telling.say(
        (
            "The notice must name the service, the reason, a cost estimate, the option chosen, and "
            "bear the signature and date before the service."
        ),
        _FORM,
    )


def _unsigned(telling: Telling) -> None:
    telling.head(
        "GZ: a denial as not necessary is expected and no ABN was signed. The line is denied "
        "automatically, the provider is liable, and the patient may not "
        "be billed.",
        _TABLE,
        verdict=Verdict.NO,
    )
    telling.say("GA needs an ABN signed before the service; one signed afterwards does not count.", _FORM)


def _excluded(told: Liability, telling: Telling) -> None:
    voluntary = told.signed or "GX" in told.modifiers
    statement = (
        "GY: the service is excluded by law, so no ABN is needed; Medicare denies it and the "
        "patient is liable. A voluntary notice adds GX "
        "beside GY (since April 1, 2010)."
    )
    if told.modifiers & {"GA", "GZ"} and "GY" not in told.modifiers:
        telling.correct(f"{statement} GA and GZ are for denials of medical necessity.", _TABLE)
    else:
        telling.head(statement, _TABLE, "abn.liability.combinations")
    for code in dict.fromkeys(each.code for each in telling.question.codes):
        telling.stands(code, modifiers=("GX", "GY") if voluntary else ("GY",))


def _open(telling: Telling) -> None:
    telling.head(
        "GA: not necessary, ABN signed before (patient liable). GZ: not necessary, no ABN "
        "(provider liable). GY: excluded by law (patient liable, no ABN "
        "needed). GX: voluntary notice of something excluded, beside GY.",
        _TABLE,
    )
    telling.ask(
        "Is the service excluded by law, or covered but expected to be found not necessary?",
        "Did the patient sign an ABN before the service?",
    )
