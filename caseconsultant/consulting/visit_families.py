"""The family of visit codes that a question is about, from its codes or else from its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseconsultant.consulting.reading.visits import Place, VisitWords
from caseconsultant.consulting.visit_rules import VisitRules, proposed

_PAIRS = {
    Place.OFFICE: ("office_new", "office_established"),
    Place.HOME: ("home_new", "home_established"),
    Place.HOSPITAL: ("hospital_initial", "hospital_subsequent"),
    Place.NURSING: ("nursing_initial", "nursing_subsequent"),
}
_PLAIN = {
    "office_new": "the patient is new",
    "office_established": "the patient is established",
    "home_new": "the patient is new",
    "home_established": "the patient is established",
    "hospital_initial": "it is the first hospital visit of the stay",
    "hospital_subsequent": "it is a later hospital visit",
    "nursing_initial": "it is the first visit of the stay",
    "nursing_subsequent": "it is a later visit",
    "emergency": "it is an emergency visit",
    "same_day_stay": "the stay began and ended on that date",
    "office_consultation": "it is an office consultation",
    "hospital_consultation": "it is a hospital consultation",
}
_ASKS = {
    "office_new": "Is the patient new or established?",
    "home_new": "Is the patient new or established?",
    "hospital_initial": "Was it the first visit of the stay or a later one?",
    "nursing_initial": "Was it the first visit of the stay or a later one?",
}


@dataclass(frozen=True, slots=True)
class Families:
    """The families in question by name, each with its codes; several where a fact is missing, which `ask` asks for."""

    names: tuple[str, ...]
    codes: dict[str, Sequence[str]]
    ask: str = ""

    @property
    def one(self) -> str | None:
        """The only family, None where several are open."""
        return self.names[0] if len(self.names) == 1 else None


def families(rules: VisitRules, words: VisitWords) -> Families:
    """The families that the codes tell, else those that the words leave open."""
    names = _by_codes(rules, words) or _by_words(words)
    table = rules.table("evaluation.families")
    held = tuple(name for name in names if name in table)
    ask = _ASKS.get(held[0], "") if len(held) > 1 else ""
    return Families(held, {name: table[name] for name in held}, ask)


def condition(name: str) -> str:
    """What must hold for a family, in plain words that complete `only if ...`."""
    return _PLAIN[name]


def _by_codes(rules: VisitRules, words: VisitWords) -> tuple[str, ...]:
    """The family of the codes; one proposed office code does not tell whether the patient is new."""
    mentioned = [family for code in proposed(rules.question) if (family := rules.family_of(code))]
    named = tuple(dict.fromkeys(mentioned))
    if len(named) != 1:
        return named if len(named) == 2 and words.new is None else _chosen(named, words)  # noqa: PLR2004 - a pair
    contrary = {"office_new": False, "office_established": True}.get(named[0])
    if contrary is not None and words.new is contrary:
        return _PAIRS[Place.OFFICE][:1] if words.new else _PAIRS[Place.OFFICE][1:]
    return named


def _chosen(named: tuple[str, ...], words: VisitWords) -> tuple[str, ...]:
    if set(named) == set(_PAIRS[Place.OFFICE]):
        return ("office_new",) if words.new else ("office_established",)
    return named[:1]


def _by_words(words: VisitWords) -> tuple[str, ...]:
    place = words.place or Place.OFFICE
    if place is Place.EMERGENCY:
        return ("emergency",)
    if place is Place.OBSERVATION_DAY:
        return ("same_day_stay",)
    pair = _PAIRS[place]
    first = words.new if place in {Place.OFFICE, Place.HOME} else words.first
    if first is None and place is Place.NURSING and words.new is False:
        first = False
    return pair if first is None else pair[:1] if first else pair[1:]
