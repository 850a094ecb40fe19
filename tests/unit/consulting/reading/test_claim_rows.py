"""Claim lines as they are pasted: tables, rows of the CMS-1500, segments of the 837 and 835."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.consulting.reading.remittance import denials
from caseconsultant.domain.question import Question

Reader = Callable[..., Question]
PAIR = [("99213", 1, ("25",)), ("20610", 1, ("RT",))]


def lines(question: Question) -> list[tuple[str, int | None, tuple[str, ...]]]:
    return [(each.code, each.units, each.modifiers) for each in question.codes]


TABLES = [
    "CPT\tMod\tUnits\tCharge\n99213\t25\t1\t150.00\n20610\tRT\t1\t220.00",
    "DOS | CPT | Mod | Units | Charge\n3/4/2026 | 99213 | 25 | 1 | $150.00\n3/4/2026 | 20610 | RT | 1 | $220.00",
    "| Mod | Units | CPT |\n|-----|-------|-----|\n| 25 | 1 | 99213 |\n| RT | 1 | 20610 |",
    "DOS,CPT,Mod,Units,Charge\n03/04/2026,99213,25,1,150.00\n03/04/2026,20610,RT,1,220.00",
    "Date       Code   Mod  Qty  Charge\n03/04/26   99213  25   1    150.00\n03/04/26   20610  RT   1    220.00",
    "units cpt mod\n1 99213 25\n1 20610 RT",
    "03 04 26 03 04 26 11 99213 25 A 150 00 1 NPI 1234567893\n03 04 26 03 04 26 11 20610 RT A 220 00 1",
    "99213 | 25 | 1\n20610 | RT | 1",
    "99213  25  1   $150.00\n20610  RT  1   $220.00",
    "SV1*HC:99213:25*150*UN*1***1:2~SV1*HC:20610:RT*220*UN*1***1~",
    "SVC*HC:99213:25*150*0**1~\nSVC*HC:20610:RT*220*80**1~",
    "CPT: 99213 Mod: 25 Units: 1\nCPT: 20610 Mod: RT Units: 1",
]


@pytest.mark.parametrize("pasted", TABLES)
def test_each_row_gives_its_code_modifiers_and_units(read_loaded: Reader, pasted: str) -> None:
    assert lines(read_loaded(f"{pasted}\nCan these go together?")) == PAIR


def test_cells_may_be_empty_and_columns_of_modifiers_several(read_loaded: Reader) -> None:
    question = read_loaded("HCPCS|Mod1|Mod2|Units\nE0601|RR|KX|1\nE0114||| 2")
    assert lines(question) == [("E0601", 1, ("RR", "KX")), ("E0114", 2, ())]


def test_units_stand_under_their_heading_where_a_cell_is_missing(read: Reader) -> None:
    pasted = "CPT    Mod   Units  Charge\n96365  59    1      300.00\n96366        2      90.00"
    assert lines(read(pasted)) == [("96365", 1, ("59",)), ("96366", 2, ())]


def test_charges_are_no_codes_and_no_units(read: Reader) -> None:
    assert lines(read("SV1*HC:96365:59*99213*UN*1~")) == [("96365", 1, ("59",))]
    assert lines(read("96365 59 $96366 1")) == [("96365", 1, ("59",))]


def test_diagnoses_and_dates_of_segments_are_read(read: Reader) -> None:
    question = read("HI*ABK:E1142*ABF:I10~ SV1*HC:96372*180*UN*1~ DTP*472*D8*20260401~")
    assert [each.code for each in question.diagnoses] == ["E11.42", "I10"]
    assert question.as_of == date(2026, 4, 1)


def test_the_date_of_item_24a_is_the_date_of_service(read: Reader) -> None:
    assert read("03 04 26 03 04 26 11 96372 59 A 150 00 1").as_of == date(2026, 3, 4)


def test_every_reason_of_an_adjustment_segment_is_read() -> None:
    found = denials("CAS*CO*45*30**253*2.4~ LQ*HE*N519~")
    assert [(each.code, each.group, each.remark) for each in found] == [
        ("45", "CO", False),
        ("253", "CO", False),
        ("N519", None, True),
    ]


PROSE = [
    "We billed 96365 59 twice",
    "code, units, modifiers: what do we send for 96365?",
    "96365, 25 minutes",
    "96365 10:00 to 11:00",
    "See page 3 and 96365",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_row(read: Reader, text: str) -> None:
    assert [each.code for each in read(text).codes] == ["96365"]


DENIALS = [
    ("CO-97 on 97140", ["97"]),
    ("CO97", ["97"]),
    ("PR 204", ["204"]),
    ("co 16 with m76", ["16", "M76"]),
    ("denied 97, what now?", ["97"]),
    ("rejected 97", ["97"]),
    ("denied as 97 (bundled)", ["97"]),
    ("99214 denied MA130", ["MA130"]),
    ("N122 on 96366", ["N122"]),
    ("denied 97 minutes later", []),
    ("denied 2 times", []),
    ("denied 3 claims", []),
    ("denied 99213", []),
    ("N17.9 denied", []),
    ("Denver, CO 80202", []),
    ("denied B20", ["B20"]),
    ("B20 or Z21 first?", []),
]


@pytest.mark.parametrize(("text", "codes"), DENIALS)
def test_denial_codes_are_read_in_every_form(text: str, codes: list[str]) -> None:
    assert [each.code for each in denials(text)] == codes
