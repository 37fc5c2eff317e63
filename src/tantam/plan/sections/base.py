"""What every section is made of: texts by language, tables, expressions and names, as they are written."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from tantam.plan.nearest import nearest

LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")


class Section(BaseModel):
    """A section or a part of one. Unknown keys are refused: prose in `{…}` breaks at its first comma.

    short: the field that a bare text fills (`grace: max(a, b)` is short for `grace: {value: max(a, b)}`), or "".
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, protected_namespaces=(), defer_build=True
    )
    short: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, got: Any) -> Any:
        if cls.short and (isinstance(got, str) or (cls.short == "words" and cls._is_words(got))):
            return {cls.short: got}
        return got

    @classmethod
    def _is_words(cls, got: Any) -> bool:
        """Return whether it is a text by language; `of` and `by` look like one, but are keys."""
        return _is_by_language(got) and not any(key in cls.model_fields for key in got)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core)
        if not cls.short:
            return schema
        return {"anyOf": [_WORDS, schema, *([_BY_LANGUAGE] if cls.short == "words" else [])]}


def _is_by_language(got: Any) -> bool:
    return isinstance(got, dict) and bool(got) and all(LANGUAGE.match(str(key)) for key in got)


def a_text(got: Any) -> Any:
    """Return the text; raises pydantic's error where it is neither words nor words by language."""
    if isinstance(got, str):
        return got
    if not isinstance(got, dict) or not got:
        raise PydanticCustomError("text", "a text")
    for language, words in got.items():
        if not LANGUAGE.match(str(language)):
            raise PydanticCustomError("language", "a language", {"key": str(language)})
        if not isinstance(words, str):
            raise PydanticCustomError("text", "a text", {"key": str(language)})
    return got


def _table(got: Any) -> str:
    if not isinstance(got, str):
        raise PydanticCustomError("table", "a table")
    lines = [line for line in got.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if not lines or not ("=>" in lines[0] or "\\" in lines[0]):
        raise PydanticCustomError("table", "a table")
    return got


def _decides(got: Any) -> Any:
    if isinstance(got, dict):
        if "outcome" not in got:
            if near := nearest("outcome", map(str, got)):
                raise PydanticCustomError("not_outcome", "outcome", {"key": near})
            raise PydanticCustomError("missing", "outcome", {"key": "outcome"})
        for name, each in got.items():
            if not isinstance(each, str):
                raise PydanticCustomError("value", "a value", {"key": str(name)})
        return got
    return _table(got)


def _value(got: Any) -> str:
    if not isinstance(got, str):
        raise PydanticCustomError("value", "a value")
    return got


def _numbered(got: Any) -> Any:
    """A list is a mapping by position."""
    return {str(position): each for position, each in enumerate(got)} if isinstance(got, list) else got


def _names(got: Any) -> list[str]:
    """One name, or a list of names; also written `one, two`."""
    if isinstance(got, str):
        return [each.strip() for each in got.split(",") if each.strip()]
    if isinstance(got, list) and all(isinstance(each, str) for each in got):
        return got
    raise PydanticCustomError("names", "names")


def _languages(got: Any) -> list[str]:
    found = _names(got)
    if not found:
        raise PydanticCustomError("languages", "languages")
    for position, each in enumerate(found):
        if not LANGUAGE.match(each):
            raise PydanticCustomError("languages", "languages", {"key": position} if isinstance(got, list) else {})
    return found


def _choices(got: Any) -> Any:
    """The values of one_of and some_of: a list, or a mapping to labels."""
    if isinstance(got, list) and got and all(isinstance(each, str) for each in got):
        return got
    if isinstance(got, dict) and got:
        return {str(value): value if label is None else text_under(str(value), label) for value, label in got.items()}
    raise PydanticCustomError("choices", "values")


def text_under(key: str, text: Any) -> Any:
    """Return the text that stands under a key of a freer part; what is wrong with it is wrong at that key."""
    try:
        return a_text(text)
    except PydanticCustomError as wrong:
        context = {**(wrong.context or {}), "within": [key]}
        raise PydanticCustomError(wrong.type, wrong.message_template, context) from wrong


_BY_LANGUAGE = {"type": "object", "patternProperties": {LANGUAGE.pattern: {"type": "string"}}, "minProperties": 1}
_WORDS = {"type": ["string", "number", "boolean"]}

Text = Annotated[
    str | dict[str, str],
    PlainValidator(a_text),
    WithJsonSchema({"anyOf": [_WORDS, {**_BY_LANGUAGE, "additionalProperties": False}]}),
]
TableText = Annotated[str, PlainValidator(_table), WithJsonSchema({"type": "string", "pattern": "=>|\\\\"})]
Value = Annotated[str, PlainValidator(_value), WithJsonSchema(_WORDS)]
Decides = Annotated[
    str | dict[str, str],
    PlainValidator(_decides),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "=>|\\\\"},
                {"type": "object", "required": ["outcome"], "additionalProperties": _WORDS},
            ]
        }
    ),
]
Names = Annotated[
    list[str],
    PlainValidator(_names),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": _WORDS}]}),
]
Languages = Annotated[
    list[str],
    PlainValidator(_languages),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"pattern": LANGUAGE.pattern}, "minItems": 1}]}
    ),
]
Choices = Annotated[
    list[str] | dict[str, Any],
    PlainValidator(_choices),
    WithJsonSchema({"anyOf": [{"type": "array", "items": _WORDS, "minItems": 1}, {"type": "object"}]}),
]
Numbered = BeforeValidator(_numbered, json_schema_input_type=dict[str, Any] | list[Any])
Raw = Annotated[Any, Field(description="Any reasonable shape; it is kept as it is written.")]


def by_language(text: Any, languages: tuple[str, ...]) -> dict[str, str]:
    """Return a text as {language: words}; a plain string is in every language of the company."""
    if text is None:
        return {}
    if isinstance(text, dict):
        return {str(language): str(words) for language, words in text.items()}
    return dict.fromkeys(languages, str(text))
