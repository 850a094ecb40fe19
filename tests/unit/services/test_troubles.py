from __future__ import annotations

import pytest
from house import House, mail
from structlog.testing import capture_logs

from caseconsultant.services import opening, troubles


def test_an_error_that_quotes_an_identifier_is_told_without_it():
    assert troubles.told(ValueError("cannot read MRN 4471234")) == "ValueError: cannot read MRN [MRN]"


def test_neither_row_nor_log_holds_what_the_mail_said(house: House, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise ValueError("patient John Smith MRN 4471234 DOB 03/04/1948")

    monkeypatch.setattr(opening, "_decide", fail)
    inbound_id = house.arrive(mail())
    with capture_logs() as logs, pytest.raises(ValueError, match="John"):
        house.open(inbound_id)

    said = f"{logs} {house.inbound(inbound_id).error}"
    assert "case_open_failed" in said
    assert not [word for word in ("Smith", "4471234", "1948") if word in said]
