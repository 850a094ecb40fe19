"""Skin biopsies: one primary code by the highest technique, an add-on for every other lesion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from caseconsultant.consulting.branches import settings_of
from caseconsultant.consulting.calculators.skin import Technique, biopsy_units, techniques
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import biopsies
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Branch, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Parameter, PtpEdit

_BESIDE = re.compile(
    r"\bexci[sz]\w+|\bdestr\w+|\bcryo\w*|\bfr(?:eez|oz)\w+|\bliquid nitrogen|\bln2\b|\bremov(?:al|ed)\b|"
    r"\b(?:11[346]\d\d|1105[5-7]|1120[01]|17[0-3]\d\d)\b|\bmohs\b",
    re.IGNORECASE,
)
_REMOVED = re.compile(r"\bexci[sz](?:ion|ed)\b|\bexc\b", re.IGNORECASE)
_SAME = re.compile(
    r"\bsame (?:lesion|spot|site|mole|area)\b|\bthe lesion was then\b|\bthat (?:same )?lesion\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:different|separate|other|another|second)\s(?:\w+\s)?(?:lesion|site|spot|mole|area|location)s?\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"1110[0-7]")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The biopsy codes of what was sampled; nothing where no skin biopsy is told of."""
    rule = parameter_of(knowledge, question, "lesions.biopsy.hierarchy")
    if rule is None or not biopsies.of_skin(question.text):
        return NOTHING
    ranked = techniques(rule.value)
    counted, still_open = biopsies.counts(question.text)
    counted = _with_units(counted, still_open, ranked, question) or _of_codes(ranked, question)
    if counted and _BESIDE.search(question.text) and _SAME.search(question.text) and not _OTHER.search(question.text):
        return _included(question, knowledge)
    coded = bool(counted) and not biopsies.counts(question.text)[0] and not still_open
    if coded and not _OTHER.search(question.text) and len(_primaries(ranked, question)) > 1:
        return _both_primaries(biopsy_units(counted, ranked), rule, question, knowledge)
    told = _told(counted, ranked, rule, question) if counted else _untold(ranked, rule, question)
    if not told.findings:
        return NOTHING
    return joined(
        (
            told,
            _limits(question, told, knowledge),
            _hospital(question, told, knowledge),
            _closed(question, knowledge),
            _beside(question, knowledge),
        )
    )


def _with_units(
    counted: Mapping[str, int], still_open: Sequence[str], ranked: Sequence[Technique], question: Question
) -> Mapping[str, int]:
    """A technique whose number is open is as many as its primary code was billed, or two of an add-on's units more."""
    billed = {each.code: each.units or 1 for each in question.codes}
    own = {each.name: each for each in ranked}
    more = {name: billed.get(own[name].primary, 0) + billed.get(own[name].add_on, 0) for name in still_open}
    return {**counted, **{name: number for name, number in more.items() if number}}


def _of_codes(ranked: Sequence[Technique], question: Question) -> Mapping[str, int]:
    """Numbers by technique as the codes tell them, where several lesions were coded and no technique is named."""
    billed = {each.code: each.units or 1 for each in question.codes}
    numbers = {
        each.name: number for each in ranked if (number := billed.get(each.primary, 0) + billed.get(each.add_on, 0))
    }
    primaries = [each.primary for each in ranked if billed.get(each.primary)]
    several = len(primaries) > 1 or any(billed[each] > 1 for each in primaries)
    return numbers if several and not question.alternatives else {}


def _primaries(ranked: Sequence[Technique], question: Question) -> list[str]:
    written = {each.code for each in question.codes}
    return [each.primary for each in ranked if each.primary in written]


def _both_primaries(units: Mapping[str, int], rule: Parameter, question: Question, knowledge: Knowledge) -> Findings:
    """Two primary codes without a word on the lesions: one stands, the other is an add-on if it was another lesion."""
    first, *others = units
    second = next(each.code for each in question.codes if _OURS.fullmatch(each.code) and each.code not in units)
    edit = knowledge.ptp_edit(first, second, setting=question.setting or Setting.OFFICE, on=question.as_of)
    indicator = f" (indicator {edit.modifier_indicator})" if isinstance(edit, PtpEdit) else ""
    added = " and ".join(others)
    said = (
        f"{first} is the one primary code; {second} never stands beside it{indicator}. Another lesion is the "
        f"add-on {added}, without 59."
    )
    references = (*((edit.reference,) if isinstance(edit, PtpEdit) else ()), *rule.references)
    opinions = (
        Opinion(first, Standing.STANDS, units=1),
        *(
            Opinion(each, Standing.CONDITIONAL, units=units[each], when="it was another lesion than the first")
            for each in others
        ),
        Opinion(
            second, Standing.REFUSED, why=f"only one primary biopsy code stands on a date; another lesion is {added}"
        ),
    )
    verdict = Verdict.NO if question.wants_yes_or_no else None
    finding = Finding(Topic.NCCI, Kind.PAYABLE, said, references, verdict)
    return Findings((finding,), opinions, asks=("Was the second biopsy of another lesion?",), headlines=(said,))


def _included(question: Question, knowledge: Knowledge) -> Findings:
    """The biopsied lesion is the one removed: no biopsy code, unless its result decided on the removal."""
    rule = parameter_of(knowledge, question, "lesions.biopsy.included_in_removal")
    if rule is None:
        return NOTHING
    said = (
        "A biopsy of the same lesion that is removed or destroyed at that encounter is included: bill the "
        "removal alone."
    )
    refused = tuple(
        Opinion(each.code, Standing.REFUSED, why="the same lesion was removed")
        for each in question.codes
        if _OURS.fullmatch(each.code)
    )
    verdict = Verdict.NO if question.wants_yes_or_no else None
    return Findings((Finding(Topic.NCCI, Kind.PAYABLE, said, rule.references, verdict),), refused, headlines=(said,))


def _told(counted: Mapping[str, int], ranked: Sequence[Technique], rule: Parameter, question: Question) -> Findings:
    units = biopsy_units(counted, ranked)
    what = ", ".join(f"{counted[each.name]} {each.name}" for each in ranked if counted.get(each.name))
    lines = " and ".join(f"{code} x{each}" for code, each in units.items())
    primary = next(iter(units))
    said = (
        f"{what.capitalize()}: {lines}. {primary} is the one primary code, by the highest technique (incisional "
        f"over punch over "
        "tangential); each further lesion is the add-on of its own technique, without 59 or 51."
    )
    opinions = tuple(Opinion(code, Standing.STANDS, units=each) for code, each in units.items())
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references)
    return joined((Findings((finding,), opinions, headlines=(said,)), _wrong(units, question, rule.references)))


def _wrong(units: Mapping[str, int], question: Question, references: tuple[Reference, ...]) -> Findings:
    """Codes and units the sender wrote that the techniques do not earn; a yes where all are earned."""
    written = {each.code: each.units or 1 for each in question.codes if _OURS.fullmatch(each.code) and not each.absent}
    right = " and ".join(f"{code} x{each}" for code, each in units.items())
    refused = tuple(
        Opinion(code, Standing.REFUSED, why=f"it takes {right}")
        for code in written
        if code not in units and code > "11101"
    )
    over = tuple(
        f"{code} x{each} is wrong: {right}." for code, each in written.items() if code in units and each > units[code]
    )
    fits = written and not refused and not over and set(written) == set(units) and question.wants_yes_or_no
    yes = Finding(
        Topic.GUIDELINES, Kind.CODABLE, f"{right}: the techniques and their number fit.", references, Verdict.YES
    )
    return Findings((yes,) if fits else (), refused, corrections=over)


def _untold(ranked: Sequence[Technique], rule: Parameter, question: Question) -> Findings:
    """The technique is open: each primary on its condition."""
    number = biopsies.total(question.text)
    if number is None or any(_OURS.fullmatch(each.code) for each in question.codes):
        return NOTHING
    branches = "; ".join(
        f"{each.name}: {each.primary} x1" + (f" and {each.add_on} x{number - 1}" if number > 1 else "")
        for each in ranked
    )
    said = f"The technique decides the code of {number} biopsies: {branches}. Each further lesion is an add-on."
    opinions = [
        opinion
        for each in ranked
        for opinion in (
            Opinion(each.primary, Standing.CONDITIONAL, units=1, when=f"the highest technique was {each.name}"),
            *(
                [Opinion(each.add_on, Standing.CONDITIONAL, units=number - 1, when=f"all were {each.name}")]
                if number > 1
                else []
            ),
        )
    ]
    asks = ("By which technique was each taken: tangential (shave), punch or incisional?",)
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references),), tuple(opinions), asks=asks, headlines=(said,)
    )


def _limits(question: Question, told: Findings, knowledge: Knowledge) -> Findings:
    """The MUE of a primary of which several were billed."""
    written = {each.code: each.units or 1 for each in question.codes}
    primaries = [each.code for each in told.opinions if written.get(each.code, 1) > 1]
    found = []
    for code in dict.fromkeys(primaries):
        for setting in settings_of(question)[:1]:
            mue = knowledge.mue(code, setting=setting, on=question.as_of)
            if mue and written[code] > mue.units:
                said = (
                    f"The MUE of {code} is {mue.units} a day, MAI {mue.mai}: an appeal does not raise it. Send a "
                    f"corrected claim with "
                    "the add-on code for the further lesions."
                )
                found.append(Findings((Finding(Topic.NCCI, Kind.PAYABLE, said, (mue.reference,)),), headlines=(said,)))
    return joined(found)


def _hospital(question: Question, told: Findings, knowledge: Knowledge) -> Findings:
    """What OPPS does with an add-on: packaged, status N."""
    if question.setting is not Setting.OUTPATIENT_HOSPITAL:
        return NOTHING
    found = []
    for code in dict.fromkeys(each.code for each in told.opinions):
        amount = knowledge.schedules.opps(code, on=question.as_of)
        if amount is not None and amount.status == "N":
            said = (
                f"OPPS pays nothing extra for {code}: status N, packaged into the primary procedure. Report "
                f"it all the same."
            )
            verdict = Verdict.NO if question.wants_yes_or_no and code in _asked_codes(question) else None
            finding = Finding(
                Topic.FEES,
                Kind.PAYABLE,
                said,
                (amount.reference,),
                verdict,
                branch=Branch(Payer.MEDICARE, Setting.OUTPATIENT_HOSPITAL),
            )
            found.append(Findings((finding,), headlines=(said,)))
    return joined(found)


_SIMPLE_REPAIR = re.compile(r"120(?:0[1-7]|1[1-8])|G0168")


def _closed(question: Question, knowledge: Knowledge) -> Findings:
    """The closure of the place that was sampled is no line."""
    rule = parameter_of(knowledge, question, "lesions.excision.closure_beside_others")
    written = tuple(each.code for each in question.codes if _SIMPLE_REPAIR.fullmatch(each.code))
    if rule is None or not written or _BESIDE.search(question.text):
        return NOTHING
    said = "Simple closure of the biopsy site is included in the biopsy."
    refused = tuple(Opinion(each, Standing.REFUSED, why="simple closure is included in the biopsy") for each in written)
    return Findings((Finding(Topic.NCCI, Kind.PAYABLE, said, rule.references),), refused, headlines=(said,))


def _asked_codes(question: Question) -> set[str]:
    return {each.code for each in question.codes}


def _beside(question: Question, knowledge: Knowledge) -> Findings:
    """A biopsy of the lesion that is removed is included; of another lesion it takes 59 or XS."""
    rule = parameter_of(knowledge, question, "lesions.biopsy.included_in_removal")
    if rule is None or not _BESIDE.search(question.text):
        return NOTHING
    said = (
        "A biopsy of the same lesion that is excised or destroyed at that visit is included; of a different "
        "lesion both are reported, "
        "the biopsy with 59 or XS."
    )
    finding = Finding(Topic.NCCI, Kind.PAYABLE, said, rule.references)
    asks = []
    if not _SAME.search(question.text) and not _OTHER.search(question.text):
        asks.append("Was the biopsied lesion the one that was removed or destroyed, or a different one?")
    if _REMOVED.search(question.text) and not re.search(r"\d\s?(?:cm|mm)\b", question.text):
        asks.append(
            "What were the excised diameter (lesion with margins), the site and the pathology of the lesion that "
            "was excised?"
        )
    return Findings((finding,), asks=tuple(asks), headlines=(said,))
