"""Which modifier, what earns it, what the note must say; and modifiers that do not exist or do not help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from caseconsultant.consulting.findings import Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.plan import Line, Plan
from caseconsultant.consulting.rules import rule_of
from caseconsultant.consulting.topics import ncci
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import ModifierRecord

_DISTINCT = frozenset({"59", "XE", "XS", "XP", "XU"})


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """Each modifier the edits call for or the sender wrote, and the drug's own line."""
    offered = _offered(question, knowledge)
    asked = tuple(dict.fromkeys([*(each for line in question.codes for each in line.modifiers), *question.modifiers]))
    return joined(
        (
            *(_asked(each, offered, question, knowledge) for each in asked),
            *(_earned(each, question, knowledge) for each in offered if each not in asked),
            *(_misplaced(mention, question, knowledge) for mention in question.codes),
            *(_both_distinct(mention, question, knowledge) for mention in question.codes),
            *(_on_add_on(mention, found) for mention in question.codes),
            _product(found, question, knowledge),
        )
    )


def _offered(question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    opinions = ncci.findings(question, knowledge=knowledge).opinions
    return tuple(dict.fromkeys(each for opinion in opinions for each in opinion.modifiers))


def _asked(modifier: str, offered: Sequence[str], question: Question, knowledge: Knowledge) -> Findings:
    record = knowledge.modifier(modifier, on=question.as_of)
    if record is None:
        return Findings(doubts=(f"Modifier {modifier} is not in the loaded knowledge for {question.as_of}.",))
    said = _earned(modifier, question, knowledge)
    if record.ncci_associated or not offered:
        return said
    statement = f"{modifier} is no NCCI modifier: it does not pass the edit."
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, record.references, Verdict.NO)
    return joined((Findings((finding,), corrections=(statement,)), said))


def _earned(modifier: str, question: Question, knowledge: Knowledge) -> Findings:
    record = knowledge.modifier(modifier, on=question.as_of)
    if record is None:
        return Findings()
    return Findings((Finding(Topic.MODIFIERS, Kind.PAYABLE, _statement(record), record.references),))


def _statement(record: ModifierRecord) -> str:
    return (
        f"{record.modifier}: {_plain(record.use)}. Common mistake: {_plain(record.mistake)}. "
        f"The note must say: {_plain(record.note_must_say)}."
    )


def _plain(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _misplaced(mention: CodeMention, question: Question, knowledge: Knowledge) -> Findings:
    """25 belongs on a visit; 59 and the X modifiers never do (NCCI Policy Manual I §E.d)."""
    record = knowledge.code(mention.code, on=question.as_of)
    if record is None:
        return Findings()
    visit = record.family == "office_visit"
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
        return Findings()
    statement = f"{mention.code} carries {' and '.join(both)}: 59 and an X modifier never stand on one line."
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, record.references, Verdict.NO)
    return Findings((finding,), corrections=(statement,))


def _on_add_on(mention: CodeMention, found: Plan) -> Findings:
    """An add-on code follows its primary and needs no 59 for that."""
    role = (found.roles or {}).get(mention.code)
    if role is None or role.value != "additional_hour" or not _DISTINCT.intersection(mention.modifiers):
        return Findings()
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
    opinion = Opinion(line.code, Standing.STANDS, line.units, modifiers=written or waste)
    if named is None or named.code == line.code:
        return Findings(opinions=(opinion,))
    record = knowledge.code(named.code, on=question.as_of)
    statement = f"{named.name.capitalize()} is {named.code}, not {line.code}."
    finding = Finding(Topic.MODIFIERS, Kind.CODABLE, statement, record.references if record else (), Verdict.NO)
    wrong = Opinion(
        line.code, Standing.REFUSED, why=f"it is the code of another product than {named.name.capitalize()}"
    )
    return Findings((finding,) if record else (), (wrong,), corrections=(statement,))


def _own_line(named: _Product, question: Question, knowledge: Knowledge) -> Findings:
    record = knowledge.code(named.code, on=question.as_of)
    if record is None:
        return Findings()
    statement = f"{named.name.capitalize()} has a code of its own, {named.code}. {record.unit_rule}"
    when = f"the practice bought the drug; units from the dose, one for each {named.unit} mg"
    opinion = Opinion(named.code, Standing.CONDITIONAL, 1, when=when, modifiers=_waste(question, knowledge))
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
    """JZ and JW as far as they are required on the date: JW since 2017, JZ since July 2023."""
    wanted = {"JZ": "waste.jz_required", "JW": "waste.jw_required"}
    return tuple(each for each, name in wanted.items() if (rule := rule_of(knowledge, question, name)) and rule.value)
