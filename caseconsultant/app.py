"""The composition root: settings give engine, vault, knowledge, relay, queue and clock."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property

from caseconsultant.authentication.authenticator import Authenticator
from caseconsultant.authentication.resolver import DnsResolver
from caseconsultant.clock import utc_now
from caseconsultant.db.migrate import upgrade
from caseconsultant.db.session import Database, make_engine
from caseconsultant.domain.clock import Clock
from caseconsultant.kb.library import Library
from caseconsultant.outbound.relay import Relay
from caseconsultant.queue import CeleryQueue, make_celery
from caseconsultant.services.posting import PostOffice
from caseconsultant.services.tags import Tags
from caseconsultant.services.vault import Vault, open_vault, refuse_foreign_key
from caseconsultant.settings import Settings


@dataclass(frozen=True)
class App:
    """The running house's collaborators; each is made at first use, so that a command pays for what it needs."""

    settings: Settings
    clock: Clock = utc_now

    @cached_property
    def database(self) -> Database:
        """The database, migrated; refuses to start on rows that another key sealed."""
        engine = make_engine(self.settings.database)
        upgrade(engine)
        database = Database(engine)
        with database.reading() as session:
            refuse_foreign_key(session, self.vault)
        return database

    @cached_property
    def vault(self) -> Vault:
        """The vault for raw mail."""
        return open_vault(self.settings)

    @cached_property
    def library(self) -> Library:
        """The knowledge base, built on first use and rebuilt when its files change."""
        return Library(self.settings.knowledge, self.settings.kb_dir, monotonic=time.monotonic)

    @cached_property
    def queue(self) -> CeleryQueue:
        """Where ids of due work go."""
        return CeleryQueue(make_celery(self.settings))

    @cached_property
    def tags(self) -> Tags:
        """The tags in our own addresses."""
        return Tags(self.vault.derived("address tags"))

    @cached_property
    def post(self) -> PostOffice:
        """Where mails of ours are put."""
        return PostOffice(self.settings, self.clock, self.queue, self.tags)

    @cached_property
    def authenticator(self) -> Authenticator:
        """Who says whether a sender is believed."""
        return Authenticator(
            DnsResolver(self.settings.dns_timeout_seconds),
            authserv_ids=frozenset(name.lower() for name in self.settings.authserv_ids),
            relay_networks=self.settings.relay_networks,
            arc_sealers=frozenset(name.lower() for name in self.settings.arc_sealers),
        )

    @cached_property
    def relay(self) -> Relay | None:
        """Where mails of ours are handed over; None while no relay is set."""
        return Relay.of(self.settings)
