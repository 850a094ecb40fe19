"""Lipomas and other masses under the skin: the code by site, depth and size, and no excision of skin.

Sources: CPT guidelines on the excision of soft tissue tumors; the numbers are those of `rules/soft_tissue.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.calculators.skin import excised
from caseconsultant.consulting.calculators.soft_tissue import code_of
from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.lengths import centimetres
from caseconsultant.consulting.reading.soft_tissue import Depth, Mass, masses
from caseconsultant.consulting.topics.telling import Telling, either
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Intent, Question

_RULE, _CLOSURE = "soft_tissue.excision.by_site", "soft_tissue.excision.closure_included"
_SKIN = re.compile(r"11[46][0-4]\d")
_WHERE = {
    Depth.SUBCUTANEOUS: "it lay in the fat above the deep fascia",
    Depth.SUBFASCIAL: "it lay below the deep fascia or in the muscle",
}
_Rows = Mapping[str, Mapping[str, object]]


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The code of each mass, or its branches; nothing where no mass under the skin was cut out."""
    found = masses(question.text)
    telling = Telling(question, knowledge)
    rows = cast("_Rows", telling.table(_RULE))
    only_diagnosis = Intent.DIAGNOSIS in question.intents and all(each.size is None for each in found)
    if not found or not rows or only_diagnosis:
        return NOTHING
    right = [code for mass in found for code in _mass(mass, rows, telling)]
    _judged(right, rows, telling)
    telling.say(
        "Simple and intermediate closure belong to it; only a complex repair is reported beside it. The size is the "
        "tumor's greatest diameter with the narrowest margin on both sides, measured at the excision.",
        _CLOSURE,
        _RULE,
    )
    return telling.found()


def _row(mass: Mass, rows: _Rows) -> Mapping[str, object] | None:
    return next((row for row in rows.values() if mass.site in cast("Sequence[str]", row["sites"])), None)


def _mass(mass: Mass, rows: _Rows, telling: Telling) -> list[str]:
    """The codes that one mass may be, told with what each hangs on."""
    row = _row(mass, rows)
    if row is None:
        telling.head("A mass under the skin is coded by site, depth and size (21011 to 28045), not as skin.", _RULE)
        telling.ask("Where exactly was it, and above or below the deep fascia?")
        return []
    depths = [mass.depth] if mass.depth else list(Depth)
    codes = {each: _codes(mass, cast("Mapping[str, object]", row[each])) for each in depths}
    for depth, held in codes.items():
        for code, when in held.items():
            _line(code, when, depth, mass, telling)
    _headline(mass, codes, telling)
    return [code for held in codes.values() for code in held]


def _codes(mass: Mass, row: Mapping[str, object]) -> dict[str, str]:
    """The code by the size, or both with the bound."""
    if mass.size is not None:
        return {code_of(excised(mass.size, mass.margin or 0), row): ""}
    bound = f"{int(str(row['below_mm'])) / 10:g} cm"
    return {str(row["smaller"]): f"it measured under {bound}", str(row["larger"]): f"it measured {bound} or more"}


def _line(code: str, when: str, depth: Depth, mass: Mass, telling: Telling) -> None:
    conditions = [*([] if mass.depth else [_WHERE[depth]]), *([when] if when else [])]
    if conditions:
        telling.only_if(code, " and ".join(conditions))
    else:
        telling.stands(code)


def _headline(mass: Mass, codes: Mapping[Depth, Mapping[str, str]], telling: Telling) -> None:
    size = f", {centimetres(excised(mass.size, mass.margin or 0))} cm," if mass.size is not None else ""
    said = "; ".join(
        f"{depth} {either([f'{code} ({when})' if when else code for code, when in held.items()])}"
        for depth, held in codes.items()
    )
    telling.head(f"A mass under the skin of the {mass.site}{size} is {said}.", _RULE)
    if mass.depth is None:
        telling.ask("Did it lie above the deep fascia (in the fat), or below it or in the muscle?")
    if mass.size is None:
        telling.ask("What was its greatest diameter with the narrowest margin, before it was cut?")


def _judged(right: Sequence[str], rows: _Rows, telling: Telling) -> None:
    """What becomes of the codes written: a skin excision is none, another size or site is wrong."""
    own = {str(row[depth][each]) for row in rows.values() for depth in Depth for each in ("smaller", "larger")}  # type: ignore[index]
    question = telling.question
    for code in dict.fromkeys(each.code for each in question.codes if not each.absent):
        chosen = code in question.alternatives
        if _SKIN.fullmatch(code):
            telling.refuse(code, "it is for a lesion of the skin, and this lay under it")
        elif code in own and right and code not in right and not chosen:
            telling.correct(f"{code} is not the code of this site, depth and size; it is {either(right)}.", _RULE)
            telling.refuse(code, "site, depth or size is another")
        elif code in right and len(right) == 1 and question.wants_yes_or_no and not chosen:
            telling.say(f"{code} is the code of this site, depth and size.", _RULE, verdict=Verdict.YES)
