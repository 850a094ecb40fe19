"""Arthroscopy of one knee or shoulder: what the main code holds, what may stand beside it, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.scopes import Arthroscopy, arthroscopy
from caseconsultant.consulting.topics.telling import Telling, both, either
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_KNEE, _SHOULDER = "arthroscopy.knee", "arthroscopy.shoulder"
_MENISCUS = frozenset({"29880", "29881"})
_BODY, _SMOOTHING, _OTHER = "29874", "29877", "G0289"
_LIMITED, _EXTENSIVE, _ACROMION = "29822", "29823", "29826"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What of an arthroscopy's lines stands; nothing where none is told of."""
    told = arthroscopy(question)
    if told is None:
        return NOTHING
    telling = Telling(question, knowledge)
    if told.knee:
        _knee(told, telling)
    else:
        _shoulder(told, telling)
    return telling.found()


# --- Knee ------------------------------------------------------------------------------------------------------------


def _knee(told: Arthroscopy, telling: Telling) -> None:
    main = _main_of_knee(told, telling)
    smoothing = _SMOOTHING in told.codes or "chondroplasty" in told.work
    body = _BODY in told.codes or "loose_body" in told.work
    if not main or not (smoothing or body or _OTHER in told.codes):
        return
    telling.stands(main)
    if smoothing:
        _smoothing(main, told, telling)
    if body or _OTHER in told.codes or smoothing:
        _body(main, told, telling, asked=body)


def _main_of_knee(told: Arthroscopy, telling: Telling) -> str | None:
    written = [code for code in told.codes if code not in {_BODY, _SMOOTHING, _OTHER}]
    if written:
        return written[0]
    table = telling.table(f"{_KNEE}.meniscus")
    if "meniscus_repair" in told.work:
        return str(table.get("repair_both" if told.both_menisci else "repair_one"))
    if "meniscus_trim" in told.work:
        return str(table.get("trim_both" if told.both_menisci else "trim_one"))
    return None


def _smoothing(main: str, told: Arthroscopy, telling: Telling) -> None:
    edit = telling.edit(main, _SMOOTHING)
    indicator = (
        f"; {_SMOOTHING} is column two to {main}, indicator {edit.modifier_indicator}, so no modifier pays it"
        if edit
        else ""
    )
    references = (edit.reference,) if edit else ()
    if main in _MENISCUS:
        statement = (
            f"{main} alone: it includes chondroplasty (smoothing cartilage) of every compartment of that knee, under CPT's own rule too "
            f"since 2012{indicator}."
        )
        rests_on = (f"{_KNEE}.g0289_beside_meniscectomy", f"{_KNEE}.never_beside_others", *references)
    else:
        statement = f"{_SMOOTHING} never stands beside {main} on the same knee{indicator}. Medicare takes G0289 for another compartment."
        rests_on = (f"{_KNEE}.never_beside_others", *references)
    opposite = told.other_side and {"LT", "RT"} & {m for each in telling.question.codes for m in each.modifiers}
    if opposite:
        telling.head(f"{statement} On the other knee it is reported with RT or LT.", *rests_on)
        return
    if _SMOOTHING in told.codes and not telling.question.alternatives:
        telling.correct(statement, *rests_on)
    else:
        telling.head(statement, *rests_on)
    telling.refuse(_SMOOTHING, f"chondroplasty of that knee is included in {main}")


def _body(main: str, told: Arthroscopy, telling: Telling, *, asked: bool) -> None:
    if telling.question.payer is Payer.COMMERCIAL:
        if asked:
            telling.say(
                f"By CPT's rules {_BODY} beside {main} needs another compartment, and many plans follow Medicare's G0289; ask the plan.",
                f"{_KNEE}.other_compartment_code",
            )
        return
    when = "a loose or foreign body was removed from another compartment of that knee"
    if main not in _MENISCUS:
        when += ", or its cartilage was smoothed there"
    telling.say(
        f"{_OTHER} is Medicare's code for work in another compartment (medial, lateral, patellofemoral); beside {main} "
        f"{'only for a loose or foreign body, not for chondroplasty' if main in _MENISCUS else 'also for chondroplasty'}. 29874 is never "
        f"paid beside {main}.",
        f"{_KNEE}.other_compartment_code",
        f"{_KNEE}.g0289_beside_meniscectomy",
    )
    if _BODY in told.codes:
        telling.refuse(
            _BODY, f"it never stands beside {main} on the same knee; Medicare takes G0289 for another compartment"
        )
    if told.other_compartment and asked:
        telling.stands(_OTHER)
    elif told.other_compartment is False:
        telling.refuse(_OTHER, "work in the same compartment is included")
    else:
        telling.only_if(_OTHER, when)
        telling.ask("In which compartment was each thing done: medial, lateral or patellofemoral?")


# --- Shoulder --------------------------------------------------------------------------------------------------------


def _shoulder(told: Arthroscopy, telling: Telling) -> None:
    codes = list(dict.fromkeys([*told.codes, *(() if told.codes else told.work)]))
    if not codes:
        return
    mains = [code for code in codes if code not in {_LIMITED, _ACROMION}]
    if _ACROMION in codes:
        _acromion(codes, telling)
    if told.other_side:
        return
    if _LIMITED in codes and mains:
        _limited(mains[0], told, telling)
    if _EXTENSIVE in codes and len(mains) > 1:
        _extensive([code for code in mains if code != _EXTENSIVE], telling)
    for code in mains:
        if code != _EXTENSIVE and len(codes) > 1:
            telling.stands(code)


def _acromion(codes: Sequence[str], telling: Telling) -> None:
    row = telling.table(f"{_SHOULDER}.acromioplasty_add_on")
    primaries = cast("Sequence[str]", row.get("primaries", ()))
    if any(code in primaries for code in codes):
        telling.stands(_ACROMION)
        telling.say(
            "29826 is an add-on beside another shoulder arthroscopy; it takes no 51 and no 59.",
            f"{_SHOULDER}.acromioplasty_add_on",
        )
        return
    statement = (
        "29826 has been an add-on code since 2012 and cannot be billed alone. Its primaries: "
        f"{', '.join(primaries)}; done alone, it is reported by what else was done in the joint (29822 or 29823 where that was "
        "debridement), or by an unlisted code (29999)."
    )
    telling.correct(statement, f"{_SHOULDER}.acromioplasty_add_on")
    telling.refuse(_ACROMION, "it is an add-on code without a primary on the claim")


def _limited(main: str, told: Arthroscopy, telling: Telling) -> None:
    edit = telling.edit(main, _LIMITED)
    indicator = f" The pair has indicator {edit.modifier_indicator}, but" if edit else ""
    telling.correct(
        f"29822 (limited debridement) is included in {main} on the same shoulder.{indicator} 59 is right only for the opposite (other) "
        "shoulder: Medicare counts a shoulder as one joint.",
        f"{_SHOULDER}.limited_debridement",
        f"{_SHOULDER}.edits_only_opposite_side",
        *((edit.reference,) if edit else ()),
    )
    telling.refuse(_LIMITED, f"limited debridement of the same shoulder is included in {main}")


def _extensive(mains: Sequence[str], telling: Telling) -> None:
    exceptions = telling.listed(f"{_SHOULDER}.extensive_debridement_exceptions")
    outside = [code for code in mains if code not in exceptions]
    if outside:
        telling.correct(
            f"29823 is included in {both(outside)} on the same shoulder; it is paid apart only beside {either(exceptions)}.",
            f"{_SHOULDER}.extensive_debridement_exceptions",
        )
        telling.refuse(_EXTENSIVE, f"extensive debridement of the same shoulder is included in {both(outside)}")
        return
    telling.head(
        f"29823 beside {both(mains)} on the same shoulder is one of Medicare's three exceptions ({either(exceptions)}): paid with 59 or XS if "
        "it was done in another area of the joint.",
        f"{_SHOULDER}.extensive_debridement_exceptions",
    )
    telling.only_if(_EXTENSIVE, "the debridement was extensive and in another area of that shoulder", ("59", "XS"))
