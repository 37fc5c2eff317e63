"""What people choose for themselves."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tantam.desk.accounts.models import Person

THEMES = (("", _("As the system says")), ("light", _("Light")), ("dark", _("Dark")))
DENSITIES = (("comfortable", _("Comfortable")), ("compact", _("Compact: more rows at once")))


class ProfileForm(forms.Form):
    """The language, theme and density of one's own pages."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES, widget=forms.RadioSelect, required=False)
    density = forms.ChoiceField(label=_("Density of lists"), choices=DENSITIES, widget=forms.RadioSelect)

    FIELDS: ClassVar[tuple[str, ...]] = ("language", "theme", "density")

    @classmethod
    def of(cls, person: Person) -> ProfileForm:
        """Return the form with what the person chose so far."""
        return cls(initial={each: getattr(person, each) for each in cls.FIELDS})
