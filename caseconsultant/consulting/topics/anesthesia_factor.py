"""The anesthesia conversion factor of a year: the locality's where one is named and loaded, else the national one.

Source: CMS, anesthesia conversion factors by locality; the national ones are those of `rules/anesthesia.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics.fees import locality_told
from caseconsultant.domain.answer import Finding, Kind
from caseconsultant.domain.published import AnesthesiaFactor, Locality
from caseconsultant.domain.question import Question, Topic

_ASKED = re.compile(r"\bconversion factor\b|\banesthesia cf\b|\bcf\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20[12]\d)\b")
_ASK = "In which payment locality (city or county and state) was it? Each has a factor of its own."


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The factor, where it is asked for; nothing where it is not."""
    if not _ASKED.search(question.text):
        return NOTHING
    dated = _of_year(question)
    local = local_factor(dated, knowledge)
    found = _national(dated, knowledge, beside=local is not None and local[1].edition_gap is None)
    if local is None:
        return replace(found, asks=(_ASK,)) if found.findings else found
    said = _said(*local, dated)
    finding = Finding(Topic.FEES, Kind.PAYABLE, said, (local[1].reference,))
    return Findings((finding, *found.findings), headlines=(said, *found.headlines))


def local_factor(question: Question, knowledge: Knowledge) -> tuple[Locality, AnesthesiaFactor] | None:
    """The locality named and its factor; None where none is named or no table holds it."""
    named = locality_told(question, knowledge)
    factor = knowledge.fees.anesthesia_factor(named, on=question.as_of) if named else None
    return (named, factor) if named and factor else None


def _of_year(question: Question) -> Question:
    year = _YEAR.search(question.text)
    return replace(question, as_of=date(int(year[1]), 12, 31)) if year and not question.as_of_stated else question


def _said(named: Locality, factor: AnesthesiaFactor, question: Question) -> str:
    where = f"{named.name.title()} ({named.state}, {named.contractor}-{named.number})"
    of_year = factor.reference.edition[:4]
    said = f"The anesthesia conversion factor of {where} is ${factor.cents / 100:.2f} in {of_year}"
    return f"{said}, the last year loaded; that of {question.as_of.year} is not." if factor.edition_gap else f"{said}."


def _national(question: Question, knowledge: Knowledge, *, beside: bool) -> Findings:
    """The national factor; only a statement beside a locality's own."""
    national = parameter_of(knowledge, question, "anesthesia.conversion_factor.national")
    apm = parameter_of(knowledge, question, "anesthesia.conversion_factor.national_qualifying_apm")
    if national is None:
        return NOTHING
    said = f"The national anesthesia conversion factor of {question.as_of.year} is ${national.value}"
    said += f" (${apm.value} for qualifying APM participants)" if apm else ""
    said += "; each locality has its own."
    finding = Finding(Topic.FEES, Kind.PAYABLE, said, national.references)
    return Findings((finding,), headlines=() if beside else (said,))
