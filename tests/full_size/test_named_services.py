"""Every code of a service named in words is in force in the published tables."""

from __future__ import annotations

from datetime import date

from caseconsultant.consulting.reading.named_services import named_service
from caseconsultant.kb.store import Store

ON = date(2026, 6, 1)


def test_every_code_of_a_named_service_is_valid(full: Store) -> None:
    rules = full.parameters("named_services.", on=ON)
    services = [named_service(each) for rule in rules for each in rule.value]  # type: ignore[attr-defined]
    wrong = {
        (service.name, code) for service in services for code in service.codes if not full.validity(code, on=ON).valid
    }
    assert len(services) > 100
    assert wrong == set()
