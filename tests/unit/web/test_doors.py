"""Who gets in, and what every response carries: all routes, as the application itself lists them."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from desk import PASSWORD, Browser, Desk

from caseconsultant.web import make_web
from caseconsultant.web.security import MAIL_HEADERS, SECURITY_HEADERS, SESSION_COOKIE

_OPEN = {"/healthz", "/readyz", "/sign-in"}
_PATHS = make_web(SimpleNamespace()).openapi()["paths"]


def paths(method: str) -> list[str]:
    """Every path that takes the method, with 1 for each id."""
    found = [path.format(case_id=1, outbox_id=1, inbound_id=1) for path, methods in _PATHS.items() if method in methods]
    assert found
    return found


GUARDED_GETS = [path for path in paths("get") if path not in _OPEN]
GUARDED_POSTS = [path for path in paths("post") if path not in _OPEN]


def test_the_routes_are_those_known():
    assert len(GUARDED_GETS) >= 4
    assert len(GUARDED_POSTS) >= 11


@pytest.mark.parametrize("path", GUARDED_GETS)
def test_a_page_sends_a_stranger_to_sign_in(desk: Desk, path: str):
    answer = desk.stranger().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


@pytest.mark.parametrize("path", GUARDED_POSTS)
def test_a_form_of_a_stranger_is_not_looked_at(desk: Desk, path: str):
    answer = desk.stranger().post(path, version="abc")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_a_form_without_its_own_token_is_refused_on_every_route(desk: Desk, robin: Browser):
    case = desk.case()
    for csrf in ("", "x" * 43, "é\ud7ff", desk.reviewer("Kim").csrf):
        robin.csrf = csrf
        for path in GUARDED_POSTS:
            answer = robin.post(path, version=1, subject="s", text="t", questions="q", reason="r", resend="true")
            assert answer.status_code == 403, path
            assert "This form has expired" in answer.text
    assert desk.status(case) == "in_review"
    assert not desk.outbox()


def test_the_queue_that_polls_after_the_session_ended_is_told_to_go_to_sign_in(desk: Desk):
    answer = desk.stranger().get("/?status=held", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.text) == (401, "/sign-in", "")


def test_signing_in_and_out(desk: Desk):
    person, browser = desk.staff(), desk.stranger()
    assert browser.sign_in(person.email.upper()).headers["Location"] == "/"
    assert "Robin" in browser.get("/").text
    kept = browser.client.cookies[SESSION_COOKIE]
    assert browser.post("/sign-out").headers["Location"] == "/sign-in"
    assert SESSION_COOKIE not in browser.client.cookies
    browser.client.cookies.set(SESSION_COOKIE, kept)
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD + " ", "nul\0"])
def test_a_wrong_password_is_refused_in_the_same_words_as_an_unknown_address(desk: Desk, password: str):
    person, browser = desk.staff(), desk.stranger()
    wrong, unknown = browser.sign_in(person.email, password), browser.sign_in("nobody@example.com", password)
    assert wrong.status_code == unknown.status_code == 401
    assert "do not go together" in wrong.text
    assert SESSION_COOKIE not in browser.client.cookies
    assert wrong.text.count("<p") == unknown.text.count("<p")


def test_the_fifth_wrong_password_locks_the_account_for_a_quarter_of_an_hour(desk: Desk):
    person, browser = desk.staff(), desk.stranger()
    for _ in range(4):
        browser.sign_in(person.email, "wrong")
    assert browser.sign_in(person.email).status_code == 303
    for _ in range(5):
        browser.sign_in(person.email, "wrong")
    assert browser.sign_in(person.email).status_code == 401
    desk.clock.now += timedelta(minutes=15)
    assert browser.sign_in(person.email).status_code == 303


@pytest.mark.parametrize("csrf", ["", "made up"])
def test_the_sign_in_form_needs_its_own_token(desk: Desk, csrf: str):
    person, browser = desk.staff(), desk.stranger()
    browser.get("/sign-in")
    answer = browser.client.post("/sign-in", data={"email": person.email, "password": PASSWORD, "csrf": csrf})
    assert answer.status_code == 403


def test_the_address_typed_stands_in_the_form_again_and_escaped(desk: Desk):
    page = desk.stranger().sign_in('"><script>alert(1)</script>', "wrong").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_session_ends_after_its_hours(desk: Desk, robin: Browser):
    desk.clock.advance(hours=11, minutes=59)
    assert robin.get("/").status_code == 200
    desk.clock.advance(minutes=2)
    assert robin.get("/").status_code == 303


@pytest.mark.parametrize("url", ["https://desk.example.com", "http://127.0.0.1:8025"])
def test_cookies_are_out_of_reach_of_scripts_and_other_sites_and_secure_under_https(make_desk, url: str):
    desk = make_desk(desk_url=url)
    person, browser = desk.staff(), desk.stranger()
    for answer in (browser.get("/sign-in"), browser.sign_in(person.email)):
        cookie = next(value for value in answer.headers.get_list("Set-Cookie") if "Max-Age=0" not in value)
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert ("Secure" in cookie) is url.startswith("https:")
    assert browser.get("/").status_code == 200


def assert_secured(headers, *, but: str = "") -> None:
    for name, value in SECURITY_HEADERS.items():
        if name != but:
            assert headers[name] == value


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?status=nonsense&approved=abc", 200),
        ("/cases/1", 200),
        ("/cases/77", 404),
        ("/cases/abc", 404),
        ("/cases/99999999999999999999", 404),
        ("/cases/0", 404),
        ("/cases/1/approve", 405),
        ("/nowhere", 404),
        ("/outbox", 200),
        ("/static/desk.css", 200),
        ("/static/icon.svg", 200),
        ("/static/nothing.css", 404),
        ("/static/../__init__.py", 404),
        ("/healthz", 200),
        ("/readyz", 503),
        ("/sign-in", 200),
    ],
)
def test_every_response_carries_the_security_headers(desk: Desk, robin: Browser, path: str, status: int):
    desk.case()
    answer = robin.get(path)
    assert answer.status_code == status
    assert_secured(answer.headers)
    if status in {404, 405}:
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "<h1>" in answer.text


def test_redirects_and_refusals_carry_them_too(desk: Desk, robin: Browser):
    for answer in (desk.stranger().get("/"), desk.stranger().post("/sign-in"), robin.post("/cases/77/close")):
        assert answer.status_code in {303, 403, 404}
        assert_secured(answer.headers)


def test_a_fault_of_ours_is_a_page_with_the_headers_and_without_the_reason(desk: Desk, robin: Browser):
    case = desk.case()
    desk.app.library = None
    answer = robin.get(f"/cases/{case}")
    assert answer.status_code == 500
    assert "NoneType" not in answer.text
    assert "Something went wrong on our side" in answer.text
    assert_secured(answer.headers)


def test_the_preview_has_a_policy_of_its_own_with_a_sandbox(desk: Desk, robin: Browser):
    answer = robin.get(f"/cases/{desk.case()}/preview")
    policy = answer.headers.get_list("Content-Security-Policy")
    assert policy == [MAIL_HEADERS["Content-Security-Policy"]]
    assert "sandbox" in policy[0]
    assert "script-src" not in policy[0]
    assert_secured(answer.headers, but="Content-Security-Policy")


@pytest.mark.parametrize("path", ["/", "/cases/1", "/outbox", "/sign-in"])
def test_pages_have_no_inline_script_nor_style_nor_anything_from_elsewhere(desk: Desk, robin: Browser, path: str):
    desk.case()
    page = robin.get(path).text
    assert page.count("<script") == page.count('<script src="/static/')
    assert not re.findall(r"<style|<[^>]*\s(?:style|on\w+)=", page)
    assert all(url.startswith(("/", "#")) for url in re.findall(r'(?:src|href|action)="([^"]*)"', page))


@pytest.mark.parametrize("version", ["abc", "", "1.5", "1e3", None])
def test_a_version_that_is_no_number_is_a_page_that_says_so(desk: Desk, robin: Browser, version: str | None):
    case = desk.case()
    answer = robin.post(f"/cases/{case}/approve", **({} if version is None else {"version": version}))
    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "(version)" in answer.text
    assert desk.status(case) == "in_review"


@pytest.mark.parametrize(("size", "status"), [(1_000_000, 401), (1_100_000, 413)])
def test_a_form_of_more_than_a_megabyte_is_not_read(desk: Desk, size: int, status: int):
    stranger = desk.stranger()
    token = re.search(r'name="csrf" value="([^"]*)"', stranger.get("/sign-in").text).group(1)
    assert stranger.client.post("/sign-in", data={"csrf": token, "password": "x" * size}).status_code == status
