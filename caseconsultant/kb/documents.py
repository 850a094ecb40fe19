"""Reads a knowledge file into plain values, and remembers on which line each of them stands.

Stricter than YAML: a repeated key, a merge key, an octal number, `yes` for true and a code without quotes are refused
(YAML reads 00100 as 64).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from caseconsultant.domain.errors import KnowledgeError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIKE_A_CODE = re.compile(r"\d{5}|\d{4}E\d+")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Document:
    """A file's plain values. `lines` counts from 1; a place is the keys and indexes that lead to a value."""

    name: str
    content: object
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """The line of the value, or of the nearest thing around it that stands in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def error(self, place: Place, message: str) -> KnowledgeError:
        """A KnowledgeError that names file and line."""
        return KnowledgeError(f"{self.name}:{self.line(place)}: {message}")

    def validate(self, model: type[Model], place: Place = ()) -> Model:
        """The value at the place as the model; raises KnowledgeError with the line of the first defect."""
        value = self.content
        for step in place:
            value = value[step]  # type: ignore[index]  # the caller walked there
        try:
            return model.model_validate(value)
        except ValidationError as error:
            defects = error.errors(include_url=False)
            raise self._defect(defects, place) from None

    def _defect(self, defects: list[ErrorDetails], place: Place) -> KnowledgeError:
        first = defects[0]
        more = f" (and {len(defects) - 1} more in this file)" if len(defects) > 1 else ""
        return self.error((*place, *first["loc"]), _say(first) + more)


def read_document(path: Path, name: str) -> Document:
    """The file's values; raises KnowledgeError with the line where it is not the YAML we take."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeError(f"{name}:{line}: not YAML: {error.problem}; mend the line") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{name}:1: cannot be read as UTF-8 YAML: {error}; save it again as UTF-8 text") from None
    reading = _Reading(name)
    return Document(name, reading.value(node, ()), reading.lines)


class _Reading:
    """One walk through a file's nodes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}

    def value(self, node: yaml.Node | None, place: Place) -> object:
        if node is None:
            return None
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key in found:
                raise self._error(key_node, f"key {key!r} is repeated; keep one of them")
            self.lines[(*place, key)] = key_node.start_mark.line + 1
            found[key] = self.value(value_node, (*place, key))
        return found

    def _key(self, node: yaml.Node) -> str:
        if node.tag == "tag:yaml.org,2002:merge":
            raise self._error(node, "merge keys are not taken; write the values out")
        key = self._scalar(node) if isinstance(node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            raise self._error(node, f'key {node.value} is not text; write "{node.value}" in quotes')
        return key

    def _scalar(self, node: yaml.Node) -> object:
        text = str(node.value)
        if _is_plain(node) and _LIKE_A_CODE.fullmatch(text):
            raise self._error(node, f'code {text} is not quoted; write "{text}"')
        convert = _CONVERSIONS.get(node.tag.rpartition(":")[2])
        if convert is None:
            raise self._error(node, f"{text!r} is of a kind that is not taken; write it in quotes")
        try:
            return convert(text)
        except ValueError as error:
            raise self._error(node, str(error)) from None

    def _error(self, node: yaml.Node, message: str) -> KnowledgeError:
        return KnowledgeError(f"{self.name}:{node.start_mark.line + 1}: {message}")


def _is_plain(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style  # None in Python's parser, empty in libyaml's


def _whole_number(text: str) -> int:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f'{text} is not a plain decimal number; if it is a code, write "{text}" in quotes')
    return int(text)


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(f'{text} reads as a truth value; write true or false, or "{text}" in quotes')
    return text == "true"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a day; write it as YYYY-MM-DD") from None


def _number(text: str) -> float:
    return float(text)


def _nothing(_text: str) -> None:
    return None


_CONVERSIONS: Mapping[str, Callable[[str], object]] = {
    "str": str,
    "int": _whole_number,
    "float": _number,
    "bool": _truth,
    "null": _nothing,
    "timestamp": _day,
}


def _say(defect: ErrorDetails) -> str:
    key = str(defect["loc"][-1]) if defect["loc"] else "the file"
    kind = defect["type"]
    if kind == "extra_forbidden":
        return f"unknown key {key!r}; correct its spelling or take it out"
    if key == "references" and kind in {"missing", "too_short"}:
        return "names no source; add `references` with one from sources.yaml"
    if kind == "missing":
        return f"key {key!r} is missing; add it"
    if kind == "string_type" and isinstance(defect["input"], int):
        return f'{key}: {defect["input"]} is not text; write "{defect["input"]}" in quotes'
    return f"{key}: {defect['msg'].removeprefix('Value error, ')}"
