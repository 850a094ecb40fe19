"""A hernia repaired in passing: at the incision of another operation it is a part of that one.

Source: NCCI Policy Manual VI §E.4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.succession import ended
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.question import Question, Topic

_RULE = "ncci.included.hernia_families"
_ABDOMEN = re.compile(r"4[3-9]\d{3}|5[0-9]\d{3}")
_ELSEWHERE = re.compile(
    r"\b(?:another|separate|different|distinct|other)\s(?:\w{1,12}\s){0,2}(?:site|incision|location|place)\b|"
    r"\b(?:away|apart|remote) from (?:the|any)\b[^.?!\n]{0,20}\b(?:incisions?|ports?)\b",
    re.IGNORECASE,
)
_AT_IT = re.compile(
    r"\b(?:at|through|via|in|extending|from)\s(?:the|a|that|our|its|same)\s(?:\w{1,12}\s){0,2}"
    r"(?:port|trocar|incision|incisional site)(?:\ssite)?\b|\bsame incision\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Whether the hernia's line stands beside another operation on the abdomen; nothing where there is no such pair."""
    telling = Telling(question, knowledge, Topic.NCCI)
    families = telling.listed(_RULE)
    codes = list(dict.fromkeys(proposed(question)))
    hernias = [code for code in codes if _family(code, question, knowledge) in families]
    others = [code for code in codes if code not in hernias and _ABDOMEN.fullmatch(code)]
    if not (families and hernias and others) or _ELSEWHERE.search(question.text):
        return NOTHING
    _told(telling, hernias, others[0])
    return telling.found()


def _family(code: str, question: Question, knowledge: Knowledge) -> str | None:
    """The code's family; that of its successor where it has ended."""
    gone = ended(code, on=question.as_of, knowledge=knowledge)
    record = knowledge.code(gone.by[0] if gone and gone.by else code, on=question.as_of)
    return record.family if record else None


def _told(telling: Telling, hernias: Sequence[str], other: str) -> None:
    beside = (
        f"A hernia repaired at an incision or port of {other} is part of {other}; at another site, where the repair "
        "was needed, it is reported with 59 or XS."
    )
    lines = [code for code in hernias if not telling.ended(code)]
    if _AT_IT.search(telling.question.text):
        telling.correct(beside, _RULE)
        for code in lines:
            telling.refuse(code, f"a hernia at the incision of {other} is part of it")
        return
    telling.head(beside, _RULE)
    for code in lines:
        telling.only_if(code, f"the hernia lay elsewhere than the incisions and ports of {other}", ("59", "XS"))
    telling.ask(f"Where was the hernia: at an incision or port site of {other}, or elsewhere?")
