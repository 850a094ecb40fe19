"""Whether a diagnosis is asked for: its code, its place among others, or whether one that is written is right."""

from __future__ import annotations

import re

from caseconsultant.domain.question import Intent, Question

_DX = r"(?:dx|dxs|diagnos[ei]s|icd(?:[\s-]?10)?(?:[\s-]?cm)?|icds)"
_WANTED = re.compile(
    rf"\b(?:which|what|whats|what's|correct|right|best|proper|appropriate|primary|principal|first[\s-]listed|"
    rf"order(?: of)?|sequenc\w+(?: of)?)\b[^.?!\n]{{0,24}}\b{_DX}\b|"
    rf"\b{_DX}\b[^.?!\n]{{0,20}}\b(?:codes?\b[^.?!\n]{{0,12}}(?:for|to use|\?)|first|order|sequenc\w+|goes|"
    rf"primary|principal|for)\b|"
    rf"\b{_DX}(?:\s?codes?)?\s?\?|\b{_DX}\s?codes?\b|\b{_DX}[\s?.!]*$|\b(?:code|coding|sequence|order|"
    rf"report)\s(?:the\s|these\s|this\s|my\s|all\s)?{_DX}\b|"
    r"\b(?:order|sequence|sequencing)\b[^.?!\n]{0,20}\?",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"\bhow (?:do|would|should|to|is|are|can)\b[^.?!\n]{0,24}\bcod(?:e|ed|ing)\b|\bcod(?:e|es|ing) for\b|"
    r"\b(?:which|what)\b[^.?!\n]{0,24}\bcodes?\b|"
    r"\b(?:z|history|status|sequelae?|late effect|combination)[\s-]?codes?\b|\bcodes?\s*(?:\?|$)|"
    r"\bcodes?\b[^.?!\n]{0,20}\border\b|\bcode as\b|\bwhich (?:is|goes|comes|one is|stands) first\b|"
    r"\bcan (?:i|we) code\b|"
    r"\b(?:code|sequence)[sd]? first\b|\bin what order\b|\bcode both\b|\b(?:do|should|would) (?:i|"
    r"we) code\b|\bfirst[\s-]listed\b|\bcoded as\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\b[A-TV-Z]\d[0-9AB]\b(?!\.\w)")
"""A code of three characters, which is read as one only where conditions are told that know it."""
_HELD_AGAINST = re.compile(
    r"\b(?:right|correct|enough|ok|okay|good|valid|accurate|sufficient|acceptable|appropriate|proper|wrong|"
    r"instead|first|order|use|used|primary|principal|or|alone|need(?:ed)?|specific|query|"
    r"still)\b[^!\n]{0,60}\?|"
    r"\b(?:is|are|was|can|should|do|does|would)\b[^.?!\n]{0,80}\?|\b[A-TV-Z]\d[0-9AB](?:\.\w{1,4})?(?: both)?\s?\?",
    re.IGNORECASE,
)
_OF_PROCEDURES = re.compile(
    r"\bcpt\b|\bhcpcs\b|\bmodifiers?\b|\bunits?\b|\binject\w+|\binfus\w+|\bexcis\w+|\bdebrid\w+|\brepair\w*|"
    r"\bbiops\w+|\bdestr\w+|\be/?m\b|\bmdm\b|\blevel\b|"
    r"\boffice visit\b|\bvisit codes?\b|\bcritical care\b|\bsurger\w+|\bprocedures?\b|\bop note\b|"
    r"\bablation\b|\bglobal\b|\bncci\b|\bbundl\w+|\bdenied\b|\bdenial\b|"
    r"\bmedical necessity\b|\bcover(?:ed|s|age)\b|\blcd\b|\bpay(?:s|able|ment)?\b|\babn\b|"
    r"\bamputat\w+ (?:cpt|code)|\bdme\b|\bwheelchair\b|\bcpap\b|\bpos\b|\bx-?rays?\b|\bmri\b|"
    r"\bminutes?\b|\bmammogra\w+|\bcolonoscop\w+|\bbill\w*\b",
    re.IGNORECASE,
)
_APART = re.compile(
    rf"\b(?:which|what|correct|right|order of|sequence of|primary|"
    rf"principal)\b[^.?!\n]{{0,20}}\b{_DX}\b(?! (?:support|justif|meet|cover|prove|make))|"
    rf"\b{_DX}(?:\s?codes?)?\s(?:goes|go|is|comes|stands)?\s?first\b|\b{_DX}(?:\s?codes?)?\s?\?",
    re.IGNORECASE,
)


def asked(question: Question) -> bool:
    """Whether a diagnosis is asked for, in words or of a code written."""
    text = question.text
    if question.codes:
        return _APART.search(text) is not None and Intent.VALIDITY not in question.intents
    if question.diagnoses:
        return _about_codes(question)
    if _BARE.search(text) and _about_codes(question):
        return True
    if _WANTED.search(text):
        return True
    return _IN_WORDS.search(text) is not None and not _OF_PROCEDURES.search(text)


def _about_codes(question: Question) -> bool:
    """Whether it is asked if the diagnoses written are right, and not if they still exist or support a service."""
    if Intent.VALIDITY in question.intents or re.search(
        r"\b(?:medical(?:ly)? necess\w+|support\w*|lcd|ncd|cover\w*|excludes)\b", question.text, re.IGNORECASE
    ):
        return False
    if _WANTED.search(question.text):
        return True
    return not _OF_PROCEDURES.search(question.text) and _HELD_AGAINST.search(question.text) is not None
