"""Authored facts and published tables behind one store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from published_files import PAIRS, aoc_bytes, mue_text, ptp_text

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.records import NoPtpEdit, PtpEdit
from caseconsultant.kb.build import build
from caseconsultant.kb.library import LOOK_AGAIN_AFTER, Library
from caseconsultant.kb.lookup import lookup_object
from caseconsultant.kb.published import load
from caseconsultant.kb.status import status
from caseconsultant.kb.store import Store, open_store
from caseconsultant.kb.verify import verify

OFFICE = Setting.OFFICE
HOSPITAL = Setting.OUTPATIENT_HOSPITAL


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def ptp_file(folder: Path, *pairs: tuple[str, str, str, str, str], name: str = "ccipra-v302r0.txt") -> Path:
    return written(folder / name, ptp_text(pairs or PAIRS))


def mue_file(
    folder: Path, *rows: tuple[str, int, int], table: str = "mue-practitioner", day: str = "07-01-2024"
) -> Path:
    return written(folder / f"{table}_{day}.csv", mue_text(table, rows))


@pytest.fixture(scope="session")
def authored(authored_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What stands under `knowledge/`, compiled."""
    return build(authored_dir, tmp_path_factory.mktemp("authored"))


def store_with(authored: Path, kb_dir: Path, *files: Path) -> Store:
    return open_store(authored, load(files, kb_dir).path)


def test_the_release_names_both_files(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    store = store_with(authored, kb_dir, mue_file(tmp_path, ("96370", 3, 3)))
    own, loaded = store.release.split("+")
    assert store.database.content.startswith(own)
    assert store.published.database.content.startswith(loaded)
    assert len(store.release) == 25


def test_a_table_beats_what_is_authored(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    pairs = [
        ("10021", "10004", "20190101", "*", "0"),
        ("96369", "96372", "20190701", "*", "0"),
        ("G0463", "99211", "20190701", "20240630", "1"),
    ]
    store = store_with(authored, kb_dir, ptp_file(tmp_path, *pairs), mue_file(tmp_path, ("96370", 7, 1)))
    on = date(2024, 8, 1)
    assert store.ptp_edit("96369", "96372", setting=OFFICE, on=on).modifier_indicator == 0
    assert store.mue("96370", setting=OFFICE, on=on).units == 7
    assert store.mue("96372", setting=OFFICE, on=on) is None
    assert store.ptp_edit("96369", "96372", setting=HOSPITAL, on=on).modifier_indicator == 1
    assert store.mue("96370", setting=HOSPITAL, on=on).units == 3


def test_what_is_authored_answers_where_no_table_covers_the_question(
    authored: Path, kb_dir: Path, tmp_path: Path
) -> None:
    only_one_part = ptp_file(tmp_path, ("10021", "10004", "20190101", "20240630", "0"))
    store = store_with(authored, kb_dir, only_one_part)
    found = store.ptp_edit("96372", "96369", setting=OFFICE, on=date(2024, 8, 1))
    assert isinstance(found, PtpEdit)
    assert found.modifier_indicator == 1
    assert store.mue("96370", setting=OFFICE, on=date(2024, 8, 1)).units == 3
    assert store.add_on("96370", on=date(2026, 4, 1)).primaries == ("96369",)


def test_a_pair_nobody_wrote_of_is_no_edit_where_the_table_was_read(
    authored: Path, kb_dir: Path, tmp_path: Path
) -> None:
    store = store_with(authored, kb_dir, ptp_file(tmp_path))
    found = store.ptp_edit("43239", "45385", setting=OFFICE, on=date(2024, 8, 1))
    assert isinstance(found, NoPtpEdit)
    assert found.edition_gap is None
    assert open_store(authored).ptp_edit("43239", "45385", setting=OFFICE, on=date(2024, 8, 1)) is None


@pytest.mark.parametrize(("day", "units"), [("10-01-2023", 3), ("07-01-2024", 7), ("10-01-2024", 7)])
def test_past_all_editions_the_last_one_answers_be_it_loaded_or_authored(
    authored: Path, kb_dir: Path, tmp_path: Path, day: str, units: int
) -> None:
    store = store_with(authored, kb_dir, mue_file(tmp_path, ("96370", 7, 3), day=day))
    found = store.mue("96370", setting=OFFICE, on=date(2026, 11, 23))
    assert found.units == units
    assert found.edition_gap


def test_dme_suppliers_have_units_of_their_own_and_no_pairs(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    store = store_with(authored, kb_dir, mue_file(tmp_path, ("A4221", 4, 3), table="mue-dme"), ptp_file(tmp_path))
    on = date(2024, 8, 1)
    found = store.mue("A4221", setting=Setting.DME, on=on)
    assert (found.units, found.reference) == (4, Reference("mue-dme", "A4221", "2024-07-01"))
    assert store.ptp_edit("96365", "36000", setting=Setting.DME, on=on) is None
    assert store.source("mue-dme").title == "MUE table (DME supplier)"


def test_sources_and_ends_of_editions_are_those_of_the_loaded_tables(
    authored: Path, kb_dir: Path, tmp_path: Path
) -> None:
    store = store_with(authored, kb_dir, mue_file(tmp_path, ("96370", 7, 3), day="10-01-2024"))
    assert store.source("mue-practitioner").edition == "2024-10-01"
    assert store.edition_end(Reference("mue-practitioner", "96370", "2024-10-01")) == date(2024, 12, 31)
    assert store.edition_end(Reference("mue-practitioner", "96370", "2024-07-01")) == date(2024, 9, 30)
    found = lookup_object("96370", store=store, on=date(2024, 11, 1))
    assert {"source": "mue-practitioner", "from": "2024-10-01", "to": "2024-12-31"} in found["editions"]


def test_an_older_edition_does_not_make_a_source_older(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    store = store_with(authored, kb_dir, mue_file(tmp_path, ("96370", 7, 3), day="10-01-2023"))
    assert store.source("mue-practitioner").edition == "2024-07-01"


def test_status_tells_what_is_loaded(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    store = store_with(authored, kb_dir, ptp_file(tmp_path), mue_file(tmp_path, ("A4221", 4, 3), table="mue-dme"))
    found = status(store, on=date(2026, 11, 24))
    assert found["published"] == store.published.database.path.name
    loaded = {source["id"]: source["loaded"] for source in found["sources"]}
    assert loaded["ncci-ptp-practitioner"] == [
        {"name": "version 30.2", "from": "2024-07-01", "to": "2024-09-30", "covers_from": "2019-01-01", "rows": 6}
    ]
    assert loaded["mue-dme"][0]["rows"] == 1
    assert loaded["cpt"] == []


# --- The library


def test_a_load_is_taken_up_within_a_second_and_a_handle_never_changes(
    knowledge_dir: Path, kb_dir: Path, tmp_path: Path
) -> None:
    seconds = [0.0]
    library = Library(knowledge_dir, kb_dir, monotonic=lambda: seconds[0])
    before = library.current()
    load([mue_file(tmp_path, ("96370", 7, 3))], kb_dir)
    assert library.current() is before
    seconds[0] += LOOK_AGAIN_AFTER
    after = library.current()
    assert before.published.path is None
    assert after.release.startswith(f"{before.release}+")
    assert after.mue("96370", setting=OFFICE, on=date(2024, 7, 1)).units == 7
    assert before.mue("96370", setting=OFFICE, on=date(2024, 7, 1)) is None


def test_published_tables_that_cannot_be_read_are_told_and_the_rest_answers(
    knowledge_dir: Path, kb_dir: Path, tmp_path: Path
) -> None:
    path = load([mue_file(tmp_path, ("96370", 7, 3))], kb_dir).path
    path.unlink()
    library = Library(knowledge_dir, kb_dir, monotonic=lambda: 0.0)
    assert library.current().published.path is None
    assert "the published tables cannot be read by this version; run `kb load`" in library.defect


# --- Verification


def test_facts_that_agree_are_counted(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    found = verify(store_with(authored, kb_dir, mue_file(tmp_path, *own_units(authored))))
    assert found.disagreements == []
    assert found.checked == len(own_units(authored))
    assert found.unchecked > 100


@pytest.mark.parametrize(("row", "says"), [(("96370", 4, 3), "4 units, MAI 3"), (("96370", 3, 2), "3 units, MAI 2")])
def test_another_unit_limit_is_a_disagreement(
    authored: Path, kb_dir: Path, tmp_path: Path, row: tuple[str, int, int], says: str
) -> None:
    others = [each for each in own_units(authored) if each[0] != "96370"]
    first, *_ = verify(store_with(authored, kb_dir, mue_file(tmp_path, *others, row))).disagreements
    assert str(first) == (f"mue-practitioner 96370 on 2024-07-01: knowledge says 3 units, MAI 3; table says {says}")


def test_a_unit_limit_that_the_table_lacks_is_a_disagreement(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    others = [each for each in own_units(authored) if each[0] != "96370"]
    found = verify(store_with(authored, kb_dir, mue_file(tmp_path, *others))).disagreements
    assert {(one.subject, one.published) for one in found} == {("96370", "nothing")}


def test_an_edit_that_ended_is_a_disagreement_from_the_day_after(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    pairs = [
        ("10021", "10004", "20190101", "*", "0"),
        ("96369", "96372", "20190701", "20240815", "1"),
        ("G0463", "99211", "20190701", "20240630", "1"),
    ]
    found = verify(store_with(authored, kb_dir, ptp_file(tmp_path, *pairs))).disagreements
    assert [(str(one.on), one.authored, one.published) for one in found if one.subject == "96369/96372"] == [
        ("2024-08-16", "96369/96372 indicator 1", "no edit"),
        ("2024-09-30", "96369/96372 indicator 1", "no edit"),
    ]


def test_other_primaries_are_a_disagreement(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(aoc_bytes([("1", "96370", None, "96365", None, "2013091", None, None)]))
    found = verify(store_with(authored, kb_dir, path)).disagreements
    assert {one.published for one in found if one.subject == "96370"} == {"type 1 with 96365"}


def test_there_is_nothing_to_verify_against_before_a_load(authored: Path) -> None:
    with pytest.raises(KnowledgeError, match="no published tables are loaded"):
        verify(open_store(authored))


def own_units(authored: Path) -> list[tuple[str, int, int]]:
    """The unit limits authored for practitioners."""
    rows = open_store(authored).database.rows("SELECT code, units, mai FROM mue WHERE source = 'mue-practitioner'")
    return [(str(code), int(units or 0), int(mai or 0)) for code, units, mai in rows]


def test_the_first_unit_limits_are_those_of_the_earliest_edition(authored: Path, kb_dir: Path, tmp_path: Path) -> None:
    rows = [("96375", 6, 3)]
    store = store_with(authored, kb_dir, mue_file(tmp_path, *rows, day="01-01-2024"))
    begins = store.mue_begins(setting=OFFICE)
    assert begins is not None
    assert (begins.source, begins.edition) == ("mue-practitioner", "2024-01-01")
    elsewhere = store.mue_begins(setting=HOSPITAL)
    assert elsewhere is not None
    assert elsewhere.edition == "2024-07-01"
    store.close()
