"""What free sections are made of: an empty clause is a clause, a list is read by its names."""

from __future__ import annotations

import re
from types import GenericAlias
from typing import Annotated, Any

from pydantic import BeforeValidator, GetJsonSchemaHandler, PlainValidator, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from tantam.plan.sections.base import LANGUAGE, Names, Section, Text, Value, text_under

TWO_LETTERS = re.compile(r"^[a-z]{2}$")
PROSE = frozenset(("words", "label", "title", "what", "about", "tone", "written", "ask"))


class Loose(Section):
    """A clause of which whatever cannot be read is noted, and kept as it is written. Nothing is an empty clause."""

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, got: Any) -> Any:
        if got is None:
            return {}
        if cls.short and (isinstance(got, str) or (cls.short in PROSE and cls._is_words(got))):
            return {cls.short: got}
        return got

    @classmethod
    def _is_words(cls, got: Any) -> bool:
        """Return whether it begins as a text by language; whatever else stands in it broke off that text."""
        first = next(iter(got), "") if isinstance(got, dict) else ""
        return bool(TWO_LETTERS.match(str(first))) and first not in cls.model_fields

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core)
        short = [_LINE] if cls.short else []
        return {"anyOf": [{"type": "null"}, *short, schema, *([_BY_LANGUAGE] if cls.short in PROSE else [])]}


def _named(got: Any) -> Any:
    """A list of plain names is a mapping of empty clauses, any other list a mapping by position."""
    if not isinstance(got, list):
        return got
    if got and all(isinstance(each, str) and each and " " not in each for each in got):
        return dict.fromkeys(got)
    return {str(position): each for position, each in enumerate(got)}


def _lines(got: Any) -> Any:
    """Several texts: a list of texts, or by language a list each."""
    if isinstance(got, list):
        return [text_under(str(position), each) for position, each in enumerate(got)]
    if isinstance(got, str):
        return [got]
    if not isinstance(got, dict) or not got:
        raise PydanticCustomError("lines", "texts")
    for language, lines in got.items():
        if not LANGUAGE.match(str(language)):
            raise PydanticCustomError("language", "a language", {"key": str(language)})
        if not isinstance(lines, str) and not (
            isinstance(lines, list) and all(isinstance(each, str) for each in lines)
        ):
            raise PydanticCustomError("lines", "texts", {"key": str(language)})
    return {language: [lines] if isinstance(lines, str) else lines for language, lines in got.items()}


_BY_LANGUAGE = {
    "type": "object",
    "patternProperties": {TWO_LETTERS.pattern: {"type": "string"}},
    "additionalProperties": False,
    "minProperties": 1,
}
_LINE = {"type": ["string", "number", "boolean"]}
_LIST = {"type": "array", "items": {"anyOf": [_LINE, {"type": "object"}]}}


def named(clause: type[Loose]) -> BeforeValidator:
    """Return what reads names with clauses, or a list of either, as a mapping."""
    mapping, several = GenericAlias(dict, (str, clause)), GenericAlias(list, (clause,))
    return BeforeValidator(_named, json_schema_input_type=mapping | several | None)


Lines = Annotated[
    list[Any] | dict[str, list[str]],
    PlainValidator(_lines),
    WithJsonSchema({"anyOf": [_LINE, _LIST, {"type": "object", "additionalProperties": {"anyOf": [_LINE, _LIST]}}]}),
]
Word = Value | None
Words = Text | None
Several = Names | None


def lines_by_language(lines: Any, languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return {language: lines}; a plain line is in every language of the company."""
    if lines is None:
        return {}
    if isinstance(lines, dict):
        return {language: tuple(each) for language, each in lines.items()}
    return {
        language: tuple(
            each.get(language, next(iter(each.values()))) if isinstance(each, dict) else each for each in lines
        )
        for language in languages
    }


def each_line(lines: Any, languages: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Return the lines one by one, each by language; a language with fewer lines leaves its last out."""
    by_language = lines_by_language(lines, languages)
    most = max(map(len, by_language.values()), default=0)
    return tuple(
        {language: found[position] for language, found in by_language.items() if position < len(found)}
        for position in range(most)
    )
