"""The private page of a case: what was said, answered and promised; reply, reopen, settle. Notes never."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.actions import receive, settle
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers import address, contacts
from tantam.desk.plans import RunningPlan, ways
from tantam.desk.portal import guard
from tantam.desk.portal.forms import WordsForm
from tantam.desk.portal.pages import language_of, page, private, with_plan
from tantam.desk.portal.progress import answer_of, conversation, owner_of, steps

FRESH = timedelta(minutes=15)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Visit:
    """Somebody at the private page of a case."""

    request: HttpRequest
    plan: RunningPlan
    case: Case


@never_cache
@require_safe
@with_plan
def case(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Show the case whose private link this is."""
    return _shown(Visit(request, plan, case_by_link(key)), WordsForm(), guard.seal())


@never_cache
@require_POST
@with_plan
def write(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take in what the customer adds; a resolved case is open again with it."""
    found = case_by_link(key)
    form = WordsForm(request.POST)
    submission = guard.submission_of(request)
    status = 422
    if form.is_valid() and request.POST.get(guard.TRAP, "").strip():
        form.add_error(None, str(guard.SAID[guard.Stop.TRAPPED]))
    if form.is_valid():
        try:
            guard.count_written(request, found.link_key)
            receive(found, form.cleaned_data["body"], channel=ways.way_in(plan, ways.WEB), submission=submission)
        except Refused as refused:
            status = 429 if refused.code == "too_often" else 422
            form.add_error(None, refused.sentence())
        except OperationalError:  # the database is busy or away: what was written must not be
            _log.exception("A message could not be kept; its form is shown again.")
            status = 503
            form.add_error(None, str(guard.NOT_KEPT))
        else:
            return private(redirect(reverse("portal:case", args=[found.link_key]) + "#last"))
    return _shown(Visit(request, plan, found), form, guard.seal(submission), status=status)


@never_cache
@require_POST
@with_plan
def settled(request: HttpRequest, plan: RunningPlan, key: str) -> HttpResponse:
    """Take the customer's word that their concern is settled."""
    found = case_by_link(key)
    with suppress(Refused):  # it is settled already: that is what they wanted
        settle(found)
    return private(redirect("portal:case", found.link_key))


def _shown(visit: Visit, form: WordsForm, seal: guard.Seal, *, status: int = 200) -> HttpResponse:
    request, plan, found = visit.request, visit.plan, visit.case
    lang, now = language_of(request, plan), clock.now()
    answer = answer_of(found, lang)
    said = conversation(found, plan.company(lang), you=_("You"))
    context: dict[str, Any] = {
        "case": found,
        "answer": answer,
        "steps": steps(found, now, lang),
        "messages_said": said,
        "owner": owner_of(found),
        "fresh": now - found.opened_at < FRESH,
        "called": address.called(found.customer, lang),
        "by_mail": bool(contacts.mail_of(found.customer)),
        "link": private_link(found),
        "form": form,
        "seal": seal,
        "trap": guard.TRAP,
        "resolved": found.status == Case.Status.RESOLVED,
        "can_settle": any(each.direction == "outgoing" and each.by_person for each in said),
        "waiting": found.status == Case.Status.WAITING,
    }
    return private(page(request, "portal/case.html", plan, context, status=status))
