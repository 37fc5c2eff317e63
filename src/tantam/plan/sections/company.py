"""Who the company is and when, where and by whom it can be reached."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from tantam.plan.sections.base import Languages, Names, Raw, Section, Text, Value
from tantam.plan.tables.currencies import CURRENCIES


def _currency(got: Any) -> str:
    if not isinstance(got, str):
        raise PydanticCustomError("value", "a value")
    if got and got not in CURRENCIES:
        raise PydanticCustomError("currency", "a currency")
    return got


Currency = Annotated[str, PlainValidator(_currency), WithJsonSchema({"enum": ["", *sorted(CURRENCIES)]})]


class Company(Section):
    """The company's name, languages (the first is its own), time zone and currency; whether customers buy from it."""

    name: Text
    languages: Languages
    timezone: Value
    currency: Currency = ""
    country: Value = ""
    region: Value = ""
    legal_name: Text | None = None
    address: Text | None = None
    email: Value = ""
    phone: Value = ""
    website: Value = ""
    about: Text | None = None
    tone: Text | None = None
    trade: Text | None = None
    size: Raw = None
    products: Raw = None
    sites: Raw = None
    teams: Raw = None
    shifts: Raw = None
    duties: Raw = None
    customers: Literal["external", "internal"] | None = None


class WorkingDays(Section):
    """Which hours make a working day, and when on the last one a promise in working days is due."""

    short: ClassVar[str] = "on"

    on: Value
    due: Literal["closing", "end_of_day", "same_time"] | None = None


class Deadlines(Section):
    """How `deadline(date, duration)` counts: the first day, the end, and what a day off does to it."""

    first_day: Literal["counted", "not_counted"] = "not_counted"
    ends: Literal["end_of_day", "same_time"] = "end_of_day"
    roll: Literal["next_working_day", "none"] = "none"
    on: Value = ""


class Channel(Section):
    """One way to reach the company, when somebody answers on it, and what serves when nobody does."""

    label: Text | None = None
    name: Text | None = None
    hours: Value = ""
    answered: Value = ""
    fallback: Value = ""
    address: Raw = None
    words: Text | None = None
    about: Text | None = None
    languages: Names | None = None
    realtime: bool | None = None
    live: bool | None = None
    kind: Value = ""
    by: Names | None = None
    team: Names | None = None
    groups: Names | None = None
    stages: Names | None = None
    goes_on: Value = ""
    tries_again: Value = ""


class Level(Section):
    """One tier of responsibility: what it handles, what it may grant, and who is above it."""

    label: Text | None = None
    name: Text | None = None
    handles: Names | None = None
    authority: dict[str, Value] | None = None
    escalates_to: Raw = None
    after: Value = ""
    duty: Text | None = None
    beyond: Text | None = None
    about: Text | None = None
    discretion: Text | None = None
    skills: Names | None = None
    languages: Names | None = None
    stages: Names | None = None
    people: Raw = None
    hours: Value = ""
    assign: Literal["offer", "give"] | None = None


class Group(Section):
    """Customers alike: the condition that makes one, how they are cared for, which groups exclude each other."""

    label: Text | None = None
    name: Text | None = None
    when: Value = ""
    care: Text | None = None
    exclusive: Names | None = None
    about: Text | None = None
    value: Raw = None
    priority: Raw = None
    share: Raw = None
    channels: Names | None = None
