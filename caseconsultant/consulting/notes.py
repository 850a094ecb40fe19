"""What the note must say, one sentence for each line of the claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from caseconsultant.consulting.findings import Note
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Finding, Kind, Reference
from caseconsultant.domain.question import Question, Topic


def note_findings(
    codes: Sequence[str],
    told: Iterable[Note],
    modifiers: Mapping[str, Sequence[str]],
    *,
    question: Question,
    knowledge: Knowledge,
) -> tuple[Finding, ...]:
    """One finding for each of the codes, those that ask for the same together, then for what is no code.

    `told` is what articles ask for; of codes that are not among `codes` nothing is asked. `modifiers` are those
    offered for a code.
    """
    own = [note for code in codes for note in _of_code(code, question, knowledge)]
    earned = [note for code in codes for note in _of_modifiers(code, modifiers.get(code, ()), question, knowledge)]
    wanted = [note for note in (*own, *told, *earned) if note.about in codes or not note.about.isalnum()]
    says: dict[str, dict[str, None]] = {}
    references: dict[str, list[Reference]] = {}
    for note in wanted:
        says.setdefault(note.about, {}).update(dict.fromkeys(note.says))
        references.setdefault(note.about, []).extend(note.references)
    return tuple(_finding(about, references) for about in _alike(says))


_SPECIFIC = frozenset({"XS", "XE", "XP"})
_About = tuple[tuple[str, ...], tuple[str, ...]]


def _alike(says: Mapping[str, Mapping[str, None]]) -> Iterable[_About]:
    """What is asked, and of what, in the order of the claim."""
    found: dict[tuple[str, ...], list[str]] = {}
    for about, parts in says.items():
        found.setdefault(tuple(parts), []).append(about)
    return [(tuple(about), parts) for parts, about in found.items()]


def _finding(each: _About, references: Mapping[str, Sequence[Reference]]) -> Finding:
    about, parts = each
    cited = tuple(dict.fromkeys(reference for name in about for reference in references[name]))
    named = " and ".join(name if name.isalnum() else f"{name[:1].lower()}{name[1:]}" for name in about)
    statement = f"For {named} the note must say: {'; '.join(parts)}."
    return Finding(Topic.COMPLIANCE, Kind.COVERED, statement, cited)


def _of_code(code: str, question: Question, knowledge: Knowledge) -> Iterable[Note]:
    record = knowledge.code(code, on=question.as_of)
    return (Note(code, record.note_must_say, record.references[:1]),) if record and record.note_must_say else ()


def _of_modifiers(code: str, modifiers: Sequence[str], question: Question, knowledge: Knowledge) -> Iterable[Note]:
    """Each modifier's own demand; of several those that name a site, an encounter or a person."""
    several = len(modifiers) > 1
    records = [knowledge.modifier(each, on=question.as_of) for each in modifiers if not several or each in _SPECIFIC]
    return [
        Note(
            code,
            (f"for {each.modifier}, {each.note_must_say}" if several else each.note_must_say,),
            each.references[:1],
        )
        for each in records
        if each is not None and each.note_must_say
    ]
