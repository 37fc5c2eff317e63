"""A case that a colleague writes down for a customer, on the telephone: the plan's topics and its questions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tantam.desk.cases.actions import open_case
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.claims.actions import file_claim
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.access import customer_for
from tantam.desk.customers.facts import facts_of
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Fact, RunningPlan
from tantam.desk.plans.asking import facts_from, said_in_words, still_asked
from tantam.desk.plans.care import channels
from tantam.desk.plans.topics import Topic, topics
from tantam.desk.plans.ways import PHONE, way_in
from tantam.desk.web.doors import StaffRequest, workers
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned


class CaseForm(forms.Form):
    """What the customer said, and what the plan asks them."""

    use_required_attribute = False

    def __init__(self, data: Any, *, questions: Mapping[str, forms.Field], has_questions: bool) -> None:
        super().__init__(data)
        self.fields |= dict(questions)
        for each in questions.values():
            each.required = False  # what was not said on the telephone stays unknown
        self.fields["body"] = forms.CharField(
            label=gettext_lazy("What they said"),
            required=not has_questions,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea({"class": "input", "rows": 5}),
            error_messages={"required": gettext_lazy("Write something first.")},
        )


@require_http_methods(["GET", "HEAD", "POST"])
@workers
@planned
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what it is about, then what to ask; open the case with what was said."""
    plan, lang = request.plan, request.LANGUAGE_CODE
    assert plan is not None
    customer = customer_for(request.user, pk)
    sent = request.POST if request.method == "POST" else request.GET
    offered = topics(plan, lang)
    topic = next((each for each in offered if (each.name or each.policy) == sent.get("topic", "")), None)
    purchase = next((each for each in customer.purchases.all() if each.number == sent.get("purchase", "")), None)
    names = dict(channels(plan, lang))
    channel = sent.get("channel", "") if sent.get("channel", "") in names else way_in(plan, PHONE)
    context = {
        "customer": customer,
        "topics": [(each.name or each.policy, each.label) for each in offered],
        "topic": topic,
        "purchases": [(each, each.product.name(lang)) for each in customer.purchases.all()],
        "purchase": purchase,
        "channels": names.items(),
        "channel": channel,
        "submission": sent.get("submission", "") or uuid.uuid4().hex,
    }
    if topic is None:
        return page(request, "web/new_case.html", context, place="customers")
    context |= {
        "form": _form(None, plan, lang, _asked(plan, customer, purchase, topic)),
        "declined": topic.declined and plan.text(topic.declined, lang),
    }
    if request.method != "POST":
        return page(request, "web/new_case.html", context, place="customers")
    form = context["form"] = _form(request.POST, plan, lang, _asked(plan, customer, purchase, topic))
    case = _open(request, form, topic, customer, (purchase, channel))
    if case is None:
        return page(request, "web/new_case.html", context, place="customers", status=422)
    return redirect("web:case", case.pk)


def _asked(
    plan: RunningPlan, customer: Customer, purchase: Purchase | None, topic: Topic
) -> tuple[Topic, dict[str, Fact]]:
    """Return the topic and what is on record, which nobody is asked."""
    now = clock.now()
    return topic, plan.terms_of(facts_of(customer, purchase, now), {}, now)


def _form(data: Any, plan: RunningPlan, lang: str, asked: tuple[Topic, dict[str, Fact]]) -> CaseForm:
    questions = still_asked(plan, *asked, lang)
    return CaseForm(data, questions=questions, has_questions=bool(questions))


def _open(
    request: StaffRequest, form: CaseForm, topic: Topic, customer: Customer, about: tuple[Purchase | None, str]
) -> Case | None:
    """Return the case, None if something stops it: then the form says what. about: the purchase and the channel."""
    assert request.plan is not None
    told, refused = facts_from(request.plan, form.cleaned_data) if form.is_valid() else ({}, {})
    for name in refused:
        form.add_error(name, _("This does not fit here. Look at it again, or leave it empty."))
    if not form.is_valid():
        return None
    said = form.cleaned_data["body"].strip()
    purchase, channel = about
    concern = Concern(
        customer=customer,
        body=said or said_in_words(form) or topic.label,
        subject="" if said else topic.label,
        channel=channel,
        language=customer.language,
        topic=topic.name,
        facts=told,
        purchase=purchase,
        submission=request.POST.get("submission", "")[:64] or None,
    )
    try:
        if topic.policy:
            return file_claim(concern, policy=topic.policy, person=request.user).case
        return open_case(concern, by=Actor.PERSON, person=request.user)
    except Refused as stop:
        form.add_error(None, stop.sentence())
        return None
