"""A procedure that was more or less than usual, or stopped: how far, why, before or after anesthesia, whose claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import facility_bills, told_text, written_modifiers
from caseconsultant.domain.question import Question

_STOPPED = re.compile(
    r"\b(?:stopped|aborted|abandon\w*|terminated|discontinued|discontinu\w+|cancel\w*|called off|"
    r"not to proceed|did not proceed|"
    r"incomplete|not completed?|unable to (?:complete|be completed|advance|pass|reach|"
    r"traverse)|could(?:n't| not) (?:be )?(?:complete\w*|advance|pass|reach|finish|get)|"
    r"didn'?t (?:reach|get|finish)|quit|cut short|halted|failed to reach|"
    r"only (?:got|reached|advanced|went)|got (?:only )?to)\b",
    re.IGNORECASE,
)
_COLON = re.compile(
    (
        r"\bcolonoscop\w+|\bcolono\b|\bscope of the colon\b|\bcolon scope\b|\bsplenic flex\w*|"
        r"\bhepatic flex\w*|\b(?:45378|45380|45385|45384|45388|G0105|G0121|44388)\b|\bcecum\b"
    ),
    re.IGNORECASE,
)
_SCREENING = re.compile(
    r"\bscreen\w*|\bG0105|\bG0121|\bsurveillance\b|\baverage risk\b|\bhigh[- ]risk\b", re.IGNORECASE
)
_HIGH_RISK = re.compile(
    r"\bG0105\b|\bhigh[- ]risk\b|\b(?:history|hx) of (?:colon )?polyps?\b|\bsurveillance\b", re.IGNORECASE
)
_TAKEN = re.compile(
    (
        r"\b(?:45380|45384|45385|45388|45390)\b|\b(?:polyps? (?:was |were )?(?:removed|taken|snared)|"
        r"biops(?:y|ies) (?:was |were )?(?:taken|done)|snared? a)\b"
    ),
    re.IGNORECASE,
)
_DANGER = re.compile(
    r"\b(?:oxygen|sat(?:s|uration)?|bp|blood pressure|pressure|hypotens\w+|hypox\w+|arrhythm\w+|"
    r"st changes|ekg changes|cardiac|"
    r"bradycard\w+|tachycard\w+|unstable|crashed|dropped|distress|"
    r"bleeding|laryngospasm|safety|risk|well-?being|chest pain|vomit\w*|aspirat\w+|poor prep\w*|"
    r"stool|prep|perforat\w+|seizure|arrest|allergic|reaction|tolerat\w+|obstruct\w+|stricture|"
    r"tortuous|looping)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:before|prior to)\b[^.?!\n]{0,30}\b(?:an[ae]?esthe\w*|sedation|induction|block)\b|"
    r"\bno an[ae]?esthe\w+ (?:was )?(?:given|started|administered)\b|"
    r"\ban[ae]?esthe\w+ (?:was |had )?(?:not|never) (?:been )?(?:given|started|administered|induced|"
    r"begun)\b|\bnot yet (?:sedated|under)\b|\bpre-?op (?:area|holding)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:after|following)\b[^.?!\n]{0,30}\b(?:an[ae]?esthe\w*|sedation|induction|incision|"
    r"intubat\w+|scope (?:was )?inserted|start)\b|\ban[ae]?esthe\w+ (?:was |had been |had )"
    r"?(?:already )?(?:given|started|"
    r"administered|induced|begun|on board)\b|\b(?:already )?(?:sedated|under an[ae]?esthe\w+|asleep|intubated)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:modifiers?|mod|can|use|bill|add|append|is)\s(?:a\s)?(22|52|53|73|74)\b(?!\s?(?:min|year|y/?o|days?|%))|"
    r"\b(22|52|53|73|74) on (?:a |the )?(?:facility|hospital|asc|e/?m|visit|claim)",
    re.IGNORECASE,
)
_MODIFIERS = frozenset({"22", "52", "53", "73", "74"})
_LESS = re.compile(
    r"\breduced (?:service|procedure)s?\b|\bmodifier 52\b|\bpartial(?:ly)? (?:reduced|done|completed)\b", re.IGNORECASE
)
_MORE = re.compile(
    (
        r"\b(?:increased|unusual|extra|more|much longer|harder|difficult)\b[^.?!\n]{0,"
        r"50}\bmodifier 22\b|\bmodifier 22\b|\badd(?:ed)? 22\b|-22\b|\b22 (?:for|on|mod)"
    ),
    re.IGNORECASE,
)
_BY_CHOICE = re.compile(
    (
        r"\b(?:elects?|elected|chooses?|chose|decid\w+|opts?|opted|only part|partial\w*|"
        r"less than (?:the )?(?:full|complete|whole)|not needed|left out|omitted)\b"
    ),
    re.IGNORECASE,
)
_NOT_IN_ROOM = re.compile(
    (
        r"\bpre-?op (?:holding|area)\b|\bholding area\b|\bbefore (?:the patient |pt )?(?:was )"
        r"?(?:being )?(?:taken|brought) (?:in)?to\b|\b(?:day|night) before\b|\bno[- ]show\b|"
        r"\bbefore (?:going|leaving)\b"
    ),
    re.IGNORECASE,
)
_FLEXURE_SHORT = re.compile(
    r"\b(?:sigmoid|descending|not (?:past|beyond) (?:the )?splenic|rectosigmoid|before (?:the )?splenic)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stopping:
    """What the words tell. `after_anesthesia` is None where they leave it open."""

    stopped: bool
    colonoscopy: bool
    screening: bool
    high_risk: bool
    tissue_taken: bool
    danger: bool
    after_anesthesia: bool | None
    facility_claim: bool | None
    short_of_splenic: bool
    modifiers: frozenset[str]
    more: bool
    by_choice: bool
    not_in_room: bool


def _operations(question: Question) -> bool:
    """Whether a procedure's code is written beside a word for stopping."""
    return any(not each.code.startswith(("99", "J", "G0", "A", "E", "8")) for each in question.codes)


def stopping(question: Question) -> Stopping | None:
    """What was done less or more than usual, None where nothing of it is told."""
    text = told_text(question)
    modifiers = written_modifiers(question) & _MODIFIERS
    modifiers |= {each for found in _ABOUT.findall(text) for each in found if each}
    stopped = _STOPPED.search(text) is not None
    colon = _COLON.search(text) is not None
    more = "22" in modifiers or _MORE.search(text) is not None
    if not (
        modifiers
        or more
        or _LESS.search(text)
        or (
            stopped
            and (
                colon
                or _operations(question)
                or re.search(r"\b(?:procedure|surgery|case|scope|egd|operation)\b", text, re.IGNORECASE)
            )
        )
    ):
        return None
    before, after = _BEFORE.search(text) is not None, _AFTER.search(text) is not None
    return Stopping(
        stopped,
        colon,
        _SCREENING.search(text) is not None,
        _HIGH_RISK.search(text) is not None,
        _TAKEN.search(text) is not None,
        _DANGER.search(text) is not None,
        None if before == after else after,
        facility_bills(question),
        _FLEXURE_SHORT.search(text) is not None,
        modifiers,
        more,
        _BY_CHOICE.search(text) is not None,
        _NOT_IN_ROOM.search(text) is not None,
    )
