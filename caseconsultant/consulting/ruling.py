"""What tables, calculators and articles say, made an answer: for every question but a claim of drug administration.

A topic hands in what it makes of the question (`Findings`); here it is weighed and put in the order a coder reads:
what the sender has wrong, what the calculators worked out, what becomes of each line, what an article says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from caseconsultant.consulting.bottom_line import Outcome, lines_said, refused_said
from caseconsultant.consulting.findings import Findings, Opinion, Standing, distinct
from caseconsultant.consulting.named_modifiers import named_in
from caseconsultant.consulting.planned_lines import Line, Plan
from caseconsultant.consulting.turning import answered, opening
from caseconsultant.consulting.weighing import modifiers as modifiers_of
from caseconsultant.consulting.weighing import outcome as weighed
from caseconsultant.domain.answer import Answer, Confidence, Verdict
from caseconsultant.domain.question import Intent, Question

_MOST_ASKS = 3
_SHOULD_HAVE = re.compile(
    r"\b(?:what|which|how)\b[^.?!\n]{0,30}\b(?:should|ought|would)\b[^.?!\n]{0,30}\b"
    r"(?:have (?:been|billed|coded|reported|used|sent)|be)\b",
    re.IGNORECASE,
)
_CHOOSES = re.compile(
    r"^\W*(?:[A-Z]?\d{4,5}[A-Z]?[\s:,-]{1,2})?(?:-?[A-Z0-9]{2}|[A-Z]?\d{4,5}[A-Z]?)\s(?:or|vs\.?|versus)\s(?:-?[A-Z0-9]{2}|[A-Z]?\d{4,5}[A-Z]?)\W*$"
)
"""`45385 PT or 33?`: two to choose from and no other word."""
_NOW = re.compile(
    r"\b(?:used|billed|reported|in) (?:\S+ ){0,4}?(?:in )?20[12]\d\b[^?\n]{0,60}?\b(?:what|which)\b[^?\n]{0,40}\?|"
    r"\bin 20[12]\d\b[^?\n]{0,60}\bwhat (?:now|is it)\b",
    re.IGNORECASE,
)
"""`We billed 55700 in 2025, which code is it now?`"""
_CODE = re.compile(r"\b[A-Z]?\d{4,5}[A-Z]?\b")


def ruling(found: Findings, question: Question, *, gaps: tuple[str, ...]) -> Answer:
    """The answer made of all that was found. `gaps` are the editions cited that end before the date of service."""
    found = _with_what_is_left(distinct(found), question)
    result = weighed(_asked(question, found), found, question) if found.opinions or found.further else _NO_LINES
    verdict = _verdict(found, result, question)
    ruled = bool(found.ruled) and not _is_wrong(found, result, question)
    verdict = verdict if ruled else answered(verdict, question)
    return Answer(
        verdict=verdict,
        bottom_line=_bottom_line(found, result, opening(verdict, question)),
        codes=dict(result.codes),
        conditional=result.conditional,
        modifiers=modifiers_of(result) or named_in(found.headlines),
        diagnoses=_valid_diagnoses(found, question),
        findings=found.findings,
        asks=(*found.asks, *found.doubts)[:_MOST_ASKS],
        changes=found.changes,
        earned=dict(result.earned),
        edition_gap=gaps,
        confidence=_confidence(found, verdict, gaps, question),
    )


_NO_LINES = Outcome({}, {}, (), {}, {}, (), {}, (), ())


def _asked(question: Question, found: Findings) -> Plan:
    """The lines as the sender wrote them, one for each code; where none was written, those the topics speak of."""
    mentions = {each.code: each for each in reversed(question.codes) if not each.absent}
    if not mentions:
        spoken_of = [*(each.code for each in found.opinions), *(each.code for each in found.further)]
        return Plan(tuple(Line(code) for code in dict.fromkeys(spoken_of)))
    return Plan(tuple(Line(code, mention) for code, mention in reversed(mentions.items())))


def _with_what_is_left(found: Findings, question: Question) -> Findings:
    """Beside a line that falls away as part of another, that other line stands where nothing speaks against it."""
    refused = {each.code for each in found.opinions if each.standing is Standing.REFUSED and not each.branch.setting}
    earlier = question.surgery.earlier
    asked = {each.code: each.units for each in question.codes if not each.absent and each.code not in earlier}
    open_still = [code for code in asked if code not in refused and code not in found.closed]
    left = [code for code in open_still if not any(each.code == code for each in found.opinions)]
    paired = not refused.isdisjoint(asked) and len(left) == 1 and left[0] not in question.alternatives
    if not paired or found.corrections:
        return found
    return replace(found, opinions=(*found.opinions, Opinion(left[0], Standing.STANDS, units=asked[left[0]])))


def _verdict(found: Findings, result: Outcome, question: Question) -> Verdict | None:
    """No where the sender has something wrong; else what the statements and lines answer, if yes or no was asked."""
    said = {each.verdict for each in found.findings if each.verdict}
    if _is_wrong(found, result, question):
        return None if _knows(question) else Verdict.NO
    if found.amounts and not found.ruled:
        return None  # how much, and nothing proposed
    if found.diagnoses and not (said or found.ruled or question.codes or question.diagnoses):
        return None  # which diagnoses, and nothing proposed
    of_codes = bool(question.codes or question.diagnoses)
    if Intent.VALIDITY in question.intents and of_codes and not found.opinions:
        return Verdict.YES if Verdict.YES in said else Verdict.UNKNOWN
    return _yes_or_no(found, result, said) if question.wants_yes_or_no else None


def _is_wrong(found: Findings, result: Outcome, question: Question) -> bool:
    """Whether the sender has something wrong: a correction, a statement that says no, a line proposed and refused."""
    proposed = {each.code for each in question.codes if not each.absent} - set(question.alternatives)
    denied = any(each.verdict is Verdict.NO for each in found.findings)
    return bool(found.corrections) or denied or not proposed.isdisjoint(result.refused)


def _yes_or_no(found: Findings, result: Outcome, said: Collection[Verdict]) -> Verdict:
    """What answers a yes-or-no question where nothing is wrong in it."""
    if found.ruled:
        return found.ruled[0]
    if Verdict.DEPENDS in said or result.conditional:
        return Verdict.DEPENDS
    if Verdict.YES in said:
        return Verdict.YES
    return found.leaning[0] if _leans(found) else Verdict.DEPENDS


def _knows(question: Question) -> bool:
    """Whether nothing is proposed: what would have been right, which of two, what a code of earlier years is now."""
    told = Intent.DENIAL in question.intents and not question.wants_yes_or_no
    if told and _SHOULD_HAVE.search(question.text):
        return True
    return _CHOOSES.search(question.text) is not None or _NOW.search(question.text) is not None


def _leans(found: Findings) -> bool:
    """Whether nothing but an article decides."""
    return bool(found.leaning) and not found.opinions and not any(each.verdict for each in found.findings)


def _bottom_line(found: Findings, result: Outcome, opening: str) -> str:
    sentences = list(dict.fromkeys(_sentences(found, result)))
    if not sentences:
        return ""
    opened = sentences[0].startswith(opening.rstrip(": ")) if opening else True
    return " ".join([sentences[0] if opened else opening + sentences[0], *sentences[1:]])


def _sentences(found: Findings, result: Outcome) -> Iterator[str]:
    """Corrections and refused lines, then headlines, then the lines of which none of these speaks.

    The first statement where all are silent.
    """
    wrong = [*found.corrections]
    wrong += [each for each in refused_said(result) if not _said_already(each, wrong)]
    leading = [*wrong, *found.headlines]
    yield from leading
    lines = list(lines_said(result))
    yield from (each for each in lines if not _said_already(each, leading))
    if not leading and not lines:
        yield from (each.statement for each in found.findings[:1])


def _said_already(sentence: str, leading: Sequence[str]) -> bool:
    """Whether the leading sentences name every code of a sentence on lines."""
    codes = set(_CODE.findall(sentence))
    return bool(leading) and codes <= set(_CODE.findall(" ".join(leading)))


def _valid_diagnoses(found: Findings, question: Question) -> tuple[str, ...]:
    """Those worked out, then those in the question that nothing calls wrong and no table invalid."""
    wrong = [each.statement for each in found.findings if each.verdict is Verdict.NO]
    kept = [
        each.code
        for each in question.diagnoses
        if each.code not in found.no_diagnoses and not any(said.startswith(f"{each.code} ") for said in wrong)
    ]
    return tuple(dict.fromkeys([*found.diagnoses, *kept]))


def _confidence(found: Findings, verdict: Verdict | None, gaps: Collection[str], question: Question) -> Confidence:
    """High where every statement rests on a table in force or a verified rule, and nothing hangs on a fact.

    A verdict that nobody asked for in so many words is ours to read into the question: medium.
    """
    if verdict is Verdict.UNKNOWN or not found.findings:
        return Confidence.LOW
    sure = all(ground is Confidence.HIGH for ground in found.grounds) and not gaps and not found.doubts
    asked = verdict is None or question.wants_yes_or_no or Intent.VALIDITY in question.intents
    settled = asked and verdict is not Verdict.DEPENDS and not _leans(found) and not found.ruled
    return Confidence.HIGH if sure and settled else Confidence.MEDIUM
