"""What a hospital's outpatient claim earns nothing for beside another line."""

from __future__ import annotations

import pytest

from caseconsultant.consulting.topics.packaged import _packaged
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.published import Amount

BESIDE = {"Q1": ["S", "T", "V"], "Q2": ["T"]}


def line(code: str, status: str) -> Amount:
    return Amount(code, "", status, None, None, Reference("opps-addendum-b", code, "2025-10-01"), None)


@pytest.mark.parametrize("paid", ["S", "T", "V"])
def test_status_q1_is_packaged_beside_s_t_or_v(paid: str):
    lines = [line("97597", paid), line("97602", "Q1")]
    assert [(each.code, other.code) for each, other in _packaged(lines, BESIDE)] == [("97602", "97597")]


@pytest.mark.parametrize(("first", "second"), [("Q1", "Q1"), ("Q1", "N"), ("Q2", "S"), ("T", "T"), ("J1", "A")])
def test_nothing_is_packaged_where_no_line_pays_for_it(first: str, second: str):
    assert not list(_packaged([line("97597", first), line("97602", second)], BESIDE))


def test_status_q2_is_packaged_beside_t():
    assert list(_packaged([line("97597", "T"), line("97602", "Q2")], BESIDE))


def test_one_line_alone_is_paid():
    assert not list(_packaged([line("97602", "Q1")], BESIDE))
