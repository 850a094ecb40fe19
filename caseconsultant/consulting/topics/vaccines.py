"""Vaccines given: administration by component and counseling or by route, products, state stock; Medicare apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from caseconsultant.consulting.calculators.immunization import by_components, by_route
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.vaccines import Vaccine, age, certain, counseled, vaccines
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import medicare_vaccines
from caseconsultant.consulting.topics.vaccine_claims import ADMINISTRATION, corrected, lines
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Parameter

_PRODUCT = re.compile(r"90(?:38[0-2]|47[67]|5[89]\d|6\d\d|7[0-5]\d)|913\d\d")
_GIVEN = re.compile(
    r"\bvaccin\w*|\bimmuni[sz]\w*|\bshots?\b|\bboosters?\b|\b(?:9046[01]|9047[1-4]|90480|G00(?:08|09|10))\b|"
    r"\b90[67]\d\d\b|\badmin\w*|\bgave\b|\bgiven\b|\bgot\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\bvfc\b|\bvaccines for children\b|\bstate[\s-](?:supplied|stock|provided|vaccine)\w*|"
    r"\bfree (?:state )?(?:vaccine|stock)",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:titer|test|swab|antigen test|pcr|refus\w+|declin\w+|not given|without giving)\b", re.IGNORECASE
)
_LONG_AGO = re.compile(
    r"\b(?:shots?|vaccin\w+|immuni[sz]\w+|boosters?)\b[^.?!\n]{0,40}?\b(?:(?:\d+|a|an|one|two|three|few|couple)\s?(?:years?|yrs?|months?|mos?|"
    r"weeks?|wks?)\s?(?:ago|back|earlier|before)|last (?:year|month|fall|winter|spring|summer|season))\b",
    re.IGNORECASE,
)
"""A shot of the past is told for another reason."""
_ORAL = {"90660", "90680", "90681", "90672"}
_COVID = re.compile(r"913\d\d")
_ANTIBODY = {"90380", "90381", "90382"}
_MEDICARE_AGE = 65
_MEDICARES_OWN = re.compile(r"G00(?:08|09|10)")
_OTHERS = re.compile(r"904[67]\d")
_ASK = "How old is the patient, and did a physician or other qualified clinician counsel face to face that day?"
_ASK_AGE = "How old is the patient (90460 goes through age 18)?"
_ASK_COUNSEL = "Did a physician or other qualified clinician counsel face to face that day?"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The lines of vaccines that were given; nothing where none was."""
    found = _read(question)
    if not found:
        return _unnamed(question, knowledge)
    if _is_medicare(question):
        return medicare_vaccines.findings(question, found, knowledge=knowledge)
    told = joined((_products(found, question, knowledge), *_given(found, question, knowledge)))
    return joined((told, corrected(told, found, question))) if told.findings else NOTHING


def spoken_of(question: Question) -> bool:
    """Whether the question is about vaccines that were given."""
    return bool(_read(question))


def _read(question: Question) -> tuple[Vaccine, ...]:
    written = [each.code for each in question.codes if not each.absent and _PRODUCT.fullmatch(each.code)]
    found = vaccines(question.text, [code for code in written if not ADMINISTRATION.fullmatch(code)])
    if not written and _LONG_AGO.search(question.text):
        return ()
    given = _GIVEN.search(question.text) is not None or certain(found)
    return found if given and not _OTHER_SUBJECT.search(question.text) else ()


def _unnamed(question: Question, knowledge: Knowledge) -> Findings:
    """Administration codes without any vaccine named: one first code a day, 90460 only with age and counseling."""
    written = {
        each.code: each.units or 1 for each in question.codes if ADMINISTRATION.fullmatch(each.code) and not each.absent
    }
    plain = parameter_of(knowledge, question, "immunization.administration.without_counseling")
    counseling = parameter_of(knowledge, question, "immunization.administration.with_counseling")
    if plain is None or counseling is None:
        return NOTHING
    for route in cast("Mapping[str, Mapping[str, str]]", plain.value).values():
        number = written.get(route["first"], 0)
        if number > 1:
            right = {route["first"]: 1, route["further"]: number - 1}
            said = f"{route['first']} is once a day; each further vaccine is {route['further']}: {lines(right)}."
            told = _one(said, right, plain)
            return joined((told, Findings(corrections=(said,))))
    years = age(question.text)
    if "90460" in written and (counseled(question.text) is False or (years is not None and years >= _GROWN)):
        said = (
            "90460 needs a patient through age 18 and counseling by the physician or another qualified "
            "clinician, not by a nurse; else it is 90471 and 90472."
        )
        finding = Finding(
            Topic.GUIDELINES,
            Kind.CODABLE,
            said,
            counseling.references,
            Verdict.NO if question.wants_yes_or_no else None,
        )
        return Findings((finding,), headlines=(said,))
    return NOTHING


_GROWN = 19


def _is_medicare(question: Question) -> bool:
    """As told; an open payer is Medicare where its own codes alone are written, or the patient is of its age."""
    if question.payer in {Payer.MEDICARE, Payer.MEDICARE_ADVANTAGE}:
        return True
    written = [each.code for each in question.codes if not each.absent]
    own = any(_MEDICARES_OWN.fullmatch(code) for code in written) and not any(map(_OTHERS.fullmatch, written))
    return question.payer is None and (own or (age(question.text) or 0) >= _MEDICARE_AGE)


def _products(found: Sequence[Vaccine], question: Question, knowledge: Knowledge) -> Findings:
    """The products' own lines; of the state's stock with SL and without a charge."""
    codes = tuple(each.code for each in found if each.code)
    if not _STATE.search(question.text):
        return Findings(opinions=tuple(Opinion(code, Standing.STANDS, units=1) for code in codes))
    record = knowledge.code("90460", on=question.as_of)
    said = (
        "State (VFC) stock: the vaccine's line carries SL and no charge; the administration is billed by the "
        "state's own rules, many of "
        "which pay one fee a vaccine and nothing for 90461."
    )
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, said, record.references if record else ())
    opinions = tuple(Opinion(code, Standing.STANDS, units=1, modifiers=("SL",)) for code in codes)
    return Findings((finding,), opinions, headlines=(said,))


# --- Giving ----------------------------------------------------------------------------------------------------------


def _given(found: Sequence[Vaccine], question: Question, knowledge: Knowledge) -> Iterator[Findings]:
    covid = [each for each in found if _COVID.fullmatch(each.like)]
    antibodies = [each for each in found if each.like in _ANTIBODY]
    others = [each for each in found if each not in covid and each not in antibodies]
    if covid:
        yield _covid(len(covid), question, knowledge)
    if antibodies:
        yield _antibody(question, knowledge)
    if others:
        yield _others(others, question, knowledge)


def _covid(number: int, question: Question, knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, "immunization.administration.covid")
    if rule is None:
        return NOTHING
    code = cast("Mapping[str, str]", rule.value)["first"]
    said = f"A COVID-19 vaccine is given with {code} x{number}, whatever the age and with or without counseling."
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references),),
        (Opinion(code, Standing.STANDS, units=number),),
        headlines=(said,),
    )


def _antibody(question: Question, knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, "immunization.administration.rsv_antibody")
    if rule is None:
        return NOTHING
    codes = cast("Mapping[str, str]", rule.value)
    told = counseled(question.text)
    said = (
        f"An RSV antibody is no vaccine: {codes['with_counseling']} with the clinician's counseling, "
        f"{codes['without_counseling']} without."
    )
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references)
    if told is None:
        opinions = (
            Opinion(codes["with_counseling"], Standing.CONDITIONAL, units=1, when="the clinician counseled that day"),
            Opinion(
                codes["without_counseling"], Standing.CONDITIONAL, units=1, when="nobody qualified counseled that day"
            ),
        )
        return Findings((finding,), opinions, asks=(_ASK_COUNSEL,), headlines=(said,))
    right = codes["with_counseling" if told else "without_counseling"]
    return Findings((finding,), (Opinion(right, Standing.STANDS, units=1),), headlines=(said,))


def _others(found: Sequence[Vaccine], question: Question, knowledge: Knowledge) -> Findings:
    """With counseling through 18 years by component, else by route; both where age or counseling is open."""
    last = parameter_of(knowledge, question, "immunization.administration.counseling_last_age")
    counseling = parameter_of(knowledge, question, "immunization.administration.with_counseling")
    plain = parameter_of(knowledge, question, "immunization.administration.without_counseling")
    if plain is None or last is None or counseling is None:
        return NOTHING
    years, told = age(question.text), counseled(question.text)
    if years is None and _STATE.search(question.text):
        years = 0.0  # the program is for children
    limit = int(str(last.value))
    grown = years is not None and years >= limit + 1
    routed = _by_route(found, plain)
    if grown or told is False:
        why = f"from {limit + 1} years of age" if grown else "without the clinician's counseling that day"
        said = (
            f"{why.capitalize()} giving is {lines(routed)} (first of the day, then each further one by "
            f"route); 90460 needs age through {limit} and counseling."
        )
        return _one(said, routed, plain)
    components = _components(found, question, knowledge)
    if components is None:
        return NOTHING
    counted = by_components(components, cast("Mapping[str, str]", counseling.value))
    arithmetic = (
        " + ".join(f"{each.name} {number}" for each, number in zip(found, components, strict=True))
        + f" = {sum(components)} components"
    )
    if told and years is not None:
        said = (
            f"Counseled, through {limit} years: {lines(counted)} ({arithmetic}; one 90460 a vaccine, 90461 "
            f"for each further component)."
        )
        return _one(said, counted, counseling, arithmetic)
    return _open(counted, routed, limit, years, told, counseling)


def _by_route(found: Sequence[Vaccine], plain: Parameter) -> dict[str, int]:
    oral = sum(1 for each in found if each.like in _ORAL)
    return by_route(len(found) - oral, oral, cast("Mapping[str, Mapping[str, str]]", plain.value))


def _components(found: Sequence[Vaccine], question: Question, knowledge: Knowledge) -> list[int] | None:
    rule = parameter_of(knowledge, question, "immunization.components.count")
    if rule is None:
        return None
    counts = cast("Mapping[str, int]", rule.value)
    numbers = [counts.get(each.like) for each in found]
    return None if None in numbers else cast("list[int]", numbers)


def _one(said: str, units: Mapping[str, int], rule: Parameter, arithmetic: str | None = None) -> Findings:
    opinions = tuple(Opinion(code, Standing.STANDS, units=each) for code, each in units.items())
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references, arithmetic=arithmetic),),
        opinions,
        headlines=(said,),
    )


def _open(
    counted: Mapping[str, int],
    routed: Mapping[str, int],
    limit: int,
    years: float | None,
    told: bool | None,  # noqa: FBT001
    rule: Parameter,
) -> Findings:
    said = (
        f"Through age {limit} with the clinician's face-to-face counseling: {lines(counted)}. Older, or without "
        f"that counseling: {lines(routed)}. "
        "Never both ranges for one date."
    )
    opinions = (
        *(
            Opinion(
                code,
                Standing.CONDITIONAL,
                units=each,
                when=f"the patient is {limit} or younger and a qualified clinician counseled",
            )
            for code, each in counted.items()
        ),
        *(
            Opinion(
                code,
                Standing.CONDITIONAL,
                units=each,
                when=f"the patient is over {limit} or nobody qualified counseled",
            )
            for code, each in routed.items()
        ),
    )
    ask = _ASK if years is None and told is None else _ASK_AGE if years is None else _ASK_COUNSEL
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references),), opinions, asks=(ask,), headlines=(said,)
    )
