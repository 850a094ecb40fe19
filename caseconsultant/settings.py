"""Every setting, from `CASECONSULTANT_*` variables or a `.env` file; the only reader of the environment."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import date
from enum import StrEnum
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "CASECONSULTANT_"
_ENV_FILE = f"{PREFIX}ENV_FILE"
_PACKAGE = Path(__file__).resolve().parent
_LONGEST_SOCKET_PATH = 100  # sun_path holds 108 bytes on Linux


class AutoApprove(StrEnum):
    """What leaves without review."""

    OFF = "off"
    ALL = "all"


class Plan(BaseModel, frozen=True):
    """How many questions a sender may ask, and over which period."""

    questions: int = Field(ge=0)
    period: Literal["lifetime", "month"] = "month"


class ImapMailbox(BaseModel, frozen=True, extra="forbid"):
    """One mailbox that is read by IMAP. Signs in with `password`, or with tokens from Google or Microsoft."""

    host: str
    port: int | None = Field(None, ge=1, le=65535, description="default: 993 with tls, else 143")
    security: Literal["tls", "starttls", "none"] = "tls"
    ca_file: Path | None = Field(None, description="a certificate authority of your own")
    user: str
    password: SecretStr | None = None

    oauth: Literal["google", "microsoft"] | None = None
    oauth_client_id: str | None = None
    oauth_client_secret: SecretStr | None = None
    oauth_refresh_token: SecretStr | None = None
    oauth_tenant: str = "common"
    oauth_key_file: Path | None = Field(None, description="a Google service account's key, for a whole domain")
    secret_expires: date | None = Field(None, description="the day the password or secret ends: health says so before")

    folder: str = "INBOX"
    done_folder: str | None = Field(None, description="where stored mail is moved; without one it is marked as seen")
    failed_folder: str | None = Field(None, description="where mail goes that could not be fetched")
    first_reading: Literal["unseen", "all", "none"] = Field(
        "unseen", description="which of the mail already there is taken when the folder is first read"
    )
    poll_seconds: float = Field(60, gt=0, description="how often to look, besides being told by IDLE")
    timeout_seconds: float = Field(30, gt=0, description="how long the server may be silent")

    @model_validator(mode="after")
    def _can_sign_in(self) -> Self:
        if self.oauth is None and self.password is None:
            raise ValueError("a mailbox needs a password, or oauth with its client and token")
        return self

    @property
    def port_in_force(self) -> int:
        """The port of the settings, or the usual one."""
        return self.port or (993 if self.security == "tls" else 143)


class Settings(BaseSettings):
    """The dozen an operator sets stand first; the rest have sensible defaults."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_nested_delimiter="__", extra="ignore", frozen=True
    )

    # Who we are
    address: str = Field("consult@localhost", description="where questions go and replies come from")
    name: str = Field("CaseConsultant", description="the name in the From line and the footer")
    aliases: Annotated[tuple[str, ...], NoDecode] = Field((), description="further addresses that take questions")

    tagged_addresses: bool = Field(
        default=True, description="use plus-tags in our own address (Reply-To, return path); false where none arrive"
    )

    # State
    state_dir: Path = Field(Path("var"), description="database, keys, knowledge and broker live here")
    database_url: str | None = Field(None, description="SQLAlchemy URL; default: SQLite under the state directory")
    broker_url: str | None = Field(None, description="Celery broker; default: the embedded Redis")
    encryption_key: SecretStr | None = Field(None, description="32 bytes, URL-safe base64; default: a key file")
    former_encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="keys that stored mail was sealed with before; `inbound reseal` makes them needless"
    )
    keep_raw_days: int = Field(90, ge=1, description="after this the bytes of a mail are deleted; its row stays")
    show_ama_descriptors: bool = Field(
        default=False, description="show CPT descriptors that were loaded with --accept-ama-license"
    )
    knowledge_dir: Path | None = Field(None, description="authored knowledge; default: the one that came along")

    # Mail in
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(2525, ge=0, le=65535)
    smtp_tls_cert: Path | None = Field(None, description="the certificate for STARTTLS, PEM with its chain")
    smtp_tls_key: Path | None = Field(None, description="its key, where it is not in the same file")
    smtp_require_tls: bool = Field(default=False, description="refuse MAIL before STARTTLS")
    smtp_connections_per_address: int = Field(20, ge=1)
    smtp_proxy_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        (), description="load balancers that must begin with the PROXY protocol; anybody else may not"
    )
    lmtp_host: str = "127.0.0.1"
    lmtp_port: int | None = Field(None, ge=0, le=65535, description="for a Postfix in front; default: no LMTP")
    lmtp_socket: Path | None = Field(None, description="the same, as a socket in the file system")
    max_message_bytes: int = Field(20 * 2**20, ge=1024)
    trusted_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        (), description="client networks whose mail counts as authenticated submission"
    )
    relay_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        (), description="servers of yours that hand mail on by SMTP: their Authentication-Results are believed"
    )
    authserv_ids: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="who may write Authentication-Results (its first word), such as mx.google.com"
    )
    arc_sealers: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="domains whose ARC seals are believed for mail they forwarded"
    )
    dns_timeout_seconds: float = Field(5, gt=0, description="for one look-up of SPF, DKIM or DMARC")

    imap: dict[str, ImapMailbox] = Field(
        default_factory=dict, description="mailboxes to read by name, e.g. IMAP__CONSULT__HOST, …__USER, …__PASSWORD"
    )
    imap_lease_seconds: float = Field(60, ge=3, description="after this another poller may take a mailbox over")

    # Mail out
    relay_host: str | None = Field(None, description="the relay; without one, answers wait in the outbox")
    relay_port: int = 25
    relay_security: Literal["none", "starttls", "tls"] = "none"
    relay_user: str | None = None
    relay_password: SecretStr | None = None
    relay_timeout_seconds: float = 30
    retry_seconds: float = Field(30, gt=0, description="the first wait after a deferral; it doubles, to an hour")

    # The desk
    desk_host: str = "127.0.0.1"
    desk_port: int = Field(8025, ge=0, le=65535)
    desk_url: str | None = Field(None, description="how browsers reach the desk; https makes its cookie secure")
    session_hours: float = 12

    # Conduct
    time_zone: str = "America/New_York"
    undo_seconds: float = Field(15, ge=0)
    auto_approve: AutoApprove = AutoApprove.OFF
    acknowledge_after_minutes: float = Field(120, description="acknowledge what is not answered by then")
    answer_within_hours: float = Field(24, description="the target that the queue is ordered by")
    claim_minutes: float = 15
    automatic_mails_a_day: int = Field(10, ge=0, description="notices to one address in a day, and no more")

    # Quotas
    guest_questions: int = Field(1, ge=0)
    registered_questions: int = Field(5, ge=0, description="on top of the guest's")
    plans: dict[str, Plan] = Field(default_factory=dict, description='JSON, e.g. {"clinic": {"questions": 20}}')

    # Workings
    requeue_after_seconds: float = Field(60, description="when the sweeper enqueues again what nobody finished")
    sweep_seconds: float = 10
    hand_over_lease_seconds: float = Field(120, description="after this a hand-over without an outcome is uncertain")
    worker_processes: int = Field(2, ge=1)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("aliases", "trusted_networks", "relay_networks", "authserv_ids", "arc_sealers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Lists are written with commas: `10.0.0.0/8, 127.0.0.0/8`."""
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("address")
    @classmethod
    def _lower(cls, value: str) -> str:
        return value.strip().lower()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError, ValueError):
            raise ValueError(f"there is no time zone {value!r}; write it like America/New_York") from None
        return value

    @model_validator(mode="after")
    def _tls_can_be_required(self) -> Self:
        if self.smtp_require_tls and self.smtp_tls_cert is None:
            raise ValueError("SMTP_REQUIRE_TLS needs a certificate: set SMTP_TLS_CERT")
        return self

    @property
    def mailboxes(self) -> frozenset[str]:
        """Every address that takes questions, lower-case."""
        return frozenset({self.address, *(alias.lower() for alias in self.aliases)})

    @property
    def domain(self) -> str:
        """The domain of our Message-IDs."""
        return self.address.rpartition("@")[2] or "localhost"

    @property
    def zone(self) -> ZoneInfo:
        """Where plan months and days of receipt begin and end."""
        return ZoneInfo(self.time_zone)

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.state_dir / 'caseconsultant.db'}"

    @cached_property
    def broker_socket(self) -> Path:
        """Where the embedded Redis listens; a deep state directory gets a short socket path."""
        wanted = self.state_dir.absolute() / "broker" / "redis.sock"
        if len(os.fsencode(wanted)) <= _LONGEST_SOCKET_PATH:
            return wanted
        mark = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"caseconsultant-{os.getuid()}-{mark}" / "redis.sock"

    @property
    def broker(self) -> str:
        """The Celery broker URL in force."""
        return self.broker_url or f"redis+socket://{self.broker_socket}"

    @property
    def knowledge(self) -> Path:
        """The authored knowledge: as set, beside the checkout, or as packaged."""
        if self.knowledge_dir:
            return self.knowledge_dir
        checkout = _PACKAGE.parent / "knowledge"
        return checkout if (checkout / "sources.yaml").is_file() else _PACKAGE / "_knowledge"

    @property
    def kb_dir(self) -> Path:
        """Where compiled knowledge lies."""
        return self.state_dir / "knowledge"

    @property
    def desk(self) -> str:
        """The desk's address for people."""
        return (self.desk_url or f"http://{self.desk_host}:{self.desk_port}").rstrip("/")


class _Given(Settings):
    """Settings from arguments alone."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Neither the environment nor a file."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def given(**values: Any) -> Settings:  # noqa: ANN401  each field has a type of its own
    """Exactly these settings and the defaults: a demo or a benchmark must not meet an operator's database."""
    return _Given(**values)


def load() -> Settings:
    """The settings in force. Raises pydantic's ValidationError, which names the variable."""
    return Settings(_env_file=os.environ.get(_ENV_FILE, ".env") or None)


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment for a process of ours that must run on exactly these settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment[_ENV_FILE] = ""  # what stands in a file was read already
    for name in sorted(settings.model_fields_set):
        environment[PREFIX + name.upper()] = _as_variable(getattr(settings, name))
    return environment


def _as_variable(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, tuple):
        return ",".join(str(_plain(part)) for part in value)
    if isinstance(value, dict):
        from pydantic_core import to_json  # noqa: PLC0415  only here, and the command line starts faster without

        return to_json(_plain(value)).decode()
    return "" if value is None else str(value)


def _plain(value: object) -> object:
    """The value with its secrets told: a child process must get them."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in value.model_fields_set}
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value
