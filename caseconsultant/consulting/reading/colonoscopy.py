"""A colonoscopy as told: screening or not, what was done to which polyps, and what is asked of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import proposed, told_text
from caseconsultant.domain.question import Question

_COLON = re.compile(
    (
        r"\bsnar\w+[^.?!\n]*\bpolyps?\b|\bpolyps?\b[^.?!\n]*\bsnar\w+|"
        r"\b(?:to|reached|through to) the (?:cecum|terminal ileum)\b|\bdiagnostic scope\b[^.?!\n]*\bpolyp\w*|"
        r"\bcolonoscop\w*|\bcolonosc\w*|\bcolono\b|\bcolon (?:screen\w*|scope)\b|\bscreening scope\b|"
        r"\bscope\b(?=[^.?!\n]*\bcolon\b)|\bcolon (?:ca|cancer)\b[^.?!\n]*\bscope\b|"
        r"\bpolyps?\b[^.?!\n]{0,40}\bscreen\w*|\bscreen\w*[^.?!\n]{0,40}\bpolyps?\b|\bcscope\b|"
        r"\bcologuard\b|\b(?:4537[89]|4538\d|4539[0-8]|44388|44389|44394|G0105|G0121)\b"
    ),
    re.IGNORECASE,
)
_FAMILY = re.compile(r"453[789]\d|4438[89]|4439\d|G0105|G0121")
_SCREENING = re.compile(
    (
        r"\bscreen(?:ing|er|ings)?\b|\baverage[\s-]risk\b|\bhigh[\s-]risk\b|\bG0105\b|\bG0121\b|"
        r"\bZ12\.11\b|(?<![\d.])-?\b(?:PT)\b(?! (?:was|is|has|had|came|here|with|owes?|complains))|"
        r"\bmodifier (?:pt|33)\b|\bsurveillance\b|\broutine (?:screening )?(?:scope|colonoscopy)\b"
    ),
)
_NOT_SCREENING = re.compile(
    (
        r"\bdiagnostic\b|\b(?:for|with|due to|because of) (?:rectal |gi )?(?:bleed\w*|anemia|diarrhea|"
        r"abdominal pain|weight loss|hematochezia|melena|symptoms)\b|\bhematochezia\b"
    ),
    re.IGNORECASE,
)
_HIGH = re.compile(
    (
        r"\bhigh[\s-]risk\b|\bG0105\b|\bsurveillance\b|\b(?:personal |past )?(?:history|hx|h/o)"
        r" of (?:\w{1,14} )?(?:polyps?|adenomas?|colon cancer|crc)\b|\bfamily (?:history|hx)\b|"
        r"\bcrohn\w*|\bulcerative colitis\b|\bZ86\.010|\bZ80\.0\b"
    ),
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    (
        r"\b(?:positive|pos|abnormal|\+)\s?(?:stool|cologuard|fit|fobt|ifobt|g?fobt|blood|mt-?sdna|test)"
        r"\b|\b(?:cologuard|fit|fobt|stool (?:dna )?test)\b[^.?!\n]{0,30}\b(?:positive|pos|abnormal)\b|"
        r"\+ ?(?:cologuard|fit)\b"
    ),
    re.IGNORECASE,
)
_METHODS = (
    ("snare_removal", r"\bsnar\w+|\bpolypectom\w+(?! (?:by|with) (?:cold|hot|forceps|biopsy))"),
    (
        "cold_forceps_biopsy_or_removal",
        (
            r"\bcold (?:forceps|biops\w+|bx)\b|\bbiops(?:y|ies|ied)\b(?! forceps)|\bbx\b|"
            r"\bforceps (?:biops\w+|removal|polypectomy)\b"
        ),
    ),
    ("hot_forceps_removal", r"\bhot (?:forceps|biops\w+|bx)\b|\bbipolar (?:forceps|cautery)\b"),
    ("ablation", r"\bablat\w+|\bapc\b|\bargon\b"),
    ("mucosal_resection", r"\bemr\b|\bmucosal resection\b"),
    ("injection", r"\binject\w*|\btattoo\w*|\b(?:saline )?lift\b|\bspot ink\b"),
    ("control_of_bleeding_not_caused", r"\bcontrol of bleed\w*\b"),
    ("band_ligation", r"\bband(?:ing| ligation)\b"),
)
_OTHER_LESION = re.compile(
    (
        r"\b(?:different|separate|another|other|distinct|second)\s(?:\w{1,10}\s){0,2}(?:polyps?|"
        r"lesions?|sites?|one|segments?|areas?)\b|\btwo (?:different )?polyps\b|"
        r"\bdifferent locations?\b|\bone (?:polyp )?in the \w+[^.?!\n]{0,60}\b(?:another|other|one)"
        r" in the\b"
    ),
    re.IGNORECASE,
)
_SAME_LESION = re.compile(
    (
        r"\b(?:same|one|single) (?:polyp|lesion)\b(?=[^.?!\n]{0,60}\b(?:both|then|and also|first)\b)|"
        r"\bsame (?:polyp|lesion)\b|\bboth on the same\b"
    ),
    re.IGNORECASE,
)
_NOTHING = re.compile(
    (
        r"\b(?:nothing|no polyps?|no lesions?|negative|normal|clean|no findings?|not? find\w*|"
        r"no biops\w+)\b(?: (?:was |were )?(?:found|seen|removed))?"
    ),
    re.IGNORECASE,
)
_OWES = re.compile(
    (
        r"\bcoinsurance\b|\bco-?ins\b|\bcost[\s-]shar\w+|\bco-?pay\w*|\bdeductible\b|\b(?:patient|pt|"
        r"she|he|beneficiary|they) owes?d?\b|\bowes?d?\b|\bout of pocket\b|\bpatient responsibility\b"
    ),
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    (
        r"\bhow often\b|\bfrequency\b|\binterval\b|\btoo (?:soon|early)\b|\bevery \d+\b|\b(?:24|120|48|"
        r"119|23) months?\b|\b(?:years?|months?) (?:ago|since|after|apart)\b|\bagain (?:after|in)\b"
    ),
    re.IGNORECASE,
)
_MONTHS_SINCE = re.compile(
    r"\b(?P<count>\d{1,3})\s?(?P<unit>months?|mos?|years?|yrs?)\s(?:ago|since|after|apart|earlier)\b", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?:-|\b(?:need|needs|add|append|use|with|modifiers?|or|and|mod)\s)(PT|33|KX)\b|\b(?:PT|KX)"
    r"(?=\s?\?)|\b(?:PT|33|KX)(?= modifier)"
)
_STOPPED = re.compile(
    (
        r"\b(?:incomplete|stopped|aborted|discontinued|splenic flex\w*|hepatic flex\w*|poor prep|"
        r"unable to|could(?:n't| not)|not reach\w*|terminated)\b"
    ),
    re.IGNORECASE,
)
_DIAGNOSTIC_LOOK = re.compile(
    r"\bdiagnostic (?:scope|colonoscop\w*|look|exam\w*|part|portion)\b[^.?!\n]{0,60}"
    r"\b(?:on top|besides?|as well|too|also|in addition|along|with|plus|separate\w*|and)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Colonoscopy:
    """What the words tell. `screening` and `other_lesion` are None where they leave it open."""

    screening: bool | None
    high_risk: bool
    after_positive_test: bool
    methods: tuple[str, ...]
    other_lesion: bool | None
    nothing_found: bool
    asks_share: bool
    asks_interval: bool
    months_since: int | None
    named: frozenset[str]
    """PT, 33 and KX, as the text names them."""
    removed: bool
    year: int | None
    """A year whose share is asked for."""
    codes: tuple[str, ...]
    diagnostic_beside: bool = False
    """The diagnostic look is asked for beside what was done, in words."""


def colonoscopy(question: Question) -> Colonoscopy | None:
    """The colonoscopy, None where none is told of or one that was stopped."""
    text = told_text(question)
    if not _COLON.search(text) or _STOPPED.search(text):
        return None
    screening = (
        True
        if _SCREENING.search(text) or re.search(r"\bscreen\w*", text, re.IGNORECASE) or _POSITIVE.search(text)
        else None
    )
    if _NOT_SCREENING.search(text) and not re.search(r"\bscreen|\bsurveil|\bturned\b", text, re.IGNORECASE):
        screening = False
    if screening is None and _NAMED.search(text):
        screening = True
    if screening and re.search(r"\bscreening or diagnostic\b|\bdiagnostic or screening\b", text, re.IGNORECASE):
        screening = None
    other, same = _OTHER_LESION.search(text) is not None, _SAME_LESION.search(text) is not None
    since = _MONTHS_SINCE.search(text)
    months = _since_date(text, question)
    if since:
        months = int(since["count"]) * (12 if since["unit"].lower().startswith("y") else 1)
    return Colonoscopy(
        screening,
        _HIGH.search(text) is not None,
        _POSITIVE.search(text) is not None,
        tuple(name for name, pattern in _METHODS if re.search(pattern, text, re.IGNORECASE)),
        None if other == same else other,
        _NOTHING.search(text) is not None,
        _OWES.search(text) is not None,
        _INTERVAL.search(text) is not None or _since_date(text, question) is not None,
        months,
        frozenset(found for match in _NAMED.finditer(text) for found in re.findall("PT|33|KX", match.group())),
        re.search(
            (
                r"\bpolyps?\b[^.?!\n]{0,30}\b(?:removed|taken|out|excised|found and)\b|\b(?:removed|"
                r"took|excised)\b[^.?!\n]{0,20}\bpolyps?\b|\bpolypectom\w+|\bturned (?:diagnostic|"
                r"therapeutic)\b"
            ),
            text,
            re.IGNORECASE,
        )
        is not None,
        int(asked[1]) if (asked := re.search(r"\bin (20[23]\d)\b", text)) else None,
        tuple(code for code in proposed(question) if _FAMILY.fullmatch(code)),
        _DIAGNOSTIC_LOOK.search(text) is not None,
    )


def _since_date(text: str, question: Question) -> int | None:
    """Whole months since a month written as `last done 11/2020`."""
    found = re.search(
        r"\blast\b[^.?!\n]{0,20}\b(?P<month>\d{1,2})/(?:\d{1,2}/)?(?P<year>20\d\d)\b", text, re.IGNORECASE
    )
    if not found or not 1 <= int(found["month"]) <= 12:  # noqa: PLR2004 - months of a year
        return None
    return (question.as_of.year - int(found["year"])) * 12 + question.as_of.month - int(found["month"])
