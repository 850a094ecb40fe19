"""The floor that `pipeline.py` measures against: aiosmtpd + SQLite + Celery + smtplib, no parsing, no drafting.

A mail is a row before 250 (WAL, synchronous=FULL, as ours), a task carries its id, the worker answers with a fixed text
through smtplib and marks the row. `python bare.py receive` and `python bare.py work` are its two processes; settings
come from the environment: BARE_DB, BARE_BROKER, BARE_PORT, BARE_RELAY_PORT, BARE_WORKERS.
"""

from __future__ import annotations

import asyncio
import os
import smtplib
import sqlite3
import sys
from email import message_from_bytes
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP
from celery import Celery

celery = Celery("bare", broker=os.environ.get("BARE_BROKER", ""))
celery.conf.update(task_ignore_result=True, task_acks_late=True, broker_connection_retry_on_startup=True)


def database() -> sqlite3.Connection:
    """A connection on the bare pipeline's table."""
    connection = sqlite3.connect(os.environ["BARE_DB"], timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS mail (id INTEGER PRIMARY KEY, raw BLOB, sender TEXT, state TEXT)")
    return connection


class Receiver:
    """Store the mail, enqueue its id, say 250."""

    def __init__(self) -> None:
        self._database = database()

    async def handle_DATA(self, _server, _session, envelope) -> str:
        """One insert, one task."""
        row = self._database.execute(
            "INSERT INTO mail (raw, sender, state) VALUES (?, ?, 'new')",
            (envelope.original_content, envelope.mail_from),
        )
        answer.delay(row.lastrowid)
        return "250 ok"


@celery.task(name="answer")
def answer(row_id: int) -> None:
    """Reply with a fixed text, and mark the row."""
    connection = database()
    raw, sender = connection.execute("SELECT raw, sender FROM mail WHERE id = ?", (row_id,)).fetchone()
    mail = message_from_bytes(raw)
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = "consult@bare.example.com", sender, f"Re: {mail['Subject']}"
    reply["In-Reply-To"] = mail["Message-ID"]
    reply.set_content("Thank you for your question.")
    with smtplib.SMTP("127.0.0.1", int(os.environ["BARE_RELAY_PORT"])) as relay:
        relay.send_message(reply)
    connection.execute("UPDATE mail SET state = 'sent' WHERE id = ?", (row_id,))
    connection.close()


async def receive() -> None:
    """Serve until ended."""
    receiver, loop = Receiver(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(receiver, loop=loop), "127.0.0.1", int(os.environ["BARE_PORT"]))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1] == "receive":
        asyncio.run(receive())
    else:
        celery.worker_main(["worker", "--loglevel=ERROR", f"--concurrency={os.environ['BARE_WORKERS']}"])
