"""Numbers that are not codes: telephone, ZIP, money, dates, identifiers, doses, addresses.

Every pattern starts at a boundary and has bounded repeats, so a long text is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from caseconsultant.consulting.reading.text import table
from caseconsultant.domain.codes import Span

Known = Callable[[str], bool]
"""Whether the knowledge base holds a code."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_UNIT = (
    r"(?:mgs?|mcg|ug|gm?s?|grams?|kgs?|mls?|cc|l|liters?|litres?|meq|mmol|mm|cm|lbs?|pounds?|percent|miles?|"
    r"mg/kg|ml/hr?|cells|kcal|bpm|hz)"
)
_HARD_LABEL = (
    r"npi|mrn|icn|dcn|tcn|ein|tin|tax\s?id|invoice|member(?:\s?id)?|subscriber(?:\s?id)?|acct|account|mbi|hicn|"
    r"medical\s?record|chart|clia|ndc|dea|ptan|ccn|passcode|pin|(?<!infusion )suite|ste|"
    r"(?<!emergency )(?<!operating )(?<!recovery )"
    r"(?<!the )(?<!treatment )(?<!procedure )room|p\.?o\.?\s?box|apt"
)
_SOFT_LABEL = (
    r"claim|policy|case|order|group|check|batch|ticket|reference|ref|authori[sz]ation|auth|patient|pt|encounter|visit|"
    r"document|transaction|control|call|confirmation|tracking|remit|era|eob|employee|provider|license|contract|file|fax"
)

_ALWAYS = re.compile(
    "|".join(
        (
            r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}",
            r"https?://\S{1,2000}",
            r"\bcc-\d{4}-\d{6}\b",
            r"(?<![\w-])\d{4,5}-\d{3,4}-\d{1,2}(?![\w-])",
            r"\bn4\d{11}\b",
            r"\bunits\s\d{3,6}(?=\sof\b)",
            r"(?<!\d)\d{11}(?!\d)",
            r"\brev(?:enue)?\.?\s?(?:codes?|cd)?\.?\s?[:#]?\s?0?\d{3}\b",
            r"\b(?:pos|place of service)\s?(?:code\s)?(?:is\s)?[:#=-]?\s?\d{2}\b",
            r"(?:\$|usd\s?|€|£)\s?\d[\d,]{0,12}(?:\.\d{1,2})?(?:\s?k)?\b",
            r"(?<![\w.])\d[\d,]{0,12}(?:\.\d{1,2})?\s?(?:dollars|usd|bucks|cents)\b",
            r"(?<![\w.-])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-]?)\d{3}[\s.-]\d{4}(?!\d)",
            r"(?<![\w.-])\d{3}[-.]\d{4}(?![\d-])",
            (
                r"\b(?:tel|telephone|phone|fax|cell|mobile|pager|ext|extension)\b[.:#]{0,"
                r"2}\s?(?:(?:no|number|is|at)\b[.:]?\s?)?"
                r"\+?\(?\d[\d().\s-]{2,18}\d"
            ),
            r"\bx\d{4,6}\b",
            r"(?<![\w-])\d{5}-\d{4}(?!\d)",
            r"\bzip(?:\s?code)?\b[^.?!\n\d]{0,30}\b\d{5}\b",
            r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)",
            r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)",
            rf"\b{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d\b",
            rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s(?:19|20)\d\d\b",
            (
                rf"\b(?:{_HARD_LABEL})\b\s?(?:(?:number|num|no|id|is)\b)?[.:#\s-]{{0,3}}(?=[a-z-]{{0,"
                rf"6}}\d)[\da-z-]{{3,24}}"
            ),
            rf"\b(?:{_SOFT_LABEL})\s?(?:number|num|no|id|#)[.:#\s]{{0,3}}(?:is\s)?(?=[a-z-]{{0,6}}\d)[\da-z-]{{3,24}}",
            rf"(?<![\w.])\d[\d,]{{0,9}}(?:\.\d{{1,3}})?\s?-?{_UNIT}(?![\w])",
            r"(?<![\d,.])\d{1,3}(?:,\d{3}){1,4}(?![\d,])",
            r"(?<![\w.])\d{4,9}\.\d{1,4}(?!\w)",
            r"\bt\s?(?:9[5-9]|10[0-5])\.\d\b",
        )
    ),
    re.IGNORECASE,
)

_HASH = re.compile(r"#\s?\d{4,12}\b")
_CODE_WORD_BEFORE = re.compile(r"(?:cpts?|codes?|hcpcs|procedures?|line)\s{0,2}$", re.IGNORECASE)

_STATES = (
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR "
    "PA PR RI SC SD TN TX UT VA VT WA WI WV WY"
).replace(" ", "|")
_STATE_ZIP = re.compile(rf"\b(?P<state>{_STATES})\.?,?\s{{1,2}}(?P<zip>\d{{5}})(?:-\d{{4}})?(?![\d-])")
_WORD_STATES = table("SC MD PA OR IN ME OK HI CO DE MA ID AL LA MS MT GA CT")
"""Abbreviations that stand for other things in a coder's mail: SC subcutaneous, MD, PA, MA, CT, modifier GA."""
_CITY_BEFORE = re.compile(r"[A-Z][A-Za-z.'-]{1,30},?\s{1,2}$")
_CITY_COMMA = re.compile(r"[A-Z][A-Za-z.'-]{1,30},\s{0,2}$")

_UNITS_OF_DRUG = re.compile(
    r"(?<![\w.])(?P<number>\d{4,6})\s?(?:-\s?)?(?:units?|iu)\b(?!\s?of\s(?:code|cpt|\d))", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?<![\w.])(?P<number>\d{5})\s(?:patients|people|charts|claims|members|records|beneficiaries|encounters|visits|"
    r"employees|lives|cases|steps|times|residents|covered lives|accounts|codes|points|dollars|square)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?<![\w.])(?P<number>\d{5})\s(?:[NSEW]\.?\s)?(?:[A-Z][A-Za-z.]{1,20}\s){1,3}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Hwy|Highway|Way|Pkwy|Parkway|Ct|Court|Pl|Place)\b"
)


_THING = (
    r"(?:ticket|page|pages|pin|lot|batch|serial|badge|locker|parking (?:space|spot)|flight|gate|"
    r"train|exit|mile ?marker|"
    r"building|bldg|bin|shelf|rack|isbn|sku|upc|model|part|(?<!line )item|tracking|receipt|"
    r"confirmation|docket|warrant|parcel|permit|plate|vin|sn|s/n|p/n|policy|group|customer|member(?:ship)?|subscriber|"
    r"account|acct|invoice|purchase order|work order|p\.?o\.?|requisition|req|job|posting|incident|"
    r"help ?desk|version|build|"
    r"release|firmware|password|passcode|combination|combo|(?:access|door|gate|alarm|wi-?fi|"
    r"security|entry|promo|coupon|area|zip|"
    r"postal|product|bar|error|discount|activation|verification|meeting|dial-?in|conference) ?code|"
    r"conference id|meeting id|"
    r"dial-?in|code word|channel|frequency|population|altitude|elevation|odometer|mileage|salary|budget|headcount|"
    r"county road|state route|farm road|highway|hwy|interstate|ref(?:erence)?|claim ?(?:id|no|"
    r"number|control)|extn?|ending(?: in)?|"
    r"last (?:four|five|4|5)(?: digits)?(?: are)?|user(?:name)?|login|handicap|score)"
)
_LABELLED = re.compile(
    rf"(?<![\w-]){_THING}\b\s?(?:(?:number|num|no|id|is|was|are|of|at|named|called)\b\.?\s?)?[:#=.-]{{0,2}}\s?#?"
    r"(?P<number>[A-Z]{0,3}-?\d{4,7}(?:-\d{1,3})?)(?![\w]|-[A-Z]|\.\d)",
    re.IGNORECASE,
)
"""A thing that bears a number: the number that follows at once is its own, even if a code looks like it."""
_ENTERED = re.compile(
    r"\b(?:press|dial|text(?:\s\w{1,10})? to|punch in|key in)\s(?:[\w#*]{1,8}\s(?:then|and)\s)?(?P<number>\d{4,7})\b|"
    r"(?<![\w-])(?P<before>\d{4,7})\s(?:as (?:the|your|a|my) (?:pin|passcode|password|access code)|"
    r"on (?:the|your) keypad|"
    r"is (?:the|my|our|your) (?:zip|pin|passcode|badge|extension|locker|ticket|postal code))",
    re.IGNORECASE,
)
_GOODS = re.compile(
    r"\b(?:(?:glove|supply|supplies|paper|toner|pharmacy|lunch|catering|flower|furniture|amazon|"
    r"staples|gauze|online|uniform|"
    r"office)\s)?order\s(?:no\.?\s|number\s|#)?(?P<number>\d{4,7})\b(?=[^.?!\n]{0,30}\b(?:late|"
    r"ship\w{0,6}|delay\w{0,3}|"
    r"arriv\w{1,3}|deliver\w{0,3}|back-?order\w{0,3}|cancel\w{0,5}|approved|vendor|warehouse|"
    r"return\w{0,3}|missing boxes)\b)|"
    r"\b(?:glove|supply|supplies|paper|toner|pharmacy|lunch|catering|furniture|amazon|uniform)"
    r"\sorder\s(?P<goods>\d{4,7})\b",
    re.IGNORECASE,
)
_MAKER = re.compile(
    r"\b(?:canon|hp|brother|epson|xerox|lenovo|dell|ricoh|kyocera|lexmark|konica|sharp|logitech|"
    r"cisco|samsung|sony|lg|bmw|audi|"
    r"kenmore|whirlpool|copier|printer|scanner model|toner|cartridge|router|laptop|monitor model|"
    r"thermostat|modem|shredder)\s"
    r"(?:model\s|type\s)?(?P<number>[A-Z]{0,3}-?\d{3,6}[A-Z]{0,2})(?!\w)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:white (?:blood )?(?:cell )?counts?|wbcs?|platelets?|plts?|glucose|sugars?|ferritin|bnp|"
    r"nt-?probnp|probnp|ck|cpk|psa|cea|"
    r"hcg|beta|viral load|cd4(?: count)?|troponin|lipase|amylase|ast|alt|ldh|d-?dimer|triglycerides|"
    r"tsh|crp|vitamin b-?12|b12|"
    r"creatinine|colony count|cfu|ldl)\s?"
    r"(?:level|count|result|value)?\s?(?:is|was|of|at|=|:|came back(?: at)?|up to|down to|rose to)"
    r"?\s?(?P<number>\d{4,6})(?![\w]|-\w|\.\d)",
    re.IGNORECASE,
)
_LABORATORY = ("8", "0")
"""A number of the laboratory chapter beside an analyte is its code (`ferritin 82728`), any other a result."""
_ADDRESS = re.compile(
    r"(?<![\w.])(?P<number>\d{4,5})\s(?:[NSEW]{1,2}\.?\s|north\s|south\s|east\s|west\s)?(?:[a-z0-9'.-]{2,20}\s){1,3}?"
    r"(?:(?:st|street|ave|avenue|rd|road|blvd|boulevard|drive|ln|lane|hwy|highway|way|pkwy|parkway|"
    r"circle|cir|terrace|trail|loop|"
    r"plaza|turnpike|pike|alley|court|place|square)\b\.?(?=\s?(?:[,.;)\n]|$|#|suite|ste|apt|unit|"
    r"floor|in\s|is\s|and\s|off\s|near\s|at\s)))",
    re.IGNORECASE,
)
_ADDRESS_BEFORE = re.compile(
    r"\b(?:at|to|address(?: is)?|office|clinic|located|location|lives?|live at|moved|home|mail(?:ed|"
    r"ing)?|ship|send|building|"
    r"near|from|on|is|visit us|headquarters|hq)\b[^.?!\n]{0,12}$|^\s*$|\n\s*$|[|,]\s$",
    re.IGNORECASE,
)
_ROAD = re.compile(
    r"(?<![\w.])(?P<number>\d{4,5})\s(?:[NSEW]{1,2}\.?\s)?(?:county road|state route|county highway|"
    r"highway|hwy|us|route|fm|farm road)"
    r"\s[A-Z0-9]{1,4}\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?<![\w.])(?:(?:about|over|nearly|almost|some|around|roughly|exactly|all|these|those|saw|seen|"
    r"have|had|served?|treated|employs?|enrolled)\s)"
    r"(?P<number>\d{5})\s(?:(?:active|new|different|total|annual|unique|enrolled|office|square)\s)"
    r"{0,2}(?:patients|people|charts|"
    r"members|beneficiaries|encounters|employees|lives|steps|residents|covered lives|square feet|"
    r"sq\.? ?ft|miles|feet|words|"
    r"subscribers|followers|households|calls|emails|letters|shares|points|volunteers|students|"
    r"records|meals|gloves|masks|boxes)\b",
    re.IGNORECASE,
)
_OPERATIONS_TOO = re.compile(r"(?:release|part|combination|combo)\b", re.IGNORECASE)
_SOURCES = (_LABELLED, _ENTERED, _GOODS, _MAKER, _ROAD, _PEOPLE)


def not_codes(text: str, *, known: Known) -> tuple[Span, ...]:
    """The stretches whose digits are no codes. Where the shape alone does not tell, `known` codes are kept."""
    spans = [Span(*match.span()) for match in _ALWAYS.finditer(text) if not _is_code_mention(match.group(), known)]
    spans += _hashes(text)
    spans += _zips(text, known)
    spans += _counts(text, known)
    spans += [
        _numbered(match)
        for pattern in _SOURCES
        for match in pattern.finditer(text)
        if not _of_an_operation(match, known)
    ]
    spans += _results(text)
    spans += _addresses(text)
    return tuple(spans)


def _of_an_operation(match: re.Match[str], known: Known) -> bool:
    """`carpal tunnel release 64721`: the word is an operation's too, and the number its code."""
    number = next(value for value in match.groupdict().values() if value)
    return _OPERATIONS_TOO.match(match.group()) is not None and known(number.upper())


def _numbered(match: re.Match[str]) -> Span:
    """The number of a match, whichever of its groups holds it."""
    name = next(name for name, value in match.groupdict().items() if value)
    return Span(*match.span(name))


def _results(text: str) -> Iterator[Span]:
    """Values beside an analyte, but for the code of the analyte's own test."""
    for match in _RESULT.finditer(text):
        if not match["number"].startswith(_LABORATORY):
            yield Span(*match.span("number"))


def _addresses(text: str) -> Iterator[Span]:
    """House numbers: a street follows, and the words before it lead to a place, or it is written as a name."""
    for match in _ADDRESS.finditer(text):
        named = any(word[:1].isupper() for word in match.group().split()[1:])
        if named or _ADDRESS_BEFORE.search(text, max(0, match.start() - 40), match.start()):
            yield Span(*match.span("number"))


_LETTERED = re.compile(r"(?:visit|pt|patient|order|chart|call|fax)\s", re.IGNORECASE)
_DIGITS = re.compile(r"(?<!\d)\d{5}(?!\d)")


def _is_code_mention(stretch: str, known: Known) -> bool:
    """`chart 96372` speaks of a code if the knowledge base has it; an identifier after `number` never."""
    if not _LETTERED.match(stretch) or re.search(r"number|num|no\b|id\b|#", stretch, re.IGNORECASE):
        return False
    found = _DIGITS.search(stretch)
    return found is not None and known(found.group())


def _hashes(text: str) -> Iterator[Span]:
    for match in _HASH.finditer(text):
        if not _CODE_WORD_BEFORE.search(text, max(0, match.start() - 14), match.start()):
            yield Span(*match.span())


def _zips(text: str, known: Known) -> Iterator[Span]:
    for match in _STATE_ZIP.finditer(text):
        if _is_zip(text, match, known):
            yield Span(*match.span("zip"))


def _is_zip(text: str, match: re.Match[str], known: Known) -> bool:
    before = slice(max(0, match.start() - 34), match.start())
    if match["state"] in _WORD_STATES or known(match["zip"]):
        return _CITY_COMMA.search(text[before]) is not None
    return _CITY_BEFORE.search(text[before]) is not None or match["state"] not in _WORD_STATES


def _is_round_dose(pattern: re.Pattern[str], number: str) -> bool:
    """`heparin 25000 units`: whole five hundreds of units are a dose, though a code has that number."""
    return pattern is _UNITS_OF_DRUG and int(number) % 500 == 0


def _counts(text: str, known: Known) -> Iterator[Span]:
    for pattern in (_UNITS_OF_DRUG, _COUNTED, _STREET):
        for match in pattern.finditer(text):
            if _is_round_dose(pattern, match["number"]) or not known(match["number"]):
                yield Span(*match.span("number"))
