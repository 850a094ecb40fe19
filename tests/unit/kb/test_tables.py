from __future__ import annotations

import pytest

from caseconsultant.domain.codes import Setting
from caseconsultant.kb.tables import Tables, tables_for


@pytest.mark.parametrize(
    ("setting", "ptp", "mue", "facility"),
    [
        (Setting.OFFICE, "ncci-ptp-practitioner", "mue-practitioner", False),
        (Setting.HOME, "ncci-ptp-practitioner", "mue-practitioner", False),
        (Setting.FACILITY_PROFESSIONAL, "ncci-ptp-practitioner", "mue-practitioner", True),
        (Setting.ASC, "ncci-ptp-practitioner", "mue-practitioner", True),
        (Setting.OUTPATIENT_HOSPITAL, "ncci-ptp-outpatient", "mue-outpatient", True),
        (Setting.DME, None, "mue-dme", False),
    ],
)
def test_each_setting_has_its_tables(setting: Setting, ptp: str | None, mue: str | None, *, facility: bool) -> None:
    assert tables_for(setting) == Tables(ptp, mue, facility=facility)
