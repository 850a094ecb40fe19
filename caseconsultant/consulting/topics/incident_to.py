"""Incident to: a nurse practitioner's or assistant's office visit billed under the physician."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.visit_rules import VisitRules, follows_cpt, hangs, proposed, stands, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question

_NAMED = re.compile(r"\bincident[- ]?to\b|\bincident 2\b|\bincident\b", re.IGNORECASE)
_SECOND = re.compile(
    r"\bnps?\b|\b(?:our|the|a) pas?\b|(?-i:\bNPs?\b|\bPAs?\b|\bPA-C\b|\bAPPs?\b|\bNPPs?\b|\bAPRN\b|\bARNP\b)|"
    r"\bnurse practitioner\b|"
    r"\bphysician assistant\b|\bnurse pract",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?:under|in|with|using|as) (?:the |our )?(?:md|doc(?:tor|s)?|physician|dr\.? ?\w+|supervising|him|her|his|"
    r"our (?:md|"
    r"doctor|physician))(?:'?s)?(?: \w+)?(?: name| npi| number)?\b|"
    r"\bphysician'?s (?:name|npi)\b|\bdr\.? ?\w+'s (?:name|npi)\b|\bin \w+\.? \w+'s name\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bsplit\b|(?-i:\bFS\b)|\bcritical care\b|\bassist(?:ed|ant) (?:at|in|on) surg|\b963\d\d\b|\bmodifier as\b|"
    r"\bwound\b",
    re.IGNORECASE,
)
_FACILITY = re.compile(
    r"\bpos ?(?:19|2[123]|31|61)\b|\bin-?patient\b|\bhospital(?:[- ](?:based|clinic|owned|outpatient))?\b|"
    r"\bprovider[- ]based\b|\bhopd\b|(?-i:\bED\b|\bSNF\b)|\bnursing (?:home|facility)\b",
    re.IGNORECASE,
)
_NEW_PATIENT = re.compile(
    r"\b(?:brand[- ]?)?new (?:\w+ )?(?:pt|patient)s?\b|\bfirst visit\b|\bnever been seen\b", re.IGNORECASE
)
_NEW_PROBLEM = re.compile(
    r"\bnew (?:problem|complaint|symptom|issue|condition|diagnosis|rash|pain|cough|onset|concern)s?\b|"
    r"\bacute (?:problem|illness|visit)\b|\bsick visit\b|\bdifferent problem\b|"
    r"\banother (?:problem|complaint)\b",
    re.IGNORECASE,
)
_NO_NEW_PROBLEM = re.compile(r"\b(?:no|nothing|without|not a|any) new\b(?: \w+)?", re.IGNORECASE)
_PRESENT = re.compile(
    r"\b(?:in (?:the )?(?:office |same )?suite|next room|next door|on[- ]?site|onsite|in the (?:office|building|"
    r"clinic)|down the hall|present in|immediately available|was there|in house)\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:(?:out of|not in|away from|left) (?:the )?(?:office|building|clinic|suite|town)|off[- ]?site|"
    r"across the street(?: at (?:the )?hospital)?|on vacation|"
    r"at home|at the hospital|in surgery|not (?:there|present|on[- ]?site|here)|"
    r"doing rounds|only by phone|(?:tele)?phone supervision|audio[- ]only|reachable by (?:phone|cell)|by (?:phone|"
    r"telephone)|available by phone|at (?:the|"
    r"our) other (?:office|location))\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\b(?:another|other|covering|second|partner|different)\b", re.IGNORECASE)
_VIDEO = re.compile(r"\b(?:video|virtual(?:ly)?|audio[- ]video|zoom|real[- ]time audio)\b", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:set|made|started|initiated|wrote|established|follow(?:s|ing|ed)?|carr(?:y|ied|ying) out|under|continu\w+|"
    r"per)\b[^.?]{0,40}\bplan\b|\bplan of care\b|\bestablished plan\b|\bplanned\b|\bphysician's plan\b",
    re.IGNORECASE,
)
_COSIGNED = re.compile(
    r"\bco-?sign|\bsign(?:s|ed|ing)? (?:it |them |the \w+ )?off\b|\breviewed (?:and|the note)", re.IGNORECASE
)
_CONDITIONS = (
    "Incident to needs all of it: an office (noninstitutional place), an established patient with a plan the "
    "physician started, no new problem, the "
    "physician's continuing part in the care, and direct supervision (in the suite, immediately available). Then it "
    "is paid at 100 percent under the "
    "physician; else the nurse practitioner or physician assistant bills under the own number at 85 percent."
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Whether the visit may go out under the physician; nothing where that is not asked."""
    rules = VisitRules(knowledge, question)
    text = question.text
    asked = _NAMED.search(text) or (_SECOND.search(text) and _UNDER.search(text))
    about = _SECOND.search(text) or question.wants_yes_or_no or _SAME_PHYSICIAN.search(text)
    if not asked or not about or _OTHER.search(text):
        return NOTHING
    failing, missing = list(_failing(rules)), _missing(text)
    references = rules.references("evaluation.incident_to.conditions")
    if not references:
        return NOTHING
    if _SAME_PHYSICIAN.search(text) or failing:
        return _any_supervisor(rules) if _SAME_PHYSICIAN.search(text) else _no(rules, failing)
    if missing:
        return _open(rules, missing)
    if follows_cpt(question):
        said = (
            "Every condition that Medicare sets is told; another payer's own policy decides whether it takes incident "
            "to "
            "at all."
        )
        return Findings(
            (told(said, references, verdict=Verdict.DEPENDS), told(_CONDITIONS, references)), headlines=(said,)
        )
    said = (
        "It may go out incident to, in the physician's name: established patient, the physician's plan, no new "
        "problem, direct supervision in the office."
    )
    codes = tuple(stands(code) for code in proposed(question) if rules.family_of(code))
    return Findings(
        (told(said, references, verdict=Verdict.YES), told(_CONDITIONS, references)), codes, headlines=(said,)
    )


_SAME_PHYSICIAN = re.compile(
    r"\bsupervis\w+\b[^?]{0,80}\b(?:same (?:doc|doctor|physician|md|one|provider|person)|the one (?:who|that)|"
    r"who (?:wrote|started|set|made))\b|"
    r"\bsame (?:doc|doctor|physician|md|provider)\b[^?]{0,60}\bsupervis\w+|"
    r"\b(?:any|another|other|different|covering) (?:doc|doctor|physician|md|partner)s?\b[^?]{0,40}\bsupervis\w+",
    re.IGNORECASE,
)
_NEED_BE_SAME = re.compile(
    r"\b(?:need|must|has to|have to|required?|does|is|should)\b[^?]{0,80}\b(?:same|the one|who (?:wrote|started|"
    r"set|made))\b",
    re.IGNORECASE,
)


def _any_supervisor(rules: VisitRules) -> Findings:
    """Who supervises and who started the plan may be two physicians of the group."""
    references = rules.references("evaluation.incident_to.conditions")
    said = (
        "The supervising physician need not be the one who started the plan of care: any physician of the group may "
        "supervise, and the claim goes out under the one who supervised that day."
    )
    verdict = Verdict.NO if _NEED_BE_SAME.search(rules.question.text) else Verdict.YES
    video = tuple(_video(rules))
    told_of = tuple(each.statement for each in video if _VIDEO.search(rules.question.text))
    return Findings(
        (told(said, references, verdict=verdict), *video, told(_CONDITIONS, references)), headlines=(said, *told_of)
    )


def absent(text: str) -> bool:
    """Whether nobody who could supervise was there."""
    instead = _INSTEAD.search(text) is not None and _PRESENT.search(text) is not None
    return _ABSENT.search(text) is not None and not _VIDEO.search(text) and not instead


def _failing(rules: VisitRules) -> Iterator[str]:
    """The conditions that what is told does not meet."""
    text = rules.question.text
    placed = _ABSENT.sub(" ", text)
    if _FACILITY.search(placed) and not re.search(r"\bpos ?11\b", text, re.IGNORECASE):
        yield (
            "incident to is for the office (noninstitutional); in a hospital setting it is a shared visit with FS or "
            "the "
            "own visit at 85 percent"
        )
    if _NEW_PATIENT.search(_NO_NEW_PROBLEM.sub(" ", text)):
        yield "a new patient has no plan of the physician yet"
    if _NEW_PROBLEM.search(_NO_NEW_PROBLEM.sub(" ", text)):
        yield "a new problem has no plan of the physician yet"
    if _VIDEO.search(text) and not rules.value("evaluation.incident_to.supervision_by_video"):
        yield (
            "direct supervision on that date meant present in the office suite and immediately available; video was "
            "not "
            "enough"
        )
    elif absent(text):
        yield (
            "nobody supervised directly: the physician has to be present in the office suite, immediately available; "
            "by "
            "phone is not enough"
        )


def _missing(text: str) -> tuple[str, ...]:
    asks = []
    if not _NO_NEW_PROBLEM.search(text) and not re.search(
        r"\bstable\b|\brecheck\b|\bno changes?\b", text, re.IGNORECASE
    ):
        asks.append("Was there a new problem, or was the patient new?")
    if not _PLAN.search(text):
        asks.append("Did the physician set the plan that was followed?")
    if not _PRESENT.search(text) and not _VIDEO.search(text):
        asks.append("Was a physician of the group present in the office suite (direct supervision)?")
    return tuple(asks)


def _no(rules: VisitRules, failing: list[str]) -> Findings:
    said = (
        f"Not incident to: {'; '.join(failing)}. The nurse practitioner or physician assistant bills under the own "
        f"number, paid at 85 percent."
    )
    extra = " A cosignature does not change it." if _COSIGNED.search(rules.question.text) else ""
    references = rules.references("evaluation.incident_to.conditions", "evaluation.practitioners.nonphysician_share")
    finding = told(said + extra, references, verdict=Verdict.NO)
    return Findings((finding, told(_CONDITIONS, references)), headlines=(said + extra,))


def _open(rules: VisitRules, missing: tuple[str, ...]) -> Findings:
    references = rules.references("evaluation.incident_to.conditions", "evaluation.practitioners.nonphysician_share")
    codes = [code for code in proposed(rules.question) if rules.family_of(code)]
    policy = " For a payer other than Medicare its own policy decides." if follows_cpt(rules.question) else ""
    video = tuple(_video(rules))
    said = _CONDITIONS + policy
    if video and _VIDEO.search(rules.question.text):
        said = f"{video[0].statement} {said}"
    return Findings(
        (told(said, references, verdict=Verdict.DEPENDS), *video),
        tuple(hangs(code, "every condition of incident to is met") for code in codes),
        asks=missing,
        headlines=(said,),
    )


def _video(rules: VisitRules) -> Iterator[Finding]:
    if rules.value("evaluation.incident_to.supervision_by_video"):
        yield told(
            "Direct supervision may be by real-time audio and video (not audio alone) on that date for most services.",
            rules.references("evaluation.incident_to.supervision_by_video"),
        )
