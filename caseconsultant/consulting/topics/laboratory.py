"""Laboratory: QW and the certificate of waiver, panels and their tests, drug tests by method and classes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.laboratory import Laboratory, laboratory
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_NEVER_QW, _QW, _PROOF = "laboratory.waived.without_qw", "laboratory.waived.modifier", "laboratory.waived.proof"
_NUMBER = "laboratory.waived.clia_number"
_COMPONENTS = "laboratory.panel.components"
_CLASS = re.compile(r"\bclass(?:es)?\b", re.IGNORECASE)
_OTHER_ORDER = re.compile(
    r"\border\w*\b[^.?!\n]{0,40}\bbut\b[^.?!\n]{0,20}\b(?:ran|did|performed|run|done)\b", re.IGNORECASE
)
_DAY = "laboratory.drug_test.one_of_a_day"
_CLASSES = "laboratory.drug_test.definitive_classes"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What is said of waived tests, panels and drug tests; nothing where none is in question."""
    told = laboratory(question)
    if told is None:
        return NOTHING
    telling = Telling(question, knowledge)
    if told.waived_asked:
        _waived(told, telling)
    if told.drug_test:
        _drug_tests(told, telling)
    if _OTHER_ORDER.search(question.text):
        telling.head(
            (
                "Only what the practitioner ordered is billed: a test that was run without an order is "
                "not; correct the order first, or report what was ordered and done."
            ),
            "imaging.order.required",
        )
        return telling.found()
    if len(told.panels) > 1:
        _panels(told, telling)
    elif told.panels and told.thyroid and told.blood_count:
        _general_health(told, telling)
    elif told.panels and len(told.codes) > 1:
        _parts(told, telling)
    return telling.found()


# --- Waived tests ----------------------------------------------------------------------------------------------------


def _waived(told: Laboratory, telling: Telling) -> None:
    tests = [code for code in told.tests if not telling.ended(code)]
    if not tests and not telling.question.codes:
        telling.say(
            (
                "QW goes on a waived test done under a certificate of waiver, if the laboratory "
                "schedule lists the code with QW; the claim needs the CLIA number."
            ),
            _QW,
            _PROOF,
            _NUMBER,
        )
        return
    for code in tests:
        _one_waived(code, told, telling)


def _one_waived(code: str, told: Laboratory, telling: Telling) -> None:
    if code in telling.listed(_NEVER_QW):
        statement = f"{code} takes no QW: it is waived by its nature. The CLIA number stays on the claim."
        telling.head(statement, _NEVER_QW, _NUMBER, verdict=Verdict.NO)
        telling.stands(code)
        return
    line = telling.knowledge.schedules.laboratory(code, on=telling.question.as_of, modifier="QW")
    if line is None:
        telling.say(
            (
                f"{code} has no line with QW in the laboratory schedule we hold; QW is right only if "
                f"the schedule lists it."
            ),
            _PROOF,
        )
        return
    if told.waiver is False:
        telling.head(
            f"{code} without QW: QW is for laboratories that work under a certificate of waiver.", _QW, line.reference
        )
        telling.stands(code)
    elif told.waiver:
        telling.head(
            f"{code}-QW: a waived test in a laboratory with a certificate of waiver, done with a waived kit.",
            _QW,
            line.reference,
        )
        telling.stands(code, modifiers=("QW",))
    else:
        telling.head(
            f"{code} can take QW (the laboratory schedule lists it): it needs QW if the clinic "
            f"works under a certificate of waiver with a waived kit, "
            "and none under a certificate of compliance or accreditation.",
            _QW,
            line.reference,
            verdict=Verdict.DEPENDS,
        )
        telling.stands(code)
        telling.say(
            f"{code} with QW under a certificate of waiver; the CLIA number stands on the claim either way.",
            _NUMBER,
            _QW,
        )
        telling.ask("Which CLIA certificate does the clinic have, and is the kit on the waived list?")


# --- Panels ----------------------------------------------------------------------------------------------------------


def _panels(told: Laboratory, telling: Telling) -> None:
    never = cast("Mapping[str, Sequence[str]]", telling.table("laboratory.panel.never_together"))
    for larger, smaller in never.items():
        beside = [code for code in told.panels if code in smaller]
        if larger not in told.panels or not beside:
            continue
        edits = [edit for code in beside if (edit := telling.edit(larger, code))]
        statement = f"{larger} alone: {both(beside)} beside it is never paid, indicator 0, and 59 does not change it."
        telling.correct(statement, "laboratory.panel.never_together", *(edit.reference for edit in edits))
        telling.stands(larger)
        for code in beside:
            telling.refuse(code, f"it is never paid beside {larger} (indicator 0)")


def _parts(told: Laboratory, telling: Telling) -> None:
    """Tests that belong to a panel on the same claim."""
    panel = told.panels[0]
    held = cast("Mapping[str, Sequence[str]]", telling.table(_COMPONENTS)).get(panel, ())
    inside = [code for code in told.codes if code in held]
    if not inside:
        return
    indicator = telling.table("laboratory.panel.component_indicator").get(panel)
    passed = "the pair has indicator 0, so no modifier passes it"
    if indicator != 0:
        passed = "a needed repeat at another time takes 91 (indicator 1)"
    telling.correct(
        f"{both(inside)} {'is' if len(inside) == 1 else 'are'} part of panel {panel} "
        f"and not billed beside it; {passed}.",
        _COMPONENTS,
        "laboratory.panel.component_indicator",
    )
    telling.stands(panel)
    for code in inside:
        telling.refuse(code, f"it is part of panel {panel}")


def _general_health(told: Laboratory, telling: Telling) -> None:
    """Metabolic panel, TSH and blood count of one draw."""
    parts = cast(
        "Mapping[str, Mapping[str, Sequence[str]]]", telling.table("laboratory.panel.components_with_blood_count")
    ).get("80050", {})
    fixed = parts.get("fixed", ())
    telling.head(
        f"80050 is {both([*fixed, '85025'])} together, for payers that follow CPT. Medicare does "
        f"not pay 80050: the three are reported by themselves "
        "(80053, 84443, 85025).",
        "laboratory.panel.components_with_blood_count",
        "laboratory.panel.not_paid_by_medicare",
    )
    if telling.question.payer is Payer.MEDICARE:
        for code in (*fixed, "85025"):
            telling.stands(code)
        if "80050" in told.codes:
            telling.refuse("80050", "Medicare does not pay it")
    elif telling.question.payer is Payer.COMMERCIAL:
        telling.stands("80050")
    else:
        telling.ask("Which payer is it?")


# --- Drug tests ------------------------------------------------------------------------------------------------------


def _drug_tests(told: Laboratory, telling: Telling) -> None:
    lists = cast("Mapping[str, Sequence[str]]", telling.table(_DAY))
    for kind, codes in lists.items():
        several = [code for code in told.codes if code in codes]
        if len(several) > 1 and not _CLASS.search(telling.question.text):
            telling.correct(f"One {kind} drug test code a day, one unit: not {both(several)} together.", _DAY)
        units = [each for each in telling.question.codes if each.code in codes and (each.units or 1) > 1]
        if units:
            telling.correct(f"{units[0].code} is one unit a day, whatever the number of drugs or cups.", _DAY)
    if told.definitive and told.classes:
        _by_classes(told, telling)
    elif told.definitive:
        telling.say(
            (
                "Definitive tests go by drug classes: G0480 1 to 7, G0481 8 to 14, G0482 15 to 21, "
                "G0483 22 or more; one code a day."
            ),
            _CLASSES,
            _DAY,
        )
    if told.codes and not any(code.startswith("G047") for code in told.codes):
        telling.say(
            (
                "Presumptive: 80305 read by eye, 80306 by a reader, 80307 by an analyzer; one a day, "
                "validity testing included."
            ),
            _DAY,
            "laboratory.drug_test.validity_testing_included",
        )
        return
    if not told.definitive:
        _presumptive(told, telling)


def _by_classes(told: Laboratory, telling: Telling) -> None:
    ranges = cast("Mapping[str, Sequence[int | None]]", telling.table(_CLASSES))
    count = cast("int", told.classes)
    for code, (least, most) in ranges.items():
        if count >= cast("int", least) and (most is None or count <= most):
            telling.head(f"{code}: {count} drug classes by a definitive method, one unit a day.", _CLASSES, _DAY)
            telling.stands(code, units=1)


def _presumptive(told: Laboratory, telling: Telling) -> None:
    method = {"80305": told.cup, "80306": told.reader, "80307": told.analyzer}
    found = [code for code, fits in method.items() if fits]
    telling.head(
        (
            "Presumptive drug test, one a day: 80305 cup or strip read by eye, 80306 with a reader, "
            "80307 on an analyzer; one unit whatever the number of drugs."
        ),
        _DAY,
    )
    if len(found) == 1:
        telling.stands(found[0], units=1)
        if found[0] in {"80305", "80306"}:
            telling.say("80305 of a waived kit takes QW in a laboratory with a certificate of waiver.", _QW)
    else:
        telling.ask("How was it read: by eye, with a reader, or on an analyzer?")
