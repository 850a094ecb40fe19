"""A service done again on the same day: which kind, by whom, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import written_modifiers
from caseconsultant.domain.question import Question

_AGAIN = re.compile(
    r"\b(?:duplicates?|dups?|reran|re-ran|oa-?18|co-?18|repeat(?:ed|s|ing)?|twice|three times|3 times|2 times|second|"
    r"third|serial|another|again|two|three|four)\b|"
    r"\b[2-9]\s?x\b|(?-i:\bx\s?[2-6]\b)|\bat\s\d{1,2}(?::\d\d)?(?:,?\s(?:and\s)?\d{1,2}){1,3}\s(?:h|"
    r"hours?|o'clock|am|pm)\b",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(
    (
        r"\bper day\b|\bdups?\b|\bsame (?:day|date|dos)\b|\bof the day\b|\ba day\b|\bthat day\b|"
        r"\bduplicates?\b|\boa-?18\b|"
        r"\bco-?18\b|\bhours? (?:later|apart)\b|\b(?:at|drawn at)\s\d|\btwice on\b|\b\d{1,2}\s?h\b"
    ),
    re.IGNORECASE,
)
_LABORATORY = re.compile(
    (
        r"\b(?:potassiums?|troponins?|glucose|lactate|hemoglobin|h&h|hematocrit|cbc|bmp|cmp|labs?|"
        r"blood gas(?:es)?|abg|sodium|creatinine|specimen|tube|drug level|inr|ptt|lab test)\b"
    ),
    re.IGNORECASE,
)
_RERUN = re.compile(
    r"\breran\b|\bre-ran\b|"
    r"\b(?:confirm\w*|rerun\w*|re-run\w*|re-?check(?:ed)? the (?:value|result|machine)|clot\w*|"
    r"hemolyz\w*|failed|lost (?:the )?(?:tube|specimen|sample)|"
    r"contaminat\w+|equipment|instrument|(?:bad|spoiled|wrong) (?:tube|specimen|sample)|"
    r"insufficient (?:sample|quantity)|be sure (?:of|about)|verify|run again|quality control)\b",
    re.IGNORECASE,
)
_NEW_RESULT = re.compile(
    (
        r"\b(?:serial|follow(?:ing)? (?:treatment|therapy|the|up)|new (?:value|result)s?|monitor\w*|"
        r"trend\w*|to (?:follow|track|see)|each ordered|rul(?:e|ing) out (?:mi|ami)|at \d{1,2}(?::\d\d)"
        r"?,? (?:and )?\d{1,2}|hours? apart|drawn at)\b"
    ),
    re.IGNORECASE,
)
_SAME_PHYSICIAN = re.compile(
    (
        r"\bsame (?:physician|doctor|radiologist|provider|surgeon|md|reader|cardiologist)\b|"
        r"\bboth (?:read|done|interpreted|performed) by (?:our|the same|one|dr)\b|\bby the same\b"
    ),
    re.IGNORECASE,
)
_OTHER_PHYSICIAN = re.compile(
    (
        r"\b(?:different|another|other|second|two) (?:different )?(?:physician|doctor|doc|radiologist|provider|surgeon|"
        r"md|cardiologist|group)s?\b|\bby (?:a )?(?:partner|colleague)\b"
    ),
    re.IGNORECASE,
)
_OF_EDITS = re.compile(
    r"\bedits?\b|\bncci\b|\bbundl\w+|\blets? it through\b|\bexceeds?\b|\bmaximum\b|\bbypass\w*|\bn362\b|\bunbundl\w+",
    re.IGNORECASE,
)
"""A pair or a number of units is in question, not a duplicate."""
_DUPLICATE = re.compile(r"\bduplicates?\b|\boa-?18\b|\bco-?18\b", re.IGNORECASE)
_NAMED = (
    (r"\bpotassiums?\b", "84132"),
    (
        (
            r"\btroponins?\b(?=[^.?!\n]*\bquantitat)|\b(?:high[- ]sensitiv\w*|hs-?|quantitative|serial)"
            r"\s?(?:\w{1,14}\s){0,3}troponins?\b|\btroponins?\b"
        ),
        "84484",
    ),
    (r"\blactates?\b|\blactic acid\b", "83605"),
    (r"\bglucose\b(?! tolerance)", "82947"),
    (r"\bhemoglobin\b(?! a1c)", "85018"),
    (r"\bsodiums?\b", "84295"),
)


@dataclass(frozen=True, slots=True)
class Repeats:
    """What the words tell. `same_physician` is None where they leave it open."""

    laboratory: bool
    rerun: bool
    new_result: bool
    same_physician: bool | None
    named: tuple[str, ...]
    modifiers: frozenset[str]


def repeats(question: Question) -> Repeats | None:
    """What was done again, None where nothing was on one day."""
    text = question.text
    if _OF_EDITS.search(text) and not _DUPLICATE.search(text):
        return None
    modifiers = written_modifiers(question) & {"76", "77", "91"}
    again = _AGAIN.search(text) is not None and (_SAME_DAY.search(text) or _RERUN.search(text)) is not None
    lab_codes = [each.code for each in question.codes if each.code[0] == "8" and each.code[1] in "0123456789"]
    named = tuple(code for pattern, code in _NAMED if re.search(pattern, text, re.IGNORECASE))
    laboratory = bool(lab_codes) or (not question.codes and (bool(named) or _LABORATORY.search(text) is not None))
    if not modifiers and not (
        again and (laboratory or re.search(r"\bduplicate|\boa-?18|\bco-?18|\brepeat", text, re.IGNORECASE))
    ):
        return None
    same = None
    if bool(_SAME_PHYSICIAN.search(text)) != bool(_OTHER_PHYSICIAN.search(text)):
        same = _SAME_PHYSICIAN.search(text) is not None
    return Repeats(
        laboratory, _RERUN.search(text) is not None, _NEW_RESULT.search(text) is not None, same, named, modifiers
    )
