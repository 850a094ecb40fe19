"""Assistants, co-surgeons and teams: whether the code pays one, under which modifier, and which share."""

from __future__ import annotations

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.reading.helpers import Help, Helper, helped
from caseconsultant.consulting.topics.telling import Telling, percent
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.published import Fee
from caseconsultant.domain.question import Question, Topic

_RULES = "surgical_payment.helpers"
_SHARE = f"{_RULES}.share"
_WITH_RECORD, _NEVER, _PAID = "0", "1", "2"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The modifier and share of a helper for each operation in question; nothing where nobody helped."""
    told = helped(question)
    if told is None:
        return NOTHING
    telling = Telling(question, knowledge, Topic.MODIFIERS)
    modifier = _modifier(told)
    _introduced(told, modifier, telling)
    codes = [code for code in (proposed(question) or dict.fromkeys(told.named)) if not code.startswith("99")]
    for code in codes:
        fee = telling.fee(code)
        if fee and not telling.ended(code):
            _of_code(code, fee, told, modifier, telling)
    if not codes and "indicator" in question.text.lower():
        scale = telling.table(f"{_RULES}.assistant_meaning")
        told_scale = "; ".join(f"{indicator} {meaning}" for indicator, meaning in scale.items())
        telling.head(f"Assistant indicators of the fee schedule: {told_scale}.", f"{_RULES}.assistant_meaning")
    elif not codes:
        telling.ask("Which operation (code) was it?")
    if question.payer not in {None, Payer.MEDICARE}:
        telling.say(
            "The indicators and shares are Medicare's; the plan's own policy decides, and many plans follow them.",
            _SHARE,
        )
    return telling.found()


def _modifier(told: Help) -> str | None:
    """The modifier the facts earn, None where they leave it open."""
    if told.team:
        return "66"
    if told.co_surgeons:
        return "62"
    if told.who is Helper.NONPHYSICIAN:
        return "AS"
    if told.who is Helper.PHYSICIAN:
        return "82" if told.teaching and told.no_resident else "80"
    return None


def _introduced(told: Help, modifier: str | None, telling: Telling) -> None:
    share = telling.table(_SHARE)
    if told.who is Helper.NOT_PAID:
        telling.correct(
            "Medicare pays no assistant fee for a surgical technician, scrub nurse or registered "
            "nurse first assistant: "
            "AS is for physician assistants, nurse practitioners and clinical nurse specialists.",
            f"{_RULES}.not_paid_to",
        )
    elif told.resident_available:
        telling.correct(
            "Where a qualified resident was available in a teaching hospital Medicare pays no "
            "assistant at surgery, physician or PA; 82 only where none was, and "
            "the record says so.",
            f"{_RULES}.assistant_modifier",
        )
    elif modifier == "AS":
        _of_practitioner(told, telling)
    elif modifier == "82":
        _of_teaching(told, telling)
    elif modifier == "80":
        telling.head(
            f"80: a physician who assists; 16 percent of the fee ({percent(share['80'])} of the fee schedule amount). "
            "81 where the help was minimal, 82 in a teaching hospital without a qualified resident.",
            _SHARE,
            f"{_RULES}.assistant_modifier",
        )
    elif modifier == "62":
        telling.head(
            f"62 on both surgeons' lines of the same code: each is paid {percent(share['62'])} of "
            f"the fee. One who only "
            "assists bills 80 (a practitioner AS), not 62.",
            _SHARE,
        )
    elif modifier == "66":
        telling.head(
            "66: a surgical team, paid by report with each surgeon's part documented.", f"{_RULES}.team_meaning"
        )
    else:
        telling.head(
            "A physician assistant, nurse practitioner or clinical nurse specialist bills AS (13.6 "
            "percent of the fee); "
            "a physician 80, or 82 in a teaching hospital without a qualified resident (16 percent).",
            _SHARE,
            f"{_RULES}.assistant_modifier",
        )
        telling.ask("Who assisted: a physician, or a PA, NP or clinical nurse specialist?")


def _of_practitioner(told: Help, telling: Telling) -> None:
    wrong = told.modifiers & {"80", "81", "82"}
    statement = (
        "AS: a physician assistant, nurse practitioner or clinical nurse specialist who assists "
        "bills AS, under the own "
        "number, and is paid 13.6 percent of the fee (85 percent of 16)."
    )
    chooses = "AS" in told.modifiers
    if wrong and not chooses and telling.question.wants_yes_or_no:
        telling.correct(f"{statement} {', '.join(sorted(wrong))} is for physicians.", _SHARE)
    else:
        telling.head(statement, _SHARE, f"{_RULES}.assistant_modifier")


def _of_teaching(told: Help, telling: Telling) -> None:
    statement = (
        "82: in a teaching hospital with a residency an assistant at surgery is paid only where no "
        "qualified resident was "
        "available, and the record must say so; a physician's share is 16 percent of the fee."
    )
    if told.modifiers & {"80", "81"}:
        telling.correct(statement, f"{_RULES}.assistant_modifier", _SHARE)
    else:
        telling.head(statement, f"{_RULES}.assistant_modifier", _SHARE)


def _of_code(code: str, fee: Fee, told: Help, modifier: str | None, telling: Telling) -> None:
    if modifier in {"62", "66"}:
        _of_several(code, fee, modifier, telling)
        return
    said = f"{code} has assistant indicator {fee.assistant}"
    rests_on = (f"{_RULES}.assistant_meaning", fee.reference)
    if fee.assistant == _NEVER:
        telling.correct(
            f"{said}: an assistant is never paid for it, whoever assisted; an appeal does not help.", *rests_on
        )
        telling.refuse(code, "assistant indicator 1: an assistant at this operation is never paid")
        return
    if told.who is Helper.NOT_PAID or told.resident_available:
        telling.refuse(code, "no assistant is paid in this case")
        return
    if fee.assistant == _PAID:
        telling.head(f"{said}: an assistant is paid.", *rests_on)
        if modifier:
            telling.stands(code, modifiers=(modifier,))
        else:
            telling.only_if(code, "the operative note shows what the assistant did", ("80", "82", "AS"))
        return
    if fee.assistant == _WITH_RECORD:
        telling.head(
            (
                f"{said}: paid only with documentation of why an assistant was necessary in this case; "
                f"send the operative note."
            ),
            *rests_on,
            verdict=Verdict.DEPENDS,
        )
        telling.only_if(
            code,
            "the record shows why an assistant was medically necessary",
            (modifier,) if modifier else ("80", "82", "AS"),
        )
        telling.ask("Does the documentation show why an assistant was needed?")
        return
    telling.head(f"{said}: the concept does not apply.", *rests_on)


def _of_several(code: str, fee: Fee, modifier: str, telling: Telling) -> None:
    indicator = fee.co_surgeon if modifier == "62" else fee.team
    kind, path = ("co-surgeon", "cosurgeon_meaning") if modifier == "62" else ("team", "team_meaning")
    meaning = telling.table(f"{_RULES}.{path}").get(indicator, "")
    rests_on = (f"{_RULES}.{path}", fee.reference)
    said = f"{code} has {kind} indicator {indicator}: {meaning}."
    if indicator == "0":
        telling.correct(said, *rests_on)
        telling.refuse(code, f"{kind} indicator 0: {modifier} is never paid")
    elif indicator == "1":
        telling.head(said, *rests_on, verdict=Verdict.DEPENDS)
        telling.only_if(code, "the record shows why each surgeon was needed", (modifier,))
    else:
        telling.head(said, *rests_on)
        telling.only_if(
            code, "two surgeons of different specialties each did a distinct part", (modifier,)
        ) if modifier == "62" else telling.only_if(code, "the report shows each surgeon's part", (modifier,))
