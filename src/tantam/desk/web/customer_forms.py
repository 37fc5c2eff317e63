"""The small forms of a customer's page. They show and keep what was typed; what may be kept, the actions say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tantam.desk.customers.consent import WAYS as WAYS_OF_CONSENT
from tantam.desk.customers.consent import ways_named
from tantam.desk.customers.contacts import NETWORKS
from tantam.desk.customers.models import Contact, Customer, Purpose
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.care import departments

ADDRESSES = (
    ("", _("Not told")),
    ("anh", "anh"),
    ("chi", "chị"),
    ("ong", "ông"),
    ("ba", "bà"),
    ("quy_khach", "quý khách"),
    ("frau", "Frau"),
    ("herr", "Herr"),
    ("neutral", _("By name, without a word before it")),
)
ALONE = (("", _("Not told")), ("yes", _("Yes")), ("no", _("No")))
Choices = Iterable[tuple[str, Any]]


class Small(forms.Form):
    """A form that never refuses by itself. ids begin with `own`, for several stand on one page."""

    use_required_attribute = False
    own = "f"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id=f"{self.own}_%s", **options)

    def refuse(self, refusals: Mapping[str, Any]) -> None:
        """Show why fields were not taken; "" and fields that are not here stand above the form."""
        self.full_clean()
        for name, refused in refusals.items():
            self.add_error(name if name in self.fields else None, refused.sentence())

    def written(self) -> dict[str, str]:
        """Return {field: text} of what was sent; a field that was not sent is left out."""
        return {name: str(self.data[name]) for name in self.fields if name in self.data}


def line(label: Any, *, hint: Any = "", short: str = "", **attributes: str) -> forms.CharField:
    """Return a field of one line. short: "short" for a narrow one."""
    widget = forms.TextInput({"class": f"input {short}".strip(), "autocomplete": "off"} | attributes)
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def pick(label: Any, choices: Choices, *, hint: Any = "") -> forms.CharField:
    """Return a field that offers choices."""
    widget = forms.Select({"class": "input"}, choices=list(choices))
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


class WhoForm(Small):
    """Who somebody is and how they are spoken to."""

    own = "who"

    def __init__(self, data: Any = None, *, plan: RunningPlan, lang: str, customer: Customer | None) -> None:
        initial = {} if customer is None else _initial(customer)
        super().__init__(data, initial=initial)
        names = dict(settings.LANGUAGES)
        kind = customer.kind if customer else ""
        self.fields["name"] = line(_("Name"))
        if kind != Customer.Kind.DEPARTMENT:
            offered = [each for each in Customer.Kind.choices if each[0] != Customer.Kind.DEPARTMENT]
            self.fields["kind"] = pick(pgettext_lazy("customer", "Kind"), offered)
        self.fields["language"] = pick(_("Language"), [(each, names.get(each, each)) for each in plan.languages])
        if kind in ("", Customer.Kind.PERSON):
            self.fields["address"] = pick(_("Form of address"), ADDRESSES)
        if customer is not None:
            self.fields["timezone"] = line(
                _("Time zone"), hint=_("Such as Europe/Berlin; empty is ours."), list="zones"
            )
            if kind == Customer.Kind.PERSON:
                self.fields["birth_year"] = line(_("Year of birth"), short="short", inputmode="numeric")
                self.fields["lives_alone"] = pick(_("Lives alone"), ALONE)
            if kind != Customer.Kind.DEPARTMENT:
                known = [(each.name, each.label) for each in departments(plan, lang)]
                if known:
                    self.fields["internal"] = pick(_("Whose side"), [("", _("A customer")), ("yes", _("One of ours"))])
                    self.fields["department"] = pick(_("Department"), [("", "–"), *known])
        self.fields["note"] = forms.CharField(
            label=_("Note"), required=False, widget=forms.Textarea({"class": "input", "rows": 3})
        )


class NewForm(WhoForm):
    """Somebody new: who they are and how they are reached."""

    own = "new"

    def __init__(self, data: Any = None, *, plan: RunningPlan, lang: str) -> None:
        super().__init__(data, plan=plan, lang=lang, customer=None)
        note = self.fields.pop("note")
        self.fields["mail"] = line(_("Mail"), inputmode="email")
        self.fields["phone"] = line(_("Telephone"), inputmode="tel")
        self.fields["network"] = pick(_("Messenger"), [("", "–"), *NETWORKS.items()])
        self.fields["handle"] = line(_("Name or number there"))
        self.fields["note"] = note


class ReachForm(Small):
    """Another way to reach somebody."""

    own = "reach"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        ways = [(Contact.Kind.MAIL, _("Mail")), (Contact.Kind.PHONE, _("Telephone")), *NETWORKS.items()]
        self.fields["way"] = pick(_("Way"), ways)
        self.fields["value"] = line(_("Address, number or name"))


class ConsentForm(Small):
    """What somebody said about a purpose."""

    own = "consent"

    def __init__(self, data: Any = None, *, plan: RunningPlan, lang: str) -> None:
        super().__init__(data)
        self.fields["purpose"] = pick(_("What for"), Purpose.choices)
        self.fields["channel"] = pick(_("On which way"), [("", _("All ways")), *ways_named(plan, lang)])
        self.fields["given"] = pick(
            _("What they said"), [("yes", _("They agree")), ("no", _("They do not, or not any more"))]
        )
        self.fields["how"] = pick(_("How we know"), WAYS_OF_CONSENT.items())
        self.fields["note"] = line(_("Note"))


class PlaceForm(Small):
    """A postal address."""

    own = "place"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["lines"] = line(_("Street and house"))
        self.fields["postcode"] = line(_("Postcode"), short="short")
        self.fields["city"] = line(_("Place"))


class JoinForm(Small):
    """The organisation somebody belongs to."""

    own = "join"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organisation"] = line(_("Organisation"), hint=_("Its name, as it stands among the customers."))
        self.fields["role"] = line(_("What they are there"), hint=_("Such as buyer, or head of the kitchen."))


class UnitForm(Small):
    """The serial number of a thing that somebody bought. bought: (id, words) of their purchases."""

    own = "unit"

    def __init__(self, data: Any = None, *, bought: Choices) -> None:
        super().__init__(data)
        self.fields["purchase"] = pick(_("Purchase"), bought)
        self.fields["serial"] = line(
            _("Serial number"), hint=_("As it stands on the thing; spaces and dashes are left out.")
        )
        self.fields["handed_over"] = day_field(
            _("Handed over on"), hint=_("Only if this very thing came on another day than the rest.")
        )


class DeliveryForm(Small):
    """The day by which something that somebody bought arrives. bought: (id, words) of their purchases."""

    own = "delivery"

    def __init__(self, data: Any = None, *, bought: Choices) -> None:
        super().__init__(data)
        self.fields["purchase"] = pick(_("Purchase"), bought)
        self.fields["day"] = day_field(_("Arrives by"), hint=_("The customer reads it as a promise."))
        self.fields["number"] = line(_("Number of the delivery"), hint=_("Only if the purchase comes in several."))


class MovedForm(Small):
    """What became of a delivery that is on its way."""

    own = "moved"

    def __init__(self, data: Any = None, *, delivery: int | str = "") -> None:
        super().__init__(data)
        self.own = f"moved{delivery}"
        self.auto_id = f"{self.own}_%s"
        self.fields["day"] = day_field(_("Day"), hint=_("The new day, or the day on which it arrived."))
        self.fields["reason"] = line(_("Reason"), hint=_("The customer reads it when the day is moved or called off."))


def day_field(label: Any, *, hint: Any = "") -> forms.CharField:
    """Return a field for a day, sent as `2027-02-28`."""
    widget = forms.TextInput({"class": "input short", "autocomplete": "off"})
    widget.input_type = "date"
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def zones() -> list[str]:
    """Return the time zones to choose from, by name."""
    return sorted(each for each in available_timezones() if "/" in each and not each.startswith("Etc/"))


def _initial(customer: Customer) -> dict[str, Any]:
    alone = {None: "", True: "yes", False: "no"}[customer.lives_alone]
    fields = ("name", "kind", "language", "address", "timezone", "birth_year", "department", "note")
    return {each: getattr(customer, each) for each in fields} | {
        "lives_alone": alone,
        "internal": "yes" if customer.internal else "",
    }
