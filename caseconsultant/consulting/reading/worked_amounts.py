"""Which amount is to be worked out, and from which figures: helpers, several procedures, both sides, parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from caseconsultant.consulting.reading.stated_amounts import Written, written_amounts
from caseconsultant.domain.question import Question

_ASKED: Final = re.compile(
    r"\bhow much\b|\bwhat (?:does|will|would|did|do|should|is|are|was)\b[^.?!\n]{0,60}\b(?:pay\w*|paid|allow\w*|"
    r"reimburs\w*|fee|get|gets|"
    r"amount|payment|charge|owe\w*|share|total|reduc\w+|mppr|come to)\b|\bwhat's\b[^.?!\n]{0,50}\b(?:pay\w*|"
    r"allow\w*|fee|amount|charge|reduc\w+)\b|"
    r"\b(?:calculat\w+|compute|work(?:s|ed)? (?:it )?out|figure out|math|arithmetic|total (?:allowed|payment|paid))\b|"
    r"\bexpect(?:ed)?\b[^.?!\n]{0,30}\b(?:pay\w*|reimburs\w*|amount)|\bwhat (?:do|should|can|would|will) (?:we|i|"
    r"they|he|she) (?:expect|get|receive|be paid)\b|\blimiting charge\b|\btotal\s?\?|"
    r"\b(?:underpaid|short-?paid|paid (?:right|correctly|wrong|short)|correct(?:ly)? (?:paid|payment|amount)|"
    r"right (?:amount|payment))\b|"
    r"\b(?:paid|allowed|got|received)\b[^?\n]{0,80}\b(?:is (?:that|this|it)|was (?:that|this|it)) (?:right|"
    r"correct|ok|wrong|short|low|too low)\b",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(
    r"\bmultiple[\s-](?:procedures?|surger\w+|surgical|endoscop\w+)\b|\bmppr\b|\b(?:two|three|four|five|2|3|4|"
    r"5) (?:procedures?|surger\w+|codes|"
    r"operations|scopes|lines)\b|\breduc\w+\b|\bsame (?:session|day|setting|time)\b|\bendoscop\w+ (?:family|rule|"
    r"base|reduction)\b|"
    r"\bmod(?:ifier)?s? 51\b|-51\b|\b(?:100|50)[/, -]+50\b|\bin total\b|\btotal\b",
    re.IGNORECASE,
)
_BILATERAL: Final = re.compile(
    r"\bbilat\w*\b|\bboth (?:sides|knees|eyes|hips|shoulders|ears|feet|hands)\b|(?<!\d)-50\b|\bmod(?:ifier)? 50\b",
    re.IGNORECASE,
)
_IMAGING: Final = re.compile(
    r"\bmppr\b|\bimag\w+\b|\bct\b|\bcts\b|\bmris?\b|\bultrasounds?\b|\bscans?\b|\bstud(?:y|ies)\b|\bradiolog\w+\b|"
    r"\bx-?rays?\b",
    re.IGNORECASE,
)
_THERAPY: Final = re.compile(
    r"\btherap\w+\b|\bpt\b|\bot\b|\bslp\b|\b9(?:70|71|75)\d{2}\b|\bg0283\b|\bmppr\b", re.IGNORECASE
)
_OWN_NUMBER: Final = re.compile(
    r"\b(?-i:NP|PA|CNS|APRN|PA-C|FNP|APP)(?:s|'s)?\b|\bnurse practitioners?\b|\bphysician assistants?\b|"
    r"\bmid-?levels?\b|\bclinical nurse spec\w+\b",
    re.IGNORECASE,
)
_LESSER: Final = (
    ("clinical_social_worker", re.compile(r"\b(?-i:LCSW|CSW)s?\b|\bclinical social workers?\b", re.IGNORECASE)),
    (
        "marriage_and_family_therapist",
        re.compile(r"\b(?-i:LMFT|MFT)s?\b|\bmarriage and family therapists?\b", re.IGNORECASE),
    ),
    (
        "mental_health_counselor",
        re.compile(r"\b(?-i:LPC|LMHC|MHC|LCPC)s?\b|\bmental health counselors?\b", re.IGNORECASE),
    ),
    ("registered_dietitian", re.compile(r"\bdieti[ct]ians?\b", re.IGNORECASE)),
    ("nurse_midwife", re.compile(r"\b(?-i:CNM)s?\b|\bnurse[\s-]midwi(?:fe|ves)\b", re.IGNORECASE)),
)
_INCIDENT: Final = re.compile(r"\bincident[\s-]to\b|\bincident-2\b", re.IGNORECASE)
_LIMIT: Final = re.compile(
    r"\blimiting charge\b|\bnon-?\s?par\w*\b|\bunassigned\b|\bdoes(?:n't| not) (?:accept|take) assignment\b",
    re.IGNORECASE,
)
_CHAIN: Final = re.compile(
    r"\bsequest\w+|\bdeductible\b|\bco-?insurance\b|\bco-?pay\w*|\bpatient\b[^.?!\n]{0,30}\b(?:owes?|pays?|"
    r"responsib\w+|part|portion|share|bill\w*)|"
    r"\b(?:owe|responsib\w+)\b|\b(?:80|20) ?(?:%|percent)|\bnet\b|\bmedicare(?:'s)? (?:part|portion|share)\b|"
    r"\bsecondary\b",
    re.IGNORECASE,
)
_UNPAID: Final = re.compile(
    r"\bdeductible\b[^.?!\n]{0,30}\b(?:left|remain\w*|open|unmet|not (?:been )?met|to go|outstanding|applied|owed)\b",
    re.IGNORECASE,
)
_WRONG: Final = re.compile(
    r"\b(?:underpaid|short-?paid|paid short|too (?:low|little)|(?:that|this|it) low|less than|wrong|"
    r"incorrect(?:ly)?|mistake|an error|"
    r"shorted)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words tell of an amount to be worked out."""

    amounts: tuple[Written, ...]
    """Allowed amounts, in their order; those paid, of a deductible or of a base code are apart."""
    paid: tuple[int, ...]
    deductible: int
    """What is still open of it, in cents."""
    base: int | None
    several: bool
    bilateral: bool
    imaging: bool
    therapy: bool
    practitioner: str
    """Who bills under an own number, as the rule on shares names it; empty where nobody does."""
    incident_to: bool
    limit: bool
    chain: bool
    """Whether deductible, coinsurance, sequester or the patient's part is asked of."""
    doubted: bool
    """Whether yes would mean that a payment is wrong."""


def asked_amount(question: Question) -> Asked | None:
    """The amount to be worked out, None where no such thing is asked."""
    text = question.text
    if not _ASKED.search(text):
        return None
    every = written_amounts(text)
    apart = {"paid", "deductible", "base", "charged"}
    return Asked(
        tuple(each for each in every if each.of not in apart) or tuple(each for each in every if each.of == "paid")[:1],
        tuple(each.cents for each in every if each.of == "paid"),
        sum(each.cents for each in every if each.of == "deductible") if _UNPAID.search(text) else 0,
        next((each.cents for each in every if each.of == "base"), None),
        _SEVERAL.search(text) is not None,
        _BILATERAL.search(text) is not None,
        _IMAGING.search(text) is not None,
        _THERAPY.search(text) is not None,
        _practitioner(text),
        _INCIDENT.search(text) is not None,
        _LIMIT.search(text) is not None,
        _CHAIN.search(text) is not None or any(each.of == "paid" for each in every),
        _WRONG.search(text) is not None,
    )


def _practitioner(text: str) -> str:
    """The kind of practitioner, by the name that the rule on shares gives it."""
    lesser = next((name for name, words in _LESSER if words.search(text)), "")
    return lesser or ("nurse_practitioner" if _OWN_NUMBER.search(text) else "")
