"""A case that a colleague writes down for a customer, on the telephone: the plan's topics and its questions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tantam.desk.cases.actions import open_case
from tantam.desk.cases.models import Actor, Case
from tantam.desk.claims.actions import file_claim
from tantam.desk.common.errors import Refused
from tantam.desk.customers.access import whole_customer_for
from tantam.desk.web.doors import StaffRequest, workers
from tantam.desk.web.new_case_form import CaseForm, Chosen, chosen, concern_of, form_for, new_case
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned


@require_http_methods(["GET", "HEAD", "POST"])
@workers
@planned
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what it is about, then what to ask; open the case with what was said."""
    plan, lang = request.plan, request.LANGUAGE_CODE
    assert plan is not None
    sent = request.POST if request.method == "POST" else request.GET
    about = chosen(whole_customer_for(request.user, pk), sent, plan, lang)
    form = form_for(about, plan, lang, request.POST if request.method == "POST" else None)
    wrong = form is not None and request.method == "POST"
    if form is not None and wrong and (case := _open(request, about, form)):
        return redirect("web:case", case.pk)
    context = new_case(about, form, plan, lang)
    return page(request, "web/new_case.html", context, place="customers", status=422 if wrong else 200)


def _open(request: StaffRequest, about: Chosen, form: CaseForm) -> Case | None:
    """Return the case, None if something stops it: then the form says what."""
    assert request.plan is not None and about.topic is not None
    concern = concern_of(about, about.topic, form, request.plan)
    if concern is None:
        return None
    try:
        if about.topic.policy:
            return file_claim(concern, policy=about.topic.policy, person=request.user).case
        return open_case(concern, by=Actor.PERSON, person=request.user)
    except Refused as stop:
        form.add_error(None, stop.sentence())
        return None
