"""The form for a new token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tantam.desk.accounts.models import Person, Role
from tantam.desk.api import scopes
from tantam.desk.api.actions import NewToken
from tantam.desk.api.models import MOST_NAME

LASTS = (("30", _("30 days")), ("90", _("90 days")), ("365", _("A year")), ("", _("Until it is revoked")))


class TokenForm(forms.Form):
    """What it is called, what it may do, how long it counts; for administrators, whether it is a shop's."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("What uses it"),
        max_length=MOST_NAME,
        error_messages={"required": _("Write something first.")},
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(scopes.LABELS.items()),
        required=False,  # a shop's has no choice
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(
        label=_("Counts for"), choices=LASTS, required=False, widget=forms.Select({"class": "input"})
    )
    shop = forms.BooleanField(
        label=_("For a shop: it belongs to nobody, files cases, and pushes customers if that is ticked above"),
        required=False,
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, initial={"days": "90"})
        if person.role != Role.ADMINISTRATOR:
            del self.fields["shop"]

    def new(self) -> NewToken:
        """Return what is asked for, valid."""
        got = self.cleaned_data
        shop = bool(got.get("shop"))
        pushes = (scopes.PUSH,) if scopes.PUSH in got["scopes"] else ()
        wanted = (*scopes.OF_A_SHOP, *pushes) if shop else got["scopes"]
        return NewToken(got["name"], wanted, int(got["days"]) if got["days"] else None, shop)
