"""Over real sockets and real processes: a question comes in by mail, a reviewed answer goes out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from estate import Estate, field

EVERYTHING = ("broker", "relay", "smtp", "worker", "beat", "web")


def first_case(browser) -> str | None:
    page = browser.get("/").text
    return page.partition('href="/cases/')[2].partition('"')[0] or None


def test_a_question_is_answered_after_review_in_its_own_thread(estate):
    house: Estate = estate()
    house.start(*EVERYTHING)
    house.register()
    assert house.ask().startswith("250 2.0.0 Stored as ")
    browser = house.reviewer("robin@example.com")
    case = house.until(lambda: first_case(browser))
    page = browser.get(f"/cases/{case}").text
    assert "200 minutes" in page
    assert not house.sink.messages(), "nothing leaves before review"
    form = {name: field(page, name) for name in ("csrf", "version")}
    assert browser.post(f"/cases/{case}/approve", data=form).status_code == 200
    house.sink.wait(1, seconds=30)
    reply = house.sink.messages()[0]
    text = reply.get_body(("plain",)).get_content()
    assert reply["To"] == "dana@clinic.example.com"
    assert reply["In-Reply-To"] == "<1@clinic.example.com>"
    assert reply["Auto-Submitted"] == "auto-replied"
    assert "robin" in text
    assert "CPC" in text
    assert "96370" in text
    house.until(lambda: house.count("SELECT count(*) FROM \"case\" WHERE status = 'sent'"))
    assert house.count("SELECT count(*) FROM quota_entry WHERE kind = 'charge'") == 1


def test_two_approvals_at_once_send_one_mail(estate):
    house: Estate = estate()
    house.start(*EVERYTHING)
    house.register()
    house.ask()
    browsers = [house.reviewer("robin@example.com"), house.reviewer("kim@example.com")]
    case = house.until(lambda: first_case(browsers[0]))
    forms = []
    for browser in browsers:
        page = browser.get("/outbox").text
        forms.append({"csrf": field(page, "csrf"), "version": "1"})
    with ThreadPoolExecutor(2) as threads:
        codes = list(
            threads.map(
                lambda pair: pair[0].post(f"/cases/{case}/approve", data=pair[1]).status_code,
                zip(browsers, forms, strict=True),
            )
        )
    assert sorted(codes) == [200, 409]
    house.sink.wait(1, seconds=30)
    house.until(lambda: house.count("SELECT count(*) FROM outbox_message WHERE state = 'sent'"))
    assert house.count("SELECT count(*) FROM outbox_message WHERE kind = 'answer'") == 1
    assert len(house.sink.messages()) == 1


def test_fifty_questions_at_once_from_a_guest_get_one_answer_and_one_notice(estate):
    house: Estate = estate(auto_approve="all", worker_processes=2)
    house.start(*EVERYTHING)
    with ThreadPoolExecutor(10) as threads:
        replies = list(threads.map(house.ask, range(50)))
    assert all(reply.startswith("250") for reply in replies)
    house.until(lambda: house.count("SELECT count(*) FROM question") == 50)
    house.until(lambda: house.count("SELECT count(*) FROM outbox_message WHERE state = 'sent'") == 2)
    assert house.count("SELECT count(*) FROM outbox_message") == 2
    assert house.count("SELECT count(*) FROM outbox_message WHERE kind = 'answer'") == 1
    assert house.count("SELECT count(*) FROM outbox_message WHERE kind = 'quota_used'") == 1
    assert house.count("SELECT count(*) FROM \"case\" WHERE status = 'held' AND held_reason = 'over_quota'") == 49
