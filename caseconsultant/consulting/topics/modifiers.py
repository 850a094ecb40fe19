"""Which modifier, what earns it, what the note must say; and modifiers that do not exist or do not help."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Line, Plan
from caseconsultant.consulting.rules import rule_of
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.question import Circumstance, Intent, Question, Topic
from caseconsultant.domain.records import DRUG_ADMINISTRATION, ModifierRecord

_DISTINCT = frozenset({"59", "XE", "XS", "XP", "XU"})


_WASTE = {"JZ": "waste.jz_required", "JW": "waste.jw_required"}
_TELLS_APART = _DISTINCT | {"25", "76", "77"}
_BOUGHT = re.compile(
    r"\b(?:we|practice|office|clinic|they|i)\s(?:\w+\s)?(?:bought|purchased|supplied|stock)\b|\bbuy and bill\b|"
    r"\bour (?:own )?(?:stock|supply)\b",
    re.IGNORECASE,
)
_X_MODIFIERS = ("XU", "XS", "XE", "XP")
"""In the order in which they fit drug administration most often."""
_SAYS = {Circumstance.OTHER_DRUG: "XU", Circumstance.OTHER_SITE: "XS", Circumstance.OTHER_ENCOUNTER: "XE"}


def findings(
    question: Question, found: Plan, *, knowledge: Knowledge, offered: Mapping[str, Sequence[str]]
) -> Findings:
    """Which of the modifiers that the edits offer (by code), what the sender's own are for, and the drug's line."""
    anywhere = {each for modifiers in offered.values() for each in modifiers}
    written = [*(each for line in question.codes for each in line.modifiers), *question.modifiers]
    return joined(
        (
            *(_choice(code, modifiers, question, knowledge) for code, modifiers in offered.items()),
            *(_written(each, anywhere, question, knowledge) for each in dict.fromkeys(written)),
            *(misplaced_modifiers(mention, question, knowledge) for mention in question.codes),
            *(_on_add_on(mention, found) for mention in question.codes),
            _by_itself(found, anywhere, question, knowledge),
            _product(found, question, knowledge),
        )
    )


def _by_itself(found: Plan, offered: AbstractSet[str], question: Question, knowledge: Knowledge) -> Findings:
    """One drug administration line by itself has nothing to be told apart from."""
    line = found.lines[0] if len(found.lines) == 1 else None
    record = knowledge.code(line.code, on=question.as_of) if line else None
    if line is None or record is None or offered or record.role not in DRUG_ADMINISTRATION or line.units > 1:
        return NOTHING
    written = {*question.modifiers, *(each for mention in question.codes for each in mention.modifiers)}
    wrong = written & _TELLS_APART
    asked = Intent.MODIFIER in question.intents and question.wants_yes_or_no and not written
    if not (wrong or asked):
        return NOTHING
    named = " or ".join(sorted(wrong)) or "modifier"
    statement = f"{line.code} by itself needs no {named}."
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, record.references[:1], Verdict.NO)
    return Findings((finding,), corrections=(statement,))


def _choice(code: str, offered: Sequence[str], question: Question, knowledge: Knowledge) -> Findings:
    """When each of several modifiers is the right one; what the sender tells already settles it."""
    rule = rule_of(knowledge, question, "distinct.modifiers")
    if rule is None or _DISTINCT.isdisjoint(offered):
        return NOTHING
    held = cast("Sequence[str]", rule.value)
    fitting = [each for each in _X_MODIFIERS if each in held and each != "XP" and (each != "XU" or "XU" in offered)]
    told = [_SAYS[each] for each in question.circumstances if each in _SAYS and _SAYS[each] in fitting]
    records = [record for each in (*fitting, "59") if (record := knowledge.modifier(each, on=question.as_of))]
    statement = _told(code, told, fitting) if told else _either_of(code, records)
    return Findings((Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, rule.references),))


def _either_of(code: str, records: Sequence[ModifierRecord]) -> str:
    if len(records) == 1:
        return f"On {code}: {records[0].modifier}; the X modifiers came in 2015."
    choices = "; ".join(f"{each.modifier} if {each.chosen_if}" for each in records)
    return f"On {code}, one of these and never two: {choices}."


def _told(code: str, told: Sequence[str], fitting: Sequence[str]) -> str:
    named = " or ".join(each for each in fitting if each in told)
    return f"On {code}, going by what you describe: {named}; 59 instead if the payer does not take the X modifiers."


def _written(modifier: str, offered: AbstractSet[str], question: Question, knowledge: Knowledge) -> Findings:
    """A modifier the sender wrote: what it is for, unless the choice says it; and whether it bypasses the edit."""
    record = knowledge.modifier(modifier, on=question.as_of)
    if modifier in _WASTE and (question.codes or record is None):
        return _of_waste(modifier, question, knowledge)
    if record is None:
        return Findings(doubts=(f"Modifier {modifier} is not in the loaded knowledge for {question.as_of}.",))
    if modifier in offered:
        return NOTHING
    said = Finding(Topic.MODIFIERS, Kind.PAYABLE, _statement(record), record.references[:2])
    if record.ncci_associated or not offered:
        return Findings((said,))
    statement = f"{modifier} is not an NCCI modifier: it does not bypass the edit."
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, record.references, Verdict.NO)
    return Findings((finding, said), corrections=(statement,))


def _of_waste(modifier: str, question: Question, knowledge: Knowledge) -> Findings:
    """JZ and JW belong to the drug's line; before their day they were not required."""
    rule = rule_of(knowledge, question, _WASTE[modifier])
    if rule is None or rule.value:
        return NOTHING
    statement = f"{modifier} was not yet required on {question.as_of}."
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, rule.references, Verdict.NO)
    return Findings((finding,), corrections=(statement,))


def _statement(record: ModifierRecord) -> str:
    use = record.use[:1].lower() + record.use[1:].rstrip(".")
    mistake = f" Common mistake: {record.mistake}." if record.mistake else ""
    return f"{record.modifier}: {use}.{mistake}"


def misplaced_modifiers(mention: CodeMention, question: Question, knowledge: Knowledge) -> Findings:
    """What is wrong with the modifiers on one line, whatever else is on the claim."""
    return joined((_misplaced(mention, question, knowledge), _both_distinct(mention, question, knowledge)))


_BESIDE_A_VISIT = frozenset({"G2211"})


def _misplaced(mention: CodeMention, question: Question, knowledge: Knowledge) -> Findings:
    """25 belongs on a visit; 59 and the X modifiers never do (NCCI Policy Manual I §E.d)."""
    record = knowledge.code(mention.code, on=question.as_of)
    if record is None:
        return NOTHING
    visit = is_visit(mention.code)
    if mention.code in _BESIDE_A_VISIT:  # `G2211 w/ 25?` asks of the visit's 25
        return NOTHING
    wrong = [each for each in mention.modifiers if (each in _DISTINCT if visit else each == "25")]
    described = [found for each in wrong if (found := knowledge.modifier(each, on=question.as_of))]
    statements = [
        f"{each.modifier} does not go on a visit." if visit else f"25 goes on a visit, not on {mention.code}."
        for each in described
    ]
    findings = tuple(
        Finding(Topic.MODIFIERS, Kind.CODABLE, statement, each.references, Verdict.NO)
        for each, statement in zip(described, statements, strict=True)
    )
    return Findings(findings, corrections=tuple(statements))


def _both_distinct(mention: CodeMention, question: Question, knowledge: Knowledge) -> Findings:
    """59 stands only where no X modifier says it better, so never beside one (MLN1783722)."""
    both = [each for each in mention.modifiers if each in _DISTINCT]
    record = knowledge.modifier("59", on=question.as_of)
    if len(both) < 2 or "59" not in both or record is None:  # noqa: PLR2004 - one of them is enough
        return NOTHING
    statement = f"{mention.code} carries {' and '.join(both)}: 59 and an X modifier never stand on one line."
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, record.references, Verdict.NO)
    return Findings((finding,), corrections=(statement,))


def _on_add_on(mention: CodeMention, found: Plan) -> Findings:
    """An add-on code follows its primary and needs no 59 for that."""
    role = (found.roles or {}).get(mention.code)
    if role is None or role.value != "additional_hour" or not _DISTINCT.intersection(mention.modifiers):
        return NOTHING
    return Findings(
        changes=(f"{mention.code} follows its primary; it needs no {' or '.join(mention.modifiers)} for that.",)
    )


def _product(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """The drug's own line: the code of the product the sender names, and JZ or JW on it."""
    named = _named_product(question, knowledge)
    lines = [line for line in found.lines if line.asked and _is_product(line.code, question, knowledge)]
    if lines or named is None:
        return joined(_drug_line(line, named, question, knowledge) for line in lines)
    return _own_line(named, question, knowledge)


def _is_product(code: str, question: Question, knowledge: Knowledge) -> bool:
    record = knowledge.code(code, on=question.as_of)
    return record is not None and record.family == "immune_globulin"


def _drug_line(line: Line, named: _Product | None, question: Question, knowledge: Knowledge) -> Findings:
    """A line for the drug as asked: the right product's, and with JZ or JW where those are required."""
    waste = _waste(question, knowledge)
    written = tuple(each for each in waste if line.asked and each in line.asked.modifiers)
    if named is None or named.code == line.code:
        return _dosed(line, written or waste, question, knowledge)
    record = knowledge.code(named.code, on=question.as_of)
    statement = f"{named.name.capitalize()} is {named.code}, not {line.code}."
    finding = Finding(Topic.MODIFIERS, Kind.CODABLE, statement, record.references if record else (), Verdict.NO)
    wrong = Opinion(
        line.code, Standing.REFUSED, why=f"it is the code of another product than {named.name.capitalize()}"
    )
    return Findings((finding,) if record else (), (wrong,), corrections=(statement,))


def _dosed(line: Line, modifiers: tuple[str, ...], question: Question, knowledge: Knowledge) -> Findings:
    """Units from the dose, rounded up (Claims Processing Manual 17 §40); without dose and units they stay open."""
    rule = rule_of(knowledge, question, "products.unit_milligrams")
    unit = cast("Mapping[str, int]", rule.value).get(line.code) if rule else None
    asked = line.asked.units if line.asked else None
    dose = question.milligrams
    if rule is None or unit is None or dose is None:
        if asked or unit is None:
            return Findings(opinions=(Opinion(line.code, Standing.STANDS, line.units, modifiers=modifiers),))
        when = f"the units match the dose: one for each {unit} mg, rounded up"
        return Findings(
            opinions=(Opinion(line.code, Standing.CONDITIONAL, 1, when=when, modifiers=modifiers),),
            asks=("How many milligrams were given?",),
        )
    units = -(-dose // unit)
    wrong = (
        (f"{line.code} x{asked} is not the dose: {dose:,} mg is {units} units.",) if asked not in {None, units} else ()
    )
    finding = Finding(
        Topic.GUIDELINES,
        Kind.CODABLE,
        f"{dose:,} mg is {line.code} x{units}.",
        rule.references,
        Verdict.NO if wrong else Verdict.YES,
        f"{dose:,} mg / {unit} mg a unit = {units} units, rounded up to whole ones.",
    )
    discarded = Circumstance.DISCARDED in question.circumstances
    opinion = Opinion(line.code, Standing.STANDS, units, most=units, modifiers=() if discarded else modifiers)
    second = (f"The discarded units go on a second line, {line.code}-JW.",) if discarded and "JW" in modifiers else ()
    return Findings((finding,), (opinion,), corrections=wrong, changes=second)


def _own_line(named: _Product, question: Question, knowledge: Knowledge) -> Findings:
    record = knowledge.code(named.code, on=question.as_of)
    if record is None:
        return NOTHING
    statement = f"{named.name.capitalize()} has a code of its own, {named.code}. {record.unit_rule}"
    when = f"the practice bought the drug; units from the dose, one for each {named.unit} mg"
    dose = question.milligrams
    units = -(-dose // named.unit) if dose else 1
    when = "the practice bought the drug" if dose else when
    bought = bool(dose) and _BOUGHT.search(question.text) is not None
    standing = Standing.STANDS if bought else Standing.CONDITIONAL
    opinion = Opinion(named.code, standing, units, when=when, modifiers=_waste(question, knowledge))
    return Findings((Finding(Topic.MODIFIERS, Kind.CODABLE, statement, record.references),), (opinion,))


@dataclass(frozen=True, slots=True)
class _Product:
    name: str
    code: str
    unit: int
    """Milligrams in one billing unit."""


def _named_product(question: Question, knowledge: Knowledge) -> _Product | None:
    names = rule_of(knowledge, question, "products.code_by_name")
    units = rule_of(knowledge, question, "products.unit_milligrams")
    if names is None or units is None:
        return None
    text = question.text.lower()
    milligrams = cast("Mapping[str, int]", units.value)
    codes = cast("Mapping[str, str]", names.value).items()
    return next((_Product(name, code, milligrams[code]) for name, code in codes if name in text), None)


def _waste(question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """JZ and JW as far as they are required on the date (JW since 2017, JZ since July 2023) and fit what is told."""
    wanted = dict(_WASTE)
    if Circumstance.NOTHING_DISCARDED in question.circumstances:
        del wanted["JW"]
    elif Circumstance.DISCARDED in question.circumstances:
        wanted["JW"] = wanted.pop("JW")
    return tuple(each for each, name in wanted.items() if (rule := rule_of(knowledge, question, name)) and rule.value)
