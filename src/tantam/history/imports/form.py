"""A mapping as it is written: every key of `docs/reference/mapping.md`, none of it held against a file or a plan."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

SOURCE = re.compile(r"^[a-z][a-z0-9-]{0,39}$")
DAY = re.compile(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d)$")  # up to the 29th: every month but February has it
UNKNOWN = "unknown"


class Part(BaseModel):
    """A part of a mapping. Unknown keys are refused; every scalar arrives as the text that was written."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())


def _listed(got: Any) -> Any:
    return [got] if isinstance(got, str) else got


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class File(Part):
    """How the file is written. encoding: a codec's name. delimiter: one character. sheet: of a workbook."""

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""

    @model_validator(mode="after")
    def _one_character(self) -> File:
        if self.delimiter == "tab":
            return self.model_copy(update={"delimiter": "\t"})
        if len(self.delimiter) != 1 or self.delimiter in '"\r\n':
            raise PydanticCustomError("part", "delimiter", {"within": ["delimiter"], "allowed": "A_delimiter"})
        return self


class Formats(Part):
    """How values are written. instant: strptime's letters; ISO 8601 is understood beside them. decimal: . or ,"""

    instant: Texts = ()
    decimal: Literal[".", ","] = "."
    yes: Texts = ("yes", "true")
    no: Texts = ("no", "false")


class Unwanted(Part):
    """Rows to pass over. because: told beside each rejected row."""

    column: str
    values: Texts
    because: str = ""


class Given(Part):
    """Where a value comes from: a column (translated by `values`), a constant, the plan, or unknown.

    otherwise: what a value that `values` does not name becomes. row: which row of the case counts.
    unit: written behind a bare number (`days`, `EUR`). separator: between several values in one cell.
    """

    column: str = ""
    values: dict[str, str] | None = None
    otherwise: str | None = None
    row: Literal["first", "last"] = "first"
    unit: str = ""
    separator: str = ""
    constant: str | None = None
    by: Literal["plan"] | None = None
    unknown: bool = False

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, got: Any) -> Any:
        if got == UNKNOWN:
            return {"unknown": True}
        ways = [each for each in ("column", "constant", "by") if isinstance(got, dict) and each in got]
        if len(ways) != 1 or "unknown" in got:
            raise PydanticCustomError("part", "given", {"within": [], "allowed": "A_given"})
        extra = [each for each in ("values", "otherwise", "row", "unit", "separator") if each in got]
        if extra and ways != ["column"]:
            raise PydanticCustomError("part", "given", {"within": [extra[0]], "allowed": "A_only_of_column"})
        return got


class Sign(Part):
    """What in the rows shows that something happened. One or more of:

    column and is: the column comes to hold one of these values. rises: a counter goes up, once a step.
    changes: one of these columns changes from a known value. leaves: the column of `resolved` leaves its values.
    at: a column holds the instant itself. reason: of an escalation.
    """

    column: str = ""
    values: Texts = ()
    rises: str = ""
    changes: Texts = ()
    leaves: Literal["resolved", ""] = ""
    at: str = ""
    reason: Literal["missed", "asked", "authority", ""] = ""

    @model_validator(mode="after")
    def _says_something(self) -> Sign:
        if not (self.column or self.rises or self.changes or self.leaves or self.at):
            raise PydanticCustomError("part", "sign", {"within": [], "allowed": "A_sign"})
        if self.at and (self.column or self.values or self.rises or self.changes or self.leaves):
            raise PydanticCustomError("part", "sign", {"within": [], "allowed": "A_sign"})
        if bool(self.column) != bool(self.values):
            raise PydanticCustomError("part", "sign", {"within": [], "allowed": "A_column_values"})
        return self


class Beginning(Part):
    """The column that holds when a case was opened."""

    at: str


class Events(Part):
    """What tells each event. Without `opened` a case begins with its first row."""

    opened: Beginning | None = None
    replied: Sign | None = None
    asked: Sign | None = None
    resolved: Sign | None = None
    reopened: Sign | None = None
    handed_over: Sign | None = None
    escalated: Sign | None = None
    renewed: Sign | None = None
    lapsed: Sign | None = None


class Promise(Part):
    """A promise that the log says was kept or broken. kept: a column of yes or no, read in the case's last row."""

    kept: str
    due: str = ""
    clock: str = ""


class Back(Part):
    """Which lines came back, by what their column begins with, and what was granted for it."""

    column: str
    begins: Texts
    policy: str
    outcome: str


class Sales(Part):
    """What a line of a sale says; the mapping's `case` is the number of the invoice.

    product: the column of its number. quantity: a whole number, below 0 of what came back. price: of one.
    """

    product: str
    quantity: str
    price: str
    back: Back


class Head(Part):
    """What is known of a case besides its facts. Each must be said, if only as `unknown`."""

    reference: Given = Given.model_construct(unknown=True)
    customer: Given
    person: Given
    owner: Given
    level: Given
    channel: Given
    topic: Given
    stage: Given
    severity: Given
    language: Given
    groups: Given
    purchase: Given


class Mapping(Part):
    """A whole mapping of form 1."""

    mapping: Literal["1"]
    source: str
    plan: str = ""
    zone: str
    rows: Literal["events", "cases", "sales"] = "events"
    file: File = File()
    formats: Formats = Formats()
    missing: Texts = ("",)
    case: str
    instant: str = ""
    day: str = ""
    order: Texts = ()
    reject: tuple[Unwanted, ...] = ()
    drop: tuple[Unwanted, ...] = ()
    events: Events = Events()
    promises: dict[str, Promise] = {}
    sales: Sales | None = None
    head: Head
    facts: dict[str, Given]

    @model_validator(mode="after")
    def _consistent(self) -> Mapping:
        if not SOURCE.match(self.source) or self.source == "desk":
            raise PydanticCustomError("part", "source", {"within": ["source"], "allowed": "A_source"})
        for event in Events.model_fields:
            sign = getattr(self.events, event)
            if event != "reopened" and isinstance(sign, Sign) and sign.leaves:
                within = ["events", event, "leaves"]
                raise PydanticCustomError("part", "leaves", {"within": within, "allowed": "A_reopened_only"})
        if (self.rows == "sales") != (self.sales is not None):
            raise PydanticCustomError("part", "sales", {"within": ["rows"], "allowed": "A_sales"})
        if self.day and not (
            self.rows == "cases" and DAY.match(self.day) and not self.instant and not self.events.opened
        ):
            raise PydanticCustomError("part", "day", {"within": ["day"], "allowed": "A_day"})
        if self.rows != "cases" and not self.instant:
            raise PydanticCustomError("part", "instant", {"within": ["rows"], "allowed": "A_instant"})
        return self
