"""Each mail we write, as a Body: the views are made here, the templates print them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from caseconsultant.domain.answer import Answer, Consultation
from caseconsultant.domain.records import Source
from caseconsultant.drafting.marking import marked
from caseconsultant.drafting.numbering import Numbering
from caseconsultant.drafting.records import Body
from caseconsultant.drafting.rendering import render
from caseconsultant.drafting.sections import sections
from caseconsultant.drafting.views import PartView, edition_sentences, part_view, sentence
from caseconsultant.drafting.wrapping import rewrapped

_CREDENTIAL = re.compile(r"[A-Z][A-Z0-9.\-]{1,7}(?:[ ,/]+[A-Z][A-Z0-9.\-]{1,7})*")
_GIVEN_NAME = re.compile(r"[^\W\d_][^\W\d_'\u2019-]{0,29}(?:['\u2019-][^\W\d_]{1,29})?\.?")
_MAX_CODES_IN_SUBJECT = 4
_COMMANDS = (
    ("REGISTER", "gives you more questions"),
    ("QUOTA", "tells how many you have left"),
    ("STATUS CC-2026-000123", "tells where the question of that number stands"),
    ("STOP", "ends our notices"),
    ("HELP", "sends this mail"),
)


def answer(consultation: Consultation, *, sources: Callable[[str], Source | None], greeting_name: str | None) -> Body:
    """Returns the letter that answers a question, bottom line first, every statement with its numbered source."""
    found = consultation.answer
    numbering = Numbering(sources)
    for item in found.parts or (found,):
        for findings in sections(item, consultation.question).values():
            numbering.gather(reference for finding in findings for reference in finding.references)
    parts = _parts(consultation, numbering)
    gaps = [gap for item in (found, *found.parts) for gap in item.edition_gap]
    view = {
        "greeting": greeting(greeting_name),
        "codes": ", ".join(_codes(found)[:_MAX_CODES_IN_SUBJECT]),
        "parts": parts,
        "editions": edition_sentences(consultation.question, gaps, sources=sources) if numbering.found else (),
        "sources": numbering.listed(),
    }
    return render("answer", view)


def _parts(consultation: Consultation, numbering: Numbering) -> tuple[PartView, ...]:
    """One answer; or, for several questions, the sum first and then each under its own heading."""
    found, question = consultation.answer, consultation.question
    if not found.parts:
        return (part_view(found, question=question, numbering=numbering),)
    each = [
        part_view(part, question=question, numbering=numbering, heading=_heading(number, part))
        for number, part in enumerate(found.parts, start=1)
    ]
    return (_sum(found, each), *each)


def _sum(found: Answer, each: Sequence[PartView]) -> PartView:
    """Of the sum only what no part says: its lines and findings are the parts' own."""
    asked = {ask for part in each for ask in part.asks}
    changes = {change for part in each for change in part.changes}
    return PartView(
        heading="",
        label="Short answer",
        bottom_line=sentence(found.bottom_line),
        asks=tuple(ask for ask in found.asks if ask not in asked),
        changes=tuple(change for change in map(sentence, found.changes) if change not in changes),
    )


def _heading(number: int, part: Answer) -> str:
    codes = ", ".join(_codes(part)[:_MAX_CODES_IN_SUBJECT])
    return f"Question {number}: {codes}" if codes else f"Question {number}"


def _codes(found: Answer) -> list[str]:
    own = [*found.codes, *(line.code for line in found.conditional), *found.diagnoses]
    return list(dict.fromkeys([*own, *(code for part in found.parts for code in _codes(part))]))


def from_text(subject: str, text: str) -> Body:
    """Returns a reviewer's own text as a Body: paragraphs, lists, claim lines and links, all else escaped."""
    plain = rewrapped(_trimmed(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    return Body(" ".join(subject.split()), plain, f"{marked(plain)}\n" if plain.strip() else "")


def _trimmed(lines: Iterable[str]) -> str:
    joined = "\n".join(line.rstrip().expandtabs(4) for line in lines).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", joined) + "\n" if joined.strip() else ""


def ask(*, questions: Sequence[str], note: str | None = None, greeting_name: str | None = None) -> Body:
    """Returns our questions to the sender; answering them costs nothing."""
    view = {"questions": tuple(_line(item) for item in questions), "note": _line(note or "")}
    return _notice("ask", view, greeting_name)


def declined(*, reason: str, greeting_name: str | None = None) -> Body:
    """Returns the mail that says a question is not answered, and why; it was not counted."""
    return _notice("declined", {"reason": sentence(reason)}, greeting_name)


def acknowledgement(*, subject: str | None = None, greeting_name: str | None = None) -> Body:
    """Returns the word that a question came in and takes longer; `subject` replaces our own."""
    return _notice("acknowledgement", {"subject": _line(subject or "")}, greeting_name)


def quota_used(*, allowance: str, how_to_register: str, greeting_name: str | None = None) -> Body:
    """Returns the mail that says the allowance is used, what happens to the question, and how to get more."""
    view = {"allowance": _line(allowance), "how_to_register": sentence(how_to_register)}
    return _notice("quota_used", view, greeting_name)


def could_not_read(*, reason: str, greeting_name: str | None = None) -> Body:
    """Returns the mail that says we found no question in theirs."""
    return _notice("could_not_read", {"reason": sentence(reason)}, greeting_name)


def registered(*, allowance: str, greeting_name: str | None = None) -> Body:
    """Returns the welcome of a registered sender."""
    return _notice("registered", {"allowance": _line(allowance)}, greeting_name)


def quota(*, left: str, allowance: str, how_to_register: str | None = None, greeting_name: str | None = None) -> Body:
    """Returns what is left of the sender's allowance, and how to get more where nothing is."""
    more = sentence(how_to_register) if how_to_register else ""
    return _notice("quota", {"left": left, "allowance": _line(allowance), "how_to_register": more}, greeting_name)


def how_to_ask(*, address: str, greeting_name: str | None = None) -> Body:
    """Returns how a question is best asked, and the commands."""
    return _notice("help", {"address": address, "commands": _COMMANDS}, greeting_name)


def status(*, number: str, stands: str | None, greeting_name: str | None = None) -> Body:
    """Returns where the sender's case stands, in words; `stands` is None where they have no such case."""
    return _notice("status", {"number": number, "stands": stands}, greeting_name)


def stopped(*, greeting_name: str | None = None) -> Body:
    """Returns the one mail that STOP gets."""
    return _notice("stopped", {}, greeting_name)


def _notice(name: str, view: Mapping[str, object], greeting_name: str | None) -> Body:
    return render(name, {**view, "greeting": greeting(greeting_name)})


def _line(text: str) -> str:
    return " ".join(text.split())


def greeting(name: str | None) -> str:
    """Returns `Hello Dana,` for Dana Ruiz, `Ruiz, Dana` and `Dana Ruiz, CPC`; `Hello,` for what is no plain name."""
    parts = [part.strip() for part in (name or "").split(",") if part.strip()]
    named = [part for part in parts if not _CREDENTIAL.fullmatch(part)] or parts[:1]
    words = (named[1] if len(named) > 1 else named[0]).split() if named else []
    first = words[0] if words else ""
    return f"Hello {first}," if _GIVEN_NAME.fullmatch(first) else "Hello,"
