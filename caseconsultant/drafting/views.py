"""What the answer's templates print: every sentence made, every mark numbered, nothing left to decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from caseconsultant.domain.answer import Answer, Branch, ConditionalLine, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Source

_MODIFIERS = "The modifiers"
_GROUPS = {
    Kind.CODABLE: "What the codes describe",
    Kind.PAYABLE: "What is paid together",
    _MODIFIERS: _MODIFIERS,
    Kind.COVERED: "What is covered",
    Kind.INFO: "Worth knowing",
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
    Setting.FACILITY_PROFESSIONAL: "professional claim in a facility",
    Setting.OUTPATIENT_HOSPITAL: "hospital outpatient",
    Setting.ASC: "ambulatory surgery center",
    Setting.HOME: "home",
    Setting.DME: "equipment supplier",
}
_NOTE = " The note must say: "
_ABOUT = re.compile(r"(?:[A-Z]?\d{4}[A-Z0-9]?|\d{2}|[A-Z][A-Z0-9])\b")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
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
    """A numbered publication: publisher, title, edition, and the places used in it, lettered where several."""

    number: int
    publisher: str
    title: str
    places: str
    edition: str
    url: str


@dataclass(slots=True)
class Numbering:
    """Numbers the publications in the order they are first marked, and letters the places in each.

    Whether a place needs a letter is known only when all are: `marks` is asked of everything once to gather, then
    again to print.
    """

    sources: Callable[[str], Source | None]
    found: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def marks(self, references: Iterable[Reference]) -> str:
        """Returns `[1] [3b]` for the references."""
        placed = sorted({self._placed(reference) for reference in references})
        return " ".join(f"[{number}{self._letter(number, place)}]" for number, place in placed)

    def _placed(self, reference: Reference) -> tuple[int, int]:
        places = self.found.setdefault((reference.source, reference.edition), [])
        if reference.locator not in places:
            places.append(reference.locator)
        number = list(self.found).index((reference.source, reference.edition)) + 1
        return number, places.index(reference.locator)

    def _letter(self, number: int, place: int) -> str:
        return letter(place) if len(list(self.found.values())[number - 1]) > 1 else ""

    def listed(self) -> tuple[SourceView, ...]:
        """Returns what was marked."""
        return tuple(self._view(number, *item) for number, item in enumerate(self.found.items(), start=1))

    def _view(self, number: int, publication: tuple[str, str], places: Sequence[str]) -> SourceView:
        source = self.sources(publication[0])
        lettered = "; ".join(f"({letter(place)}) {locator}" for place, locator in enumerate(places))
        return SourceView(
            number=number,
            publisher=source.publisher if source else "",
            title=source.title if source else publication[0],
            places=lettered if len(places) > 1 else places[0],
            edition=publication[1],
            url=source.url if source else "",
        )


def letter(place: int) -> str:
    """Returns a for 0, z for 25, aa for 26."""
    return f"{letter(place // 26 - 1) if place >= len(_LETTERS) else ''}{_LETTERS[place % 26]}"


def part_view(answer: Answer, *, question: Question, numbering: Numbering, heading: str = "") -> PartView:
    """Returns the view of one answer, its parts apart."""
    findings = [piece for finding in answer.findings for piece in _apart(finding)]
    findings.sort(key=lambda finding: _distance(finding.branch, question))
    told = [finding for finding in findings if finding.topic is not Topic.COMPLIANCE]
    return PartView(
        heading=heading,
        label=_label(answer),
        bottom_line=sentence(answer.bottom_line),
        claim=_claim(answer),
        diagnoses=", ".join(answer.diagnoses),
        groups=tuple(_groups(told, numbering)),
        note=_statements([f for f in findings if f.topic is Topic.COMPLIANCE], numbering),
        asks=answer.asks,
        changes=tuple(sentence(change) for change in answer.changes),
    )


def _apart(finding: Finding) -> tuple[Finding, ...]:
    """What a statement asks of the note stands in its own section, led by the code or modifier it is about."""
    told, marker, note = finding.statement.partition(_NOTE)
    if not marker or finding.topic is Topic.COMPLIANCE:
        return (finding,)
    about = _ABOUT.match(told)
    asked = f"{about[0]}: {note}" if about else f"{note[:1].upper()}{note[1:]}"
    return (
        replace(finding, statement=told),
        replace(finding, statement=asked, topic=Topic.COMPLIANCE, arithmetic=None),
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
    for key, heading in _GROUPS.items():
        statements = _statements([finding for finding in findings if _group(finding) == key], numbering)
        if statements:
            yield GroupView(heading, statements)


def _group(finding: Finding) -> str:
    return _MODIFIERS if finding.topic is Topic.MODIFIERS else finding.kind


def _distance(branch: Branch, question: Question) -> int:
    """What holds for the payer and setting asked about comes first, then what holds for all, then the rest."""
    if branch == Branch():
        return 1
    asked = branch.payer in {None, question.payer} and branch.setting in {None, question.setting}
    return 0 if asked else 2


def _statements(findings: Sequence[Finding], numbering: Numbering) -> tuple[StatementView, ...]:
    return tuple(dict.fromkeys(_statement(finding, numbering) for finding in findings))


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
