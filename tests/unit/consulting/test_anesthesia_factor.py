"""The anesthesia conversion factor of a locality, of its year or of the last one loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.consulting.topics.anesthesia_factor import _said
from caseconsultant.domain.answer import Consultation, Reference
from caseconsultant.domain.published import AnesthesiaFactor, Locality
from caseconsultant.domain.question import Question

_MANHATTAN = Locality(
    "13202", "01", "MANHATTAN", "NY", 1052, 1165, 1606, Reference("gpci", "13202-01", "2025-01-01"), None
)


@pytest.mark.parametrize(
    ("year", "gap", "ends"),
    [(2025, None, "in 2025."), (2026, "anesthesia-cf ends 2025-12-31", "the last year loaded; that of 2026 is not.")],
)
def test_the_factor_names_its_year(year: int, gap: str | None, ends: str):
    factor = AnesthesiaFactor(2276, Reference("anesthesia-cf", "13202-01", "2025-01-01"), gap)
    said = _said(_MANHATTAN, factor, Question("", date(year, 12, 31)))
    assert "Manhattan (NY, 13202-01) is $22.76" in said
    assert said.endswith(ends)


def test_without_a_locality_the_national_factor_is_told_and_the_locality_asked(ask: Callable[..., Consultation]):
    answer = ask("anesthesia conversion factor 2025?").answer
    assert "national anesthesia conversion factor of 2025" in answer.bottom_line
    assert any("locality" in each for each in answer.asks)
