"""The form for an address that is told of events."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tantam.desk.channels.webhooks.actions import Wanted
from tantam.desk.channels.webhooks.codes import ALL, CODES, KINDS
from tantam.desk.channels.webhooks.models import MOST_DESCRIPTION, MOST_URL, Endpoint


class WebhookForm(forms.Form):
    """Where it goes, what it is told, what it is for."""

    use_required_attribute = False
    url = forms.CharField(
        label=_("Address"),
        max_length=MOST_URL,
        error_messages={"required": _("Write something first.")},
        help_text=_("It begins with https:// and lies outside the own network."),
        widget=forms.TextInput({"class": "input mono", "autocomplete": "off", "inputmode": "url"}),
    )
    description = forms.CharField(
        label=_("What it is for"),
        max_length=MOST_DESCRIPTION,
        required=False,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it is told"),
        choices=[
            (ALL, _("Everything, also what later versions add")),
            *((name, each[0]) for name, each in KINDS.items()),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    codes = forms.CharField(
        label=_("Single events besides"),
        required=False,
        max_length=2_000,
        help_text=_("Codes of the reference with spaces between, such as: opened broken granted"),
        widget=forms.TextInput({"class": "input mono", "autocomplete": "off"}),
    )
    words = forms.BooleanField(
        label=_(
            "With what customers and colleagues wrote. Careful: personal words then leave this house; ask who answers "
            "for privacy first."
        ),
        required=False,
    )

    @classmethod
    def of(cls, endpoint: Endpoint, data: Any = None) -> WebhookForm:
        """Return the form as the address stands."""
        kinds = [each for each in endpoint.wants if each == ALL or each in KINDS]
        codes = " ".join(each for each in endpoint.wants if each not in kinds)
        stands = {"kinds": kinds, "codes": codes, "words": endpoint.words}
        return cls(data, initial=stands | {"url": endpoint.url, "description": endpoint.description})

    def clean_codes(self) -> list[str]:
        """Return the codes; one that the reference does not have is named."""
        got = self.cleaned_data["codes"].replace(",", " ").split()
        wrong = [each for each in got if each not in CODES]
        if wrong:
            raise forms.ValidationError(_("There is no event “%(got)s”."), params={"got": wrong[0]})
        return got

    def wanted(self) -> Wanted:
        """Return what is asked for, valid."""
        got = self.cleaned_data
        return Wanted(got["url"], [*got["kinds"], *got["codes"]], got["description"], got["words"])
