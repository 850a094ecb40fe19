"""Drugs by the names coders write: the codes whose text or synonyms say the name, and one unit of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.doses import Measure, amounts
from caseconsultant.consulting.reading.text import table
from caseconsultant.consulting.remembering import remembered
from caseconsultant.domain.codes import CodeSystem, Span
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import Role

DRUG_CODE = re.compile(r"J\d{4}|Q5\d{3}|Q20\d\d|Q013[89]|Q302[78]|C9[0-4]\d\d|Q4081")
_WORD = re.compile(r"[A-Za-z][A-Za-z]{3,}(?:-[A-Za-z]{2,})?")
_NO_NAMES = table(
    "one two three four five six seven eight nine ten hundred single double triple "
    "what which when where with this that from have been were will would could should does done only each every "
    "also must need "
    "needs used uses using bill bills billed billing code codes coded coding claim claims line lines unit units "
    "modifier modifiers "
    "medicare medicaid commercial payer office hospital outpatient patient patients doctor provider physician "
    "nurse clinic "
    "given gave give injection injected injections inject infusion infused vial vials single multi dose doses "
    "multiple syringe "
    "syringes waste wasted discarded discard left over rest thrown away right correct wrong report reported "
    "documented charted "
    "chart denied denial valid procedure today date service knee knees shoulder joint joints both same visit "
    "full whole entire "
    "bought every drop still some kind marker please thanks hello regards they them there their then than your ours "
    "long long-term long-acting term extended "
    "round rounds down plus charge admin administer administered administration drug drugs product brand generic name "
    "biosimilar biologic medication hcpcs descriptor describes description kenalogs milligrams micrograms grams "
    "sodium acetate solution human original liquid amount total many much after before about into onto above below "
    "steroid biopsy lesion because other another different hand foot toward order ordered ophthalmic oral tablet "
    "tablets intravenous "
    "subcutaneous intramuscular normal saline opened supply supplied pharmacy separate separately side sides "
    "level pain "
    "bilateral ultrasound guidance note notes required require requires already march april june july august "
    "september october november "
    "december january february monday tuesday friday antibody approved month books last brand yesterday opps "
    "status packaged "
    "single-dose multi-dose single-use multi-use multiple-dose multiple-use prefilled pre-filled "
    "united aetna cigna humana anthem noridian novitas palmetto blue cross shield healthcare "
    "factor factors conversion personally general national complex "
    "immunotherapy treatment chemo chemotherapy allergy test antigen screening vaccine vaccines"
)
_UNIT = re.compile(
    r"(?:one|a)?\s?(?:billing )?unit is (?:any (?:dose|"
    r"volume) )?(?:up to )?(?P<rest>[^:;.]*(?:\.\d[^:;.]*)?)",
    re.IGNORECASE,
)
_PER_DOSE = re.compile(r"^one (?:per|for each) (?P<what>[^,.:]*)", re.IGNORECASE)
_SUM = re.compile(r"(\d+) mg plus (\d+) mg", re.IGNORECASE)
_ONE_UNIT = re.compile(r"one (?:\w+ )?unit\b|(?P<n>\d+) (?:\w+ )?units?\b", re.IGNORECASE)
_MEASURED = re.compile(
    r"\d\s?(?:mg|mcg|micrograms?|milligrams?|units?|i\.?u\.?|ml|grams?|g|meq)\b|"
    r"per dose",
    re.IGNORECASE,
)
_IMMUNE_GLOBULIN = "immune_globulin"
_MOST = 14
_MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text and the drug codes in force that say it, best first."""

    name: str
    codes: tuple[str, ...]
    span: Span
    texts: tuple[str, ...] = ()
    """What each code's text says, in the order of the codes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one billing unit is: an amount, or a whole dose where `value` is None."""

    value: Fraction | None
    measure: Measure | None
    written: str


@remembered
def named(question: Question, *, knowledge: Knowledge) -> tuple[Named, ...]:
    """The drugs that a question names, each with its codes."""
    found: list[Named] = []
    seen: set[str] = set()
    words = [match for match in _WORD.finditer(question.text) if match.group().lower() not in _NO_NAMES]
    for place, match in enumerate(words[:_MOST_WORDS]):
        written = match.group().lower()
        if written in seen:
            continue
        seen.add(written)
        following = words[place + 1] if place + 1 < len(words) else None
        after = following.group().lower() if following and following.start() - match.end() == 1 else ""
        texts = _texts(written, question, knowledge) or (
            _texts(f"{written} {after}", question, knowledge) if after else {}
        )
        narrowed = {code: text for code, text in texts.items() if after and after in text.lower()} or texts
        if narrowed:
            found.append(Named(written, tuple(narrowed), Span(*match.span()), tuple(narrowed.values())))
    return tuple(found)


def _texts(word: str, question: Question, knowledge: Knowledge) -> Mapping[str, str]:
    """The codes that say the name, each with its text."""
    hits = knowledge.search(word, system=CodeSystem.HCPCS, on=question.as_of, most=_MOST)
    says = {" ".join(sorted(re.split(r"[ -]", word)))}
    return {
        hit.code: hit.description
        for hit in hits
        if DRUG_CODE.fullmatch(hit.code)
        and hit.why.startswith("says ")
        and " ".join(sorted(re.split(r"[ ,-]+", hit.why.lower().removeprefix("says ")))) in says
        and _is_name(word, hit.code, hit.description, question, knowledge)
    }


def _is_name(word: str, code: str, description: str, question: Question, knowledge: Knowledge) -> bool:
    """A name stands first in a drug's text, in brackets, or among its synonyms; other words of the text are none."""
    record = knowledge.code(code, on=question.as_of)
    if record is not None and record.role is not Role.PRODUCT and record.family != _IMMUNE_GLOBULIN:
        return False
    if knowledge.validity(code, on=question.as_of).valid is False:
        return False
    if "oral" in description.lower() and "oral" not in question.text.lower():
        return False
    if record is None and not _MEASURED.search(description):
        return False
    first = word.split(maxsplit=1)[0]
    spelled = re.compile(rf"(?:^|injection, |\(|infusion, |, |or ){re.escape(first)}", re.IGNORECASE)
    synonyms = record.synonyms if record else ()
    unsaid = record is None and first not in description.lower()  # a brand that the packages' list knows
    return (
        unsaid
        or bool(spelled.search(description))
        or any(each.lower().replace("-", " ").startswith(first.replace("-", " ")) for each in synonyms)
    )


def unit_of(code: str, question: Question, *, knowledge: Knowledge, text: str = "") -> Unit | None:
    """One billing unit of a code: by our own record, else by the payment limits' dosage, else by the code's text."""
    history = knowledge.code_history(code)
    record = knowledge.code(code, on=question.as_of) or (history[-1] if history else None)
    texts: list[str] = []
    if record is not None:
        whole = _PER_DOSE.match(record.unit_rule)
        if whole:
            return Unit(None, None, whole["what"])
        added = _SUM.search(record.unit_rule)
        if added:
            total = int(added[1]) + int(added[2])
            return Unit(Fraction(total * 1000), Measure.WEIGHT, f"{total} mg")
        match = _UNIT.search(record.unit_rule)
        texts += [match["rest"]] if match else []
    limit = knowledge.schedules.drug(code, on=question.as_of)
    texts += [limit.dosage] if limit and limit.dosage else []
    texts += [text]
    return next(_units(texts), None)


def _units(texts: Sequence[str]) -> Iterator[Unit]:
    for text in texts:
        found = [each for each in amounts(text) if each.measure is not Measure.UNITS]
        if found:
            yield Unit(found[-1].value, found[-1].measure, found[-1].written)
            continue
        counted = _ONE_UNIT.search(text)
        if counted:
            yield Unit(Fraction(counted["n"] or 1), Measure.UNITS, f"{counted['n'] or 1} unit")
