"""What a claim on a case needs to know, asked of its customer under their private link; answered at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.models import Case
from tantam.desk.claims.actions.file_on import Asked, Words, file_on_by_customer, is_claimed
from tantam.desk.claims.questions import claimable_by, questions_on
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan, ways
from tantam.desk.plans.topics import Topic
from tantam.desk.portal import guard, photos
from tantam.desk.portal.forms import TellForm
from tantam.desk.portal.pages import language_of, page, private, with_plan
from tantam.desk.portal.photos import Photos
from tantam.desk.portal.questions import facts_from, said_in_words
from tantam.desk.portal.rests import rests_on


@dataclass(frozen=True)
class Visit:
    """Somebody at the questions of a topic, under the private link of a case."""

    request: HttpRequest
    plan: RunningPlan
    case: Case
    topic: Topic


@csrf_exempt  # whoever checks it reads the request; first it is said which files that may hold, then checked
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def tell(request: HttpRequest, plan: RunningPlan, key: str, code: str) -> HttpResponse:
    """Show the questions, or take in the answers: then the case's page has the plan's."""
    photos.receive(request)
    return csrf_protect(_tell)(request, plan, key, code)


def _tell(request: HttpRequest, plan: RunningPlan, key: str, code: str) -> HttpResponse:
    case, lang = case_by_link(key), language_of(request, plan)
    topic = claimable_by(plan, lang, code)
    if topic is None:
        raise Http404
    visit = Visit(request, plan, case, topic)
    form = TellForm(request.POST or None, questions=questions_on(case, topic, plan, lang))
    if request.method == "POST":
        return _taken(visit, form)
    return _answered(case) if is_claimed(case, topic.policy) else _shown(visit, form, Photos())


def _taken(visit: Visit, form: TellForm) -> HttpResponse:
    """Take the answers in; anything that stops them shows the form again with every word and file in it."""
    request, brought, status = visit.request, photos.of(visit.request), 422
    if form.is_valid() and request.POST.get(guard.TRAP, "").strip():
        form.add_error(None, str(guard.SAID[guard.Stop.TRAPPED]))
    try:
        if form.is_valid() and not brought.refused and _filed(visit, form, brought):
            return _answered(visit.case)
    except (Refused, OperationalError) as stopped:
        status, words = guard.why_not(stopped)
        form.add_error(None, words)
    return _shown(visit, form, brought, status=status)


def _filed(visit: Visit, form: TellForm, brought: Photos) -> bool:
    """File the claim; False where an answer does not fit its question: then the form says so."""
    told, refused = facts_from(visit.plan, form.cleaned_data)
    for name in refused:
        form.add_error(name, _("This does not fit here. Look at it again, or leave it empty."))
    if refused:
        return False
    guard.count_written(visit.request, visit.case.link_key)
    said = filter(None, (said_in_words(form), form.cleaned_data["body"].strip()))
    words = Words(
        "\n".join(said) or visit.topic.label,
        ways.way_in(visit.plan, ways.WEB),
        guard.submission_of(visit.request),
        brought.kept,
    )
    file_on_by_customer(visit.case, Asked(visit.topic.policy, visit.topic.name, told), words)
    return True


def _answered(case: Case) -> HttpResponse:
    return private(redirect("portal:case", case.link_key))


def _shown(visit: Visit, form: TellForm, brought: Photos, *, status: int = 200) -> HttpResponse:
    sent = guard.submission_of(visit.request) if visit.request.method == "POST" else ""
    context = {
        "case": visit.case,
        "topic": visit.topic,
        "form": form,
        "photos": brought,
        "proofs": [str(each.label) for each in form.fields.values() if getattr(each, "proof", "")],
        "rests": rests_on(visit.plan, visit.topic, language_of(visit.request, visit.plan)),
        "seal": guard.seal(sent),
        "trap": guard.TRAP,
    }
    return private(page(visit.request, "portal/tell.html", visit.plan, context, status=status))
