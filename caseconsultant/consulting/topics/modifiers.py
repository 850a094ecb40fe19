"""Which modifier, what earns it, what the note must say; and modifiers that do not exist or do not help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.plan import Plan, plan
from caseconsultant.consulting.topics import ncci
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import CodeMention, CodeSystem
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Intent, Question, Service, Topic
from caseconsultant.domain.records import ModifierRecord

_DISTINCT = frozenset({"59", "XE", "XS", "XP", "XU"})


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Each modifier the edits call for or the sender wrote, and the drug's own line."""
    found = plan(question, knowledge=knowledge)
    offered = _offered(question, knowledge)
    asked = tuple(dict.fromkeys([*(each for line in question.codes for each in line.modifiers), *question.modifiers]))
    return joined(
        (
            *(_asked(each, offered, question, knowledge) for each in asked),
            *(_earned(each, question, knowledge) for each in offered if each not in asked),
            *(_misplaced(mention, question, knowledge) for mention in question.codes),
            *(_both_distinct(mention) for mention in question.codes),
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


def _both_distinct(mention: CodeMention) -> Findings:
    both = [each for each in mention.modifiers if each in _DISTINCT]
    if len(both) < 2 or "59" not in both:  # noqa: PLR2004 - one of them is enough
        return Findings()
    return Findings(
        doubts=(f"{mention.code} carries {' and '.join(both)}: 59 and an X modifier never stand on one line.",)
    )


def _on_add_on(mention: CodeMention, found: Plan) -> Findings:
    """An add-on code follows its primary and needs no 59 for that."""
    role = (found.roles or {}).get(mention.code)
    if role is None or role.value != "additional_hour" or not _DISTINCT.intersection(mention.modifiers):
        return Findings()
    return Findings(
        changes=(f"{mention.code} follows its primary; it needs no {' or '.join(mention.modifiers)} for that.",)
    )


def _product(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """The drug's own line: which code, if the sender names the product."""
    drug = any(role is not None and each not in _supply(found) for each, role in (found.roles or {}).items())
    if not drug and not any(each.service in {Service.SC_INFUSION, Service.IV_INFUSION} for each in question.services):
        return Findings()
    named = _named_product(question, knowledge)
    if named is None or named[0] in found.codes:
        return Findings()
    record = knowledge.code(named[0], on=question.as_of)
    if record is None:
        return Findings()
    statement = f"The product has a code of its own, {named[0]}: {record.unit_rule}"
    when = f"the practice bought the drug; units from the dose, one for each {named[1]} mg"
    opinion = Opinion(named[0], Standing.CONDITIONAL, 1, when=when, modifiers=_waste(question, knowledge))
    return Findings((Finding(Topic.MODIFIERS, Kind.CODABLE, statement, record.references),), (opinion,))


def _supply(found: Plan) -> frozenset[str]:
    return frozenset(line.code for line in found.lines if line.asked and line.asked.system is CodeSystem.HCPCS)


def _named_product(question: Question, knowledge: Knowledge) -> tuple[str, int] | None:
    text = question.text.lower()
    try:
        names = knowledge.parameter("drug_administration.products.code_by_name", on=question.as_of)
        units = knowledge.parameter("drug_administration.products.unit_milligrams", on=question.as_of)
    except KnowledgeError:
        return None
    codes = cast("Mapping[str, str]", names.value)
    found = next((code for name, code in codes.items() if name in text), None)
    return (found, cast("Mapping[str, int]", units.value).get(found, 100)) if found else None


def _waste(question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(each for each in ("JZ", "JW") if knowledge.modifier(each, on=question.as_of))


def wanted(question: Question) -> bool:
    """Whether the sender asks for a modifier at all."""
    return Intent.MODIFIER in question.intents or bool(question.modifiers)
