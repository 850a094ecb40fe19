"""What the answer's templates print: every sentence made, every mark numbered, nothing left to decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from caseconsultant.domain.answer import Answer, Branch, ConditionalLine, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Source

_GROUPS = (
    (Kind.CODABLE, "What the codes describe"),
    (Kind.PAYABLE, "What is paid together"),
    (Kind.COVERED, "What is covered"),
    (Kind.INFO, "Worth knowing"),
)
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
    Setting.FACILITY_PROFESSIONAL: "professional claim in a facility",
    Setting.OUTPATIENT_HOSPITAL: "hospital outpatient",
    Setting.ASC: "ambulatory surgery center",
    Setting.HOME: "home",
    Setting.DME: "equipment supplier",
}
_GAP = re.compile(r"^(?P<source>\S+) ends (?P<end>\d{4}-\d{2}-\d{2})\.?$")


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A line of the claim; `when` is empty where it stands unconditionally."""

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
    """Statements of one kind under a plain heading."""

    heading: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """One question's answer."""

    heading: str
    label: str
    bottom_line: str
    claim: tuple[ClaimView, ...]
    diagnoses: str
    groups: tuple[GroupView, ...]
    note: tuple[StatementView, ...]
    asks: tuple[str, ...]
    changes: tuple[str, ...]

    def lead(self, line: ClaimView) -> str:
        """Returns `  96370  x2  `, as wide as that of every other line of this claim."""
        codes = max(len(item.code) for item in self.claim)
        units = max(len(str(item.units)) for item in self.claim)
        return f"  {line.code:<{codes}}  x{line.units:<{units}}  "


@dataclass(frozen=True, slots=True)
class SourceView:
    """A numbered source: publisher, title, where in it, which edition."""

    number: int
    publisher: str
    title: str
    locator: str
    edition: str
    url: str


@dataclass(slots=True)
class Numbering:
    """Numbers the references in the order they are first marked."""

    sources: Callable[[str], Source | None]
    found: dict[Reference, int] = field(default_factory=dict)

    def marks(self, references: Iterable[Reference]) -> str:
        """Returns `[1] [3]` for the references."""
        numbers = sorted({self.found.setdefault(item, len(self.found) + 1) for item in references})
        return " ".join(f"[{number}]" for number in numbers)

    def listed(self) -> tuple[SourceView, ...]:
        """Returns what was marked; a web address stands once for each publication."""
        told: set[str] = set()
        return tuple(self._view(reference, number, told) for reference, number in self.found.items())

    def _view(self, reference: Reference, number: int, told: set[str]) -> SourceView:
        source = self.sources(reference.source)
        url = source.url if source and reference.source not in told else ""
        told.add(reference.source)
        return SourceView(
            number=number,
            publisher=source.publisher if source else "",
            title=source.title if source else reference.source,
            locator=reference.locator,
            edition=reference.edition,
            url=url,
        )


def part_view(answer: Answer, *, numbering: Numbering, heading: str = "") -> PartView:
    """Returns the view of one answer, its parts apart."""
    told = [finding for finding in answer.findings if finding.topic is not Topic.COMPLIANCE]
    return PartView(
        heading=heading,
        label=_label(answer),
        bottom_line=sentence(answer.bottom_line),
        claim=_claim(answer),
        diagnoses=", ".join(answer.diagnoses),
        groups=tuple(_groups(told, numbering)),
        note=_statements([f for f in answer.findings if f.topic is Topic.COMPLIANCE], numbering),
        asks=answer.asks,
        changes=tuple(sentence(change) for change in answer.changes),
    )


def _label(answer: Answer) -> str:
    said = re.match(r"(?:yes|no|it depends|depends)\b", answer.bottom_line, re.IGNORECASE)
    return _VERDICTS[None if said else answer.verdict]


def sentence(text: str) -> str:
    """Returns the text with a full stop where it has no end."""
    plain = " ".join(text.split())
    return plain if not plain or plain.endswith((".", "!", "?", ":")) else f"{plain}."


def _claim(answer: Answer) -> tuple[ClaimView, ...]:
    standing = [ClaimView(code, units, "") for code, units in answer.codes.items()]
    return (*standing, *(_conditional(line) for line in answer.conditional))


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


def _groups(findings: Sequence[Finding], numbering: Numbering) -> Iterable[GroupView]:
    for kind, heading in _GROUPS:
        statements = _statements([finding for finding in findings if finding.kind is kind], numbering)
        if statements:
            yield GroupView(heading, statements)


def _statements(findings: Sequence[Finding], numbering: Numbering) -> tuple[StatementView, ...]:
    """What holds for everything first; then branch by branch, in the order they come."""
    order = list(dict.fromkeys(branch_words(finding.branch) for finding in findings))
    order.sort(key=lambda words: words != "")
    ordered = sorted(findings, key=lambda finding: order.index(branch_words(finding.branch)))
    return tuple(dict.fromkeys(_statement(finding, numbering) for finding in ordered))


def _statement(finding: Finding, numbering: Numbering) -> StatementView:
    return StatementView(
        text=sentence(finding.statement),
        marks=numbering.marks(finding.references),
        arithmetic=" ".join((finding.arithmetic or "").split()),
        branch=branch_words(finding.branch),
    )


def edition_sentences(
    question: Question, gaps: Sequence[str], *, sources: Callable[[str], Source | None]
) -> tuple[str, ...]:
    """Returns in plain sentences which day was answered for, and which tables end before it."""
    day = _day(question.as_of)
    assumed = () if question.as_of_stated else (f"You named no date of service, so this is answered for {day}.",)
    return (*assumed, *(_gap(gap, day, sources) for gap in dict.fromkeys(gaps)))


def _gap(gap: str, day: str, sources: Callable[[str], Source | None]) -> str:
    match = _GAP.match(gap.strip())
    if not match:
        return sentence(gap)
    source = sources(match["source"])
    title = source.title if source else match["source"]
    end = _day(date.fromisoformat(match["end"]))
    return f"{title}: the table we hold ends {end}; {day} is answered from it. Check the current table before you bill."


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
