"""What kind of visit a question is about: its place, a new or established patient, who gave it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Place(StrEnum):
    """Where a visit was, as far as its codes hang on it."""

    OFFICE = "office"
    EMERGENCY = "emergency"
    HOSPITAL = "hospital"
    NURSING = "nursing"
    HOME = "home"
    OBSERVATION_DAY = "same_day_stay"


@dataclass(frozen=True, slots=True)
class VisitWords:
    """`new` and `first` are None where the words leave it open; `place` where no place is named."""

    place: Place | None = None
    new: bool | None = None
    first: bool | None = None
    """The first visit of a stay, or a later one."""
    consultation: bool = False
    stated_level: str | None = None
    """A level of decision making that the sender names (`moderate MDM`)."""
    by_time: bool = False
    """Whether time is said to choose the level."""
    by_decision: bool = False
    asks_level: bool = False


_PLACES = (
    (Place.EMERGENCY, r"(?-i:\bED\b|\bER\b|\bEDs\b)|\bemergency\b|\be\.?r\.? (?:doc|doctor|visit)\b"),
    (Place.NURSING, r"\bnursing (?:home|facilit\w+)\b|(?-i:\bSNF\b|\bNF\b|\bLTC\b)|\bskilled nursing\b"),
    (
        Place.HOME,
        r"\bhome visit|\bhouse ?call|\bassisted living\b|\bgroup home\b|\bat (?:her|his|their) (?:home|house)\b",
    ),
    (
        Place.HOSPITAL,
        (
            r"\bin-?patient\b|\bhospitalists?\b|\bobs(?:ervation)?\b(?! of)|\bhosp(?:ital)?\.? (?:visit|day|"
            r"follow|f/?u|stay|"
            r"consult|round)|"
            r"\bin the hospital\b|\b(?:initial|subsequent) hospital\b|\bhospital care\b|\badmitted\b|\badmission\b|"
            r"\bsubsequent (?:day|visit|care)\b|(?-i:\bICU\b)|"
            r"\brounds?\b(?=.*hospital)"
        ),
    ),
    (Place.OFFICE, r"\boffice\b|\bclinic\b|\bpos ?11\b|\bpractice\b"),
)
_PLACE = tuple((place, re.compile(pattern, re.IGNORECASE)) for place, pattern in _PLACES)
_FACILITY_CLINIC = re.compile(
    r"\b(?:sent|referred|transferred|directed|to) (?:\w+ )?(?:to )?(?:the )?(?:(?-i:ED|ER)\b|emergency (?:room|"
    r"department|dept))|\bas in the (?:clinic|office)\b|\bhome nurs",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:brand[- ]?)?new(?: (?:medicare|commercial|office|adult|peds?|pediatric|aetna|cigna|bcbs|female|male))* "
    r"(?:pts?|patients?|visit)\b|\bnew to (?:us|me|the practice|our)\b|\bnever (?:been )?seen (?:here|by us|before)\b|"
    r"\bNP visit\b|\bnew[- ]?pt\b|\bfirst[- ]time patient\b",
    re.IGNORECASE,
)
_ESTABLISHED = re.compile(
    r"\best(?:ab(?:lished)?|ablish|'d)?\.?(?: \w+)? (?:pts?|patients?|child|kid|teen\w*|adult|visit|woman|man|lady)\b|"
    r"\best\.? (?=pt|pat)|\b(?:pt|patient)s? (?:is )?est\b|\best ?\?|\best[.,]? (?=level)|\bvisit,? est\b|"
    r"\best\b(?=,? \d+ ?min)|[,.] est\b(?=\W*$)|"
    r"\bestablished\b|\best\.? (?:office|clinic|outpt)\b|"
    r"\bknown patient\b|\bexisting (?:pt|"
    r"patient)\b|\breturning (?:pt|patient)\b|"
    r"\breturn visit\b|\bfollow[- ]?ups?\b|\bf/?u\b|\brecheck\b|\best pt\b|\bold patient\b|\bregular patient\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:initial|admit(?:ted|ting)?|admission|h ?& ?p|first day|day (?:1|one))\b", re.IGNORECASE)
_LATER = re.compile(
    r"\bsubsequent\b|\bday (?:[2-9]|\d\d|two|three|four|five)\b|\bfollow[- ]?up\b|\bf/?u\b|\bprogress note|"
    r"\brounded\b|\brounding\b|\bdaily (?:hosp(?:ital)?\.? )?(?:visit|round)",
    re.IGNORECASE,
)
_LEVEL = r"straight-?forward|sf|low|mod(?:erate)?|high"
_MDM = r"(?:mdm|medical decision[- ]making|decision[- ]making|complexity)"
_STATED = re.compile(
    rf"\b(?P<before>{_LEVEL})(?:[- ](?:level|complexity))?(?: of)? {_MDM}\b|"
    rf"\b{_MDM}(?: (?:was|is|of|level|supports?|comes? (?:out )?(?:to|at)|=|:|only|a|at best|documented as|"
    rf"scored))*[ :=]{{1,3}}(?P<after>{_LEVEL})\b|"
    r"(?:^|[,;.] ?|\b(?:rash|problem|visit|all) )(?P<alone>straight-?forward)\b",
    re.IGNORECASE,
)
_NAMES = {"sf": "straightforward", "mod": "moderate", "straight-forward": "straightforward"}
_BY_TIME = re.compile(
    r"(?-i:\bTT\b)|\b(?:by|on|based on|using|per|via) (?:total )?time\b|\btime[- ]based\b|\bby the clock\b|"
    r"\btotal time\b|"
    r"\b(?:minutes?|mins?) total\b|\btotal(?: of)? \d+ ?min|"
    r"\bcod(?:e|ed|ing) (?:by|on) (?:the )?(?:time|minutes|clock)\b|\blevel by the clock\b|\btime alone\b",
    re.IGNORECASE,
)
_BY_DECISION = re.compile(r"\bmdm\b|\bdecision[- ]making\b|\btwo[- ]of[- ]three\b|\b2 of 3\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:what|which|visit|e/?m|ed|er|mdm|right|correct|office|this|the|that|a|lower|higher|supports?|same|it|of|"
    r"by) levels?\b(?! of the spine)|\blevel ?\?|\blevel\W*$|\blevel (?:of (?:service|visit|care|e/?m|mdm)|by|"
    r"[1-5]\b|does|do|can|"
    r"is|would)|\blevel(?:ed|ing)\b|\bmdm\b|\b99[23]\d\d\s*(?:or|vs\.?|/|versus)\s*(?:a )?99[23]\d\d\b|"
    r"\b99[23]\d\d\b[^.\n]{0,40}\?|"
    r"\b(?:what|which) (?:e/?m|visit|office visit|cpt)\b|\be/?m code\b|\bsupport(?:s|ed)? (?:a )?99|\b(?:bill|code|"
    r"defend|justify)"
    r"(?:ed|ing)? (?:it |this |that )?(?:as )?(?:a |an )?99[23]\d\d\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def visit_words(text: str) -> VisitWords:
    """What the words tell of the visit."""
    return VisitWords(
        place=_place(text),
        new=_one_of(_NEW, _ESTABLISHED, text),
        first=_one_of(_FIRST, _LATER, text),
        consultation=re.search(r"\bconsult(?:ation|s)?\b", text, re.IGNORECASE) is not None,
        stated_level=_stated(text),
        by_time=_BY_TIME.search(text) is not None,
        by_decision=_BY_DECISION.search(text) is not None,
        asks_level=_ASKS.search(text) is not None,
    )


def _place(text: str) -> Place | None:
    text = _FACILITY_CLINIC.sub(" ", text)
    return next((place for place, pattern in _PLACE if pattern.search(text)), None)


def _one_of(yes: re.Pattern[str], no: re.Pattern[str], text: str) -> bool | None:
    found, other = yes.search(text) is not None, no.search(text) is not None
    return found if found != other else None


def _stated(text: str) -> str | None:
    """The one level of decision making named as the visit's own."""
    found = {
        _NAMES.get(name, name)
        for match in _STATED.finditer(text)
        if (name := (match["before"] or match["after"] or match["alone"]).lower())
    }
    return found.pop() if len(found) == 1 else None
