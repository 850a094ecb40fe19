"""JW for what was discarded of a single-dose container, JZ where nothing was; where neither belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.calculators.drug_units import DrugUnits
from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import doses
from caseconsultant.consulting.reading.doses import Container
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Branch, ConditionalLine, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic

_ASKED = re.compile(r"\bj[wz]\b|\bmarker\b|\bmodifier\b|\bwast(?:e|age)\b", re.IGNORECASE)
_NEEDED = re.compile(
    r"\b(?:need(?:s|ed)?|requir\w+|must|have to|has to|mandatory|append|put|add|attach|do (?:i|we) (?:use|report|"
    r"bill)|should (?:we|i|there))\b[^.?!\n]{0,60}\b(?:j[wz]|modifier|marker)\b|"
    r"\bj[wz]\b[^.?!\n]{0,40}\b(?:need(?:ed)?|required|mandatory|necessary|apply|applies|ok)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\bjw\b[^.?!\n]{0,40}\bjz\b|\bjz\b[^.?!\n]{0,40}\bjw\b", re.IGNORECASE)
_ONE_LINE = re.compile(r"\bsame line|\bone line|\bboth\b|\bsame claim line|\bthe line\b", re.IGNORECASE)
_VACCINE = re.compile(r"\bvaccin\w+|\bflu shots?\b|\bimmuni[sz]ation", re.IGNORECASE)
_ASK_CONTAINER = "Was it a single-dose or a multi-dose vial, and was anything discarded?"
_ASK_SIZE = "Which sizes of vial were opened, and how much was discarded?"
_COVERS = re.compile(
    r"\bunit\b[^.?!\n]{0,30}\b(?:covers?|equals?|includes?|is)\b[^.?!\n]{0,20}\b(?:whole|full|entire|vial)\b|"
    r"\b(?:whole|full|entire) vial is one unit\b",
    re.IGNORECASE,
)
_SMALL = "JZ"
_REQUIRED_FROM = {"jw_required": "2017-01-01", "jz_required": "2023-07-01"}


@dataclass(frozen=True, slots=True)
class Waste:
    """The modifiers of the line given, a short form of them for a headline, and what is said."""

    modifiers: tuple[str, ...]
    short: str
    findings: Findings


def of_line(  # noqa: PLR0911 - a branch a line
    code: str,
    units: DrugUnits,
    opened: bool,  # noqa: FBT001
    question: Question,
    *,
    knowledge: Knowledge,
) -> Waste:
    """JW or JZ of one drug line on the date, for Medicare; what is not told is asked."""
    none_of_it = _not_here(code, question, knowledge)
    if none_of_it is not None:
        return Waste((), "", none_of_it)
    kind = doses.container(question.text)
    references = _references(question, knowledge)
    if kind is Container.MULTI:
        return Waste(
            (),
            "",
            _said(
                "A multi-dose container takes neither JW nor JZ; the discarded part is not billed.",
                question,
                references,
                Verdict.NO,
            ),
        )
    if units.discarded and opened:
        return _discarded(code, units, question, knowledge, references)
    if opened and doses.some_left(question.text):
        said = f"The units of {code} given cover the whole vial, so the rest has no JW line; the line carries JZ."
        return Waste((_SMALL,), " with JZ", _said(said, question, references, Verdict.YES))
    if opened or doses.none_left(question.text):
        return _nothing_left(kind, question, knowledge, references)
    if doses.some_left(question.text):
        said = (
            "JW stands on a second line for the whole units discarded of a single-dose container; they take "
            "the size of the vials opened."
        )
        return Waste((), "", joined((_said(said, question, references, None), Findings(asks=(_ASK_SIZE,)))))
    return _open(code, question, references)


def _not_here(code: str, question: Question, knowledge: Knowledge) -> Findings | None:
    """Where neither modifier belongs: packaged in the hospital, another payer; None where they may."""
    if question.setting is Setting.OUTPATIENT_HOSPITAL and question.payer in {None, Payer.MEDICARE}:
        amount = knowledge.schedules.opps(code, on=question.as_of)
        if amount is not None and amount.status == "N":
            said = f"{code} is packaged under OPPS (status N): neither JW nor JZ belongs on its line."
            return _said(said, question, (amount.reference, *_references(question, knowledge)), Verdict.NO)
    if question.payer in {Payer.COMMERCIAL, Payer.MEDICAID}:
        if not _ASKED.search(question.text):
            return NOTHING
        said = "JW and JZ are Medicare's; whether this payer wants them its own policy says."
        return _said(said, question, _references(question, knowledge), Verdict.DEPENDS)
    return None


def _discarded(
    code: str, units: DrugUnits, question: Question, knowledge: Knowledge, references: tuple[Reference, ...]
) -> Waste:
    rule = parameter_of(knowledge, question, "drug_administration.waste.jw_required")
    if rule is None or not rule.value:
        said = f"{units.discarded} units were discarded; JW is required from {_REQUIRED_FROM['jw_required']} on."
        return Waste((), "", _said(said, question, references, None))
    said = (
        f"{code} x{units.given} for what was given, without a waste modifier, and {code} x{units.discarded} with "
        f"JW on a second line for what was "
        "discarded; never JW and JZ on one line."
    )
    line = ConditionalLine(
        code, units.discarded, ("JW",), "the record shows the amount discarded of the single-dose container"
    )
    further = () if question.wants_yes_or_no else (line,)
    told = _said(said, question, references, Verdict.YES if _NEEDED.search(question.text) else None)
    return Waste((), f" and {code} x{units.discarded} with JW", joined((told, Findings(further=further))))


def _nothing_left(
    kind: Container | None, question: Question, knowledge: Knowledge, references: tuple[Reference, ...]
) -> Waste:
    rule = parameter_of(knowledge, question, "drug_administration.waste.jz_required")
    if rule is None or not rule.value:
        said = (
            f"JZ is required from {_REQUIRED_FROM['jz_required']} on; on {question.as_of} the line needs "
            f"neither JW nor JZ."
        )
        return Waste((), "", _said(said, question, references, Verdict.NO))
    said = "Nothing was discarded of a single-dose container, so the line carries JZ (required since 2023-07-01)."
    if kind is None:
        said += " A multi-dose container takes neither."
        ask = Findings(asks=("Was the vial single-dose or multi-dose?",))
        return Waste((_SMALL,), " with JZ", joined((_said(said, question, references, Verdict.YES), ask)))
    return Waste((_SMALL,), " with JZ", _said(said, question, references, Verdict.YES))


def _open(code: str, question: Question, references: tuple[Reference, ...]) -> Waste:
    """Neither the container nor the waste is told."""
    if not _ASKED.search(question.text):
        said = (
            "A single-dose vial with nothing discarded takes JZ, with waste a second line with JW; a "
            "multi-dose vial neither."
        )
        finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, said, references, branch=Branch(payer=Payer.MEDICARE))
        return Waste((), "", Findings((finding,), asks=(_ASK_CONTAINER,)))
    said = (
        f"{code}: JZ if the vial was single-dose and nothing was discarded, JW on a second line for what was "
        f"discarded, and neither for a "
        "multi-dose vial."
    )
    finding = Finding(
        Topic.MODIFIERS, Kind.PAYABLE, said, references, Verdict.DEPENDS, branch=Branch(payer=Payer.MEDICARE)
    )
    return Waste((), "", Findings((finding,), asks=(_ASK_CONTAINER,), headlines=(said,)))


def _said(said: str, question: Question, references: tuple[Reference, ...], verdict: Verdict | None) -> Findings:
    """A statement; it answers yes or no only where the modifier itself is asked about."""
    asked = _ASKED.search(question.text) is not None
    answers = verdict if question.wants_yes_or_no and asked and _NEEDED.search(question.text) else None
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, said, references, answers, branch=Branch(payer=Payer.MEDICARE))
    return Findings((finding,), headlines=(said,))


def _references(question: Question, knowledge: Knowledge) -> tuple[Reference, ...]:
    rules = (
        parameter_of(knowledge, question, f"drug_administration.waste.{name}")
        for name in ("jz_required", "jw_required")
    )
    return next((rule.references for rule in rules if rule), ())


# --- Without a drug --------------------------------------------------------------------------------------------------


def general(question: Question, *, knowledge: Knowledge) -> Findings:  # noqa: PLR0911 - a branch a line
    """JW and JZ in general, where no drug is named; nothing where neither is asked about."""
    if not re.search(r"\bj[wz]\b", question.text, re.IGNORECASE):
        return NOTHING
    references = _references(question, knowledge)
    one_line = parameter_of(knowledge, question, "drug_units.waste.both_on_one_line")
    if one_line is not None and _BOTH.search(question.text) and _ONE_LINE.search(question.text):
        said = "JW and JZ never stand on one line: JZ says that nothing was discarded, JW that something was."
        return _answered(said, one_line.references, Verdict.NO, question)
    covered = parameter_of(knowledge, question, "drug_units.waste.one_unit_covers_vial")
    if covered is not None and _COVERS.search(question.text):
        said = "Where one unit covers the whole vial, the waste is inside it: no JW line, and the one line takes JZ."
        return _answered(said, covered.references, Verdict.NO, question)
    not_for = parameter_of(knowledge, question, "drug_units.waste.not_for")
    if _VACCINE.search(question.text) and not_for is not None:
        return _answered("Vaccines take neither JW nor JZ.", not_for.references, Verdict.NO, question)
    if question.payer is Payer.MEDICARE_ADVANTAGE:
        said = (
            "Medicare Advantage plans mostly take JW and JZ as Medicare does (JZ since 2023-07-01); the "
            "plan's policy decides."
        )
        return _answered(said, references, Verdict.DEPENDS, question)
    if question.payer in {Payer.COMMERCIAL, Payer.MEDICAID}:
        return _answered(
            "JW and JZ are Medicare's; whether this payer wants them its own policy says.",
            references,
            Verdict.DEPENDS,
            question,
        )
    if doses.container(question.text) is Container.MULTI and not_for is not None:
        said = "A multi-dose container takes neither JW nor JZ, and what is discarded of it is not billed."
        return _answered(said, not_for.references, Verdict.NO, question)
    if doses.none_left(question.text):
        return _nothing_left(doses.container(question.text), question, knowledge, references).findings
    return NOTHING


def _answered(said: str, references: tuple[Reference, ...], verdict: Verdict, question: Question) -> Findings:
    answers = verdict if question.wants_yes_or_no else None
    return Findings((Finding(Topic.MODIFIERS, Kind.PAYABLE, said, references, answers),), headlines=(said,))
