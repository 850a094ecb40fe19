"""What is asked, and the topics it touches."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.question import Intent, Topic

_PATTERNS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern))
    for intent, pattern in (
        (
            Intent.TOGETHER,
            (
                r"\btogether\b|\bsame\s(?:day|visit|encounter|date|claim|session|time|dos)\b|\bbundl\w{1,6}\b|"
                r"\bunbundl\w{1,6}\b|\bseparately\b|\bin addition\b|"
                r"\bncci\b|\bptp\b|\bcci\b|\balong\swith\b|\bon top of\b|\bboth\b|\bconflict\b|\bas well as\b|"
                r"\bbesides?\b|\bincluded in\b|\bgo(?:es)? with\b"
            ),
        ),
        (Intent.MODIFIER, r"\bmodifiers?\b|\bmod\b|\b(?:59|25|xu|xs|xe|xp)\s?(?:\?|or\b|vs)"),
        (
            Intent.UNITS,
            (
                r"\bhow many\b|\bunits?\b|\bhow much of\b|\bquantity\b|\bmues?\b|\bhow (?:do|should|would) (?:we|i|"
                r"you) (?:bill|code|report|charge)\b|\badditional hours?\b"
            ),
        ),
        (Intent.LEVEL, r"\b(?:what|which|right|correct)\s(?:e/?m\s|visit\s)?level\b|\bmdm\b"),
        (
            Intent.WHICH_CODE,
            (
                r"\b(?:what|which)\s(?:\w{1,14}\s){0,3}codes?\b|\bhow (?:do|should|would|can|to)\s?(?:we|i|you|"
                r"one)?\s?(?:code|bill|report|charge)\b|\bcode (?:this|it)\b|"
                r"\bcodes?\s?\?|\bcorrect(?:ly)?\s(?:code|coding|way)\b|\bcod(?:es?|ing)\sfor\b|"
                r"\bwhat (?:do|should|would|can) (?:we|i) (?:bill|code|report|use|charge)\b|"
                r"\bhow is (?:this|it) (?:coded|billed)\b"
            ),
        ),
        (
            Intent.VALIDITY,
            (
                r"\bvalid\b|\bstill\s(?:active|in use|good|a code)\b|\bdeleted\b|\bactive code\b|\bbillable code\b|"
                r"\bexists?\b"
            ),
        ),
        (Intent.DIAGNOSIS, r"\bdx\b|\bdiagnos[ei]s\b|\bicd\b|\bmedical(?:ly)? necess\w{2,5}\b"),
        (
            Intent.DENIAL,
            r"\bden(?:y|ied|ial|ials|ies)\b|\breject(?:ed|ion)\b|\bco-?\d{2,3}\b|\bappeal\w{0,3}\b|\boverturn\b",
        ),
        (
            Intent.PAYMENT,
            (
                r"\bhow much\b|\bfee schedule\b|\bpay(?:s|ment|able)?\b|\breimburse\w{0,5}\b|\brvus?\b|"
                r"\ballowed amount\b|\bpaid\b"
            ),
        ),
        (
            Intent.MEANING,
            (
                r"\bwhat(?:'s|\sis|\sdoes|\sare)\b[^.?!\n]{0,40}?\b(?:mean|for|\d{5})\b|\bdefin\w{2,8}\b|\bdescri(?:be|"
                r"ption|ptor)\b|\bdifference\b|\bexplain\b"
            ),
        ),
        (Intent.DOCUMENTATION, r"\bdocument\w{0,7}\b|\bnote\b|\bchart\b(?!ed)|\brecords?\sneed\b"),
    )
)
_YES_NO = re.compile(
    r"(?:^|[.?!\n,;:(]|\s[-\u2013\u2014](?=\s)|\b(?:so|and|but|or|wondering|know|if|whether|please|also|hi|hello|then|question|"
    r"advise)\b)\s{0,3}(?:if\s|whether\s)?"
    r"(?:(?:can|could|may|must|should|shall|do|does|did|is|are|would|will|am|was|were)\b(?:n't)?|(?:we|i|they|you)\s(?:can|"
    r"may|could|should)\b)|"
    r"\b(?:ok|okay|allowed|appropriate|correct|permissible|acceptable|possible|billable|payable|legal|right|"
    r"compliant)\s?(?:to\b|\?)|"
    r"\b(?:allowed|billable|payable|bundled|right|correct|ok|okay|valid|covered|fine|agreed?|true|proper|needed|required|"
    r"necessary|part [abd]|enough|acceptable|reportable|separate|separately|appropriate|justified|kosher)\s?\?|"
    r",\s(?:needs?|requires?)\s(?:an?|any)\s(?:modifier|mod|abn|order|referral)\s?\?|"
    r"\b(?:could|can|may|should)\s(?:the|an?|our|my|his|her)\s\w{2,20}\s[^.?!\n]{0,60}\?|"
    r"\b(?:incident[\s-]to(?:\sthe\s(?:md|doctor|physician))?|new\s(?:pt|patient)(?:\svisit)?|"
    r"under\s(?:the\s)?(?:md|doctor|physician))\s?\?",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(
    r"[,;]\s(?:and\s|or\s)?(?:is|are|was|were|do|does|did|can|may|should|will)\s[^,;.?!\n]{3,60}\b"
    r"(?:allowed|right|correct|ok|okay|covered|payable|billable|valid|appropriate|acceptable|enough|possible)\s?\?",
    re.IGNORECASE,
)
"""`Which family, is the chemo one allowed?`: the second half asks for yes or no by itself."""
_SAME_HERE = re.compile(
    r"\bsame (?:thing |rule )?(?:for|with|at|in) (?:us|our|the|an?)\b[^.?!\n]{0,20}\?|\bsame here\s?\?", re.IGNORECASE
)
_ASKS_HOW = re.compile(r"\b(?:what|which|how|why|when|where|who)\b[^.?!\n]{0,60}$", re.IGNORECASE)
_QUESTION_MARK = re.compile(r"\?")
_LAST_STRETCH = re.compile(r"[^.?!\n]*$")
_OPEN_WORD = re.compile(r"\b(?:what|which|how|why|when|where|who)\b", re.IGNORECASE)
_WANTED = re.compile(r"\b(?:codes?|units?|coding|modifiers?)(?:\sand\s(?:units?|modifiers?))?\s*$", re.IGNORECASE)
"""`..., codes?` asks which ones."""
_ASKED_FOR = re.compile(
    r"\b(?:level|dx|diagnos[ei]s|icd(?:-?10)?(?:-cm)?|pos|place of service|order|sequence|payment|fee|amount|price|"
    r"thoughts?|advice|ideas?|help|suggestions?|guidance|minutes|time|procedures?|lines?|reason|meaning|difference|"
    r"options|rule|policy|quantity|answer|please|thanks|source|reference|citation)\s*$",
    re.IGNORECASE,
)
"""`..., place of service?` asks which one."""
_CHOICE = re.compile(r"\bor\b(?!\snot\b|\sno\b)|\bvs\b|\bversus\b", re.IGNORECASE)
_CODE_OR_MODIFIER = re.compile(r"\d{2}|\b(?:XE|XS|XP|XU)\b")
_FEWEST_WORDS, _MOST_WORDS = 2, 24
_JOINED = re.compile(
    r"^[^.?!\n]{0,30}?(?:\b(?:with|and|plus|w/|together|beside|alongside)\b|[+&/,])[^.?!\n]{0,30}$", re.IGNORECASE
)

_MODIFIER = r"(?:\d{2}|XE|XS|XP|XU|LT|RT|TC|AS|FT|GA|GX|GY|GZ|KX|QW)"
_MODIFIER_CHOICE = re.compile(
    rf"(?<![\d/])-?{_MODIFIER}(?:,\s-?{_MODIFIER}){{0,3}},?\s(?:or|vs\.?|"
    rf"versus)\s(?:modifier\s)?-?{_MODIFIER}\b[^.?!\n]{{0,40}}\?"
)
_TIMES = re.compile(r"\d:\d{2}|\d\s?-?(?:min|hour|hr)")
"""A list of what was given when asks nothing by its `and`."""

_TOPICS: dict[Intent, tuple[Topic, ...]] = {
    Intent.TOGETHER: (Topic.NCCI,),
    Intent.MODIFIER: (Topic.MODIFIERS,),
    Intent.UNITS: (Topic.GUIDELINES,),
    Intent.LEVEL: (Topic.GUIDELINES,),
    Intent.WHICH_CODE: (Topic.GUIDELINES,),
    Intent.VALIDITY: (Topic.DESCRIPTION,),
    Intent.DIAGNOSIS: (Topic.COVERAGE,),
    Intent.DENIAL: (Topic.NCCI, Topic.COMPLIANCE),
    Intent.PAYMENT: (Topic.FEES,),
    Intent.MEANING: (Topic.DESCRIPTION,),
    Intent.DOCUMENTATION: (Topic.COMPLIANCE,),
}


def intents(text: str, *, codes: Sequence[CodeMention]) -> tuple[Intent, ...]:
    """What is asked, in the order of `Intent`; two codes joined by `with` or `and` ask whether they go together."""
    lowered = text.lower()  # patterns in small letters are many times as fast as ones that ignore case
    found = {intent for intent, pattern in _PATTERNS if pattern.search(lowered)}
    if not codes:
        found.discard(Intent.TOGETHER)  # `at the same time` of two drugs asks nothing
    if _joined(text, codes):
        found.add(Intent.TOGETHER)
    return tuple(intent for intent in Intent if intent in found)


def asks_yes_or_no(text: str) -> bool:
    """Whether some sentence wants yes or no for an answer (`can we bill ...`, `is it ...`, `... allowed?`)."""
    if _OWN_CLAUSE.search(text) or _SAME_HERE.search(text):
        return True
    if any(_elliptical(text, match.start()) for match in _QUESTION_MARK.finditer(text)):
        return True
    return any(
        not _ASKS_HOW.search(text, max(0, match.start() - 60), match.start() + 1) for match in _YES_NO.finditer(text)
    )


def _elliptical(text: str, mark: int) -> bool:
    """`96376 in the office?` and `full fee?` ask for yes or no; `which code for 96376?` and `level?` do not."""
    before = _LAST_STRETCH.search(text[max(0, mark - 200) : mark])
    stretch = before.group() if before else ""
    if _OPEN_WORD.search(stretch) or _WANTED.search(stretch):
        return False
    if _CODE_OR_MODIFIER.search(stretch):
        return True
    short = _FEWEST_WORDS <= len(stretch.split()) <= _MOST_WORDS
    return short and not _ASKED_FOR.search(stretch) and not _CHOICE.search(stretch)


def asks_which_modifier(text: str) -> bool:
    """`57 or 25?`, `58, 78 or 79?`: one of them is to be chosen, so that yes or no answers nothing."""
    return _MODIFIER_CHOICE.search(text) is not None


def topics(found: Sequence[Intent], *, codes: Sequence[CodeMention], timed: bool) -> tuple[Topic, ...]:
    """The topics the intents touch; a length of time always brings the guidelines."""
    touched = {topic for intent in found for topic in _TOPICS[intent]}
    if timed:
        touched.add(Topic.GUIDELINES)
    if len({each.code for each in codes}) > 1:
        touched.add(Topic.NCCI)
    if any(each.modifiers for each in codes):
        touched.add(Topic.MODIFIERS)
    if not touched and codes:
        touched.add(Topic.DESCRIPTION)
    return tuple(topic for topic in Topic if topic in touched)


def _joined(text: str, codes: Sequence[CodeMention]) -> bool:
    pairs = itertools.pairwise(codes)
    return any(
        first.code != second.code and _JOINED.match(text[first.span.end : second.span.start]) is not None
        for first, second in pairs
        if 0 < second.span.start - first.span.end <= 70  # noqa: PLR2004 - one breath
        and not _TIMES.search(text, first.span.end, second.span.start)
    )
