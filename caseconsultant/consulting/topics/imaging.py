"""Images: one code by part, contrast and views; the order must fit; contrast by mouth is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.imaging import Imaging, imaging
from caseconsultant.consulting.topics.telling import Telling, both, either
from caseconsultant.domain.question import Intent, Question

_CODES = "imaging.contrast.codes"
_VIEWS = "imaging.views.by_part"
_ORDER = "imaging.order.required"
_ORAL = "imaging.contrast.oral_counts"
_WORDS = {"with": "with contrast", "without": "without contrast", "both": "without and then with contrast"}


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The code of what was done; nothing where no image is told of or its code would be a guess."""
    told = imaging(question)
    if told is None or (Intent.LEVEL in question.intents and not told.codes):
        return NOTHING  # of a visit's level the picture is data
    telling = Telling(question, knowledge)
    if told.modality == "xray":
        _by_views(told, telling)
    elif told.modality == "angiography":
        _angiography(told, telling)
    elif told.modality in {"ct", "mri"}:
        for part in told.parts:
            _of_part(part, told, telling)
    if told.differs_from_order and not telling.silent and not (told.taken is not None and told.codes):
        telling.head(
            "Bill what was done, and only with an order for it: the order must be changed by the "
            "treating practitioner, or fall under the radiologist's "
            "allowed changes, before the study counts as ordered.",
            _ORDER,
        )
        telling.ask("Was the order changed by the treating practitioner, and is that in the record?")
    return telling.found()


def _row(part: str, told: Imaging, telling: Telling) -> Mapping[str, str]:
    table = cast("Mapping[str, Mapping[str, Mapping[str, str]]]", telling.table(_CODES))
    return table.get(told.modality, {}).get(part, {})


def _apart(part: str, told: Imaging, telling: Telling) -> list[str]:
    """Codes of abdomen and of pelvis written side by side, where one code holds both."""
    if part != "abdomen_pelvis":
        return []
    rows = [_row(each, told, telling) for each in ("abdomen", "pelvis")]
    found = [[code for code in told.codes if code in row.values()] for row in rows]
    return [*found[0], *found[1]] if all(found) else []


def _of_part(part: str, told: Imaging, telling: Telling) -> None:
    row = _row(part, told, telling)
    written = [code for code in told.codes if code in row.values()]
    named = f"{told.modality.upper()} {part.replace('_', ' and ')}"
    apart = _apart(part, told, telling)
    if not row or (told.codes and not written and not apart):
        return
    written = written or apart
    if told.contrast is None:
        if written:
            return
        listed = ", ".join(f"{row[each]} {_WORDS[each]}" for each in ("without", "with", "both"))
        telling.head(
            f"{named}: {listed}. Contrast decides, given into a vein; by mouth it counts as none.", _CODES, _ORAL
        )
        for each in ("without", "with", "both"):
            telling.only_if(row[each], f"it was done {_WORDS[each]}")
        telling.ask("Was intravenous contrast given, and what does the order say?")
        return
    code = row[told.contrast]
    oral = " Contrast by mouth (oral) or rectum counts as none." if told.oral else ""
    statement = f"{named} {_WORDS[told.contrast]}: {code}, one code.{oral}"
    wrong = [each for each in written if each != code]
    edits = [
        edit for first, second in combinations(sorted({*written, code}), 2) if (edit := telling.edit(first, second))
    ]
    hard = any(each.modifier_indicator == 0 for each in edits)
    indicator = f" {both(wrong)}: indicator 0, never beside it." if hard and wrong else ""
    if wrong and not telling.question.alternatives:
        telling.correct(
            f"{statement}{indicator} Not {either(wrong)}.", _CODES, _ORAL, *(each.reference for each in edits)
        )
        for each in wrong:
            telling.refuse(each, f"{_WORDS[told.contrast]} is {code}")
    else:
        telling.head(statement, _CODES, _ORAL)
    if not told.differs_from_order:
        telling.stands(code)
    else:
        telling.only_if(code, "the order was changed to what was done, or covers it")


def _angiography(told: Imaging, telling: Telling) -> None:
    table = cast("Mapping[str, str]", telling.table("imaging.angiography.codes"))
    codes = [table[part] for part in told.parts if part in table]
    combined = str(table.get("head_and_neck", ""))
    if not codes or (told.codes and not (combined and {"70496", "70498"} <= set(told.codes))):
        return
    if {"head", "neck"} <= set(told.parts) and combined:
        for each in ("70496", "70498"):
            if each in told.codes:
                telling.refuse(each, f"head and neck in one session are {combined}")
        (telling.correct if told.codes else telling.head)(
            f"{combined}: CTA of head and neck in one session has one code since 2026.", "imaging.angiography.codes"
        )
        telling.stands(combined)
        return
    telling.head(f"{both(codes)}: CT angiography, one code for each part on that date.", "imaging.angiography.codes")
    for code in codes:
        telling.stands(code)


def _by_views(told: Imaging, telling: Telling) -> None:
    """Films of each part named, by the number of views."""
    table = cast("Mapping[str, Sequence[Mapping[str, object]]]", telling.table(_VIEWS))
    parts = [part for part in told.parts if part in table]
    if told.taken is not None and told.codes:
        _fewer(told, table, telling)
        return
    if told.views is None or told.codes or len(parts) != 1:
        return
    rows = table[parts[0]]
    fits = (row for row in rows if _holds(row, told.views))
    code = next((str(row["code"]) for row in fits), None)
    if code:
        listed = ", ".join(f"{row['code']} {_range(row)}" for row in rows)
        telling.head(f"{code}: {parts[0].replace('_', ' ')}, {told.views} views. By views: {listed}.", _VIEWS)
        telling.stands(code)


def _fewer(told: Imaging, table: Mapping[str, Sequence[Mapping[str, object]]], telling: Telling) -> None:
    """A code of more views than were taken: the code of that number, not 52."""
    taken = cast("int", told.taken)
    for rows in table.values():
        written = next((row for row in rows if row["code"] in told.codes), None)
        if written is None or _holds(written, taken):
            continue
        code = next((str(row["code"]) for row in rows if _holds(row, taken)), None)
        if code is None:
            return
        telling.correct(
            f"{code}: {taken} view{'s' if taken > 1 else ''} {'were' if taken > 1 else 'was'} taken, and it is the "
            f"code "
            f"of that number; 52 is not put on {written['code']} where a code of fewer views fits.",
            _VIEWS,
        )
        telling.refuse(str(written["code"]), f"the views taken are {code}")
        telling.stands(code)


def views_are_fewer(question: Question) -> bool:
    """Whether fewer films were taken than the code written holds, so that no reduced service is in question."""
    told = imaging(question)
    return told is not None and told.modality == "xray" and told.taken is not None and bool(told.codes)


def _holds(row: Mapping[str, object], views: int) -> bool:
    return int(str(row["from"])) <= views and (row["to"] is None or views <= int(str(row["to"])))


def _range(row: Mapping[str, object]) -> str:
    if row["to"] is None:
        return f"{row['from']} or more"
    return str(row["from"]) if row["from"] == row["to"] else f"{row['from']} to {row['to']}"
