"""The questions of `knowledge/questions/`, answered from the authored knowledge."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from caseconsultant.consulting.contract import consultation_object
from caseconsultant.domain.answer import Consultation

FOLDER = Path(__file__).resolve().parents[3] / "knowledge" / "questions"
CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
VERDICTS = {True: "yes", False: "no"}
"""YAML reads a bare yes and no as booleans."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"][:60])
def test_the_answer_holds_what_it_must(case: dict[str, Any], ask: Callable[..., Consultation]) -> None:
    answered = consultation_object(ask(case["question"], case["as_of"]), id=None)["answer"]
    said = json.dumps(answered, ensure_ascii=False)
    if "verdict" in case:
        assert answered["verdict"] == VERDICTS.get(case["verdict"], case["verdict"])
    for name in ("codes", "modifiers", "confidence"):
        assert name not in case or answered[name] == case[name]
    assert "conditional" not in case or [line["code"] for line in answered["conditional"]] == case["conditional"]
    assert [phrase for phrase in case.get("say", ()) if phrase not in said] == []
    assert [phrase for phrase in case.get("never", ()) if phrase in said] == []
