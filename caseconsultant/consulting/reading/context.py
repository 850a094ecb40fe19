"""Payer and setting, as far as the words tell. What they leave open stays None: the answer then has branches."""

from __future__ import annotations

import re
from collections.abc import Callable

from caseconsultant.domain.codes import Payer, Setting

PlaceSetting = Callable[[str], str | None]
"""The setting of a place-of-service code, None if the code is not in the data."""

_PLANS = (
    r"aetna|uhc|united\s?healthcare|united\s?hc|united|humana|bcbs|blue cross|blue shield|anthem|cigna|wellcare|kaiser|"
    r"devoted|scan"
)
_PLAN_NAMES = re.compile(rf"\b(?:{_PLANS})\b", re.IGNORECASE)
_ADVANTAGE = re.compile(
    rf"\bmedicare[\s-]?advantage\b|\bmedicare\s?\(?(?:ma|part c)\)?\s?plans?\b|\b(?:ma|mapd|ma-pd)\s(?:plan|"
    rf"payer|patient|member)s?\b|"
    rf"\bmapd\b|\b(?:medicare\s)?part\sc\b|\bmedicare replacement\b|\badvantage plans?\b|"
    rf"\b(?:{_PLANS})['s]{{0,2}}\s(?:\w{{1,12}}\s)?medicare\b|"
    r"\bmedicare\s(?:hmo|ppo)\b|\b(?:medicare|mcr)\sadv\b|\bhumana\sgold\b|\bhealth\s?spring\b|\bdual complete\b|"
    rf"\bd-?snps?\b|\b(?:{_PLANS})\s(?-i:MA)\b(?!\s(?:state|office))",
    re.IGNORECASE,
)
_MEDICAID = re.compile(
    r"\bmedicaid\b|\bmedi-cal\b|(?-i:\bMediCal\b)|\bmasshealth\b|\btenncare\b|\bahcccs\b|\bmanaged medicaid\b|\bchip\b",
    re.IGNORECASE,
)
_PLAN_OF_MEDICAID = re.compile(
    rf"\b(?:{_PLANS})['s]{{0,2}}\s(?:(?!or\b|and\b|vs\b|not\b)\w{{1,12}}\s)?(?:medicaid|community plan)\b|"
    r"\bmedicaid (?:mco|hmo)\b",
    re.IGNORECASE,
)
"""A carrier that runs a state's Medicaid plan."""
_MEDICARE = re.compile(
    r"\bmed(?:i|e|)car(?:e|)\b(?!\s(?:supplement|secondary))|\bpart\sb\b|\bmcr\b|\bmcare\b|\bnoridian\b|\bnovitas\b|\bpalmetto\b|"
    r"\bfirst coast\b|"
    r"\bfcso\b|\b(?:original|traditional|straight|railroad)\smedicare\b|\bffs medicare\b|\b(?-i:NGS|CGS|WPS|MAC|"
    r"MACs)\b",
    re.IGNORECASE,
)
_COMMERCIAL = re.compile(
    r"\bcommercial(?:ly)?\b|\bprivate\s(?:payer|insur\w{1,6}|pay|plan)s?\b|\bbcbs\w{0,2}\b|\bblue\s?(?:cross|"
    r"shield)\b|\banthem\b|"
    r"\baetna\b|\bcigna\b|\buhc\b|"
    r"\bunited\s?(?:health\s?care|hc)\b|\boscar health\b|\bambetter\b|\bumr\b|\bemployer\splan\b|\bhumana\b|\bkaiser\b|"
    r"\bhighmark\b|"
    r"\bnon-?medicare\b|\b(?:hmo|ppo)\b",
    re.IGNORECASE,
)
_NOT_MEDICARE = re.compile(r"\b(?:not|non|isn't|no)[\s-]{0,2}medicare\b", re.IGNORECASE)
_PRIMARY = re.compile(
    r"\b(?:medicare|mcr)\b(?:\s(?:part b|is|as|the|was)){0,3}\s(?:primary|first)\b|"
    r"\bprimary\s(?:payer\s)?(?:is\s)?(?:medicare|mcr)\b",
    re.IGNORECASE,
)
"""The primary payer's rules come first (Medicare Secondary Payer Manual, chapter 1)."""
_LIKE_MEDICARE = re.compile(
    r"\b(?:like|unlike|as|than|same as)\s(?:with\s|for\s|in\s|under\s)?(?:original\s|traditional\s)?medicare\b",
    re.IGNORECASE,
)
"""Medicare as what another payer is held against."""

_COMPARED = re.compile(
    r"\b(?:our|the|local)?\s?medicare(?:'s)?\s(?:contractors?|macs?|rules?|edits?|guidelines?|policy|list|would|"
    r"pays|does|doesn't|takes|"
    r"wants|never|always|allows)\b|\b(?:for|unlike|like|as|with|to|by)\smedicare\b(?=[^.?!]{0,12}\b(?:we|it|does|"
    r"always|patients|rent)\b|\s?[,.?!]|$)|"
    r"\b(?-i:MACs?)\b",
    re.IGNORECASE,
)
"""Medicare named beside a plan, as what it is held against."""
_POS = re.compile(r"\b(?:pos|place of service)\s?(?:code\s)?(?:is\s)?[:#=-]?\s?(?P<pos>\d{2})\b", re.IGNORECASE)
_HOSPITAL_OUTPATIENT = re.compile(
    r"\bhospital[\s-](?:based\s)?(?:out-?patient|clinic|infusion|dept|department|coder|side|facility)\b|"
    r"\bhospital\so/?p\b|\bout-?patient\s(?:hospital|department|dept)\b|\b(?:hopd|opps|apcs?)\b|"
    r"\bprovider[\s-]based\b|\bub-?04\b|\b837i\b|"
    r"\bemergency\s(?:room|department|dept)\b|\b(?-i:ED|ER|HOPD|CAH)\b|\bobservation\s(?:unit|status|patient)\b|"
    r"\bfacility\s(?:bill\w{0,5}|claims?|cod\w{1,4}|charges?|side|fees?|setting)\b|\bhospital\s(?:bills?|billing|"
    r"claims?|charges?)\b|"
    r"\b(?:center|centre|clinic|suite|department|unit)\s(?:is\s|that is\s)?(?:owned|run)\sby\s"
    r"(?:a\s|the\s|our\s)?hospital\b|"
    r"\bhospital[\s-](?:owned|run)\s(?:out-?patient\s)?(?:infusion|clinic|center|centre|department|suite)\b|"
    r"\bwe are (?:a|the) hospital\b|\brevenue codes?\b",
    re.IGNORECASE,
)
_FACILITY_BILLS = re.compile(
    r"\bub-?04\b|\b837i\b|\bopps\b|\bfacility\s(?:bill\w{0,5}|claims?|cod\w{1,4}|charges?|side|fees?)\b|"
    r"\bhospital\s(?:bills?|billing|claims?|coder|side)\b|\bwe are (?:a|the) hospital\b|\brevenue codes?\b",
    re.IGNORECASE,
)
_HOSPITAL = re.compile(r"\bhospital(?:ist)?s?\b|\bin-?patient\b", re.IGNORECASE)
_PROFESSIONAL = re.compile(
    r"\bhospitalists?\b|\bpro(?:fessional)?[\s-]?(?:fees?|side|claims?|billing|component|coder|coding)\b|"
    r"\bprofees?\b|\bcms-?1500\b|\b837p\b|"
    r"\b(?:our|the|a|my)\s(?:doctors?|physicians?|providers?|np|pa|md|oncologist|practitioners?|"
    r"group)\b[^.?!\n]{0,60}\b(?:hospital|hopd)\b|"
    r"\b(?:ed|er|emergency|hospital)\s(?:docs?|doctors?|physicians?|providers?|mds?)\b|\bsame (?:ed |er )?(?:doc|"
    r"physician|doctor)\b|"
    r"\b(?:physician|doctor|provider)s?\s(?:bill|bills|billing|report|reports|claim)\b|\bbill(?:ing|"
    r"ed)?\sfor\s(?:the|our)\s(?:doctor|physician|provider)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?<!home )(?<!post )(?<!front )(?<!back )(?<!billing )(?<!business )(?<!central )(?<!box )(?<!the billing )"
    r"\b(?:in[\s-])?(?:offices?|offi?ce|ofice)\b(?!\s(?:of\s(?:inspector|the\sinspector)|manager|staff|number|phone|"
    r"address|hours))|"
    r"\b(?:physician|doctor|medical|private|group|rheumatology|oncology|immunology|allergy|dermatology|gi|"
    r"specialty)['s]{0,2}\s"
    r"(?:practice|clinic|group)\b|\bfree-?\s?standing\b|\burgent\scare\b|\bnon-?facility\b|"
    r"(?<!hospital )(?<!infusion )(?<!hospital outpatient )(?<!outpatient )(?<!provider-based )\bclinic\b",
    re.IGNORECASE,
)
_ASC = re.compile(r"\b(?-i:ASC)\b|\bambulatory surg\w{2,6}\b|\bsurgery cent(?:er|re)\b", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:at|in)\s(?:the\s|their\s|his\s|her\s|a\s)?(?:patient'?s?\s)?(?:own\s)?home\b|\bhome\s(?:infusion|health|"
    r"nurs\w{1,4}|visit|setting|scig|"
    r"administration)\b|\bself[\s-]?(?:administ\w{1,8}|infus\w{1,4})\b",
    re.IGNORECASE,
)
_DME = re.compile(r"\bdme(?:pos)?\b(?!\s?macs?\b.{0,20}\bonly\b)", re.IGNORECASE)


def payer(text: str) -> Payer | None:
    """The one payer the words name, None where they name none or several."""
    text = _PLAN_OF_MEDICAID.sub(" medicaid ", text)
    rest = _ADVANTAGE.sub(" ", text)
    advantage = rest != text
    if advantage:  # the carrier of the plan is named beside it
        rest = _PLAN_NAMES.sub(" ", rest)
    found = {
        Payer.MEDICARE_ADVANTAGE: advantage,
        Payer.MEDICAID: _MEDICAID.search(rest) is not None,
        Payer.COMMERCIAL: _COMMERCIAL.search(rest) is not None,
        Payer.MEDICARE: _MEDICARE.search(_NOT_MEDICARE.sub(" ", rest)) is not None,
    }
    compared = _LIKE_MEDICARE.sub(" ", _COMPARED.sub(" ", _NOT_MEDICARE.sub(" ", rest)))
    if found[Payer.COMMERCIAL] and not _MEDICARE.search(compared):
        found[Payer.MEDICARE] = False
    if _PRIMARY.search(rest) and not advantage:
        return Payer.MEDICARE
    named = [each for each, is_named in found.items() if is_named]
    return named[0] if len(named) == 1 else None


def setting(text: str, *, place_setting: PlaceSetting) -> Setting | None:
    """The one setting the words name; for a hospital, who bills decides. None where open or several."""
    found = _by_place(text, place_setting) or _by_words(text)
    if found == {Setting.FACILITY_PROFESSIONAL} and _FACILITY_BILLS.search(text):
        return Setting.OUTPATIENT_HOSPITAL
    if found == {Setting.OUTPATIENT_HOSPITAL} and _bills_professional(text):
        return None if _FACILITY_BILLS.search(text) else Setting.FACILITY_PROFESSIONAL
    if found == {Setting.DME, Setting.HOME}:
        return Setting.DME
    if not found and _HOSPITAL.search(text) and _PROFESSIONAL.search(text):
        return Setting.FACILITY_PROFESSIONAL
    return found.pop() if len(found) == 1 else None


def _bills_professional(text: str) -> bool:
    return _PROFESSIONAL.search(text) is not None


def _by_place(text: str, place_setting: PlaceSetting) -> set[Setting]:
    found: set[Setting] = set()
    for match in _POS.finditer(text):
        named = place_setting(match["pos"])
        if named in set(Setting):
            found.add(Setting(named))
    return found


def _by_words(text: str) -> set[Setting]:
    words = {
        Setting.OFFICE: _OFFICE,
        Setting.OUTPATIENT_HOSPITAL: _HOSPITAL_OUTPATIENT,
        Setting.ASC: _ASC,
        Setting.HOME: _HOME,
        Setting.DME: _DME,
    }
    return {each for each, pattern in words.items() if pattern.search(text)}
