"""What a question on critical care tells beside its minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.visit_minutes import CountedTime, counted_time

_NAMED = re.compile(
    r"\bcritical[\s-]care\b|\bcrit(?:ical|\.)? ?care\b|\bcc time\b|(?-i:\bCC\b)(?= \d)|\bmin(?:utes)? (?-i:CC)\b|"
    r"\b9929[12]\b",
    re.IGNORECASE,
)
_IN_INTENSIVE_CARE = re.compile(
    r"(?-i:\bICU\b) (?:doc\w*|md|physician|attending|team|time)\b[^?]*?\d ?min|"
    r"\bintensivists?\b[^?]*?\d ?min",
    re.IGNORECASE,
)
_OTHER_MINUTES = re.compile(
    r"\bvisit\b|\bsubsequent\b|\binitial\b|\blevel\b|\bconsult\w*|\b992[0-8]\d\b|\b993\d\d\b|\b994[19]\d\b|\bG0?\d{3,4}\b|"
    r"\badvance care\b|\binfus\w+|\bdrips?\b|\bpush\w*|\b9[0-7]\d{3}\b(?<!9929\d)|(?-i:\bNP\b|\bPA\b)|\bsplit\b|"
    r"\banesthesia\b|"
    r"\bsedation\b|\bhydration\b|\bshared\b|\bdischarge\b",
    re.IGNORECASE,
)
"""What else an intensive care unit counts by the minute."""
_NOT = re.compile(
    r"\b(?:not|no|without|isn't|wasn't|rather than|never)\s(?:a\s|really\s)?crit(?:ical)? ?care\b", re.IGNORECASE
)
_FACILITY = re.compile(
    r"\bfacility\b|\bub-?04\b|\bhospital (?:bill|claim|side|cod|charge)\w*|\bopps\b|\boutpatient (?:ptp|table)\b",
    re.IGNORECASE,
)
_OTHER_SPECIALTY = re.compile(r"\b(?:diff(?:erent|\.)?|another|other|separate|unlike) specialt", re.IGNORECASE)
_SAME_GROUP = re.compile(
    r"\bsame (?:group|specialty|practice)\b|\bour group\b|\bpartners?\b|\bcolleague\b", re.IGNORECASE
)
_TWO = re.compile(
    r"\b(?:two|2|second|both|another) (?:\w+ )?(?:physicians?|doctors?|docs?|intensivists?|hospitalists?|providers?|"
    r"mds?)\b|\bpartner\b|"
    r"\bDrs?\.? ?[A-Z]\w*\b.{1,60}\bDr\.? ?[A-Z]|\btook over\b",
)
_PER_DAY = re.compile(
    r"\bneonat\w+|\bnicu\b|\bnewborn\b|\binfant\b|\b9946[89]\b|\b9947[1-9]\b|\bpicu\b|\bmonth[- ]old\b", re.IGNORECASE
)
_FAMILY_TALK = re.compile(
    r"\b(?:talk\w*|speak\w*|discuss\w*|meet\w*|updat\w*|counsel\w*|convers\w*)\b[^.?]{0,40}\b(?:famil\w+|relatives|"
    r"spouse|wife|husband)\b[^.?]{0,60}\bcount|\bcount\b[^.?]{0,60}\bfamil",
    re.IGNORECASE,
)
_GLOBAL = re.compile(r"\bglobal\b|\bpost-?op\w*|\bmodifier FT\b|\bFT\b")


@dataclass(frozen=True, slots=True)
class CriticalCareWords:
    """`counted` is None where no minutes are written."""

    counted: CountedTime | None
    for_hospital: bool = False
    other_specialty: bool = False
    same_group: bool = False
    several: bool = False
    in_global: bool = False
    family_talk: bool = False


_FIELDS = {
    "emergency": re.compile(r"(?-i:\bED|\bER) (?:doc|physician|md)|\bemergency (?:doc|physician)", re.IGNORECASE),
    "intensive care": re.compile(
        r"\bintensivist|(?-i:\bICU) (?:doc|physician|md|attending)|\bcritical care (?:doc|physician|specialist)|"
        r"\bpulmonolog",
        re.IGNORECASE,
    ),
    "hospital medicine": re.compile(r"\bhospitalist", re.IGNORECASE),
    "cardiology": re.compile(r"\bcardiologist", re.IGNORECASE),
    "surgery": re.compile(r"\bsurgeon", re.IGNORECASE),
    "neurology": re.compile(r"\bneurologist", re.IGNORECASE),
}


def _fields(text: str) -> list[str]:
    """The specialties whose clinicians are told of."""
    return [name for name, pattern in _FIELDS.items() if pattern.search(text)]


def critical_care_words(text: str) -> CriticalCareWords | None:
    """What the text tells of critical care by the minute; None where it is not the subject."""
    if not (_NAMED.search(text) or _by_intensivists(text)) or _NOT.search(text) or _PER_DAY.search(text):
        return None
    return CriticalCareWords(
        counted=counted_time(text),
        for_hospital=_FACILITY.search(text) is not None,
        other_specialty=_OTHER_SPECIALTY.search(text) is not None or len(_fields(text)) > 1,
        same_group=_SAME_GROUP.search(text) is not None,
        several=_TWO.search(text) is not None,
        family_talk=_FAMILY_TALK.search(text) is not None,
        in_global=_GLOBAL.search(text) is not None,
    )


def _by_intensivists(text: str) -> bool:
    """Minutes of an intensive care physician, of nothing else that is told, are of critical care."""
    return _IN_INTENSIVE_CARE.search(text) is not None and not _OTHER_MINUTES.search(text)
