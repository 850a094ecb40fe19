"""76, 77 and 91: the same service again on one day, by whom and why; and the unit limit that holds with them."""

from __future__ import annotations

import re

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.reading.repeats import Repeats, repeats
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question, Topic

_LAB = "laboratory.repeat.modifier"
_GROUP = "modifiers.groups.repeat_service"
_TIMES = re.compile(
    (
        r"\b(?P<word>twice|two|three|four|2|3|4|5|six|five)\b(?=\s(?:times|potassium|troponin|of|units|"
        r"x)|\stimes)|\btwice\b"
    ),
    re.IGNORECASE,
)
_WORDS = {"twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_CLOCK = re.compile(r"\bat\s(?P<list>\d{1,2}(?::\d\d)?(?:,?\s(?:and\s)?\d{1,2}(?::\d\d)?){1,5})", re.IGNORECASE)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The modifier of the further lines; nothing where nothing was repeated on one day."""
    told = repeats(question)
    if told is None:
        return NOTHING
    telling = Telling(question, knowledge, Topic.MODIFIERS)
    codes = [code for code in proposed(question) if not telling.ended(code)]
    if told.laboratory:
        _laboratory(codes or list(told.named), told, telling)
    elif question.codes or told.modifiers:
        _procedures(codes, told, telling)
    return telling.found()


def count(question: Question) -> int | None:
    """How often it was done, by a number of times, units or clock times; None where none is written."""
    if clock := _CLOCK.search(question.text):
        return len(re.findall(r"\d{1,2}(?::\d\d)?", clock["list"]))
    found = _TIMES.search(question.text)
    if not found:
        return None
    word = (found["word"] or found.group()).lower()
    return _WORDS.get(word) or int(word)


def _laboratory(codes: list[str], told: Repeats, telling: Telling) -> None:
    code = codes[0] if codes else None
    line = (
        f"{code} once, then {code}-91 for each further one" if code else "the test once, then 91 on each further line"
    )
    if told.rerun:
        telling.correct(
            "91 is not for a rerun that confirms a result or mends a problem with the tube, "
            "specimen or equipment: report the test "
            "once. 91 is only for a needed new result on the same day.",
            _LAB,
        )
        for each in codes[:1]:
            telling.stands(each, units=1)
        return
    telling.head(
        f"{line}: the same laboratory test the same day, repeated on order to have a new result "
        f"(value). Not for reruns that "
        "confirm a value or for a failed specimen.",
        _LAB,
    )
    telling.say("76 and 77 are not for laboratory tests; 59 is for another specimen or site.", _LAB)
    if code:
        _limit(code, told, telling)
    if not told.new_result:
        telling.ask("Why was it repeated, and at what times: to have a new result, or to confirm the first?")


def _limit(code: str, told: Repeats, telling: Telling) -> None:
    setting = telling.question.setting or Setting.OFFICE
    mue = telling.knowledge.mue(code, setting=setting, on=telling.question.as_of)
    times = count(telling.question)
    if mue is None:
        return
    table = "hospital outpatient" if setting is Setting.OUTPATIENT_HOSPITAL else "practitioner"
    over = times is not None and times > mue.units
    statement = f"The {table} MUE of {code} is {mue.units} (MAI {mue.mai}) a day"
    if times:
        statement += (
            f"; {times} {'are over it, so every unit denies until the record is shown' if over else 'are within it'}"
        )
        statement += "."
    else:
        statement += "."
    if (
        times
        and not over
        and re.search(r"\bover the mue\b|\bexceed|\btoo many\b|\blimit\b", telling.question.text, re.IGNORECASE)
    ):
        telling.head(statement, mue.reference, verdict=Verdict.NO)
    else:
        telling.say(statement, mue.reference)
    if times and not over and told.new_result:
        telling.stands(code, units=times, modifiers=("91",))


def _procedures(codes: list[str], told: Repeats, telling: Telling) -> None:
    if told.same_physician is None:
        telling.head(
            "76 where the same physician did or read it again, "
            "77 where another did; the first line "
            "stands without either, and the record must say why it was repeated and when.",
            _GROUP,
        )
        for code in codes:
            telling.branch(code, "the same physician repeated it, for a need in the record", ("76",))
            telling.branch(code, "another physician repeated it, for a need in the record", ("77",))
        telling.ask(
            "Who did or read the second one: the same physician or another?",
            "Why was it repeated, and at what times?",
        )
        return
    modifier = "76" if told.same_physician else "77"
    who = "the same physician" if told.same_physician else "another physician"
    telling.head(f"{modifier} on the second line: repeated by {who} on the same day; the record must say why.", _GROUP)
    telling.say(
        (
            "76 and 77 stop a duplicate denial only; they pass no NCCI pair and no unit limit, and "
            "never go on visits or laboratory tests."
        ),
        _GROUP,
    )
    for code in codes:
        telling.only_if(code, "the record shows the need for the repeat and both times", (modifier,))
