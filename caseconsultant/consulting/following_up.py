"""A follow-up in the light of the question before it: `and if it was 4 hours?` changes one fact of a case told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseconsultant.consulting.consultant import consult
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import read_question
from caseconsultant.domain.answer import Consultation
from caseconsultant.domain.codes import Payer, Setting, Span
from caseconsultant.domain.question import DurationMention, Question

_SUPPOSES = re.compile(
    r"\b(?:what if|what about|how about|and (?:if|when|for|in|with(?: a)?)\b|but if|suppose|assum(?:e|ing)|instead"
    r"|same (?:question|thing|case|scenario|claim)|would (?:it|that|this) (?:change|be different|differ)"
    r"|if (?:it|they|he|she|we|the)\b)",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(r"^\W*(?:and|or|but|what|how|same)\b[^?]{0,60}\?\W*$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|that|this|those|these|they|same(?! (?:day|date|visit))|then|instead|still|also|too)\b", re.IGNORECASE
)
_OPENS_ANOTHER = re.compile(
    r"\b(?:another|new|different|second|one more|unrelated|separate|next) (?:one|question|case|patient|claim)\b",
    re.IGNORECASE,
)
_LONGEST_SUPPOSITION = 300
_OWN_CASE_WORDS = 14
_MEASURES = (
    re.compile(r"\b\d+(?:\.\d+)?\s?(?:cm|mm|centimeters?|millimeters?)\b", re.IGNORECASE),
    re.compile(r"\b\d+(?:\.\d+)?\s?(?:mg|mcg|grams?|g)\b", re.IGNORECASE),
    re.compile(r"\b\d{1,3}[\s-]?(?:years?|yrs?|months?|weeks?)[\s-]old\b|\b\d{1,3}\s?y/?o\b", re.IGNORECASE),
    re.compile(r"\b\d{1,3} days?\b", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Supposed:
    """The question to answer now; payer and setting where the follow-up changes them."""

    text: str
    payer: Payer | None = None
    setting: Setting | None = None


def consult_following(earlier: Sequence[str], newest: str, *, knowledge: Knowledge, as_of: date) -> Consultation:
    """The answer to `newest`, asked after `earlier` (oldest first), as `consult` gives it. Never raises on any text.

    A supposition puts its facts in the place of the earlier ones; a question that stands by itself is answered by
    itself; anything else (an answer to what we asked) is added to what was told.
    """
    if not earlier:
        return consult(newest, knowledge=knowledge, as_of=as_of)
    told = "\n\n".join(earlier)
    before = read_question(told, knowledge=knowledge, as_of=as_of)
    now = read_question(newest, knowledge=knowledge, as_of=as_of)
    if _supposes(newest):
        supposed = _supposed(before, now)
    elif _stands_alone(newest, now):
        supposed = Supposed(newest, now.payer or before.payer, now.setting or before.setting)
    else:
        supposed = Supposed(f"{told}\n\n{newest}")
    return consult(supposed.text, knowledge=knowledge, as_of=as_of, payer=supposed.payer, setting=supposed.setting)


def _supposes(newest: str) -> bool:
    if len(newest) > _LONGEST_SUPPOSITION or "?" not in newest or _OPENS_ANOTHER.search(newest):
        return False
    return bool(_SUPPOSES.search(newest) or _ELLIPTIC.match(newest))


def _stands_alone(newest: str, now: Question) -> bool:
    """A case of its own: codes and words enough, and nothing that points back."""
    if not now.codes or "?" not in newest:
        return False
    told = len(newest.split()) >= _OWN_CASE_WORDS and not _POINTS_BACK.search(newest)
    return told or bool(_OPENS_ANOTHER.search(newest))


def _supposed(before: Question, now: Question) -> Supposed:
    """The earlier text with what the follow-up changes; what has no counterpart there is added behind it."""
    changes, left = _durations(before, now)
    for pattern in _MEASURES:
        change = _only(pattern, before.text, now.text)
        if change:
            changes.append(change)
    text = _with(before.text, changes)
    new_codes = {item.code for item in now.codes} - {item.code for item in before.codes}
    changed = bool(changes) or now.payer is not None or now.setting is not None
    if left or new_codes or not changed:
        text = f"{text}\n\n{now.text}"
    return Supposed(text, now.payer, now.setting)


def _durations(before: Question, now: Question) -> tuple[list[tuple[Span, str]], bool]:
    """Each new length of time in the place of the one it changes; and whether one found no place."""
    changes: list[tuple[Span, str]] = []
    for mention in now.durations:
        old = _counterpart(mention, before.durations)
        if old is None:
            return [], True
        changes.append((old.span, now.text[mention.span.start : mention.span.end]))
    return changes, False


def _counterpart(mention: DurationMention, durations: Sequence[DurationMention]) -> DurationMention | None:
    """The earlier length of the same code; else the only one there is."""
    same = [item for item in durations if set(item.codes) & set(mention.codes)]
    if len(same) == 1:
        return same[0]
    return durations[0] if len(durations) == 1 else None


def _only(pattern: re.Pattern[str], before: str, now: str) -> tuple[Span, str] | None:
    """The one measure of a kind that either text has."""
    old, new = list(pattern.finditer(before)), list(pattern.finditer(now))
    if len(old) != 1 or len(new) != 1 or old[0][0] == new[0][0]:
        return None
    return Span(*old[0].span()), new[0][0]


def _with(text: str, changes: Sequence[tuple[Span, str]]) -> str:
    for span, words in sorted(changes, key=lambda change: change[0].start, reverse=True):
        text = f"{text[: span.start]}{words}{text[span.end :]}"
    return text
