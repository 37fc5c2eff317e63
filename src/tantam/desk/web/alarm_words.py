"""Says which of the plan's alarms ring, each with its figure and where it alarms, and which providers are stopped."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from tantam.desk.plans import RunningPlan
from tantam.desk.plans.providers import called, watched
from tantam.desk.providers.stopping import stops
from tantam.desk.reports.alarms import WATCHED, alarms
from tantam.desk.web import figure_words
from tantam.desk.web.scorecard import stop_words


def findings(plan: RunningPlan, lang: str) -> list[dict[str, str]]:
    """Return the alarms that ring and the providers that are stopped: name, sentence, href. Two queries."""
    return _ringing(plan, lang) + _stopped(plan, lang)


def _stopped(plan: RunningPlan, lang: str) -> list[dict[str, str]]:
    """Return the providers that take nothing new, as findings. One query, none where the plan stops nobody."""
    return [
        {
            "name": called(plan, name, lang),
            "text": gettext("Stopped: %(why)s. They take nothing new until a manager lets them serve again.")
            % {"why": stop_words(stop, plan, lang)},
            "href": reverse("web:provider", args=[name]),
        }
        for name, stop in (stops() if watched(plan) else {}).items()
    ]


def _ringing(plan: RunningPlan, lang: str) -> list[dict[str, str]]:
    """Return the alarms that ring. One query."""
    return [
        {
            "name": figure_words.name(each.definition.name, plan, lang),
            "text": gettext("%(value)s in the last 30 days, %(counted)s; the plan alarms at %(bound)s.")
            % {
                "value": figure_words.value(each.kind, each.value),
                "counted": figure_words.counted(each),
                "bound": figure_words.bound(each.kind, each.definition.alarm.sign, each.definition.alarm.at),
            },
            "href": reverse("web:measure", args=[each.definition.name]) + f"?stretch={WATCHED}",
        }
        for each in alarms(plan)
        if each.definition.alarm is not None
    ]
