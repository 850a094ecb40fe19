"""New or established: three years, a face-to-face service, the same group and specialty, or the same clinician."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.visit_relations import Earlier, earlier
from caseconsultant.consulting.visit_rules import VisitRules, follows_cpt, proposed, refused, stands, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question

_NEW_WORDS = re.compile(
    r"\bnew (?:pt|patient|visit|or est)|\bnew-?patient\b|\b(?:is|as|still|considered|count(?:s|ed)? as|be|him|her|"
    r"them) (?:a )?(?:new|established)\b|"
    r"\bis (?:he|she|it|this|that) (?:a )?new\b|\bnew vs\.? est|\bestablished (?:or|vs) new\b|\bnew or established\b|"
    r"\bfirst-timer\b|\bnew ?\?|\bnew to\b|\bnew (?:in|at|for) (?:the|our)\b|\b9920[2-5]\b|\b9934[1-5]\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:saw|seen|treated|visited|read|met|moved|drawn|last (?:seen|visit|here|appointment)|followed|"
    r"former (?:practice|group)|joined|years?|yrs?|months? ago|covering|on[- ]call|"
    r"partner|specialt\w+|sub-?specialt\w+|tax id|tin|hospital consult)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bincident\b|\bsplit\b|\bcritical\b|\bmodifier\b|\bmdm\b|\blevel\b|\bglobal\b|\bminutes?\b|\bmins?\b|\b9928\d\b|"
    r"\b(?:ed|er|emergency) (?:codes?|visits?|levels?)\b|\bin (?:our|the) (?:ed|er|emergency)\b|\b99201\b|"
    r"\bnew problem\b|\bG2211\b|"
    r"\bcosign|\bconsult(?:ation)? code|\b9924[1-5]\b",
    re.IGNORECASE,
)
_ASKS_NEW = re.compile(
    r"\bnew\b[^.?]{0,60}\?|\b9920[2-5]\b|\bnew patient visit\b|\bnew (?:or|vs)|\bnew pt\b|\bnew patient\b",
    re.IGNORECASE,
)
_MONTHS_A_YEAR = 12


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Whether the patient is new, from what is told of the earlier service; nothing where that is not asked."""
    rules = VisitRules(knowledge, question)
    text = question.text
    years = rules.whole("evaluation.new_patient.years")
    visits_only = all(rules.family_of(code) for code in proposed(question))
    if not years or not visits_only or _OTHER.search(text):
        return NOTHING
    if not (_NEW_WORDS.search(text) and _EARLIER.search(text) and _ASKS_NEW.search(text)):
        return NOTHING
    facts = earlier(text, on=question.as_of)
    new = _is_new(facts, years)
    return _open(rules, facts, years) if new is None else _decided(rules, facts, years, new=new)


def _is_new(facts: Earlier, years: int) -> bool | None:
    """None where a fact is missing that decides."""
    if facts.months is not None and facts.months >= years * _MONTHS_A_YEAR:
        return True
    if facts.face_to_face is False:
        return True
    if facts.same_clinician:
        return False if facts.months is not None else None
    if facts.same_specialty is False:
        return True
    return False if facts.same_specialty and facts.months is not None else None


def _decided(rules: VisitRules, facts: Earlier, years: int, *, new: bool) -> Findings:
    said = f"{'New' if new else 'Established'}: {_why(facts, years, new=new)}."
    asks_established = re.search(r"\bestablished\b[^.]{0,40}\?", rules.question.text, re.IGNORECASE) and not re.search(
        r"\bnew\b[^.]{0,60}\?", rules.question.text, re.IGNORECASE
    )
    verdict = Verdict.YES if new is not bool(asks_established) else Verdict.NO
    wrong = [] if new else [code for code in proposed(rules.question) if (rules.family_of(code) or "").endswith("_new")]
    pairs = rules.table("evaluation.new_patient.codes")
    instead = [str(pairs[code]) for code in wrong if code in pairs]
    if instead:
        said += f" Report the established code of the level, {instead[0]} instead of {wrong[0]}."
    references = rules.references("evaluation.new_patient.years")
    return Findings(
        (told(said, references, verdict=verdict), *_rule(rules, facts, years)),
        (*(refused(code, "the patient is established") for code in wrong), *_chosen(rules, new=new)),
        headlines=(said,),
    )


def _chosen(rules: VisitRules, *, new: bool) -> Iterator[Opinion]:
    """Of a new and an established code between which to choose, the right one."""
    choice = [
        code for code in rules.question.alternatives if (rules.family_of(code) or "").startswith(("office", "home"))
    ]
    fitting = [code for code in choice if (rules.family_of(code) or "").endswith("_new") is new]
    if len(choice) == len(fitting) + 1 and fitting:
        yield stands(fitting[0])
        yield from (
            refused(code, f"the patient is {'new' if new else 'established'}")
            for code in choice
            if code not in fitting and new
        )


def _why(facts: Earlier, years: int, *, new: bool) -> str:
    if new and facts.months is not None and facts.months >= years * _MONTHS_A_YEAR:
        return f"the last face-to-face service lies {years} years or more back"
    if new and facts.face_to_face is False:
        return (
            f"there was no face-to-face service in the last {years} years; a test read without seeing the patient does "
            f"not count"
        )
    if new:
        return (
            f"the earlier service was of another specialty; only the same group and the same specialty within {years} "
            f"years count"
        )
    if facts.same_clinician and facts.months is not None:
        return (
            f"the same physician saw the patient face to face within {years} years, and that goes with the physician "
            f"whatever the practice, "
            "tax id or record"
        )
    return (
        f"a clinician of the same group and the same specialty saw the patient within {years} years (3-year rule); "
        f"another location or "
        "another partner changes nothing"
    )


def _rule(rules: VisitRules, facts: Earlier, years: int) -> Iterator[Finding]:
    yield told(
        f"New means no professional face-to-face service within {years} years by the same physician or by another of "
        f"the same group and the "
        "exact same specialty and subspecialty.",
        rules.references("evaluation.new_patient.years"),
    )
    if facts.nonphysician:
        by = "CPT" if follows_cpt(rules.question) else "CPT (Medicare goes by the specialty enrolled)"
        yield told(
            f"{by}: a nurse practitioner or physician assistant who works with physicians is of their exact specialty.",
            rules.references("evaluation.new_patient.years"),
        )


def _open(rules: VisitRules, facts: Earlier, years: int) -> Findings:
    said = (
        f"New only if nobody of your group in the same specialty gave a face-to-face service within {years} years "
        f"(3-year rule), nor the same "
        "physician anywhere; else established. Another specialty of the group makes the patient new."
    )
    if facts.same_clinician:
        said = (
            f"Established, if the same physician saw the patient face to face within {years} years (3-year rule), "
            f"whatever the practice or tax "
            "id then; new only where that lies further back."
        )
    asks = (
        *(("When was the patient last seen face to face?",) if facts.months is None else ()),
        *(
            ("Which specialty (and subspecialty) was the clinician who saw the patient, and is it the same?",)
            if facts.same_specialty is None
            else ()
        ),
    )
    return Findings(
        (
            told(said, rules.references("evaluation.new_patient.years"), verdict=Verdict.DEPENDS),
            *_rule(rules, facts, years),
        ),
        asks=asks,
        headlines=(said,),
    )
