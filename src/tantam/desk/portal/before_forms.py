"""The two short forms for who has not bought yet: call me, and ask for a quote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.customers import contacts
from tantam.desk.customers.models import MOST_CONTACT, MOST_NAME
from tantam.desk.plans.topics import Topic
from tantam.desk.portal.forms import ContactField, PlainForm, topic_field

LONGEST = timedelta(days=366)
NO_NUMBER = _("Write a telephone number such as 0903 123 412 or +49 30 123456.")
NOT_AHEAD = _("Choose a time after now and within a year.")
_DAY = _("Choose a day.")
_TIME = _("Write a time such as 14:30.")


class BeforeForm(PlainForm):
    """What both ask: what it is about, and who asks."""

    def __init__(self, *args: Any, topics: Sequence[Topic], country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.country = country
        if len(topics) > 1:
            self.fields["topic"] = topic_field(topics)
        self.fields["name"] = forms.CharField(
            label=_("Your name"),
            max_length=MOST_NAME,
            widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
            error_messages={"required": _("Tell us what to call you.")},
        )


class CallForm(BeforeForm):
    """Which number, and from when it suits. now: aware; zone: the company's, by which day and time are read."""

    def __init__(self, *args: Any, now: datetime, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now, self.zone = now, zone
        self.fields["contact"] = forms.CharField(
            label=_("Your telephone number"),
            max_length=MOST_CONTACT,
            widget=forms.TextInput({"class": "input", "autocomplete": "tel", "inputmode": "tel"}),
            error_messages={"required": NO_NUMBER},
        )
        self.fields["day"] = forms.DateField(
            label=_("From which day does it suit you?"),
            help_text=_("Leave it empty, and we call as soon as we can."),
            required=False,
            widget=forms.DateInput({"class": "input short", "type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _DAY},
        )
        self.fields["time"] = forms.TimeField(
            label=_("From what time?"),
            required=False,
            widget=forms.TimeInput({"class": "input short", "type": "time"}, format="%H:%M"),
            error_messages={"invalid": _TIME},
        )
        self.fields["body"] = _words(_("What would you like to talk about?"), required=False)

    def clean_contact(self) -> str:
        """Return the number as it was written. Raises ValidationError for what is none."""
        written = str(self.cleaned_data["contact"])
        if any(each.isalpha() for each in written) or not contacts.normal_phone(written, self.country):
            raise forms.ValidationError(NO_NUMBER, code="phone")
        return written

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since = self.since()
        if since is not None and not self.now < since <= self.now + LONGEST:
            self.add_error("day" if cleaned.get("day") else "time", NOT_AHEAD)
        return cleaned

    def since(self) -> datetime | None:
        """Return from when it suits them, aware; None for at once. A day without a time is all of that day."""
        day, at = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        today = self.now.astimezone(self.zone).date()
        if at is None and day in (None, today):
            return None
        return datetime.combine(day or today, at or time.min, self.zone)


class QuoteForm(BeforeForm):
    """Which products, how many, and by when."""

    def __init__(self, *args: Any, now: datetime, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.zone = now.astimezone(zone).date(), zone
        self.fields["contact"] = ContactField(
            label=_("Mail address or telephone number"), help_text=_("Here you get our answer."), country=self.country
        )
        self.fields["body"] = _words(_("Which products, and how many of each?"), required=True)
        self.fields["day"] = forms.DateField(
            label=_("By when do you need them?"),
            required=False,
            widget=forms.DateInput({"class": "input short", "type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _DAY},
        )

    def noon(self) -> datetime | None:
        """Return the noon of the day by which they need it, aware; None for no day."""
        day = self.cleaned_data["day"]
        return datetime.combine(day, time(12), self.zone) if day else None

    def clean_day(self) -> Any:
        """Return the day. Raises ValidationError for one that is past, or too far."""
        day = self.cleaned_data["day"]
        if day is not None and not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(NOT_AHEAD, code="day")
        return day


def _words(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"class": "input", "rows": 4}),
        error_messages={
            "required": _("Write a few words, so that we know how to help."),
            "max_length": _("This is longer than 20,000 characters. Please shorten it."),
        },
    )
