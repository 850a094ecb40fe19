"""The services on PostgreSQL: what SQLite's single writer hides, many writers show."""

from __future__ import annotations

import email.message
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TypeVar

import postgres
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from house import House, envelope, mail
from sqlalchemy import Engine, create_engine, func, select, text

from caseconsultant.db.migrate import upgrade
from caseconsultant.db.models import (
    Base,
    Case,
    CaseStatus,
    Heartbeat,
    InboundMessage,
    LedgerKind,
    MailKind,
    OutboxState,
    QuotaEntry,
    Sender,
)
from caseconsultant.db.session import Database, make_engine
from caseconsultant.domain.errors import CaseConsultantError
from caseconsultant.outbound.relay import Delivery, Outcome
from caseconsultant.queue import DRAFT_CASE, OPEN_CASE
from caseconsultant.services import accounts, audit, dispatching, intake, reviewing, sweeping

pytestmark = pytest.mark.needs_postgres

MESSAGES = Path(__file__).parents[1] / "messages"
Given = TypeVar("Given")
Found = TypeVar("Found")


def at_once(act: Callable[[Given], Found], given: list[Given], *, threads: int | None = None) -> list[Found]:
    """What `act` gives for each, from so many threads that start together."""
    count = threads or len(given)
    start = threading.Barrier(count)
    with ThreadPoolExecutor(count, initializer=start.wait) as pool:
        return list(pool.map(act, given))


# --- Schema


def migrate_from_processes(url: str, count: int) -> list[tuple[int, bytes]]:
    words = (
        "import sys; from caseconsultant.db.session import make_engine; from caseconsultant.db.migrate import upgrade"
    )
    command = [sys.executable, "-c", f"{words}; upgrade(make_engine(sys.argv[1]))", url]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(count)]
    return [(each.wait(60), each.communicate()[1]) for each in running]


def test_migrations_from_several_processes_at_once(empty_url: str, tmp_path: Path):
    for url in (empty_url, f"sqlite:///{tmp_path / 'fresh' / 'case.db'}"):
        assert [code for code, _ in migrate_from_processes(url, 4)] == [0] * 4
        engine = make_engine(url)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
        engine.dispose()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def test_the_migrated_schema_is_the_models(engine: Engine):
    assert differences(engine) == []


def test_the_migrated_schema_is_the_models_on_sqlite_too(tmp_path: Path):
    engine = make_engine(f"sqlite:///{tmp_path / 'case.db'}")
    upgrade(engine)
    assert differences(engine) == []
    engine.dispose()


def test_migrating_again_changes_nothing(engine: Engine):
    upgrade(engine)
    upgrade(engine)


# --- Instants


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
def test_an_instant_comes_back_in_utc_whatever_the_server_s_zone(url: str, zone: str):
    engine = create_engine(url, connect_args={"options": f"-c timezone={zone}"})
    database = Database(engine)
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    instants = {
        "summer": datetime(2026, 7, 1, 12, 30, 1, 123456, tzinfo=UTC),
        "the hour that comes twice": datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        "another zone": datetime(2026, 1, 1, 3, 0, tzinfo=kathmandu),
    }
    with database.transaction() as session:
        session.add_all(Heartbeat(name=name, at=at) for name, at in instants.items())
    with database.reading() as session:
        found = {beat.name: beat.at for beat in session.scalars(select(Heartbeat))}
        assert found == instants
        assert all(at.tzinfo is UTC for at in found.values())
        earlier = select(Heartbeat.name).where(Heartbeat.at < datetime(2026, 2, 1, tzinfo=UTC))
        assert session.scalars(earlier).all() == ["another zone"]
    engine.dispose()


def test_a_naive_instant_is_refused(house: House):
    with pytest.raises(Exception, match="has no time zone"), house.database.transaction() as session:
        session.add(Heartbeat(name="naive", at=datetime(2026, 1, 1)))  # noqa: DTZ001  that is the point


# --- Many at once


def test_fifty_questions_opened_at_once_from_one_guest_reserve_once(house: House):
    arrived = [house.arrive(mail(message_id=f"<{number}@clinic.example.com>")) for number in range(50)]
    cases = at_once(house.open, arrived, threads=12)
    assert len(set(cases)) == 50
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Sender)) == 1
        assert session.scalars(select(QuotaEntry.kind)).all() == [LedgerKind.RESERVE]
        held = select(func.count()).select_from(Case).where(Case.status == CaseStatus.HELD)
        assert session.scalar(held) == 49
        assert all(audit.first_broken(session, case) is None for case in cases)
    assert [message.kind for message in house.outbox()] == [MailKind.QUOTA_USED]


def test_a_mail_opened_by_several_workers_at_once_is_one_case(house: House):
    inbound = house.arrive(mail())
    cases = at_once(house.open, [inbound] * 8)
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1
        assert session.scalar(select(func.count()).select_from(QuotaEntry)) == 1
    assert set(cases) == {cases[0]}


def test_a_case_drafted_by_several_workers_at_once_has_one_draft(house: House):
    case = house.open(house.arrive(mail()))
    versions = at_once(house.draft, [case] * 6)
    assert sorted(versions, key=str) == [1, *[None] * 5]
    assert len(house.case(case).drafts) == 1


def test_new_senders_at_once_are_one_row_each(house: House):
    def see(address: str) -> int:
        with house.database.transaction() as session:
            return accounts.sender_for(session, address, name=None, at=house.clock()).id

    ids = at_once(see, [f"dana+{number}@clinic.example.com" for number in range(12)])
    assert len(set(ids)) == 1


def test_the_same_bytes_from_eight_threads_are_one_row(house: House):
    raw = mail()

    def accept(_number: int) -> intake.Receipt:
        return intake.accept(
            raw, envelope(), database=house.database, vault=house.vault, clock=house.clock, queue=house.queue
        )

    receipts = at_once(accept, list(range(8)))
    assert len({receipt.inbound_id for receipt in receipts}) == 1
    assert sum(receipt.new for receipt in receipts) == 1
    assert len(house.queue.take(OPEN_CASE)) >= 1
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(InboundMessage)) == 1


class MeetingRelay:
    """Lets everybody address the relay first, and only then hand over; keeps what it was handed."""

    def __init__(self, parties: int) -> None:
        self.handed: list[bytes] = []
        self._met = threading.Barrier(parties)

    @contextmanager
    def begin(self, *, mail_from: str, rcpt_to: str) -> Iterator[MeetingRelay]:
        self._met.wait(30)
        yield self

    def deliver(self, raw: bytes) -> Outcome:
        self.handed.append(raw)
        return Outcome(Delivery.ACCEPTED, "250 ok")


def approved(house: House) -> int:
    """The outbox id of an approved answer that is due."""
    case = house.asked()
    message = reviewing.approve(case, 1, house.reviewer(), database=house.database, post=house.post)
    house.clock.advance(seconds=house.post.settings.undo_seconds)
    return message


def test_two_sends_at_once_hand_over_once(house: House):
    message, relay = approved(house), MeetingRelay(2)
    states = at_once(
        lambda outbox_id: dispatching.send_outbox(outbox_id, database=house.database, relay=relay, post=house.post),
        [message] * 2,
    )
    assert sorted(states, key=str) == [None, OutboxState.SENT]
    assert len(relay.handed) == 1
    with house.database.reading() as session:
        assert sorted(session.scalars(select(QuotaEntry.kind))) == [LedgerKind.CHARGE, LedgerKind.RESERVE]


def tried(act: Callable[[], object]) -> str:
    """`done`, or the name of what was raised on purpose."""
    try:
        act()
    except CaseConsultantError as error:
        return type(error).__name__
    return "done"


def test_two_approvals_at_once_are_one(house: House):
    case = house.asked()
    reviewers = [house.reviewer(name) for name in ("Robin", "Kim", "Sam", "Alex")]
    outcomes = at_once(
        lambda who: tried(lambda: reviewing.approve(case, 1, who, database=house.database, post=house.post)), reviewers
    )
    assert outcomes.count("done") == 1
    assert set(outcomes) == {"done", "ClaimedError"}
    assert len(house.outbox()) == 1


def test_one_reviewer_approving_twice_at_once_is_one_approval(house: House):
    case, robin = house.asked(), house.reviewer()
    outcomes = at_once(
        lambda _: tried(lambda: reviewing.approve(case, 1, robin, database=house.database, post=house.post)), [1, 2, 3]
    )
    assert sorted(outcomes) == ["ForbiddenStepError", "ForbiddenStepError", "done"]
    assert len(house.outbox()) == 1


def test_undo_and_sending_at_once_never_both_win(house: House):
    message, relay = approved(house), MeetingRelay(1)
    robin = house.reviewer("Kim")
    house.clock.advance(minutes=20)  # Robin's claim is over

    def send() -> str:
        state = dispatching.send_outbox(message, database=house.database, relay=relay, post=house.post)
        return "done" if state else "nothing"

    def undo() -> str:
        return tried(lambda: reviewing.undo(1, robin, database=house.database, post=house.post))

    sent, undone = at_once(lambda act: act(), [send, undo])
    assert (sent, undone) in {("done", "ForbiddenStepError"), ("nothing", "done")}
    assert len(relay.handed) == (sent == "done")
    assert house.outbox()[0].state is (OutboxState.SENT if sent == "done" else OutboxState.WITHDRAWN)


def test_two_sweepers_at_once_enqueue_each_mail_once(house: House):
    sweeping.sweep(database=house.database, post=house.post)
    for number in range(40):
        house.arrive(mail(message_id=f"<{number}@clinic.example.com>"))
    house.queue.take(OPEN_CASE)
    house.clock.advance(seconds=house.post.settings.requeue_after_seconds)
    found = at_once(lambda _: sweeping.sweep(database=house.database, post=house.post), [1, 2])
    assert sum(each[OPEN_CASE] for each in found) == 40
    assert sorted(house.queue.take(OPEN_CASE)) == list(range(1, 41))


def test_the_very_first_sweeps_may_be_two_at_once(house: House):
    at_once(lambda _: sweeping.sweep(database=house.database, post=house.post), [1, 2, 3, 4])


def test_a_sweeper_passes_by_what_a_worker_has_locked(house: House):
    case = house.open(house.arrive(mail()))
    house.open(house.arrive(mail(message_id="<two@clinic.example.com>", sender="kim@clinic.example.com")))
    house.queue.take(DRAFT_CASE)
    house.clock.advance(hours=3)  # an acknowledgement is due as well
    with house.database.transaction() as worker:
        worker.get_one(Case, case, with_for_update=True)
        done = sweeping.sweep(database=house.database, post=house.post)
    assert (done[DRAFT_CASE], done["acknowledged"]) == (1, 1)
    assert house.queue.take(DRAFT_CASE) == [2]


def test_a_lapsed_hand_over_is_marked_uncertain_once_by_two_sweepers(house: House):
    message = approved(house)
    sweeping.sweep(database=house.database, post=house.post)
    with house.database.transaction() as session:
        row = session.get_one(type(house.outbox()[0]), message)
        row.state, row.lease_until = OutboxState.HANDING_OVER, house.clock() - timedelta(seconds=1)
    at_once(lambda _: sweeping.sweep(database=house.database, post=house.post), [1, 2])
    assert house.outbox()[0].state is OutboxState.UNCERTAIN
    assert house.events(1).count("uncertain") == 1
    with house.database.reading() as session:
        assert audit.first_broken(session, 1) is None


def test_a_read_sees_one_state_of_the_world(house: House):
    """`Database.reading` promises a snapshot."""
    house.asked()
    with house.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Case))
        house.asked(mail(message_id="<two@clinic.example.com>"))
        assert session.scalar(select(func.count()).select_from(Case)) == before


# --- What PostgreSQL refuses and SQLite takes


@pytest.mark.parametrize("path", sorted(MESSAGES.glob("*.eml")), ids=lambda path: path.stem)
def test_every_sample_mail_is_decided(house: House, path: Path):
    inbound = house.arrive(path.read_bytes())
    house.open(inbound)
    row = house.inbound(inbound)
    assert row.disposition is not None
    assert row.error is None


HARD = {
    "nul_in_text": mail("96369 ran\0 200 minutes."),
    "nul_in_subject": mail(subject="Infu\0sion"),
    "nul_encoded_in_subject": mail(subject="=?utf-8?q?Infu=00sion?="),
    "nul_encoded_in_name": mail(sender="=?utf-8?q?Da=00na?= <dana@clinic.example.com>"),
    "bytes_that_are_not_utf_8": mail(subject="x").replace(b": x", b": \xff\xfe").replace(b"96369", b"96369 \xff"),
    "half_a_surrogate_pair": mail(subject="=?utf-7?q?+2AA-?=", sender="=?utf-8?b?7aCA?= <dana@clinic.example.com>"),
    "a_long_message_id": mail(message_id=f"<{'x' * 1200}@clinic.example.com>"),
    "a_long_name": mail(sender=f"{'Dana ' * 60}<dana@clinic.example.com>"),
    "a_long_address": mail(sender=f"<{'d' * 400}@clinic.example.com>"),
    "a_long_subject": mail(subject="word " * 2000),
    "many_references": mail(References=" ".join(f"<{number}@clinic.example.com>" for number in range(2000))),
    "a_long_automatic_mark": mail(Auto_Submitted=f"auto-replied; {'x' * 600}"),
    "a_long_precedence": mail(Precedence="bulk" * 200),
}  # fmt: skip


@pytest.mark.parametrize("raw", HARD.values(), ids=HARD)
def test_a_mail_that_strains_the_columns_is_decided(house: House, raw: bytes):
    inbound = house.arrive(raw)
    case = house.open(inbound)
    row = house.inbound(inbound)
    assert row.error is None
    assert row.disposition is not None
    if case:
        assert house.draft(case) == 1


@pytest.mark.parametrize("how", [{"helo": "h" * 400}, {"mail_from": f"{'d' * 400}@clinic.example.com"}])
def test_an_envelope_that_strains_the_columns_is_stored(house: House, how: dict[str, str]):
    given = {"source": "smtp", "mailbox": "consult@desk.example.com", "rcpt_tos": ("consult@desk.example.com",), **how}
    receipt = intake.accept(
        mail(),
        intake.Envelope(**given),
        database=house.database,
        vault=house.vault,
        clock=house.clock,
        queue=house.queue,
    )
    assert receipt.new


def test_a_mail_of_many_megabytes_is_stored_and_read_back(house: House):
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "dana@clinic.example.com", "96369"
    message.set_content("200 minutes?")
    message.add_attachment(b"\0" * 5_000_000, maintype="application", subtype="octet-stream", filename="scan.bin")
    assert house.open(house.arrive(message.as_bytes()))


# --- The server


def test_a_server_of_our_own_can_be_had():
    """What the tests fall back on where nothing may skip."""
    if not postgres.programs():
        postgres.skip("needs PostgreSQL's programs: install postgresql")
    with postgres.own_server() as url, postgres.database(url) as empty:
        engine = make_engine(empty.render_as_string(hide_password=False))
        upgrade(engine)
        assert differences(engine) == []
        engine.dispose()
