"""Everything the page of one import shows: what it would become, how far it is, what it came to."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext

from tantam.desk.common import clock, spoken
from tantam.desk.imports import store
from tantam.desk.imports.meaning.wrong import sentence
from tantam.desk.imports.models import Import
from tantam.desk.imports.preview import Foreseen, Preview
from tantam.desk.imports.reading.opening import opened
from tantam.desk.imports.reading.table import How, Unreadable
from tantam.desk.imports.taking.outcome import Outcome
from tantam.desk.web import import_words

FIRST_REJECTED = 20
WAITS_TOO_LONG_SECONDS = 60.0
_DANGEROUS = tuple("=+-@＝＋－＠\t\r\n")  # what a spreadsheet would take for a formula


def preview_context(found: Preview) -> dict[str, Any]:
    """Return what the page shows of a preview."""
    counts = [(code, n, import_words.said(code, n)) for code in import_words.BECOMES if (n := found.counts[code])]
    return {
        "counts": counts,
        "tried": found.tried,
        "more": len(found.looked.lines) > found.tried,
        "rows": [_row(each) for each in found.rows],
        "lacking": ", ".join(found.lacking),
        "asks_dates": found.asks_dates,
        "known_as": import_words.BUILT_IN.get(found.looked.form, ""),
    }


def run_context(held: Import) -> dict[str, Any]:
    """Return what the page shows of an import that began."""
    waited = (clock.now() - held.made_at).total_seconds()
    return {
        "state": import_words.state(held),
        "under_way": not held.over,
        "idle": held.state == Import.State.WAITING and waited > WAITS_TOO_LONG_SECONDS,
        "came_to": import_words.came_to(held),
        "trouble": import_words.trouble(held),
        "goes_on": held.state in (Import.State.STOPPED, Import.State.FAILED) and not held.file_gone,
        "rejected": list(_first_rejected(held)) if held.over else [],
    }


def rejected_lines(held: Import, lang: str, path: Path | None = None) -> Iterator[str]:
    """Yield the rejected rows as CSV, to be mended and brought again: the file's own columns, then line and reason.

    lang: of the reasons; an answer that is sent as it is made outlives the language of its request. path: where the
    file lies, None for its place at the desk.
    """
    writer = csv.writer(_Echo())
    try:
        with opened(path or store.file_of(held), How(**held.how)) as table:
            columns = list(table.columns)
    except Unreadable:
        columns = []
    with translation.override(lang):
        heads = [gettext("Line"), gettext("Reason")]
    yield "\ufeff" + writer.writerow([*map(_safe, columns), *heads])
    for wrong, cells in store.Rejected(held).read():
        even = [*cells, *[""] * (len(columns) - len(cells))]
        with translation.override(lang):
            why = reason(wrong.code, wrong.field, wrong.args)
        yield writer.writerow([*map(_safe, even), wrong.row, why])


def reason(code: str, field: str, args: Any) -> str:
    """Return why a row is not taken, with the field that it is about."""
    said = sentence(code, args)
    label = import_words.FIELDS.get(field)
    return f"{label}: {said}" if label else said


def _first_rejected(held: Import) -> Iterator[dict[str, Any]]:
    for at, (wrong, cells) in enumerate(store.Rejected(held).read()):
        if at == FIRST_REJECTED:
            return
        yield {"row": wrong.row, "why": reason(wrong.code, wrong.field, wrong.args), "cells": _short(cells)}


def _row(each: Foreseen) -> dict[str, Any]:
    outcome = each.outcome
    if outcome.wrong is not None:
        wrong = outcome.wrong
        why = reason(wrong.code, wrong.field, wrong.args_said)
        return {"row": each.row, "code": "rejected", "becomes": import_words.BECOMES["rejected"], "why": why} | {
            "who": _short(each.cells),
            "told": "",
        }
    return {
        "row": each.row,
        "code": outcome.code,
        "becomes": import_words.BECOMES[outcome.code],
        "who": _who(outcome, each.told),
        "told": _told(each.told),
        "why": _why(outcome),
    }


def _who(outcome: Outcome, told: dict[str, Any]) -> str:
    if outcome.customer is None:
        return str(told.get("name", ""))
    return outcome.customer.shown


def _told(told: dict[str, Any]) -> str:
    """Return in a line what a row tells beside the name, as it will be kept."""
    parts = [_part(name, value, told) for name, value in told.items()]
    return " · ".join(part for part in parts if part)


_AS_IT_IS = frozenset(("number", "sku", "product", "organisation", "birth_year", "note", "begins", "ends", "serial"))
_AS_IT_IS |= {"tracking", "carrier", "reason"}


def _part(name: str, value: Any, told: dict[str, Any]) -> str:
    match name:
        case "contacts":
            return ", ".join(each[2] for each in value)
        case "price_minor":
            return spoken.money(value, told["currency"]) if value is not None else ""
        case "ordered_at" | "handed_over_at" | "delivered_at":
            return spoken.day(timezone.localtime(value), clock.now())
        case "since" | "due" | "called_off":
            return spoken.day(datetime.combine(value, time(12), timezone.get_current_timezone()), clock.now())
        case "place":
            return ", ".join(each for each in (value.lines, f"{value.postcode} {value.city}".strip()) if each)
        case name if name in _AS_IT_IS:
            return str(value)[:80]
        case _:
            return ""


def _why(outcome: Outcome) -> str:
    found = import_words.FOUND_BY.get(outcome.why, "") if outcome.code in ("matched", "changed") else ""
    if outcome.code != "changed":
        return str(found)
    named = [str(import_words.FIELDS.get(_field(each), each)) for each in outcome.fields]
    return ", ".join(named)


def _field(name: str) -> str:
    return {
        "price_minor": "price",
        "ordered_at": "ordered",
        "handed_over_at": "handed_over",
        "promises": "promise",
    }.get(name, name)


def _short(cells: Sequence[str]) -> str:
    return " · ".join(each for each in cells if each.strip())[:120]


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    """Whether a text that begins with a sign is a number or a telephone number, which no spreadsheet runs."""
    return text[1:].replace(" ", "").replace(".", "").replace(",", "").isdigit()


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line
