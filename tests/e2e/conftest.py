from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from estate import Estate


@pytest.fixture
def estate(tmp_path: Path) -> Iterator[Callable[..., Estate]]:
    """Makes houses; each is ended with the test."""
    made: list[Estate] = []

    def make(**changes: Any) -> Estate:
        made.append(Estate(tmp_path, **changes))
        return made[-1]

    yield make
    for house in made:
        house.stop()
