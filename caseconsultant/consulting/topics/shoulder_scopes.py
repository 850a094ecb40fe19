"""Arthroscopy of one shoulder: what the main code holds, the add-on, and Medicare's exceptions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.reading.scopes import Arthroscopy
from caseconsultant.consulting.topics.telling import Telling, both, either

_SHOULDER = "arthroscopy.shoulder"
_ALONE = re.compile(r"\b(?:alone|only|by itself|on its own|just)\b", re.IGNORECASE)
_LIMITED, _EXTENSIVE, _ACROMION = "29822", "29823", "29826"


def shoulder(told: Arthroscopy, telling: Telling) -> None:
    """What of a shoulder's lines stands."""
    codes = list(dict.fromkeys([*told.codes, *(() if told.codes else told.work)]))
    if not codes:
        return
    mains = [code for code in codes if code not in {_LIMITED, _ACROMION}]
    if _ACROMION in codes:
        _acromion(codes, telling)
    if told.other_side:
        return
    if _LIMITED in codes and mains:
        _limited(mains[0], telling)
    if _EXTENSIVE in codes and len(mains) > 1:
        _extensive([code for code in mains if code != _EXTENSIVE], telling)
    for code in mains:
        if code != _EXTENSIVE and len(codes) > 1:
            telling.stands(code)


def _acromion(codes: Sequence[str], telling: Telling) -> None:
    row = telling.table(f"{_SHOULDER}.acromioplasty_add_on")
    primaries = cast("Sequence[str]", row.get("primaries", ()))
    if any(code in primaries for code in codes):
        telling.stands(_ACROMION)
        telling.say(
            "29826 is an add-on beside another shoulder arthroscopy; it takes no 51 and no 59.",
            f"{_SHOULDER}.acromioplasty_add_on",
        )
        return
    if not _ALONE.search(telling.question.text):
        telling.head(
            f"29826 is an add-on (since 2012): it needs one of its primaries on the claim ({', '.join(primaries)}).",
            f"{_SHOULDER}.acromioplasty_add_on",
        )
        telling.only_if(_ACROMION, "one of its primaries, another shoulder arthroscopy, stands on the same claim")
        telling.ask("What else was done in that shoulder: which primary arthroscopy is on the claim?")
        return
    statement = (
        "29826 has been an add-on code since 2012 and cannot be billed alone. Its primaries: "
        f"{', '.join(primaries)}; done alone, it is reported by what else was done in the joint "
        f"(29822 or 29823 where that was "
        "debridement), or by an unlisted code (29999)."
    )
    telling.correct(statement, f"{_SHOULDER}.acromioplasty_add_on")
    telling.refuse(_ACROMION, "it is an add-on code without a primary on the claim")


def _limited(main: str, telling: Telling) -> None:
    edit = telling.edit(main, _LIMITED)
    indicator = f" The pair has indicator {edit.modifier_indicator}, but" if edit else ""
    telling.correct(
        f"29822 (limited debridement) is included in {main} on the same shoulder.{indicator} 59 is "
        f"right only for the opposite (other) "
        "shoulder: Medicare counts a shoulder as one joint.",
        f"{_SHOULDER}.limited_debridement",
        f"{_SHOULDER}.edits_only_opposite_side",
        *((edit.reference,) if edit else ()),
    )
    telling.refuse(_LIMITED, f"limited debridement of the same shoulder is included in {main}")


def _extensive(mains: Sequence[str], telling: Telling) -> None:
    exceptions = telling.listed(f"{_SHOULDER}.extensive_debridement_exceptions")
    outside = [code for code in mains if code not in exceptions]
    if outside:
        telling.correct(
            (
                f"29823 is included in {both(outside)} on the same shoulder; it is paid apart only "
                f"beside {either(exceptions)}."
            ),
            f"{_SHOULDER}.extensive_debridement_exceptions",
        )
        telling.refuse(_EXTENSIVE, f"extensive debridement of the same shoulder is included in {both(outside)}")
        return
    telling.head(
        f"29823 beside {both(mains)} on the same shoulder is one of Medicare's three exceptions "
        f"({either(exceptions)}): paid with 59 or XS if "
        "it was done in another area of the joint.",
        f"{_SHOULDER}.extensive_debridement_exceptions",
    )
    telling.only_if(_EXTENSIVE, "the debridement was extensive and in another area of that shoulder", ("59", "XS"))
