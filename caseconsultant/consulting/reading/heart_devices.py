"""A pacemaker, defibrillator or loop recorder as told: which device, its leads, what was placed, changed, removed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_DEFIBRILLATOR: Final = (
    r"(?:a?icds?\b(?!-?\s?(?:9|10)\b|\s(?:codes?|dx|diagnos\w+))|defibrillators?|defib|"
    r"crt-?d\b|bi-?v icd)"
)
_PACEMAKER: Final = r"(?:pacemakers?|pacers?|ppms?|perm pacer|pm\b|crt-?p\b)"
_DEVICE: Final = re.compile(rf"\b(?:(?P<icd>{_DEFIBRILLATOR})|(?P<pm>{_PACEMAKER}))")
_LOOP: Final = re.compile(
    r"\bloop recorders?\b|\bilr\b|\blinq\b|\bimplantable (?:cardiac|loop) (?:monitor|"
    r"recorder)s?\b"
)
_LEADLESS: Final = re.compile(r"\bleadless\b|\bmicra\b|\baveir\b")
_UNDER_SKIN: Final = re.compile(r"\bsubcutaneous (?:icd|defib\w*|implantable)|\bs-?icd\b|\bsub-?q icd\b")
_LEADS: Final = (
    (
        "multiple",
        re.compile(
            r"\bbi-?v(?:entricular)?\b|\bcrt\b|\bcrt-?[pd]\b|\bmultiple[\s-]leads?\b|\btriple\b|"
            r"\bresynchron\w+|\bthree[\s-]lead\b|\bmulti-?lead\b"
        ),
    ),
    (
        "dual",
        re.compile(
            r"\bdual\b|\btwo[\s-](?:chamber|lead)\w*|\bdouble chamber\b|\b2[\s-](?:chamber|lead)\b|"
            r"\bddd\w?\b"
        ),
    ),
    (
        "single",
        re.compile(
            r"\bsingle\b|\bone[\s-](?:chamber|lead)\w*|\bvvi\w?\b|\baai\w?\b|\b1[\s-](?:chamber|"
            r"lead)\b"
        ),
    ),
)
_GENERATOR: Final = r"(?:generators?|gen|battery|batteries|can\b|pulse gen\w*|pg\b|device)"
_CHANGED: Final = re.compile(
    rf"\b{_GENERATOR}\s(?:\w+\s){{0,2}}?(?:chang\w+|replac\w+|exchang\w+|swap\w*)|\b(?:replac\w+|chang(?:e|ed|"
    rf"ing)|exchang\w+|swap\w*)\s(?:\w+\s){{0,5}}?{_GENERATOR}|"
    rf"\bchange-?\s?outs?\b|\b(?:eri|eol|end of life|battery deplet\w+|depleted)\b"
)
_UPGRADED: Final = re.compile(r"\bupgrad\w+|\bconver(?:t|ted|sion)\b")
_NEW: Final = re.compile(
    r"\bnew\b|\binitial\b|\bde novo\b|\bimplant\w*|\binsert\w*|\bplac(?:e|ed|ement|ing)\b|"
    r"\bfirst\b|\bput in\b"
)
_REMOVED: Final = re.compile(r"\bremov\w+|\bexplant\w*|\bextract\w+|\btook out\b|\btaken out\b")
_MOVED: Final = re.compile(r"\breposition\w*|\bdislodg\w+")
_EXISTING: Final = re.compile(
    r"\bexisting (?:\w+ )?leads?\b|\bleads? (?:were |was )?(?:already|kept|"
    r"tested and kept|retained)\b|\bold leads?\b|\bgenerator only\b|\bprevious\w* (?:placed )?leads?\b"
)
_LEFT_LEAD: Final = re.compile(r"\b(?:lv|left ventric\w+|coronary sinus|cs) lead\b|\blv\b[^.?!\n]{0,15}\blead")
_NEW_LEAD: Final = re.compile(
    r"\b(?:new|additional|added|placed|insert\w*|implant\w*|replac\w+|with|and)\s(?:an?\s|the\s|"
    r"of\s)?(?:new\s)?(?P<first>ra|rv|right atrial|right ventricular|atrial|ventricular)"
    r"(?:\s?(?:and|&|/|,)\s?(?P<second>ra|rv|lv|right atrial|right ventricular|atrial|ventricular|"
    r"left ventricular))?\s?(?:leads?|electrodes?)\b"
)
_LEADS_TOLD: Final = re.compile(
    r"\b(?:(?P<n>one|two|both|1|2)|(?:a|the|single|new)) (?:new )?(?:\w+ )?(?:leads?|"
    r"electrodes?)\b"
)
_WORD_OF_LEADS: Final = re.compile(r"\bleads?\b|\belectrodes?\b")
_LEAD_ALONE: Final = re.compile(
    r"\b(?:existing|present|current|same|old) (?:\w+ ){0,3}?(?:generator|device|system|pacemaker|icd|pacer|ppm)\b|"
    r"\bleads? (?:only|alone|revision|replacement|insertion)\b|\b(?:replac\w+|insert\w*|add(?:ed|"
    r"ing)?) (?:\w+ ){0,4}?leads? only\b"
)
_OTHERWISE: Final = re.compile(
    r"\banesth\w+|\bcheck\w*\b|\binterrogat\w+|\bprogram\w+|\bremote\w*|\bmonitoring\b|\bstatus\b|\bhistory of\b|"
    r"\bhas a\b|\bhas an\b|\bcover(?:ed|age)\b|\bncd\b|"
    r"\bdrg\b|\bpcs\b|\bdiagnos[ei]s\b|\bdx\b|\bicd-?\s?10\b|\btemporary\b|\btemp\b|\bneuro\w*|\bspinal\b|"
    r"\bvagus\b|\bhow much\b|\bpocket\b|\bassist\w*|\bmri\b|\bepicardial\b|"
    r"\bdebrid\w+"
)

_DIAGNOSES: Final = re.compile(r"\b(?:dx|diagnos[ei]s|icd-?\s?10)\b|\bcpt\b")


@dataclass(frozen=True, slots=True)
class DeviceWork:
    """What was done to a device of the heart."""

    kind: str
    """pacemaker, defibrillator, loop, leadless or subcutaneous: the one that is there in the end."""
    before: str
    """The kind there was before, where it is told to be another."""
    leads: str
    """The leads it ends with: single, dual, multiple; empty where not told."""
    leads_before: str
    upgraded: bool
    changed: bool
    """The generator was exchanged."""
    placed: bool
    removed: bool
    moved: bool
    existing: bool
    """The generator was put on leads that were there."""
    new_leads: frozenset[str]
    """`atrial`, `ventricular` where a new one is told."""
    left_lead: bool
    of_leads: bool
    """Whether leads are spoken of at all."""
    lead_alone: bool
    """A lead was placed on a generator that stayed."""
    number: int
    """How many leads are told, one where nothing else is said."""


def device_work(text: str) -> DeviceWork | None:
    """What was done to the device, None where the text (in small letters) is not of such an operation."""
    kinds = _kinds(text)
    if not kinds or _OTHERWISE.search(_DIAGNOSES.sub(" ", text) if "cpt" in text else text):
        return None
    leads = _in_order(text)
    upgraded = _UPGRADED.search(text) is not None
    found = re.search(_LEADS_TOLD, text)
    return DeviceWork(
        kinds[-1] if upgraded else kinds[0],
        kinds[0] if upgraded and len(set(kinds)) > 1 else "",
        (leads[-1] if upgraded else leads[0]) if leads else "",
        leads[0] if upgraded and len(leads) > 1 else "",
        upgraded,
        _CHANGED.search(text) is not None,
        _NEW.search(text) is not None,
        _REMOVED.search(text) is not None,
        _MOVED.search(text) is not None,
        _EXISTING.search(text) is not None,
        _new_leads(text),
        _LEFT_LEAD.search(text) is not None,
        _WORD_OF_LEADS.search(text) is not None,
        _LEAD_ALONE.search(text) is not None,
        _number(found["n"] if found else None, text),
    )


def _number(told: str | None, text: str) -> int:
    """How many leads: as told, else two where they are spoken of in the plural."""
    if told:
        return 1 if told in {"one", "1"} else 2
    return 2 if re.search(r"\bleads\b", text) else 1


def _kinds(text: str) -> list[str]:
    """The devices named, in their order; of the special ones only that."""
    if _LOOP.search(text):
        return ["loop"]
    if _UNDER_SKIN.search(text):
        return ["subcutaneous"]
    if _LEADLESS.search(text):
        return ["leadless"]
    return ["defibrillator" if each["icd"] else "pacemaker" for each in _DEVICE.finditer(text)]


def _in_order(text: str) -> list[str]:
    """How many leads are told, in the order of the text."""
    found = sorted((each.start(), name) for name, words in _LEADS for each in words.finditer(text))
    return [name for _, name in found]


def _new_leads(text: str) -> frozenset[str]:
    """Which of the two right-sided leads are told to be new."""
    told = [each[name] for each in _NEW_LEAD.finditer(text) for name in ("first", "second") if each[name]]
    right = [each for each in told if each not in {"lv", "left ventricular"}]
    return frozenset("atrial" if each in {"ra", "right atrial", "atrial"} else "ventricular" for each in right)
