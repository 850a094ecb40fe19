"""The sender's authentication is looked up when the case is opened, and decides whether the case is held."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from house import House, mail

from caseconsultant.db.models import CaseStatus
from caseconsultant.domain.authentication import Authentication, AuthenticationResult, Passage
from caseconsultant.domain.message import ParsedMessage
from caseconsultant.queue import OPEN_CASE
from caseconsultant.services import sweeping


@dataclass
class Says:
    """An authenticator that gives its results in turn, the last one ever after."""

    results: list[AuthenticationResult]
    asked: list[Passage] = field(default_factory=list)

    def __call__(self, raw: bytes, message: ParsedMessage, passage: Passage) -> Authentication:
        self.asked.append(passage)
        result = self.results.pop(0) if len(self.results) > 1 else self.results[0]
        return Authentication(result, f"said {result}")


def arrive(house: House, *results: AuthenticationResult, raw: bytes | None = None) -> tuple[int, Says]:
    house.authenticate = says = Says(list(results))
    return house.arrive(raw or mail(), authentication="unchecked"), says


def test_a_sender_who_passes_is_received(house: House):
    number, says = arrive(house, AuthenticationResult.PASS)

    case_id = house.open(number)

    assert case_id
    assert house.case(case_id).status is CaseStatus.RECEIVED
    row = house.inbound(number)
    assert (row.authentication, row.authentication_reason) == ("pass", "said pass")
    assert says.asked == [Passage("smtp", "127.0.0.1", "clinic.example.com", "dana@clinic.example.com")]


@pytest.mark.parametrize("result", [AuthenticationResult.NONE, AuthenticationResult.FAIL])
def test_a_sender_who_does_not_pass_is_held_and_charged_nothing(house: House, result: AuthenticationResult):
    number, _ = arrive(house, result)

    case_id = house.open(number)

    assert case_id
    case = house.case(case_id)
    assert (case.status, case.held_reason) == (CaseStatus.HELD, "unauthenticated")


def test_a_silent_dns_is_asked_again_by_the_sweeper_and_nothing_is_decided_before(house: House):
    number, _ = arrive(house, AuthenticationResult.TEMPERROR, AuthenticationResult.PASS)

    assert house.open(number) is None
    assert house.inbound(number).disposition is None
    house.queue.take(OPEN_CASE)
    house.clock.advance(minutes=5)
    sweeping.sweep(database=house.database, post=house.post)

    assert house.queue.take(OPEN_CASE) == [number]
    case_id = house.open(number)
    assert case_id
    assert house.case(case_id).status is CaseStatus.RECEIVED


def test_a_dns_that_stays_silent_ends_in_a_held_case(house: House):
    number, says = arrive(house, AuthenticationResult.TEMPERROR)

    opened = [house.open(number) for _ in range(3)]

    assert opened[:2] == [None, None]
    assert opened[2]
    assert house.case(opened[2]).status is CaseStatus.HELD
    assert len(says.asked) == 3


def test_mail_from_a_trusted_network_is_not_looked_up(house: House):
    house.authenticate = says = Says([AuthenticationResult.FAIL])

    case_id = house.open(house.arrive(mail()))

    assert case_id
    assert house.case(case_id).status is CaseStatus.RECEIVED
    assert says.asked == []


def test_machine_mail_costs_the_dns_nothing(house: House):
    number, says = arrive(house, AuthenticationResult.PASS, raw=mail(Auto_Submitted="auto-replied"))

    assert house.open(number) is None
    assert says.asked == []
    assert house.inbound(number).authentication == "unchecked"


def test_a_command_of_an_unauthenticated_sender_is_not_obeyed(house: House):
    number, _ = arrive(house, AuthenticationResult.FAIL, raw=mail("", subject="REGISTER"))

    house.open(number)

    assert house.inbound(number).reason == "unauthenticated"
    assert house.outbox() == []
