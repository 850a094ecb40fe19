"""What a drug did as told: poisoning, an adverse effect of a drug rightly taken, or too little of it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Effect(StrEnum):
    """The character that tells it, in codes T36 to T50."""

    ACCIDENT = "1"
    SELF_HARM = "2"
    ASSAULT = "3"
    UNDETERMINED = "4"
    ADVERSE = "5"
    UNDERDOSING = "6"


_POISONED: Final = re.compile(
    r"\boverdos\w+|\bpoison\w*|\bod'?d\b|\bwrong (?:drug|dose|medication|pills?)\b|\btook (?:too much|too many|"
    r"an extra|extra)\b|"
    r"\b(?:ingest\w+|swallow\w+)\b|\bsomeone else's\b|\btaken? with alcohol\b|\bdouble dose\b"
)
_SELF: Final = re.compile(
    r"\bsuicid\w*|\bself-?\s?harm\w*|\bintentional(?:ly)? (?:overdos\w*|took|ingest\w*)|"
    r"\bon purpose\b|\bkill (?:him|her|them)sel\w+"
)
_ASSAULT: Final = re.compile(r"\bassault\w*|\bgiven by another to harm\b")
_UNDETERMINED: Final = re.compile(r"\bundetermined\b|\bintent (?:is )?(?:unknown|not known)\b")
_ADVERSE: Final = re.compile(
    r"\badverse (?:effect|reaction|event)s?\b|\bside effects?\b|\b(?:taken|took|used|given|prescribed) (?:as|"
    r"correctly|properly|for)\b|\breaction to\b|"
    r"\binduced\b|\b(?:due to|from|caused by|secondary to|after)\b"
)
_TOO_LITTLE: Final = re.compile(
    r"\bunder-?\s?dos\w+|\bskip(?:s|ped|ping)?\b|\bstopped (?:taking|his|her|their)\b|\bran out\b|\bnot tak(?:en|"
    r"ing)\b|\bnon-?\s?complian\w+|\bnon-?\s?adheren\w+|"
    r"\bmiss(?:ed|ing|es) (?:\w+ ){0,3}doses?\b|\btook less\b|\bration\w*|\b(?:can't|cannot|couldn't|could not|"
    r"unable to) afford\b|\bforgot\b|\bdid(?:n't| not) take\b|\bquit taking\b"
)
_NOT_OURS: Final = re.compile(
    r"\bscreen\w*|\bdrug test\w*|\bmonitor\w*|\bcpt\b|\badministration\b|\bhistory of\b|"
    r"\bfood poison\w*|\blead poison\w*|\bz51\w*|\bencounter for chemo\w*"
)
_ENCOUNTERS: Final = (
    ("S", re.compile(r"\bsequel\w+|\blate effects?\b")),
    ("D", re.compile(r"\bsubsequent\b|\bfollow-?\s?up\b|\brecheck\b")),
)


def effect(text: str) -> Effect | None:
    """What happened with the drug, None where the text (in small letters) does not tell."""
    if _NOT_OURS.search(text):
        return None
    if _TOO_LITTLE.search(text):
        return Effect.UNDERDOSING
    if _POISONED.search(text) or (_SELF.search(text) and "took" in text):
        return _intent(text)
    return Effect.ADVERSE if _ADVERSE.search(text) else None


def _intent(text: str) -> Effect:
    """Accidental unless the record says otherwise (guideline I.C.19.e.5.b)."""
    if _SELF.search(text):
        return Effect.SELF_HARM
    if _ASSAULT.search(text):
        return Effect.ASSAULT
    return Effect.UNDETERMINED if _UNDETERMINED.search(text) else Effect.ACCIDENT


def encounter(text: str) -> str:
    """The seventh character: A while it is treated, D later, S for what is left."""
    return next((letter for letter, words in _ENCOUNTERS if words.search(text)), "A")
