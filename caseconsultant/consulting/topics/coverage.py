"""Coverage: NCD before LCD, which contractor's, of the day of the service; a listed diagnosis is not enough."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.policies import Policies, policies
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.answer import Kind, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_ORDER = "coverage.rules.order"
_LISTED = "coverage.rules.listed_diagnosis"
_DOS = re.compile(r"\bdos\b|\bdate of service\b|\bin 20[012]\d\b", re.IGNORECASE)
_DOCUMENTS = "coverage_documents.documents.by_subject"
_EQUIPMENT = re.compile(r"^[EKL]\d{4}$|^A[4-9]\d{3}$")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Whose policy, of which day, and what it takes beside a listed diagnosis; nothing where coverage is not asked."""
    told = policies(question)
    if told is None or question.payer in {Payer.COMMERCIAL, Payer.MEDICAID}:
        return NOTHING
    telling = Telling(question, knowledge, Topic.COVERAGE)
    if told.advantage or question.payer is Payer.MEDICARE_ADVANTAGE:
        _advantage(told, telling)
    elif told.listed and told.thought_enough:
        _not_enough(telling)
    elif told.of_another_day and (question.as_of_stated or _DOS.search(question.text)):
        _of_the_day(telling)
    if told.advantage:
        return telling.found()
    contractor = _contractor(told, telling)
    _numbered(contractor, telling)
    named = _documents(contractor, told, telling)
    if question.codes or told.subject or told.state or told.contractor:
        _order(telling, named=named)
    _national(telling)
    if (
        telling.silent
        and re.search(r"\bncds?\b", question.text, re.IGNORECASE)
        and re.search(r"\blcds?\b", question.text, re.IGNORECASE)
    ):
        telling.head(
            "The national determination (NCD) controls: it binds every contractor. An LCD applies "
            "where no NCD speaks or adds detail to it, in that "
            "contractor's states only.",
            _ORDER,
        )
    if not contractor and (question.codes or told.subject):
        telling.ask("Which state (Medicare contractor) is it?")
    return telling.found()


def _advantage(told: Policies, telling: Telling) -> None:
    contractor = _name_of(told, telling)
    whose = f" {contractor} is the contractor there." if contractor else ""
    telling.head(
        "A Medicare Advantage plan must follow the national (NCD) determinations and the LCDs "
        "(local ones) of the area; only where neither is complete "
        f"may it use criteria of its own, published.{whose}",
        "coverage.rules.advantage_plans",
        verdict=Verdict.YES if told.whether_bound else None,
    )


def _not_enough(telling: Telling) -> None:
    telling.correct(
        "A diagnosis on the covered list is necessary, not sufficient: the other criteria of the "
        "LCD, the frequency limits and a note that shows medical "
        "necessity must be met too.",
        _LISTED,
        _ORDER,
    )


def _of_the_day(telling: Telling) -> None:
    on = f"({telling.question.as_of})" if telling.question.as_of_stated else "on the claim"
    statement = (
        f"The LCD and article in force on the date of service {on} decide, "
        f"not today's: argue with the version of that day, "
        "found under the database's archived versions."
    )
    asks_today = re.search(r"\btoday\b|\bnow\b|\bcurrent\b|\bnewest\b", telling.question.text, re.IGNORECASE)
    if asks_today:
        telling.correct(statement, "coverage.rules.version")
    else:
        telling.head(statement, "coverage.rules.version")


def _name_of(told: Policies, telling: Telling) -> str | None:
    """The contractor named, else that of the state; equipment has contractors of its own."""
    if told.contractor:
        return told.contractor
    if not told.state:
        return None
    kind = _kind(telling)
    jurisdiction = telling.table(f"coverage.contractor.{kind}jurisdiction_by_state").get(told.state)
    found = telling.table(f"coverage.contractor.{kind}by_jurisdiction").get(str(jurisdiction))
    return str(found) if found else None


def _kind(telling: Telling) -> str:
    """Which table of contractors: equipment has one of its own."""
    equipment = any(_EQUIPMENT.match(each.code) for each in telling.question.codes)
    return "dme_" if equipment or re.search(r"\bdme\b", telling.question.text, re.IGNORECASE) else ""


def _numbered(contractor: str | None, telling: Telling) -> None:
    """A determination or article named by number: whose it is."""
    for number in dict.fromkeys(re.findall(r"\b(?:L\d{5}|A5\d{4})\b", telling.question.text)):
        document = telling.knowledge.coverage.document(number, on=telling.question.as_of)
        if document is None:
            continue
        owner = re.split(r"\s?[,(\n]", document.contractor)[0]
        statement = f"{number} ({document.title}) is of {owner}"
        known = contractor or ""
        if known and not owner.lower().startswith(known.split()[0].lower()):
            telling.correct(f"{statement}, not of {known}, and does not apply there.", document.reference)
        else:
            telling.head(f"{statement}.", document.reference)


def _contractor(told: Policies, telling: Telling) -> str | None:
    contractor = _name_of(told, telling)
    if contractor and told.state:
        jurisdiction = telling.table(f"coverage.contractor.{_kind(telling)}jurisdiction_by_state").get(told.state)
        telling.head(
            f"{told.state}: the Medicare contractor is {contractor} (jurisdiction {jurisdiction}).",
            "coverage.contractor.jurisdiction_by_state",
            "coverage.contractor.by_jurisdiction",
        )
    elif contractor:
        telling.say(f"The Medicare contractor named is {contractor}.", "coverage.contractor.by_jurisdiction")
    return contractor


def _documents(contractor: str | None, told: Policies, telling: Telling) -> bool:
    """The determination and article by number; where the contractor has none in the index, that is said."""
    codes = {each.code for each in telling.question.codes}
    table = cast("Mapping[str, Mapping[str, Sequence[str]]]", telling.table(_DOCUMENTS))
    found = [row for name, row in table.items() if codes & set(row["codes"]) or (not codes and name == told.subject)]
    named = f" on {both(sorted(codes & set(found[0]['codes'])))}" if found and codes & set(found[0]["codes"]) else ""
    for row in found[:1]:
        if contractor and row.get(contractor):
            telling.head(
                f"{contractor}'s policy{named} is the LCD with its billing and coding article: "
                f"{both(list(row[contractor]))} (index of August 2025; open the version of "
                "the date of service).",
                _DOCUMENTS,
                verdict=Verdict.YES
                if re.search(
                    r"\b(?:is there|have|has|does)\b[^.?!\n]{0,40}\b(?:an?|any) (?:lcd|policy)\b",
                    telling.question.text,
                    re.IGNORECASE,
                )
                else None,
            )
            return True
        if contractor:
            telling.head(
                (
                    f"The index of August 2025 holds no LCD of {contractor} on this; without one, "
                    f"medical necessity is judged from the record (§1862(a)(1)(A))."
                ),
                _DOCUMENTS,
                _ORDER,
            )
            return True
        listed = "; ".join(f"{name}: {', '.join(row[name])}" for name in row if name != "codes")
        telling.say(f"LCDs (L) and articles (A) by contractor, index of August 2025: {listed}.", _DOCUMENTS)
        return True
    return False


def _order(telling: Telling, *, named: bool) -> None:
    if telling.silent and not named:
        return
    telling.say(
        "A national determination (NCD) binds first, then the contractor's LCD with its article, "
        "which lists the diagnoses. A diagnosis on the list is "
        "necessary and not sufficient; the other criteria and the record must be met.",
        _ORDER,
        _LISTED,
        "coverage.rules.codes_stand_in",
        kind=Kind.COVERED,
    )
    for each in telling.question.diagnoses[:2]:
        telling.say(
            (
                f"{each.code}: look it up in that article's list for the date of service; our lists are "
                f"partial, so absence there proves nothing."
            ),
            _LISTED,
            kind=Kind.COVERED,
        )


def _national(telling: Telling) -> None:
    table = telling.table("laboratory.national_coverage.by_code")
    for code in dict.fromkeys(each.code for each in telling.question.codes):
        if code in table:
            telling.head(
                (
                    f"{code} falls under {table[code]}, a national determination with its own list of "
                    f"diagnoses; no LCD may be narrower."
                ),
                "laboratory.national_coverage.by_code",
            )
