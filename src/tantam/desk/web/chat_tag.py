"""The one line that puts the chat on a company's pages, with what it may say there."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

FILE = "chat/widget.js"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_INPUT = {"class": "input short"}


class TagForm(forms.Form):
    """What the line says besides where the chat comes from; all of it may be left out."""

    use_required_attribute = False
    lang = forms.ChoiceField(label=_("Language"), required=False, widget=forms.Select(_INPUT))
    corner = forms.ChoiceField(
        label=_("Corner"),
        choices=[("", _("Right, at the bottom")), ("left", _("Left, at the bottom"))],
        required=False,
        widget=forms.Select(_INPUT),
    )
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[("", _("As the visitor's device is set")), ("light", _("Light")), ("dark", _("Dark"))],
        required=False,
        widget=forms.Select(_INPUT),
    )
    accent = forms.CharField(
        label=_("Your colour"),
        help_text=_("Six digits, such as #0b6e6b. Where it would not be legible, its text or it changes until it is."),
        required=False,
        widget=forms.TextInput(_INPUT | {"autocomplete": "off", "spellcheck": "false", "placeholder": "#"}),
    )

    def __init__(self, *args: Any, languages: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        named = dict(settings.LANGUAGES)
        choices = [("", _("As the page says")), *((each, named.get(each, each)) for each in languages)]
        self.fields["lang"].choices = choices  # type: ignore[attr-defined]

    def clean_accent(self) -> str:
        """Return the colour with its sign, "" for none."""
        got = self.cleaned_data["accent"].strip()
        colour = got if got.startswith("#") or not got else f"#{got}"
        if colour and not _COLOUR.fullmatch(colour):
            raise forms.ValidationError(_("Write # and six digits or letters from a to f, such as #0b6e6b."))
        return colour.lower()


def tag(said: dict[str, str]) -> str:
    """Return the line for a page. said: name -> what data-name says; "" says nothing."""
    given = "".join(format_html(' data-{}="{}"', name, value) for name, value in said.items() if value)
    return str(format_html('<script src="{}" defer', address())) + given + "></script>"


def address() -> str:
    """Return where the chat's file stands, without the mark of its version: pages of others do not follow that."""
    return f"{settings.BASE_URL}{settings.STATIC_URL}{FILE}"
