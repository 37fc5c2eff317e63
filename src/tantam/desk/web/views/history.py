"""One case of an imported log, to read: it has no row at this desk, only its events."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tantam.desk import reports
from tantam.desk.plans import RunningPlan
from tantam.desk.reports import Story
from tantam.desk.web import case_words, event_words
from tantam.desk.web.doors import StaffRequest, overseers
from tantam.desk.web.pages import page


@require_safe
@overseers
def show(request: StaffRequest, source: str, reference: str) -> HttpResponse:
    """Show an imported case: what the log knows, and everything that happened, oldest first."""
    story = reports.story(source, reference) if request.plan and reference.isprintable() else None
    if story is None or request.plan is None:
        raise Http404
    lang = request.LANGUAGE_CODE
    customer = story.customer.partition("/")[2] or gettext("the customer")
    context = {
        "story": story,
        "back": f"{reverse('web:measures')}?{urlencode({'source': story.source})}",
        "head": _head(story, request.plan, lang),
        "facts": [(request.plan.term_label(term, lang), text) for term, text in story.facts.items()],
        "events": event_words.said_of_log(story.events, request.plan, customer),
    }
    return page(request, "web/history.html", context, place="measures")


def _head(story: Story, plan: RunningPlan, lang: str) -> list[tuple[str, str]]:
    """Return what the log knows of the case as a whole."""
    opened = next((each.args for each in story.events if each.code == "opened"), {})
    known = [
        (gettext("Customer"), story.customer.partition("/")[2]),
        (gettext("Customer group"), ", ".join(plan.group_label(each, lang) for each in story.groups)),
        (gettext("Topic"), plan.label("topic", str(opened.get("topic", "")), lang) if opened.get("topic") else ""),
        (gettext("Stage"), case_words.stage(plan, str(opened.get("stage", "")))),
        (gettext("Severity"), case_words.severity(plan, str(opened["severity"])) if opened.get("severity") else ""),
    ]
    return [(term, words) for term, words in known if words]
