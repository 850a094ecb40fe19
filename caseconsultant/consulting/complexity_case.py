"""What a question on G2211 tells: the visits, what else was done that day, 25, and the relationship."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.visit_rules import VisitRules, proposed

ADD_ON = "G2211"
_NAMED = re.compile(
    r"\bG2211\b|\b(?:visit )?complexity (?:add-?on|code)\b|\badd-?on\b[^.?]{0,40}\b(?:long[- ]?(?:term|itudinal)|"
    r"lasting|complexity|relationship|continuity)\b|"
    r"\blongitudinal (?:care )?(?:add-?on|code)\b",
    re.IGNORECASE,
)
_WELLNESS = re.compile(
    r"\b(?:awv|annual wellness|wellness (?:visit|exam)|ippe|welcome to medicare|G0402|G043[89])\b", re.IGNORECASE
)
_VACCINE = re.compile(
    r"\b(?:vaccin\w*|immuniz\w*|flu shot|flu vaccine|pneumo\w* (?:shot|vaccine)|prevnar|covid shot|G000[89]|G0010|"
    r"9047[1-4]|90480|9046[01])\b",
    re.IGNORECASE,
)
_PREVENTIVE = re.compile(
    r"\b(?:part b preventive|preventive service|depression screen\w*|alcohol screen\w*|pap smear|pelvic exam|"
    r"prostate screen\w*|obesity counsel\w*|tobacco (?:cessation|counsel\w*)|smoking cessation|G0444|G0442|G0443|"
    r"G0101|Q0091|G0102|G0446|G0447|9940[67])\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:procedure|injection|inject\w*|biops\w+|destruction|excision|cryo\w*|lesion|aspirat\w+|cerumen|ear wax|"
    r"trigger point|nail|i ?& ?d|laceration|"
    r"arthrocentesis|debride\w*|spirometry|nebuli\w+)\b",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"\bpcp\b|\bprimary care\b|\blongitudinal\b|\bfor (?:\w+ )?(?:years|yrs)\b|\bof \w+ years\b|"
    r"\bevery (?:\w+ )?(?:months?|weeks?|visit)\b|\bongoing\b|\bcontinuity\b|\blong[- ]term\b|"
    r"\blasting\b|\bfollows? (?:him|her|them|this|the pt|the patient|for)\b|\bmanag(?:es|ing) (?:his|her|their|the)\b|"
    r"\bregular (?:doctor|patient)\b|\b(?:her|his) (?:internist|rheumatologist|"
    r"cardiologist|oncologist|endocrinologist|neurologist|doctor)\b|\bmedical home\b|\bfocal point\b",
    re.IGNORECASE,
)
_ONE_TIME = re.compile(
    r"\burgent care\b|\bone[- ]time\b|\bwalk[- ]in\b|\bsecond opinion\b|\bout of town\b|\bvisiting from\b|"
    r"\bcovering for\b|\bsingle visit\b|\bone[- ]off\b",
    re.IGNORECASE,
)
_TWENTY_FIVE = re.compile(
    r"-25\b|\bmodifier[- ]?25\b|\b(?:the|a|carries|with|has|an?) 25\b|\bmod 25\b|\b25 modifier\b|\b25 block\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ComplexityCase:
    """The claim lines by what they are to the add-on."""

    bases: tuple[str, ...]
    wrong_bases: tuple[str, ...]
    preventive: tuple[str, ...]
    procedures: tuple[str, ...]
    marked: bool
    relation: bool
    one_time: bool
    kind: str
    """What the other service is: wellness_visit, vaccine_administration, part_b_preventive, procedure, or empty."""


def names_complexity(text: str) -> bool:
    """Whether the add-on is named, by code or in words."""
    return _NAMED.search(text) is not None


def complexity_case(rules: VisitRules) -> ComplexityCase:
    """What the codes and words tell."""
    text, codes = rules.question.text, proposed(rules.question)
    primaries = rules.words("evaluation.complexity_add_on.primaries")
    visits = [code for code in codes if rules.family_of(code) or code in primaries]
    lists = {
        "wellness_visit": [code for code in codes if code in {"G0402", "G0438", "G0439"}],
        "vaccine_administration": [code for code in codes if _VACCINE.fullmatch(code)],
        "part_b_preventive": [code for code in codes if _PREVENTIVE.fullmatch(code)],
    }
    other = {code for found in lists.values() for code in found}
    rest = [code for code in codes if code not in other and code not in visits and code != ADD_ON and not _plain(code)]
    words = {"wellness_visit": _WELLNESS, "vaccine_administration": _VACCINE, "part_b_preventive": _PREVENTIVE}
    kinds = [kind for kind, pattern in words.items() if lists[kind] or pattern.search(text)]
    modifiers = {
        modifier for each in rules.question.codes if each.code in {*visits, ADD_ON} for modifier in each.modifiers
    }
    marked = "25" in modifiers | set(rules.question.modifiers) or _TWENTY_FIVE.search(text) is not None
    procedure = rest or (_PROCEDURE.search(text) and not kinds)
    return ComplexityCase(
        bases=tuple(code for code in visits if code in primaries and code not in rules.question.alternatives),
        wrong_bases=tuple(code for code in visits if code not in primaries),
        preventive=tuple(sorted(other)),
        procedures=tuple(rest),
        marked=marked,
        relation=_RELATION.search(text) is not None,
        one_time=_ONE_TIME.search(text) is not None,
        kind="procedure" if procedure else kinds[0] if kinds else "",
    )


def _plain(code: str) -> bool:
    """Laboratory, imaging and drugs: no 25 on the visit for them."""
    return code[0] in "78J" or code == "36415" or code[:2] in {"90", "91"}
