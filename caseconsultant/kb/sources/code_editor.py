"""Tables of the integrated outpatient code editor: modifiers, their conflicts, revenue codes, diagnosis flags.

Each row carries its own days; a day of `*` is open.
"""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Loader, Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, RowOf, day_text, sheet

MODIFIERS = "ioce-modifiers"
CONFLICTS = "ioce-modifier-conflicts"
REVENUE = "ioce-revenue-codes"
FLAGS = "ioce-diagnosis-flags"
_PAGE = "https://www.cms.gov/medicare/coding-billing/outpatient-code-editor-oce"
_DAYS = "effective TEXT, until TEXT"
_YES = "1"


def _days(line: Line) -> tuple[str | None, str | None]:
    return day_text(line["effective"]), day_text(line["through"])


def _modifier(line: Line) -> Row:
    return line["modifier"], *_days(line), int(line["ncci"] == _YES), int(line["therapy"] == _YES)


def _conflict(line: Line) -> Row:
    return line["one"], line["two"], *_days(line)


def _revenue(line: Line) -> Row:
    return line["code"].zfill(4), *_days(line), line["status"], int(line["unrecognised"] == _YES)


def _flags(line: Line) -> Row:
    return (
        line["code"],
        *_days(line),
        int(line["lo_age"]),
        int(line["hi_age"]),
        line["sex"],
        *(int(line[flag]) for flag in ("external_cause", "manifestation", "unacceptable")),
    )


def _loader(
    table: str, columns: str, source: str, title: str, headings: dict[str, str], row: RowOf, key: str
) -> Loader:
    return sheet(
        table,
        f"{columns}, PRIMARY KEY (edition, {key}, effective)",
        Publication(source, f"Integrated Outpatient Code Editor, {title}", _PAGE),
        period=editions.QUARTER,
        headings={**headings, "effective": "effective", "through": "through"},
        row=row,
        dated=Dated.NAME,
    )


MODIFIER_LIST = _loader(
    "oce_modifier",
    f"modifier TEXT, {_DAYS}, ncci INTEGER, therapy INTEGER",
    MODIFIERS,
    "modifiers",
    {"modifier": "modifier", "ncci": "ncci", "therapy": "therapy", "telehealth": "telehealth"},
    _modifier,
    "modifier",
)
CONFLICT_LIST = _loader(
    "oce_modifier_conflict",
    f"one TEXT, two TEXT, {_DAYS}",
    CONFLICTS,
    "conflicting modifiers",
    {"one": "m1", "two": "m2"},
    _conflict,
    "one, two",
)
REVENUE_LIST = _loader(
    "revenue_code",
    f"code TEXT, {_DAYS}, status TEXT, unrecognised INTEGER",
    REVENUE,
    "revenue codes",
    {"code": "revenue_code", "status": "status_indicator", "unrecognised": "not_recognized"},
    _revenue,
    "code",
)
FLAG_LIST = _loader(
    "diagnosis_flag",
    f"code TEXT, {_DAYS}, lowest_age INTEGER, highest_age INTEGER, sex TEXT, external_cause INTEGER, "
    "manifestation INTEGER, unacceptable INTEGER",
    FLAGS,
    "diagnosis flags",
    {
        "code": "icd10cm",
        "lo_age": "lo_age",
        "hi_age": "hi_age",
        "sex": "sex",
        "external_cause": "external_cause",
        "manifestation": "manifestation",
        "unacceptable": "unacceptable_pdx",
    },
    _flags,
    "code",
)
