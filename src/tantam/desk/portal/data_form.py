"""The form by which one asks about one's own data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tantam.desk.customers.models import Customer
from tantam.desk.portal.forms import PlainForm
from tantam.desk.privacy.actions.note_request import MOST_WORDS
from tantam.desk.privacy.models import Request
from tantam.desk.visitors.access import Visitor

KINDS = (
    (Request.Kind.READ.value, _("I want to read what you know of me")),
    (Request.Kind.CORRECT.value, _("Something about me is wrong: correct it")),
    (Request.Kind.ERASE.value, _("Erase what you know of me")),
    (Request.Kind.OBJECT.value, _("I do not want you to use my data for something")),
)


class DataForm(PlainForm):
    """What is asked, and in whose name, where one address is that of several."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
    words = forms.CharField(
        label=_("What should we know about it?"),
        help_text=_("What is wrong, or what you object to."),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea({"class": "input", "rows": 5}),
    )

    def __init__(self, data: Any = None, *, customers: Sequence[Customer]) -> None:
        super().__init__(data)
        if len(customers) > 1:
            self.fields["who"] = forms.ChoiceField(
                label=_("Who asks?"),
                choices=[(str(each.pk), each.shown) for each in customers],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of these.")},
            )

    def whose(self, visitor: Visitor) -> Customer:
        """Return who asks, of those who signed in."""
        who = self.cleaned_data.get("who")
        return next(each for each in visitor.customers if who is None or str(each.pk) == who)

    def subject(self) -> str:
        """Return what is asked, as it was read."""
        return str(dict(KINDS)[self.cleaned_data["kind"]])
