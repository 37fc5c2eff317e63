"""The form for a new assistant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tantam.desk.api.actions import NewAssistant
from tantam.desk.api.forms import LASTS
from tantam.desk.api.models import MOST_NAME
from tantam.desk.customers.contacts import find_customer
from tantam.desk.customers.models import Customer
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.providers import programs
from tantam.desk.plans.topics import topics


class AssistantForm(forms.Form):
    """Whose it is by the plan, at which level, and to whom and to what alone it is let."""

    use_required_attribute = False

    def __init__(self, plan: RunningPlan, lang: str, data: Any = None) -> None:
        super().__init__(data, initial={"days": "90"})
        self._customer: Customer | None = None
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            max_length=MOST_NAME,
            error_messages={"required": _("Write something first.")},
            help_text=_("Customers and colleagues read it where it wrote something."),
            widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        )
        self.fields["provider"] = _choice(_("Serves as"), list(programs(plan, lang)))
        levels = [(each, plan.level_label(each, lang)) for each in plan.levels()]
        self.fields["level"] = _choice(_("Level"), levels)
        self.fields["customer"] = forms.CharField(
            label=_("Only for one customer"),
            required=False,
            max_length=254,
            help_text=_("Their mail address, for an assistant on the customer's side. Empty for the company's side."),
            widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        )
        named = [(each.name, each.label) for each in topics(plan, lang) if each.name]
        self.fields["topics"] = forms.MultipleChoiceField(
            label=_("Only for these topics"),
            choices=named,
            required=False,
            help_text=_("None chosen: all that the plan gives its provider."),
            widget=forms.CheckboxSelectMultiple,
        )
        days = forms.ChoiceField(
            label=_("Counts for"), choices=LASTS, required=False, widget=forms.Select({"class": "input"})
        )
        self.fields["days"] = days

    def clean_customer(self) -> str:
        """Find the customer. Raises ValidationError where nobody has this address."""
        written = str(self.cleaned_data.get("customer") or "").strip()
        self._customer = find_customer(mail=written) if written else None
        if written and self._customer is None:
            raise forms.ValidationError(_("No customer has this mail address."))
        return written

    def new(self) -> NewAssistant:
        """Return what is asked for, valid."""
        got = self.cleaned_data
        return NewAssistant(
            name=got["name"],
            provider=got["provider"],
            level=got["level"],
            customer=self._customer,
            topics=tuple(got["topics"]),
            days=int(got["days"]) if got["days"] else None,
        )


def _choice(label: Any, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select({"class": "input"}))
