"""What people choose for themselves."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tantam.desk.accounts.models import Person

THEMES = (("", _("As the system says")), ("light", _("Light")), ("dark", _("Dark")))
DENSITIES = (("comfortable", _("Comfortable")), ("compact", _("Compact: more rows at once")))

UNDO_SECONDS = ((0, _("Send at once")), (5, _("5 seconds")), (10, _("10 seconds")), (30, _("30 seconds")))


class ProfileForm(forms.Form):
    """The language, theme and density of one's own pages, and how long a reply can be taken back."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES, widget=forms.RadioSelect, required=False)
    density = forms.ChoiceField(label=_("Density of lists"), choices=DENSITIES, widget=forms.RadioSelect)

    undo_seconds = forms.TypedChoiceField(
        label=_("How long a reply can be taken back"),
        help_text=_("It counts as answered from the moment you press send."),
        choices=UNDO_SECONDS,
        widget=forms.RadioSelect,
        coerce=int,
    )

    FIELDS: ClassVar[tuple[str, ...]] = ("language", "theme", "density", "undo_seconds")

    @classmethod
    def of(cls, person: Person) -> ProfileForm:
        """Return the form with what the person chose so far."""
        return cls(initial={each: getattr(person, each) for each in cls.FIELDS})
