"""Diagnoses as told in words: cancer and its treatment, depression, drugs in long-term use, injuries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.domain.question import Question

_CANCERS = (
    ("C50.-", "Z85.3", r"\bbreast (?:cancer|ca|carcinoma)\b|\bC50(?:\.\w+)?\b"),
    ("C61", "Z85.46", r"\bprostate (?:cancer|ca|carcinoma)\b|\bC61\b"),
    ("C18.-", "Z85.038", r"\bcolon (?:cancer|ca|carcinoma)\b|\bC18(?:\.\w+)?\b"),
    ("C34.-", "Z85.118", r"\blung (?:cancer|ca|carcinoma)\b|\bC34(?:\.\w+)?\b"),
)
_ASKS_HISTORY = re.compile(
    r"\bZ85(?:\.\w+)?\b|\bhistory of\b|\bh/o\b|\bhx of\b|\bcurrent or history\b|\bstill code\w*\b|\bactive (?:or|vs)\b|"
    r"\bor (?:personal )?h(?:istory|x)\b|\bs/p\b|\bstatus post\b",
    re.IGNORECASE,
)
_CODES = re.compile(r"\bcod(?:e[sd]?|ing)\b|\bdx\b|\bdiagnos\w+|\bicd|\b[CZ]\d\d\b|\b[CZ]\d\d\.\w+", re.IGNORECASE)
_HORMONE = (
    ("selective estrogen receptor modulator", r"\btamoxifen\b|\braloxifene\b|\bserms?\b"),
    (
        "aromatase inhibitor",
        r"\banastrozole\b|\barimidex\b|\bletrozole\b|\bfemara\b|\bexemestane\b|\baromasin\b|\baromatase\b",
    ),
)
_TREATED = re.compile(
    r"\b(?:on|getting|receiving|undergoing|still (?:on|getting|in)|current(?:ly)?(?: on)?|finishing|during|started) "
    r"(?:\w+ ){0,2}(?:chemo\w*|radiation|xrt|treatment|immunotherapy|herceptin|trastuzumab|lupron)\b",
    re.IGNORECASE,
)
_UNTREATED = re.compile(
    r"\b(?:no (?:further|current|active|more|longer)?\s?(?:treatment|chemo\w*|therapy|meds)|"
    r"(?:treatment|chemo\w*|radiation|therapy) (?:is |was |all )?(?:complete\w*|done|finished|over|ended)|"
    r"(?:finished|completed) (?:\w+ ){0,2}(?:treatment|chemo\w*|radiation|therapy)|no evidence of (?:disease|"
    r"recurrence)|"
    r"\bned\b|cancer[- ]free|in remission)\b",
    re.IGNORECASE,
)
_NOT_SPECIFIED = re.compile(
    r"\bdepress\w+[^.?!\n]{0,24}\b(?:nos|unspecified|not (?:otherwise )?specified|no (?:other|more|further)|only|"
    r"just)\b|"
    r"\b(?:unspecified|just|only|plain|simply)[^.?!\n]{0,20}\bdepress\w+",
    re.IGNORECASE,
)
_DEPRESSION = re.compile(r"\bdepress\w+", re.IGNORECASE)
_LONG_TERM = re.compile(
    r"\blong[\s-]?term\b|\bZ79(?:\.\w+)?\b|\bcurrent use of\b|\b(?:icd|dx|diagnos\w+)\b", re.IGNORECASE
)
_DRUGS = (
    ("insulin", r"\b(?:on |uses? |takes? )?insulin\b|\blantus\b|\bhumalog\b|\bnovolog\b"),
    (
        "injected diabetes drug other than insulin",
        (
            r"\bglp-?\s?1\w*|\bozempic\b|\bsemaglutide\b|\btrulicity\b|\bdulaglutide\b|\bvictoza\b|\bliraglutide\b|"
            r"\bmounjaro\b|\btirzepatide\b|\bbyetta\b|\bexenatide\b|\bnon-?insulin injec\w+"
        ),
    ),
    (
        "diabetes drug by mouth",
        (
            r"\bmetformin\b|\bglipizide\b|\bglimepiride\b|\bjardiance\b|\bfarxiga\b|\bjanuvia\b|\boral (?:hypoglycemic|"
            r"diabet\w+|antidiabet\w+)\w*"
        ),
    ),
    (
        "anticoagulant",
        r"\banti-?coag\w*|\bblood thinner\w*|\beliquis\b|\bapixaban\b|\bxarelto\b|\bwarfarin\b|\bcoumadin\b",
    ),
    ("antiplatelet drug", r"\banti-?platelet\w*|\bplavix\b|\bclopidogrel\b|\bbrilinta\b"),
    ("aspirin", r"\baspirin\b|\basa 81\b"),
    ("inhaled steroid", r"\binhaled (?:cortico)?steroid\w*"),
    ("systemic steroid", r"\b(?:systemic|oral) (?:cortico)?steroid\w*|\bprednisone\b"),
    ("opioid", r"\bopioids?\b|\bopiates?\b|\boxycodone\b|\bhydrocodone\b"),
    ("selective estrogen receptor modulator", r"\btamoxifen\b|\braloxifene\b|\bserms?\b"),
    ("aromatase inhibitor", r"\banastrozole\b|\barimidex\b|\bletrozole\b|\bexemestane\b|\baromatase inhib\w+"),
    ("antimetabolite", r"\bmethotrexate\b|\bmtx\b"),
    ("NSAID", r"\bnsaids?\b"),
    ("bisphosphonate", r"\bbisphosphonates?\b|\bfosamax\b|\balendronate\b"),
)
_INJURY = re.compile(
    r"\bsprain\w*|\bstrain(?:ed|s)?\b|\bcontusion\w*|\bbruis\w+|\blacerat\w+|\bdislocat\w+|\bburns?\b|\bconcussion\b|"
    r"\binjur(?:y|ies|ed)\b",
    re.IGNORECASE,
)
_FRACTURE = re.compile(r"\bfractur\w*|\bfx\b|\bbroken\b", re.IGNORECASE)
_SEVENTH = re.compile(
    r"\b(?-i:A or D|D or A|A vs\.? D|D vs\.? A|A/D)\b|\b(?:7th|seventh)\b[^.?!\n]{0,12}\bchar\w*|"
    r"\binitial (?:or|vs\.?|versus) subsequent\b|\bsubsequent (?:or|vs\.?|versus) initial\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"\bexternal causes?\b|\bcause codes?\b|\be-?codes?\b|\b[VWXY]\d\d(?:\.\w{1,4})?\b")
_CAUSE_ASKED = re.compile(
    r"\bfirst\b|\bprimary\b|\bprincipal\b|\brequired\b|\bneed(?:ed|s)?\b|\bmandatory\b|\bmust\b|\bhave to\b|"
    r"\bsequenc\w+|"
    r"\border\b",
    re.IGNORECASE,
)


_TUMORS = (
    ("melanoma in situ", r"\bmelanoma[ -]in[ -]?situ\b|\blentigo maligna\b(?! melanoma)"),
    ("melanoma", r"\bmelanoma\b"),
    ("squamous cell carcinoma in situ", r"\b(?:scc|squamous)[^.?!\n]{0,20}\bin[ -]?situ\b|\bsccis\b|\bbowen\w*"),
    ("basal cell carcinoma", r"\bbcc\b|\bbasal cell\b"),
    ("squamous cell carcinoma", r"\bscc\b|\bsquamous cell\b"),
)
_SKIN_SITES = (
    ("lip", r"\blips?\b"),
    ("eyelid", r"\beyelids?\b"),
    ("ear", r"\bears?\b"),
    ("face", r"\b(?:face|cheeks?|nose|forehead|chin|temple)\b"),
    ("scalp or neck", r"\b(?:scalp|neck)\b"),
    ("trunk", r"\b(?:trunk|(?<!came )(?<!come )(?<!comes )(?<!went )back|chest|abdomen|flank|buttocks?)\b"),
    ("arm or shoulder", r"\b(?:shoulders?|(?:upper |fore)?arms?|forearms?|hands?|fingers?|wrists?|elbows?)\b"),
    ("leg or hip", r"\b(?:(?:lower )?legs?|thighs?|calf|calves|shins?|foot|feet|knees?|hips?|ankles?)\b"),
)
_ASKS_DIAGNOSIS = re.compile(r"\b(?:dx|diagnos[ei]s|icd\S*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cancer:
    """A cancer told of: its code as current and as history, and whether it is still treated (None if not told)."""

    current: str
    history: str
    treated: bool | None


def cancer(text: str) -> Cancer | None:
    """The cancer whose code, current or history, is asked for; None where none is."""
    if not _ASKS_HISTORY.search(text) or not _CODES.search(text):
        return None
    found = next(((now, past) for now, past, said in _CANCERS if re.search(said, text, re.IGNORECASE)), None)
    if found is None:
        return None
    treated = True if _TREATED.search(text) else (False if _UNTREATED.search(text) else None)
    return Cancer(*found, treated)


def hormone_drug(text: str) -> str | None:
    """The kind of hormone drug that follows a breast cancer for years; None where none is told of."""
    return next((kind for kind, said in _HORMONE if re.search(said, text, re.IGNORECASE)), None)


def depression_not_specified(question: Question) -> bool:
    """Whether the code of depression without more words is asked for."""
    codes = {each.code for each in question.diagnoses}
    return {"F32.9", "F32.A"} <= codes or (
        _NOT_SPECIFIED.search(question.text) is not None
        and _DEPRESSION.search(question.text) is not None
        and (
            bool(codes & {"F32.9", "F32.A"})
            or re.search(r"\bicd|\bdx\b|\bdiagnos", question.text, re.IGNORECASE) is not None
        )
    )


def long_term_drugs(text: str) -> tuple[str, ...]:
    """The kinds of drugs in long-term use whose codes are asked for."""
    if not _LONG_TERM.search(text):
        return ()
    return tuple(kind for kind, said in _DRUGS if re.search(said, text, re.IGNORECASE))


def injury(text: str) -> bool:
    """Whether an injury other than a fracture is told of."""
    return _INJURY.search(text) is not None and not _FRACTURE.search(text)


def asks_seventh(text: str) -> bool:
    """Whether the seventh character is asked for."""
    return _SEVENTH.search(text) is not None


def external_cause(question: Question) -> bool:
    """Whether the place of an external cause code, or the need of one, is asked about."""
    told = _CAUSE.search(question.text) is not None and not question.codes
    return told and _CAUSE_ASKED.search(question.text) is not None


def skin_tumor(text: str) -> tuple[str, str] | None:
    """The kind and site of a skin tumor whose diagnosis code is asked for; None where one of them is open."""
    if not _ASKS_DIAGNOSIS.search(text):
        return None
    kind = next((name for name, said in _TUMORS if re.search(said, text, re.IGNORECASE)), None)
    places = [name for name, said in _SKIN_SITES if re.search(said, text, re.IGNORECASE)]
    return (kind, places[0]) if kind and len(places) == 1 else None
