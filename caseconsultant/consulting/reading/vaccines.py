"""Vaccines by name and code, the patient's age, who counseled, and what the tetanus shot was for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from caseconsultant.consulting.reading.text import ordered

_NAMES: tuple[tuple[str, str, str], ...] = (
    (("high-dose "
     "flu"), (r"(?:high[\s-]?dose|hd)\s(?:flu|influenza)\w*|(?:flu|fluzone)\s?(?:shot\s|"
            r"vaccine\s)?(?:high[\s-]?dose|hd)\b"), "90662"),
    ("Fluad", r"fluad", "90653"),
    ("Flublok", r"flublok", "90673"),
    ("Flucelvax", r"flucelvax", "90661"),
    ("FluMist", r"flu-?mist|nasal flu|intranasal (?:flu|influenza)|laiv\d?", "90660"),
    ("flu", (r"flu(?:\s(?:shots?|vaccines?|vax))?|influenza|fluarix|flulaval|fluzone|afluria|"
            r"flu shots?"), "90656 90658 90657 90661 90662 90653 90673 90660"),
    ("Prevnar 20", r"prevnar[\s-]?20|pcv[\s-]?20", "90677"),
    ("Prevnar 13", r"prevnar[\s-]?13|pcv[\s-]?13", "90670"),
    ("Vaxneuvance", r"vaxneuvance|pcv[\s-]?15", "90671"),
    ("Capvaxive", r"capvaxive|pcv[\s-]?21", "90684"),
    ("Pneumovax 23", r"pneumovax(?:[\s-]?23)?|ppsv[\s-]?23", "90732"),
    ("pneumococcal", r"pneumo(?:coccal|nia)?(?:\s(?:shots?|vaccines?))?|prevnar|pcv", "90677 90670 90671 90684 90732"),
    ("Heplisav", r"heplisav(?:-b)?", "90739"),
    ("Twinrix", r"twinrix|hep\s?a\s?[/-]?\s?(?:and|&)?\s?b combo\w*", "90636"),
    ("hepatitis B", r"hep(?:atitis)?[\s-]?b\b|engerix(?:-b)?|recombivax", "90746 90744 90740 90747 90739"),
    ("hepatitis A", r"hep(?:atitis)?[\s-]?a\b|havrix|vaqta", "90633 90632"),
    ("COVID-19", (r"covid(?:-?19)?(?:\s(?:shots?|vaccines?|boosters?))?|comirnaty|spikevax|novavax|nuvaxovid|"
                 r"mnexspike"), "91320 91322 91318 91319 91321 91323 91304"),
    ("MMRV", r"mmrv|proquad", "90710"),
    ("MMR", r"mmr|m-m-r(?:\sii)?|priorix", "90707"),
    ("varicella", r"varicella|varivax|chicken\s?pox|vzv", "90716"),
    ("Kinrix", r"kinrix|quadracel|dtap[\s/-]ipv\b(?![\s/-](?:hib|hep))", "90696"),
    ("Vaxelis", r"vaxelis|dtap[\s/-]ipv[\s/-]hib[\s/-]hep\s?b", "90697"),
    ("Pentacel", r"pentacel|dtap[\s/-]ipv[\s/-]hib", "90698"),
    ("Pediarix", r"pediarix|dtap[\s/-]hep\s?b[\s/-]ipv", "90723"),
    ("DTaP", r"dtap|daptacel|infanrix", "90700"),
    ("polio", r"ipv|polio|ipol", "90713"),
    ("Hib", r"hib|pedvaxhib|acthib|hiberix", "90648 90647"),
    ("RotaTeq", r"rotateq|rv5", "90680"),
    ("Rotarix", r"rotarix|rv1", "90681"),
    ("rotavirus", r"rotavirus|rota", "90680 90681"),
    ("Tdap", r"tdap|boostrix|adacel", "90715"),
    ("Td", r"td|tenivac|tetanus(?:\s(?:shot|booster|vaccine))?", "90714"),
    ("HPV", r"hpv|gardasil(?:\s?9)?", "90651"),
    ("MenQuadfi", r"menquadfi", "90619"),
    ("MenB", r"men[\s-]?b|bexsero|trumenba", "90620 90621"),
    ("MenACWY", r"menveo|menactra|men[\s-]?acwy|mcv4|mening(?:itis|ococcal)(?:\s(?:shots?|vaccines?))?", "90734 90619"),
    ("Shingrix", r"shingrix|zoster|shingles(?:\s(?:shot|vaccine))?", "90750"),
    ("Arexvy", r"arexvy", "90679"),
    ("Abrysvo", r"abrysvo", "90678"),
    ("mResvia", r"mresvia", "90683"),
    ("RSV antibody", r"beyfortus|nirsevimab|enflonsia|clesrovimab|rsv (?:monoclonal|antibody)\w*", "90380 90381 90382"),
    ("RSV", r"rsv(?:\s(?:shot|vaccine))?", "90678 90679 90683"),
    ("rabies", r"rabies", "90675"),
)  # fmt: skip
_NAME = re.compile(
    "|".join(rf"(?P<n{place}>(?<![\w-])(?:{pattern})(?![\w]))" for place, (_, pattern, _) in enumerate(_NAMES)),
    re.IGNORECASE,
)
_NO_VACCINE_AFTER = re.compile(
    r"\s(?:test|swab|panel|screen\w*|symptoms?|infection|positive|titer|exposure|a/b)\b|-like", re.IGNORECASE
)
_NUMBERS = {
    word: value for value, word in enumerate(ordered("one two three four five six seven eight nine ten"), start=1)
}
_AGE = re.compile(
    r"(?<![\d/])(?P<years>\d{1,3})[\s-]?(?:yo|y/o|y\.o\.|yrs?|years?)(?:[\s-](?:old|of age))?\b|"
    r"\bage[ds]?:?\s(?P<aged>\d{1,3})\b(?!\s?(?:months?|mos?|weeks?))|"
    r"(?<![\d/])(?P<months>\d{1,2})[\s-]?(?:m/?o|mos?|months?)(?:[\s-](?:old|of age))?\b|"
    r"(?P<weeks>\d{1,2})[\s-]weeks?[\s-]old|"
    r"(?P<spelled>one|two|three|four|five|six|seven|eight|nine|ten)[\s-](?P<unit>year|month)s?[\s-]old",
    re.IGNORECASE,
)
_ADULT = re.compile(r"\badults?\b", re.IGNORECASE)
_CHILD = re.compile(r"\b(?:infants?|newborns?|toddlers?|bab(?:y|ies)|kindergart\w+)\b", re.IGNORECASE)
_NOT_COUNSELED = re.compile(
    r"\b(?:no|without|w/o|not|n't|didn't|declined|never)\b[^.?!\n]{0,30}\bcouns\w+|"
    r"\bcouns\w+[^.?!\n]{0,16}\b(?:not (?:done|documented|provided)|was not|wasn't)|"
    r"\bno (?:doctor|physician|provider|np|md|clinician)\b|\b(?:nurse|ma|rn|lpn|staff|"
    r"medical assistant)[\s-](?:only|visit|schedule)\b|"
    r"\b(?:nurse|rn|lpn|ma|medical assistant|pharmacist)\s(?:couns\w+|did the couns\w+)|\bcouns\w+ (?:by|"
    r"from) (?:the |our |a )?(?:nurse|rn|lpn|ma|medical assistant)\b|"
    r"\b(?:nurse|rn|lpn|ma|medical assistant)\s(?:just\s)?(?:gave|administered)\b(?![^.?!\n]*\b(?:doctor|"
    r"physician|provider|np|md|pediatrician)\b)",
    re.IGNORECASE,
)
_COUNSELED = re.compile(
    r"\bcouns\w+|\b(?:physician|doctor|md|provider|pediatrician|np|pa)\s(?:\w+\s){0,2}(?:discussed|talked|spoke|"
    r"went over|explained|educated)\b",
    re.IGNORECASE,
)
_OPEN_COUNSELING = re.compile(
    r"\bcouns\w+[^.?!\n]{0,30}\b(?:or not|matter)\b|\b(?:do|does|is|if|whether|must|need)\b[^.?!\n]{0,30}\bcouns\w+",
    re.IGNORECASE,
)
_INJURY = re.compile(
    r"\b(?:wound|lacerat\w+|cut|stepped on|nail|puncture|bite|bitten|burn|abrasion|injur(?:y|ed|ies)|exposure|"
    r"exposed|laceration)\b",
    re.IGNORECASE,
)
_NO_INJURY = re.compile(
    r"\bno (?:injury|wound|exposure|trauma)\b|\broutine\b|\bnot? (?:an? )?(?:injury|wound)|\bbooster due\b|"
    r"\bpreventive\b|\b10[\s-]?year booster",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A vaccine given: its code where it is plain, and the codes it may have."""

    name: str
    code: str | None
    codes: tuple[str, ...]

    @property
    def like(self) -> str:
        """A code that has its components and route."""
        return self.code or self.codes[0]


def vaccines(text: str, written: Sequence[str]) -> tuple[Vaccine, ...]:
    """The vaccines of a text in their order; a name beside its own code is one vaccine."""
    return _vaccines(text, tuple(written))


@lru_cache(maxsize=8)
def _vaccines(text: str, written: tuple[str, ...]) -> tuple[Vaccine, ...]:
    left = list(dict.fromkeys(written))
    found: list[Vaccine] = []
    for match in _NAME.finditer(text):
        name, _, codes = _NAMES[int(str(match.lastgroup)[1:])]
        options = tuple(codes.split())
        if _NO_VACCINE_AFTER.match(text, match.end()) or any(each.name == name for each in found):
            continue
        own = next((code for code in left if code in options), None)
        if own:
            left.remove(own)
        elif any(each.code in options for each in found):
            continue
        found = [each for each in found if each.code or not set(options) < set(each.codes)]
        found.append(Vaccine(name, own or (options[0] if len(options) == 1 else None), options))
    return (*found, *(Vaccine(code, code, (code,)) for code in left))


_DISEASES = frozenset(
    {
        "flu",
        "COVID-19",
        "hepatitis B",
        "hepatitis A",
        "varicella",
        "polio",
        "rotavirus",
        "pneumococcal",
        "RSV",
        "rabies",
        "HPV",
    }
)


def certain(found: Sequence[Vaccine]) -> bool:
    """Whether some vaccine is named by its brand or abbreviation, which no disease shares."""
    return any(each.name not in _DISEASES for each in found)


def age(text: str) -> float | None:
    """The patient's age in years; an adult's is told as 19, a small child's as 1; None where not told."""
    match = _AGE.search(text)
    if match is None:
        return 19.0 if _ADULT.search(text) else 1.0 if _CHILD.search(text) else None
    if match["spelled"]:
        value = _NUMBERS[match["spelled"].lower()]
        return value / 12 if match["unit"].lower() == "month" else float(value)
    if match["months"]:
        return int(match["months"]) / 12
    if match["weeks"]:
        return int(match["weeks"]) / 52
    return float(match["years"] or match["aged"])


def counseled(text: str) -> bool | None:
    """Whether a physician or other qualified clinician counseled that day; None where not told."""
    if _NOT_COUNSELED.search(text):
        return False
    if _OPEN_COUNSELING.search(text):
        return None
    return True if _COUNSELED.search(text) else None


def for_injury(text: str) -> bool | None:
    """Whether a tetanus or rabies vaccine was for an injury or exposure; None where not told."""
    if _NO_INJURY.search(text):
        return False
    return True if _INJURY.search(text) else None
