"""Joint and bursa injections: the code by size and ultrasound, one for each joint, both sides, imaging included."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.joints import Imaging, Joint, imaging, joints
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import joint_imaging
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Intent, Question, Topic

_INJECTED = re.compile(
    r"\binject\w*|\binjs?\b|\baspirat\w*|\barthrocentesis|\bdrain\w*|\btapped\b|\bsteroid shots?\b|\bcortisone\b|"
    r"\b2060[0456]\b|\b2061[01]\b|\bshots?\b",
    re.IGNORECASE,
)
_OF_JOINTS = re.compile(
    r"\b(?:2060[0456]|2061[01])\b|\bjoints?\b|\bburs\w+|\bsteroid|\bcortisone|"
    r"\barthrocentesis|\bkenalog|\bdepo|\bsynvisc|\bgel\b|\bhyal\w+|\b(?:knee|shoulder|hip|"
    r"elbow|ankle|wrist)s?\b",
    re.IGNORECASE,
)
_NO_JOINT = re.compile(
    r"\btrigger point|\b(?-i:IM)\b|\bintramuscular|\bdeltoid\b|\btendon sheath|\bplantar fascia|\bfacet|"
    r"\bepidural|\bspine\b|\bsacroiliac|\bsi joint|\bnerve block|\bganglion|\bcarpal tunnel|\bbotox|\barthroscop\w+|"
    r"\breplacement\b|\barthroplasty|\bvaccin\w+|\bflu shot|\b(?:rotator|fracture|cast)\b|\bx-?rays?\b|"
    r"\b2055[0-3]\b|\b206[89]\d\b|\b27\d{3}\b|\b29\d{3}\b|\b64\d{3}\b|\b963\d\d\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The lines of joints that were injected; nothing where none was."""
    text = question.text
    coded = any(joint_imaging.FAMILY.fullmatch(each.code) for each in question.codes)
    if not _INJECTED.search(text) or not (coded or _OF_JOINTS.search(text)) or _NO_JOINT.search(text):
        return NOTHING
    rules = _rules(question, knowledge)
    found = joints(text)
    plain = question.payer or question.setting or re.search(r"\d", text) or any(each.side for each in found)
    enough = coded or plain or Intent.WHICH_CODE in question.intents
    if rules is None or not (found or coded) or not enough:
        return NOTHING
    seen = imaging(text)
    if not found and any(each.code in joint_imaging.ANESTHETIC for each in question.codes):
        return joint_imaging.anesthetic(question, rules)
    if not found or joint_imaging.two_ways(found, question, rules):
        return joined(
            (joint_imaging.pair(question, rules, knowledge), joint_imaging.guided(seen, question, rules, knowledge))
        )
    told = joined((_lines(found, seen, question, rules), joint_imaging.anesthetic(question, rules)))
    return joined((told, joint_imaging.guided(seen, question, rules, knowledge), _corrected(told, question, rules)))


def _rules(question: Question, knowledge: Knowledge) -> joint_imaging.JointRules | None:
    found = [
        parameter_of(knowledge, question, f"joints.injection.{name}") for name in ("codes", "sizes", "included_imaging")
    ]
    codes, sizes, images = found
    if codes is None or sizes is None or images is None:
        return None
    return joint_imaging.JointRules(
        cast("Mapping[str, Mapping[str, str]]", codes.value),
        cast("Mapping[str, Sequence[str]]", sizes.value),
        cast("Sequence[str]", images.value),
        (*codes.references[:1], *images.references[:1]),
    )


# --- Lines -----------------------------------------------------------------------------------------------------------


def _lines(found: Sequence[Joint], seen: Imaging, question: Question, rules: joint_imaging.JointRules) -> Findings:
    """One unit for each joint and side; a joint with its bursa is one."""
    once = tuple(dict.fromkeys((each.joint, each.side) for each in found))
    by_code: dict[str, list[tuple[str, str | None]]] = {}
    for joint, side in once:
        size = rules.size(Joint(joint, joint, side))
        if size is None:
            return NOTHING
        guided = seen.ultrasound and seen.recorded is not False
        by_code.setdefault(rules.codes[size]["ultrasound" if guided else "plain"], []).append((joint, side))
    return joined(
        _line(code, places, seen, len(found) > len(once), question, rules) for code, places in by_code.items()
    )


def _line(
    code: str,
    places: Sequence[tuple[str, str | None]],
    seen: Imaging,
    with_bursa: bool,  # noqa: FBT001
    question: Question,
    rules: joint_imaging.JointRules,
) -> Findings:
    both = len(places) > 1 and len({joint for joint, _ in places}) == 1
    units, modifiers, how = _reported(code, places, both, question)
    said = f"{' and '.join(dict.fromkeys(_named(each) for each in places))}: {how}."
    if with_bursa:
        said += " The joint with its bursa on one side is one unit, injected or drained."
    open_image = seen.ultrasound and seen.recorded is None and not _coded(question, {code})
    asks = ("Were the ultrasound image and a report of it kept?",) if open_image else ()
    standing = Opinion(code, Standing.STANDS, units=units, modifiers=modifiers)
    opinions = (standing,)
    if open_image:
        opinions = (
            Opinion(
                code,
                Standing.CONDITIONAL,
                units=units,
                when="a permanent image and a report of the guidance are on file",
                modifiers=modifiers,
            ),
        )
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, said, rules.references),), opinions, asks=asks, headlines=(said,)
    )


def _reported(
    code: str,
    places: Sequence[tuple[str, str | None]],
    both: bool,  # noqa: FBT001
    question: Question,
) -> tuple[int, tuple[str, ...], str]:
    """Units, modifiers and the words for them, by setting and payer."""
    if both and _in_asc(question):
        how = f"two lines of {code}, one unit each, RT on one and LT on the other; a surgery center does not use 50"
        return 1, ("RT", "LT"), how
    if both and question.payer in {Payer.COMMERCIAL, Payer.MEDICAID}:
        return 1, ("50",), f"{code} x1 with 50, or two lines with RT and LT where the plan wants them"
    if both:
        how = f"both sides are one line, {code} x1 with 50 (bilateral indicator 1, paid at 150 percent), not two units"
        return 1, ("50",), how
    side = places[0][1]
    if len(places) > 1:
        how = f"{code} x{len(places)}, one line for each joint, the later with 59 or XS for another joint"
        return len(places), ("59", "XS"), how
    mark = {"right": ("RT",), "left": ("LT",)}.get(side or "", ())
    return 1, mark, f"{code} x1{f' with {mark[0]}' if mark else ''}, one unit for the joint"


_ASC_CLAIM = re.compile(
    r"\b(?:asc|surgery center)(?:'s)?\s(?:facility\s)?(?:claims?|bills?|billing|"
    r"side)\b",
    re.IGNORECASE,
)


def _in_asc(question: Question) -> bool:
    return question.setting is Setting.ASC or _ASC_CLAIM.search(question.text) is not None


def _named(place: tuple[str, str | None]) -> str:
    joint, side = place
    return f"{side.capitalize()} {joint}" if side else joint.capitalize()


def _coded(question: Question, codes: set[str]) -> bool:
    return any(each.code in codes for each in question.codes)


def _corrected(told: Findings, question: Question, rules: joint_imaging.JointRules) -> Findings:
    """Codes and units the sender wrote that the joints do not earn."""
    right = {each.code: each.units or 1 for each in told.opinions if each.standing is not Standing.REFUSED}
    if not right:
        return NOTHING
    written = {
        each.code: each.units or 1
        for each in question.codes
        if joint_imaging.FAMILY.fullmatch(each.code) and not each.absent
    }
    lines = " and ".join(f"{code} x{each}" for code, each in right.items())
    refused = tuple(
        Opinion(code, Standing.REFUSED, why=f"the joints, their size and the imaging told make it {lines}")
        for code in written
        if code not in right and code not in question.alternatives
    )
    over = tuple(
        f"{code} x{each} is wrong: {lines}, one unit for each joint."
        for code, each in written.items()
        if code in right and each > right[code]
    )
    if not over and list(right.values()) == [1] and _TWO_UNITS.search(question.text):
        over = (f"Not two units: {lines}, one unit for the joint, drained and injected at one sitting.",)
    wrong_mark = _fifty_in_asc(question)
    fits = (
        written
        and not refused
        and not over
        and not wrong_mark
        and set(written) == set(right)
        and question.wants_yes_or_no
    )
    yes = Finding(
        Topic.GUIDELINES, Kind.CODABLE, f"{lines}: joints, size and sides fit.", rules.references, Verdict.YES
    )
    return Findings((yes,) if fits else (), refused, corrections=(*over, *wrong_mark))


_TWO_UNITS = re.compile(
    r"\b(?:2|two) (?:units?|lines|codes)\b[^.!]{0,20}\?|\btwice\b[^.!]{0,20}\?|\bsecond unit\b[^.!]{0,12}\?",
    re.IGNORECASE,
)


def _fifty_in_asc(question: Question) -> tuple[str, ...]:
    if not _in_asc(question) or not re.search(r"\b50\b", question.text):
        return ()
    return ("A surgery center's claim to Medicare does not use 50: two lines, RT and LT.",)
