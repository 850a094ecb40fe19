"""Access tokens for XOAUTH2: Google (google-auth) and Microsoft 365 (msal), each refreshed when it is about to end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from caseconsultant.domain.errors import OperatorError
from caseconsultant.settings import ImapMailbox

_GOOGLE_SCOPE = "https://mail.google.com/"
_GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
_MICROSOFT_SCOPE = "https://outlook.office365.com/.default"
_MICROSOFT_LOGIN = "https://login.microsoftonline.com"


class Tokens(Protocol):
    """Gives an access token that is good now. Raises OperatorError where the provider refuses one."""

    def __call__(self) -> str:
        """The token."""


def tokens_of(mailbox: ImapMailbox) -> Tokens | None:
    """The mailbox's tokens; None where it signs in with a password. Raises OperatorError for what is missing."""
    if mailbox.oauth is None:
        return None
    try:
        return GoogleTokens(mailbox) if mailbox.oauth == "google" else MicrosoftTokens(mailbox)
    except ImportError as error:
        raise OperatorError("oauth needs further packages: pip install 'caseconsultant[oauth]'") from error


@dataclass
class GoogleTokens:
    """From a person's refresh token, or from a service account's key that may act for the mailbox's user."""

    mailbox: ImapMailbox
    token_uri: str = _GOOGLE_TOKENS
    request: Any = None

    def __post_init__(self) -> None:
        from google.auth.transport import requests  # noqa: PLC0415  optional

        self._request = self.request or requests.Request()
        self._credentials = self._by_key() if self.mailbox.oauth_key_file else self._by_refresh_token()

    def __call__(self) -> str:
        """See `Tokens`."""
        from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415

        try:
            if not self._credentials.valid:
                self._credentials.refresh(self._request)
        except GoogleAuthError as error:
            raise OperatorError(f"Google gives no token for {self.mailbox.user}: {error}") from error
        return str(self._credentials.token)

    def _by_key(self) -> Any:  # noqa: ANN401  google-auth's own type
        from google.oauth2 import service_account  # noqa: PLC0415

        try:
            return service_account.Credentials.from_service_account_file(  # type: ignore[no-untyped-call]
                self.mailbox.oauth_key_file, scopes=[_GOOGLE_SCOPE], subject=self.mailbox.user
            )
        except (OSError, ValueError) as error:
            raise OperatorError(f"{self.mailbox.oauth_key_file}: no service account's key: {error}") from error

    def _by_refresh_token(self) -> Any:  # noqa: ANN401
        from google.oauth2.credentials import Credentials  # noqa: PLC0415

        return Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token=_needed(self.mailbox, "oauth_refresh_token"),
            client_id=_needed(self.mailbox, "oauth_client_id"),
            client_secret=_needed(self.mailbox, "oauth_client_secret"),
            token_uri=self.token_uri,
        )


@dataclass
class MicrosoftTokens:
    """By the application's own secret (client credentials), or from a person's refresh token. msal keeps a cache."""

    mailbox: ImapMailbox
    http_client: Any = None

    def __post_init__(self) -> None:
        import msal  # noqa: PLC0415  optional

        secret = self.mailbox.oauth_client_secret
        kind = msal.ConfidentialClientApplication if secret else msal.PublicClientApplication
        self._application = kind(
            _needed(self.mailbox, "oauth_client_id"),
            client_credential=secret.get_secret_value() if secret else None,
            authority=f"{_MICROSOFT_LOGIN}/{self.mailbox.oauth_tenant}",
            http_client=self.http_client,
        )

    def __call__(self) -> str:
        """See `Tokens`."""
        told = self._ask()
        if "access_token" not in told:
            said = told.get("error_description") or told.get("error") or "no reason given"
            raise OperatorError(f"Microsoft gives no token for {self.mailbox.user}: {said}")
        return str(told["access_token"])

    def _ask(self) -> dict[str, Any]:
        token = self.mailbox.oauth_refresh_token
        if token is None:
            return dict(self._application.acquire_token_for_client(scopes=[_MICROSOFT_SCOPE]))
        known = self._application.get_accounts()
        if known and (told := self._application.acquire_token_silent([_MICROSOFT_SCOPE], account=known[0])):
            return dict(told)
        return dict(self._application.acquire_token_by_refresh_token(token.get_secret_value(), [_MICROSOFT_SCOPE]))


def _needed(mailbox: ImapMailbox, name: str) -> str:
    value = getattr(mailbox, name)
    if value is None:
        raise OperatorError(f"the mailbox of {mailbox.user} signs in by oauth: set its {name}")
    return value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)
