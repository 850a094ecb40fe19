from __future__ import annotations

import multiprocessing
import timeit
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Confidence, Reference
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.records import Mue, NoPtpEdit, PtpEdit, Role
from caseconsultant.kb.build import build
from caseconsultant.kb.store import Store, open_store

Write = Callable[[str, str], Path]

IN_2024 = date(2024, 8, 1)
LATER = date(2026, 11, 23)


def test_a_store_is_what_the_consultant_asks_for(store: Store) -> None:
    knowledge: Knowledge = store
    assert knowledge.release == store.database.content[:12]


@pytest.mark.parametrize(
    ("on", "there"),
    [
        (date(2008, 12, 31), False),
        (date(2009, 1, 1), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_a_code_is_there_from_its_first_day_to_its_last(
    knowledge_dir: Path, kb_dir: Path, on: date, *, there: bool
) -> None:
    found = open_store(build(knowledge_dir, kb_dir)).code("96369", on=on)
    assert (found is not None) is there


def test_a_code_carries_role_family_and_cited_editions(store: Store) -> None:
    code = store.code("96370", on=LATER)
    assert code is not None
    assert (code.role, code.family, code.global_days) == (Role.ADDITIONAL_HOUR, "subcutaneous", "ZZZ")
    assert Reference("ncci-aoc", "96370", "2026-04-01") in code.references


@pytest.mark.parametrize(("first", "second"), [("96369", "96372"), ("96372", "96369")])
def test_a_pair_is_found_whichever_way_round_it_is_asked(store: Store, first: str, second: str) -> None:
    edit = store.ptp_edit(first, second, setting=Setting.OFFICE, on=IN_2024)
    assert edit == PtpEdit(
        column_one="96369",
        column_two="96372",
        modifier_indicator=1,
        effective_from=date(2019, 7, 1),
        effective_to=None,
        reference=Reference("ncci-ptp-practitioner", "96369/96372", "2024-07-01"),
        edition_gap=None,
    )


@pytest.mark.parametrize(
    ("setting", "on", "gap"),
    [
        (Setting.OFFICE, date(2024, 9, 30), None),
        (Setting.OFFICE, date(2024, 10, 1), "ncci-ptp-practitioner ends 2024-09-30"),
        (Setting.FACILITY_PROFESSIONAL, LATER, "ncci-ptp-practitioner ends 2024-09-30"),
        (Setting.ASC, LATER, "ncci-ptp-practitioner ends 2024-09-30"),
        (Setting.HOME, LATER, "ncci-ptp-practitioner ends 2024-09-30"),
        (Setting.OUTPATIENT_HOSPITAL, date(2026, 6, 30), None),
        (Setting.OUTPATIENT_HOSPITAL, date(2026, 7, 1), "ncci-ptp-outpatient ends 2026-06-30"),
    ],
)
def test_past_the_end_of_the_edition_its_last_record_answers_and_says_so(
    store: Store, setting: Setting, on: date, gap: str | None
) -> None:
    edit = store.ptp_edit("96372", "96369", setting=setting, on=on)
    assert isinstance(edit, PtpEdit)
    assert edit.edition_gap == gap


def test_dme_has_no_pair_table_here(store: Store) -> None:
    assert store.ptp_edit("96369", "96372", setting=Setting.DME, on=IN_2024) is None


@pytest.mark.parametrize("second", ["96365", "36000", "36410"])
def test_a_pair_that_was_read_and_holds_no_edit_is_a_record(store: Store, second: str) -> None:
    found = store.ptp_edit(second, "96369", setting=Setting.OFFICE, on=LATER)
    assert found == NoPtpEdit(
        first="96369",
        second=second,
        reference=Reference("ncci-ptp-practitioner", f"96369/{second}", "2024-07-01"),
        edition_gap="ncci-ptp-practitioner ends 2024-09-30",
    )


def test_a_pair_that_is_not_in_the_data_is_none(store: Store) -> None:
    assert store.ptp_edit("96369", "20610", setting=Setting.OFFICE, on=IN_2024) is None


@pytest.mark.parametrize(
    ("on", "indicator"),
    [
        (date(2019, 6, 30), "absent"),
        (date(2019, 12, 31), 0),
        (date(2020, 1, 1), "none"),
        (date(2020, 9, 30), "none"),
        (date(2020, 10, 1), 0),
    ],
)
def test_a_pair_follows_its_records_through_the_gap_of_2020(store: Store, on: date, indicator: int | str) -> None:
    edit = store.ptp_edit("96372", "99211", setting=Setting.OFFICE, on=on)
    match edit:
        case PtpEdit():
            assert edit.modifier_indicator == indicator
        case NoPtpEdit():
            assert indicator == "none"
        case None:
            assert indicator == "absent"


def test_the_hospital_table_differs_from_the_practitioners(store: Store) -> None:
    practitioner = store.ptp_edit("96365", "99211", setting=Setting.OFFICE, on=IN_2024)
    hospital = store.ptp_edit("96365", "99211", setting=Setting.OUTPATIENT_HOSPITAL, on=IN_2024)
    assert isinstance(practitioner, PtpEdit)
    assert isinstance(hospital, PtpEdit)
    assert (practitioner.modifier_indicator, hospital.modifier_indicator) == (0, 1)


@pytest.mark.parametrize(
    ("code", "setting", "units", "mai"),
    [
        ("96369", Setting.OFFICE, 1, 2),
        ("96370", Setting.OFFICE, 3, 3),
        ("96371", Setting.OFFICE, 1, 3),
        ("96372", Setting.OFFICE, 4, 3),
        ("96372", Setting.OUTPATIENT_HOSPITAL, 5, 3),
        ("96376", Setting.OFFICE, 0, 3),
    ],
)
def test_units_of_the_settings_table(store: Store, code: str, setting: Setting, units: int, mai: int) -> None:
    table = "mue-outpatient" if setting is Setting.OUTPATIENT_HOSPITAL else "mue-practitioner"
    expected = Mue(code, units, mai, Reference(table, code, "2024-07-01"), f"{table} ends 2024-09-30")
    assert store.mue(code, setting=setting, on=LATER) == expected


@pytest.mark.parametrize(("on", "there"), [(date(2024, 6, 30), False), (date(2024, 7, 1), True)])
def test_before_its_edition_an_mue_is_not_in_the_data(store: Store, on: date, *, there: bool) -> None:
    assert (store.mue("96370", setting=Setting.OFFICE, on=on) is not None) is there


@pytest.mark.parametrize(("on", "there"), [(date(2016, 3, 31), True), (date(2016, 4, 1), False)])
def test_a_primary_counts_to_its_last_day(store: Store, on: date, *, there: bool) -> None:
    add_on = store.add_on("96376", on=on)
    assert add_on is not None
    assert ("96360" in add_on.primaries) is there
    assert add_on.facility_only


def test_an_add_on_names_its_primaries_and_who_may_use_them(store: Store) -> None:
    add_on = store.add_on("96366", on=LATER)
    assert add_on is not None
    assert add_on.primaries == ("96360", "96365", "96367", "96413")
    assert add_on.practitioner_only == ("96360",)
    assert add_on.edition_gap == "ncci-aoc ends 2026-06-30"
    assert store.add_on("96369", on=LATER) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("infusion.floor_minutes", 16),
        ("infusion.first_additional_minutes", 91),
        ("infusion.each_further_minutes", 60),
        ("hydration.floor_minutes", 31),
        ("hydration.secondary_floor_minutes", 31),
        ("push.limit_minutes", 15),
        ("push.repeat_interval_minutes", 31),
        ("facility.only_codes", ["96376"]),
    ],
)
def test_a_rule_has_its_value_and_its_references(store: Store, path: str, value: object) -> None:
    parameter = store.parameter(f"drug_administration.{path}", on=LATER)
    assert parameter.value == value
    assert parameter.references


@pytest.mark.parametrize(("on", "value"), [(date(2023, 6, 30), False), (date(2023, 7, 1), True)])
def test_a_rule_changes_on_its_day(store: Store, on: date, *, value: bool) -> None:
    assert store.parameter("drug_administration.waste.jz_required", on=on).value is value


@pytest.mark.parametrize(("path", "on"), [("infusion.ceiling", LATER), ("infusion.floor_minutes", date(2008, 12, 31))])
def test_a_rule_without_a_value_on_the_day_is_an_error(store: Store, path: str, on: date) -> None:
    with pytest.raises(KnowledgeError, match="has no value on"):
        store.parameter(f"drug_administration.{path}", on=on)


@pytest.mark.parametrize(
    ("modifier", "on", "there"),
    [
        ("JZ", date(2023, 6, 30), False),
        ("JZ", date(2023, 7, 1), True),
        ("JW", date(2016, 12, 31), False),
        ("JW", date(2017, 1, 1), True),
        ("QQ", LATER, False),
    ],
)
def test_a_modifier_is_there_from_its_day(store: Store, modifier: str, on: date, *, there: bool) -> None:
    assert (store.modifier(modifier, on=on) is not None) is there


def test_a_place_of_service_tells_facility_and_setting(store: Store) -> None:
    office, hospital = (store.place_of_service(code, on=LATER) for code in ("11", "22"))
    assert office is not None
    assert hospital is not None
    assert (office.facility, office.setting) == (False, "office")
    assert (hospital.facility, hospital.setting) == (True, "facility_professional")


def test_a_source_is_told_in_its_newest_edition(knowledge_dir: Path, kb_dir: Path) -> None:
    source = open_store(build(knowledge_dir, kb_dir)).source("manual")
    assert source is not None
    assert (source.edition, source.effective_from, source.effective_to) == ("2022-01-01", date(2022, 1, 1), None)


def test_an_unknown_source_is_none(store: Store) -> None:
    assert store.source("hearsay") is None


@pytest.mark.parametrize(("locator", "verified"), [("XI §B", True), ("XII §B", False)])
def test_a_reference_tells_whether_it_was_verified(
    knowledge_dir: Path, kb_dir: Path, locator: str, *, verified: bool
) -> None:
    store = open_store(build(knowledge_dir, kb_dir))
    assert store.verified(Reference("manual", locator, "2022-01-01")) is verified


def test_guidance_puts_first_what_speaks_most_of_the_codes_asked(store: Store) -> None:
    found = store.guidance(codes=["96369", "96370", "96372"], topics=["ncci", "modifiers", "guidelines"], on=LATER)
    assert found[0].id == "injection-beside-subcutaneous-infusion"
    assert {"subcutaneous-setup", "practitioner-in-facility", "hospital-packaging", "commercial-payers"} <= {
        one.id for one in found
    }
    assert all(one.references for one in found)
    assert found[0].confidence is Confidence.MEDIUM


def test_guidance_keeps_to_codes_topics_and_days(store: Store) -> None:
    for one in store.guidance(codes=["20610"], topics=["ncci"], on=LATER):
        assert "ncci" in one.topics
        assert not one.codes or "20610" in one.codes
    before, after = (
        {one.id for one in store.guidance(codes=["J1559"], topics=["modifiers"], on=on)}
        for on in (date(2023, 6, 30), date(2023, 7, 1))
    )
    assert ("jw-before-jz" in before, "jw-or-jz" in before) == (True, False)
    assert ("jw-before-jz" in after, "jw-or-jz" in after) == (False, True)


def test_a_family_stands_for_all_its_codes(store: Store) -> None:
    article = next(one for one in store.guidance(codes=[], topics=[], on=LATER) if one.id == "practitioner-in-facility")
    assert {"96360", "96366", "96371", "96372", "96376", "96402", "96411", "96417", "96523"} <= set(article.codes)


def test_every_reference_of_every_record_leads_to_a_source(store: Store) -> None:
    bodies = [
        body
        for table in ("code", "modifier", "place", "parameter", "article")
        for (body,) in store.database.rows(f"SELECT body FROM {table}")  # noqa: S608  # our own names
    ]
    assert bodies
    assert all('"references":[[' in str(body) for body in bodies)


def test_many_threads_may_ask_one_store(knowledge_dir: Path, kb_dir: Path) -> None:
    store = open_store(build(knowledge_dir, kb_dir))
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda number: store.code_history("96369" if number % 2 else f"{number:05}"), range(2000))
        )
    assert all(bool(history) is bool(number % 2) for number, history in enumerate(found))


def _ask_in_a_process(store: Store, answers: multiprocessing.Queue[int]) -> None:
    answers.put(len(store.code_history("96369")))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # that it is safe is what is tested
def test_a_store_opened_before_a_fork_answers_after_it(knowledge_dir: Path, kb_dir: Path) -> None:
    store = open_store(build(knowledge_dir, kb_dir))
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[int] = context.Queue()
    process = context.Process(target=_ask_in_a_process, args=(store, answers))
    process.start()
    assert answers.get(timeout=30) == 1
    process.join(timeout=30)
    assert len(store.code_history("96369")) == 1


def test_a_warm_look_up_costs_microseconds(store: Store) -> None:
    def ask() -> None:
        store.ptp_edit("96369", "96372", setting=Setting.OFFICE, on=LATER)
        store.code("96369", on=LATER)
        store.parameter("drug_administration.infusion.floor_minutes", on=LATER)

    ask()
    assert min(timeit.repeat(ask, number=1000, repeat=3)) < 0.1
