"""Coverage as asked about: does a policy cover it, whose policy, of which day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.places import state
from caseconsultant.domain.question import Question

_COVERAGE = re.compile(
    r"\bmedicare cover(?:s|ed)?\b[^?\n]{0,20}\b[0-9A-Z]\d{4}\b|(?-i:\bMAC for\b)|"
    r"\bL\d{5}\b|\bA5\d{4}\b|\b(?:lcds?|ncds?|coverage (?:polic\w+|determination|article)|"
    r"local coverage|national coverage|"
    r"covered (?:list|dx|diagnos\w+)|"
    r"which policy|what policy|who is (?:the|our) (?:contractor|mac)|what (?:mac|contractor)|"
    r"which (?:mac|contractor))\b|"
    r"\b(?:will|does|do|would|is)\b(?:[^.?!\n]|\.(?=\w)){0,60}\b(?:first coast|noridian|novitas|palmetto|ngs|cgs|"
    r"wps)\b|"
    r"\b(?:dx|diagnos[ei]s|[A-TV-Z]\d\d(?:\.\w{1,4})?)\b[^.?!\n]{0,30}\b(?:support\w*|cover\w*|"
    r"justif\w+|meets?)\b|\bcover(?:s|ed)?\b(?:[^.?!\n]|\.(?=\w)){0,30}\b(?:by medicare|for (?:dx|diagnos\w+|"
    r"[A-TV-Z]\d\d))\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    (
        r"\b(?:on|in) the (?:\w{1,10} )?(?:covered |approved )?(?:list|article)\b|\bcovered (?:dx|"
        r"diagnosis|code) list\b|\blisted (?:dx|diagnosis)\b|\bdx (?:is |was )?(?:listed|covered)\b|"
        r"\bcovered diagnosis\b"
    ),
    re.IGNORECASE,
)
_ENOUGH = re.compile(
    (
        r"\b(?:has to|have to|must|guarantee\w*|automatically|always|nothing more|don'?t need|no need|"
        r"enough|sufficient|so it (?:pays|is paid|will pay)|means?)\b"
    ),
    re.IGNORECASE,
)
_ADVANTAGE = re.compile(
    r"\bmedicare advantage\b|\b(?:ma|mapd|part c|advantage) (?:plan|member|patient)s?\b", re.IGNORECASE
)
_FOLLOW = re.compile(
    r"\b(?:follow|bound|bind\w*|apply|applies|obey|use|honor|required|ignore|stricter|own (?:policy|criteria))\b",
    re.IGNORECASE,
)
_OLD = re.compile(
    (
        r"\b(?:in force (?:today|now)|today'?s (?:lcd|policy|version)|current (?:lcd|version|policy)|"
        r"which version|what version|newest|old (?:lcd|version)|retired|appeal\w*)\b"
    ),
    re.IGNORECASE,
)
_CONTRACTORS = (
    ("First Coast", r"\bfirst coast\b|\bfcso\b"),
    ("Noridian", r"\bnoridian\b"),
    ("Novitas", r"\bnovitas\b"),
    ("Palmetto GBA", r"\bpalmetto\b"),
    ("NGS", r"\bngs\b|\bnational government\b"),
    ("CGS", r"\bcgs\b"),
    ("WPS", r"\bwps\b"),
)
_SUBJECTS = (
    ("vitamin_d", r"\bvitamin d\b"),
    ("echocardiography", r"\becho\w*\b|\btte\b"),
    ("sleep_tests", r"\bsleep (?:stud|test)\w*|\bpolysomn\w+|\bcpap titration"),
    ("facet_joints", r"\bfacets?\b|\bmedial branch"),
    ("epidural_injections", r"\bepidurals?\b"),
    ("sacroiliac_joint", r"\bsacroiliac\b|\bsi joint"),
    ("nerve_conduction", r"\bnerve conduction\b|\bemg\b"),
    ("cataract", r"\bcataract\b"),
    ("botulinum_toxin", r"\bbotox\b|\bbotulin\w+"),
    ("drug_tests", r"\bdrug (?:screen|test)\w*"),
    ("trigger_points", r"\btrigger points?\b"),
    ("eyelids", r"\bbleph\w+|\bptosis\b"),
    ("joint_replacement", r"\b(?:knee|hip) replacement\b"),
    ("mohs", r"\bmohs\b"),
    ("foot_care", r"\bfoot care\b|\b(?:toe)?nail (?:debrid|trim)\w+"),
)


@dataclass(frozen=True, slots=True)
class Policies:
    """What the words tell."""

    state: str | None
    contractor: str | None
    listed: bool
    thought_enough: bool
    advantage: bool
    whether_bound: bool
    of_another_day: bool
    subject: str | None


def policies(question: Question) -> Policies | None:
    """The coverage question, None where none is asked."""
    text = question.text
    if not _COVERAGE.search(text):
        return None
    contractor = next((name for name, pattern in _CONTRACTORS if re.search(pattern, text, re.IGNORECASE)), None)
    subject = next((name for name, pattern in _SUBJECTS if re.search(pattern, text, re.IGNORECASE)), None)
    return Policies(
        state(text),
        contractor,
        _LISTED.search(text) is not None,
        _ENOUGH.search(text) is not None,
        _ADVANTAGE.search(text) is not None,
        _FOLLOW.search(text) is not None,
        _OLD.search(text) is not None,
        subject,
    )
