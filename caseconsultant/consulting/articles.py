"""The articles whose question is asked: what they state, and how they rule on the facts that are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.guidance import stated
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.plain_words import pattern_of, tells_of
from caseconsultant.consulting.turning import answered
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import Guidance, Ruling

_CLAIMS = re.compile(
    r"\b(?:bill(?:s|ed|ing|able)?|cod(?:e|es|ed|ing|er|ers)|modifiers?|claims?|payers?|medicare|medicaid|cpt|hcpcs|icd|"
    r"den(?:y|ied|ial|ials)|units?|report(?:ed|able|ing)?|dx|global|bundl\w+|rvus?|abn|lcd|ncd|mue|"
    r"ncci|pos|charge[ds]?|q[56]|principal|sequenc\w+|first[\s-]listed|which first|skin substitutes?|"
    r"level|e/?m|dos|tcm|ccm|awv|ippe|mdm|incident[\s-]to|split[\s/-]shared|medical direction|telehealth|copay|"
    r"coinsurance|deductible|mppr|mac|eob|remit\w*|pre-?auth\w*|prior auth\w*|cover(?:s|ed|age)|ambulance|"
    r"mammogram\w*|dme\w*|rental|locum\w*|redetermin\w*|appeal\w*|hospice|supervis\w+|vaccin\w+|fractions?|poa|"
    r"part [abcd]|crna|medically directed|assistant surgeon|co-?surgeon)\b",
    re.IGNORECASE,
)
_ENOUGH = 6.0
"""The least score at which an article's question is taken to be asked."""
_ENOUGH_FOR_FEW, _FEW_WORDS = 4.0, 16
"""A short question has few words to share."""
_SURELY = 8.0
"""The score at which a text from a practice is a coder's though it has none of the words of claims."""
_PRACTICE = re.compile(
    r"\b(?:patients?|pts?|visits?|physicians?|doctors?|docs?|nurses?|nps?|residents?|attending|surgeons?|"
    r"specimens?|chart(?:s|ed)?|clinic|inpatient|outpatient|x-?rays?|mammo\w*|pregnan\w+|fracture|therapist)\b",
    re.IGNORECASE,
)
"""Words of a practice, which a letter about anything else has not."""
_OF_CODES = re.compile(
    r"\b(?:codes?|coded|modifiers?|cpt|hcpcs|pos|place of service|medicare|billed|billable|bill|"
    r"report(?:ed|able)?|claims?|redeterminations?|reopenings?|late entr(?:y|ies)|addendums?|ncci|mues?|mai|abns?)\b"
)
_CODE = re.compile(r"\b(?:\d{5}|[A-Z]\d{4})\b")
_BESIDE = 0.6
"""The share of the best score that another article needs to be told too."""
_MOST = 3
_WEIGHED = 24
"""Of so many articles, best first, the rulings are held against the text."""
_FITS = 1.0
"""The least score at which a ruling of an article is looked at."""
_FACTS_TOLD = 3.0
"""What it adds to an article's score that the facts of a ruling are told, for each of their groups."""
_WORD = re.compile(r"[a-z0-9]{4,}")
_MOSTLY = 0.6
"""The share of an article's words that its ruling may have said already for it to be told too."""
_OF_A_REFUSAL = re.compile(r"den(?:y|ied|ial)|reject|right to\b|correctly")
_ANSWERING = re.compile(r"^(?:Yes|No)(?:[.:,]\s*|\s+(?=if|for|with|since|where))")
_OPENS_WITH = re.compile(
    r"(?:(?P<yes>Yes)|No|Not|Never|Neither|(?:Medicare|The plan|CPT) (?:does not|takes no|pays no|never|has no))\b"
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """An article whose question is asked, with the ruling whose facts are told."""

    article: Guidance
    score: float
    ruling: Ruling | None


def articles(question: Question, *, knowledge: Knowledge, only_ruling: bool = False) -> Findings:
    """The articles whose question is asked, best first; their asks only where the best one speaks.

    `only_ruling`: rules have answered, so nothing but an article that rules on the facts told is heard.
    """
    found = [each for each in _asked(question, knowledge) if each.ruling or not only_ruling]
    if not (_of_coding(question) or (not only_ruling and _PRACTICE.search(question.text) and _surely(found))):
        return NOTHING
    if not found:
        return NOTHING
    best, *others = found
    told = stated(best.article, asks=best.ruling is None)
    if best.ruling:
        told = _ruled(told, best.ruling, question)
    elif question.wants_yes_or_no:
        told = _with_its_verdict(told)
    beside = (stated(each.article, asks=False) for each in others)
    return joined((told, *(each for each in beside if not _OPENS_WITH.match(each.findings[0].statement))))


def _surely(found: Sequence[_Asked]) -> bool:
    """Whether some article's question is put nearly in its own words."""
    return any(each.score >= _SURELY for each in found)


def without_its_verdict(found: Findings, *, most: int) -> Findings:
    """The statements of articles beside what rules decided: none says yes or no to its own question."""
    first, *others = found.findings[:most] or (None,)
    if first is None:
        return found
    bare = _ANSWERING.sub("", first.statement)
    kept = (replace(first, statement=bare[:1].upper() + bare[1:]), *others)
    return replace(found, findings=kept, grounds=found.grounds[:most], asks=(), leaning=())


def _ruled(told: Findings, ruling: Ruling, question: Question) -> Findings:
    """The article with what it says of these very facts in front."""
    first, *others = told.findings
    said = " ".join(ruling.say.split())
    asked_and_refused = not {each.code for each in question.codes}.isdisjoint(ruling.refuses)
    lines = [
        *(
            Opinion(code, Standing.STANDS, units=units, modifiers=ruling.modifiers.get(code, ()))
            for code, units in ruling.stands.items()
        ),
        *(Opinion(code, Standing.REFUSED, why=said.rstrip(".")) for code in ruling.refuses),
    ]
    verdict = (_verdict_of(ruling, question),) if ruling.verdict and question.wants_yes_or_no else ()
    return replace(
        told,
        findings=(replace(first, statement=said), *(() if _says_no_more(first.statement, said) else (first,)), *others),
        opinions=tuple(lines),
        headlines=() if asked_and_refused else (said,),
        ruled=verdict,
        closed=ruling.refuses,
    )


def _says_no_more(statement: str, said: str) -> bool:
    """Whether most of a statement's words have been said."""
    words = set(_WORD.findall(statement.lower()))
    return len(words & set(_WORD.findall(said.lower()))) >= _MOSTLY * len(words)


def _verdict_of(ruling: Ruling, question: Question) -> Verdict:
    """Turned round where a refusal is asked for, unless the ruling is about one itself."""
    verdict = Verdict(str(ruling.verdict))
    about_one = any(_OF_A_REFUSAL.match(word) for group in ruling.told for word in group)
    return verdict if about_one else answered(verdict, question) or verdict


def _with_its_verdict(best: Findings) -> Findings:
    """The article whose question is asked answers it: with yes or no, where it opens so."""
    opening = _OPENS_WITH.match(best.findings[0].statement)
    if opening is None:
        return best
    return replace(best, leaning=(Verdict.YES if opening["yes"] else Verdict.NO,))


def _asked(question: Question, knowledge: Knowledge) -> Sequence[_Asked]:
    codes = [each.code for each in question.codes]
    lowered = question.text.lower()
    found = [
        _weighed(article, score, lowered)
        for article, score in knowledge.asked(question.text, codes=codes, on=question.as_of)[:_WEIGHED]
        if _of_branch(article, question) and _of_codes(article, codes) and _as_presumed(article, lowered)
    ]
    found.sort(key=lambda each: -each.score)
    best = found[0].score if found else 0.0
    if best < (_ENOUGH_FOR_FEW if _is_short(question) else _ENOUGH):
        return ()
    return [each for each in found[:_MOST] if each.score >= _BESIDE * best]


def _weighed(article: Guidance, score: float, text: str) -> _Asked:
    """The article and the first of its rulings whose facts are told, which is what is asked the more surely."""
    fits = score >= _FITS
    ruling = next((each for each in article.rulings if _is_told(each, text)), None) if fits else None
    return _Asked(article, score + _FACTS_TOLD * len(ruling.told) if ruling else score, ruling)


def _is_told(ruling: Ruling, text: str) -> bool:
    """Whether each group of facts is told, and nothing that tells another case."""
    told = all(tells_of(text, group) for group in ruling.told)
    return told and not (ruling.unless and pattern_of(ruling.unless).search(text))


def _of_codes(article: Guidance, codes: Sequence[str]) -> bool:
    """An article whose question names codes answers no question that names only others."""
    named = set(_CODE.findall(article.question))
    return not named or not codes or not named.isdisjoint(codes)


def _as_presumed(article: Guidance, text: str) -> bool:
    """An article on both sides, or on one example, is not told of one side or another case."""
    return not article.presumes or tells_of(text, article.presumes)


def _is_short(question: Question) -> bool:
    """Few words, and one that only claims have."""
    few = len(question.text.split()) <= _FEW_WORDS
    return few and (bool(question.modifiers) or _OF_CODES.search(question.text.lower()) is not None)


def _of_branch(article: Guidance, question: Question) -> bool:
    """An article on another payer or setting than the one stated does not answer."""
    other_payer = article.payer and question.payer and article.payer != question.payer
    other_setting = article.setting and question.setting and article.setting != question.setting
    return not (other_payer or other_setting)


def _of_coding(question: Question) -> bool:
    """Whether anything in the text is a coder's: a code, a modifier, or the words of claims."""
    return bool(question.codes or question.diagnoses or question.modifiers) or bool(_CLAIMS.search(question.text))
