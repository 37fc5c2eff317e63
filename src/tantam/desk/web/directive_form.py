"""The form of a directive: two that many need, or its text as a plan has it; for how long, why, and for whom."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tantam.desk.common.errors import Refused
from tantam.desk.plans import RunningPlan, guided, named
from tantam.desk.plans.actions import NewDirective
from tantam.desk.plans.models import MOST_NOTE, MOST_TITLE

GUIDES = (
    ("close", _("Closed on a day")),
    ("change", _("Another time or amount")),
    ("text", _("Written like a plan")),
)
LATEST = date(9999, 1, 1)  # what is later is refused all the same; calendars end with that year
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "de": "Deutsch", "en": "English"}


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", "autocomplete": "off", **attrs})


class DirectiveForm(forms.Form):
    """What counts otherwise, and for how long. guide: which of the three ways; fields of the others are left alone."""

    guide = forms.ChoiceField(label=_("What counts otherwise"), choices=GUIDES, widget=forms.RadioSelect)
    hours = forms.MultipleChoiceField(label=_("Which hours"), required=False, widget=forms.CheckboxSelectMultiple)
    day = forms.DateField(label=_("Closed on"), required=False, widget=_line(type="date"))
    what = forms.ChoiceField(
        label=_("What the plan says"), required=False, widget=forms.Select(attrs={"class": "input"})
    )
    value = forms.CharField(
        label=_("What counts instead"),
        required=False,
        max_length=40,
        help_text=_("Written like the other: 14 days, 2 h, 500_000 VND."),
        widget=_line(),
    )
    text = forms.CharField(
        label=_("Its text"),
        required=False,
        strip=False,
        help_text=_("YAML, only what is different: keys, rows of a table under its head. ~ takes away."),
        widget=forms.Textarea(attrs={"class": "input mono", "rows": 8, "spellcheck": "false", "autocapitalize": "off"}),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=MOST_TITLE,
        help_text=_("Answers that rest on it name it: “stock-taking”."),
        widget=_line(),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=MOST_NOTE, widget=forms.Textarea(attrs={"class": "input", "rows": 2})
    )
    begins = forms.DateField(
        label=_("From"), required=False, help_text=_("At once, if left empty."), widget=_line(type="date")
    )
    ends = forms.DateField(label=_("Up to and including"), widget=_line(type="date"))
    levels = forms.MultipleChoiceField(label=_("Levels"), required=False, widget=forms.CheckboxSelectMultiple)
    teams = forms.MultipleChoiceField(label=_("Teams"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, plan: RunningPlan, lang: str, *given: Any) -> None:
        super().__init__(*given, initial={"guide": "close"})
        self.plan = plan
        self._choices("hours", [(each, named.hours_label(plan, each, lang)) for each in guided.own_hours(plan)])
        self._choices("what", [("", "–"), *((each.key, _amount(each, plan, lang)) for each in guided.amounts(plan))])
        self._choices("levels", [(each, plan.level_label(each, lang)) for each in plan.levels()])
        self._choices("teams", plan.team_choices(lang))
        for each in plan.languages:
            self.fields[f"notice_{each}"] = forms.CharField(
                label=LANGUAGE_NAMES.get(each, each), required=False, max_length=300, widget=_line(lang=each)
            )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def notices(self) -> list[forms.BoundField]:
        """The fields of what customers are told, a language each."""
        return [self[f"notice_{each}"] for each in self.plan.languages]

    def new(self) -> NewDirective:
        """Return what was written, valid. Raises Refused where a guide lacks something."""
        given = self.cleaned_data
        return NewDirective(
            title=given["title"],
            overlay=self._overlay(),
            reason=given["reason"],
            begins=_midnight(given["begins"]) if given["begins"] else None,
            ends=_midnight(min(given["ends"], LATEST) + timedelta(days=1)),
            notice={each: given[f"notice_{each}"] for each in self.plan.languages},
            levels=tuple(given["levels"]),
            teams=tuple(given["teams"]),
        )

    def _overlay(self) -> str:
        given = self.cleaned_data
        match given["guide"]:
            case "close" if given["day"]:
                return guided.closing(self.plan, given["hours"], given["day"], given["title"])
            case "change" if given["what"]:
                return guided.changing(self.plan, given["what"], given["value"])
            case "text":
                return str(given["text"]).replace("\r\n", "\n")
            case _:
                raise Refused("directive_says_nothing")


def field_of(code: str) -> str | None:
    """Return the field that a refusal belongs to, None for the whole form."""
    fields = {"directive_untitled": "title", "directive_without_reason": "reason", "directive_over": "ends"}
    return (fields | {"directive_too_long": "ends", "directive_binds_nobody": "levels"}).get(code)


def _amount(amount: guided.Amount, plan: RunningPlan, lang: str) -> str:
    policy = amount.where.split(".")[1] if amount.where.startswith("policies.") else ""
    named = plan.policy_label(policy, lang) if policy else amount.row.replace("_", " ")
    return f"{named}: {amount.text}"


def _midnight(day: date) -> datetime:
    """Return the beginning of a day in the company's zone, in which pages are read."""
    return timezone.make_aware(datetime.combine(day, time.min))
