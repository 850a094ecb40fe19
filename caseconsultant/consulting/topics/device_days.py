"""Remote monitoring by the days with data: the device code of a period of 30 days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question

_MONITORING = re.compile(
    r"\b(?:rpm|rtm)\b|\bremote (?:\w+ )?monitor\w*|\b(?:99445|99454|9897[678]|9898[456])\b", re.IGNORECASE
)
_THERAPEUTIC = re.compile(
    r"\btherap\w+ (?:remote )?monitor|\bremote therap\w+|\badherence\b|\bmusculoskeletal\b|\brespiratory\b|\bcbt\b|"
    r"\bcognitive\b|"
    r"\b(?:9897[678]|9898[456])\b",
    re.IGNORECASE,
)
_PHYSIOLOGIC = re.compile(
    r"\bb/?p\b|\bblood pressure\b|\bglucose\b|\bweights?\b|\bpulse ox\w*|\boximet\w+|\bheart rate\b|\bphysiologic\b|"
    r"\b(?:99445|99454)\b|\breadings?\b",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\b(?:only |just )?(?P<days>\d{1,2}) (?:days?\b(?! (?:period|supply|global|post|after|before|ago))|"
    r"readings? days)|"
    r"\b(?P<of>\d{1,2}) of (?:the )?30\b",
    re.IGNORECASE,
)
_RULE = "care_management.remote_monitoring.device_days"
_PERIOD = 30
_OPEN = 10**6
_MINUTES, _CONTACTS = (f"care_management.remote_monitoring.{each}" for each in ("management_minutes", "live_contacts"))
_LIVE = re.compile(
    r"\b(?:a|one|an|1|two|2|live|with|by|per|had) (?:\w+ )?(?:phone |video |live )?(?:call|conversation|contact)s?\b|"
    r"\bcalled\b|\bspoke\b|\btalk(?:ed)?\b|\binteractive\b|\bon the phone\b|\bby phone\b",
    re.IGNORECASE,
)
_NOT_LIVE = re.compile(
    r"\b(?:no|without|never)\b[^.?!\n]{0,20}\b(?:call|contact|conversation|talk|spoke)\w*", re.IGNORECASE
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The code of the days with data; nothing where no days of monitoring are told of."""
    if not _MONITORING.search(question.text):
        return NOTHING
    days = [int(each["days"] or each["of"]) for each in _DAYS.finditer(question.text)]
    days = [each for each in days if each < _PERIOD]
    if len(days) != 1:
        return NOTHING
    telling = Telling(_of_year(question), knowledge)
    _told(days[0], telling)
    _managed(telling)
    return telling.found()


def _managed(telling: Telling) -> None:
    """The first code of the minutes of management told beside the days; it needs a live contact in the month."""
    minutes, text = telling.question.minutes, telling.question.text
    if minutes is None or not _PHYSIOLOGIC.search(text) or _THERAPEUTIC.search(text):
        return
    table = cast("Mapping[str, Sequence[int | None]]", telling.table(_MINUTES))
    reached = {code: each for code, each in table.items() if code.startswith("994")}
    code = next((code for code, (least, most) in reached.items() if (least or 0) <= minutes <= (most or _OPEN)), None)
    if code is None:
        return
    telling.head(
        f"{minutes} minutes of management in the month: {code}, with a live contact with the patient or caregiver.",
        _MINUTES,
        _CONTACTS,
    )
    if _LIVE.search(text) and not _NOT_LIVE.search(text):
        telling.stands(code)
    else:
        telling.only_if(code, "a live contact with the patient or caregiver took place in that month")


def _of_year(question: Question) -> Question:
    """The question as of a past year it names, where it names no day."""
    year = re.search(r"\b(20[12]\d)\b", question.text)
    if question.as_of_stated or year is None or int(year[1]) >= question.as_of.year:
        return question
    return replace(question, as_of=date(int(year[1]), 12, 31))


def _told(days: int, telling: Telling) -> None:
    table = cast("Mapping[str, Sequence[int]]", telling.table(_RULE))
    physiologic = _PHYSIOLOGIC.search(telling.question.text) and not _THERAPEUTIC.search(telling.question.text)
    family = {code: each for code, each in table.items() if code.startswith("994")} if physiologic else table
    fitting = [code for code, (least, most) in family.items() if least <= days <= most]
    ranges = "; ".join(f"{code} {least} to {most} days" for code, (least, most) in family.items())
    written = [code for code in proposed(telling.question) if code in table]
    if not fitting:
        telling.correct(
            f"{days} day{'s' if days > 1 else ''} with data in 30 earn{'' if days > 1 else 's'} no device code: "
            f"{ranges}.",
            _RULE,
        )
    elif written and not set(written) & set(fitting):
        telling.correct(f"{days} days with data in 30 are {' or '.join(fitting)}, not {written[0]}: {ranges}.", _RULE)
    else:
        verdict = Verdict.YES if telling.question.wants_yes_or_no else None
        telling.head(
            f"{days} days with data in 30: {' or '.join(fitting)}, once in the 30 days ({ranges}).",
            _RULE,
            verdict=verdict,
        )
    for code in written:
        if code not in fitting:
            telling.refuse(code, f"{days} days are not its number")
    if len(fitting) == 1:
        telling.stands(fitting[0], units=1)
