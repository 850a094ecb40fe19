from __future__ import annotations

from caseconsultant.consulting.reading.named_services import age_told
from caseconsultant.consulting.reading.text import with_ages
from caseconsultant.consulting.reading.vaccines import age
from caseconsultant.parsing import redact


def test_an_age_taken_out_as_over_89_is_read_as_90_and_positions_stay() -> None:
    redacted = redact("A 93-year-old got 90662.").text
    read = with_ages(redacted)
    assert "93" not in redacted
    assert (age_told(read), age(read)) == (90, 90.0)
    assert read.index("90662") == redacted.index("90662")


def test_a_text_without_such_an_age_is_read_as_it_stands() -> None:
    assert with_ages("An 89-year-old got 90662.") == "An 89-year-old got 90662."
