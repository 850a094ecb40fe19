"""Maternity care as told: how many visits, who delivered and how, who gives the postpartum care."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import told_text
from caseconsultant.domain.question import Question

_MATERNITY = re.compile(
    (
        r"\b(?:twins?|midwi(?:fe|ves)|vag(?:inal\w*)?|ob|obstetric\w*|prenatal|antepartum|ante[- ]?partum|"
        r"post[- ]?partum|pregnan\w+|deliver(?:y|ed|ies)|maternity|cesarean|c-?section|vbac|global ob)"
        r"\b|\b59[456]\d\d\b"
    ),
    re.IGNORECASE,
)
_CARE = re.compile(
    (
        r"\b(?:prenatal|antepartum|ante[- ]?partum|post[- ]?partum|pregnan\w+|maternity|cesarean|"
        r"c-?section|vbac|vag(?:inal\w*)?|ob (?:patient|pt|care|visits?)|midwi(?:fe|ves)|c/s|(?:other|another|new|"
        r"different) ob|global ob)\b|\b59[456]\d\d\b"
    ),
    re.IGNORECASE,
)
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
}
_NUMBER = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_VISITS = (
    re.compile(
        rf"\b{_NUMBER}\s(?:\w{{1,12}}\s){{0,2}}(?:visits?|appointments?|encounters?|ob visits|antepartum|prenatals)\b",
        re.IGNORECASE,
    ),
    re.compile(
        (
            rf"\bseen\s(?:\w{{1,8}}\s){{0,2}}{_NUMBER}\stimes\b|\bsaw (?:her|the patient|pt) (?:for )"
            rf"?(?:only )?{_NUMBER.replace('count', 'saw')}\s(?:times|visits)\b"
        ),
        re.IGNORECASE,
    ),
    re.compile(rf"\bvisits?\s?(?:x|:|=|were|was)\s?{_NUMBER}\b", re.IGNORECASE),
)
_CESAREAN = re.compile(r"\bc/s\b|\bc-?\s?sections?\b|\bcesarean\b|\bcaesarean\b|\bcs\b|\bsection\b", re.IGNORECASE)
_VAGINAL = re.compile(r"\bvag\b|\bvaginal\w*\b|\bnsvd\b|\bsvd\b|\bvag (?:del\w*)\b", re.IGNORECASE)
_AFTER_CESAREAN = re.compile(r"\bvbac\b|\bvaginal (?:birth|delivery) after\b|\btolac\b", re.IGNORECASE)
_FAILED = re.compile(
    r"\b(?:failed|unsuccessful|attempted) (?:vbac|tolac|trial)\b|\bafter (?:a )?failed (?:vbac|trial|tolac)\b",
    re.IGNORECASE,
)
_DELIVERED_ELSEWHERE = re.compile(
    r"\bdeliver\w*\b[^.?!\n]{0,40}\b(?:with|by|at)\s(?:an?other|a different|someone|other|"
    r"the hospitalist|laborist)\b|\b(?:an?other|different|other|hospital'?s?|their) (?:\w{1,14} ){0,"
    r"2}(?:delivered|did the delivery|attended)\b|\b(?:hospitalist|laborist|midwife at the hospital)"
    r" (?:did|delivered|attended)\b|"
    r"\b(?:moved|transferred|switched|left|changed|relocated|transferring)\b(?! (?:in |care )"
    r"?to (?:us|our|my))[^.?!\n]{0,60}\b(?:before|out|away|doctors?|state|care|groups?|practices?|"
    r"providers?|obs?|elsewhere)\b|\bbefore (?:the baby|she delivered|delivery|giving birth)\b|"
    r"\bswitched (?:doctors|providers|groups|practices)\b|"
    r"\bmiscarr\w+|\bdid(?:n't| not) deliver\b|\bwe (?:did not|didn't) (?:do the )?deliver\w*",
    re.IGNORECASE,
)
_ALL_CARE = re.compile(
    (
        r"\ball (?:of )?(?:the |her )?(?:ob |prenatal |maternity )?care\b|\bglobal (?:ob|care|package)"
        r"\b|\bwhole pregnancy\b|\bentire pregnancy\b|\bwe did (?:it all|everything)\b|"
        r"\bfrom start to finish\b"
    ),
    re.IGNORECASE,
)
_DELIVERY_ONLY = re.compile(
    (
        r"\b(?:c-?section|cesarean|vaginal) only\b|"
        r"\bdelivery\s?(?:\+|and|&|plus)\s?post[- ]?partum (?:care )?only\b|\bdelivery only\b|\bonly (?:did )?(?:the )"
        r"?deliver\w*\b|\bonly delivered\b|\bjust (?:did )"
        r"?(?:the )?deliver\w*|\bcovering (?:for|doctor|physician|ob)\b|\bon[- ]call\b|\bdelivered for\b"
    ),
    re.IGNORECASE,
)
_POSTPARTUM_OTHER = re.compile(
    (
        r"\b(?:an?other|different|other) (?:\w{1,14} ){0,2}(?:did|does|gave|will do|provided|handled)"
        r" (?:the |her )?post[- ]?partum\b|\bpost[- ]?partum\b[^.?!\n]{0,40}\b(?:elsewhere|"
        r"with (?:an?other|a different|her)|by (?:an?other|a different))\b|\bno post[- ]?partum\b|"
        r"\bwithout post[- ]?partum\b"
    ),
    re.IGNORECASE,
)
_POSTPARTUM_US = re.compile(r"(?-i:\bPP\b)|\bpost[- ]?partum\b", re.IGNORECASE)
_POSTPARTUM_ONLY = re.compile(
    (
        r"(?<!\+ )(?<!and )(?<!& )(?<!plus )(?:\b(?:only|just) (?:did |gave |do )?(?:the )"
        r"?post[- ]?partum\b|\bpost[- ]?partum (?:care |visit )?only\b)"
    ),
    re.IGNORECASE,
)
_TRANSFERRED_IN = re.compile(
    (
        r"\b(?:transferr?ed|moved|came|switched|changed)(?: in| care)? (?:to|into) (?:us|our|my)\b|"
        r"\btransfer(?:red)? in\b|\btook over\b|\bjoined our\b|\bestablish\w* (?:care )?(?:with us )"
        r"?at \d+ weeks\b"
    ),
    re.IGNORECASE,
)
_DELIVERED_US = re.compile(
    (
        r"\bvisits?\s?(?:\+|and|&|plus)\s?(?:the )?(?:vag\w* )?deliver\w*|\bsame group\b[^.?!\n]{0,"
        r"30}\b(?:c/s|c-?section|deliver\w*)|\b(?:c-?section|cesarean|delivery|delivered|"
        r"vaginal(?: delivery)?) by (?:us|our)\b|\b(?:we|"
        r"our (?:group|doctor|ob|midwife|doc)|she|i)\b[^.?!\n]{0,60}\bdeliver\w*\b|\bdelivered (?:by|"
        r"with) (?:us|our)\b|\bdid\b[^.?!\n]{0,40}\b(?:cesarean|c-?section|delivery)\b|\band delivered\b"
    ),
    re.IGNORECASE,
)
_INSURANCE = re.compile(
    (
        r"\b(?:had|switched|changed|lost|until|insurance changed|new insurance|since then|became)"
        r"\b[^.?!\n]{0,60}\b(?:medicaid|bcbs|insurance|plan|coverage|aetna|cigna|uhc|united)\b|"
        r"\b(?:insurance|coverage|plan|payer)s? (?:changed|switched|termed|ended)\b|\bchange(?:d)"
        r"? (?:of )?(?:insurance|coverage|payers?)\b"
    ),
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\bdeliver\w*\s(?:was\s)?(?:by|with)\b[^.?!\n]{0,40}\b(?:cover\w+|not (?:in|part of)|outside|other|another|"
    r"different|"
    r"hospitalist|laborist)\b|\b(?:hospitalist|laborist|covering (?:doc\w*|ob|physician))\b[^.?!\n]{0,20}\bdeliver\w*",
    re.IGNORECASE,
)
_TWINS = re.compile(r"\btwins?\b|\bbaby [ab]\b|\btriplets?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """What the words tell. None where they leave a thing open."""

    visits: int | None
    delivered: bool | None
    kind: str | None
    postpartum: bool | None
    postpartum_only: bool
    delivery_only: bool
    all_care: bool
    insurance_changed: bool
    twins: bool
    transferred_in: bool
    both_ways: bool = False
    """A vaginal birth and a cesarean, as with twins."""
    another_delivered: bool = False
    """A practitioner of another group is named for the delivery; the patient has not gone away."""


def pregnancy(question: Question) -> Pregnancy | None:
    """The maternity care, None where none is told of."""
    text = told_text(question)
    if not _MATERNITY.search(text) or not _CARE.search(text):
        return None
    return Pregnancy(
        _visits(text),
        _delivered(text),
        _kind(text),
        _postpartum(text),
        _POSTPARTUM_ONLY.search(text) is not None,
        _DELIVERY_ONLY.search(text) is not None,
        _ALL_CARE.search(text) is not None,
        _INSURANCE.search(text) is not None,
        _TWINS.search(text) is not None,
        _TRANSFERRED_IN.search(text) is not None,
        _CESAREAN.search(text) is not None and _VAGINAL.search(text) is not None,
        _ANOTHER.search(text) is not None,
    )


def _visits(text: str) -> int | None:
    for pattern in _VISITS:
        if found := pattern.search(text):
            word = next(value for value in found.groupdict().values() if value).lower()
            return _NUMBERS.get(word) or int(word)
    return None


def _delivered(text: str) -> bool | None:
    """Whether the sender's group delivered."""
    if _DELIVERY_ONLY.search(text):
        return True
    elsewhere, here = _DELIVERED_ELSEWHERE.search(text) is not None, _DELIVERED_US.search(text) is not None
    into = _TRANSFERRED_IN.search(text)
    if into and (here or _kind(text)):
        return True
    if elsewhere:
        return False
    return True if here or _ALL_CARE.search(text) else None


def _kind(text: str) -> str | None:
    if _FAILED.search(text):
        return "cesarean_after_failed_trial"
    if _AFTER_CESAREAN.search(text):
        return "vaginal_after_cesarean"
    if _CESAREAN.search(text):
        return "cesarean"
    return "vaginal" if _VAGINAL.search(text) else None


def _postpartum(text: str) -> bool | None:
    if _POSTPARTUM_OTHER.search(text):
        return False
    return True if _POSTPARTUM_US.search(text) else None
