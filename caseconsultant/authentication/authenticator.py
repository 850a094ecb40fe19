"""What a mail's authentication comes to: the one place that decides pass, trusted, fail or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address

from caseconsultant.authentication import alignment, results, sender_policy, signatures
from caseconsultant.authentication.resolver import DnsTroubleError, Resolver
from caseconsultant.domain.authentication import Authentication, AuthenticationResult, Passage
from caseconsultant.domain.message import ParsedMessage

_DIRECT = "smtp"
_PASS, _FAIL, _NONE, _TEMPERROR = (
    AuthenticationResult.PASS,
    AuthenticationResult.FAIL,
    AuthenticationResult.NONE,
    AuthenticationResult.TEMPERROR,
)


@dataclass(frozen=True, slots=True)
class Authenticator:
    """`relay_networks`: servers of ours that hand mail on by SMTP, whose `authserv_ids` are believed."""

    resolver: Resolver
    authserv_ids: frozenset[str] = frozenset()
    relay_networks: Sequence[IPv4Network | IPv6Network] = ()
    arc_sealers: frozenset[str] = frozenset()

    def __call__(self, raw: bytes, message: ParsedMessage, passage: Passage) -> Authentication:
        """Whether the From address is believed. Never raises: what cannot be found out is no pass."""
        if message.from_address is None:
            return Authentication(_NONE, "no From address")
        if _several_senders(message):
            return Authentication(_FAIL, "more than one From address: nothing can speak for both")
        domain = message.from_address.rpartition("@")[2]
        try:
            return self._decide(raw, passage, domain)
        except DnsTroubleError as error:
            return Authentication(_TEMPERROR, f"DNS: {error}")

    def _decide(self, raw: bytes, passage: Passage, domain: str) -> Authentication:
        stated = self._stated(raw, passage)
        if stated and (found := _by_results(stated, domain)):
            return found
        policy = alignment.record(domain, resolver=self.resolver)
        signed = signatures.check(raw, resolver=self.resolver)
        for item in signed:
            if item.result == "pass" and alignment.aligned(item.domain, domain, strict=policy.strict_dkim):
                return Authentication(_PASS, f"DKIM signature of {item.domain} speaks for {domain}")
        spf = self._sender_policy(passage)
        if spf.result == "pass" and alignment.aligned(spf.domain, domain, strict=policy.strict_spf):
            return Authentication(_PASS, f"SPF of {spf.domain} speaks for {domain}")
        return self._by_seal(raw, domain) or _not_believed(domain, policy, spf, signed)

    def _stated(self, raw: bytes, passage: Passage) -> tuple[results.Stated, ...]:
        """Results that a server of ours wrote: for mail that a client handed us directly there are none."""
        if not self.authserv_ids or (passage.source == _DIRECT and not self._through_relay(passage)):
            return ()
        return results.stated(signatures.headers_of(raw), authserv_ids=self.authserv_ids)

    def _through_relay(self, passage: Passage) -> bool:
        if passage.client_address is None:
            return False
        client = ip_address(passage.client_address)
        return any(client in network for network in self.relay_networks)

    def _sender_policy(self, passage: Passage) -> sender_policy.SpfResult:
        """SPF can be asked only of the client that met us from outside."""
        if passage.source != _DIRECT or self._through_relay(passage):
            return sender_policy.SpfResult("none", "")
        return sender_policy.check(passage, resolver=self.resolver)

    def _by_seal(self, raw: bytes, domain: str) -> Authentication | None:
        if not self.arc_sealers:
            return None
        seen = signatures.sealed_results(raw, sealers=self.arc_sealers, resolver=self.resolver)
        found = _by_results(results.of_header(seen), domain) if seen else None
        if found is None or found.result is not _PASS:
            return None
        return Authentication(_PASS, f"ARC: a named sealer saw: {found.reason}")


def _several_senders(message: ParsedMessage) -> bool:
    """RFC 5322 3.6 allows one From field; with a second address in it DMARC has no single domain to look at."""
    return any(defect.startswith("several From") for defect in message.defects)


def _by_results(stated: Iterable[results.Stated], domain: str) -> Authentication | None:
    """What a server's results come to; the first of each method counts. None if they say nothing of this domain."""
    said = tuple(stated)
    dmarc = next((item for item in said if item.method == "dmarc"), None)
    if dmarc and dmarc.result == "fail":
        return Authentication(_FAIL, f"our server found DMARC fail for {domain}")
    for item in said:
        if item.result == "pass" and _speaks(item, domain):
            return Authentication(_PASS, f"our server found {item.method} pass for {item.domain}")
    failed = [item.method for item in said if item.result in {"fail", "softfail"} and _speaks(item, domain)]
    return Authentication(_FAIL, f"our server found {failed[0]} fail for {domain}") if failed else None


def _speaks(item: results.Stated, domain: str) -> bool:
    if item.method not in {"dmarc", "spf", "dkim"}:
        return False
    return alignment.aligned(item.domain, domain, strict=False)


def _not_believed(
    domain: str,
    policy: alignment.DmarcRecord,
    spf: sender_policy.SpfResult,
    signed: Sequence[signatures.Signature],
) -> Authentication:
    said = f"SPF {spf.result}" + "".join(f", DKIM of {item.domain or '?'} {item.result}" for item in signed)
    if "temperror" in {spf.result, *(item.result for item in signed)}:
        return Authentication(_TEMPERROR, f"DNS did not answer: {said}")
    if policy.policy:
        return Authentication(_FAIL, f"nothing speaks for {domain} (policy {policy.policy}): {said}")
    failed = spf.result in {"fail", "softfail"} or any(item.result == "fail" for item in signed)
    return Authentication(_FAIL if failed else _NONE, f"nothing speaks for {domain}: {said}")
