"""A mapping as it is written: which column of a file tells what about a customer, or about what one has."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from tantam.history.imports.form import Part, Texts

CONTACTS = ("mail", "phone", "zalo", "messenger", "whatsapp", "viber", "telegram", "signal", "instagram", "line")
OF_A_CUSTOMER = (
    "id",
    "name",
    "family_name",
    "given_name",
    *CONTACTS,
    "kind",
    "organisation",
    "address",
    "language",
    "birthday",
    "birth_year",
    "since",
    "street",
    "postcode",
    "city",
    "country",
    "timezone",
    "note",
)
OF_A_PURCHASE = (
    "id",
    "number",
    "customer",
    "name",
    "mail",
    "phone",
    "sku",
    "product",
    "line",
    "price",
    "currency",
    "ordered",
    "handed_over",
)
OF_A_CONTRACT = (
    "id",
    "contract",
    "customer",
    "begins",
    "ends",
    "renews_months",
    "notice_days",
    "contract_kind",
    "products",
    "site",
    "promise",
    "terms",
    "ended",
)
OF_A_UNIT = ("id", "serial", "purchase", "sku", "handed_over")
OF_A_DELIVERY = ("id", "purchase", "delivery", "due", "arrived", "tracking", "carrier", "called_off", "reason")
FIELDS = {
    "customers": OF_A_CUSTOMER,
    "purchases": OF_A_PURCHASE,
    "contracts": OF_A_CONTRACT,
    "units": OF_A_UNIT,
    "deliveries": OF_A_DELIVERY,
}
DAYS = ("birthday", "since", "ordered", "handed_over", "begins", "ends", "ended", "due", "arrived", "called_off")
SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Written(Part):
    """How the file is written; what is left empty is recognised."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    @model_validator(mode="after")
    def _one_sign(self) -> Written:
        if self.delimiter == "tab":
            return self.model_copy(update={"delimiter": "\t"})
        if len(self.delimiter) > 1 or self.delimiter in ('"', "\n", "\r"):
            raise PydanticCustomError("part", "delimiter", {"within": ["delimiter"], "allowed": "A_delimiter"})
        return self


class Formats(Part):
    """How values are written. dates: what stands first in 03/04/2025. instant: letters of strptime."""

    dates: Literal["day", "month", ""] = ""
    instant: Texts = ()
    decimal: Literal[".", ",", ""] = ""
    currency: str = ""


def _spelled_out(got: Any) -> Any:
    return {"column": got} if isinstance(got, str | list | tuple) else got


class Given(Part):
    """Where a value comes from: one or more columns, translated by `values`, or a constant.

    Several columns of a name or a street are put together, of a contact each is one; of others the first that says
    something counts. otherwise: what a value that `values` does not name becomes; `unknown` for nothing.
    """

    column: Texts = ()
    constant: str | None = None
    values: dict[str, str] | None = None
    otherwise: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Given:
        if bool(self.column) == (self.constant is not None):
            raise PydanticCustomError("part", "given", {"within": [], "allowed": "A_given"})
        return self


class Mapping(Part):
    """A whole mapping of form 1."""

    mapping: Literal["1"] = "1"
    rows: Literal["customers", "purchases", "contracts", "units", "deliveries"]
    source: str
    zone: str = ""
    file: Written = Written()
    formats: Formats = Formats()
    missing: Texts = ("",)
    fields: dict[str, Annotated[Given, BeforeValidator(_spelled_out)]] = Field(min_length=1)

    @model_validator(mode="after")
    def _known(self) -> Mapping:
        if not SOURCE.fullmatch(self.source) or self.source == "desk":
            raise PydanticCustomError("part", "source", {"within": ["source"], "allowed": "A_source"})
        for name in self.fields:
            if name not in FIELDS[self.rows]:
                within = ["fields", name]
                raise PydanticCustomError("part", "field", {"within": within, "allowed": ", ".join(FIELDS[self.rows])})
        return self

    def plain(self) -> dict[str, Any]:
        """Return it for JSON; `Mapping.model_validate` reads it back."""
        return self.model_dump(mode="json", exclude_defaults=True) | {"rows": self.rows, "source": self.source}
