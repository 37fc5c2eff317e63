"""Filing a claim on a case that is under way: what it may be about, what is still asked, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.claims.actions import file_on_for
from tantam.desk.claims.actions.file_on import Asked
from tantam.desk.claims.models import Claim
from tantam.desk.claims.questions import claimable, claimable_by, questions_on
from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.asking import facts_from


class ClaimForm(forms.Form):
    """What the plan asks of a topic; what the customer has not said stays empty."""

    use_required_attribute = False

    def __init__(self, typed: Any, *, questions: Mapping[str, forms.Field]) -> None:
        super().__init__(typed)
        self.fields |= dict(questions)


def claiming(case: Case, plan: RunningPlan, lang: str, sent: Mapping[str, str], *, typed: bool) -> dict[str, Any]:
    """Return what the section shows: topics to choose from, and the form of the one that is chosen.

    sent: with the topic's code. typed: whether the form itself was sent.
    """
    topic = claimable_by(plan, lang, sent.get("topic", ""))
    form = ClaimForm(sent if typed else None, questions=questions_on(case, topic, plan, lang)) if topic else None
    return {
        "topics": [(each.code, each.label) for each in claimable(plan, lang)],
        "topic": topic,
        "code": topic.code if topic else "",
        "form": form,
    }


def file_it(case: Case, person: Person, shown: Mapping[str, Any], plan: RunningPlan) -> Claim | None:
    """Return the claim; None where something stops it: then the form says what. shown: of `claiming`, with a topic."""
    form, topic = shown["form"], shown["topic"]
    told, refused = facts_from(plan, form.cleaned_data) if form.is_valid() else ({}, {})
    for name in refused:
        form.add_error(name, _("This does not fit here. Look at it again, or leave it empty."))
    if not form.is_valid():
        return None
    try:
        return file_on_for(case, Asked(topic.policy, topic.name, told), person)
    except Refused as stop:
        form.add_error(None, stop.sentence())
        return None
