"""The forms of what-if: a draft to bring, and the past to try it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tantam.desk.plans.bringing import MOST_BYTES
from tantam.desk.plans.models import MOST_NOTE, MOST_TITLE
from tantam.desk.reports.replays import CHOICES, History
from tantam.desk.web import what_if_words


class PastForm(forms.Form):
    """Which history, and which stretch of it. since, until: days, which count more than the stretch."""

    source = forms.ChoiceField(label=_("Whose past"), widget=forms.RadioSelect)
    stretch = forms.ChoiceField(label=_("Stretch of time"), widget=forms.RadioSelect)
    since = forms.CharField(
        label=_("From"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "date", "class": "input"})
    )
    until = forms.CharField(
        label=_("Up to and including"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "date", "class": "input"}),
    )

    def __init__(self, known: list[History], *given: Any, initial: Mapping[str, str] | None = None) -> None:
        first = known[0].source if known else ""
        super().__init__(*given, initial={"source": first, "stretch": "quarter"} | dict(initial or {}))
        self.fields["source"].choices = [(each.source, _extent(each)) for each in known]  # type: ignore[attr-defined]
        self.fields["stretch"].choices = [  # type: ignore[attr-defined]
            (each, what_if_words.stretch(each)) for each in CHOICES
        ]


class DraftForm(PastForm):
    """A draft: a file, or a text that was pasted."""

    title = forms.CharField(
        label=_("What you want to change"),
        help_text=_("In a few words, as you would say it to a colleague."),
        max_length=MOST_TITLE,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )
    file = forms.FileField(
        label=_("The changed plan"),
        required=False,
        help_text=_("A .yaml file, or the plan's folder as a .zip, up to 1 MB."),
        widget=forms.FileInput(attrs={"class": "input", "accept": ".yaml,.yml,.zip"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"class": "input mono", "rows": 6, "spellcheck": "false", "autocapitalize": "off"}),
    )


def _extent(history: History) -> str:
    days = what_if_words.days(history.first, history.last)
    return f"{what_if_words.source(history.source)} · {what_if_words.cases(history.cases)} · {days}"


FIELD = {
    "draft_untitled": "title",
    "unknown_source": "source",
    "not_a_day": "since",
    "backwards": "until",
}


def field_of(code: str) -> str:
    """Return the field that a refusal belongs to."""
    return FIELD.get(code, "file")
