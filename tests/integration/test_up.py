"""`up`: the whole house as an operator runs it."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from house import mail

from caseconsultant.running.sink import free_port
from caseconsultant.settings import PREFIX

_PATIENCE = 40


class Up:
    """A running `caseconsultant up` and what it prints."""

    def __init__(self, folder: Path) -> None:
        self.smtp, self.desk = free_port(), free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        given = {"STATE_DIR": str(folder / "var"), "SMTP_PORT": str(self.smtp), "DESK_PORT": str(self.desk)}
        self.environment = {**environment, **{PREFIX + name: value for name, value in given.items()}}
        self.lines: list[str] = []
        self.printed = threading.Condition()
        self.process = self.start()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "caseconsultant", "up"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _read(self) -> None:
        for line in self.process.stdout:
            with self.printed:
                self.lines.append(line)
                self.printed.notify_all()

    def wait_for(self, words: str, *, times: int = 1) -> None:
        with self.printed:
            found = self.printed.wait_for(lambda: sum(words in line for line in self.lines) >= times, _PATIENCE)
        assert found, "".join(self.lines)

    def desk_answers(self) -> bool:
        """Whether the desk is well; while its door is not open yet, knocked at again with growing pauses."""
        with httpx.Client(transport=httpx.HTTPTransport(retries=6)) as client:
            return client.get(f"http://127.0.0.1:{self.desk}/healthz").is_success

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(_PATIENCE)
        self.reader.join()
        self.process.stdout.close()
        return code


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    running = Up(tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop()


def pids(up: Up) -> dict[str, int]:
    """The children's process ids by what they run."""
    listed = Path(f"/proc/{up.process.pid}/task/{up.process.pid}/children").read_text().split()
    found = {}
    for pid in listed:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        found["broker" if b"redis" in words[0] else words[-1].decode()] = int(pid)
    return found


def test_up_says_where_things_are_and_what_is_missing_and_takes_mail(up: Up):
    for words in (f"127.0.0.1:{up.smtp}", f"http://127.0.0.1:{up.desk}", "no relay", "no trusted networks"):
        up.wait_for(words)
    up.wait_for("smtp_ready")
    with smtplib.SMTP("127.0.0.1", up.smtp) as client:
        client.sendmail("dana@clinic.example.com", ["consult@localhost"], mail())
    up.wait_for("ready.")
    assert up.stop() == 0
    assert not any("Traceback" in line for line in up.lines)


def test_what_ends_is_started_again_and_all_end_with_up(up: Up):
    up.wait_for("smtp_ready")
    up.wait_for("ready.")
    before = pids(up)
    assert set(before) == {"broker", "smtp", "worker", "beat", "web"}
    os.kill(before["smtp"], signal.SIGKILL)
    up.wait_for("smtp_ready", times=2)
    after = pids(up)
    assert after["smtp"] != before["smtp"]
    assert up.desk_answers()
    assert up.stop() == 0
    assert not [name for name, pid in after.items() if Path(f"/proc/{pid}").exists()]


def test_a_second_up_on_the_same_state_says_so_and_leaves_the_first_alone(up: Up):
    up.wait_for("smtp_ready")
    second = subprocess.run(
        [sys.executable, "-m", "caseconsultant", "up"],
        env=up.environment,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert second.returncode == 1
    assert "the house is running already" in second.stderr
    assert up.desk_answers()
