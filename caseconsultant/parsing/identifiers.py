"""Numbers, dates and addresses that identify a patient: one pattern a line, each tried only where its cue stands.

The kinds are those of 45 CFR 164.514(b)(2)(i). Of the dates it names, births and deaths are taken. Admission, discharge
and service stay: they are what the claim is billed by, and the mail's author may know them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from caseconsultant.parsing import names

Accept = Callable[[str], bool]
_I = re.IGNORECASE

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2} \d{1,2} \d{4}"
    rf"|{_MONTH}\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,3}}\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH},?[ -]\d{{2,4}}|\d{{8}}|\d{{1,2}}/\d{{4}})(?!\d)"
)
_DAY = rf"(?:{_DATE}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d))"
_TO = (
    r"(?:['\u2019]s)?(?:\s{0,3}(?:\bis\b|\bwas\b|\bof\b|\bno\b\.?|\bnum(?:ber)?\b\.?|\bid\b|\bon\b|\bthe\b"
    r"|\bending\b(?: in)?|:|#|=|-|\u2013|\(|\"))*\s{0,3}"
)
_NUMBER = r"(?: ?(?:number\b|no\b\.?|num\b\.?|nbr\b|id\b|#|:)){1,3}"
_ID = r"[A-Z0-9][A-Z0-9-]{2,30}"
_SPACED = rf"(?:[A-Z]{{2,4}} \d{{3}}(?:[ -]\d{{3}}){{1,3}}|[A-Z]\d{{4}} \d{{5}}(?!-)|{_ID})"

# 45 CFR 162.610 and CMS's MBI format: letters without S, L, O, I, B, Z; dashes or blanks after 4 and 7.
_L, _AN = "[AC-HJKMNP-RT-Y]", "[AC-HJKMNP-RT-Y0-9]"
_MBI = rf"(?<![\w-])[1-9]{_L}{_AN}\d[- ]?{_L}{_AN}\d[- ]?{_L}{{2}}\d\d(?![\w-])"

_PUBLIC = re.compile(r"(?:[LA]\d{5}|[A-Z]\d{4}|\d{5}|\d{4}[A-Z]|\d{4})(?:-[A-Z0-9]{2})*|CC-\d{4}-\d+", _I)
_CODE_AND_UNITS = re.compile(r"(?:[A-Z]\d{4}|\d{5}|\d{4}[A-Z])[x-].*|[A-TV-Z]\d\w?\.\w+", _I)
_FEWEST, _MANY = 3, 6


def _digits(value: str) -> int:
    return sum(character.isdigit() for character in value)


def _labelled(value: str) -> bool:
    return _digits(value) >= _FEWEST


def _not_public(value: str) -> bool:
    """LCD and article numbers (L33794, A52509) and codes stand behind such labels too."""
    return _labelled(value) and not _PUBLIC.fullmatch(value) and not _CODE_AND_UNITS.fullmatch(value)


def _long(value: str) -> bool:
    """Behind a bare word, which may be followed by anything: six digits at least, and no code."""
    return _digits(value) >= _MANY and _not_public(value)


_OCTETS = 2


def _address_of_a_machine(value: str) -> bool:
    """Sections of the manuals have four parts too (30.6.1.1), but small ones."""
    parts = [int(part) for part in value.split(".")]
    return max(parts) <= 255 and sum(part >= 20 for part in parts) >= _OCTETS  # noqa: PLR2004 - an octet


_PUBLIC_HOST = re.compile(r"https?://[^/\s]*(?:\.gov|\.mil|ama-assn\.org|aapc\.com|ahima\.org)(?:[/:?]|$)", _I)
_PRIVATE_PATH = re.compile(r"[?&=]|\d{4}|patient|chart|mrn|encounter|visit", _I)


def _leads_to_a_patient(value: str) -> bool:
    return not _PUBLIC_HOST.match(value) and bool(_PRIVATE_PATH.search(value.partition("//")[2].partition("/")[2]))


_EARLIEST_SERVICE = 2015


def _is_birth(value: str) -> bool:
    """A bare date beside a name: of birth if no claim asked about today could be as old; else of service."""
    year = int(re.findall(r"\d+", value)[0 if re.match(r"\d{4}", value) else -1])
    century = 1900 if year >= 30 else 2000  # noqa: PLR2004 - two digits: 1930 to 2029
    return (year if year > 99 else century + year) < _EARLIEST_SERVICE  # noqa: PLR2004


Rule = tuple[str, tuple[str, ...], re.Pattern[str], Accept | None]


def _rule(kind: str, cues: str, label: str, value: str, accept: Accept | None = None) -> Rule:
    pattern = rf"(?<![\w\[])(?:{label}){_TO}(?P<value>{value})(?![\w])"
    return kind, tuple(cues.split()), re.compile(pattern, _I), accept


def _bare(kind: str, cues: str, pattern: str, accept: Accept | None = None) -> Rule:
    return kind, tuple(cues.split()), re.compile(pattern, _I), accept


def is_street(value: str) -> bool:
    """Whether it is a street: `2 Times By Dr. Smith` is none."""
    return not names.has_common_word(value.partition(",")[0].split()[1:-1])


_HELD_UNDER = (
    r"policy|medicaid|group|subscriber|member"
    r"|(?<!provider )(?<!npi )(?<!tax )(?<!payer )(?<!billing )(?<!facility )id#?"
)
_OLD = r"(?:9\d|1[01]\d|12[0-5]|ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)"
_STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Circle|Cir|Terrace"
    r"|Highway|Hwy|Parkway|Pkwy|Trail)"
)
_UNIT = r"(?:,?[ \t]*(?:Apt|Unit|Suite|Ste|Rm|Room|Lot|#)\.?[ \t]*[\w-]{1,6})?"
_CITY = r"(?:,?\s{1,2}[A-Z][A-Za-z .]{1,30}?,?[ \t]+[A-Z]{2}[ \t]+\d{5}(?:-\d{4})?)?"

_STREET_LINE = re.compile(
    r"(?<![\w.$/-])(?P<value>(?:Lot \d{1,4}, )?(?:\d{1,4}|\d{5}(?=[^\n]{5,60},\s?[A-Z]{2} \d{5}))[A-Z]?[ \t]+"
    r"(?:[NSEW]{1,2}\.?[ \t]+)?"
    rf"(?:(?:[A-Z][a-z]+[ \t]+|\d{{1,3}}(?:st|nd|rd|th)[ \t]+){{1,3}}{_STREET}\b\.?"
    r"(?=[ \t]*(?:[,.;)\n]|$|Apt|Unit|Suite|Ste|Rm|#|[A-Z][a-z]+[, ]+[A-Z]{2} \d{5}))"
    r"|Rue (?:[A-Z][a-z]+ ){1,2}Lane|(?:County|State) (?:Road|Rd|Route|Hwy) \d{1,4})"
    rf"{_UNIT}{_CITY})"
)

RULES: tuple[Rule, ...] = (
    _bare("web address", "", r"(?P<value>https?://[^\s<>\"]{4,400}[^\s<>\".,;)])", _leads_to_a_patient),
    _bare("e-mail", "", r"(?P<value>(?<![\w.+-])[\w.+%-]{1,64}@[A-Z0-9-]{1,63}(?:\.[A-Z0-9-]{1,63})+)"),
    _bare("serial number", "", r"(?P<value>\(01\)\s?\d{14}(?:\s?\(\d\d\)\s?[A-Z0-9]{1,20})*)"),
    _bare("name", "", r"(?<!\w)(?P<value>[A-Z]{2,20}\^[A-Z]{2,20}(?:\^[A-Z]{0,20}){0,4})(?!\w)"),
    _bare("MBI", "", rf"(?P<value>{_MBI})"),
    _bare("MBI", "ending", r"\b(?:mbi|medicare(?: id| #| number)?) ending (?:in )?(?P<value>[A-Z0-9]{4})\b"),
    _rule("policy number", "hic", r"hicn?|hic #", r"\d{3}-?\d{2}-?\d{4}-?[A-Z]\d?"),
    _bare("SSN", "", r"(?<![\w-])(?P<value>\d{3}-\d{2}-\d{4}[A-Z]?\d?)(?![\w-])"),
    _rule(
        "SSN",
        "ssn ss# social",
        r"ssn|ss ?#|social(?: security)?(?: (?:number|no\.?|#))?",
        r"(?:(?:\d{3}|x{3}|\*{3})[- ]?(?:\d{2}|xx|\*\*)[- ]?)?\d{4}",
    ),
    _rule(
        "date of birth",
        "dob d.o.b birth born turn bd b.d",
        r"d\.?o\.?b\.?|(?:date|day) of birth|birth ?date|birthday|born|b\.?d\.?(?=\s?:)|turn(?:s|ed|ing) \d\d",
        rf"{_DAY}",
    ),
    _rule("date of birth", "yob year", r"yob|year of birth|born in", r"(?:19|20)\d\d"),
    _rule(
        "date of death",
        "death dod d.o.d died deceased passed expired",
        r"date of death|d\.?o\.?d\.?|died|deceased|passed away|(?:patient|pt|he|she) expired|(?m:^)expired",
        _DATE,
    ),
    _bare(
        "telephone",
        "",
        r"(?<![\w.+/-])(?P<value>(?:\+?1[-. ]?)?(?:\(\d{3}\)[-. ]?|\d{3}[-. ])\d{3}[-. ]\d{4}"
        r"(?:\s?(?:x|ext\.?)\s?\d{1,6}\b)?)(?![\w-])",
    ),
    _bare(  # a local number; a range of doses has its unit behind it
        "telephone",
        "",
        r"(?<![\w.+/$-])(?P<value>[2-9]\d{2}-\d{4})(?![\w-])(?!\s?(?:m?c?g|ml|units?|iu|min|minutes|cm|mm)\b)",
    ),
    _rule(
        "telephone",
        "tel ph cell mobile fax call text",
        r"tel(?:ephone)?|phone|ph|cell|mobile|fax|call(?:back)?(?: (?:at|me at|us at))?"
        r"|text (?:me|her|him|them)(?: at)?",
        r"\d{3}[-.]\d{4}|1?\d{10}|\d{7}",
    ),
    _rule(
        "MRN",
        "mr med chart patient pt",
        rf"mrn|mr ?#|med(?:ical)? rec(?:ord)?\.?(?:{_NUMBER})?|(?:chart|patient|pt)\.?(?: ?(?:number|no\.|id|#))",
        _ID,
        _labelled,
    ),
    _rule(
        "account number",
        "acct acnt account encounter visit claim invoice control cntl csn fin har icn dcn tcn",
        rf"(?:acct|acnt|account|encounter|visit|claim|invoice|control|cntl|csn|fin|har|icn|dcn|tcn)\.?(?:{_NUMBER})"
        r"|csn|har|icn|dcn|tcn|acnt",
        rf"(?:{_ID})",
        _not_public,
    ),
    _rule("account number", "acc encounter visit claim fin", r"acct\.?|account|encounter|visit|claim|fin", _ID, _long),
    _rule(
        "policy number",
        "policy member subscriber insur group medicaid medicare benef hic mbi recipient cert plan mid",
        r"(?:policy|member|subscriber|insured|insurance|group|medicaid|medicare|beneficiary|hicn?|mbi|plan"
        r"|recipient(?= (?:id|number|no|#))|cert(?:ificate)?|dependent|sponsor)(?:['\u2019]s)?"
        rf"(?: policy| recipient| i\.?d\.?)?(?:{_NUMBER})"
        r"|hicn?|mbi|mid|insured['\u2019]s i\.d\. number|(?:policy|insured['\u2019]s) (?:group|policy group)",
        _SPACED,
        _not_public,
    ),
    _rule(
        "policy number", "polic medic group subsc member id", _HELD_UNDER, _SPACED, _long
    ),
    _rule(
        "reference number",
        "ref auth cert order rx case accession specimen ticket ack",
        rf"(?:ref(?:erence)?|auth(?:orization)?|pre-?cert|referral|order|rx|case|ticket|tracking)\.?(?:{_NUMBER})",
        _ID,
        _not_public,
    ),
    _rule("reference number", "accession specimen", rf"(?:accession|specimen)(?:{_NUMBER})", _ID, _labelled),
    _rule("reference number", "accession specimen", r"accession|specimen", _ID, _not_public),
    _rule(
        "reference number", "ref auth order case", r"ref|auth|(?:prior )?authorization|order|referral|case", _ID, _long
    ),
    _rule(
        "license number",
        "licen certif plate",
        rf"(?:driver['\u2019]?s? )?licen[cs]e(?: plate)?(?:{_NUMBER})?|certificate(?:{_NUMBER})",
        _ID,
        _not_public,
    ),
    _rule("serial number", "serial s/n sn", rf"serial(?:{_NUMBER})?|s/n|sn(?=[:#])|device id", _ID, _not_public),
    _rule("vehicle number", "vin", r"vin", r"[A-HJ-NPR-Z0-9]{17}"),
    _bare("IP address", "", r"(?<![\w.])(?P<value>\d{1,3}(?:\.\d{1,3}){3})(?![\w.]*\d)", _address_of_a_machine),
    _bare(
        "age over 89",
        "",
        rf"(?<![\w.$/-])(?P<value>{_OLD})(?=[ -]?(?:y/?o|y\.o\.?|yrs?|years?|year-old|y old)\b)"
        r"(?! years? (?!old|of age))",
    ),
    _bare(
        "age over 89", "age", rf"\bage[ds]?(?: is)?[ :]{{1,2}}(?P<value>{_OLD})(?![\w/.%-])(?! ?(?:days|months|min))"
    ),
    _bare("age over 89", "[name]", rf"\[name\],? \(?(?P<value>{_OLD})(?=\s?[,)])"),
    _bare(
        "date of birth",
        "[name]",
        r"\[name\]\s?[,(]?\s?(?P<value>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})(?![\d/-])",
        _is_birth,
    ),
    ("address", (), _STREET_LINE, is_street),
    _bare("address", "box", r"(?P<value>\bP\.? ?O\.? ?Box[ \t]+\d{1,6})"),
)  # fmt: skip
