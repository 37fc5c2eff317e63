"""What the pages of requests about somebody's data show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan, rights
from tantam.desk.privacy.models import Request
from tantam.desk.web import request_forms as forms

SHOWS = (("", pgettext_lazy("requests", "open")), ("ended", pgettext_lazy("requests", "ended")))
PROVEN = {Request.LINK: _("By the link that went to their address"), Request.COLLEAGUE: _("By a colleague")}


def listed(found: QuerySet[Request], show: str) -> QuerySet[Request]:
    """Return those of one sort: what is due first at the top, what has no day last; of ended ones the newest first."""
    if show == "ended":
        return found.exclude(ended_at=None).order_by("-ended_at", "-id")
    return found.filter(ended_at=None).order_by(F("due_at").asc(nulls_last=True), "id")


def row_of(found: Request) -> dict[str, Any]:
    """Return a request with how long there is."""
    return {"found": found, "late": _late(found), "left": _left(found)}


def one(found: Request, plan: RunningPlan, lang: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return all of one request, with the forms of what can be done; one that was sent, as it was."""
    owed = rights.right(plan, found.kind, found.asked_at)
    longer = owed and owed.longest and not found.longer_because and not _late(found)
    return {
        "found": found,
        "late": _late(found),
        "left": _left(found),
        "why": owed.because.text(lang) if owed else "",
        "proven": PROVEN.get(found.proof, ""),
        "wants_colleague": bool(owed and owed.proof == rights.COLLEAGUE),
        "proof_form": sent.get("prove") or forms.ProofForm(),
        "longest": owed.longest if owed and longer else None,
        "longer_form": sent.get("longer") or forms.LongerForm(),
        "end_form": sent.get("end") or forms.EndForm(kind=found.kind),
    }


def _late(found: Request) -> bool:
    ended = found.ended_at or clock.now()
    return found.due_at is not None and ended > found.due_at


def _left(found: Request) -> int | None:
    """Return how many days there still are, None where none is named or it is late."""
    if found.due_at is None or found.ended_at is not None or _late(found):
        return None
    return (found.due_at - clock.now()).days
