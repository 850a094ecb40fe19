"""Patient identifiers out of a text, typed tokens in: the identifiers of 45 CFR 164.514(b)(2) that mail carries.

A code must survive: a pattern takes digits only beside a label that names them, or in a shape no code has.
Dates of service, times, units, doses and amounts stay. Years and ages under 90 are no identifiers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from caseconsultant.domain.message import Redaction
from caseconsultant.parsing.names import has_common_word, is_name, is_small_name, starts_with_given

_Accept = Callable[[re.Match[str]], int]
"""How many characters of a match's value are the identifier; 0: none."""
_Rule = tuple[str, re.Pattern[str], _Accept | None]
_I = re.IGNORECASE

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}[/.-]\d{{1,2}}[/.-]\d{{1,2}}"
    rf"|{_MONTH}\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?"
    rf",?\s{{1,3}}\d{{4}}|\d{{1,2}}[ -]{_MONTH}[ -]\d{{2,4}}|\d{{8}}(?!\d))"
)
_TO_VALUE = r"(?:\s{0,3}(?:is|was|of|no\.?|num(?:ber)?\.?|id|:|#|=|-|\u2013))*\s{0,3}"

# 45 CFR 162.610 and CMS's MBI format: letters without S, L, O, I, B, Z; dashes or blanks after 4 and 7.
_L, _AN = "[AC-HJKMNP-RT-Y]", "[AC-HJKMNP-RT-Y0-9]"
_MBI = rf"(?<![\w-])[1-9]{_L}{_AN}\d[- ]?{_L}{_AN}\d[- ]?{_L}{{2}}\d\d(?![\w-])"

_W = r"[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]+(?:['\u2019-][A-Z\u00c0-\u00de]?[a-z\u00df-\u00ff]+)?"
_NAME_WORD = rf"(?:(?:Mc|Mac|O['\u2019]|De|Van|La|Le|Di)?{_W})"
_CAPS_WORD = r"(?:[A-Z\u00c0-\u00de]['\u2019]?[A-Z\u00c0-\u00de]{1,20}(?:-[A-Z]{2,20})?)"
_ANY_WORD = rf"(?:{_NAME_WORD}|{_CAPS_WORD})"
_MORE = r"(?:[ \t]+(?:[A-Z]\.?[ \t]+)?{word}){{{few}}}"
_PATIENT = (
    r"(?<![\w\[])(?:[Pp]atients?|PATIENT|[Pp]ts?\.?|PT|[Bb]eneficiary|[Mm]ember|[Ss]ubscriber|[Ii]nsured|[Cc]lient)"
)
_NAMED = r"(?:(?:['\u2019]s)?[ \t]+[Nn]ame(?:[ \t]+is)?|[ \t]+(?:named|called))?"


_WORD = re.compile(r"[^\s,:;]+")
_DOES = re.compile(
    r"(?:['\u2019]s)?[ \t]+(?:is|was|has|had|came|presented|received|underwent|who|returned|needs|saw|got)\b|[ \t]*,"
)
_RUNS_ON = re.compile(r"[ \t]+[A-Z][a-z]+[ \t]+(?:[A-Z][a-z]+|[a-z]{1,3}[ \t]+[A-Z])")


def _longest_name(match: re.Match[str], accept: Callable[[list[str], str], bool]) -> int:
    """How many characters of the value are a name: "John Smith Medicare" is one of two words."""
    words = list(_WORD.finditer(match["value"]))
    for count in range(len(words), 0, -1):
        length = words[count - 1].end()
        after = match.string[match.start("value") + length :][:60]
        if accept([word[0] for word in words[:count]], after):
            return length
    return 0


def _full_name(match: re.Match[str]) -> int:
    """Two words or more, or one that is a given name; a title-case heading runs on and is none."""
    return _longest_name(match, _reads_as_name)


def _reads_as_name(words: list[str], after: str) -> bool:
    if not is_name(words) or starts_with_given(words):
        return is_name(words)
    return not _RUNS_ON.match(after) and (len(words) > 1 or bool(_DOES.match(after)))


def _labelled_name(match: re.Match[str]) -> int:
    return _longest_name(match, lambda words, _after: is_name(words))


def _given_name(match: re.Match[str]) -> int:
    return _longest_name(match, lambda words, _: is_name(words) and any(starts_with_given([word]) for word in words))


def _not_a_policy(match: re.Match[str]) -> int:
    """LCD and article numbers (L33794, A52509) and codes stand after "policy number" too."""
    return 0 if _PUBLIC_NUMBER.fullmatch(match["value"]) else len(match["value"])


def _small_name(match: re.Match[str]) -> int:
    return _longest_name(match, lambda words, _after: is_small_name(words))


def _is_street(match: re.Match[str]) -> int:
    """Whether it is a street: `2 Times By Dr. Smith` is none."""
    return 0 if has_common_word(match["value"].split()[1:]) else len(match["value"])


_PUBLIC_NUMBER = re.compile(r"(?:[LA]\d{5}|[A-Z]\d{4}|\d{5}|\d{4}[A-Z])(?:-[A-Z0-9]{2})?", _I)
_FEWEST_DIGITS = 3


def _has_digits(match: re.Match[str]) -> int:
    value = match["value"]
    return len(value) if sum(character.isdigit() for character in value) >= _FEWEST_DIGITS else 0


_RULES: tuple[_Rule, ...] = (
    ("e-mail", re.compile(r"(?P<value>(?<![\w.+-])[\w.+%-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)"), None),
    ("MBI", re.compile(rf"(?P<value>{_MBI})", _I), None),
    ("SSN", re.compile(r"(?<![\w-])(?P<value>\d{3}-\d{2}-\d{4}[A-Z]?\d?)(?![\w-])", _I), None),
    (
        "SSN",
        re.compile(
            rf"\b(?:SSN|SS ?#|social security(?: (?:number|no\.?"
            rf"|#))?){_TO_VALUE}(?P<value>(?:\d{{3}}[- ]?\d{{2}}[- ]?)?\d{{4}})"
            r"(?![\w-])",
            _I,
        ),
        None,
    ),
    (
        "date of birth",
        re.compile(
            rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born(?: on)?"
            rf"|b\.?d\.?(?=\s?:)){_TO_VALUE}(?P<value>{_DATE})",
            _I,
        ),
        None,
    ),
    (
        "telephone",
        re.compile(
            r"(?<![\w.+/-])(?P<value>(?:\+?1[-. ]?)?(?:\(\d{3}\)[-. ]?|\d{3}[-. ])\d{3}[-. ]\d{4}(?:\s?(?:x"
            r"|ext\.?)\s?\d{1,6}\b)?)"
            r"(?![\w-])",
            _I,
        ),
        None,
    ),
    (
        "telephone",  # a local number; a range of doses has its unit behind it
        re.compile(
            r"(?<![\w.+/$-])(?P<value>[2-9]\d{2}-\d{4})(?![\w-])(?!\s?(?:m?c?g|m[lL]|units?|IU|min|minutes|cm|mm)\b)",
        ),
        None,
    ),
    (
        "telephone",
        re.compile(
            r"\b(?:tel(?:ephone)?|phone|ph|cell|mobile|fax|call)(?: (?:number|no\.?|#|at|me at|us at))?\s?[.:#]{0,2}\s?"
            r"(?P<value>\d{3}[-.]\d{4}|1?\d{10})(?![\w-])",
            _I,
        ),
        None,
    ),
    (
        "MRN",
        re.compile(
            rf"\b(?:MRN|MR ?#|med(?:ical)? rec(?:ord)?\.?(?: ?(?:number|no\.?|num|#))?|(?:chart|patient"
            rf"|pt)\.? ?(?:number|no\.|id|#))"
            rf"{_TO_VALUE}(?P<value>[A-Z]{{0,4}}-?\d[\dA-Z-]{{2,19}})(?![\w])",
            _I,
        ),
        _has_digits,
    ),
    (
        "account number",
        re.compile(
            r"\b(?:(?:acct|account|encounter|visit|claim|invoice|control|csn|fin|har|icn|dcn)\.? ?(?:number"
            r"|no\.|num\.?|id|#)|csn|har|icn)"
            rf"{_TO_VALUE}(?P<value>[A-Z]{{0,4}}-?\d[\dA-Z-]{{5,24}})(?![\w])",
            _I,
        ),
        _has_digits,
    ),
    (
        "policy number",
        re.compile(
            r"\b(?:(?:policy|member|subscriber|insured|insurance|group|medicaid|medicare|beneficiary|hic|mbi"
            r"|plan)(?:['\u2019]s)? ?"
            rf"(?:number|no\.|id|#)|hicn|mbi){_TO_VALUE}(?P<value>[A-Z]{{0,5}}-?\d[\dA-Z-]{{4,24}})(?![\w])",
            _I,
        ),
        _not_a_policy,
    ),
    (
        "address",
        re.compile(
            r"(?<![\w.$/-])(?P<value>(?:\d{1,4}"
            r"|\d{5}(?=[^\n]{5,60},\s?[A-Z]{2} \d{5}))[A-Z]?[ \t]+(?:[NSEW]{1,2}\.?[ \t]+)?"
            r"(?:[A-Z][a-z]+[ \t]+|\d{1,3}(?:st|nd|rd|th)[ \t]+){1,3}"
            r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Circle"
            r"|Cir|Terrace|Highway|Hwy"
            r"|Parkway|Pkwy|Trail)\b\.?(?=[ \t]*(?:[,.;\n]|$|Apt|Unit|Suite|Ste|#))"
            r"(?:,?[ \t]*(?:Apt|Unit|Suite|Ste"
            r"|#)\.?[ \t]*[\w-]{1,6})?(?:,?\s{1,2}[A-Z][A-Za-z .]{2,30},?[ \t]+[A-Z]{2}[ \t]+\d{5}"
            r"(?:-\d{4})?)?)"
        ),
        _is_street,
    ),
    ("address", re.compile(r"(?P<value>\bP\.? ?O\.? ?Box[ \t]+\d{1,6})", _I), None),
    # Names. First behind a label that can mean nothing else, any spelling; then in running text, with more care.
    (
        "name",
        re.compile(
            rf"{_PATIENT}(?:(?:['\u2019]s)?[ \t]+[Nn](?:ame|AME))?[ \t]*[:=][ \t]*"
            rf"(?P<value>{_ANY_WORD}(?:,[ \t]*{_ANY_WORD})?{_MORE.format(word=_ANY_WORD, few='0,2')})(?![\w])"
        ),
        _labelled_name,
    ),
    (
        "name",
        re.compile(
            rf"(?m:^)[ \t>*-]*(?:(?:[Ff]ull|[Ll]ast|[Ff]irst)[ \t]+)?[Nn](?:ame|AME)[ \t]*[:=][ \t]*"
            rf"(?P<value>{_ANY_WORD}(?:,[ \t]*{_ANY_WORD})?{_MORE.format(word=_ANY_WORD, few='0,2')})(?![\w])"
        ),
        _labelled_name,
    ),
    (
        "name",
        re.compile(
            rf"{_PATIENT}{_NAMED}(?:,|[ \t]+is)?[ \t]+(?P<value>{_NAME_WORD},[ \t]{{0,2}}{_NAME_WORD}"
            rf"|{_NAME_WORD}{_MORE.format(word=_NAME_WORD, few='0,2')})(?![\w])"
        ),
        _full_name,
    ),
    (
        "name",
        re.compile(
            rf"{_PATIENT}{_NAMED},?[ \t]+(?P<value>{_CAPS_WORD},?[ \t]+(?:[A-Z]\.?[ \t]+)?{_CAPS_WORD})(?![\w])"
        ),
        _given_name,
    ),
    (
        "name",
        re.compile(rf"{_PATIENT}{_NAMED},?[ \t]+(?P<value>[a-z]{{2,20}}(?:[ \t]+[a-z]{{2,20}})?)(?![\w@])"),
        _small_name,
    ),
    (
        "name",
        re.compile(
            rf"(?<![\w\[])(?:Mr|Mrs|Ms|Miss"
            rf"|Mx)\.?[ \t]+(?P<value>{_NAME_WORD}{_MORE.format(word=_NAME_WORD, few='0,1')})(?![\w])"
        ),
        _labelled_name,
    ),
    (
        "name",
        re.compile(
            rf"(?<![\w\[])(?:MR|MRS"
            rf"|MS)\.[ \t]+(?P<value>{_CAPS_WORD}{_MORE.format(word=_CAPS_WORD, few='0,1')})(?![\w])"
        ),
        _labelled_name,
    ),
    (
        "name",
        re.compile(
            rf"(?<![\w\[])(?P<value>{_ANY_WORD}(?:,[ \t]*|[ \t]+(?:[A-Z]\.?[ \t]+)?){_ANY_WORD})"
            r"(?=,?[ \t]*[(\[-]?[ \t]*(?:DOB|D\.O\.B|MRN|date of birth|born \[|\(?MBI|SSN)\b)"
        ),
        _labelled_name,
    ),
)
_MAX_ROUNDS = 6


def redact(text: str, *, names: Sequence[str] = ()) -> Redaction:
    """Returns the text with a typed token such as `[MRN]` for each identifier, and how many of each were taken out.

    `names` are people's names known from elsewhere, redacted wherever they stand. A second run changes nothing.
    """
    counts: Counter[str] = Counter()
    rules = (*_RULES, *_known(names))
    for _ in range(_MAX_ROUNDS):
        before = text
        for kind, pattern, accept in rules:
            text = _apply(text, kind, pattern, accept, counts)
        if text == before:
            break
    return Redaction(text, dict(counts))


def _apply(text: str, kind: str, pattern: re.Pattern[str], accept: _Accept | None, counts: Counter[str]) -> str:
    def token(match: re.Match[str]) -> str:
        if match["value"] is None:
            return match[0]
        length = accept(match) if accept else len(match["value"])
        if not length:
            return match[0]
        counts[kind] += 1
        start = match.start("value") - match.start()
        return f"{match[0][:start]}[{kind}]{match[0][start + length :]}"

    return pattern.sub(token, text)


_TOKENS = r"\[(?:" + "|".join(sorted({re.escape(kind) for kind, _, _ in _RULES})) + r")\]"


def _known(names: Sequence[str]) -> tuple[_Rule, ...]:
    """A token is matched first and left alone, so that a person called Date or Name breaks none."""
    wanted = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    if not wanted:
        return ()
    either = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in wanted)
    return (("name", re.compile(rf"{_TOKENS}|(?<!\w)(?P<value>{either})(?!\w)", _I), None),)
