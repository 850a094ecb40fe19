"""Which code reports a drug on the date: by brand, by successor where a code ended, unlisted where it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from caseconsultant.consulting.drug_products import DRUG_CODE, Named, unit_of
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.doses import amounts
from caseconsultant.consulting.succession import ended
from caseconsultant.consulting.topics import unlisted_drugs
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import Span
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import CodeRecord

_LETTERS = re.compile(r"[a-z]{7,}")
_COMMON = frozenset(
    {"injection", "biosimilar", "milligram", "original", "product", "unbranded", "acetate", "sodium", "succinate"}
)
_MOST_OPEN = 8


@dataclass(frozen=True, slots=True)
class Ruled:
    """The codes that report the drugs of a question, each where it is named, and what is said of the codes written."""

    codes: tuple[tuple[str, Span], ...]
    findings: Findings


def ruled(question: Question, names: Sequence[Named], *, knowledge: Knowledge) -> Ruled:
    """Codes written that are in force, successors of those that are not, the code of a brand; none of what is open."""
    found: list[tuple[str, Span]] = []
    said: list[Findings] = []
    for mention in question.codes:
        if mention.absent or not DRUG_CODE.fullmatch(mention.code) or mention.code in unlisted_drugs.CODES:
            continue
        code, told = _of_mention(mention.code, question, names, knowledge)
        said.append(told)
        if code and code not in {each for each, _ in found}:
            found.append((code, mention.span))
    if not found and not any(each.findings for each in said):
        found = [(code, span) for code, span in _distinct(names, question, knowledge)]
    return Ruled(tuple(found), Findings(*_together(said)))


def _together(said: Sequence[Findings]) -> tuple[tuple[Finding, ...], tuple[Opinion, ...]]:
    return tuple(f for each in said for f in each.findings), tuple(o for each in said for o in each.opinions)


def _distinct(names: Sequence[Named], question: Question, knowledge: Knowledge) -> list[tuple[str, Span]]:
    """The code of each name that has one, or of whose codes one is the plain product and the others single makers'."""
    singles = [(each.codes[0], each.span) for each in names if len(each.codes) == 1]
    plain = [
        (code, each.span) for each in names if len(each.codes) > 1 and (code := _plain_one(each, question, knowledge))
    ]
    found: list[tuple[str, Span]] = []
    for code, span in singles or plain:
        if code not in {each for each, _ in found}:
            found.append((code, span))
    return found


def _plain_one(name: Named, question: Question, knowledge: Knowledge) -> str | None:
    """Of several codes the only one our own records describe, where the others are makers' versions of it."""
    ours = [code for code in name.codes if knowledge.code(code, on=question.as_of)]
    biosimilar = any(code.startswith("Q5") for code in name.codes)
    return ours[0] if len(ours) == 1 and not biosimilar else None


def _of_mention(
    code: str, question: Question, names: Sequence[Named], knowledge: Knowledge
) -> tuple[str | None, Findings]:
    """The code to report in place of one that was written."""
    valid = knowledge.validity(code, on=question.as_of)
    history = knowledge.code_history(code)
    out = valid.valid is False or (knowledge.code(code, on=question.as_of) is None and bool(history))
    if out:
        return _succeeded(code, question, names, knowledge)
    brand = next(
        (
            each
            for each in names
            if len(each.codes) == 1 and each.codes[0] != code and _alike(each, code, knowledge, question)
        ),
        None,
    )
    if brand is None or any(code in each.codes and len(each.codes) == 1 for each in names):
        return code, NOTHING
    right = brand.codes[0]
    why = (
        f"{brand.name.capitalize()} is {right}; each biosimilar and each brand has a code of its own, and "
        f"{code} is another product"
    )
    references = knowledge.validity(right, on=question.as_of).references or valid.references
    record = knowledge.code(right, on=question.as_of)
    finding = Finding(
        Topic.DESCRIPTION,
        Kind.CODABLE,
        f"{why}.",
        record.references[:1] if record else references,
        Verdict.NO if question.wants_yes_or_no else None,
    )
    return right, Findings((finding,), (Opinion(code, Standing.REFUSED, why=why),))


def _alike(name: Named, code: str, knowledge: Knowledge, question: Question) -> bool:
    """Whether a brand's code and a written one say the same drug: a long word of both texts."""
    words = [_words(each, knowledge, question) for each in (name.codes[0], code)]
    return not words[0].isdisjoint(words[1])


def _words(code: str, knowledge: Knowledge, question: Question) -> set[str]:
    record = knowledge.code(code, on=question.as_of)
    hits = knowledge.search(code, on=question.as_of, most=1) if record is None else ()
    texts = [record.description] if record else [each.description for each in hits if each.code == code]
    return {word for text in texts for word in _LETTERS.findall(text.lower())} - _COMMON


def _succeeded(
    code: str, question: Question, names: Sequence[Named], knowledge: Knowledge
) -> tuple[str | None, Findings]:
    """The successor of a code that is not in force on the date."""
    gone = ended(code, on=question.as_of, knowledge=knowledge)
    history = knowledge.code_history(code)
    record = history[-1] if history else None
    if record is not None and history[0].effective_from > question.as_of:
        return _before(record, question, knowledge)
    last = gone.last if gone else record.effective_to if record else None
    if last is None or last >= question.as_of:
        return None, NOTHING
    by = [each for each in (gone.by if gone else record.see_also if record else ()) if DRUG_CODE.fullmatch(each)]
    by = [
        each
        for each in by
        if knowledge.validity(each, on=question.as_of).valid is not False and knowledge.code(each, on=question.as_of)
    ]
    told = {each for name in names for each in name.codes}
    successor = next((each for each in by if each in told), None) or (by[0] if gone and len(by) == 1 else None)
    since = f"; since then it is {successor}" if successor else f"; since then: {', '.join(by)}" if by else ""
    references = gone.references if gone else record.references if record else ()
    said = f"{code} was in force to {last} and is not valid on {question.as_of}{since}."
    finding = Finding(
        Topic.DESCRIPTION, Kind.CODABLE, said, references, Verdict.NO if question.wants_yes_or_no else None
    )
    return successor, Findings((finding,), (Opinion(code, Standing.REFUSED, why=f"it ended on {last}{since}"),))


def _before(record: CodeRecord, question: Question, knowledge: Knowledge) -> tuple[str | None, Findings]:
    """A code that was not yet in force: what stood in its place."""
    then = [each for each in record.see_also if DRUG_CODE.fullmatch(each) and knowledge.code(each, on=question.as_of)]
    dose = {each.value for each in amounts(question.text)}
    units = {each: unit_of(each, question, knowledge=knowledge) for each in then}
    right = next((each for each, unit in units.items() if unit and unit.value in dose), None)
    named_then = right or ", ".join(then)
    said = f"{record.code} took effect on {record.effective_from} and is not valid on {question.as_of}" + (
        f"; on that date it was {named_then}." if then else "."
    )
    finding = Finding(
        Topic.DESCRIPTION, Kind.CODABLE, said, record.references, Verdict.NO if question.wants_yes_or_no else None
    )
    why = f"it took effect on {record.effective_from}" + (f"; on that date it was {named_then}" if then else "")
    return right, Findings((finding,), (Opinion(record.code, Standing.REFUSED, why=why),))


# --- What is open, and what has no code ------------------------------------------------------------------------------

_WHICH = re.compile(
    r"\b(?:what|which|hcpcs|j[\s-]?code|q[\s-]?code|code for|codes? (?:do|should|would)|"
    r"drug code)\b",
    re.IGNORECASE,
)


def open_products(question: Question, names: Sequence[Named], *, knowledge: Knowledge) -> Findings:
    """A plain name that several products share: each code on its condition; an unlisted drug; else nothing."""
    unlisted = unlisted_drugs.findings(question, knowledge=knowledge)
    if unlisted.findings:
        return unlisted
    several = next((each for each in names if len(each.codes) > 1), None)
    if several is None or not _WHICH.search(question.text):
        return NOTHING
    ranked = sorted(several.codes, key=lambda code: (knowledge.code(code, on=question.as_of) is None, code))[
        :_MOST_OPEN
    ]
    texts = dict(zip(several.codes, several.texts, strict=True))
    told = [(code, texts[code].rstrip(".")) for code in ranked]
    listed = "; ".join(f"{code} {text}" for code, text in told)
    said = f"{several.name.capitalize()} has a code for each product: {listed}."
    record = knowledge.code(ranked[0], on=question.as_of)
    references = record.references[:1] if record else knowledge.validity(ranked[0], on=question.as_of).references
    opinions = tuple(
        Opinion(code, Standing.CONDITIONAL, units=1, when=f"the product was {text}") for code, text in told
    )
    return Findings(
        (Finding(Topic.DESCRIPTION, Kind.CODABLE, said, references),),
        opinions,
        asks=(unlisted_drugs.ASK_PRODUCT,),
        headlines=(said,),
    )
