"""Which of two diagnoses: symptoms, cancer or its history, depression, long-term drugs, injuries, external causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.diagnosis_words import (
    asks_seventh,
    cancer,
    depression_not_specified,
    external_cause,
    hormone_drug,
    injury,
    long_term_drugs,
    skin_tumor,
)
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.question import Question

_INTEGRAL = "diagnosis.symptoms.integral"
_HISTORY, _LONG_TERM = "diagnosis.cancer.history", "diagnosis.long_term_drugs.by_kind"
_DEPRESSION = "diagnosis.depression.not_specified"
_INJURY, _NEVER_FIRST = "diagnosis.seventh_character.injury", "diagnosis.sequence.never_first"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The diagnosis that the facts choose; nothing where none of these choices is asked."""
    telling = Telling(question, knowledge)
    _symptoms(telling)
    _cancer(telling)
    _depression(telling)
    _drugs(telling)
    _injury(telling)
    _skin(telling)
    return telling.found()


def _symptoms(telling: Telling) -> None:
    """Symptom codes beside a disease to which they routinely belong."""
    diseases = cast("Mapping[str, Sequence[str]]", telling.table(_INTEGRAL))
    written = [each.code for each in telling.question.diagnoses]
    for symptom in (code for code in written if code[:3] in diseases):
        disease = next((each for each in written if each.startswith(tuple(diseases[symptom[:3]]))), None)
        if disease:
            telling.correct(
                f"{symptom} is not coded beside {disease}: a symptom that routinely belongs to (is integral to) the "
                "disease is left out.",
                _INTEGRAL,
            )


def _cancer(telling: Telling) -> None:
    """Current, or history: treatment that is still directed at it decides."""
    told = cancer(telling.question.text)
    if told is None:
        return
    drug = hormone_drug(telling.question.text)
    if drug:
        code = str(telling.table(_LONG_TERM).get(drug, ""))
        telling.head(
            f"If the drug is given to treat the cancer (adjuvant treatment), the cancer is current: {told.current}; "
            f"if only to prevent it after treatment is complete, it is history: {told.history}. {code} ({drug}) is "
            f"added "
            "either way.",
            _HISTORY,
            _LONG_TERM,
        )
        telling.ask("Does the note call the drug treatment of the cancer, or prevention after treatment was completed?")
    elif told.treated is False:
        telling.head(
            f"{told.history}, history of it: removed, no treatment and no evidence of disease; {told.current} only as "
            "long as treatment is directed at it.",
            _HISTORY,
        )
    elif told.treated:
        telling.head(
            f"{told.current}: the cancer is current as long as treatment is directed at it, also after its removal; "
            f"{told.history} once treatment is over and nothing is left.",
            _HISTORY,
        )


def _depression(telling: Telling) -> None:
    if not depression_not_specified(telling.question):
        return
    code = telling.value(_DEPRESSION)
    if code == "F32.A":
        telling.head(
            "F32.A: depression without further words (NOS), since October 1, 2021. F32.9 is a single episode of major "
            "depressive disorder, and needs those words in the record.",
            _DEPRESSION,
        )
    elif code:
        telling.head(f"{code}: depression without further words (F32.A begins on October 1, 2021).", _DEPRESSION)


def _drugs(telling: Telling) -> None:
    codes = telling.table(_LONG_TERM)
    named = [(each, str(codes[each])) for each in long_term_drugs(telling.question.text) if each in codes]
    if named:
        listed = both([f"{code} ({kind})" for kind, code in named])
        telling.head(f"Long-term (current) use: {listed}.", _LONG_TERM)


def _injury(telling: Telling) -> None:
    """A or D of injuries other than fractures, and the place of the external cause."""
    text = telling.question.text
    if injury(text) and asks_seventh(text):
        telling.head(
            "D once active treatment is over and the injury heals (rechecks, sling, brace or cast care); A as long as "
            "it is actively treated, at any visit and by any provider. The treatment decides, not whether it is the "
            "first visit.",
            _INJURY,
        )
    if external_cause(telling.question):
        telling.head(
            "An external cause code (V00 to Y99) never stands first: the injury does. It is voluntary unless the "
            "state or payer asks for it, and carries the same seventh character as the injury (A, D or S).",
            _NEVER_FIRST,
        )


def _skin(telling: Telling) -> None:
    """The category of a skin tumor by kind and site; side and last characters follow the record."""
    told = skin_tumor(telling.question.text)
    if told is None or telling.question.diagnoses:
        return
    kind, place = told
    pattern = str(telling.table("diagnosis.skin_tumors.categories").get(kind, ""))
    figure = telling.table("diagnosis.skin_tumors.sites").get(place)
    if pattern and figure is not None:
        telling.head(
            f"{kind.capitalize()}, {place}: diagnosis {pattern.replace('*', str(figure))}, with the side where the "
            f"code has one, "
            "by the pathology report.",
            "diagnosis.skin_tumors.categories",
            "diagnosis.skin_tumors.sites",
        )
