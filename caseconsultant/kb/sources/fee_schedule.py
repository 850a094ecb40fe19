"""Physician fee schedule: relative values, indicators and conversion factor of each code and modifier (PPRRVU).

Relative values and shares are kept in hundredths, the conversion factor in ten-thousandths of a dollar. From 2026 there
are two files: for clinicians in an advanced payment model (QPP in its name) and for all others.
"""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.member import Member
from caseconsultant.kb.sources.sheet import Line, code_in, sheet

SOURCE = "pfs"
QUALIFYING = "pfs-qualifying-apm"
_PAGE = "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files"
_HUNDREDTHS = (
    "work",
    "pe_nonfacility",
    "pe_facility",
    "malpractice",
    "total_nonfacility",
    "total_facility",
    "preoperative",
    "intraoperative",
    "postoperative",
)
_TEXTS = (
    "pc_tc",
    "global_days",
    "multiple_procedure",
    "bilateral",
    "assistant",
    "co_surgeon",
    "team",
    "endoscopic_base",
    "supervision",
    "imaging_family",
)


def _row(line: Line) -> Row:
    return (
        code_in(line["code"]),
        line["modifier"],
        line["status"],
        *(line.scaled(column, 100) or 0 for column in _HUNDREDTHS),
        *(line.get(column) for column in _TEXTS),
        int(line.get("na_nonfacility") == "NA"),
        int(line.get("na_facility") == "NA"),
        line.scaled("conversion_factor", 10_000),
        line.get("descriptor"),
    )


def _source(member: Member) -> str:
    name = member.names[0].lower()
    return QUALIFYING if "qpp" in name and "nonqpp" not in name.replace("-", "").replace("_", "") else SOURCE


_COLUMNS = (
    "code TEXT, modifier TEXT, status TEXT, "
    + "".join(f"{column} INTEGER, " for column in _HUNDREDTHS)
    + "".join(f"{column} TEXT, " for column in _TEXTS)
    + "na_nonfacility INTEGER, na_facility INTEGER, conversion_factor INTEGER, descriptor TEXT, "
    "PRIMARY KEY (edition, code, modifier)"
)
LOADER = sheet(
    "fee",
    _COLUMNS,
    Publication(SOURCE, "Physician fee schedule, relative values", _PAGE),
    Publication(QUALIFYING, "Physician fee schedule, relative values for qualifying APM participants", _PAGE),
    period=editions.QUARTER,
    headings={
        "code": "hcpcs",
        "modifier": "mod",
        "status": "(.* )?status code",
        "work": "(.* )?work rvu",
        "pe_nonfacility": "(.* )?non-fac pe rvu",
        "pe_facility": "(.* )?facility pe rvu",
        "malpractice": "(.* )?mp rvu",
        "total_nonfacility": "(.* )?non-facility total",
        "total_facility": "(.* )?facility total",
        "pc_tc": "(.* )?pctc ind",
        "global_days": "(.* )?glob days",
        "preoperative": "(.* )?pre op",
        "intraoperative": "(.* )?intra op",
        "postoperative": "(.* )?post op",
        "multiple_procedure": "(.* )?mult proc",
        "bilateral": "(.* )?bilat surg",
        "assistant": "(.* )?asst surg",
        "co_surgeon": "(.* )?co- surg",
        "team": "(.* )?team surg",
        "endoscopic_base": "(.* )?endo base",
        "conversion_factor": "(.* )?conv factor",
    },
    optional={
        "descriptor": "(.* )?description",
        "na_nonfacility": "(.* )?non-fac na indicator|na indicator|(.* )?na indicator",
        "na_facility": "(.* )?na indicator",
        "supervision": "(.* )?diagnostic procedures",
        "imaging_family": "(.* )?imaging family indicator",
    },
    row=_row,
    stacked=4,
    source_of=_source,
    licensed=3 + len(_HUNDREDTHS) + len(_TEXTS) + 3,
)
