"""Says which of the plan's alarms ring, each with its figure and where it alarms."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from tantam.desk.plans import RunningPlan
from tantam.desk.reports.alarms import WATCHED, alarms
from tantam.desk.web import figure_words


def findings(plan: RunningPlan, lang: str) -> list[dict[str, str]]:
    """Return the alarms that ring as findings: name, sentence, href. One query."""
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
