"""The words of the plan's rules: terms, records, outputs, requirements, actions."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from tantam.plan.sections.base import Choices, Names, Raw, Section, TableText, Text, Value, a_text, text_under

TYPES = (
    "yes_no",
    "number",
    "money",
    "duration",
    "date",
    "time",
    "moment",
    "text",
    "one_of",
    "some_of",
    "list",
    "record",
)


YES_NO = frozenset(("yes", "no"))


def is_by_answer(got: dict[str, Any]) -> bool:
    """Return whether there is a text for yes and one for no; `no` alone with plain words is a text in Norwegian."""
    return bool(got) and got.keys() <= YES_NO and ("yes" in got or isinstance(got["no"], dict))


def _because(got: Any) -> Any:
    if isinstance(got, dict) and is_by_answer(got):
        return {answer: text_under(answer, text) for answer, text in got.items()}
    return a_text(got)


_TEXT = {"anyOf": [{"type": ["string", "number", "boolean"]}, {"type": "object"}]}
Because = Annotated[str | dict[str, Any], PlainValidator(_because), WithJsonSchema(_TEXT)]


class Typed(Section):
    """Whatever has a type: exactly one of the twelve, with its domain."""

    yes_no: Value | None = None
    number: Value | None = None
    money: Value | None = None
    duration: Value | None = None
    date: Value | None = None
    time: Value | None = None
    moment: Value | None = None
    text: Value | None = None
    one_of: Choices | None = None
    some_of: Choices | None = None
    list_: Value | None = Field(None, alias="list")
    record: Value | None = None
    unit: Text | None = None
    count: Value | None = None
    label: Text | None = None
    labels: dict[str, Text] | None = None

    def types(self) -> dict[str, Any]:
        """Return the types given, by name; a plan that can be read has exactly one, or none if computed."""
        given = {name: getattr(self, "list_" if name == "list" else name) for name in TYPES}
        return {name: domain for name, domain in given.items() if domain is not None}


class Field_(Typed):
    """One field of a record."""

    about: Text | None = None
    from_: Value | None = Field(None, alias="from")


class Term(Typed):
    """One fact that rules may ask for, or that is computed or looked up from others."""

    short: ClassVar[str] = "value"

    ask: Text | None = None
    because: Because | None = None
    help: Text | None = None
    about: Text | None = None
    from_: Value | None = Field(None, alias="from")
    read: Value | None = None
    proof: Value | None = None
    since: Value | None = None
    default: Value | None = None
    demands: Literal["told", "shown", "recorded", "verified"] | None = None
    value: Value | None = None
    table: TableText | None = None
    personal: bool | None = None
    private: bool | None = None
    law: Value | None = None


class Output(Typed):
    """One thing that an outcome may carry."""

    as_: Value | None = Field(None, alias="as")
    plus: Text | None = None
    minus: Text | None = None
    zero: Text | None = None
    about: Text | None = None


class Requirement(Section):
    """A condition that several policies share; what failing it leads to, and what is said."""

    must: Value
    else_: Value | None = Field(None, alias="else")
    say: Names | None = None
    law: Value | None = None
    label: Text | None = None
    by: Value | None = None


class Action(Section):
    """Something the desk or another system does, perhaps only after the customer's yes, perhaps only so often."""

    does: Value
    confirm: bool = False
    at_most: Value | None = None
    say: Names | None = None
    by: Value | None = None
    label: Text | None = None
    within: Value | None = None
    settles: Raw = None
