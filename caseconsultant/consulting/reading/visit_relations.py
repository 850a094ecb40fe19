"""Who saw the patient, when and in what relation: facts of new patients, shared visits and services incident to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from caseconsultant.consulting.reading.visit_minutes import stretches

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "a few": 3}
_N = r"(?P<n>\d{1,2}(?:\.5)?(?: ?1/2)?|(?:a )?couple of|a few|one|two|three|four|five|six|seven|eight|nine|ten|an?)"
_AGO = re.compile(
    rf"\b{_N}(?: and a half)?[ -](?P<unit>years?|yrs?|y/?o?|months?|mos?|weeks?|wks?|"
    rf"days?)\.?(?: and \d+ months?)? ?(?:ago|back|earlier|before|prior|since)\b|"
    rf"\b(?:not )?(?:seen|been (?:here|in|seen)|visit(?:ed)?|came) (?:\w+ ){{0,4}}?(?:in|for|"
    rf"within)(?: the)?(?: (?:last|past|over|more than|about|almost|nearly))* "
    rf"(?P<n2>\d{{1,2}}|one|two|three|four|five|six|ten) (?P<unit2>years?|yrs?|months?)\b|"
    r"\b(?P<last>last (?:year|month|week)|yesterday|this year)\b",
    re.IGNORECASE,
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_IN_MONTH = re.compile(
    rf"\b(?:in|since|on|from) (?P<month>{'|'.join(_MONTHS)}|"
    rf"{'|'.join(each[:3] for each in _MONTHS)})\.?,? (?:of )?(?P<year>20\d\d)\b|"
    r"\b(?:seen|visit|last|saw|since|in)\b[^.]{0,20}?\b(?:(?P<m>\d{1,2})/(?:\d{1,2}/)?)(?P<y>20\d\d|\d\d)\b|\b(?:in|"
    r"since) (?P<only>20\d\d)\b",
    re.IGNORECASE,
)
_MONTHS_OF = {"y": 12.0, "m": 1.0, "w": 0.25, "d": 0.03}


def months_since(text: str, *, on: date) -> float | None:
    """Months since the earlier service that the text tells of; None where no time is told."""
    match = _AGO.search(text)
    if match and match["last"]:
        return {"year": 12.0, "month": 1.0}.get(match["last"].lower().removeprefix("last "), 0.5)
    if match:
        number, unit = match["n"] or match["n2"], (match["unit"] or match["unit2"]).lower()
        return _number(number) * _MONTHS_OF[unit[0]] + (6 if "and a half" in match.group() else 0)
    dated = _IN_MONTH.search(text)
    if not dated:
        return None
    year = int(dated["year"] or dated["only"] or dated["y"])
    year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits
    month = next(
        (
            place
            for place, name in enumerate(_MONTHS, 1)
            if dated["month"] and name.startswith(dated["month"].lower()[:3])
        ),
        0,
    )
    month = month or int(dated["m"] or 6)
    return float((on.year - year) * 12 + on.month - month)


def _number(written: str) -> float:
    lowered = written.lower().strip()
    digits = re.match(r"\d+(?:\.5)?", lowered)
    if digits:
        return float(digits.group()) + (0.5 if "1/2" in lowered else 0)
    return float(_NUMBERS.get(lowered, 2))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is told of an earlier service; None where nothing is."""

    months: float | None
    same_specialty: bool | None
    face_to_face: bool | None
    same_clinician: bool
    nonphysician: bool


_SAME_SPECIALTY = re.compile(
    r"\bsame (?:exact )?(?:sub)?-?special(?:ty|ist)|\bsame (?:doctor|physician|provider|doc|np|md|"
    r"clinician|surgeon|cardiologist|internist|pediatrician)\b|\bboth (?:are )?(?:in )?(?:\w+ )?"
    r"(?:cardiolog|family|internal|ortho|derm|gastro|pediatric|neuro|urolog|ob)|"
    r"\bsame (?:department|field)\b",
    re.IGNORECASE,
)
_PARTNER = re.compile(r"\b(?:partner|colleague|associate)\b", re.IGNORECASE)
"""Of the same specialty, where no two are named."""
_OTHER_SPECIALTY = re.compile(
    r"\b(?:different|another|other|separate) (?:sub)?-?special|\bnot (?:the )?same special|\bdifferent department\b|"
    r"\b(?:subspecialt\w+)\b.{0,20}\b(?:differ|other)|\bsomeone in a different",
    re.IGNORECASE,
)
_SPECIALTIES = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "cardiology": r"(?<!interventional )\bcardiolog\w+|\bcardio\b",
        "interventional cardiology": r"\binterventional cardiolog\w+",
        "electrophysiology": r"\belectrophysiolog\w+|(?-i:\bEP\b)",
        "gastroenterology": r"\b(?:gastroenterolog\w+|gi)\b",
        "family medicine": r"\b(?:family (?:med(?:icine)?|practice|docs?|doctor|physician)|pcp|fp)\b",
        "internal medicine": r"\b(?:internal medicine|internist|im)\b",
        "dermatology": r"\bdermatolog\w+|\bderm\b",
        "orthopedics": r"\borthop\w+|\bortho\b",
        "endocrinology": r"\bendocrin\w+|\bendo\b",
        "neurology": r"\bneurolog\w+\b",
        "pulmonology": r"\bpulmon\w+\b",
        "oncology": r"\boncolog\w+\b",
        "pediatrics": r"\bpediatric\w*|\bpeds\b",
        "urology": r"\burolog\w+\b",
        "general surgery": r"\bgeneral surg\w+\b",
        "obstetrics and gynecology": r"\bob-?/?gyn\b|\bgynecolog\w+|\bob\b",
        "rheumatology": r"\brheumatolog\w+\b",
        "podiatry": r"\bpodiatr\w+\b",
        "psychiatry": r"\bpsychiatr\w+\b",
        "nephrology": r"\bnephrolog\w+\b",
        "ENT": r"\bent\b|\botolaryngolog\w+",
        "emergency medicine": r"(?-i:\bER\b|\bED\b)|\bemergency (?:doc|physician|medicine)",
        "ophthalmology": r"\bophthalmolog\w+\b",
    }.items()
}
_NOT_FACED = re.compile(
    r"\b(?:read|interpret\w*|overread)\b.{0,40}\b(?:echo|ekg|ecg|x-?ray|ct|mri|film|tracing|scan|eeg|slide|holter|"
    r"study|test|sleep study|pft|image)|"
    r"\b(?:ekg|ecg|echo|x-?ray|lab) (?:read|interpretation|only)|\b(?:nobody|none|no one)\b.{0,30}\b(?:laid eyes|met|"
    r"saw|seen|face)|\bno face[- ]to[- ]face|"
    r"\b(?:never|not|wasn't|hasn't been) (?:been )?seen by (?:a|an|any|our|one of our|the) (?:docs?|doctors?|"
    r"physicians?|providers?|clinicians?|md)\b|"
    r"\bonly (?:by )?phone(?! consult)|"
    r"\bphone (?:call|refill)|\brefill(?:ed)? (?:only|by phone)|\bonly (?:labs?|a flu shot by the nurse|nurse)|"
    r"\bpathology\b|\bportal message",
    re.IGNORECASE,
)
_SAME_CLINICIAN = re.compile(
    r"\b(?:(?:former|previous|old|prior|other|last) (?:practice|group|clinic|employer|job|office)|followed (?:her|him|"
    r"the doctor|me|dr)|moved from|brought (?:his|her|the|all)? ?patients|joined (?:our|us|the|a new|my)|"
    r"new to our (?:group|practice) but|changed (?:groups|practices|jobs)|moved (?:to|from) (?:our|another|"
    r"a different) (?:practice|group)|"
    r"left (?:a|his|her|the|another) (?:practice|group)|new tax id|new tin|same (?:doctor|physician|provider|"
    r"doc) (?:saw|who))\b",
    re.IGNORECASE,
)
_NEVER_THIS_ONE = re.compile(r"\bnever (?:(?:saw|seen|seen by|met|by) )?(?:dr|doctor)\b", re.IGNORECASE)
"""The patient is another clinician's, who changed practices with this one."""
_NONPHYSICIAN = re.compile(
    r"(?-i:\bNPs?\b|\bPAs?\b|\bPA-C\b|\bAPPs?\b|\bAPRN\b)|\bnurse practitioners?\b|\bphysician assistants?\b",
    re.IGNORECASE,
)


_OUR_NONPHYSICIAN = re.compile(
    r"\b(?:our|my|the|an?) (?:nps?|pas?|nurse practitioner|physician assistant|app)\b", re.IGNORECASE
)


def earlier(text: str, *, on: date) -> Earlier:
    """What the text tells of the earlier service."""
    other, same = _OTHER_SPECIALTY.search(text) is not None, _SAME_SPECIALTY.search(text) is not None
    named = specialties(text)
    alike = same or _PARTNER.search(text) is not None or _twice(named, text)
    specialty = False if other or (len(named) > 1 and not same) else True if alike else None
    if specialty is None and not named and _OUR_NONPHYSICIAN.search(text):
        specialty = True  # of the specialty of the physicians he works with
    return Earlier(
        months=months_since(text, on=on),
        same_specialty=specialty,
        face_to_face=False if _NOT_FACED.search(text) else None,
        same_clinician=_SAME_CLINICIAN.search(text) is not None and _NEVER_THIS_ONE.search(text) is None,
        nonphysician=_NONPHYSICIAN.search(text) is not None,
    )


def specialties(text: str) -> tuple[str, ...]:
    """The specialties named, each once."""
    return tuple(name for name, pattern in _SPECIALTIES.items() if pattern.search(text))


def _twice(named: tuple[str, ...], text: str) -> bool:
    """One specialty, named of both: `our GI group` and `our gastroenterologist`."""
    return bool(named) and len(_SPECIALTIES[named[0]].findall(text)) > 1


@dataclass(frozen=True, slots=True)
class Shared:
    """Minutes of each of the two, and what the physician is told to have done; None where nothing is told."""

    physician: int | None
    other: int | None
    total: int | None
    physician_decided: bool
    other_decided: bool
    physician_examined: bool
    physician_undecided: bool = False


_ROLE = re.compile(
    r"(?P<second>\bnps?\b|\b(?:our|the|a) pas?\b|(?-i:\bNPs?\b|\bPAs?\b|\bPA-C\b|\bAPPs?\b|\bNPPs?\b|\bAPRNs?\b)|"
    r"\bnurse practitioner\b|"
    r"\bphysician assistant\b|\badvanced practi\w+)|"
    r"(?P<first>\bmds?\b|(?-i:\bDO\b)|\bphysician\b|\bdoctor\b|\bdoc\b|\bdr\.?\b|\bhospitalist\b|\battending\b|"
    r"\bintensivist\b|\bsurgeon\b|\bcardiologist\b|"
    r"\boncologist\b)",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:(?P<h>\d+) ?(?:h|hr|hrs|hours?) ?)?(?P<m>\d{1,3}) ?-?(?:minutes?|mins?\b|m\b)|(?:(?<=another )|(?<=NP )|"
    r"(?<=MD )|(?<=PA ))(?P<b>\d{1,3})\b",
    re.IGNORECASE,
)
_DID_PLAN = (
    r"(?:ma[dk]es?|did|does|writes?|wrote|sets?|determine[ds]|decide[ds]|approve[ds]|formulate[ds]|develop(?:ed|s)|"
    r"direct(?:ed|s)|change[ds]|"
    r"took responsibility for|document(?:ed|s)|perform(?:ed|s))\b[^.;,]{0,30}\b(?:plan|mdm|decision|management|"
    r"medical decision)"
)


_NO_PLAN = (
    r"(?:did|does|had|made|wrote)\s(?:not\s(?:do|make|write|approve)\b|none\b|no\s(?:part\b)?|nothing\b)"
    r"[^.;,]{0,25}\b(?:plan|mdm|decision|management)"
)


def shared(text: str) -> Shared:
    """Who of the two gave how many minutes, and who decided."""
    minutes: dict[str, int] = {}
    together = 0
    for match in _LENGTH.finditer(text):
        role = _role_of(text, match)
        if re.match(r"[ ,(]{0,2}(?:spent )?(?:together|jointly|overlap)", text[match.end() :], re.IGNORECASE):
            together += int(match["m"] or match["b"])
            continue
        if role:
            minutes[role] = minutes.get(role, 0) + int(match["m"] or match["b"]) + 60 * int(match["h"] or 0)
    both = len(minutes) == 2  # noqa: PLR2004 - physician and the other
    every = stretches(text)
    return Shared(
        physician=minutes.get("first"),
        other=minutes.get("second"),
        total=sum(minutes.values()) - together if both else every[0].minutes if len(every) == 1 else None,
        physician_decided=_did("first", _DID_PLAN, re.sub(_NO_PLAN, " ", text, flags=re.IGNORECASE)),
        other_decided=_did("second", _DID_PLAN, text),
        physician_examined=_did(
            "first", r"(?:did|performed|completed|personally)\b[^.;,]{0,40}\b(?:exam|history)", text
        ),
        physician_undecided=_did("first", _NO_PLAN, text),
    )


def _role_of(text: str, match: re.Match[str]) -> str:
    """The last role named before the minutes in their sentence, else the one just after (`20 min by the NP`)."""
    after = _ROLE.search(text, match.end(), min(len(text), match.end() + 16))
    by = after and re.match(r"\W{0,3}(?:by|from|of|with|for)\b", text[match.end() :])
    if after and by:
        return str(after.lastgroup)
    before = [
        each
        for each in _ROLE.finditer(text, max(0, match.start() - 90), match.start())
        if "." not in text[each.end() + 1 : match.start()]
    ]
    return str(before[-1].lastgroup) if before else str(after.lastgroup) if after else ""


def _did(role: str, what: str, text: str) -> bool:
    """Whether the role is the last one named before what was done."""
    for match in re.finditer(what, text, re.IGNORECASE):
        before = list(_ROLE.finditer(text, max(0, match.start() - 60), match.start() + 1))
        if before and before[-1].lastgroup == role:
            return True
    return False
