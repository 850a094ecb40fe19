"""Rules of leveling asked for by themselves: what counts as data, whose minutes count, how many a code needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.decision_making import elements
from caseconsultant.consulting.reading.visit_minutes import stretches
from caseconsultant.consulting.topics.visit_level_words import column_said
from caseconsultant.consulting.visit_grid import grid
from caseconsultant.consulting.visit_rules import VisitRules, listed, proposed, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question

_LEVELING = re.compile(
    r"\b(?:count\w*|worth|credit)\b[^.?]{0,40}\b(?:data|points?)\b|\bcount\w*\b[^.?]{0,24}\btests?\b|"
    r"\bmonitor\w* for toxicity|\btoxicity\b|\border\w*\b.{0,40}\breview\w*|\bmoderate data\b|\bmdm\b|"
    r"\bdecision[- ]making\b|\bdata (?:column|element|points?|category|section|credit)\b|\blevels?\b|"
    r"\b99[23]\d\d\b|\btotal time\b|\be/?m\b|\btime[- ]based\b|\btowards? (?:the )?time\b|"
    r"\bindependent (?:historian|interpretation)\b|\bprescription drug management\b|\bvisit time\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bcritical care\b|\b9929[12]\b|\bsplit\b|\bincident\b|\bG2211\b|\bprolonged\b|\btherap\w+|\bccm\b|\btcm\b|"
    r"\bacp\b|\b9949\d\b|\banesthesia\b|\binfusion\b",
    re.IGNORECASE,
)
_DATA = "evaluation.decision_making.data"
_TIME = "evaluation.time.not_counted"


@dataclass(frozen=True, slots=True)
class Principle:
    """A rule with the words that ask for it; `verdict` is the answer where yes or no is asked."""

    asked: re.Pattern[str]
    says: str
    path: str
    verdict: Verdict | None = None


def _rule(pattern: str, says: str, path: str, verdict: Verdict | None = None) -> Principle:
    return Principle(re.compile(pattern, re.IGNORECASE), says, path, verdict)


_COUNT = r"(?:count\w*|credit\w*|include\w*|add\w*|use[d]?|toward\w*|part of|considered?)"
_PANEL = r"\b(?:(?:\w+ )?panels?|cbcs?|cmps?|bmps?|lipids?)\b"
_PRINCIPLES = (
    _rule(
        r"\b(?:rx|prescri\w+|scripts?)\b[^.?]{0,30}\b(?:so|means?|makes?|equals?|gets?|earns?|=)[^.?]{0,24}\b(?:99[23]04|99214|"
        r"level (?:4|four|iv)|moderate)\b|\bbecause\b[^.?]{0,24}\b(?:prescri\w+|rx|wrote)\b|"
        r"\b(?:prescription|rx|drug management|refill\w*|med(?:ication)? management)\b[^.?]{0,60}\b(?:alone|by itself|"
        r"automatic\w*|always|enough|sufficient|just|only)\b|"
        r"\b(?:alone|automatic\w*|always|just|only)\b[^.?]{0,40}\b(?:prescription|rx|drug management|refill)\b",
        "Prescription drug management alone is not enough: it makes risk moderate, one column, and two of the three "
        "(problems, data, risk) must reach the level. With one "
        "stable chronic or one acute uncomplicated problem the visit stays low (99213, 99203).",
        "evaluation.decision_making.columns_needed",
        Verdict.NO,
    ),
    _rule(
        rf"\b(?:our|my|own|we|in-?house|same group)\b[^.?]{{0,60}}\b(?:bill\w*|interpret\w*|"
        rf"read)\b[^?]{{0,80}}\b{_COUNT}|\binterpret\w* and bill\w*|\bbilled by\b[^?]{{0,60}}\b{_COUNT}|"
        rf"\b{_COUNT}\b[^.?]{{0,80}}\b(?:we|also|separately|he|she|they|already) (?:\w+ )?(?:bill\w*|report\w*)",
        "A test whose interpretation the same clinician or group bills is not counted as data, neither its order or "
        "review nor as an independent interpretation.",
        "evaluation.decision_making.own_interpretation_counts",
        Verdict.NO,
    ),
    _rule(
        rf"{_PANEL}[^.?]{{0,40}}\b(?:as|for|is|=|worth|counts?)\b[^.?]{{0,10}}\b(?:one|1|once|a single)\b",
        "A panel counts once in data: it is one unique test, one CPT code, whatever it holds.",
        _DATA,
        Verdict.YES,
    ),
    _rule(
        rf"{_PANEL}[^.?]{{0,60}}\b(?:as|for|=|is|are|worth|gets?)\b[^.?]{{0,16}}\b(?:\d\d?|two|three|four|five|six|seven|eight|ten|"
        rf"twelve|fourteen|several|multiple|separate|individual|all|its|each)\b[^.?]{{0,30}}\b(?:tests?|points?|items?|analytes?|"
        rf"components?|data)\b",
        "A panel counts once in data, as one test: unique means one CPT code, so a metabolic panel is one test "
        "whatever it holds, "
        "and another panel is a second one.",
        _DATA,
        Verdict.NO,
    ),
    _rule(
        r"\b(?:panel|cbc|cmp|bmp|lipid\w*|labs?|tests?)\b[^?]{0,80}\b(?:as|one|1|three|3|two|2|each|separately|"
        r"how many)\b[^?]{0,40}\b(?:tests?|points?|items?|data|unique)?|\bunique tests?\b",
        "Each unique test counts once, and unique means one CPT code: a panel is one test whatever it holds, so a "
        "CBC, a metabolic panel and a lipid panel are three. Ordering a test includes "
        "reading its result, so the result does not count again at the next visit.",
        _DATA,
    ),
    _rule(
        r"\b(?:interpreter|translator)\b[^?]{0,60}\b(?:historian|count)|\b(?:historian|"
        r"count)\w*\b[^?]{0,60}\b(?:interpreter|translator)\b",
        "An interpreter or translator is no independent historian: the history is still the patient's own, so it "
        "counts nothing.",
        _DATA,
        Verdict.NO,
    ),
    _rule(
        r"\border\w*\b[^?]{0,40}\b(?:and|plus|both)\b[^?]{0,40}\breview\w*|"
        r"\breview\w*\b[^?]{0,40}\border\w*\b[^?]{0,40}\b(?:same|both|twice)",
        "Ordering a test includes reviewing its result: order and review of the same test count once, at the visit "
        "where it was ordered.",
        _DATA,
        Verdict.NO,
    ),
    _rule(
        r"\bdifference\b[^?]{0,60}\b(?:99213|99203|level 3)\b[^?]{0,30}\b(?:99214|99204|level 4)\b",
        "99213 (99203) is low, 99214 (99204) moderate, by two of three. Low: one stable chronic or one acute "
        "uncomplicated problem, two data items, low risk. Moderate: a chronic problem "
        "not at goal, two stable ones, systemic symptoms or an undiagnosed problem; three data items, an own "
        "interpretation or an outside discussion; prescription drug management. "
        "By time 99213 begins at 20 minutes and 99214 at 30, 99203 at 30 and 99204 at 45.",
        "evaluation.decision_making.problems",
    ),
    _rule(
        r"\b(?:warfarin|coumadin|inr|insulin)\b[^?]{0,60}\b(?:high risk|toxicity|intensive)|\b(?:high risk|toxicity|"
        r"intensive)\b[^?]{0,60}\b(?:warfarin|coumadin|inr|insulin)\b",
        "Not as a rule: a test that only steers the dose, such as glucose on insulin or an INR for warfarin, watches "
        "the effect and is not intensive monitoring for "
        "toxicity. That is prescription drug management, moderate risk.",
        "evaluation.decision_making.risk",
        Verdict.NO,
    ),
    _rule(
        r"\b(?:intensive\w* )?monitor\w* (?:for|of) (?:drug )?toxicity|\bdrug toxicity\b",
        "Intensive monitoring for toxicity (high risk) is a drug that can do serious harm or kill, watched for its "
        "adverse effects and not for its benefit, by a laboratory, "
        "physiologic or imaging test at least every three months; such as blood counts under methotrexate or "
        "chemotherapy. Glucose on insulin is not it.",
        "evaluation.decision_making.risk",
    ),
    _rule(
        r"\bindependent historian\b|\bhistory (?:from|by|given by) (?:the |a )?(?:mom|mother|parent|daughter|son|"
        r"spouse|wife|husband|caregiver)|\b(?:mom|mother|parent) gives? (?:the )?history",
        "An independent historian (parent, guardian, spouse, caregiver) counts where the patient cannot give a "
        "complete or reliable history, as with a small child or dementia, or where "
        "confirming it was needed; for low it fills a data category by itself, for moderate it is one of three items. "
        "A translator is none.",
        _DATA,
        Verdict.YES,
    ),
    _rule(
        r"\bexternal (?:physician|note|source|provider|records?)\b|\b(?:partner|colleague|"
        r"same group)\b[^?]{0,60}\b(?:notes?|discuss\w*|external)\b",
        "External means another group, or another specialty or subspecialty of the same group; a note of a partner of "
        "the same specialty is not external. All notes from one source count once.",
        _DATA,
    ),
    _rule(
        r"\bindependent interpretation\b",
        "An independent interpretation is the clinician's own reading of an image or tracing, written in the note, "
        "that nobody of the same group bills; it fills one moderate data category.",
        _DATA,
    ),
    _rule(
        rf"\b(?:nurse|rn|ma|medical assistant|staff|scribe)\b[^?]{{0,60}}\b(?:{_COUNT}|time)\b|"
        rf"\btime\b[^?]{{0,40}}\b(?:nurse|ma|staff|scribe)\b",
        "No: time of nurses, medical assistants, scribes and other staff never counts; only the minutes of the "
        "physician or other clinician who bills, on the date of the visit.",
        _TIME,
        Verdict.NO,
    ),
    _rule(
        rf"\b(?:resident|fellow|medical student)\b[^?]{{0,60}}\b(?:{_COUNT}|time)\b",
        "No: a resident's or student's time alone does not count, nor does teaching; only the teaching physician's "
        "own minutes with or for the patient do.",
        _TIME,
        Verdict.NO,
    ),
    _rule(
        rf"\btravel\b[^?]{{0,60}}\b(?:{_COUNT}|time)\b|\b{_COUNT}\b[^?]{{0,40}}\btravel\b",
        "No: travel never counts in a visit chosen by time.",
        _TIME,
        Verdict.NO,
    ),
    _rule(
        r"\bstart(?:\w*)? (?:and|&|/) (?:stop|end)",
        "No: a visit chosen by time needs the clinician's total minutes of that date in the note, with what they were "
        "spent on; start and stop times are not asked for.",
        "evaluation.time.minimum_minutes",
        Verdict.NO,
    ),
    _rule(
        r"\b(?:day before|night before|next[- ]day|day after|following (?:day|morning)|previous day|"
        r"another (?:day|date)|different (?:day|date)|after midnight|prior day)\b",
        "No: only minutes on the calendar date of the visit count; chart review the day before or a note finished the "
        "next day does not.",
        _TIME,
        Verdict.NO,
    ),
    _rule(
        r"\b(?:document\w*|chart\w*|ehr|prep\w*|review\w* (?:of )?(?:records|the chart)|non[- ]face[- ]to[- ]face|"
        r"calls?|coordinat\w*)\b[^?]{0,60}\b(?:count\w*|included?|total time)\b|"
        r"\bface[- ]to[- ]face\b[^?]{0,40}\bonly\b",
        "Yes: since 2021 (office; 2023 elsewhere) the clinician's own time on the date of the visit counts with or "
        "without the patient: preparing, seeing, ordering, referring, talking with others, "
        "charting. Services billed apart do not count.",
        "evaluation.time.minimum_minutes",
        Verdict.YES,
    ),
)
_HOW_LONG = re.compile(
    r"\b(?:how (?:many|much)|what(?:'s| is| are)?(?: the)?|which)\b[^?]{0,40}\b(?:minutes?|mins?|time|threshold)\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The rules asked for; nothing where a visit of its own minutes or problems is told."""
    rules = VisitRules(knowledge, question)
    text = question.text
    foreign = [
        code for code in proposed(question) if not rules.family_of(code) and not code.startswith(("7", "8", "93"))
    ]
    if foreign or _OTHER.search(text) or not _LEVELING.search(text):
        return NOTHING
    said = _with_minimum(tuple([*_minimums(rules), *_data_told(rules), *_principles(rules)][:2]), rules)
    return Findings(said, headlines=tuple(each.statement for each in said[:1])) if said else NOTHING


def _with_minimum(said: tuple[Finding, ...], rules: VisitRules) -> tuple[Finding, ...]:
    """With the minutes that the visit named must reach, where whose minutes count is the question."""
    minimums = rules.numbers("evaluation.time.minimum_minutes")
    codes = [code for code in proposed(rules.question) if code in minimums]
    timed = said and said[0].references == rules.references(_TIME)
    if not codes or not timed:
        return said
    needs = listed([f"{code} needs {minimums[code]}" for code in codes])
    first = replace(said[0], statement=f"{said[0].statement} Of those minutes {needs}.")
    return (first, *said[1:])


def _principles(rules: VisitRules) -> Iterator[Finding]:
    for each in _PRINCIPLES:
        references = rules.references(each.path)
        if references and each.asked.search(rules.question.text):
            wanted = rules.question.wants_yes_or_no or "?" in rules.question.text
            yield told(each.says, references, verdict=each.verdict if wanted else None)


_DATA_ASKED = re.compile(
    r"\b(?:low|limited|moderate|extensive|high) (?:level )?(?:of )?data\b|\bdata (?:level|column|element|is|would|"
    r"points)\b",
    re.IGNORECASE,
)


def _data_told(rules: VisitRules) -> Iterator[Finding]:
    """The level of the data column, where that alone is asked of data that are told."""
    told_of = elements(rules.question.text)
    levels = rules.words("evaluation.decision_making.levels")
    if not levels or not _DATA_ASKED.search(rules.question.text) or not told_of.data_told:
        return
    made = grid(rules, told_of, levels).data
    names = (
        *told_of.items,
        *(["independent historian"] if told_of.historian else []),
        *(["discussion"] if told_of.discussion else []),
    )
    asked = re.search(
        r"\b(low|limited|moderate|extensive|high)\b[^?]{0,12}\bdata\b", rules.question.text, re.IGNORECASE
    )
    wanted = {"limited": 1, "low": 1, "moderate": 2, "extensive": 3, "high": 3}.get(asked[1].lower()) if asked else None
    verdict = None if wanted is None else Verdict.YES if made.low >= wanted else Verdict.NO
    yield told(
        f"Data is {column_said(made, levels)}: {told_of.item_count} items ({listed(names)}). Two make it low, three "
        f"moderate; an independent interpretation or a discussion "
        "with an outside clinician is moderate by itself; high takes two of the three.",
        rules.references(_DATA),
        verdict=verdict,
    )


def _minimums(rules: VisitRules) -> Iterator[Finding]:
    """The minutes of the codes named, where they are asked for."""
    minimums = rules.numbers("evaluation.time.minimum_minutes")
    codes = [code for code in proposed(rules.question) if code in minimums]
    if codes and _HOW_LONG.search(rules.question.text) and not stretches(rules.question.text):
        each = listed([f"{code} {minimums[code]}" for code in codes])
        row = rules.table("evaluation.families")[str(rules.family_of(codes[0]))]
        family = ", ".join(f"{code} {minimums[code]}" for code in row if code in minimums)
        yield told(
            f"Minutes that must be met or exceeded: {each} (its family: {family}). Total time of the billing "
            f"clinician on the date of the visit; nothing is rounded.",
            rules.references("evaluation.time.minimum_minutes"),
        )
