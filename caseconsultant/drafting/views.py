"""What the answer's templates print: every sentence made, every mark numbered, nothing left to decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseconsultant.domain.answer import Answer, Branch, ConditionalLine, Finding, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import Source
from caseconsultant.drafting.numbering import Numbering
from caseconsultant.drafting.sections import Section, sections

_HEADINGS = {
    Section.CODING: "Coding",
    Section.PAYMENT: "Payment",
    Section.COVERAGE: "Coverage",
    Section.BACKGROUND: "Good to know",
}
_VERDICTS = {
    Verdict.YES: "Short answer: yes",
    Verdict.NO: "Short answer: no",
    Verdict.DEPENDS: "Short answer: it depends",
    Verdict.UNKNOWN: "Short answer: our sources do not settle it",
    None: "Short answer",
}
_PAYERS = {
    Payer.MEDICARE: "Medicare",
    Payer.MEDICARE_ADVANTAGE: "Medicare Advantage",
    Payer.MEDICAID: "Medicaid",
    Payer.COMMERCIAL: "Commercial payer",
}
_SETTINGS = {
    Setting.OFFICE: "office",
    Setting.FACILITY_PROFESSIONAL: "practitioner in a facility",
    Setting.OUTPATIENT_HOSPITAL: "hospital outpatient",
    Setting.ASC: "surgery center",
    Setting.HOME: "home",
    Setting.DME: "DME supplier",
}
_NOTE = re.compile(r"^For (?P<about>.{1,120}?) the note must say: ")
_GAP = re.compile(r"^(?P<source>\S+) ends (?P<end>\d{4}-\d{2}-\d{2})\.?$")


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A line of the claim; `when` says its modifiers and on what it hangs, and may be empty."""

    code: str
    units: int
    when: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A sentence with its source marks, its arithmetic and what it holds for (empty: everything)."""

    text: str
    marks: str
    arithmetic: str
    branch: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Statements of one kind under a plain heading; it says what they hold for where that is the same for all."""

    heading: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """One question's answer."""

    heading: str
    label: str
    bottom_line: str
    claim: tuple[ClaimView, ...] = ()
    diagnoses: str = ""
    groups: tuple[GroupView, ...] = ()
    modifiers: tuple[StatementView, ...] = ()
    note: tuple[StatementView, ...] = ()
    elsewhere: tuple[StatementView, ...] = ()
    asks: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()

    def lead(self, line: ClaimView) -> str:
        """Returns `  96370  x2  `, as wide as that of every other line of this claim."""
        codes = max(len(item.code) for item in self.claim)
        units = max(len(str(item.units)) for item in self.claim)
        return f"  {line.code:<{codes}}  x{line.units:<{units}}  "


def part_view(answer: Answer, *, question: Question, numbering: Numbering, heading: str = "") -> PartView:
    """Returns the view of one answer, its parts apart."""
    found = sections(answer, question)
    views = {section: _statements(findings, numbering) for section, findings in found.items()}
    return PartView(
        heading=heading,
        label=_label(answer),
        bottom_line=sentence(answer.bottom_line),
        claim=_claim(answer),
        diagnoses=", ".join(answer.diagnoses),
        groups=tuple(_groups(views)),
        modifiers=views.get(Section.MODIFIERS, ()),
        note=views.get(Section.NOTE, ()),
        elsewhere=views.get(Section.ELSEWHERE, ()),
        asks=answer.asks,
        changes=tuple(sentence(change) for change in answer.changes),
    )


def _label(answer: Answer) -> str:
    said = re.match(r"(?:yes|no|it depends|depends|we (?:cannot|found))\b", answer.bottom_line, re.IGNORECASE)
    return _VERDICTS[None if said else answer.verdict]


def sentence(text: str) -> str:
    """Returns the text with a full stop where it has no end."""
    plain = " ".join(text.split())
    return plain if not plain or plain.endswith((".", "!", "?", ":")) else f"{plain}."


def _claim(answer: Answer) -> tuple[ClaimView, ...]:
    standing = [ClaimView(code, units, _with(answer.earned.get(code, ()))) for code, units in answer.codes.items()]
    return (*standing, *(_conditional(line) for line in answer.conditional))


def _with(modifiers: Sequence[str]) -> str:
    return f"with modifier {either(modifiers)}" if modifiers else ""


def _conditional(line: ConditionalLine) -> ClaimView:
    modifiers = f"with modifier {either(line.modifiers)}, " if line.modifiers else ""
    branch = branch_words(line.branch)
    held = f" ({branch})" if branch else ""
    when = line.when.strip().rstrip(".").removeprefix("only if ")
    return ClaimView(line.code, line.units, f"{modifiers}only if {when}{held}")


def either(words: Sequence[str]) -> str:
    """Returns `59, XU or XS`."""
    return " or ".join(item for item in (", ".join(words[:-1]), words[-1]) if item) if words else ""


def branch_words(branch: Branch) -> str:
    """Returns what a statement holds for, such as `Medicare, office`; empty for everything."""
    payer = _PAYERS[branch.payer] if branch.payer else ""
    setting = _SETTINGS[branch.setting] if branch.setting else ""
    words = ", ".join(item for item in (payer, setting) if item)
    return words[:1].upper() + words[1:]


def _groups(views: Mapping[Section, tuple[StatementView, ...]]) -> Iterable[GroupView]:
    for section, heading in _HEADINGS.items():
        if statements := views.get(section):
            yield _group(heading, statements)


def _group(heading: str, statements: tuple[StatementView, ...]) -> GroupView:
    branches = {each.branch for each in statements}
    if len(branches) != 1 or not (branch := branches.pop()):
        return GroupView(heading, statements)
    bare = tuple(StatementView(each.text, each.marks, each.arithmetic, "") for each in statements)
    return GroupView(f"{heading} ({branch})", bare)


def _statements(findings: Sequence[Finding], numbering: Numbering) -> tuple[StatementView, ...]:
    return tuple(dict.fromkeys(_statement(finding, numbering) for finding in findings))


def _statement(finding: Finding, numbering: Numbering) -> StatementView:
    branch = branch_words(finding.branch)
    return StatementView(
        text=sentence(_NOTE.sub(_about, _unnamed(finding))),
        marks=numbering.marks(finding.references),
        arithmetic=" ".join((finding.arithmetic or "").split()),
        branch=branch,
    )


def _unnamed(finding: Finding) -> str:
    """The statement without the payer it opens with, where the branch names the payer before it."""
    payer = _PAYERS[finding.branch.payer] if finding.branch.payer else ""
    bare = finding.statement.removeprefix(f"{payer}: ") if payer else finding.statement
    return f"{bare[:1].upper()}{bare[1:]}" if bare != finding.statement else bare


def _about(match: re.Match[str]) -> str:
    about = match["about"].replace(" and ", ", ")
    return f"{about[:1].upper()}{about[1:]}: "


def edition_sentences(
    question: Question, gaps: Sequence[str], *, sources: Callable[[str], Source | None]
) -> tuple[str, ...]:
    """Returns in plain sentences which day was answered for, and which tables end before it."""
    day = _day(question.as_of)
    assumed = () if question.as_of_stated else (f"You named no date of service, so this is answered for {day}.",)
    read = {gap: _GAP.match(gap.strip()) for gap in dict.fromkeys(gaps)}
    ends: dict[str, list[str]] = {}
    for match in sorted((match for match in read.values() if match), key=lambda each: each["end"]):
        source = sources(match["source"])
        ends.setdefault(match["end"], []).append(source.title if source else match["source"])
    ended = (_ended(ends, day),) if ends else ()
    return (*assumed, *ended, *(sentence(gap) for gap, match in read.items() if not match))


def _ended(ends: Mapping[str, Sequence[str]], day: str) -> str:
    listed = "; ".join(f"{_and(titles)}, {_day(date.fromisoformat(end))}" for end, titles in ends.items())
    return f"Some tables we hold end before {day}: {listed}. Check the current ones before you bill."


def _and(words: Sequence[str]) -> str:
    return " and ".join(item for item in (", ".join(words[:-1]), words[-1]) if item)


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
