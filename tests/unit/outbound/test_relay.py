from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from caseconsultant.outbound.relay import Delivery, HandOverError, Relay

ADDRESSES = {"mail_from": "consult@desk.example.com", "rcpt_to": "dana@clinic.example.com"}


class Script(socketserver.StreamRequestHandler):
    """Plays a relay: the replies by verb; None closes the connection without a word."""

    replies: dict[str, str | None]
    received: list[bytes]

    def handle(self) -> None:
        if not self.say("connect", "220 relay.example.com"):
            return
        while line := self.rfile.readline():
            verb = line[:4].strip().decode().upper()
            if not self.say(verb, "354 go on" if verb == "DATA" else "250 ok"):
                return
            if verb == "QUIT":
                return
            if verb == "DATA" and self.replies.get("DATA", "354").startswith("354") and not self.take_message():
                return

    def say(self, verb: str, usual: str) -> bool:
        reply = self.replies.get(verb, usual)
        if reply is not None:
            self.wfile.write(f"{reply}\r\n".encode())
        return reply is not None

    def take_message(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.received.append(b"".join(lines))
        return self.say("dot", "250 2.0.0 taken")


@contextmanager
def playing(**replies: str | None) -> Iterator[tuple[Relay, list[bytes]]]:
    received: list[bytes] = []
    script = type("Played", (Script,), {"replies": replies, "received": received})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), script) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Relay("127.0.0.1", server.server_address[1], "none", None, None, 5, "desk.example.com"), received
        server.shutdown()
        thread.join()


def test_a_taken_message_arrives_with_its_dots_and_line_ends():
    with playing() as (relay, received), relay.begin(**ADDRESSES) as hand_over:
        outcome = hand_over.deliver(b"Subject: x\r\n\r\n.hidden\r\nlast")
        assert (outcome.delivery, outcome.reply) == (Delivery.ACCEPTED, "250 2.0.0 taken")
    assert received == [b"Subject: x\r\n\r\n..hidden\r\nlast\r\n"]


@pytest.mark.parametrize(
    ("dot", "delivery"),
    [
        ("451 4.3.0 later", Delivery.DEFERRED),
        ("554 5.7.1 no", Delivery.REFUSED),
        (None, Delivery.UNCERTAIN),
    ],
)
def test_the_reply_to_the_final_dot_decides(dot, delivery):
    with playing(dot=dot) as (relay, _), relay.begin(**ADDRESSES) as hand_over:
        assert hand_over.deliver(b"Subject: x\r\n\r\n").delivery is delivery


@pytest.mark.parametrize(("data", "delivery"), [("451 later", Delivery.DEFERRED), ("554 no", Delivery.REFUSED)])
def test_a_refused_data_command_is_no_uncertainty(data, delivery):
    with playing(DATA=data) as (relay, _), relay.begin(**ADDRESSES) as hand_over:
        assert hand_over.deliver(b"Subject: x\r\n\r\n").delivery is delivery


@pytest.mark.parametrize(
    ("verb", "reply", "delivery"),
    [
        ("connect", "421 busy", Delivery.DEFERRED),
        ("connect", "554 go away", Delivery.REFUSED),
        ("MAIL", "451 later", Delivery.DEFERRED),
        ("RCPT", "550 5.1.1 nobody", Delivery.REFUSED),
        ("RCPT", "450 greylisted", Delivery.DEFERRED),
        ("RCPT", None, Delivery.DEFERRED),
    ],
)
def test_whatever_is_said_before_data_leaves_nothing_uncertain(verb, reply, delivery):
    with playing(**{verb: reply}) as (relay, received):
        with pytest.raises(HandOverError) as caught:
            relay.begin(**ADDRESSES)
        assert caught.value.outcome.delivery is delivery
    assert received == []


def test_a_relay_that_is_away_defers():
    with playing() as (relay, _):
        pass
    with pytest.raises(HandOverError) as caught:
        relay.begin(**ADDRESSES)
    assert caught.value.outcome.delivery is Delivery.DEFERRED
