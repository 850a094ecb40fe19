"""The question as it is quoted: a pure greeting at its beginning and a pure closing at its end are left out."""

from __future__ import annotations

import re

_NAME = (
    r"(?:[\s,]+(?:all|team|there|everyone|folks|coders?|sir|madam|friends?|ladies|gentlemen|"
    r"[A-Z][\w.'-]{0,24}|\[[\w -]{1,24}\])){0,3}"
)
_GREETING = re.compile(
    r"(?:(?i:hi+|hello|hey|dear|greetings|good\s(?:morning|afternoon|evening|day)|to whom it may concern))"
    rf"{_NAME}\s*[,.!:-]*"
)
_CLOSING = re.compile(
    r"(?i:(?:many\s|best\s|kind\s|warm\s|kindest\s|with\s(?:best|kind)\s)?(?:thanks?|thank\s(?:you|u)|thx|ty|tia|regards|"
    r"sincerely|respectfully|cheers|best|appreciated?|have a (?:great|good|nice) (?:day|one|weekend))"
    r"(?:\s(?:so much|very much|a lot|again|you|in advance|all|everyone|"
    r"for (?:your|the|any) (?:help|time|assistance|input)|and (?:best )?regards)){0,3})\s*[,.!:)-]*"
)


def bare_question(text: str) -> str:
    """Returns the text without greeting and closing lines; the text itself where nothing else is in it."""
    subject, _, body = text.strip().partition("\n\n")
    opening, _, rest = body.partition("\n")
    if rest.strip() and _is(_GREETING, opening):  # the subject stands before the mail's own greeting
        text = f"{subject}\n\n{rest.strip()}"
    lines = text.strip().split("\n")
    first, last = 0, len(lines)
    while first < last and _is(_GREETING, lines[first]):
        first += 1
    while last > first and _is(_CLOSING, lines[last - 1]):
        last -= 1
    return "\n".join(lines[first:last]).strip("\n") or text.strip()


def _is(pattern: re.Pattern[str], line: str) -> bool:
    """An empty line beside one of them goes with it."""
    plain = line.strip()
    return not plain or pattern.fullmatch(plain) is not None
