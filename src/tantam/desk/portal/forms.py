"""The forms of the portal. What was typed comes back with the errors; nothing is asked that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.said import MOST_CHARACTERS
from tantam.desk.customers import contacts
from tantam.desk.customers.models import MOST_CONTACT, MOST_NAME
from tantam.desk.plans.topics import Topic

_BOX = {"class": "input", "rows": 5}
# The forms of address that a language lets one choose, as it says them; nobody is asked for more than that.
ADDRESSES = {
    "vi": [("anh", "anh"), ("chi", "chị"), ("ong", "ông"), ("ba", "bà")],
    "de": [("frau", "Frau"), ("herr", "Herr")],
}
NO_CONTACT = _("Write a mail address such as hoa@example.org, or a telephone number such as 0903 123 412.")

NO_MAIL = _("Write a mail address such as hoa@example.org.")


class ContactField(forms.CharField):
    """A mail address or a telephone number, as people write it; the text stays as typed."""

    def __init__(self, *, country: str, **options: Any) -> None:
        self.country = country
        widget = forms.TextInput({"class": "input", "autocomplete": "email"})
        options.setdefault("error_messages", {"required": NO_CONTACT})
        super().__init__(max_length=MOST_CONTACT, widget=widget, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and not _reaches(text, self.country):
            raise forms.ValidationError(NO_CONTACT, code="contact")
        return text


def _reaches(text: str, country: str) -> bool:
    """Whether it is a mail address or a telephone number; letters, which number plans let pass, are a slip."""
    is_mail = "@" in text
    return (is_mail or not any(each.isalpha() for each in text)) and contacts.normal(text, country) is not None


class PlainForm(forms.Form):
    """A form whose fields are marked in words, not stopped by the browser: errors are ours, in the page's language."""

    use_required_attribute = False


def topic_field(topics: Sequence[Topic]) -> forms.ChoiceField:
    """Return the question what it is about."""
    return forms.ChoiceField(
        label=_("What is it about?"),
        choices=[(each.name or each.policy, each.label) for each in topics],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes closest.")},
    )


class FirstForm(PlainForm):
    """What it is about, which purchase, and what proves that the purchase is theirs."""

    def __init__(self, *args: Any, topics: Sequence[Topic], country: str, asks_number: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if len(topics) > 1:
            self.fields["topic"] = topic_field(topics)
        if asks_number:
            self.fields["number"] = forms.CharField(
                label=_("Purchase number"),
                help_text=_("It stands on the receipt and in our mail, such as BX-24017."),
                required=False,
                max_length=40,
                widget=forms.TextInput({"class": "input short", "autocomplete": "off"}),
            )
            self.fields["contact"] = ContactField(
                label=_("Mail address or telephone number"),
                help_text=_("The one you gave when you bought it. With it we see that the purchase is yours."),
                required=False,
                country=country,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("number") and not cleaned.get("contact") and "contact" not in self.errors:
            self.add_error("contact", NO_CONTACT)
        return cleaned


@dataclass(frozen=True)
class Asks:
    """What a concern asks: the topics to choose from (none: it is known), the policy's questions, their own words.

    language: of the page, whose forms of address may be chosen.
    """

    words_label: Any
    needs_words: bool = False
    language: str = ""
    topics: Sequence[Topic] = ()
    questions: Mapping[str, forms.Field] = field(default_factory=dict)


class ConcernForm(PlainForm):
    """What it is about, and who asks. known: whether a purchase is proved, so that nobody is asked who they are."""

    def __init__(self, *args: Any, asks: Asks, country: str, known: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if asks.topics:
            self.fields["topic"] = topic_field(asks.topics)
        self.fields |= dict(asks.questions)
        self.fields["body"] = forms.CharField(
            label=asks.words_label,
            required=asks.needs_words or not asks.questions,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea(_BOX),
            error_messages={
                "required": _("Write a few words, so that we know how to help."),
                "max_length": _("This is longer than 20,000 characters. Please shorten it."),
            },
        )
        if not known:
            self.fields["name"] = forms.CharField(
                label=_("Your name"),
                max_length=MOST_NAME,
                widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
                error_messages={"required": _("Tell us what to call you.")},
            )
            if forms_of_address := ADDRESSES.get(asks.language):
                self.fields["address"] = forms.ChoiceField(
                    label=_("How may we address you?"),
                    choices=[("", _("No matter")), *forms_of_address],
                    required=False,
                    widget=forms.Select({"class": "input short"}),
                )
            self.fields["contact"] = ContactField(
                label=_("Mail address or telephone number"),
                help_text=_("Here you get our answer."),
                country=country,
            )


class LostForm(PlainForm):
    """By which contact we know somebody who lost their link."""

    def __init__(self, *args: Any, country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["contact"] = ContactField(
            label=_("Mail address or telephone number"),
            help_text=_("The one you gave when you wrote to us."),
            country=country,
        )


class MailForm(PlainForm):
    """To which mail address a link goes."""

    mail = forms.EmailField(
        label=_("Mail address"),
        help_text=_("The one you gave when you wrote to us."),
        max_length=MOST_CONTACT,
        widget=forms.EmailInput({"class": "input", "autocomplete": "email"}),
        error_messages={"required": NO_MAIL, "invalid": NO_MAIL},
    )


class TellForm(PlainForm):
    """What a claim still needs to know, and what else they want to say."""

    def __init__(self, *args: Any, questions: Mapping[str, forms.Field], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= dict(questions)
        self.fields["body"] = forms.CharField(
            label=_("Is there anything to add?"),
            required=False,
            max_length=MOST_CHARACTERS,
            widget=forms.Textarea(_BOX | {"rows": 3}),
            error_messages={"max_length": _("This is longer than 20,000 characters. Please shorten it.")},
        )


class WordsForm(PlainForm):
    """What a customer adds to their case."""

    body = forms.CharField(
        label=_("Write to us"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(_BOX | {"rows": 4}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("This is longer than 20,000 characters. Please shorten it."),
        },
    )
