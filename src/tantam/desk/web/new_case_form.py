"""A case as a colleague writes it down for a customer: what was chosen, what is asked then, and what comes of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tantam.desk.cases.concern import Concern
from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.common import clock
from tantam.desk.customers.facts import facts_of
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.asking import facts_from, said_in_words, still_asked
from tantam.desk.plans.care import channels
from tantam.desk.plans.topics import Topic, topics
from tantam.desk.plans.ways import PHONE, way_in

MOST_SUBMISSION = 64


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a case is to be about. topic: None until one is chosen. submission: the same for each try to send it."""

    customer: Customer
    topic: Topic | None
    purchase: Purchase | None
    channel: str
    submission: str


class CaseForm(forms.Form):
    """What the customer said, and what the plan asks them."""

    use_required_attribute = False

    def __init__(self, typed: Any, *, questions: Mapping[str, forms.Field]) -> None:
        super().__init__(typed)
        self.fields |= dict(questions)
        for each in questions.values():
            each.required = False  # what was not said on the telephone stays unknown
        self.fields["body"] = forms.CharField(
            label=gettext_lazy("What they said"),
            required=not questions,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea({"class": "input", "rows": 5}),
            error_messages={"required": gettext_lazy("Write something first.")},
        )


def chosen(customer: Customer, sent: Mapping[str, str], plan: RunningPlan, lang: str) -> Chosen:
    """Return what was chosen; of what the plan or the customer does not have, nothing, and the telephone."""
    channel = sent.get("channel", "")
    return Chosen(
        customer=customer,
        topic=next((each for each in topics(plan, lang) if each.code == sent.get("topic", "")), None),
        purchase=next((each for each in customer.purchases.all() if each.number == sent.get("purchase", "")), None),
        channel=channel if channel in dict(channels(plan, lang)) else way_in(plan, PHONE),
        submission=sent.get("submission", "")[:MOST_SUBMISSION] or uuid.uuid4().hex,
    )


def form_for(about: Chosen, plan: RunningPlan, lang: str, typed: Any) -> CaseForm | None:
    """Return the form of the topic: what is on record is not asked; None until a topic is chosen."""
    if about.topic is None:
        return None
    now = clock.now()
    known = plan.terms_of(facts_of(about.customer, about.purchase, now), {}, now)
    return CaseForm(typed, questions=still_asked(plan, about.topic, known, lang))


def concern_of(about: Chosen, topic: Topic, form: CaseForm, plan: RunningPlan) -> Concern | None:
    """Return what was written as a concern of the customer; None if the form stops it: then it says what."""
    told, refused = facts_from(plan, form.cleaned_data) if form.is_valid() else ({}, {})
    for name in refused:
        form.add_error(name, _("This does not fit here. Look at it again, or leave it empty."))
    if not form.is_valid():
        return None
    said = form.cleaned_data["body"].strip()
    return Concern(
        customer=about.customer,
        body=said or said_in_words(form) or topic.label,
        subject="" if said else topic.label,
        channel=about.channel,
        language=about.customer.language,
        topic=topic.name,
        facts=told,
        purchase=about.purchase,
        submission=about.submission,
        plan=plan,
    )


def new_case(about: Chosen, form: CaseForm | None, plan: RunningPlan, lang: str) -> dict[str, Any]:
    """Return the page's context: the choices, then what is asked of the topic."""
    topic = about.topic
    return {
        "customer": about.customer,
        "topics": [(each.code, each.label) for each in topics(plan, lang)],
        "topic": topic,
        "code": topic.code if topic else "",
        "purchases": [(each, each.product.name(lang)) for each in about.customer.purchases.all()],
        "purchase": about.purchase,
        "channels": channels(plan, lang),
        "channel": about.channel,
        "submission": about.submission,
        "form": form,
        "declined": plan.text(topic.declined, lang) if topic and topic.declined else "",
    }
