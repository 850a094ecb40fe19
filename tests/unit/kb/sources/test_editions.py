from __future__ import annotations

from datetime import date

import pytest

from caseconsultant.kb.sources.editions import (
    date_in,
    end_of_quarter,
    newest_quarter,
    quarter_name,
    quarter_of,
    version_name,
)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", date(2024, 7, 1)),
        ("mue-2024q3.zip", date(2024, 7, 1)),
        ("AOC_V2026Q2-MCR", date(2026, 4, 1)),
        ("ccipra-v302r0-f1.TXT", date(2024, 7, 1)),
        ("ccioph_v321r0.zip", date(2026, 4, 1)),
        ("table 2025-10-01.csv", date(2025, 10, 1)),
        ("508 version of October 2025 Web Addendum B.csv", date(2025, 10, 1)),
        ("Effective January 1, 2026 through March 31, 2026", date(2026, 1, 1)),
        ("2026 Relative Value File July Release", date(2026, 7, 1)),
        ("DMEPOS26_JAN.xlsx", date(2026, 1, 1)),
        ("ioce_v27.1_tables.zip", date(2026, 4, 1)),
        ("icd10c-tabular-April-1-2026.xml", date(2026, 4, 1)),
        ("rvu25d.zip", date(2025, 10, 1)),
        ("code-list-April-2026.txt", date(2026, 4, 1)),
        ("Eff_13-45-2024", None),
        ("table.txt", None),
    ],
)
def test_a_name_may_give_a_day(name: str, day: date | None) -> None:
    assert date_in(name) == day


def test_a_members_own_name_comes_before_that_of_its_zip() -> None:
    assert date_in("x_Eff_07-01-2024.csv", "mue-2024q4.zip") == date(2024, 7, 1)
    assert date_in("x.csv", "mue-2024q4.zip") == date(2024, 10, 1)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2024, 1, 1), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 6, 30), date(2024, 4, 1), date(2024, 6, 30)),
        (date(2024, 12, 31), date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_quarters_begin_and_end(day: date, first: date, last: date) -> None:
    assert (quarter_of(day), end_of_quarter(day)) == (first, last)


def test_quarters_have_names() -> None:
    assert quarter_name(date(2026, 4, 1)) == "second quarter 2026"
    assert version_name(date(2024, 7, 1)) == "version 30.2"


@pytest.mark.parametrize(
    ("last_end", "last_start", "name", "quarter"),
    [
        (date(2024, 6, 30), date(2019, 1, 1), "table.txt", date(2024, 7, 1)),
        (date(2024, 3, 31), date(2019, 1, 1), "x-v302r0.txt", date(2024, 7, 1)),
        (date(2024, 6, 30), date(2019, 1, 1), "x-v341r0.txt", date(2024, 7, 1)),
        (date(2024, 6, 30), date(2019, 1, 1), "x-v301r0.txt", date(2024, 7, 1)),
        (None, date(2019, 2, 1), "table.txt", date(2019, 1, 1)),
        (None, date(2019, 2, 1), "x-v302r0.txt", date(2024, 7, 1)),
        (None, None, "table.txt", None),
    ],
)
def test_the_rows_give_the_quarter_and_a_name_moves_it_on_by_half_a_year_at_most(
    last_end: date | None, last_start: date | None, name: str, quarter: date | None
) -> None:
    assert newest_quarter(last_end, last_start, [name]) == quarter
