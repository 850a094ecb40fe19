"""Where patients' names stand: behind the words that announce them, before their numbers, and again by surname.

A provider's name is no patient's: `Dr. Smith`, `Karen Whitlock, MD` and `Surgeon: ...` stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.parsing import cues, names

_UP = r"A-Z\u00c0-\u00d6\u00d8-\u00de\u0100\u0104\u010c\u0141\u015a\u0160\u017b\u017d"
_LOW = r"a-z\u00df-\u00f6\u00f8-\u017f"
_WORD = re.compile(rf"[{_UP}{_LOW}][{_UP}{_LOW}]*(?:['\u2019-][{_UP}{_LOW}]+)*(?!\w)\.?")
_GAP = re.compile(r"[ \t]+|,[ \t]*")
_PARTICLES = frozenset(
    "de la del van von der den da dos di el al bin ibn le st jr sr ii iii iv".split()  # noqa: SIM905 - read as words
)
_TAILS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_MOST_WORDS = 6

_PATIENT = r"(?:patients?|pts?\.?|mbr|beneficiary|member|subscriber|insured|client|resident|dependent|employee)"
_KIN = (
    r"(?:mother|father|mom|dad|daughter|son|wife|husband|spouse|guardian|partner|sister|brother|parent|child"
    r"|guarantor|sponsor|responsible party|next of kin|policy ?holder|baby (?:boy|girl))"
)
_LABEL_COLON = re.compile(
    rf"(?<![\w\[])(?:{_PATIENT}|{_KIN})[ \t]*[:=][ \t]*\"?",
    re.IGNORECASE,
)
_NAME_COLON = re.compile(
    rf"(?:(?<![\w\[])(?:{_PATIENT}|{_KIN})(?:['\u2019]s)?[ \t]+name|(?<![\w\[])(?:full|last|first|middle|sur)[ \t]?name"
    r"|(?m:^)[ \t>*-]*name|(?<![\w\[])middle)[ \t]*[:=][ \t]*\"?",
    re.IGNORECASE,
)
_LABEL_NAME = re.compile(
    rf"(?<![\w\[])(?i:{_PATIENT}|{_KIN})(?:['\u2019]s)?[ \t]{{1,3}}(?i:name)(?:[ \t]+is)?[ \t]+(?=[{_UP}{_LOW}])"
    rf"|(?m:^)NAME[ \t]+|(?<![\w\[])(?:Mrs?|Ms|Miss|Mx|mrs|MRS|SGT)\.?[ \t]+|\bM[RS]\.[ \t]+",
)
_NAMED = re.compile(rf"(?<![\w\[]){_PATIENT}[ \t]+(?:named|called)[ \t]+\"?", re.IGNORECASE)
_ANOTHER = re.compile(rf"\[name\](?:,? and| &)[ \t]+(?=[{_UP}])")
_ABOUT = re.compile(r"\b(?:re|regarding|concerning):?[ \t]+$", re.IGNORECASE)
_RUNNING = re.compile(
    rf"(?<![\w\[])(?:{_PATIENT}(?:,|[ \t]+is)?|{_KIN}(?:[ \t]+of|[ \t]+is)?|\brecipient)[ \t]+\"?(?=[{_UP}{_LOW}])",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    rf"(?<![\w\[])(?:{_PATIENT}[ \t]+(?P<value>[A-Z]\.[ ]?(?:[A-Z]\.){{1,2}})"
    r"|(?:(?:pt|patient)['\u2019]?s?[ \t]+)initials?:?[ \t]+(?P<other>(?:[A-Z]\.?){2,3})(?!\w))",
    re.IGNORECASE,
)
_KIN_OF = re.compile(rf"(?<![\w\[])(?P<value>[{_UP}][{_LOW}]+)(?=['\u2019]s[ \t]+{_KIN}\b)")
_DID = re.compile(
    rf"(?<![\w\[])(?P<value>[{_UP}][{_LOW}]{{2,20}})(?=['\u2019]s[ \t]+(?:chart|claim|visit|record|account|insurance"
    r"|coverage|surgery|MRN|DOB)\b|[ \t]+(?:had|was seen|received|underwent|presented|came in)\b)"
)
_CAPITALS = re.compile(  # a quick look: more of a name must follow, or what stands beside one
    rf"(?<![\w\[/.'-])(?=[{_UP}][\w'\u2019-]*[.'\u2019s]*,?[ \t]*(?:(?<=[ ,\t])(?:[{_UP}(\[]"
    r"|d[eiao]|v[ao]n|al|la|born|dob|mrn|acc|pt|pat|m[bi]|ssn|-)|[(\[]))"
)
_NUMBER_NEXT = re.compile(
    r"['\"]?,?[ \t]*[(\[-]?[ \t]*(?:DOB|D\.O\.B|MRN|date of birth|born\b|MBI|SSN|acct|account\b|MID\b"
    r"|\(?(?:pt|patient)\b|\d{1,2}/\d{1,2}/(?:19\d\d|200\d)\b"
    r"|\(?\[(?:date of birth|MRN|MBI|SSN|policy number|account number"
    r"|telephone|e-mail)\])",
    re.IGNORECASE,
)
_PROVIDER_BEFORE = re.compile(
    r"(?:\b(?i:dr|doctor|drs|surgeon|attending|provider|physician|pcp|assistant|cosurgeon|nurse|np|pa|by|box \d+|dn)\b"
    r"[.:]?[ \t]*(?:[A-Z][a-z]+[ \t]+)?|\b(?i:st|saint|mount)\b\.?[ \t]*)$",
)
_PROVIDER_AFTER = re.compile(
    r",?[ \t]*(?:(?:M\.?D|D\.?O|N\.?P|P\.?A(?:-C)?|R\.?N|DPM|DPT|PT|OT|CRNA|APRN|FNP|PhD|PsyD|LCSW|DDS|OD|CPC|CCS)\b"
    r"|Hospital|Clinic|Medical|Health|Center|Foundation|Univers|Pharma|Inc\b|LLC)"
)
_THEN_PROVIDER = re.compile(rf"(?:[ \t]+[{_UP}][\w'-]+)?{_PROVIDER_AFTER.pattern}")
_IN_BRACKETS = re.compile(r"[ \t]*\([ \t]*(?:MRN|DOB|\[(?:MRN|date of birth)\])")
_DOES = re.compile(
    r"(?:['\u2019]s)?[ \t]+(?:is|was|has|had|came|presented|received|underwent|who|returned|returns|needs|saw|got|and"
    r"|called|phoned|wrote|says|asks|asked|reports|denied|wants|paid|signed|joined|holds|present|consented|balance)\b"
    r"|[ \t]*[,(;.]|[ \t]*$|[ \t]*\n|[ \t]+\["
)


_PEOPLE = tuple(
    """
    patient pt mbr benefi member subscr insured client resident dependent employee mother father mom dad daughter son
    wife husband spouse guardian partner sister brother parent child guarantor sponsor responsible kin holder recipient
    baby
    """.split()  # noqa: SIM905 - read as words
)
_LABELS = (
    (_LABEL_COLON, False, _PEOPLE),
    (_NAME_COLON, True, ("name", "middle")),
    (_LABEL_NAME, True, ("name", "mr", "ms", "miss", "mx", "sgt")),
)
_BEFORE = (
    (_NAMED, True, ("named", "called")),
    (_ANOTHER, True, ("[name]",)),
    (_RUNNING, False, _PEOPLE),
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where names of patients stand, as (start, end), in no order and overlapping."""
    low = cues.small(text)
    for pattern, plainly, needs in _LABELS:
        for cue in cues.matches(pattern, text, low, needs):
            yield from _labelled(text, cue.end(), plainly=plainly)
    for pattern, single, needs in _BEFORE:
        for cue in cues.matches(pattern, text, low, needs):
            yield from _running(text, cue.end(), single=single)
    for found in cues.matches(_INITIALS, text, low, ("pt", "patient")):
        yield found.span("value") if found["value"] else found.span("other")
    for found in _KIN_OF.finditer(text):
        if not names.is_other(found["value"]):
            yield found.span("value")
    for found in _DID.finditer(text):
        if names.is_surely_given(found["value"]) and not _of_provider(text, found):
            yield found.span("value")
    yield from _uncued(text)


def repeats(text: str, found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The words of the names found, wherever they stand again as names."""
    words = {word for start, end in found for word in _name_words(text[start:end])}
    if not words:
        return
    either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    for again in re.finditer(rf"(?<![\w\[])(?:{either})(?!\w)", text, re.IGNORECASE):
        if again[0][0].isupper() and not _of_provider(text, again):
            yield again.span()


def _of_provider(text: str, word: re.Match[str]) -> bool:
    before = text[max(0, word.start() - 24) : word.start()]
    return bool(_PROVIDER_BEFORE.search(before) or _THEN_PROVIDER.match(text, word.end()))


_FEWEST_LETTERS = 3


def _name_words(name: str) -> Iterator[str]:
    for word in _WORD.findall(name):
        bare = word.strip(".").removesuffix("'s").removesuffix("\u2019s")
        if len(bare) >= _FEWEST_LETTERS and not names.is_other(bare) and bare.casefold() not in _PARTICLES:
            yield bare


def _words(text: str, start: int) -> list[re.Match[str]]:
    """The words of a name that begins here, at most six, until a word of everyday talk, a number or the line's end."""
    found: list[re.Match[str]] = []
    word = _WORD.match(text, start)
    while word and len(found) < _MOST_WORDS and not _ends(word[0]):
        found.append(word)
        gap = _GAP.match(text, word.end())
        if not gap or (word[0].endswith(".") and len(word[0].strip(".")) > 2) or word[0].endswith(("'s", "\u2019s")):  # noqa: PLR2004
            break
        word = _WORD.match(text, gap.end())
    return found


def _ends(word: str) -> bool:
    return len(word.strip(".")) > 1 and names.is_stop(word) and names.plain(word) not in _PARTICLES


def _end(word: re.Match[str]) -> int:
    """The word without its stop or its possessive."""
    bare = word[0] if len(word[0]) == 2 else word[0].rstrip(".")  # noqa: PLR2004 - an initial keeps its stop
    return word.start() + len(bare.removesuffix("'s").removesuffix("\u2019s"))


def _capital(word: str) -> bool:
    return word[0].isupper() or word.casefold() in _PARTICLES


def _labelled(text: str, start: int, *, plainly: bool) -> Iterator[tuple[int, int]]:
    """Behind a label: any spelling. Where it says plainly that a name follows, an eponym is one too."""
    words = _words(text, start)
    shown = not words or _capital(words[0][0][:1]) or words[0][0] in _PARTICLES
    words = _while_capital(words) if shown else _small(words, plainly=plainly)
    if (
        words
        and (plainly or _is_sure(words[0][0]) or not _all_other(words))
        and not (_PROVIDER_AFTER.match(text, _end(words[-1])))
    ):
        yield words[0].start(), _end(words[-1])


def _while_capital(words: list[re.Match[str]]) -> list[re.Match[str]]:
    for place, word in enumerate(words):
        if not _capital(word[0]):
            return _trimmed(words[:place])
    return _trimmed(words)


def _trimmed(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """No particle and no bare comma part at the end: `de` belongs to what follows it."""
    while words and words[-1][0].casefold() in _PARTICLES - _TAILS:
        words = words[:-1]
    return words


def _all_other(words: list[re.Match[str]]) -> bool:
    return not any(names.is_given(word[0]) for word in words) and any(names.is_other(word[0]) for word in words)


def _running(text: str, start: int, *, single: bool) -> Iterator[tuple[int, int]]:
    """In running text: with a given name, or of two words that no title-case heading goes on behind."""
    words = _words(text, start)
    shown = not words or _capital(words[0][0][:1]) or words[0][0] in _PARTICLES
    words = _while_capital(words) if shown else _small(words, plainly=False)
    if not words or _PROVIDER_AFTER.match(text, _end(words[-1])):
        return
    if _is_sure(words[0][0]) or _stands_as_name(text, words, single=single):
        yield words[0].start(), _end(words[-1])


def _small(words: list[re.Match[str]], *, plainly: bool) -> list[re.Match[str]]:
    """`john smith`: the first a name and nothing else, or any where a label says so; the second no everyday word."""
    first = words[0][0]
    if not (_is_sure(first) or (plainly and not names.is_other(first))):
        return []
    return words[:2] if len(words) > 1 and not names.is_other(words[1][0]) else words[:1]


def _stands_as_name(text: str, words: list[re.Match[str]], *, single: bool) -> bool:
    if _all_other(words):
        return False
    shouted = words[0][0].isupper() and len(words[0][0].strip(".")) > 1
    given = any(names.is_surely_given(word[0]) for word in words)
    if shouted:
        return given and len(words) > 1
    if len(words) > 1:
        return given or bool(_DOES.match(text, _end(words[-1]))) or _ahead_is_number(text, _end(words[-1]))
    return (single or bool(_DOES.match(text, _end(words[-1])))) and not names.is_other(words[0][0])


def _is_sure(word: str) -> bool:
    return names.is_surely_given(word) or names.is_surname(word)


def _ahead_is_number(text: str, end: int) -> bool:
    return bool(re.compile(r":?[ \t]*(?:[-\u2013][ \t]*)?[\d(\[]|[ \t]+\w+[ \t]").match(text, end))


def _uncued(text: str) -> Iterator[tuple[int, int]]:
    """No word announces it: a given name and a surname, or words right before a patient's number."""
    after = 0
    for place in _CAPITALS.finditer(text):
        if place.start() < after:
            continue
        words = _while_capital(_words(text, place.start()))
        if not words or _PROVIDER_BEFORE.search(text[max(0, place.start() - 24) : place.start()]):
            continue
        after = _end(words[-1])
        if _reads_alone(text, words) and not _PROVIDER_AFTER.match(text, after):
            yield words[0].start(), after


_FULL = (2, 4)


def _reads_alone(text: str, words: list[re.Match[str]]) -> bool:
    if not _FULL[0] <= len(words) <= _FULL[1]:
        return len(words) == 1 and bool(_NUMBER_NEXT.match(text, _end(words[0]))) and _alone(text, words[0])
    if _NUMBER_NEXT.match(text, _end(words[-1])) and not _all_other(words):
        return True
    if _about(text, words[0]) and not _all_other(words) and "," in text[words[0].end() : words[1].start()]:
        return True
    reversed_order = "," in text[words[0].end() : words[1].start()]
    first, last = (words[1], words[0]) if reversed_order else (words[0], words[-1])
    return names.is_surely_given(first[0]) and not names.has_common_word([last[0]])


def _alone(text: str, word: re.Match[str]) -> bool:
    if names.is_surely_given(word[0]):
        return True
    return (_about(text, word) or bool(_IN_BRACKETS.match(text, word.end()))) and not names.is_other(word[0])


def _about(text: str, word: re.Match[str]) -> bool:
    return bool(_ABOUT.search(text[max(0, word.start() - 16) : word.start()]))
