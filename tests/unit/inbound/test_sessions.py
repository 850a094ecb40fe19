"""The protocol's dark corners, on real sockets: smuggling, limits, TLS, PROXY, LMTP and a shutdown in mid-mail."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from house import mail
from sqlalchemy import select
from zone import key

from caseconsultant.db.models import InboundMessage
from caseconsultant.inbound import replies
from caseconsultant.inbound.sessions import Limits

HELLO = b"EHLO clinic.example.com\r\nMAIL FROM:<dana@clinic.example.com>\r\nRCPT TO:<consult@desk.example.com>\r\n"


class Line:
    """A client that says what it is told, byte for byte, and reads reply by reply."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.words = connection.makefile("rb")

    def say(self, raw: bytes) -> None:
        self.connection.sendall(raw)

    def hear(self) -> str:
        """One reply, all its lines; empty once the other side has closed."""
        said = ""
        while line := self.words.readline().decode():
            said += line
            if line[3:4] != "-":
                return said.rstrip()
        return said

    def after(self, raw: bytes) -> str:
        self.say(raw)
        return self.hear()


@pytest.fixture
def dial():
    lines: list[Line] = []

    def call(port: int, *, greeted: bool = True) -> Line:
        lines.append(Line(socket.create_connection(("127.0.0.1", port), timeout=10)))
        if greeted:
            assert lines[-1].hear().startswith("220")
        return lines[-1]

    yield call
    for line in lines:
        line.words.close()
        line.connection.close()


def stored(app: SimpleNamespace) -> list[tuple[str | None, bytes]]:
    """Envelope sender and bytes of each row."""
    with app.database.reading() as session:
        rows = session.execute(
            select(InboundMessage.mail_from, InboundMessage.raw, InboundMessage.digest).order_by(InboundMessage.id)
        ).all()
        return [(row.mail_from, app.vault.unseal(row.raw, digest=row.digest)) for row in rows]


# --- pipelining and smuggling


def test_commands_in_one_packet_are_answered_one_by_one(open_door, dial):
    door = open_door()
    line = dial(door.port)

    line.say(HELLO + b"DATA\r\n")
    assert [line.hear()[:3] for _ in range(4)] == ["250", "250", "250", "354"]
    line.say(mail() + b".\r\nNOOP\r\nQUIT\r\n")
    assert [line.hear()[:3] for _ in range(3)] == ["250", "250", "221"]
    assert stored(door.app) == [("dana@clinic.example.com", mail())]


@pytest.mark.parametrize("end", [b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\n", b"\r\n\x00.\r\n", b"\r.\r\n"])
def test_only_a_dot_between_two_line_ends_ends_a_mail(open_door, dial, end):
    door = open_door()
    line = dial(door.port)
    smuggled = b"MAIL FROM:<boss@bank.example.net>\r\nRCPT TO:<consult@desk.example.com>\r\nDATA\r\nFrom: boss\r\n\r\nx"
    body = mail() + b"seen as the end by some" + end + smuggled

    line.say(HELLO + b"DATA\r\n" + body + b"\r\n.\r\nQUIT\r\n")
    assert [line.hear()[:3] for _ in range(6)] == ["250", "250", "250", "354", "250", "221"]

    unstuffed = body.replace(b"\r\n.\n", b"\r\n\n")  # a dot that begins a line is transparency's
    assert stored(door.app) == [("dana@clinic.example.com", unstuffed + b"\r\n")]


def test_a_doubled_dot_is_one_and_a_lone_one_in_the_text_comes_through(open_door, dial):
    door = open_door()
    line = dial(door.port)
    line.say(HELLO + b"DATA\r\n" + mail("one\r\n..two\r\n...") + b".\r\nQUIT\r\n")
    while line.hear():
        pass

    ((_, raw),) = stored(door.app)
    assert raw == mail("one\r\n.two\r\n..")


def test_a_line_longer_than_a_thousand_is_a_mail_all_the_same(open_door, dial):
    door = open_door(max_message_bytes=100_000)
    raw = mail("x" * 50_000)
    line = dial(door.port)
    line.say(HELLO + b"DATA\r\n" + raw + b".\r\n")

    assert [line.hear()[:3] for _ in range(5)][-1] == "250"
    assert stored(door.app)[0][1] == raw


def test_a_line_without_an_end_is_refused_within_bounds(open_door, dial):
    door = open_door(max_message_bytes=2_000_000)
    line = dial(door.port)
    line.say(HELLO + b"DATA\r\n")
    assert [line.hear()[:3] for _ in range(4)][-1] == "354"

    assert line.after(b"x" * 1_000_000 + b"\r\n.\r\n").startswith("500")
    assert line.after(b"NOOP\r\n").startswith("250")
    assert stored(door.app) == []


def test_eight_bit_bodies_and_addresses_come_through(open_door, dial):
    door = open_door()
    raw = mail("Ren\u00e9: 96365?")
    line = dial(door.port)
    hello = (
        "EHLO h\u00f4pital.example\r\nMAIL FROM:<ren\u00e9@h\u00f4pital.example> BODY=8BITMIME SMTPUTF8\r\n".encode()
    )
    line.say(hello + b"RCPT TO:<consult@desk.example.com>\r\nDATA\r\n" + raw + b".\r\n")

    assert [line.hear()[:3] for _ in range(5)] == ["250", "250", "250", "354", "250"]
    assert stored(door.app) == [("ren\u00e9@h\u00f4pital.example", raw)]


def test_an_envelope_that_is_no_text_is_stored_too(open_door, dial):
    door = open_door()
    line = dial(door.port)
    line.say(b"EHLO \xff\xfe\r\nMAIL FROM:<d\xe9na@clinic.example.com>\r\nRCPT TO:<consult@desk.example.com>\r\n")
    line.say(b"DATA\r\n" + mail() + b".\r\n")

    assert [line.hear()[:3] for _ in range(5)][-1] == "250"
    assert stored(door.app)[0][0] == "d\ufffdna@clinic.example.com"


def test_nobody_is_offered_to_sign_in(open_door, dial):
    said = dial(open_door().port).after(b"EHLO x.example.com\r\n")

    assert "AUTH" not in said
    assert {"250-8BITMIME", "250-SMTPUTF8", "250 PIPELINING"} <= set(said.split("\r\n"))


# --- limits


def test_too_many_errors_end_the_session(open_door, dial):
    line = dial(open_door().port)
    line.say(b"EHLO x.example.com\r\n")
    line.hear()

    line.say(b"RCPT TO:<nobody@elsewhere.example.net>\r\n" * 30)
    heard = []
    while said := line.hear():
        heard.append(said)

    assert heard[-1] == replies.TOO_MANY_ERRORS
    assert len(heard) < 20


def test_too_many_connections_from_one_address_are_turned_away_and_let_in_again(open_door, dial):
    door = open_door(smtp_connections_per_address=2, trusted_networks=())
    first, _second = dial(door.port), dial(door.port)

    assert dial(door.port, greeted=False).hear() == replies.TOO_MANY_CONNECTIONS
    assert first.after(b"QUIT\r\n").startswith("221")
    assert first.hear() == ""
    assert dial(door.port, greeted=False).hear().startswith("220")


def test_a_trusted_network_may_connect_as_often_as_it_likes(open_door, dial):
    door = open_door(smtp_connections_per_address=2)

    assert len([dial(door.port) for _ in range(5)]) == 5


def test_a_recipient_too_many_is_deferred(open_door, dial):
    line = dial(open_door().port)
    line.say(HELLO + b"RCPT TO:<consult@desk.example.com>\r\n" * 20)

    assert [line.hear()[:3] for _ in range(23)].count("452") == 1


def test_a_session_that_never_ends_is_ended(open_door, dial, monkeypatch):
    short = replace(Limits(connections_per_address=5), session_seconds=0.2)
    monkeypatch.setattr(Limits, "of", classmethod(lambda _cls, _settings: short))
    line = dial(open_door().port)

    assert line.hear() == replies.TOO_LONG_A_SESSION
    assert line.hear() == ""


# --- STARTTLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key().public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key(), hashes.SHA256())
    )
    file: Path = tmp_path_factory.mktemp("tls") / "cert.pem"
    pem = key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + pem)
    return file


def test_mail_comes_in_over_tls(open_door, certificate):
    door = open_door(smtp_tls_cert=certificate, smtp_require_tls=True)
    with smtplib.SMTP("localhost", door.port, timeout=10) as client:
        client.starttls(context=ssl.create_default_context(cafile=str(certificate)))
        client.sendmail("dana@clinic.example.com", ["consult@desk.example.com"], mail())

    assert len(stored(door.app)) == 1


def test_where_tls_is_required_nothing_goes_without(open_door, dial, certificate):
    line = dial(open_door(smtp_tls_cert=certificate, smtp_require_tls=True).port)

    assert "STARTTLS" in line.after(b"EHLO x.example.com\r\n")
    assert line.after(b"MAIL FROM:<dana@clinic.example.com>\r\n").startswith("530")


def test_what_was_said_in_the_clear_behind_starttls_is_forgotten(open_door, dial, certificate):
    door = open_door(smtp_tls_cert=certificate)
    line = dial(door.port)
    line.after(b"EHLO x.example.com\r\n")
    line.say(b"STARTTLS\r\n" + HELLO)
    assert line.hear().startswith("220")

    secure = ssl.create_default_context(cafile=str(certificate)).wrap_socket(
        line.connection, server_hostname="localhost"
    )
    with secure:
        secure.sendall(b"MAIL FROM:<eve@evil.example>\r\n")
        assert secure.recv(200).startswith(b"503")  # the EHLO of before does not count


def test_requiring_tls_without_a_certificate_is_refused_at_once(make_app):
    with pytest.raises(ValueError, match="SMTP_TLS_CERT"):
        make_app(smtp_require_tls=True)


# --- the PROXY protocol

PROXY_V2 = (
    b"\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c"
    + socket.inet_aton("192.0.2.7")
    + socket.inet_aton("127.0.0.1")
    + b"\x30\x39\x00\x19"
)


@pytest.mark.parametrize("said", [b"PROXY TCP4 192.0.2.7 127.0.0.1 12345 25\r\n", PROXY_V2])
def test_a_named_proxy_tells_who_the_client_is(open_door, dial, said):
    door = open_door(smtp_proxy_networks=(ip_network("127.0.0.0/8"),))
    line = dial(door.port, greeted=False)
    line.say(said)
    assert line.hear().startswith("220")
    line.say(HELLO + b"DATA\r\n" + mail() + b".\r\n")
    assert [line.hear()[:3] for _ in range(5)][-1] == "250"

    with door.app.database.reading() as session:
        row = session.get_one(InboundMessage, 1)
        assert (row.client_address, row.authentication) == ("192.0.2.7", "unchecked")


def test_a_named_proxy_must_tell(open_door, dial):
    door = open_door(smtp_proxy_networks=(ip_network("127.0.0.0/8"),))
    line = dial(door.port, greeted=False)

    assert line.after(b"EHLO x.example.com\r\n") == ""


def test_anybody_elses_proxy_line_is_no_command(open_door, dial):
    door = open_door()
    line = dial(door.port)

    assert line.after(b"PROXY TCP4 10.1.0.5 127.0.0.1 12345 25\r\n").startswith("500")


# --- LMTP


def test_lmtp_answers_once_for_each_recipient(open_door, dial):
    door = open_door(lmtp_port=0)
    line = dial(door.lmtp_port)
    line.say(HELLO.replace(b"EHLO", b"LHLO") + b"RCPT TO:<nobody@desk.example.com>\r\n")
    line.say(b"RCPT TO:<coding@desk.example.com>\r\nDATA\r\n")
    assert [line.hear()[:3] for _ in range(6)] == ["250", "250", "250", "550", "250", "354"]

    line.say(mail() + b".\r\nNOOP\r\n")
    assert [line.hear() for _ in range(3)] == ["250 2.0.0 Stored as 1", "250 2.0.0 Stored as 1", "250 OK"]
    with door.app.database.reading() as session:
        row = session.get_one(InboundMessage, 1)
        # A server of ours speaks for anybody: on loopback, and yet nobody is trusted for it.
        assert (row.source, row.authentication) == ("lmtp", "unchecked")
        assert row.rcpt_tos == ["consult@desk.example.com", "coding@desk.example.com"]


@pytest.mark.parametrize(("body", "code"), [("x" * 71 + "\r\n", "552"), ("x", "500")])
def test_lmtp_refuses_for_each_recipient_too(open_door, dial, body, code):
    door = open_door(lmtp_port=0)
    line = dial(door.lmtp_port)
    line.say(HELLO.replace(b"EHLO", b"LHLO") + b"RCPT TO:<coding@desk.example.com>\r\nDATA\r\n")
    assert [line.hear()[:3] for _ in range(5)][-1] == "354"

    line.say(body.encode() * (400_000 // len(body)) + b"\r\n.\r\nNOOP\r\n")
    assert [line.hear()[:3] for _ in range(3)] == [code, code, "250"]


def test_lmtp_defers_for_each_recipient_while_the_database_is_away(open_door, dial):
    door = open_door(lmtp_port=0)
    door.app.database = None
    line = dial(door.lmtp_port)
    line.say(HELLO.replace(b"EHLO", b"LHLO") + b"RCPT TO:<coding@desk.example.com>\r\nDATA\r\n")
    assert [line.hear()[:3] for _ in range(5)][-1] == "354"

    line.say(mail() + b".\r\n")
    assert [line.hear() for _ in range(2)] == [replies.TRY_LATER] * 2


def test_lmtp_knows_no_ehlo_and_smtp_no_lhlo(open_door, dial):
    door = open_door(lmtp_port=0)

    assert dial(door.lmtp_port).after(b"EHLO x.example.com\r\n").startswith("500")
    assert dial(door.port).after(b"LHLO x.example.com\r\n").startswith("500")


def test_lmtp_over_a_socket_in_the_file_system(open_door, tmp_path):
    path = tmp_path / "lmtp" / "sock"
    door = open_door(lmtp_socket=path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(10)
        connection.connect(str(path))
        line = Line(connection)
        line.say(HELLO.replace(b"EHLO", b"LHLO") + b"DATA\r\n" + mail() + b".\r\n")
        assert [line.hear()[:3] for _ in range(6)] == ["220", "250", "250", "250", "354", "250"]
        line.words.close()

    with door.app.database.reading() as session:
        assert session.get_one(InboundMessage, 1).client_address is None


# --- shutting down


def test_a_shutdown_finishes_the_mail_in_hand_and_sends_the_idle_away(open_door: Callable, dial):
    door = open_door()
    idle, busy = dial(door.port), dial(door.port)
    busy.say(HELLO + b"DATA\r\n")
    assert [busy.hear()[:3] for _ in range(4)][-1] == "354"
    busy.say(mail()[:40])

    door.begin_to_close()
    assert idle.hear() == replies.SHUTTING_DOWN
    busy.say(mail()[40:] + b".\r\n")

    assert busy.hear() == "250 2.0.0 Stored as 1"
    assert busy.hear() == replies.SHUTTING_DOWN
    door.thread.join(10)
    assert door.ended == [None]
    assert len(stored(door.app)) == 1
