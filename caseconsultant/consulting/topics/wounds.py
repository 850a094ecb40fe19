"""Wounds that were closed: lengths of one class and one site group are added, glue and strips stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.lengths import centimetres
from caseconsultant.consulting.reading.skin_words import unsutured
from caseconsultant.consulting.reading.wounds import Wound, wounds
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import closing, glue
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import PtpEdit

_WOUND = re.compile(
    r"\blac(?:s|eration\w*)?\b|\blacs?\b|\bcuts?\b|\bwounds?\b|\brepair(?:s|ed)?\b|\bsutur\w+|\bstitch\w*|"
    r"\bderma-?bond|\bsteri-?\s?strip\w*|"
    r"\b(?:simple|intermediate|complex|layered)\s\d{1,2}(?:\.\d{1,2})?\s?cm\b|"
    r"\b(?:skin|tissue)\s(?:glue|adhesive)|\bglued?\b|\bgash\w*|\bG0168\b|\b1[23][01]\d\d\b",
    re.IGNORECASE,
)
_OTHER_REPAIR = re.compile(
    r"\bhernia\w*|\btendon repair|\brotator|\bcuff\b|\bmenisc\w+|\bligament|\bacl\b|\bperine(?:al|um)\b|"
    r"\bvagin\w+|\bnail\s?bed|\bflaps?\b|"
    r"\bgrafts?\b|\btissue transfer|\btissue rearrangement|\bulcers?\b|\bwound (?:care|vac)|\bburns?\b|"
    r"\bcorne\w+|\bmohs\b(?!.*\b(?:intermediate|layered|complex)\b)|\bvalve\b|\bfractur\w+|"
    r"\bexci[sz]\w+|\blesions?\b|\bbcc\b|\bscc\b|\bmelanoma|\bnev(?:us|i)\b|\bmole\b|\bdehisc\w+|\bdebridement\b|"
    r"\bmargins?\b|\b11[0-6]\d\d\b|\b14\d{3}\b",
    re.IGNORECASE | re.DOTALL,
)
_REPAIRS = re.compile(r"12[0-5]\d\d|131\d\d|G0168")
_ASK_CLASS = "How was each wound closed: one layer (simple), layered (intermediate), or complex?"
_ASK_SITE = "Where on the body is each wound?"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The repair codes of the wounds that a question measures; nothing where it closes none."""
    if not _WOUND.search(question.text) or _OTHER_REPAIR.search(question.text):
        return NOTHING
    found = wounds(question.text)
    alone = unsutured(question.text)
    if alone:
        return glue.alone(alone, found, question, knowledge)
    if not found:
        return glue.with_sutures(question, knowledge)
    told = _repairs(found, question, knowledge)
    return joined((told, _refused(told, found, question))) if told.findings else NOTHING


def _repairs(found: Sequence[Wound], question: Question, knowledge: Knowledge) -> Findings:
    if any(each.closure is None for each in found):
        return _open(found, question, knowledge)
    sums = tuple(closing.sums(found, question, knowledge))
    if any(each.group is None for each in sums):
        return _sites_open(sums, question, knowledge)
    lines = [line for each in sums for line in _line(each, question, knowledge)]
    return joined((*lines, _order(sums, lines, question, knowledge)))


def _line(each: closing.Sum, question: Question, knowledge: Knowledge) -> Iterator[Findings]:
    found = closing.repair(each.closure, each.length, each.group, question, knowledge)
    if found is None:
        return
    if not found.codes:
        said = "A complex repair of 1.0 cm or less is coded as a simple or intermediate one."
        yield Findings((Finding(Topic.GUIDELINES, Kind.CODABLE, said, found.references),), headlines=(said,))
        return
    lines = " and ".join(f"{code} x{units}" for code, units in found.codes.items())
    said = f"{_named(each)}: {lines}."
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, found.references, arithmetic=_added(each))
    opinions = tuple(Opinion(code, Standing.STANDS, units=units) for code, units in found.codes.items())
    yield Findings((finding,), opinions, headlines=(said,))


def _named(each: closing.Sum) -> str:
    places = ", ".join(dict.fromkeys(wound.site or "" for wound in each.wounds))
    return f"{each.closure.value.capitalize()} repair of {places}, {_added(each)}"


def _added(each: closing.Sum) -> str:
    parts = " + ".join(centimetres(wound.length) for wound in each.wounds)
    return f"{parts} = {centimetres(each.length)} cm" if len(each.wounds) > 1 else f"{parts} cm"


def _order(
    sums: Sequence[closing.Sum], lines: Sequence[Findings], question: Question, knowledge: Knowledge
) -> Findings:
    """Several lines: what is added and what is not, the order, and 59 on the later ones."""
    rule = parameter_of(knowledge, question, "repair.sum.rule")
    order = parameter_of(knowledge, question, "repair.sum.order")
    if rule is None or order is None or sum(len(each.wounds) for each in sums) == 1:
        return NOTHING
    told = (
        "Lengths of one class and one site group are added and give one code, one unit; across classes or "
        "site groups they are never added."
    )
    added = Finding(Topic.GUIDELINES, Kind.CODABLE, told, rule.references)
    codes = [opinion.code for each in lines for opinion in each.opinions]
    if len(sums) == 1:
        return Findings((added,), headlines=(told,))
    first, later = codes[0], [each for each in codes[1:] if each[:2] == "12" or each[4] not in "23"]
    paired = [code for code in later if _apart(first, code, question, knowledge)]
    alike = len({each.closure for each in sums}) == 1
    said = (
        f"{first} and {' and '.join(later)}: one line each, the higher valued first"
        if alike
        else f"{first} stands first as the more complex, then {' and '.join(later)}"
    )
    said += (
        f"; {' and '.join(paired)} with 59 (or XS) for another wound."
        if paired
        else "; Medicare ranks them itself and pairs them in no edit."
    )
    placed = Finding(Topic.MODIFIERS, Kind.PAYABLE, said, order.references)
    opinions = tuple(Opinion(code, Standing.STANDS, units=1, modifiers=("59", "XS")) for code in paired)
    return Findings((added, placed), opinions, headlines=(told, said))


def _apart(first: str, code: str, question: Question, knowledge: Knowledge) -> bool:
    """Whether the later line takes a modifier: by the edit for Medicare, always for payers that follow CPT."""
    if question.payer is not Payer.MEDICARE:
        return True
    edit = knowledge.ptp_edit(first, code, setting=question.setting or Setting.OFFICE, on=question.as_of)
    return isinstance(edit, PtpEdit) and edit.modifier_indicator == 1


# --- What is open ----------------------------------------------------------------------------------------------------


def _open(found: Sequence[Wound], question: Question, knowledge: Knowledge) -> Findings:
    """The class is not told: the code of each class, as far as the site tells."""
    rule = parameter_of(knowledge, question, "repair.classes.meaning")
    if rule is None:
        return NOTHING
    opinions: list[Opinion] = []
    said: list[str] = []
    for closure in closing.CLASSES[:2]:
        branch = [each if each.closure else Wound(each.length, each.site, closure) for each in found]
        for each in closing.sums(branch, question, knowledge):
            repair = closing.repair(each.closure, each.length, each.group, question, knowledge)
            for code in repair.codes if repair else ():
                opinions.append(
                    Opinion(code, Standing.CONDITIONAL, units=1, when=f"the repair was {each.closure.value}")
                )
                said.append(f"{code} if {each.closure.value} ({_added(each)})")
    asks = (_ASK_CLASS,) if all(each.site for each in found) else (_ASK_CLASS, _ASK_SITE)
    told = (
        f"The class of repair decides: {'; '.join(dict.fromkeys(said))}."
        if said
        else "The class of repair and the site decide the code."
    )
    finding = Finding(
        Topic.GUIDELINES,
        Kind.CODABLE,
        "Sutures alone do not tell the class: one layer is simple, a deeper layer closed apart from the skin is "
        "intermediate.",
        rule.references,
    )
    return Findings((finding,), tuple(dict.fromkeys(opinions)), asks=asks, headlines=(told,))


def _sites_open(sums: Sequence[closing.Sum], question: Question, knowledge: Knowledge) -> Findings:
    """The site is not told: the code of each site group."""
    rule = parameter_of(knowledge, question, "repair.sum.rule")
    each = next(one for one in sums if one.group is None)
    if rule is None:
        return NOTHING
    opinions = [
        Opinion(code, Standing.CONDITIONAL, units=1, when=f"the site is of the group {closing.written(group)}")
        for group in closing.groups(each.closure, question, knowledge)
        if (repair := closing.repair(each.closure, each.length, group, question, knowledge))
        for code in repair.codes
    ]
    lines = "; ".join(f"{opinion.code} if {opinion.when}" for opinion in opinions)
    said = f"{each.closure.value.capitalize()} repair of {_added(each)}, the site decides: {lines}."
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references),),
        tuple(opinions),
        asks=(_ASK_SITE,),
        headlines=(said,),
    )


# --- What the sender wrote -------------------------------------------------------------------------------------------


def _refused(told: Findings, found: Sequence[Wound], question: Question) -> Findings:
    written = {
        each.code: each.units or 1 for each in question.codes if _REPAIRS.fullmatch(each.code) and not each.absent
    }
    stands = {each.code: each.units or 1 for each in told.opinions if each.standing is Standing.STANDS}
    if not written or not stands:
        return NOTHING
    why = f"class, site group and {'summed ' if len(found) > 1 else ''}length make it {closing.said(stands)}"
    refused = tuple(Opinion(each, Standing.REFUSED, why=why) for each in written if each not in stands)
    over = tuple(
        f"{code} x{units}: wounds of one class and site group are added to one code, {code} x{stands[code]}."
        for code, units in written.items()
        if code in stands and units > stands[code]
    )
    agreed = () if refused or over or set(written) != set(stands) else (_agreed(told, written),)
    return Findings(agreed if question.wants_yes_or_no else (), refused, corrections=over)


def _agreed(told: Findings, written: Mapping[str, int]) -> Finding:
    first = told.findings[0]
    return Finding(
        Topic.GUIDELINES,
        Kind.CODABLE,
        f"{closing.said(written)}: class, site and length fit.",
        first.references,
        Verdict.YES,
    )
