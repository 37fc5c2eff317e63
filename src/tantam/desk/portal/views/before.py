"""Who has not bought yet asks to be called, or for a quote: a case before the sale, and what is promised on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tantam.desk.calls.actions import ask_to_be_called
from tantam.desk.cases.models import Case
from tantam.desk.cases.opening import opened_before
from tantam.desk.claims import filing
from tantam.desk.common import clock, spoken
from tantam.desk.common.errors import Refused
from tantam.desk.customers import contacts
from tantam.desk.plans import RunningPlan, ways
from tantam.desk.plans.topics import Topic
from tantam.desk.portal import guard, held, sent
from tantam.desk.portal.before_forms import BeforeForm, CallForm, QuoteForm
from tantam.desk.portal.choices import before_buying
from tantam.desk.portal.pages import language_of, page, with_plan


@dataclass(frozen=True)
class Visit:
    """Somebody at one of the two forms. code: which, `call` or `quote`. topics: of a question before buying."""

    request: HttpRequest
    plan: RunningPlan
    code: str
    form: BeforeForm
    topics: tuple[Topic, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def call_me(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show the form, or take in that they want to be called."""
    return _answered(_visit(request, plan, "call", CallForm), _call_words, _promise_call)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def ask_quote(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """Show the form, or take in what is to be quoted."""
    return _answered(_visit(request, plan, "quote", QuoteForm), _quote_words, None)


def _visit(request: HttpRequest, plan: RunningPlan, code: str, form: type[CallForm] | type[QuoteForm]) -> Visit:
    topics = before_buying(plan, language_of(request, plan))
    if not topics:
        raise Http404
    written = request.POST if request.method == "POST" else None
    asks = {"now": clock.now(), "zone": ZoneInfo(plan.timezone)}
    return Visit(request, plan, code, form(written, topics=topics, country=plan.country, **asks), topics)


def _answered(visit: Visit, words: Callable[[Any], str], then: Callable[[Visit, Case], None] | None) -> HttpResponse:
    """File what was written; anything that stops it shows the form again with every word in it."""
    request, form = visit.request, visit.form
    if request.method != "POST":
        return _shown(visit)
    submission = sent.submission_of(request)
    if before := opened_before(submission=submission):
        return _to(before, request, submission)
    if waiting := held.before(submission):
        return sent.remember(redirect("portal:received", held.key_of(waiting)), request, submission)
    if form.is_valid() and (stop := guard.stopped(request)):
        form.add_error(None, str(guard.SAID[stop]))
    if not form.is_valid():
        return _shown(visit, submission, status=422)
    wanted = _filing(visit, words(form), submission)
    try:
        with guard.filed(request, wanted.contact):
            if waiting := held.hold(wanted, (), guard.signs(request)):
                return sent.remember(redirect("portal:received", held.key_of(waiting)), request, submission)
            case = filing.file(wanted)
            if then is not None:
                then(visit, case)
    except (Refused, OperationalError) as stopped:
        status, words = guard.why_not(stopped)
        form.add_error(None, words)
        return _shown(visit, submission, status=status)
    return _to(case, request, submission)


def _to(case: Case, request: HttpRequest, submission: str) -> HttpResponse:
    return sent.remember(redirect("portal:case", case.link_key), request, submission)


def _filing(visit: Visit, body: str, submission: str) -> filing.Filing:
    got, plan = visit.form.cleaned_data, visit.plan
    named = (each for each in visit.topics if (each.name or each.policy) == got.get("topic"))
    topic = next(named, visit.topics[0])
    subject = _("Please call me") if visit.code == "call" else _("Please make a quote")
    return filing.Filing(
        plan=plan,
        name=got["name"],
        contact=got["contact"],
        subject=f"{subject}: {topic.label}" if topic.label else subject,
        body=body,
        channel=ways.way_in(plan, ways.WEB),
        language=language_of(visit.request, plan),
        topic=topic.name,
        submission=submission,
    )


def _call_words(form: CallForm) -> str:
    """Return what they wrote, and which number they want to be called by, from when."""
    since = form.since()
    when = spoken.instant(since, form.now) if since else _("as soon as you can")
    asks = _("Please call me: %(number)s, %(when)s.") % {"number": form.cleaned_data["contact"], "when": when}
    return f"{form.cleaned_data['body'].strip()}\n\n{asks}".strip()


def _quote_words(form: QuoteForm) -> str:
    """Return what they wrote, and by when they need it."""
    day, words = form.noon(), str(form.cleaned_data["body"]).strip()
    by = _("We need it by %(day)s.") % {"day": spoken.day_long(day)} if day else ""
    return f"{words}\n\n{by}".strip()


def _promise_call(visit: Visit, case: Case) -> None:
    form = visit.form
    assert isinstance(form, CallForm)
    number = contacts.normal_phone(form.cleaned_data["contact"], form.country)
    ask_to_be_called(case, number, since=form.since())


def _shown(visit: Visit, submission: str = "", *, status: int = 200) -> HttpResponse:
    context = {
        "code": visit.code,
        "form": visit.form,
        "seal": guard.seal_for(visit.request, submission),
        "trap": guard.TRAP,
    }
    return page(visit.request, "portal/before.html", visit.plan, context, status=status)
