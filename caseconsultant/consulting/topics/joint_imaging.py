"""Ultrasound with joint injections, two codes of the family side by side, and the local anesthetic in the joint."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.joints import Imaging, Joint, joints
from caseconsultant.domain.answer import Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import PtpEdit

FAMILY = re.compile(r"2060[0456]|2061[01]")
"""Codes of joint injections."""


@dataclass(frozen=True, slots=True)
class JointRules:
    """The codes by size, the joints of each size, and the imaging codes that are included."""

    codes: Mapping[str, Mapping[str, str]]
    sizes: Mapping[str, Sequence[str]]
    imaging: Sequence[str]
    references: tuple[Reference, ...]

    def size(self, joint: Joint) -> str | None:
        """The size of a joint, None where the rules do not name it."""
        return next((size for size, names in self.sizes.items() if joint.name in names), None)

    def plain(self, code: str) -> bool:
        """Whether a code is one without ultrasound."""
        return any(pair["plain"] == code for pair in self.codes.values())


ANESTHETIC = {"J2001", "J2003", "J0665", "J0666", "S0020"}
"""Codes of local anesthetics."""


def anesthetic(question: Question, rules: JointRules) -> Findings:
    """Lidocaine or bupivacaine in the joint is part of the injection."""
    written = [each.code for each in question.codes if each.code in ANESTHETIC]
    if not written and not re.search(r"\b(?:lidocaine|bupivacaine|marcaine|xylocaine)\b", question.text, re.IGNORECASE):
        return NOTHING
    said = "A local anesthetic such as lidocaine is included in the injection and has no line."
    refused = tuple(
        Opinion(code, Standing.REFUSED, why="the local anesthetic is included in the injection") for code in written
    )
    return Findings(
        (Finding(Topic.NCCI, Kind.PAYABLE, said, rules.references),), refused, headlines=(said,) if written else ()
    )


def guided(seen: Imaging, question: Question, rules: JointRules, knowledge: Knowledge) -> Findings:
    """Ultrasound is in the code with ultrasound if its image was kept and reported; no imaging code beside it."""
    written = [each.code for each in question.codes if each.code in rules.imaging]
    if not written and not seen.ultrasound:
        return NOTHING
    refused = tuple(
        Opinion(
            code,
            Standing.REFUSED,
            why="ultrasound guidance is included in 20604, 20606 and 20611, and bundled with 20600, 20605 and 20610",
        )
        for code in written
    )
    said = (
        "Ultrasound guidance is part of 20604, 20606 and 20611: they take a permanent image and a report; "
        "without both it is the code without ultrasound."
    )
    edit = _edit("20611", "76942", question, knowledge)
    if edit is not None:
        said += f" 76942 is bundled with 20611 (indicator {edit.modifier_indicator})."
    references = (*rules.references, *((edit.reference,) if edit else ()))
    verdict = Verdict.NO if written and question.wants_yes_or_no else None
    return Findings(
        (Finding(Topic.NCCI, Kind.PAYABLE, said, references, verdict),),
        refused,
        headlines=(said,) if written or seen.recorded is False else (),
    )


def _edit(first: str, second: str, question: Question, knowledge: Knowledge) -> PtpEdit | None:
    found = knowledge.ptp_edit(first, second, setting=question.setting or Setting.OFFICE, on=question.as_of)
    return found if isinstance(found, PtpEdit) else None


_DIFFERENT = re.compile(
    r"\b(?:opposite|contralateral|different|separate|another|other)\s(?:\w+\s)?(?:joints?|"
    r"knees?|shoulders?|hips?|sides?)\b",
    re.IGNORECASE,
)


def two_ways(found: Sequence[Joint], question: Question, rules: JointRules) -> bool:
    """Whether two joints were injected, one with and one without ultrasound."""
    written = {each.code for each in question.codes if FAMILY.fullmatch(each.code)}
    both = any(rules.plain(each) for each in written) and any(not rules.plain(each) for each in written)
    return both and (len(found) > 1 or _DIFFERENT.search(question.text) is not None)


def pair(question: Question, rules: JointRules, knowledge: Knowledge) -> Findings:
    """Two codes of the family without any joint told: they go together for different joints only."""
    written = list(dict.fromkeys(each.code for each in question.codes if FAMILY.fullmatch(each.code)))
    if len(written) != 2:  # noqa: PLR2004 - a pair
        return NOTHING
    edit = _edit(written[0], written[1], question, knowledge)
    indicator = f" (indicator {edit.modifier_indicator})" if edit else ""
    said = (
        f"{written[0]} with {written[1]}{indicator}: only for different joints, the later line with 59 or XS; "
        f"for one joint only the code with ultrasound."
    )
    references = (edit.reference,) if edit else rules.references
    lower = edit.column_two if edit else next((each for each in written if rules.plain(each)), written[1])
    told = _DIFFERENT.search(question.text) is not None or two_ways(joints(question.text), question, rules)
    opinion = Opinion(
        lower,
        Standing.STANDS if told else Standing.CONDITIONAL,
        units=1,
        when="" if told else "it was a different joint than the other line's",
        modifiers=("59", "XS"),
    )
    other = Opinion(next(each for each in written if each != lower), Standing.STANDS, units=1)
    verdict = (Verdict.YES if told else Verdict.DEPENDS) if question.wants_yes_or_no else None
    finding = Finding(Topic.NCCI, Kind.PAYABLE, said, references, verdict)
    asks = () if told else ("Which joint, and which side, was each line for?",)
    return Findings((finding,), (opinion, other), asks=asks, headlines=(said,))
