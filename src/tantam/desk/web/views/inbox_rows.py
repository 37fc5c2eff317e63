"""The rows of a list as CSV, sent as they are read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tantam.desk.cases.grouping import unpacked
from tantam.desk.cases.inbox import matching
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.web import inbox_page
from tantam.desk.web.doors import StaffRequest, staff
from tantam.desk.web.planned import planned_in

MOST = 100_000  # rows
COLUMNS = (
    *("reference", "subject", "customer", "groups", "stage", "severity", "level", "topic", "status", "owner"),
    *("channel", "language", "opened_at", "next_due_at", "snoozed_until", "last_at", "provider", "department"),
)
_DANGEROUS = tuple("=+-@＝＋－＠\t\r\n")  # what a spreadsheet would take for a formula


@require_safe
@staff
@planned_in("inbox")
def export(request: StaffRequest) -> HttpResponse | StreamingHttpResponse:
    """Send the rows that match, in the order of what is owed. bom=1: with the mark by which Excel knows UTF-8."""
    asked = inbox_page.asked(request.GET, request.user, request.plan)
    if asked.wrong is not None:
        return HttpResponse(asked.wrong.sentence(), content_type="text/plain; charset=utf-8", status=422)
    cases = matching(request.user, asked.listing, clock.now()).select_related("customer", "owner")
    rows = cases.order_by("queue", "next_due_at", "pk")[:MOST].iterator(chunk_size=500)
    begun = "\ufeff" if request.GET.get("bom") else ""
    lines = _lines(rows, begun, timezone.get_current_timezone())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return answer


def _lines(cases: Iterator[Case], begun: str, zone: tzinfo) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield begun + writer.writerow(COLUMNS)
    for case in cases:
        yield writer.writerow(_cells(case, zone))


def _cells(case: Case, zone: tzinfo) -> list[str]:
    groups, owner = " ".join(unpacked(case.groups)), case.owner.name if case.owner else ""
    said = {"customer": case.customer.shown, "groups": groups, "owner": owner}
    return [_cell(said[name] if name in said else getattr(case, name), zone) for name in COLUMNS]


def _cell(value: Any, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value, zone).isoformat(timespec="minutes")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line
