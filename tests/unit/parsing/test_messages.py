from __future__ import annotations

from pathlib import Path

import pytest
from expected_mail import differences, expectations, expected

from caseconsultant.parsing import parse


@pytest.mark.parametrize("path", expectations(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_mail_is_read_as_the_file_beside_it_says(path: Path) -> None:
    raw, wanted = expected(path)
    assert list(differences(parse(raw), wanted)) == []
