from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from caseconsultant.domain.errors import OperatorError
from caseconsultant.inbound.imap.tokens import GoogleTokens, MicrosoftTokens, tokens_of
from caseconsultant.settings import ImapMailbox


def mailbox(**changes: Any) -> ImapMailbox:
    given = {"host": "imap.example.com", "user": "consult@example.com", "oauth_client_id": "client"}
    return ImapMailbox(**{**given, **changes})


@dataclass
class Answer:
    status: int
    told: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        return json.dumps(self.told).encode()

    @property
    def text(self) -> str:
        return json.dumps(self.told)

    @property
    def status_code(self) -> int:
        return self.status

    def raise_for_status(self) -> None:
        assert self.status < 400


@dataclass
class Provider:
    """Stands for the provider's servers: hands out numbered tokens that last an hour, or refuses."""

    refuses: bool = False
    lasting: int = 3600
    asked: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, body: Any) -> Answer:
        self.asked.append(body)
        if self.refuses:
            return Answer(400, {"error": "invalid_grant", "error_description": "the refresh token was revoked"})
        token = f"token-{len(self.asked)}"
        return Answer(200, {"access_token": token, "expires_in": self.lasting, "token_type": "Bearer"})

    # google-auth's transport
    def __call__(self, url: str, method: str = "GET", body: Any = None, **_: Any) -> Answer:
        return self.answer(body)

    # msal's http_client
    def get(self, url: str, **_: Any) -> Answer:
        at = "https://login.microsoftonline.com/tenant/oauth2/v2.0"
        return Answer(
            200,
            {
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "metadata": [],
                "issuer": "https://login.microsoftonline.com/tenant/v2.0",
            },
        )

    def post(self, url: str, data: Any = None, **_: Any) -> Answer:
        return self.answer(data)

    def close(self) -> None:
        """Nothing is open."""


def google(provider: Provider) -> GoogleTokens:
    box = mailbox(oauth="google", oauth_client_secret="secret", oauth_refresh_token="refresh")
    return GoogleTokens(box, request=provider)


def microsoft(provider: Provider) -> MicrosoftTokens:
    box = mailbox(oauth="microsoft", oauth_client_secret="secret", oauth_tenant="tenant")
    return MicrosoftTokens(box, http_client=provider)


@pytest.mark.parametrize("make", [google, microsoft])
def test_a_token_is_kept_as_long_as_it_lasts(make):
    provider = Provider()
    tokens = make(provider)

    assert [tokens(), tokens()] == ["token-1", "token-1"]
    assert len(provider.asked) == 1


@pytest.mark.parametrize("make", [google, microsoft])
def test_a_token_about_to_end_is_refreshed(make):
    provider = Provider(lasting=1)
    tokens = make(provider)

    assert [tokens(), tokens()] == ["token-1", "token-2"]


@pytest.mark.parametrize("make", [google, microsoft])
def test_a_refusal_tells_the_operator_whose_and_why(make):
    tokens = make(Provider(refuses=True))

    with pytest.raises(OperatorError, match=r"consult@example\.com.*(revoked|invalid_grant)"):
        tokens()


def test_a_missing_setting_is_named():
    with pytest.raises(OperatorError, match="oauth_refresh_token"):
        tokens_of(mailbox(oauth="google"))


def test_a_key_file_that_is_none_is_named(tmp_path):
    file = tmp_path / "key.json"
    file.write_text("{}")

    with pytest.raises(OperatorError, match="no service account's key"):
        tokens_of(mailbox(oauth="google", oauth_key_file=file))


def test_a_mailbox_with_a_password_needs_no_token():
    assert tokens_of(mailbox(password="secret")) is None


def test_a_mailbox_with_neither_is_refused():
    with pytest.raises(ValueError, match="needs a password, or oauth"):
        mailbox()
