from __future__ import annotations

from ipaddress import ip_network

import pytest
from house import mail
from zone import Zone, sealed, signed

from caseconsultant.authentication.authenticator import Authenticator
from caseconsultant.domain.authentication import Authentication, AuthenticationResult, Passage
from caseconsultant.parsing import parse

PASS, FAIL, NONE, TEMPERROR = (
    AuthenticationResult.PASS,
    AuthenticationResult.FAIL,
    AuthenticationResult.NONE,
    AuthenticationResult.TEMPERROR,
)
OUR_RELAY = "10.1.0.5"


def passage(
    source: str = "smtp",
    client: str | None = "192.0.2.7",
    mail_from: str | None = "dana@clinic.example.com",
    helo: str = "mail.clinic.example.com",
) -> Passage:
    return Passage(source, client, helo, mail_from)


def judge(raw: bytes, zone: Zone, how: Passage | None = None, **settings: object) -> Authentication:
    return Authenticator(zone, **settings)(raw, parse(raw), how or passage())  # type: ignore[arg-type]


def test_spf_of_the_from_domain_is_a_pass():
    zone = Zone().text("clinic.example.com", b"v=spf1 ip4:192.0.2.0/24 -all")

    found = judge(mail(), zone)

    assert (found.result, found.reason) == (PASS, "SPF of clinic.example.com speaks for clinic.example.com")


def test_spf_of_a_subdomain_speaks_for_the_organization():
    zone = Zone().text("bounces.example.com", b"v=spf1 ip4:192.0.2.7 -all")

    assert judge(mail(), zone, passage(mail_from="b-17@bounces.example.com")).result is PASS


def test_spf_of_a_subdomain_is_no_pass_where_the_owner_wants_an_exact_match():
    zone = Zone().text("bounces.example.com", b"v=spf1 ip4:192.0.2.7 -all")
    zone.text("_dmarc.example.com", b"v=DMARC1; p=reject; aspf=s")

    found = judge(mail(), zone, passage(mail_from="b-17@bounces.example.com"))

    assert found.result is FAIL
    assert "policy reject" in found.reason


def test_spf_of_another_domain_says_nothing_of_the_from_domain():
    zone = Zone().text("elsewhere.example.net", b"v=spf1 +all")

    assert judge(mail(), zone, passage(mail_from="x@elsewhere.example.net")).result is NONE


def test_two_organizations_under_one_public_suffix_are_strangers():
    zone = Zone().text("evil.co.uk", b"v=spf1 +all")

    assert judge(mail(sender="dana@clinic.co.uk"), zone, passage(mail_from="x@evil.co.uk")).result is NONE


def test_a_forbidden_client_fails():
    zone = Zone().text("clinic.example.com", b"v=spf1 ip4:198.51.100.0/24 -all")

    assert judge(mail(), zone).result is FAIL


def test_spf_follows_includes_mx_and_addresses():
    zone = Zone().text("clinic.example.com", b"v=spf1 include:_spf.example.net mx -all")
    zone.text("_spf.example.net", b"v=spf1 ip4:203.0.113.9 -all")
    zone.records["clinic.example.com", "MX"] = ((10, "mx.example.com"),)
    zone.records["mx.example.com", "A"] = ("192.0.2.7",)

    assert judge(mail(), zone).result is PASS


def test_the_null_sender_is_asked_by_its_helo():
    zone = Zone().text("mail.clinic.example.com", b"v=spf1 a -all")
    zone.records["mail.clinic.example.com", "A"] = ("192.0.2.7",)

    assert judge(mail(), zone, passage(mail_from="")).result is PASS


def test_a_loop_of_includes_is_no_pass():
    zone = Zone().text("clinic.example.com", b"v=spf1 include:clinic.example.com -all")

    assert judge(mail(), zone).result is not PASS


def test_an_ipv6_client_is_looked_up_as_such():
    zone = Zone().text("clinic.example.com", b"v=spf1 ip6:2001:db8::/32 -all")

    assert judge(mail(), zone, passage(client="2001:db8::7")).result is PASS


def test_dkim_of_the_from_domain_is_a_pass_whoever_delivered_it():
    zone = Zone().signs_for("clinic.example.com")

    found = judge(signed(mail(), "clinic.example.com"), zone, passage(client="203.0.113.1"))

    assert (found.result, found.reason) == (PASS, "DKIM signature of clinic.example.com speaks for clinic.example.com")


def test_dkim_is_enough_for_mail_without_an_envelope():
    zone = Zone().signs_for("clinic.example.com")
    fetched = Passage("imap", None, None, None)

    assert judge(signed(mail(), "clinic.example.com"), zone, fetched).result is PASS


def test_a_changed_body_breaks_the_signature():
    zone = Zone().signs_for("clinic.example.com")

    changed = signed(mail(), "clinic.example.com").replace(b"96370 x2", b"96370 x9")

    assert judge(changed, zone).result is FAIL


def test_a_changed_from_breaks_the_signature():
    zone = Zone().signs_for("clinic.example.com")

    changed = signed(mail(), "clinic.example.com").replace(b"dana@", b"eve@")

    assert judge(changed, zone).result is FAIL


def test_a_signature_over_a_part_of_the_body_proves_nothing():
    zone = Zone().signs_for("clinic.example.com")

    assert judge(signed(mail(), "clinic.example.com", length=True), zone).result is FAIL


def test_a_signature_of_another_domain_says_nothing_of_the_from_domain():
    zone = Zone().signs_for("newsletter.example.net")

    assert judge(signed(mail(), "newsletter.example.net"), zone).result is NONE


def test_the_second_signature_counts_where_the_first_is_a_strangers():
    zone = Zone().signs_for("newsletter.example.net").signs_for("clinic.example.com")
    raw = signed(signed(mail(), "clinic.example.com"), "newsletter.example.net")

    assert judge(raw, zone).result is PASS


@pytest.mark.parametrize("name", ["s1._domainkey.clinic.example.com", "_dmarc.clinic.example.com"])
def test_a_silent_dns_is_no_failure_but_asked_again(name):
    zone = Zone(silent={name})

    found = judge(signed(mail(), "clinic.example.com"), zone)

    assert found.result is TEMPERROR
    assert "DNS" in found.reason


def test_a_silent_dns_for_spf_is_asked_again():
    assert judge(mail(), Zone(silent={"clinic.example.com"})).result is TEMPERROR


def test_a_good_signature_is_enough_where_spf_is_silent():
    zone = Zone(silent={"clinic.example.com"}).signs_for("clinic.example.com")

    assert judge(signed(mail(), "clinic.example.com"), zone).result is PASS


def test_two_from_addresses_are_never_believed():
    zone = Zone().text("clinic.example.com", b"v=spf1 +all")
    raw = mail(sender="dana@clinic.example.com, boss@bank.example.net")

    assert judge(raw, zone).result is FAIL


def test_two_from_fields_are_never_believed():
    zone = Zone().signs_for("clinic.example.com")
    raw = b"From: boss@bank.example.net\r\n" + signed(mail(), "clinic.example.com")

    assert judge(raw, zone).result is FAIL


# --- results that a server of ours stated (RFC 8601)

OURS = "mx.desk.example.com"


def results(said: str, *, by: str = OURS) -> bytes:
    return f"Authentication-Results: {by}; {said}\r\n".encode()


def fetched(raw: bytes, zone: Zone | None = None, **settings: object) -> Authentication:
    return judge(raw, zone or Zone(), Passage("imap", None, None, None), authserv_ids=frozenset({OURS}), **settings)


@pytest.mark.parametrize(
    "said",
    [
        "dmarc=pass header.from=clinic.example.com",
        "spf=pass smtp.mailfrom=dana@clinic.example.com",
        "spf=fail smtp.mailfrom=other.example.net; dkim=pass header.i=@clinic.example.com",
        "dkim=pass (2048-bit key) header.d=example.com header.s=x header.b=abc",
    ],
)
def test_our_servers_pass_is_believed(said):
    assert fetched(results(said) + mail()).result is PASS


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("dmarc=fail header.from=clinic.example.com; spf=pass smtp.mailfrom=clinic.example.com", FAIL),
        ("spf=softfail smtp.mailfrom=clinic.example.com", FAIL),
        ("spf=pass smtp.mailfrom=other.example.net", NONE),
        ("dkim=pass header.d=other.example.net", NONE),
        ("auth=pass smtp.auth=clinic.example.com", NONE),
        ("none", NONE),
        ("nonsense", NONE),
    ],
)
def test_what_our_server_did_not_pass_is_not_believed(said, result):
    assert fetched(results(said) + mail()).result is result


def test_anybody_elses_results_are_a_claim():
    assert fetched(results("dmarc=pass header.from=clinic.example.com", by="mx.evil.example") + mail()).result is NONE


def test_results_below_the_next_received_came_with_the_mail():
    forged = results("dmarc=pass header.from=clinic.example.com")
    raw = results("spf=fail smtp.mailfrom=clinic.example.com") + b"Received: from evil\r\n" + forged + mail()

    assert fetched(raw).result is FAIL


def test_two_of_our_milters_write_a_header_each():
    raw = results("dkim=none") + results("dmarc=pass header.from=clinic.example.com") + b"Received: x\r\n" + mail()

    assert fetched(raw).result is PASS


def test_a_client_that_hands_mail_to_us_directly_states_nothing():
    raw = results("dmarc=pass header.from=clinic.example.com") + mail()

    assert judge(raw, Zone(), authserv_ids=frozenset({OURS})).result is NONE


def test_a_relay_of_ours_states_results_and_is_not_asked_by_spf():
    raw = results("dmarc=pass header.from=clinic.example.com") + mail()
    known = {"authserv_ids": frozenset({OURS}), "relay_networks": [ip_network("10.1.0.0/16")]}

    assert judge(raw, Zone(), passage(client=OUR_RELAY), **known).result is PASS
    zone = Zone().text("clinic.example.com", b"v=spf1 ip4:10.1.0.5 -all")
    assert judge(mail(), zone, passage(client=OUR_RELAY), **known).result is NONE


def test_exchange_online_states_results_without_a_name():
    said = b"Authentication-Results: spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=clinic.example.com;\r\n"
    said += b" dkim=none (message not signed) header.d=none;dmarc=pass action=none\r\n"
    said += b" header.from=clinic.example.com;compauth=pass reason=100\r\n"
    how = Passage("imap", None, None, None)

    assert judge(said + mail(), Zone(), how, authserv_ids=frozenset({"unnamed"})).result is PASS
    assert judge(said + mail(), Zone(), how, authserv_ids=frozenset({OURS})).result is NONE


# --- ARC (RFC 8617)


def forwarded() -> bytes:
    seen = results("dmarc=pass header.from=clinic.example.com", by="list.example.org") + mail()
    return sealed(seen, "list.example.org", authserv_id="list.example.org")


def test_a_named_sealer_saw_the_mail_pass():
    zone = Zone().signs_for("list.example.org")

    found = judge(forwarded(), zone, passage(client="203.0.113.5"), arc_sealers=frozenset({"list.example.org"}))

    assert found.result is PASS
    assert "ARC" in found.reason


def test_a_seal_of_anybody_else_proves_nothing():
    zone = Zone().signs_for("list.example.org")

    assert judge(forwarded(), zone, arc_sealers=frozenset({"other.example.org"})).result is NONE


def test_a_broken_chain_proves_nothing():
    zone = Zone().signs_for("list.example.org")
    raw = forwarded().replace(b"96370 x2", b"96370 x9")

    assert judge(raw, zone, arc_sealers=frozenset({"list.example.org"})).result is NONE


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe", b"From: dana@clinic.example.com", b"DKIM-Signature: v=1; a=\r\nFrom: d@example.com\r\n\r\n"],
)
def test_no_bytes_raise(raw):
    assert judge(raw, Zone()).result in {NONE, FAIL}
