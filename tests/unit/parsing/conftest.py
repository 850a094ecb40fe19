from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caseconsultant.domain.message import ParsedMessage
from caseconsultant.parsing import parse

MESSAGES = Path(__file__).parents[2] / "messages"


@pytest.fixture
def read() -> Callable[[str], ParsedMessage]:
    def by_name(name: str) -> ParsedMessage:
        return parse((MESSAGES / f"{name}.eml").read_bytes())

    return by_name
