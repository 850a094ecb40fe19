from __future__ import annotations

from datetime import timedelta

import pytest
from house import START, TAGS
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.services.tags import TagKind, Tags
from caseconsultant.settings import Settings

SETTINGS = Settings(_env_file=None, address="consult@desk.example.com")


def address(row: int = 123, kind: TagKind = TagKind.CASE) -> str:
    return TAGS.address(kind, row, at=START, settings=SETTINGS)


def read(given_address: str, kind: TagKind = TagKind.CASE, *, days: int = 0, tags: Tags = TAGS) -> int | None:
    return tags.row_of(kind, [given_address], at=START + timedelta(days=days))


@given(st.integers(min_value=0, max_value=2**31 - 1), st.sampled_from(TagKind))
def test_a_tag_names_its_row_and_fits_a_local_part(row, kind):
    made = address(row, kind)

    assert read(made, kind) == row
    assert made == made.lower()
    assert len(made.rpartition("@")[0]) <= 64


def test_a_tag_survives_programs_that_change_the_case():
    assert read(address().upper()) == 123


@pytest.mark.parametrize(("days", "row"), [(180, 123), (181, None)])
def test_a_cases_tag_holds_for_180_days(days, row):
    assert read(address(), days=days) == row


@pytest.mark.parametrize(("days", "row"), [(30, 123), (31, None)])
def test_a_return_path_holds_for_30_days(days, row):
    assert read(address(kind=TagKind.OUTBOX), TagKind.OUTBOX, days=days) == row


def test_a_tag_of_another_kind_or_key_is_none_of_ours():
    assert read(address(), TagKind.OUTBOX) is None
    assert read(address(), tags=Tags((b"x" * 32,))) is None


def test_no_changed_character_holds():
    made = address()
    local = made.partition("+")[2].partition("@")[0]
    for place, character in enumerate(local):
        other = "a" if character != "a" else "b"
        assert read(made.replace(local, local[:place] + other + local[place + 1 :])) is None


def test_a_longer_life_cannot_be_written_in():
    kind_and_row, _, mac = address().partition("+")[2].split("-")
    assert read(f"consult+{kind_and_row}-zzz-{mac}") is None


@pytest.mark.parametrize("other", ["", "@", "consult@desk.example.com", "consult+token@desk.example.com", "x" * 500])
def test_other_addresses_carry_no_tag(other):
    assert read(other) is None


def test_an_operator_without_plus_tags_gets_the_bare_address():
    plain = Settings(_env_file=None, address="consult@desk.example.com", tagged_addresses=False)

    assert TAGS.address(TagKind.CASE, 1, at=START, settings=plain) == "consult@desk.example.com"


def test_a_tag_of_a_former_key_is_still_known_and_none_is_made_with_it():
    rotated = Tags((b"new" * 11, *TAGS.keys))

    assert read(address(), tags=rotated) == 123
    assert read(rotated.address(TagKind.CASE, 5, at=START, settings=SETTINGS)) is None
