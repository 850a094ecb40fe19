"""Which published tables speak for a setting."""

from __future__ import annotations

from dataclasses import dataclass

from caseconsultant.domain.codes import Setting


@dataclass(frozen=True, slots=True)
class Tables:
    """The sources of a setting's edits by id, None where none is loaded. `facility`: the practice-expense column."""

    ptp: str | None
    mue: str | None
    facility: bool


def tables_for(setting: Setting) -> Tables:
    """The tables of the setting.

    An ASC is edited by the practitioner tables; DME suppliers have an MUE table of their own, and no table of pairs.

    Source: NCCI Policy Manual, introduction and I §A.
    """
    match setting:
        case Setting.OUTPATIENT_HOSPITAL:
            return Tables("ncci-ptp-outpatient", "mue-outpatient", facility=True)
        case Setting.DME:
            return Tables(None, "mue-dme", facility=False)
        case Setting.FACILITY_PROFESSIONAL | Setting.ASC:
            return Tables("ncci-ptp-practitioner", "mue-practitioner", facility=True)
        case Setting.OFFICE | Setting.HOME:
            return Tables("ncci-ptp-practitioner", "mue-practitioner", facility=False)
