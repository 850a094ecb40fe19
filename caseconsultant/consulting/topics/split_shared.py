"""A visit that a physician and a nurse practitioner or physician assistant share in a facility (FS)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.consulting.calculators.visit_time import level_by_time
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.visit_relations import Shared, shared
from caseconsultant.consulting.reading.visits import Place, visit_words
from caseconsultant.consulting.topics.critical_care import CRITICAL_CARE, medicares_start, medicares_units
from caseconsultant.consulting.visit_families import families
from caseconsultant.consulting.visit_rules import (
    VisitRules,
    follows_cpt,
    hangs,
    listed,
    proposed,
    refused,
    stands,
    told,
)
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question

_NAMED = re.compile(
    r"\bsplit (?:visits?|e/?m|service|encounter|billing)\b|\bshared\b(?! decision| room| savings| medical)|"
    r"\bshared? (?:visit|service|e/?m|critical|encounter)|\bcritical care (?:was )?shared\b|\bshared (?:by|between|"
    r"with)\b|\bsplit[/ -]?(?:or )?shared\b|(?-i:\bFS\b)|-FS\b",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"\bnps?\b|\b(?:our|the|a) pas?\b|(?-i:\bNPs?\b|\bPAs?\b|\bPA-C\b|\bAPPs?\b|\bNPPs?\b|\bAPRN\b)|"
    r"\bnurse practitioner\b|\bphysician assistant\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?-i:\bDO\b)|\bmds?\b|(?-i:\bDO\b)|\bphysician\b|\bdoctor\b|\bdoc\b|\bdr\b|\bhospitalist\b|\battending\b|"
    r"\bintensivist\b",
    re.IGNORECASE,
)
_FACILITY = re.compile(
    r"\bin-?patient\b|\bhospital\b|\bhospitalist\b|(?-i:\bED\b|\bER\b|\bICU\b|\bSNF\b)|\bemergency\b|\bfacility\b|"
    r"\bobs\b|\bobservation\b|\bpos ?(?:2[123]|19|31)\b|\bskilled\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"\bpos ?11\b|\bin (?:our|the|my) office\b|\boffice\b|\bphysician practice\b", re.IGNORECASE)
_CRITICAL = re.compile(r"\bcritical care\b|\b9929[12]\b", re.IGNORECASE)
_INCIDENT = re.compile(r"\bincident", re.IGNORECASE)
_BOTH_SAW = re.compile(
    r"\b(?:md|physician|doctor|doc) bills? ?(?:it|this)? ?\?|\bsees? (?:him |her |them |the patient |pt )?(?:too|also|"
    r"as well)\b|\bbill who\b|\bwho (?:do|does|"
    r"should) (?:we |i )?bill|\bboth\b|\b(?:could|can|may|should) (?:the |"
    r"our )?(?:physician|md|doctor|doc|hospitalist|"
    r"attending) (?:still )?bill|\bco-?sign|\b(?:bill|goes?|go out|send|sent)\b[^.?]{0,30}\bunder\b|\bwho (?:can|"
    r"should|may|gets to)? ?bills?\b|\bunder (?:the )?(?:md|doctor|physician|hospitalist|np|pa)",
    re.IGNORECASE,
)
_DIFFERENT_GROUP = re.compile(
    r"\b(?:different|another|other|separate) (?:group|practice|employer|tin)|\bhospital[- ]employed (?:np|pa)|"
    r"\bnot the same group",
    re.IGNORECASE,
)
_NEVER_SAW = re.compile(
    r"\b(?:md|physician|doctor|doc|attending|he|she) (?:never|did not|didn't) (?:saw|see|seen|visit)|"
    r"\bdid (?:the )?(?:whole|entire) visit",
    re.IGNORECASE,
)
_ONLY_SIGNED = re.compile(
    r"\b(?:just|only|merely|simply) (?:co-?)?sign\w*|\bagree with (?:the )?(?:above|np|pa|note)|\battest\w* only|"
    r"seen and agreed?\b|"
    r"\bonly attest",
    re.IGNORECASE,
)
_PATH = "evaluation.split_shared.decides"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Who bills and with which modifier; nothing where no visit is shared."""
    rules = VisitRules(knowledge, question)
    text = question.text
    pair = _SECOND.search(text) and _FIRST.search(text)
    named = _NAMED.search(text) is not None or (
        pair is not None and re.search(r"\bsplit\b", text, re.IGNORECASE) is not None
    )
    if _INCIDENT.search(text) and not named:
        return NOTHING
    if not pair and _BESIDE_FS.search(text):
        return NOTHING
    told_of = named or (pair and _FACILITY.search(text) and (_BOTH_SAW.search(text) or _timed_both(text)))
    if not told_of or rules.rule(_PATH) is None:
        return NOTHING
    if _OFFICE.search(text) and not _FACILITY.search(_OFFICE.sub(" ", text)):
        return _office(rules)
    facts = shared(text)
    if not pair and not _CRITICAL.search(text) and _WHERE.search(text):
        return _where(rules)
    return _critical(rules, facts) if _CRITICAL.search(text) else _visit(rules, facts)


_BESIDE_FS = re.compile(r"(?-i:\bFS\b)[^?]{0,30}\b(?:24|25|FT|57)\b|\b(?:24|25|FT|57)\b[^?]{0,30}(?-i:\bFS\b)")
_WHERE = re.compile(
    r"\b(?:in|for|at) (?:an? |the )?(?:(?-i:SNF|NF|ED|ER)\b|skilled|nursing|hospital|emergency)", re.IGNORECASE
)


def _timed_both(text: str) -> bool:
    """Minutes of the physician and minutes of the other, each told."""
    facts = shared(text)
    return facts.physician is not None and facts.other is not None


def _where(rules: VisitRules) -> Findings:
    """Where a visit may be shared at all."""
    said = (
        "A visit may be shared (FS) where incident to is not allowed: hospital inpatient and outpatient, emergency "
        "department, and skilled nursing facility (place 31), "
        "not an office and not a nursing facility stay outside Part A (place 32). Visits that the physician must do "
        "alone, such as the required ones, are not shared."
    )
    finding = told(said, rules.references("evaluation.split_shared.facility_only"), verdict=Verdict.YES)
    return Findings((finding,), headlines=(said,))


def _office(rules: VisitRules) -> Findings:
    said = (
        "Not in an office: a split or shared visit exists only in a facility (hospital, emergency department, nursing "
        "facility), and FS does not go "
        "with place of service 11. There the visit is incident to the physician, if its conditions are met "
        "(established patient and plan, no new "
        "problem, direct supervision), or the nurse practitioner's or physician assistant's own at 85 percent."
    )
    codes = [code for code in proposed(rules.question) if rules.family_of(code)]
    verdict = Verdict.NO if rules.question.wants_yes_or_no else None
    return Findings(
        (told(said, rules.references("evaluation.split_shared.facility_only"), verdict=verdict),),
        tuple(
            hangs(code, "it is billed incident to with every condition met, or under the one who did it, without FS")
            for code in codes
        ),
        headlines=(said,),
    )


def _critical(rules: VisitRules, facts: Shared) -> Findings:
    rule = (
        "Shared critical care goes by time alone: both add their minutes, counted once, and whoever gave more than "
        "half bills 99291 with FS; decision making does not count."
    )
    headline, verdict = rule, Verdict.DEPENDS
    if facts.physician is not None and facts.other is not None:
        more = facts.physician > facts.other
        who = "The physician" if more else "The nurse practitioner or physician assistant"
        headline = (
            f"{who} gave more than half ({max(facts.physician, facts.other)} of {facts.physician + facts.other} "
            f"minutes) "
            f"and bills 99291 with FS. {rule}"
        )
        verdict = Verdict.YES if more else Verdict.NO
    asks = () if verdict is not Verdict.DEPENDS else ("How many minutes of critical care did each of them give?",)
    arithmetic = f"{facts.physician} + {facts.other} = {facts.total}." if facts.total and facts.physician else None
    finding = told(headline, rules.references("critical_care.split_shared_by"), verdict=verdict, arithmetic=arithmetic)
    return joined((Findings((finding,), asks=asks, headlines=(headline,)), _critical_lines(rules, facts)))


def _critical_lines(rules: VisitRules, facts: Shared) -> Findings:
    """The units that both clinicians' minutes earn together."""
    if facts.physician is None or facts.other is None:
        return NOTHING
    total = facts.physician + facts.other
    earned = medicares_units(rules, total)
    lines = [stands(code, units, "FS") for code, units in earned.items()]
    over = [code for code in proposed(rules.question) if code in CRITICAL_CARE and code not in earned]
    start = medicares_start(rules)
    lines_earned = listed([f"{code} x{units}" for code, units in earned.items()] or ["no code"])
    said = f"{total} minutes together earn {lines_earned}."
    if over:
        said += f" 99292 begins at {start} minutes for Medicare."
    why = f"{total} minutes together are under the {start} at which it begins for Medicare"
    finding = told(said, rules.references("critical_care.minimum_minutes"))
    return Findings((finding,), (*lines, *(refused(code, why) for code in over)), headlines=(said,))


def _visit(rules: VisitRules, facts: Shared) -> Findings:
    decides = rules.words(_PATH)
    today = "substantive_part_of_decision_making" in decides
    rule = (
        "Who bills a shared visit: whoever gave more than half of the total time, or a substantive part of the "
        "decision making (MDM). FS on the line."
        if today
        else "In 2022 and 2023 whoever did the history, the exam or the decision making in full (a "
        "substantive portion), "
        "or more than half (50 percent) of the time, billed "
        "with FS; since 2024 it is more than half of the time or a substantive part of the decision making."
    )
    verdict, headline, asks = _judged(facts, today=today)
    if facts.physician_undecided and facts.other is not None and verdict is Verdict.DEPENDS:
        verdict, asks, headline = Verdict.NO, (), _OTHERS_ALONE
    if _NEVER_SAW.search(rules.question.text):
        verdict, asks = Verdict.NO, ()
        headline = "The physician had no part in the visit: who did all of it bills it, without FS, at 85 percent."
    if _ONLY_SIGNED.search(rules.question.text) and verdict is Verdict.DEPENDS:
        verdict, asks = Verdict.NO, ()
        headline = f"A cosignature or `agree with above` is no part of the visit. {headline}"
    lines = tuple(_lines(rules, facts, verdict))
    findings = (
        told(headline, rules.references(_PATH), verdict=verdict if rules.question.wants_yes_or_no else None),
        told(rule, rules.references(_PATH, "evaluation.split_shared.modifier")),
        *_beside(rules, facts),
    )
    return Findings(findings, lines, asks=asks, headlines=(headline, rule))


_OTHERS_ALONE = (
    "The nurse practitioner or physician assistant bills with FS, at 85 percent: the physician had neither more than "
    "half (50 percent) of the time nor a substantive part of the decision making."
)


def _judged(facts: Shared, *, today: bool) -> tuple[Verdict, str, tuple[str, ...]]:
    """For the physician as biller."""
    if not today and (facts.physician_examined or facts.physician_decided):
        part = "exam" if facts.physician_examined else "decision making"
        return (
            Verdict.YES,
            (
                f"The physician did the {part} in full, which was enough under the rule of 2022 and 2023, so the "
                f"physician bills with FS."
            ),
            (),
        )
    if facts.physician is not None and facts.other is not None:
        total = facts.physician + facts.other
        if facts.physician > facts.other:
            return (
                Verdict.YES,
                (
                    f"The physician gave {facts.physician} of {total} minutes, more than half (50 percent), and bills "
                    f"with FS."
                ),
                (),
            )
        if facts.physician_decided:
            return (
                Verdict.YES,
                (
                    f"The physician may bill with FS by decision making: a substantive part of it is enough though the "
                    f"other gave {facts.other} of {total} "
                    "minutes; by time, more than half (50 percent), the other would bill at 85 percent. The note must "
                    "show that the physician made or approved the plan."
                ),
                (),
            )
        said = (
            f"By time the nurse practitioner or physician assistant bills: {facts.other} of {total} minutes are more "
            f"than "
            f"half (50 percent). The physician bills only for a substantive part of the decision making."
        )
        return Verdict.DEPENDS, said, ("Who made or approved the plan (decision making)?",)
    if facts.physician_decided:
        return (
            Verdict.YES,
            (
                "The physician who made or approved the plan did a substantive part of the decision making and may "
                "bill "
                "with FS; more than half (50 percent) of the time is the other way."
            ),
            (),
        )
    return (
        Verdict.DEPENDS,
        (
            "Under the physician with FS only if the physician gave more than half (50 percent) of the total time or "
            "did "
            "a substantive part of the decision making; two notes and two signatures do not show that."
        ),
        ("How many minutes did each of them give?", "Who made or approved the plan (decision making)?"),
    )


def _lines(rules: VisitRules, facts: Shared, verdict: Verdict) -> Iterator[Opinion]:
    """The code proposed, or the level that the joint minutes give a visit leveled by time."""
    codes = [code for code in proposed(rules.question) if rules.family_of(code)]
    words = visit_words(rules.question.text)
    if (
        not codes
        and facts.physician
        and facts.other
        and (words.by_time or "level" in rules.question.text.lower())
        and words.place is not Place.EMERGENCY
    ):
        found = families(rules, words)
        code = found.one and level_by_time(
            facts.physician + facts.other, found.codes[found.one], rules.numbers("evaluation.time.minimum_minutes")
        )
        codes = [code] if code else []
    for code in codes:
        if verdict is Verdict.YES:
            yield stands(code, 1, "FS")
        else:
            yield hangs(
                code, "whoever bills gave more than half of the time or a substantive part of the decision making", "FS"
            )


def _beside(rules: VisitRules, facts: Shared) -> Iterator[Finding]:
    if facts.physician is not None and facts.other is not None:
        total = facts.physician + facts.other
        yield told(
            f"By time the level takes the minutes of both, together {total}; minutes they spent together count once.",
            rules.references(_PATH),
            arithmetic=f"{facts.physician} + {facts.other} = {total} minutes.",
        )
    if follows_cpt(rules.question) or "commercial" in rules.question.text.lower():
        yield told(
            "FS is Medicare's modifier; CPT describes split visits too, but whether another payer takes them and "
            "wants FS is its own policy.",
            rules.references("evaluation.split_shared.modifier"),
        )
    yield told(
        "Both must be of one group, in a facility, and the note names both; a nurse practitioner or physician "
        "assistant as biller is paid 85 percent.",
        rules.references("evaluation.split_shared.facility_only", "evaluation.practitioners.nonphysician_share"),
    )
    if _DIFFERENT_GROUP.search(rules.question.text):
        yield told(
            "Of different groups there is no shared visit: each bills what he did himself.",
            rules.references(_PATH),
            verdict=Verdict.NO,
        )
