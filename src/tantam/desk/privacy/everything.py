"""All that is known of a person, to hand to them: as JSON, as a page to read, with every file."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tantam.desk.calls.models import Call
from tantam.desk.cases.models import Attachment, Case, Message, Promise
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.common import clock
from tantam.desk.customers.models import (
    Consent,
    Contact,
    Contract,
    ContractPromise,
    Customer,
    Membership,
    PostalAddress,
    Purchase,
    Unit,
)
from tantam.desk.feedback.models import Rating
from tantam.desk.files import store
from tantam.desk.groups.models import Belonging, Told
from tantam.desk.privacy.doing import everyone_of
from tantam.desk.privacy.models import Request

SECTIONS: tuple[tuple[str, Any, type[Model], str, tuple[str, ...]], ...] = (
    (
        "person",
        _("Who you are to us"),
        Customer,
        "pk__in",
        ("name", "kind", "language", "address", "birth_year", "lives_alone", "since", "note", "timezone"),
    ),
    ("contacts", _("How we reach you"), Contact, "customer__in", ("kind", "network", "value", "verified_at")),
    ("places", _("Where you live or receive"), PostalAddress, "customer__in", ("lines", "postcode", "city", "country")),
    (
        "consents",
        _("What you agreed to"),
        Consent,
        "customer__in",
        ("purpose", "channel", "given", "how", "at", "note"),
    ),
    ("told", _("What you told of yourself"), Told, "customer__in", ("term", "text", "at")),
    ("belongings", _("Which groups you are in"), Belonging, "customer__in", ("kind", "name", "cell", "since", "until")),
    (
        "organisations",
        _("Where you belong"),
        Membership,
        "person__in",
        ("organisation__name", "role", "joined", "left"),
    ),
    (
        "purchases",
        _("What you bought"),
        Purchase,
        "customer__in",
        ("number", "product__sku", "price_minor", "currency", "ordered_at", "handed_over_at"),
    ),
    (
        "units",
        _("Serial numbers of what you bought"),
        Unit,
        "purchase__customer__in",
        ("serial", "product__sku", "purchase__number", "handed_over_at"),
    ),
    (
        "contracts",
        _("What was agreed with you by contract"),
        Contract,
        "customer__in",
        ("number", "kind", "begins", "ends", "renews_months", "notice_days", "ended", "site", "terms"),
    ),
    (
        "contract_promises",
        _("What your contracts promise"),
        ContractPromise,
        "contract__customer__in",
        ("contract__number", "promise", "severity", "within"),
    ),
    (
        "cases",
        _("What you brought to us"),
        Case,
        "customer__in",
        ("reference", "subject", "topic", "status", "channel", "opened_at", "resolved_at", "fields"),
    ),
    (
        "messages",
        _("What was said, and what we noted"),
        Message,
        "case__customer__in",
        ("case__reference", "direction", "channel", "written_at", "body"),
    ),
    (
        "promises",
        _("What we owed you"),
        Promise,
        "case__customer__in",
        ("case__reference", "kind", "state", "made_at", "due_at", "ended_at", "words"),
    ),
    (
        "claims",
        _("What you asked for by our rules"),
        Claim,
        "case__customer__in",
        ("case__reference", "policy", "facts", "outcome", "state", "clause", "decided_at"),
    ),
    (
        "grants",
        _("What you were granted"),
        Grant,
        "case__customer__in",
        ("case__reference", "kind", "amount_minor", "currency", "clause", "granted_at"),
    ),
    (
        "requests",
        _("What you asked about your data"),
        Request,
        "customer__in",
        ("kind", "way", "asked_at", "due_at", "longer_because", "proof", "proven", "result", "ended_at"),
    ),
    (
        "ratings",
        _("How you said you were served"),
        Rating,
        "case__customer__in",
        ("case__reference", "score", "high", "words", "rated_at"),
    ),
    ("calls", _("Calls"), Call, "case__customer__in", ("direction", "number", "at", "answered_at", "ended_at")),
    ("files", _("Files"), Attachment, "message__case__customer__in", ("message__case__reference", "name", "blob")),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the whole. rows: {field: value}, the oldest first."""

    name: str
    label: str
    rows: tuple[Mapping[str, Any], ...]


def sections_of(customer: Customer) -> tuple[Section, ...]:
    """Return all that is known, of who was merged into them too; a query a section. Labels: the active language's."""
    everyone = everyone_of(customer.pk)
    return tuple(
        Section(name, str(label), tuple(_plain(row) for row in _rows(model, where, everyone, fields)))
        for name, label, model, where, fields in SECTIONS
    )


def write_zip(customer: Customer, file: IO[bytes]) -> None:
    """Write everything.json, everything.html and files/ into a zip, in the customer's language."""
    with translation.override(customer.language):
        sections = sections_of(customer)
        page = render_to_string("privacy/everything.html", {"sections": sections, "now": clock.now()})
    whole = {each.name: list(each.rows) for each in sections}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("everything.json", json.dumps(whole, ensure_ascii=False, indent=1))
        packed.writestr("everything.html", page)
        for name, blob in _files(customer):
            try:
                with store.read(blob) as sent, packed.open(f"files/{name}", "w") as kept:
                    while chunk := sent.read(1 << 16):
                        kept.write(chunk)
            except FileNotFoundError:
                packed.writestr(f"files/{name}.missing", "")


def _rows(model: Any, where: str, everyone: list[int], fields: Iterable[str]) -> Iterable[Mapping[str, Any]]:
    rows: Iterable[Mapping[str, Any]] = model.objects.filter(**{where: everyone}).order_by("pk").values(*fields)
    return rows


def _files(customer: Customer) -> Iterable[tuple[str, Any]]:
    theirs = Attachment.objects.filter(message__case__customer__in=everyone_of(customer.pk)).exclude(blob=None)
    for each in theirs.select_related("blob", "message__case").order_by("pk"):
        name = each.name.replace("/", "_").replace("\\", "_").lstrip(".")
        yield f"{each.message.case.reference}/{each.pk}-{name}", each.blob


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in row.items()}
