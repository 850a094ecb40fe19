"""The package of an operation as a text tells it: days since, related or not, planned or not, where, what for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseconsultant.consulting.reading.text import ordered
from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.surgery import Relation, SurgicalCourse, Timing, VisitWork

_COUNTED = ordered("one two three four five six seven eight nine ten eleven twelve thirteen fourteen")
_NUMBERS = {word: number for number, word in enumerate(_COUNTED, 1)} | {"a": 1, "an": 1, "few": 3, "couple": 2}
_NUMBER = r"(?P<n>\d{1,3}|" + "|".join(_NUMBERS) + r")"
_UNIT = r"(?P<unit>d(?:ays?)?|w(?:ks?|eeks?)|mo(?:s|nths?)?)"
_IN_DAYS = {"d": 1, "w": 7, "m": 30}
_PASSED = (
    r"(?:after|later|out\b|post|since|following|from|s/p|status\spost|ago|before|into|prior|earlier|p\.?o\b|past|now)"
)
_DAYS_SINCE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NUMBER}\s?-?{_UNIT}\b(?:\s(?:of|and)\s\w+)?[\s-]{{1,3}}(?:\w{{1,12}}\s){{0,2}}?{_PASSED}",
        r"\b(?:pod|post-?\s?op(?:erative)?\sday|(?:on|at|by)\sday|day)\s?#?(?P<n>\d{1,3})(?P<unit>)\b",
        rf"\bpost-?\s?op\s{_NUMBER}\s?{_UNIT}\b",
        rf"\b(?:within|at|in)\s(?:the\s(?:first\s)?)?{_NUMBER}\s?-?{_UNIT}\b(?:\s(?:visit|mark|post))?",
    )
)
_IN_PERIOD = re.compile(
    r"\b(?:in|within|inside|during)\s(?:the|his|her|a)\s(?:90|10|ninety|ten)(?:[\s-]days?)?\b|"
    r"\b(?:in|within|during|inside|under)\s(?:the|a|his|her|our|their)?\s?(?:\w{1,10}[\s-]){0,2}?"
    r"(?:global|post-?\s?op(?:erative)?\speriod|postoperative)\b|\bglobal\speriod\b|\bpost-?op(?:erative(?:ly)?)?\b|"
    r"\bpart of (?:the\s)?global\b|\bafter (?:the\s)?(?:\w{1,14}\s){0,2}(?:surgery|operation|procedure|repair|"
    r"replacement)\b|"
    r"\bs/p\b|\bstatus[\s-]post\b|\bglobal\sdays\b"
)
_SAME_DAY = re.compile(
    r"\bsame[\s-](?:day|visit|date|dos|encounter|session|time|sitting|appointment|claim)\b|\bthat\s(?:same\s)?day\b|"
    r"\bat the time\b|"
    r"\bthen\s(?:did|gave|performed|removed|injected|drained|excised|biopsied)\b|\btoday\b"
)
_NEXT_DAY = re.compile(
    r"\b(?:the\s)?(?:next|following)\s(?:day|morning|afternoon|evening|night|am)\b|\bday\sbefore\b|\bovernight\b|"
    r"\btomorrow\b|"
    r"\bnight\sbefore\b|\bevening\sbefore\b|\bin the morning\b|\b\d\s?am the next\b"
)
_MEDICAL = (
    r"(?:rash|hives|uti|urinary tract infection|bladder infection|sinus infection|sinusitis|cough|cold|flu|influenza|"
    r"covid|sore throat|strep|ear ?ache|ear infection|pink ?eye|migraines?|headaches?|gout|shingles|bronchitis|"
    r"pneumonia|asthma|copd|blood pressure|hypertension|diabetes|cholesterol|thyroid|anxiety|depression|"
    r"back pain|neck pain|vertigo|dizziness|gerd|heartburn|eczema|acne|allergies|sprain)"
)
"""Problems that no operation brings."""
_UNRELATED = re.compile(
    r"\bun-?related\b|\bnot related\b|\bnothing to do with\b|\b(?:different|separate|other|new|"
    r"another)\s(?:\w{1,14}\s)?(?:problem|condition|complaint|"
    r"issue|diagnosis(?! codes?)|illness|injury|body part|joint|lesion)\b|"
    rf"\b(?:for|with|about|because of)\s(?:an?|his|her|the)?\s?(?:new\s|acute\s|bad\s)?{_MEDICAL}\b|"
    r"\bnot for the (?:surgery|operation)\b|"
    r"\bchronic (?:problem|condition|illness)\b"
)
_COMPLICATION = re.compile(
    r"\bcomplicat\w{2,5}\b|\binfect(?:ed|ion|ions)?\b|\bhematoma\b|\bhaematoma\b|\bbleed(?:ing|s)?\b|\bbled\b|"
    r"\bhemorrhag\w{1,5}\b|"
    r"\bdehisc\w{2,6}\b|\bseroma\b|\babscess\b|\bwash-?\s?out\b|\bwound\s(?:check|drain\w{0,4}|opened|breakdown)\b|"
    r"\bleak(?:age|ing)?\b|"
    r"\bclot\b|\bdislocat\w{2,4}\b|\bpostop(?:erative)?\sfever\b|\bcellulitis\b|\bstitch abscess\b|"
    r"\bhardware fail\w{2,4}\b|\bnecrosis\b"
)
_OWN_INFECTION = re.compile(r"\b(?:urinary tract|bladder|sinus|ear|respiratory|throat|tooth|yeast) infections?\b")
"""Infections of their own, which are none of the wound."""
_RECOVERY = re.compile(
    r"\b(?:suture|staple|stitch(?:es)?|drain|cast|splint|pin)s?\s?(?:removal|removed|out)\b|"
    r"\bremov\w{1,4}\s(?:the\s)?(?:sutures|staples|stitches|"
    r"drain|cast|pin)s?\b|\b(?:routine|usual|regular|normal|scheduled)\s(?:check\w*|visit|exam\w*|recheck\w*|care)\b|"
    r"\b(?:wound|incision)\scheck\b|\bdressing\s(?:change|check)s?\b|\b(?:routine|regular|usual|normal)\s(?:post|follow)\w*\b|"
    r"\bpost-?\s?op\s(?:check|visit|"
    r"follow)\w*\b|\bfollow-?\s?up\svisit\b|\bpain (?:control|management|meds?)\b"
)
_STAGED = re.compile(
    r"\bstaged?\b(?!\s\d)|\bsecond stage\b|\bmore extensive\b|"
    r"(?<!not )(?<!un)(?<!nobody had )(?<!never )\bplanned\b|\bpre-?planned\b|\bplanned prospectively\b|"
    r"\bcompletion\s\w+ectomy\b|\bre-?excision\b|\bpositive margins?\b|\bsecond (?:debridement|look)\b|"
    r"\bdelayed (?:closure|reconstruction)\b|"
    r"\b(?:mastectomy|lumpectomy|colectomy|excision)\s(?:\w+\s){0,4}after (?:the\s)?biops\w+\b"
)
_UNPLANNED = re.compile(
    r"\bun-?planned\b|\bnot planned\b|\bnobody had planned\b|\bemergen\w{2,5}\b|\btaken? back\b|\bbrought back\b|"
    r"\bback to (?:the\s)?(?:or\b|operating)|"
    r"\breturn(?:ed|s)? to (?:the\s)?(?:or\b|operating)|\btakeback\b|\btake-?back\b"
)
_OR_CAPITALS = re.compile(r"\b(?:main\s)?OR\b(?!\s(?:LT|RT|\d|whether|is\b|do\b|should))")
_OPERATING_ROOM = re.compile(
    r"\boperating (?:room|theat\w+|suite)\b|\bcath\w* (?:lab|suite)\b|\b(?:endoscopy|laser) suite\b"
)
_NOT_OPERATING_ROOM = re.compile(
    r"\b(?:in|at)\s(?:the|his|her|our|my)?\s?(?:office|clinic|bedside|exam room|treatment room|er\b|ed\b|"
    r"emergency)\b|\bbedside\b|\btreatment room\b|\bin-?office\b"
)
_OTHER_SIDE = re.compile(
    r"\b(?:second|other|opposite|contralateral|fellow)\s(?:eye|knee|hip|side|hand|shoulder|breast|ear|leg|foot|"
    r"wrist|one)\b|"
    r"\bcontralateral\b"
)
_SIDES = (
    re.compile(r"\b(?:left|lt)\b"),
    re.compile(r"\b(?:right|rt)\b(?!\s(?:modifier|away|\?|now|code|one|after)|\?)"),
)
_EYES = re.compile(r"\bod\b"), re.compile(r"\bos\b")
_REGIONS = {
    region: re.compile(rf"\b(?:{words})\b")
    for region, words in {
        "hip": "hips?|femoral|femur",
        "knee": "knees?|tka|tkr|menisc\\w+|patella\\w*",
        "shoulder": "shoulders?|rotator",
        "elbow": "elbows?|epicondyl\\w+",
        "hand": "wrists?|hands?|fingers?|thumbs?|carpal",
        "foot": "foot|feet|toes?|heels?|ankles?|bunion\\w*",
        "back": "(?:low(?:er)?|upper) back|back pain|back surgery|lumbar|spine|spinal|cervical|necks?",
        "abdomen": "abdom\\w+|hernias?|gall\\s?bladder|chole\\w+|colon|colectomy|append\\w+|bowel",
        "breast": "breasts?|mastectomy|lumpectomy",
        "eye": "eyes?|cataracts?|glaucoma",
        "heart": "heart|cardiac|cabg|coronary",
        "ear": "ears?|tympan\\w+",
        "lungs": "lungs?|pneumonia|bronch\\w+|copd|asthma",
        "metabolism": "diabetes|thyroid|blood pressure|hypertension|htn",
        "face": "face|cheek|nose|sinus\\w*",
    }.items()
}
_OTHER_GROUP = re.compile(
    r"\b(?:another|other|different|outside)\s(?:group|practice|specialty|surgeon|physician|doctor|provider)\b|"
    r"\bnot\s(?:the|our|the same)\s(?:surgeon|group)\b|"
    r"\bpcp\b|\bprimary care\b|\binternist\b|\bdifferent specialty\b"
)
_SEPARATE = re.compile(
    r"\balso\s(?:\w{1,14}\s){0,3}?(?:work\w{0,2}|address\w{0,3}|evaluat\w{1,3}|manag\w{1,3}|treat\w{0,3}|"
    r"discuss\w{0,3}|adjust\w{0,3}|chang\w{1,3}|refill\w{0,3}|"
    r"review\w{0,3}|complain\w{0,3}|exam\w{0,4}|assess\w{0,3}|saw|seen|look\w{0,3}|diagnos\w{1,3}|prescrib\w{1,3}|"
    r"start\w{0,3}|had|has|counsel\w{0,4})\b|"
    r"\b(?:un-?related|different|separate|other|second|another|additional)\s(?:\w{1,14}\s)?(?:problem|condition|"
    r"complaint|issue|diagnos[ie]s(?! codes?)|concern)s?\b|"
    r"\bseparate(?:ly)?(?: identifiable)? (?:problem|e/?m|evaluation|work-?up)\b|\bsignificant(?:ly)?,? separate\w*\b|"
    r"\b(?:hypertension|blood pressure|htn|diabetes|dm2?|copd|asthma|depression|anxiety|hypothyroid\w*|lisinopril|"
    r"metformin)\b[^.?!]{0,60}\b(?:and|plus|also|as well|then)\b|"
    r"\b(?:and|plus|also)\b[^.?!]{0,50}\b(?:hypertension|blood pressure|htn|diabetes|dm2?|copd|asthma|depression|"
    r"anxiety|lisinopril|metformin)\b|"
    r"\bmanaged\s(?:\w+\s){0,3}(?:meds|medications|conditions)\b|\b(?:also|then) (?:changed|refilled|adjusted)\b|"
    r"\bbeyond the (?:procedure|usual)\b"
)
_NOTHING_SEPARATE = re.compile(
    r"\b(?:no|not an?|without (?:an?|any)?|nor (?:an?|any)?)\s?(?:other|different|separate|second|another|additional|"
    r"new|un-?related)\s(?:\w{1,14}\s)?(?:problem|condition|complaint|issue|diagnos[ie]s|concern|e/?m|evaluation|work-?up)s?\b"
)
_DECISION_ONLY = re.compile(
    r"\bnothing else\b|\bno other (?:problem|issue|complaint|concern|work|condition)s?\b|\bonly (?:problem|reason|"
    r"complaint)\b|"
    r"\b(?:scheduled|planned|pre-?scheduled|returned|came back|here|came in|presents?)\s(?:only\s|"
    r"just\s)?for\s(?:the|a|an|his|her|planned|scheduled|my)?\s?(?:\w{1,14}\s){0,2}"
    r"(?:injections?|procedure|removal|biopsy|shot|excision|debridement|treatment|cryo\w*)\b|\b(?:scheduled|planned|"
    r"pre-?planned)\s(?:\w{1,14}\s){0,3}(?:injections?|procedure|removal|biopsy|shot|excision|treatment)\b|"
    r"\bjust (?:the|an?|for the) (?:injection|procedure|shot|removal|biopsy)\b|\bonly (?:the|an?|did the|"
    r"for the) (?:injection|procedure|shot|removal|biopsy)\b|"
    r"\b(?:series|next) (?:of )?(?:injection|shot)s?\b|\b(?:first|second|third|2nd|3rd) (?:of|in) (?:a|"
    r"the|\w+) (?:series|\w+ injections)\b"
)
_DECIDED_BEFORE = re.compile(
    r"\b(?:decision|decided|scheduled|booked|planned)\b[^.?!]{0,50}\b(?:last (?:week|month|visit)|(?:\d+|two|three|"
    r"several) (?:days|weeks|months) (?:ago|before|earlier)|at (?:a|the) (?:prior|previous|earlier) visit|already|"
    r"previously)\b|"
    r"\b(?:already|previously)\s(?:been\s)?(?:decided|scheduled|booked|planned)\b|\bpre-?\s?op(?:erative)?\s(?:h&p|"
    r"h and p|visit|exam|clearance|history|evaluation)\b|\bh\s?&\s?p\b[^.?!]{0,40}\b(?:day before|surgery)\b"
)
_DECIDED = re.compile(
    r"\bdecid\w{1,3}\b|\bdecision (?:for|to|on|was|made)\b|\btook (?:him|her|them|the (?:pt|patient)|pt|"
    r"patient)?\s?(?:straight\s)?to (?:the\s)?(?:or\b|surgery|operating)|"
    r"\btaken to (?:the\s)?(?:or\b|surgery|operating)|\brecommended surgery\b|\bneeds? (?:emergency\s)?surgery\b|"
    r"\bemergen\w{2,5} (?:surgery|operation|append\w+|lap\w+)\b"
)
_VISIT = re.compile(
    r"\b(?:(?<!same )(?<!this )(?<!that )(?<!the )(?<!one )(?<!single )visit|"
    r"(?:office|clinic|e/m) visit|e\s?/?\s?&?\s?m\b|consult\w{0,6}|seen\b|saw\b|evaluat(?:ed|ion)\b|came (?:back|in)|"
    r"follow-?\s?up|fu\b|f/u)\b"
)
_OPERATION = re.compile(
    r"\b(?:surger(?:y|ies)|operat(?:ion|ed|ive)|procedure|\w{3,}ectomy|\w{3,}otomy|\w{3,}plasty|orif|tka|tha|cabg|"
    r"replacement|repair(?:ed)?|release|fusion|"
    r"fixation|reduction|arthroscop\w+|excision|debridement|amputation|cataract|c-?section|to the or|hernia)\b"
)
_EARLIER = re.compile(
    r"\b(?:after|s/p|status[\s-]post|following|since|out from|post|from|had|underwent|global (?:of|for))\s(?:a|an|"
    r"the|his|her|our|total|right|left|\w{1,14})?\s?(?:[\w-]{1,18}\s){0,7}\(?$"
)


def surgical_course(text: str, *, codes: Sequence[CodeMention], visits: frozenset[str]) -> SurgicalCourse:
    """What the words tell. `visits` are those of the codes that are visits. Never raises."""
    lowered = text.lower()
    earlier = tuple(
        each.code
        for each in codes
        if each.code not in visits and _EARLIER.search(lowered[max(0, each.span.start - 70) : each.span.start])
    )
    day = _day(lowered)
    return SurgicalCourse(
        timing=_timing(lowered, day),
        day=day,
        relation=_relation(_NOTHING_SEPARATE.sub(" ", lowered)),
        work=_work(lowered),
        operating_room=_where(text, lowered),
        other_side=_other_side(lowered),
        regions=frozenset(region for region, pattern in _REGIONS.items() if pattern.search(lowered)),
        earlier=earlier,
        visit_told=bool(visits) or _VISIT.search(lowered) is not None,
        operation_told=_OPERATION.search(lowered) is not None
        or _OR_CAPITALS.search(text) is not None
        or any(each.code not in visits for each in codes),
        other_group=_OTHER_GROUP.search(lowered) is not None,
    )


def _day(text: str) -> int | None:
    for pattern in _DAYS_SINCE:
        found = pattern.search(text)
        if found:
            number = found["n"]
            count = int(number) if number.isdigit() else _NUMBERS[number]
            return count * _IN_DAYS.get((found["unit"] or "d")[0], 1)
    return None


def _timing(text: str, day: int | None) -> Timing | None:
    """The day before outweighs the days after, and those the same day (`same surgeon ... two days after`)."""
    if _NEXT_DAY.search(text):
        return Timing.DAY_BEFORE
    if (day is not None and day > 0) or _IN_PERIOD.search(text):
        return Timing.AFTER
    return Timing.SAME_DAY if _SAME_DAY.search(text) else None


def _relation(text: str) -> Relation | None:
    """A complication outweighs its own diagnosis; what is said to be unrelated is."""
    if re.search(r"\bun-?related\b|\bnot related\b|\bnothing to do with\b", text) and not re.search(
        r"\brelated or un", text
    ):
        return Relation.UNRELATED
    if _STAGED.search(text) and not _UNPLANNED.search(text):
        return Relation.STAGED
    if _COMPLICATION.search(_OWN_INFECTION.sub(" ", text)) or _UNPLANNED.search(text):
        return Relation.COMPLICATION
    if _UNRELATED.search(text) or _OTHER_SIDE.search(text):
        return Relation.UNRELATED
    return Relation.RECOVERY if _RECOVERY.search(text) else None


def _work(text: str) -> VisitWork | None:
    told = _NOTHING_SEPARATE.sub(" ", text)
    if _SEPARATE.search(told) and "nothing else" not in text:
        return VisitWork.SEPARATE
    if _DECIDED_BEFORE.search(text):
        return VisitWork.DECIDED_BEFORE
    if _DECISION_ONLY.search(text):
        return VisitWork.DECISION_ONLY
    return VisitWork.DECIDED if _DECIDED.search(text) else None


def _where(text: str, lowered: str) -> bool | None:
    if _NOT_OPERATING_ROOM.search(lowered):
        return False
    return True if _OR_CAPITALS.search(text) or _OPERATING_ROOM.search(lowered) else None


def _other_side(text: str) -> bool:
    if all(eye.search(text) for eye in _EYES):
        return True
    return _OTHER_SIDE.search(text) is not None or all(side.search(text) for side in _SIDES)
