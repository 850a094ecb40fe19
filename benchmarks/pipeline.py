"""Messages a second from DATA to delivery, ours beside the bare pipeline of `bare.py`, in one run.

Ours: stored encrypted, parsed, redacted, drafted, rendered, approved by policy, sent through the outbox, with one
question from each sender. `python benchmarks/pipeline.py [--messages 300] [--workers 2]`; the ratio is what counts.
"""

from __future__ import annotations

import argparse
import os
import smtplib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from ipaddress import ip_network
from pathlib import Path

from caseconsultant.app import App
from caseconsultant.running.broker import broker_command, wait_for_broker
from caseconsultant.running.children import Children, own_command
from caseconsultant.running.sink import Sink, free_port, start_sink
from caseconsultant.settings import AutoApprove, given

_CLIENTS = 4
_PATIENCE = 300
_QUESTION = (
    "Patient had a subcutaneous immunoglobulin infusion for 3 hours 20 minutes in the office. "
    "Can we bill 96369 and 96370 x2 with 96372 the same day? Which modifier? Medicare."
)


def main() -> None:
    """Measure both, print both and the ratio."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--messages", type=int, default=300)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--rounds", type=int, default=2)
    given = arguments.parse_args()
    rates: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(given.rounds):
        rates["bare"].append(bare(given.messages, given.workers))
        rates["ours"].append(ours(given.messages, given.workers))
    best = {name: max(found) for name, found in rates.items()}
    print(f"bare  {best['bare']:7.1f} messages/s")
    print(f"ours  {best['ours']:7.1f} messages/s")
    print(f"ratio {best['ours'] / best['bare']:7.2f}  (aim: at least 0.50)")


def ours(messages: int, workers: int) -> float:
    """Messages a second through the whole house."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ends:
        settings = given(
            state_dir=Path(folder),
            address="consult@desk.example.com",
            smtp_port=free_port(),
            relay_host="127.0.0.1",
            relay_port=free_port(),
            trusted_networks=(ip_network("127.0.0.0/8"),),
            auto_approve=AutoApprove.ALL,
            worker_processes=workers,
            log_level="error",
        )
        sink = Sink()
        ends.callback(start_sink(sink, settings.relay_port).stop)
        App(settings).database.engine.dispose()
        children = Children(settings, lambda name, line: print(name, line, file=sys.stderr))
        ends.callback(children.stop)
        wait_for_broker(settings, children.start("broker", broker_command(settings)).process)
        for name in ("smtp", "worker", "beat"):
            children.start(name, own_command(name))
        return _rate(settings.smtp_port, sink, messages)


def bare(messages: int, workers: int) -> float:
    """Messages a second through the bare pipeline."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ends:
        settings = given(state_dir=Path(folder))
        port, relay_port, sink = free_port(), free_port(), Sink()
        ends.callback(start_sink(sink, relay_port).stop)
        children = Children(settings, lambda name, line: print(name, line, file=sys.stderr))
        ends.callback(children.stop)
        wait_for_broker(settings, children.start("broker", broker_command(settings)).process)
        environment = {
            **os.environ,
            "BARE_DB": f"{folder}/bare.db",
            "BARE_BROKER": settings.broker,
            "BARE_PORT": str(port),
            "BARE_RELAY_PORT": str(relay_port),
            "BARE_WORKERS": str(workers),
        }
        for name in ("receive", "work"):
            process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("bare.py")), name],
                env=environment,
                stdout=subprocess.DEVNULL,
            )
            ends.callback(process.wait)
            ends.callback(process.terminate)
        return _rate(port, sink, messages)


def _rate(port: int, sink: Sink, messages: int) -> float:
    """Warm both ends up with a few mails, then time the rest from the first DATA to the last delivery."""
    _until_answering(port)
    _send(port, range(-8, 0))
    sink.wait(8, seconds=_PATIENCE)
    began = time.perf_counter()
    with ThreadPoolExecutor(_CLIENTS) as clients:
        list(clients.map(lambda first: _send(port, range(first, messages, _CLIENTS)), range(_CLIENTS)))
    sink.wait(8 + messages, seconds=_PATIENCE)
    return messages / (time.perf_counter() - began)


def _send(port: int, numbers: range) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=_PATIENCE) as client:
        for number in numbers:
            sender = f"coder{number}@clinic.example.com"
            client.sendmail(sender, ["consult@desk.example.com"], _mail(number, sender))


def _mail(number: int, sender: str) -> str:
    return (
        f"From: Coder <{sender}>\r\nTo: consult@desk.example.com\r\nSubject: Infusion {number}\r\n"
        f"Message-ID: <{number}@clinic.example.com>\r\n\r\n{_QUESTION}\r\n"
    )


def _until_answering(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the receiver did not answer")


if __name__ == "__main__":
    main()
