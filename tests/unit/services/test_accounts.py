from __future__ import annotations

import pytest

from caseconsultant.domain.errors import InputError
from caseconsultant.services import accounts

PASSWORD = "correct horse battery"


@pytest.fixture
def robin(database, clock):
    with database.transaction() as session:
        return accounts.add_staff(
            session, email="Robin@Example.com", name="Robin", credential="CPC", password=PASSWORD, at=clock()
        )


def sign_in(database, settings, clock, password=PASSWORD, email="robin@example.com"):
    return accounts.sign_in(email, password, database=database, at=clock(), settings=settings)


def test_the_right_password_opens_a_session_that_ends(database, settings, clock, robin):
    signed = sign_in(database, settings, clock)
    with database.reading() as session:
        assert accounts.session_for(session, signed.token, at=clock()).staff.email == "robin@example.com"
        assert accounts.session_for(session, signed.token + "x", at=clock()) is None
        clock.advance(hours=settings.session_hours)
        assert accounts.session_for(session, signed.token, at=clock()) is None


def test_nobody_signs_in_with_a_wrong_password_or_an_unknown_address(database, settings, clock, robin):
    assert sign_in(database, settings, clock, password="wrong") is None
    assert sign_in(database, settings, clock, email="nobody@example.com") is None


def test_the_fifth_wrong_password_locks_for_a_quarter_of_an_hour(database, settings, clock, robin):
    for _ in range(5):
        assert sign_in(database, settings, clock, password="wrong") is None
    assert sign_in(database, settings, clock) is None
    clock.advance(minutes=15)
    assert sign_in(database, settings, clock) is not None


def test_four_wrong_passwords_do_not_lock(database, settings, clock, robin):
    for _ in range(4):
        sign_in(database, settings, clock, password="wrong")
    assert sign_in(database, settings, clock) is not None


def test_signing_out_ends_the_session(database, settings, clock, robin):
    signed = sign_in(database, settings, clock)
    with database.transaction() as session:
        accounts.sign_out(session, signed.token)
        assert accounts.session_for(session, signed.token, at=clock()) is None


def test_a_short_password_and_a_taken_address_are_refused(database, clock, robin):
    with database.transaction() as session:
        for email, password, why in [
            ("new@example.com", "eleven chars"[:11], "too short"),
            ("robin@example.com", PASSWORD, "already"),
            ("no address", PASSWORD, "not an e-mail address"),
        ]:
            with pytest.raises(InputError, match=why):
                accounts.add_staff(session, email=email, name="N", credential="", password=password, at=clock())


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("Dana+tag@Clinic.Example.com", "dana@clinic.example.com"),
        ("dana@clinic.example.com", "dana@clinic.example.com"),
        ("+odd@clinic.example.com", "+odd@clinic.example.com"),
    ],
)
def test_a_plus_tag_does_not_make_another_person(address, canonical):
    assert accounts.canonical_address(address) == canonical
