"""A text becomes a Question: what is not a code is set aside first, then codes, times, context and intent are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import codes as code_reading
from caseconsultant.consulting.reading import context, drugs, durations, intent, modifiers, services
from caseconsultant.consulting.reading.alternatives import alternatives
from caseconsultant.consulting.reading.choices import chooses_modifier
from caseconsultant.consulting.reading.claim_rows import claim_rows
from caseconsultant.consulting.reading.coding_words import coding_words
from caseconsultant.consulting.reading.dates import date_of_service, dates
from caseconsultant.consulting.reading.diagnoses import Surroundings, diagnoses, is_diagnosis
from caseconsultant.consulting.reading.held import Held, held
from caseconsultant.consulting.reading.numbers import not_codes
from caseconsultant.consulting.reading.operations import operations
from caseconsultant.consulting.reading.polarity import asks_for_a_refusal
from caseconsultant.consulting.reading.ranges import at_least
from caseconsultant.consulting.reading.remittance import Denial, denials
from caseconsultant.consulting.reading.run_in import run_in
from caseconsultant.consulting.reading.surgery import surgical_course
from caseconsultant.consulting.reading.text import Sentences, blank, sentences, with_ages
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.codes import CodeMention, Payer, Setting
from caseconsultant.domain.question import Question


def read_question(
    text: str, *, knowledge: Knowledge, as_of: date, payer: Payer | None = None, setting: Setting | None = None
) -> Question:
    """The question in a text. `payer` and `setting`, where given, overrule the words.

    `as_of` (the day of receipt) holds unless the text states a date of service. Never raises on any text.
    """
    written, text = text, at_least(with_ages(text))
    service_date = date_of_service(text, as_of=as_of)
    on = service_date.day if service_date else as_of
    within = sentences(text)
    holds = held(knowledge, on)
    mentions, plain = _codes(text, within, holds)
    denied = denials(text)
    untimed = blank(plain, [each.span for each in dates(plain, as_of=as_of)])
    times = durations.durations(untimed, within=within, codes=mentions)
    named = services.services(plain, within=within, durations=times)
    given = drugs.drugs(text, drugs.plain_names(knowledge, on))
    named = run_in(named, text=text, drugs=given, durations=times, by_vein=drugs.by_vein(knowledge, on))
    choice = alternatives(text, codes=mentions)
    asked = intent.intents(text, codes=mentions)
    read = Question(
        text=text,
        written=written,
        as_of=on,
        as_of_stated=service_date is not None,
        payer=payer or context.payer(text),
        setting=setting or _of_lines(mentions, context.setting(text, place_setting=_place_setting(knowledge, on))),
        minutes=durations.governing(times),
        durations=times,
        codes=mentions,
        diagnoses=diagnoses(plain, around=_around(plain, within, holds, mentions, denied)),
        modifiers=tuple(each.modifier for each in modifiers.apart(blank(plain, [each.span for each in denied]))),
        topics=intent.topics(asked, codes=mentions, timed=bool(times)),
        intents=asked,
        services=named,
        circumstances=services.circumstances(plain),
        alternatives=choice,
        wants_yes_or_no=not (
            choice or services.asks_to_choose(plain) or intent.asks_which_modifier(text) or chooses_modifier(text)
        )
        and intent.asks_yes_or_no(text),
        asks_for_a_refusal=asks_for_a_refusal(text),
        drugs=given,
        milligrams=drugs.milligrams(text),
        apart=durations.apart(text),
        surgery=surgical_course(
            text, codes=mentions, visits=frozenset(each.code for each in mentions if is_visit(each.code))
        ),
    )
    return replace(read, circumstances=drugs.told(read), alternatives=choice or drugs.either_family(read, knowledge))


def _of_lines(mentions: tuple[CodeMention, ...], told: Setting | None) -> Setting | None:
    """What the lines tell of the claim: a professional part is a practitioner's, equipment alone a supplier's."""
    professional = any("26" in each.modifiers for each in mentions)
    if professional and told is Setting.OUTPATIENT_HOSPITAL:
        return Setting.FACILITY_PROFESSIONAL
    if told is not None:
        return told
    alone = mentions and all(re.fullmatch(r"[EKL]\d{4}|A[4-9]\d{3}", each.code) for each in mentions)
    return Setting.DME if alone else None


def _codes(text: str, within: Sentences, holds: Held) -> tuple[tuple[CodeMention, ...], str]:
    """The codes, and the text with them, what belongs to them and all other numbers blanked out."""
    known = holds.procedure
    told = claim_rows(text)
    readable = blank(text, [*not_codes(text, known=known), *told.aside])
    found, lines = code_reading.procedure_codes(readable, within=within, known=known, rows=told.by_start)
    kept = [
        (mention, line)
        for mention, line in zip(found, lines, strict=True)
        if not is_diagnosis(readable, mention.span, within=within, held=holds)
    ]
    inpatient = operations(readable, within=within, held=holds)
    spans = [*(line for _, line in kept), *(each.span for each in inpatient)]
    mentions = (*code_reading.merged(tuple(mention for mention, _ in kept), readable), *inpatient)
    return tuple(sorted(mentions, key=lambda each: each.span.start)), blank(readable, spans)


def _around(
    text: str, within: Sentences, holds: Held, mentions: tuple[CodeMention, ...], denied: tuple[Denial, ...]
) -> Surroundings:
    """What speaks for a token without a dot being a diagnosis."""
    spoken = coding_words(text)

    def coding(position: int) -> bool:
        return bool(mentions) or spoken.near(position, within)

    return Surroundings(within, holds, coding, frozenset(each.span.start for each in denied if each.remark))


def _place_setting(knowledge: Knowledge, on: date) -> Callable[[str], str | None]:
    def of(code: str) -> str | None:
        place = knowledge.place_of_service(code, on=on)
        return place.setting if place else None

    return of
