"""The form for an absence: whole days, both included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tantam.desk.accounts.models import Person
from tantam.desk.duty.models import Why

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
NO_DAY = {"required": _("Choose a day."), "invalid": _("Write the day like 2026-03-31.")}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        error_messages=NO_DAY,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
        widget=forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )


class AbsenceForm(forms.Form):
    """Who is away from when to when, why, and who stands in."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, people: Sequence[Person], by: Person) -> None:
        super().__init__(data)
        names = [(str(each.pk), each.name) for each in people]
        if by.manages:
            own = [(str(by.pk), _("Myself"))]
            others = [each for each in names if each[0] != str(by.pk)]
            self.fields["person"] = _choice(_("Who"), [*own, *others])
        self.fields["since"] = _day(pgettext_lazy("absence", "From"))
        self.fields["until"] = _day(_("Up to and including"))
        self.fields["why"] = _choice(_("Why"), list(Why.choices))
        self.fields["deputy"] = _choice(_("Stands in"), [("", _("Nobody")), *names], required=False)
        if not by.manages:
            self.fields["deputy"].choices = [each for each in self.fields["deputy"].choices if each[0] != str(by.pk)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("since", "until"):
            if cleaned.get(name) and not EARLIEST <= cleaned[name] <= LATEST:
                self.add_error(name, NO_DAY["invalid"])
        return cleaned


def _choice(label: Any, choices: list[tuple[str, Any]], *, required: bool = True) -> forms.ChoiceField:
    refused = _("Choose one from the list.")
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=forms.Select({"class": "input"}),
        error_messages={"invalid_choice": refused, "required": refused},
    )
