"""Administration codes and units that a sender wrote, against those that the vaccines earn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.reading.vaccines import Vaccine
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.question import Question, Topic

ADMINISTRATION = re.compile(r"9046[01]|9047[1-4]|90480|90481|9638[01]|G00(?:08|09|10)")
"""Codes of giving vaccines."""


def lines(units: Mapping[str, int]) -> str:
    """Lines in words: `90471 x1 and 90472 x2`."""
    return " and ".join(f"{code} x{each}" for code, each in units.items())


def corrected(told: Findings, found: Sequence[Vaccine], question: Question) -> Findings:
    """Administration codes and units that the vaccines do not earn."""
    right = {each.code: each.units or 1 for each in told.opinions if each.standing is not Standing.REFUSED}
    stands = {each.code for each in told.opinions if each.standing is Standing.STANDS}
    written = {
        each.code: each.units or 1 for each in question.codes if ADMINISTRATION.fullmatch(each.code) and not each.absent
    }
    giving = {code: each for code, each in right.items() if ADMINISTRATION.fullmatch(code)}
    if not giving:
        return NOTHING
    refused = tuple(
        Opinion(code, Standing.REFUSED, why=f"{_reason(code)}{lines(giving)}")
        for code in written
        if code not in right and code not in question.alternatives
    )
    over = tuple(
        f"{code} x{each} is wrong: {lines(giving)}."
        for code, each in written.items()
        if code in stands and each > right[code]
    )
    fits = (
        written
        and not refused
        and not over
        and written == {code: right[code] for code in stands if ADMINISTRATION.fullmatch(code)}
    )
    visits = any(each.code.startswith("99") for each in question.codes)
    if not fits or not question.wants_yes_or_no or visits:
        return Findings(opinions=refused, corrections=over)
    said = f"{lines(written)} fits the {len(found)} vaccines."
    return Findings((Finding(Topic.GUIDELINES, Kind.CODABLE, said, told.findings[-1].references, Verdict.YES),))


def _reason(code: str) -> str:
    return "it is Medicare's own code; this payer takes " if code.startswith("G") else "the vaccines make it "
