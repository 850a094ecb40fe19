"""Look-ups by subject, over small invented tables of every kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import published_sheets as sheets
import pytest

from caseconsultant.domain.published import Invalid
from caseconsultant.kb.published import load
from caseconsultant.kb.published_tables import PublishedTables

IN_2026 = date(2026, 8, 1)
LATER = date(2026, 11, 24)
Valid = bool | None
FILES: dict[str, str | bytes] = {
    "PPRRVU2026_Jul_nonQPP.csv": sheets.fee_text(),
    "GPCI2026.csv": sheets.GPCI,
    "26LOCCO.csv": sheets.LOCALITIES,
    "ANES2026.csv": sheets.ANESTHESIA,
    "OPPSCAP_rvu26c.csv": sheets.OPPS_CAP,
    "PUF_CLFS_CY2026_Q2V1.csv": sheets.CLFS,
    "October 2025 Addendum B.csv": sheets.OPPS.encode("cp1252"),
    "AA.csv": sheets.ASC_AA,
    "BB.csv": sheets.ASC_BB,
    "EE.csv": sheets.ASC_EE,
    "asp.csv": sheets.ASP,
    "ndc.csv": sheets.NDC,
    "hcpcs_2025q4.csv": sheets.HCPCS_LIST,
    "HCPC2020_ANWEB.txt": sheets.HCPCS_RECORDS,
    "attributes_2024.csv": sheets.HCPCS_ATTRIBUTES,
    "icd10cm_order_2026.txt": sheets.ORDER_CM,
    "icd10pcs_order_2026.txt": sheets.ORDER_PCS,
    "poa.txt": sheets.POA,
    "tabular.xml": sheets.TABULAR,
    "conversions_FY2026.xlsx": sheets.workbook(sheets.CONVERSIONS),
    "gem1.csv": sheets.GEM_TO_10,
    "gem2.csv": sheets.GEM_TO_9,
    "ccsr.json": sheets.CCSR,
    "ra_dx_to_cc_2026.csv": sheets.HCC,
    "ioce_v27.1_modifiers.csv": sheets.MODIFIERS,
    "ioce_v27.1_conflicts.csv": sheets.MODIFIER_CONFLICTS,
    "ioce_v27.1_revenue.csv": sheets.REVENUE,
    "ioce_v27.1_flags.csv": sheets.FLAGS,
    "pos_2024q3.csv": sheets.PLACES,
    "rbcs_2024q3.csv": sheets.RBCS,
    "dmepos.xlsx": sheets.workbook(sheets.DMEPOS),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    paths = []
    for name, content in FILES.items():
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    from published_files import zipped  # noqa: PLC0415

    paths.append(zipped(folder / "mcd.zip", {"documents.csv": sheets.DOCUMENTS, "lists.json": sheets.LISTS}))
    load(paths, folder / "kb")
    return folder


@pytest.fixture(scope="module")
def tables(folder: Path) -> PublishedTables:
    return PublishedTables(next((folder / "kb").glob("published-*.sqlite")))


# --- Fees ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("facility", "cents"), [("office", 9300), ("facility", 4800)])
def test_the_national_amount_is_relative_values_times_the_factor(
    tables: PublishedTables, facility: str, cents: int
) -> None:
    paid = tables.fees.payment("11111", on=IN_2026, facility=facility == "facility")
    assert paid is not None
    assert (paid.cents, paid.locality, paid.edition_gap) == (cents, None, None)
    assert paid.arithmetic.endswith(f"RVU x 30.0000 = ${cents / 100:.2f}")


def test_a_locality_weighs_each_part_by_its_index_to_the_cent(tables: PublishedTables) -> None:
    (rest,) = tables.fees.localities("rest of zedland", on=IN_2026)
    paid = tables.fees.payment("11111", on=IN_2026, facility=False, locality=rest)
    assert paid is not None
    # 1.00 x 1.010 + 2.00 x 0.900 + 0.10 x 1.500 = 2.96; x 30 = 88.80
    assert (paid.cents, paid.locality, paid.capped) == (8880, "01111-99", False)
    assert paid.arithmetic == "(1.00 x 1.010 + 2.00 x 0.900 + 0.10 x 1.500) x 30.0000 = $88.80"
    assert [reference.source for reference in paid.references] == ["pfs", "gpci"]


def test_the_opps_cap_lowers_what_the_formula_gives(tables: PublishedTables) -> None:
    (town,) = tables.fees.localities("middletown", on=IN_2026)
    paid = tables.fees.payment("11111", on=IN_2026, facility=False, locality=town)
    assert paid is not None
    assert (paid.cents, paid.capped) == (6000, True)


@pytest.mark.parametrize(
    ("day", "gap"), [(date(2026, 12, 31), None), (date(2027, 1, 1), "anesthesia-cf ends 2026-12-31")]
)
def test_a_locality_has_its_anesthesia_factor(tables: PublishedTables, day: date, gap: str | None) -> None:
    (town,) = tables.fees.localities("middletown", on=IN_2026)
    factor = tables.fees.anesthesia_factor(town, on=day)
    assert factor is not None
    assert (factor.cents, factor.edition_gap) == (2155, gap)


def test_no_factor_is_told_of_a_locality_or_year_without_one(tables: PublishedTables) -> None:
    (town,) = tables.fees.localities("middletown", on=IN_2026)
    (rest,) = tables.fees.localities("rest of zedland", on=IN_2026)
    assert tables.fees.anesthesia_factor(rest, on=IN_2026) is None
    assert tables.fees.anesthesia_factor(town, on=date(2025, 12, 31)) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zz", ["01", "99"]),
        ("Middletown", ["01"]),
        ("hill", ["01"]),
        ("01111-99", ["99"]),
        ("", ["01", "99"]),
        ("x", []),
    ],
)
def test_a_locality_is_found_by_state_name_county_or_number(
    tables: PublishedTables, words: str, found: list[str]
) -> None:
    assert [each.number for each in tables.fees.localities(words, on=IN_2026)] == found


def test_a_line_of_a_contractors_price_has_no_amount(tables: PublishedTables) -> None:
    assert tables.fees.record("22222", on=IN_2026) is not None
    assert tables.fees.payment("22222", on=IN_2026, facility=False) is None


def test_modifiers_with_a_line_of_their_own_are_told(tables: PublishedTables) -> None:
    assert tables.fees.modifiers("11111", on=IN_2026) == ("53",)
    fee = tables.fees.record("11111", on=IN_2026, modifier="53")
    assert fee is not None
    assert (fee.work, fee.total_nonfacility, fee.never_facility, fee.never_nonfacility) == (50, 155, True, False)


@pytest.mark.parametrize(
    ("on", "gap"),
    [
        (date(2026, 7, 1), None),
        (date(2026, 9, 30), None),
        (date(2026, 10, 1), "pfs ends 2026-09-30"),
        (date(2026, 2, 1), "pfs begins 2026-07-01"),
    ],
)
def test_outside_an_edition_the_nearest_answers_and_says_so(tables: PublishedTables, on: date, gap: str | None) -> None:
    fee = tables.fees.record("11111", on=on)
    assert fee is not None
    assert fee.edition_gap == gap


# --- Other schedules -------------------------------------------------------------------------------------------------


def test_the_laboratory_schedule_has_a_line_for_qw(tables: PublishedTables) -> None:
    plain, waived = (tables.schedules.laboratory("80000", on=IN_2026, modifier=each) for each in ("", "QW"))
    assert plain is not None
    assert waived is not None
    assert (plain.cents, waived.cents) == (777, 810)


def test_opps_and_asc_tell_indicator_and_rate(tables: PublishedTables) -> None:
    opps = tables.schedules.opps("11111", on=IN_2026)
    asc = tables.schedules.asc("11111", on=IN_2026)
    ancillary = tables.schedules.asc("44444", on=IN_2026)
    assert opps is not None
    assert (opps.status, opps.cents, opps.detail) == ("T", 117_908, "APC 5312")
    assert opps.edition_gap == "opps-addendum-b ends 2025-12-31"
    assert asc is not None
    assert (asc.status, asc.cents, asc.detail) == ("A2", 65_675, "multiple procedures are discounted")
    assert ancillary is not None
    assert (ancillary.status, ancillary.cents) == ("N1", None)
    assert [tables.schedules.asc_excludes(code, on=IN_2026) for code in ("55555", "11111")] == [True, False]


def test_equipment_has_an_amount_for_each_state_and_area(tables: PublishedTables) -> None:
    assert [
        (each.modifier, each.cents, each.detail) for each in tables.schedules.equipment("E0001", "ZZ", on=IN_2026)
    ] == [
        ("RR", 5194, "ZZ, not rural"),
        ("RR", 9702, "ZZ, rural"),
    ]
    assert [each.modifier for each in tables.schedules.equipment("E0002", "YY", on=IN_2026)] == ["NU KU"]


def test_a_drug_has_its_limit_in_thousandths(tables: PublishedTables) -> None:
    drug = tables.schedules.drug("J0001", on=date(2026, 1, 15))
    assert drug is not None
    assert (drug.dosage, drug.thousandths, drug.edition_gap) == ("100 MG", 14_543, None)
    unpriced = tables.schedules.drug("J0002", on=date(2026, 1, 15))
    assert unpriced is not None
    assert unpriced.thousandths is None


def test_modifiers_places_and_revenue_codes_are_asked_on_their_day(tables: PublishedTables) -> None:
    assert tables.schedules.modifier("JG", on=date(2024, 12, 31)) is not None
    assert tables.schedules.modifier("JG", on=date(2025, 1, 1)) is None
    distinct = tables.schedules.modifier("59", on=IN_2026)
    assert distinct is not None
    assert distinct.ncci_associated
    assert tables.schedules.modifiers_conflict("FX", "CT", on=IN_2026)
    assert not tables.schedules.modifiers_conflict("FX", "59", on=IN_2026)
    assert [tables.schedules.place(code, on=IN_2026).facility for code in ("02", "10", "03")] == [True, False, None]
    revenue = tables.schedules.revenue_code("450", on=IN_2026)
    assert revenue is not None
    assert (revenue.code, revenue.status) == ("0450", "V")


# --- Diagnoses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "on", "valid", "reason", "replaced_by"),
    [
        ("K80.10", IN_2026, True, None, ()),
        ("k8010", IN_2026, True, None, ()),
        ("K80.1", IN_2026, False, Invalid.HEADER, ("K80.10", "K80.11")),
        ("K80.1", date(2020, 10, 1), False, Invalid.HEADER, ("K80.10", "K80.11")),
        ("K80.1", date(2020, 9, 30), True, None, ()),
        ("K80.10", date(2020, 9, 30), False, Invalid.NOT_YET, ()),
        ("K80.10", date(2020, 10, 1), True, None, ()),
        ("K80", IN_2026, False, Invalid.HEADER, ("K80.1", "K80.9")),
        ("S99", IN_2026, False, Invalid.HEADER, ("S99.XXXA", "S99.XXXD")),
        ("F89", IN_2026, False, Invalid.TERMINATED, ("QA0.0101",)),
        ("F89", date(2025, 9, 30), True, None, ()),
        ("Z99", IN_2026, False, Invalid.UNKNOWN, ()),
        ("Z99", LATER, None, Invalid.UNKNOWN, ()),
    ],
)
def test_a_diagnosis_is_valid_as_a_leaf_in_force(
    tables: PublishedTables,
    code: str,
    on: date,
    valid: Valid,
    reason: Invalid | None,
    replaced_by: tuple[str, ...],
) -> None:
    found = tables.diagnoses.validity(code, on=on)
    assert (found.valid, found.reason, found.replaced_by) == (valid, reason, replaced_by)
    assert found.references
    assert (found.why is None) is (reason is None)


def test_past_the_fiscal_year_the_last_one_answers(tables: PublishedTables) -> None:
    found = tables.diagnoses.validity("K80.1", on=LATER)
    assert found.why == "a header since 2020-10-01; report K80.10 or K80.11"
    assert found.edition_gap == "icd-10-cm ends 2026-09-30"


def test_notes_come_from_every_level_the_nearest_first(tables: PublishedTables) -> None:
    found = tables.diagnoses.record("K80.10", on=IN_2026)
    assert found is not None
    assert [(note.owner, note.kind) for note in found.notes] == [
        ("K80.10", "inclusion_term"),
        ("K80.1", "code_first"),
        ("K80", "excludes1"),
        ("K80", "excludes1"),
        ("K00-K95", "excludes2"),
    ]
    assert (found.lowest_age, found.highest_age, found.sex) == (9, 64, "female")
    assert found.categories == ("CMS-HCC Model V28: 35",)
    unlimited = tables.diagnoses.record("K80.11", on=IN_2026)
    assert unlimited is not None
    assert (unlimited.lowest_age, unlimited.sex) == (None, None)


def test_a_seventh_character_is_found_above_the_code(tables: PublishedTables) -> None:
    found = tables.diagnoses.record("S99.XXXA", on=IN_2026)
    assert found is not None
    characters = [(note.character, note.text) for note in found.notes if note.kind == "seventh_character"]
    assert characters == [("A", "initial encounter"), ("D", "later")]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("K80.10", "T10", [("K80.10", "code_first", "K80.1"), ("K80.10", "excludes1", "K80")]),
        ("T10", "K80.10", [("K80.10", "code_first", "K80.1"), ("K80.10", "excludes1", "K80")]),
        ("K80.9", "T10", [("K80.9", "excludes1", "K80")]),
        ("K80.9", "S99.XXXA", [("K80.9", "excludes2", "K00-K95")]),
        ("K80.9", "K80.10", []),
    ],
)
def test_notes_that_name_the_other_code_are_found_whichever_way_round(
    tables: PublishedTables, first: str, second: str, found: list[tuple[str, str, str]]
) -> None:
    conflicts = tables.diagnoses.conflicts(first, second, on=IN_2026)
    assert [(each.code, each.note.kind, each.note.owner) for each in conflicts] == found


def test_a_procedure_of_icd_10_pcs_takes_seven_characters(tables: PublishedTables) -> None:
    assert tables.diagnoses.procedure("0016070", on=IN_2026).valid is True
    assert tables.diagnoses.operation("0016070", on=IN_2026)
    assert tables.diagnoses.operation("0016079", on=IN_2026) is None
    assert tables.diagnoses.procedure("001", on=IN_2026).reason is Invalid.HEADER
    assert tables.diagnoses.procedure("0016079", on=IN_2026).reason is Invalid.UNKNOWN


def test_exemption_from_present_on_admission(tables: PublishedTables) -> None:
    assert [tables.diagnoses.poa_exempt(code, on=IN_2026) for code in ("K80.10", "K80.11")] == [True, False]


# --- Code sets, crosswalks, coverage ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "on", "valid", "reason"),
    [
        ("11111", IN_2026, True, None),
        ("33333", IN_2026, True, None),
        ("66666", IN_2026, False, Invalid.TERMINATED),
        ("66666", date(2022, 12, 31), None, Invalid.UNKNOWN),
        ("12345", IN_2026, False, Invalid.UNKNOWN),
        ("12345", LATER, None, Invalid.UNKNOWN),
        ("J0001", IN_2026, True, None),
        ("J0001", date(2010, 12, 31), False, Invalid.NOT_YET),
        ("J0009", date(2021, 1, 1), False, Invalid.TERMINATED),
        ("J0009", date(2020, 2, 1), True, None),
    ],
)
def test_a_procedure_code_is_valid_by_the_lists_and_its_days(
    tables: PublishedTables, code: str, on: date, valid: Valid, reason: Invalid | None
) -> None:
    found = tables.codes.validity(code, on=on)
    assert found is not None
    assert (found.valid, found.reason) == (valid, reason)


def test_a_terminated_code_names_the_one_to_see(tables: PublishedTables) -> None:
    found = tables.codes.validity("J0009", on=IN_2026)
    assert found is not None
    assert (found.why, found.replaced_by) == ("terminated: last valid on 2020-12-31; see J0001", ("J0001",))


def test_hcpcs_text_is_public_and_dental_text_is_not(tables: PublishedTables) -> None:
    drug, dental = (tables.codes.hcpcs(code, on=date(2025, 11, 1)) for code in ("J0001", "D0001"))
    assert drug is not None
    assert drug.description == "Injection, a drug, 100 mg"
    assert dental is not None
    assert dental.description is None
    old = tables.codes.hcpcs("J0001", on=date(2020, 2, 1))
    assert old is not None
    assert (old.description, old.added) == ("Injection, a drug, 100 mg", date(2011, 1, 1))


def test_descriptors_are_dropped_unless_the_operator_has_a_licence(folder: Path, tables: PublishedTables) -> None:
    assert tables.codes.descriptor("11111", on=IN_2026) is None
    load([folder / "PPRRVU2026_Jul_nonQPP.csv"], folder / "licensed", licensed=True)
    licensed = PublishedTables(next((folder / "licensed").glob("published-*.sqlite")))
    found = licensed.codes.descriptor("11111", on=IN_2026)
    assert found is not None
    assert (found[0], found[1].source) == ("Their words", "pfs")
    for path in (folder / "kb").glob("*.sqlite"):
        assert b"Their words" not in path.read_bytes()


def test_crosswalks_tell_what_is_loose_about_them(tables: PublishedTables) -> None:
    (forward,) = tables.crosswalks.to_icd10("574.20", on=IN_2026)
    assert (forward.target, forward.approximate, forward.combination) == ("K8010", True, False)
    (none,) = tables.crosswalks.to_icd10("999.99", on=IN_2026)
    assert none.target is None
    (backward,) = tables.crosswalks.to_icd9("K80.10", on=IN_2026)
    assert (backward.target, backward.combination) == ("57420", True)
    assert tables.crosswalks.category("K8010", on=IN_2026) == "DIG017"


@pytest.mark.parametrize("ndc", ["1234-0567-1", "01234-0567-01", "01234056701"])
def test_a_package_is_found_however_its_ndc_is_written(tables: PublishedTables, ndc: str) -> None:
    found = tables.crosswalks.package(ndc, on=date(2026, 2, 1))
    assert found is not None
    assert (found.code, found.units_per_package) == ("J0001", 10_000)


def test_what_is_no_ndc_is_said_to_be_none(tables: PublishedTables) -> None:
    with pytest.raises(ValueError, match="is no NDC"):
        tables.crosswalks.package("555-0100", on=IN_2026)


@pytest.mark.parametrize(("diagnosis", "listed"), [("K80.10", True), ("T10", False), ("K80.9", None)])
def test_a_list_says_covered_not_covered_or_nothing(tables: PublishedTables, diagnosis: str, listed: Valid) -> None:
    found = tables.coverage.diagnosis("11111", diagnosis, on=IN_2026)
    assert found is not None
    assert (found.listed, found.documents) == (listed, ("L10001", "L10002"))
    assert tables.coverage.diagnosis("22222", diagnosis, on=IN_2026) is None


def test_a_document_is_told_in_its_newest_version(tables: PublishedTables) -> None:
    (found,) = tables.coverage.documents("11111", on=IN_2026)
    assert (found.id, found.version, found.effective_from) == ("L10001", 7, date(2025, 8, 14))
    assert found.contractor == "A Contractor, LLC (MAC - Part B)"
    assert tables.coverage.documents("11111", on=IN_2026, contractor="a contractor") == (found,)
    assert tables.coverage.documents("11111", on=IN_2026, contractor="another") == ()


def test_without_tables_every_look_up_finds_nothing() -> None:
    empty = PublishedTables()
    assert empty.fees.record("11111", on=IN_2026) is None
    assert empty.fees.localities(on=IN_2026) == ()
    assert empty.diagnoses.validity("K80", on=IN_2026).valid is None
    assert empty.diagnoses.conflicts("K80", "T10", on=IN_2026) == ()
    assert empty.codes.validity("11111", on=IN_2026) is None
    assert empty.crosswalks.to_icd10("1", on=IN_2026) == ()
    assert empty.coverage.documents("11111", on=IN_2026) == ()
    assert empty.schedules.modifier("59", on=IN_2026) is None
