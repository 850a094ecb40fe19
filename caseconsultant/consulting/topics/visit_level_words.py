"""What an answer on a level says: its columns, the conditions of each level, and what to ask back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from caseconsultant.consulting.calculators.decision_making import Bounds, level
from caseconsultant.consulting.reading.decision_making import Elements

_LOW, _MODERATE, _HIGH = 1, 2, 3
_PROBLEMS = (
    "the problem is minor",
    "the problem is low: one acute uncomplicated or one stable chronic",
    "the problem is moderate: systemic symptoms, undiagnosed, not at goal, or two stable chronic ones",
    "the problem is high: a severe exacerbation or a threat to life or bodily function",
)
_RISKS = (
    "no drug was prescribed and risk is minimal",
    "risk is low, with no prescription drug managed",
    "risk is moderate: a prescription drug managed, or elective major surgery decided",
    "risk is high: hospital-level care or emergency surgery decided",
)
_DATA = (
    "data are minimal",
    "data are low: two unique tests or outside notes, or an independent historian",
    "data are moderate: three tests or notes, an independent interpretation, or a discussion with an outside clinician",
    "data are high: two of those three categories",
)


class _Grid(Protocol):
    @property
    def problems(self) -> Bounds: ...
    @property
    def data(self) -> Bounds: ...
    @property
    def risk(self) -> Bounds: ...


def column_said(bounds: Bounds, names: Sequence[str]) -> str:
    """A column's level, or the span of what it may be; the lowest is called minimal."""
    low, high = (names[place] if place else "minimal" for place in (bounds.low, bounds.high))
    return low if low == high else f"{low} to {high}"


def condition_of(place: int, told_of: Elements, made: _Grid, needed: int) -> str:
    """What must hold for a level, in words that complete `only if ...`."""
    if told_of.open_chronic and made.problems.low < made.problems.high:
        said = {
            _LOW: "the condition is stable, at its treatment goal (a low problem)",
            _MODERATE: "the condition is not at its goal or has worsened (a moderate problem)",
        }
        if place in said:
            return said[place]
    if told_of.open_problem and told_of.risks and place in {_LOW, _MODERATE}:
        return {
            _LOW: "the illness is acute and uncomplicated (low) and data are low or none",
            _MODERATE: "there are systemic symptoms, an undiagnosed problem of uncertain outcome or moderate data",
        }[place]
    return _by_column(place, made, needed)


def _by_column(place: int, made: _Grid, needed: int) -> str:
    """The state of the one open column that makes the level; both columns in words where two are open."""
    columns = {"problems": made.problems, "data": made.data, "risk": made.risk}
    open_columns = [name for name, bounds in columns.items() if bounds.low < bounds.high]
    if len(open_columns) == 1:
        return _making(open_columns[0], columns, place, needed)
    return f"two columns reach it, such as: {_PROBLEMS[place]}; {_RISKS[place]}"


def _making(name: str, columns: dict[str, Bounds], place: int, needed: int) -> str:
    said = {"problems": _PROBLEMS, "data": _DATA, "risk": _RISKS}[name]
    fitting = [
        value
        for value in range(columns[name].low, columns[name].high + 1)
        if level([Bounds(value, value) if each == name else bounds for each, bounds in columns.items()], needed).low
        == place
    ]
    return " or ".join(said[value] for value in fitting[:2]) if fitting else said[place]


def asked_back(told_of: Elements, made: _Grid) -> tuple[str, ...]:
    """The questions on the columns that are open, the deciding first."""
    asks = []
    if told_of.open_chronic and made.problems.low < made.problems.high:
        asks.append("Is the condition at its treatment goal (stable, controlled), and was the drug changed?")
    elif made.problems.low < made.problems.high:
        asks.append(
            "Which problem was it: acute and uncomplicated, with systemic symptoms, chronic (at goal or not), or "
            "undiagnosed?"
        )
    if made.risk.low < made.risk.high:
        asks.append("What was the riskiest decision: no drug, a prescription, surgery, or hospital care?")
    if not told_of.no_data:
        asks.append("Which tests or outside notes were ordered or reviewed, and did the same group read and bill them?")
    return tuple(asks)


def changes(place: int, told_of: Elements) -> tuple[str, ...]:
    """What would make it the next level."""
    if told_of.no_data or place >= _MODERATE or "prescription_drug_management" not in told_of.risks:
        return ()
    said = (
        "Systemic symptoms or moderate data (three unique tests, notes or orders, or an independent interpretation) "
        "would make "
        "it moderate."
    )
    return (said,)
