"""Notices of systems that say nothing of themselves in their headers: help desks, monitors, telephones, shops.

Their words are ordinary words, so that one alone tells nothing. Two of the same kind do, or one below a sender or
a header that is half a mark, in a mail that asks nothing; for each word of the coder's trade one more is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.parsing.dividing import is_reply_mark
from caseconsultant.parsing.outline import Outline
from caseconsultant.parsing.vocabulary import notices

_I = re.IGNORECASE


def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), _I)


_SURE_SUBJECT = re.compile(rf"\s*(?:{'|'.join(notices.SURE_SUBJECTS)})", _I)
_SURE_TEXT = _one_of(notices.SURE_TEXTS)
_CANNED = _one_of(notices.CANNED_QUESTIONS)
_REQUEST = _one_of(notices.REQUESTS)
_SUBSTANCE = tuple(re.compile(pattern, _I) for pattern in notices.SUBSTANCE)
_KINDS = {
    kind: (_one_of(subjects), tuple(re.compile(text, _I) for text in texts))
    for kind, (subjects, texts) in notices.KINDS.items()
}
_URL = re.compile(r"https?://\S+|www\.\S+")
_ANSWERED = re.compile(r"\s*(?:re|aw|sv|vs|fwd?|wg|tr|rv|r|i)\s?:", _I)
_FORWARDED = re.compile(r"\s*(?:\[[^\]]{1,30}\]\s*)?(?:fwd?|wg|tr|rv|enc|i)\s?:", _I)
_OUR_CASE = re.compile(r"\bCC-\d{4}-\d{3,9}\b", _I)
_ASKS = re.compile(r"[?\uff1f\u061f\u037e\u00bf]")
_CODE = re.compile(r"(?<!\w)(?:\d{5}|[A-Z]\d{4}|[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})(?!\w)")
_NO_CODES = {"absence", "account", "appointment"}
"""Kinds whose words people use about their day: with a code in the text the mail is about the code."""
_TOP = 1_500
_LONG = 3_000
_ENOUGH = 2


def reason(outline: Outline, *, weak: bool) -> str | None:
    """Returns the kind of notice; None for a person's words. What a person forwards is a person's question.

    `weak`: a weak mark stands in the headers.
    """
    if _FORWARDED.match(outline.subject):
        return None
    if _only_below_mark(outline):
        return "ticket notice"
    own = re.sub(r"\s+", " ", outline.own[: _TOP * 2])[:_TOP].strip()
    if len(outline.own) > _LONG or asks_something(own):
        return None
    return next(_reasons(outline.subject[:400], own, enough=_ENOUGH + trade_words(outline.text) - weak), None)


def trade_words(text: str) -> int:
    """How many kinds of the coder's words stand in a text: patients, payers, sides, minutes, doses."""
    return sum(bool(pattern.search(text[:_LONG])) for pattern in _SUBSTANCE)


def asks_something(text: str) -> bool:
    """Whether a text asks, with a question mark or without; notices' own "Questions?" asks nothing."""
    plain = _CANNED.sub("", _URL.sub("", text))
    return bool(_ASKS.search(plain) or _REQUEST.search(plain))


def _reasons(subject: str, own: str, *, enough: int) -> Iterator[str]:
    if _SURE_SUBJECT.match(subject) or _SURE_TEXT.search(own):
        yield "notice of a system"
    subject = "" if _OUR_CASE.search(subject) or _ANSWERED.match(subject) else subject
    for kind, (of_subject, of_text) in _KINDS.items():
        told = sum(bool(pattern.search(own)) for pattern in of_text)
        named = bool(of_subject.search(subject))
        if kind in _NO_CODES and _CODE.search(own):
            continue
        if told and told + named >= enough:
            yield f"{kind} notice"


def _only_below_mark(outline: Outline) -> bool:
    """A desk's mail begins with its mark "reply above this line"; a person's reply stands above that mark."""
    first = next((line for line in outline.said[:_TOP].split("\n") if re.search(r"\w", line)), "")
    return is_reply_mark(first) and not _ASKS.search(_CANNED.sub("", _URL.sub("", outline.said)))
