"""The machine-readable answer has all keys of the contract."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from caseconsultant.consulting.contract import consultation_object
from caseconsultant.domain.answer import Consultation

ANSWER = {
    "verdict",
    "bottom_line",
    "codes",
    "conditional",
    "modifiers",
    "diagnoses",
    "findings",
    "asks",
    "changes",
    "edition_gap",
    "confidence",
    "parts",
}
FINDING = {"topic", "kind", "verdict", "statement", "arithmetic", "references", "branch", "missing"}


@pytest.mark.parametrize("text", ["", "96369 and 96370 x2 with 96372, dx D83.9, 200 minutes, Medicare, office?"])
def test_every_key_is_there(ask: Callable[..., Consultation], text: str) -> None:
    answered = consultation_object(ask(text), id="q1")
    assert set(answered) == {"id", "question", "answer", "knowledge_release"}
    assert set(answered["question"]) == {"as_of", "payer", "setting", "minutes", "topics", "codes", "diagnoses"}
    assert set(answered["answer"]) == ANSWER
    assert all(set(finding) == FINDING for finding in answered["answer"]["findings"])
    json.dumps(answered)


def test_spans_are_lists_that_point_at_the_code(ask: Callable[..., Consultation]) -> None:
    text = "Can we bill 96370 x2 with D83.9?"
    question = consultation_object(ask(text), id=None)["question"]
    assert question["codes"] == [{"code": "96370", "system": "CPT", "units": 2, "modifiers": [], "span": [12, 17]}]
    assert [text[slice(*each["span"])] for each in question["diagnoses"]] == ["D83.9"]
