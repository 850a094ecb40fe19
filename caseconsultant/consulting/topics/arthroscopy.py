"""Arthroscopy of one knee or shoulder: what the main code holds, what may stand beside it, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.scopes import Arthroscopy, arthroscopy
from caseconsultant.consulting.topics.shoulder_scopes import shoulder
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_KNEE = "arthroscopy.knee"
_MENISCUS = frozenset({"29880", "29881"})
_BODY, _SMOOTHING, _OTHER = "29874", "29877", "G0289"
_BODIES_ONLY = "only for a loose or foreign body, not for chondroplasty"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What of an arthroscopy's lines stands; nothing where none is told of."""
    told = arthroscopy(question)
    if told is None:
        return NOTHING
    telling = Telling(question, knowledge)
    if told.diagnostic_then_open:
        telling.head(
            "A diagnostic arthroscopy that led to the decision for an open operation at the same "
            "session is reported with 58 beside the open code; "
            "otherwise it is part of it. A surgical scope that was converted to open: only the open code.",
            "arthroscopy.any_joint.diagnostic_then_open",
            "arthroscopy.any_joint.converted_to_open",
        )
    elif told.knee:
        _knee(told, telling)
    else:
        shoulder(told, telling)
    return telling.found()


# --- Knee ------------------------------------------------------------------------------------------------------------


def _knee(told: Arthroscopy, telling: Telling) -> None:
    main = _main_of_knee(told, telling)
    if {"meniscus_repair", "meniscus_trim"} <= set(told.work) and not told.codes:
        _repair_and_trim(telling)
        return
    if main and "29876" in told.codes and main != "29876":
        _major_synovectomy(main, telling)
        return
    if main and "29875" in told.codes and main != "29875":
        _synovectomy(main, telling)
        return
    smoothing = _SMOOTHING in told.codes or "chondroplasty" in told.work
    body = _BODY in told.codes or "loose_body" in told.work
    if main and not told.codes and not (smoothing or body):
        telling.head(
            f"{main}: by what was done to the meniscus; 29881 one meniscus, 29880 both, 29882 repair.",
            f"{_KNEE}.meniscus",
        )
        telling.stands(main)
    if not main or not (smoothing or body or _OTHER in told.codes):
        return
    if told.other_side and smoothing and not body:
        _other_knee(main, telling)
        return
    if _OTHER in told.codes and _SMOOTHING not in told.codes and smoothing and not body and main in _MENISCUS:
        telling.correct(
            (
                f"{_OTHER} beside {main} is only for a loose or foreign body from another compartment; "
                f"chondroplasty of every compartment is included in {main}."
            ),
            f"{_KNEE}.g0289_beside_meniscectomy",
        )
        telling.refuse(_OTHER, f"chondroplasty is included in {main}")
        telling.stands(main)
        return
    telling.stands(main)
    if smoothing:
        _smoothing(main, told, telling)
    if body or _OTHER in told.codes or smoothing:
        _body(main, told, telling, asked=body)


def _other_knee(main: str, telling: Telling) -> None:
    """The other knee is another joint."""
    code = _SMOOTHING
    edit = telling.edit(main, code)
    hard = edit is not None and edit.modifier_indicator == 0
    passed = (
        "but the pair has indicator 0, so no modifier passes it on submission: appeal with the record"
        if hard
        else "which passes the edit"
    )
    telling.head(
        f"The knees are two joints: {main} on one and {code} on the other, each with its side (RT, LT), {passed}.",
        f"{_KNEE}.never_beside_others",
        *((edit.reference,) if edit else ()),
    )
    telling.stands(main, modifiers=("RT", "LT"))


def _repair_and_trim(telling: Telling) -> None:
    both_codes = cast("Sequence[str]", telling.table(f"{_KNEE}.meniscus")["repair_one_trim_other"])
    edit = telling.edit(*both_codes[:2])
    indicator = f" (pair indicator {edit.modifier_indicator})" if edit else ""
    telling.head(
        (
            f"{both_codes[0]} for the repair of one meniscus and {both_codes[1]} with 59 or XS for "
            f"trimming the other{indicator}; on one meniscus only the repair."
        ),
        f"{_KNEE}.meniscus",
        *((edit.reference,) if edit else ()),
    )
    telling.stands(both_codes[0])
    telling.stands(both_codes[1], modifiers=("59", "XS"))


def _synovectomy(main: str, telling: Telling) -> None:
    telling.correct(
        f"29875 (limited synovectomy) never stands beside another arthroscopy of the same knee, so "
        f"not beside {main}; 29876 only for two compartments "
        "without other work there. On the other knee RT and LT tell it.",
        f"{_KNEE}.synovectomy",
    )
    telling.refuse("29875", "it never stands beside another arthroscopy of that knee")
    telling.stands(main)


def _major_synovectomy(main: str, telling: Telling) -> None:
    if main == "29880":
        telling.correct("29876 never stands beside 29880 on the same knee.", f"{_KNEE}.synovectomy")
        telling.refuse("29876", "it never stands beside 29880")
    else:
        telling.head(
            (
                f"29876 beside {main}: only for synovectomy in two compartments in which no other "
                f"arthroscopic work was done."
            ),
            f"{_KNEE}.synovectomy",
            verdict=Verdict.DEPENDS,
        )
        telling.only_if("29876", "synovectomy was done in two compartments without other arthroscopic work there")
        telling.ask("In which compartments was the synovectomy done, and where the other work?")
    telling.stands(main)


def _main_of_knee(told: Arthroscopy, telling: Telling) -> str | None:
    written = [code for code in told.codes if code not in {_BODY, _SMOOTHING, _OTHER}]
    written = [code for code in written if code not in {"29875", "29876"}] or written
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
            f"{main} alone: it includes chondroplasty (smoothing cartilage) of every compartment of "
            f"that knee, under CPT's own rule too "
            f"since 2012{indicator}."
        )
        rests_on = (f"{_KNEE}.g0289_beside_meniscectomy", f"{_KNEE}.never_beside_others", *references)
    else:
        statement = (
            f"{_SMOOTHING} never stands beside {main} on the same knee{indicator}. Medicare takes G0289 "
            f"for another compartment."
        )
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
                (
                    f"By CPT's rules {_BODY} beside {main} needs another compartment, and many plans "
                    f"follow Medicare's G0289; ask the plan."
                ),
                f"{_KNEE}.other_compartment_code",
            )
        return
    when = "a loose or foreign body was removed from another compartment of that knee"
    if main not in _MENISCUS:
        when += ", or its cartilage was smoothed there"
    telling.say(
        f"{_OTHER} is Medicare's code for work in another compartment (medial, lateral, patellofemoral); beside {main} "
        f"{_BODIES_ONLY if main in _MENISCUS else 'also for chondroplasty'}. "
        f"29874 is never "
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
    elif main in _MENISCUS and not asked and _SMOOTHING in told.codes:
        telling.refuse(_OTHER, f"chondroplasty of that knee is included in {main}")
    else:
        telling.only_if(_OTHER, when)
        telling.ask("In which compartment was each thing done: medial, lateral or patellofemoral?")
