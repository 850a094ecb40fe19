"""Which diagnosis stands first: hypertension with disease, sepsis, healing fractures, screening and history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import governing_payer
from caseconsultant.consulting.reading.sequencing import Sequencing, sequencing
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Intent, Question

_SHORT = 80
"""A text of this many letters that names two conditions asks for their codes."""
_HYPERTENSION, _SEPSIS = "diagnosis.sequence.hypertension", "diagnosis.sequence.sepsis"
_FRACTURE, _AFTERCARE = "diagnosis.seventh_character.fracture", "diagnosis.seventh_character.aftercare_code_instead"
_SCREENING = "endoscopy.screening.diagnosis_order"
_CODING = re.compile(
    (
        r"\b(?:codes?|coded|coding|dx|diagnos[ei]s|icd|principal|first|sequenc\w+|claim|7th|"
        r"(?:initial|subsequent) encounter|z\d\d|"
        r"z code|aftercare|[A-TV-Z]\d\d\.\w{1,4})\b"
    ),
    re.IGNORECASE,
)

_ACTIVE = re.compile(
    r"\b(?:initial|er|ed|emergency|active treatment|surger\w+|orif|reduc\w+|first visit|acute)\b", re.IGNORECASE
)
_WHICH = re.compile(r"\b(?:which|what)\b[^.?!\n]{0,60}\?|\bor\b[^.?!\n]{0,40}\?", re.IGNORECASE)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The order of the diagnoses named; nothing where no order or choice of diagnoses is asked."""
    told = sequencing(question)
    telling = Telling(question, knowledge)
    named = told.conditions
    short = len(question.text) < _SHORT and not question.codes and len(named) > 1
    if not _CODING.search(question.text) and not short:
        return telling.found()
    if "hypertension" in named and named & {"kidney_disease", "heart_failure"}:
        _hypertension(told, telling)
    if "sepsis" in named and told.asks_first and not question.codes:
        _sepsis(told, telling)
    if {"copd", "asthma"} <= named and not question.codes:
        _copd(telling)
    if (
        "fracture" in named
        and (told.seventh or "aftercare" in named)
        and not any(each.code.startswith(("2", "99")) for each in question.codes)
    ):
        _fracture(told, telling)
    if (
        re.search(
            r"\b(?:screening|annual|routine|yearly) mammo\w*|\bmammo\w*[^.?!\n]{0,30}\b(?:asymptomatic|screening)\b",
            question.text,
            re.IGNORECASE,
        )
        and re.search(r"\b(?:history|hx|dx|diagnos\w+|code)\b", question.text, re.IGNORECASE)
        and not question.codes
    ):
        telling.head(
            (
                "Z12.31 (screening mammogram) first; a personal history of breast cancer, Z85.3, or a "
                "family history, Z80.3, second."
            ),
            "diagnosis.screening.mammogram",
        )
    if re.search(r"\bZ08\b", question.text) and re.search(r"\bZ09\b", question.text):
        telling.head(
            (
                "Z08 for follow-up after cancer treatment is complete, Z09 after treatment of anything "
                "else; each first, with the history code after it."
            ),
            "diagnosis.screening.follow_up",
        )
    if "polyps" in named and told.screening and not _of_procedure(question):
        _polyps(told, telling)
    return telling.found()


def _of_procedure(question: Question) -> bool:
    """Whether the lines of a colonoscopy are asked about, and not its diagnoses."""
    return (
        bool(question.codes)
        or re.search(r"\bsnar\w+|\bforceps\b|\bremoved today\b", question.text, re.IGNORECASE) is not None
    )


# --- Conditions ------------------------------------------------------------------------------------------------------


def _hypertension(told: Sequencing, telling: Telling) -> None:
    named = told.conditions
    kind = (
        "both"
        if {"kidney_disease", "heart_failure"} <= named
        else ("kidney_disease" if "kidney_disease" in named else "heart_failure")
    )
    orders = cast("Mapping[str, Sequence[str]]", telling.table(_HYPERTENSION))
    if kind not in orders:  # before ICD-10-CM
        return
    order = orders[kind]
    failure = told.heart_failure or "the type of heart failure, I50.-"
    stage = told.kidney_stage or "the stage, N18.-"
    codes = cast("Mapping[str, Mapping[str, str]]", telling.table(f"{_HYPERTENSION}_codes"))
    late, early = (codes.get(kind, {}).get(each, order[0]) for each in ("late", "early"))
    first = f"{late if told.late_stage else early} first"
    if not told.kidney_stage and not told.late_stage and kind != "heart_failure":
        first += f" ({late} with stage 5 or end-stage disease)"
    texts = {
        "kidney_disease": f"{first}, then {stage}",
        "heart_failure": f"{first}, then {failure}",
        "both": f"{first}, then the heart failure, {failure.removeprefix('the type of heart failure, ')}, and {stage}",
    }
    dialysis = " Z99.2 (dialysis) is added." if told.dialysis else ""
    telling.head(
        (
            f"{' before '.join(order)}: {texts[kind]}. The link is assumed unless the record says the "
            f"two are unrelated; I10 is not used.{dialysis}"
        ),
        _HYPERTENSION,
        f"{_HYPERTENSION}_codes",
    )
    if {"diabetes", "kidney_disease"} <= named:
        telling.head(
            (
                "With diabetes too: E11.22 (or the type's code) is added, since that link is assumed "
                "as well; its place beside I12 follows the visit."
            ),
            "diagnosis.sequence.hypertension",
        )
    if "kidney_disease" in named and not told.stage:
        telling.ask("Which stage is the kidney disease?")


def _sepsis(told: Sequencing, telling: Telling) -> None:
    if told.shock or told.severe:
        statement = (
            "R65.21 (septic shock) and R65.20 never stand first: the systemic infection does "
            "(A41.9 where no organism is found), then R65.2-, then each organ "
            "failure."
        )
        claims_first = re.search(
            r"R65\.2\d?\b[^.?!\n]{0,40}\b(?:principal|first|primary)\b|\b(?:principal|primary)\b[^.?!\n]{0,30}R65",
            telling.question.text,
            re.IGNORECASE,
        )
        if claims_first and not _WHICH.search(telling.question.text):
            telling.correct(statement, _SEPSIS, "diagnosis.sequence.never_first")
        else:
            telling.head(statement, _SEPSIS, "diagnosis.sequence.never_first")
        return
    if re.search(
        r"\bpost-?\s?op\w*|\bafter (?:a |an |the )?(?:procedure|surgery|operation)\b|\bT81\.4",
        telling.question.text,
        re.IGNORECASE,
    ):
        telling.head(
            "After a procedure: the site of the infection first (T81.40 to T81.43, T81.49), then "
            "T81.44 (sepsis), the organism, and R65.20 with "
            "each organ failure if severe.",
            _SEPSIS,
        )
        return
    if told.later and not told.on_admission:
        telling.head(
            "The local infection first, then the sepsis (A41.9 or by organism), since it developed after admission.",
            _SEPSIS,
        )
        return
    local = (
        ", then the pneumonia (J18.9 or by organism)"
        if "pneumonia" in told.conditions
        else f", then the local infection{_local(telling)}"
    )
    organism = next((each.code for each in telling.question.diagnoses if each.code.startswith(("A40", "A41"))), None)
    systemic = organism if organism and organism != "A41.9" else "A41.9 where no organism is found"
    telling.head(
        (f"The sepsis first: the systemic infection code ({systemic}){local}, if both were present on admission."),
        _SEPSIS,
    )


def _local(telling: Telling) -> str:
    """The code of the local infection where one is written."""
    written = [each.code for each in telling.question.diagnoses if each.code[0] in "GJKLMN"]
    return f" ({written[0]})" if len(written) == 1 else ""


def _copd(telling: Telling) -> None:
    telling.head(
        (
            "Both may be coded: J44 says code also the type of asthma, and the note at J45 is "
            "Excludes2. An exacerbation of COPD is J44.1, the asthma by type (J45.-)."
        ),
        "diagnosis.notes.meaning",
        verdict=Verdict.YES,
    )


# --- Fractures and screening -----------------------------------------------------------------------------------------


def _fracture(told: Sequencing, telling: Telling) -> None:
    if told.complicated:
        telling.head(
            (
                "Delayed healing takes G, nonunion K and malunion P as the seventh character of the "
                "fracture code (closed); no aftercare Z code."
            ),
            _FRACTURE,
            _AFTERCARE,
        )
        return
    if (
        _ACTIVE.search(telling.question.text)
        and not told.healing
        and not told.healed
        and "aftercare" not in told.conditions
    ):
        telling.head(
            "The fracture code with A (closed), B or C (open): active treatment, at any visit and by any "
            "provider, such as the "
            "emergency department's, surgery, or a new physician's evaluation and treatment. D begins once it "
            "heals as expected.",
            _FRACTURE,
            "diagnosis.seventh_character.injury",
        )
        return
    statement = (
        "The fracture code with D: routine healing after active treatment has seventh character D. "
        "An aftercare Z code (Z47) never replaces it: for injuries "
        "the injury code itself is used. A is for active treatment, whoever gives it; a cast "
        "change or check while it heals is D."
    )
    aftercare = [each.code for each in telling.question.diagnoses if each.code.startswith("Z47")]
    only_aftercare = bool(aftercare)
    if only_aftercare and not _WHICH.search(telling.question.text):
        telling.correct(statement, _FRACTURE, _AFTERCARE)
        for code in aftercare:
            telling.say(f"{code} is not used while the injury heals.", _AFTERCARE, verdict=Verdict.NO)
    else:
        telling.head(statement, _FRACTURE, _AFTERCARE)
    if re.search(
        r"\binitial\b|\bnew (?:ortho\w*|provider|doctor)\b|\bafter (?:the )?(?:ed|er)\b",
        telling.question.text,
        re.IGNORECASE,
    ):
        telling.head(
            "Active treatment is A at any visit and by any provider, so also for an orthopedist "
            "who takes over treatment after the emergency department; D begins "
            "once it heals as expected.",
            "diagnosis.seventh_character.injury",
        )
    if told.healed:
        telling.head(
            (
                "Fully healed and nothing more to treat: Z09 (follow-up examination) with Z87.81 "
                "(history of a healed fracture) instead; still healing: D."
            ),
            _AFTERCARE,
        )


def _polyps(told: Sequencing, telling: Telling) -> None:
    code = "Z86.010-" if _divided(telling) else "Z86.010"
    telling.head(
        f"Screening or surveillance without symptoms: Z12.11 (screening code) first, then the "
        f"history of polyps, {code}, then any finding. With a sign or "
        "symptom as the reason it is diagnostic, and the symptom stands first.",
        _SCREENING,
        "endoscopy.screening.not_a_screening",
    )
    if _divided(telling):
        telling.say(
            "Z86.010 was divided on 2024-10-01 and is invalid since: Z86.0100 unspecified, "
            "Z86.0101 adenomatous and serrated, Z86.0102 hyperplastic, Z86.0109 "
            "other.",
            "diagnosis.validity.dead_codes",
        )
    if governing_payer(telling.question) in {Payer.COMMERCIAL, Payer.MEDICAID, Payer.MEDICARE_ADVANTAGE}:
        telling.say(
            "Some plans want the history first for surveillance: the payer's (plan's) written policy decides there.",
            _SCREENING,
        )
    if (
        not told.symptoms
        and not re.search(r"\bsurveillance\b", telling.question.text, re.IGNORECASE)
        and Intent.VALIDITY not in telling.question.intents
    ):
        telling.ask("Was there a symptom or sign that led to the colonoscopy, or was it a screening?")


def _divided(telling: Telling) -> bool:
    found = telling.knowledge.validity("Z86.010", on=telling.question.as_of)
    return found.valid is False if found.valid is not None else telling.question.as_of.isoformat() >= "2024-10-01"
