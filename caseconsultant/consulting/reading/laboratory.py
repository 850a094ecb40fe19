"""Laboratory tests as told: dipsticks and kits, panels, drug tests; what certificate the laboratory has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import proposed, told_text, written_modifiers
from caseconsultant.domain.question import Question

_WAIVED = re.compile(
    r"\bqw\b|\bwaived\b|\bcertificate of waiver\b|\bwaiver (?:certificate|lab)\b|\bclia\b|\bwaived[- ]test modifier\b",
    re.IGNORECASE,
)
_CERTIFICATE = re.compile(
    (
        r"\b(?:certificate of waiver|with (?:a )?(?:clia )?waiver|clia waiver|waived (?:office|"
        r"clinic)|waiver (?:certificate|lab)|clia[- ]waived lab|waived lab|"
        r"we (?:have|hold) (?:a )?(?:clia )?(?:certificate|waiver)|cow\b)"
    ),
    re.IGNORECASE,
)
_OTHER_CERTIFICATE = re.compile(
    r"\bcertificate of (?:compliance|accreditation)\b|\bppmp?\b|\bmoderate complexity\b|\bhigh complexity\b",
    re.IGNORECASE,
)
_TESTS = (
    (
        "81002",
        (
            r"\b(?:urine )?dip-?sticks?\b(?=[^.?!]*\b(?:by eye|visual\w*|manual\w*|no machine|"
            r"non-?automated|without (?:a )?machine)\b)|\b(?:manual|visual|non-?automated) (?:urine )"
            r"?(?:dip\w*|ua|urinalysis)\b"
        ),
    ),
    (
        "81003",
        (
            r"\b(?:automated|machine|analyzer|clinitek)[^.?!\n]{0,20}\b(?:dip\w*|ua|urinalysis)\b|"
            r"\b(?:dip\w*|ua|urinalysis)[^.?!\n]{0,30}\b(?:on a|with a|by) (?:machine|analyzer|reader)\b"
        ),
    ),
    ("87880", r"\brapid strep\b|\bstrep (?:a )?(?:test|kit|screen)\b"),
    ("82962", r"\bfinger-?stick (?:glucose|sugar)\b|\bglucometer\b|\bglucose meter\b"),
    ("81025", r"\burine pregnancy\b|\bupt\b"),
)
_PANELS = (
    ("80053", r"\bcmp\b|\bcomprehensive metabolic\b|\b80053\b"),
    ("80048", r"\bbmp\b|\bbasic metabolic\b|\b80048\b"),
    ("80076", r"\b(?:hepatic function panel|lfts?|liver panel)\b|\b80076\b"),
    ("80061", r"\blipid panel\b|\blipids?\b|\b80061\b"),
    ("80069", r"\brenal (?:function )?panel\b|\b80069\b"),
    ("80051", r"\belectrolyte panel\b|\blytes\b|\b80051\b"),
    ("80050", r"\bgeneral health panel\b|\b80050\b"),
    ("80074", r"\b(?:acute )?hepatitis panel\b|\b80074\b"),
)
_TSH, _COUNT = re.compile(r"\btsh\b|\b84443\b", re.IGNORECASE), re.compile(r"\bcbc\b|\b8502[57]\b", re.IGNORECASE)
_DRUG = re.compile(
    (
        r"\b(?:urine )?drug (?:screen\w*|test\w*|cup|panel)s?\b|\buds\b|\btox(?:icology)? screen\b|"
        r"\b8030[567]\b|\bG048[0-3]\b|\bG0659\b|\bpresumptive\b|\bdefinitive\b"
    ),
    re.IGNORECASE,
)
_CLASSES = re.compile(r"\b(?P<count>\d{1,2})[\s-](?:drug )?(?:class(?:es)?|drugs?|panel)\b", re.IGNORECASE)
_CONFIRMED = re.compile(
    r"\bdefinitive\b|\bconfirm\w+\b|\blc-?ms\w*\b|\bgc-?ms\b|\bmass spec\w*\b|\bG048[0-3]\b", re.IGNORECASE
)
_CUP = re.compile(
    (
        r"\bcups?\b|\bdip ?cards?\b|\bcassettes?\b|\bstrips?\b|\bread by eye\b|\bvisual\w*\b|\b80305\b|"
        r"\bpoint of care\b|\bpoc\b"
    ),
    re.IGNORECASE,
)
_READER = re.compile(r"\breader\b|\b80306\b|\binstrument[- ]assisted\b", re.IGNORECASE)
_ANALYZER = re.compile(r"\banaly[sz]er\b|\bimmunoassay\b|\b80307\b|\bchemistry\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Laboratory:
    """What the words tell."""

    waived_asked: bool
    waiver: bool | None
    """Whether the laboratory has a certificate of waiver; None where nothing is said."""
    tests: tuple[str, ...]
    panels: tuple[str, ...]
    thyroid: bool
    blood_count: bool
    drug_test: bool
    classes: int | None
    definitive: bool
    cup: bool
    reader: bool
    analyzer: bool
    codes: tuple[str, ...]
    modifiers: frozenset[str]


def laboratory(question: Question) -> Laboratory | None:
    """The tests, None where no question of waiver, panel or drug test is told."""
    text = told_text(question)
    codes = tuple(code for code in proposed(question) if re.fullmatch(r"8[0-9]{4}|G048[0-3]|G0659|G047[789]", code))
    panels = tuple(code for code, pattern in _PANELS if re.search(pattern, text, re.IGNORECASE))
    waived = _WAIVED.search(text) is not None
    drug = _DRUG.search(text) is not None
    if not (
        waived
        or drug
        or len(panels) > 1
        or (panels and (len(codes) > 1 or (_TSH.search(text) and _COUNT.search(text))))
    ):
        return None
    tests = codes or tuple(code for code, pattern in _TESTS if re.search(pattern, text, re.IGNORECASE))
    certificate = True if _CERTIFICATE.search(text) else (False if _OTHER_CERTIFICATE.search(text) else None)
    classes = _CLASSES.search(text)
    return Laboratory(
        waived,
        certificate,
        tests,
        panels,
        _TSH.search(text) is not None,
        _COUNT.search(text) is not None,
        drug,
        int(classes["count"]) if classes else None,
        _CONFIRMED.search(text) is not None,
        _CUP.search(text) is not None,
        _READER.search(text) is not None,
        _ANALYZER.search(text) is not None,
        codes,
        written_modifiers(question),
    )
