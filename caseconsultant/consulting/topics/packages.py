"""A drug by its NDC: the code that reports the package, and its units. Source: Medicare's NDC-HCPCS crosswalk (ASP)."""

from __future__ import annotations

import re

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.published import DrugPackage
from caseconsultant.domain.question import Question, Topic

_HYPHENED = re.compile(r"(?<![\w-])(\d{4,5})-(\d{3,4})-(\d{1,2})(?![\w-])")
_ELEVEN = re.compile(r"\bNDC\b\D{0,20}?(\d{11})(?!\d)", re.IGNORECASE)
_SHAPES = frozenset({(4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2)})
"""Digits of labeler, product and package: the FDA's three forms of ten, and the billing form of eleven."""
_THOUSANDTHS = 1000
_DRUG = frozenset("JQ")
_MOST = 4


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Each package's code and units; a drug's code written beside the only one is held against it."""
    packages = [
        package
        for ndc in ndcs(question.written or question.text)[:_MOST]
        if (package := knowledge.crosswalks.package(ndc, on=question.as_of))
    ]
    return joined(_told(package, question, alone=len(packages) == 1) for package in packages) if packages else NOTHING


def ndcs(text: str) -> list[str]:
    """The NDCs of a text as eleven digits, 5-4-2, in their order and each once."""
    found = [
        (match.start(), "-".join((match[1].zfill(5), match[2].zfill(4), match[3].zfill(2))))
        for match in _HYPHENED.finditer(text)
        if tuple(map(len, match.groups())) in _SHAPES
    ]
    found += [(match.start(1), f"{match[1][:5]}-{match[1][5:9]}-{match[1][9:]}") for match in _ELEVEN.finditer(text)]
    return list(dict.fromkeys(ndc for _, ndc in sorted(found)))


def _told(package: DrugPackage, question: Question, *, alone: bool) -> Findings:
    written = [each.code for each in question.codes if each.code[0] in _DRUG]
    statement = _statement(package)
    wrong = alone and bool(written) and package.code not in written
    verdict = (Verdict.NO if wrong else Verdict.YES) if alone and written else None
    finding = Finding(Topic.CROSSWALKS, Kind.CODABLE, statement, (package.reference,), verdict)
    return Findings(
        findings=(finding,),
        opinions=(
            Opinion(package.code, Standing.STANDS),
            *(Opinion(code, Standing.REFUSED, why=f"the package is {package.code}'s") for code in written if wrong),
        ),
        corrections=(statement,) if wrong else (),
        headlines=() if wrong else (statement,),
    )


def _statement(package: DrugPackage) -> str:
    digits = package.ndc
    billed = f"{digits[:5]}-{digits[5:9]}-{digits[9:]}" if digits.isdigit() else digits
    told = f"NDC {billed} ({package.drug}) is reported with {package.code}, {package.dosage} a unit"
    if package.units_per_package is None:
        return f"{told}."
    units = package.units_per_package / _THOUSANDTHS
    return f"{told}; one package is {units:g} unit{'' if units == 1 else 's'}."
