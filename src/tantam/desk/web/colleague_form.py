"""The form for a colleague: what they are here, by the names of the plan in force."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tantam.desk.accounts.actions import Wanted
from tantam.desk.accounts.models import MOST_COLLEAGUE, Person, Role
from tantam.desk.accounts.rights import may_make
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.providers import IN_HOUSE, described
from tantam.desk.plans.topics import topics

NOBODY = [("", _("None"))]


class ColleagueForm(forms.Form):
    """What a colleague is here. One who has no account yet gives a mail address too."""

    use_required_attribute = False
    FIELDS = ("name", "role", "level", "team", "provider", "languages", "skills", "most_cases")

    def __init__(self, plan: RunningPlan, lang: str, by: Person, *given: Any, person: Person | None = None) -> None:
        initial = {each: getattr(person, each) for each in self.FIELDS} if person else {"role": Role.AGENT}
        super().__init__(*given, initial=initial)
        self._houses = {each.name: each.kind == IN_HOUSE for each in described(plan, lang)}
        if person is None:
            self.fields["email"] = forms.EmailField(
                label=_("Mail address"),
                max_length=254,
                help_text=_("A link to choose a password goes there."),
                widget=forms.EmailInput({"class": "input", "autocomplete": "off"}),
            )
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            max_length=MOST_COLLEAGUE,
            widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        )
        roles = [(code, words) for code, words in Role.choices if may_make(by, code) and _fits(code, person)]
        self.fields["role"] = _choice(_("Role"), roles, help=_("Reviewers and auditors read, and change nothing."))
        levels = [(each, plan.level_label(each, lang)) for each in plan.levels()]
        self.fields["level"] = _choice(_("Level"), NOBODY + levels, help=_("None for who answers no customer."))
        self.fields["team"] = _choice(_("Team"), NOBODY + _named(plan.team_choices(lang), person, "team"))
        served = [(each.name, each.label) for each in described(plan, lang)]
        self.fields["provider"] = _choice(
            _("Serves for"),
            NOBODY + _named(served, person, "provider"),
            help=_("Who serves for another house sees its cases alone."),
        )
        self.fields["languages"] = _several(_("Answers in"), list(settings.LANGUAGES), _("None chosen: in all."))
        named = [(each.name, each.label) for each in topics(plan, lang) if each.name]
        self.fields["skills"] = _several(_("Knows"), _named(named, person, "skills"), _("None chosen: everything."))
        self.fields["most_cases"] = forms.IntegerField(
            label=_("Most open cases at once"),
            min_value=0,
            max_value=999,
            required=False,
            help_text=_("0 for no bound."),
            widget=forms.NumberInput({"class": "input"}),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse who would see the company's figures from another house, and a lead of no provider."""
        given = super().clean() or {}
        provider, role = given.get("provider", ""), given.get("role", "")
        elsewhere = bool(provider) and not self._houses.get(provider, False)
        if elsewhere and role in (Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR, Role.REVIEWER):
            self.add_error("provider", _("This role sees the whole house. Leave the provider out, or choose its lead."))
        if role == Role.LEAD and not provider:
            self.add_error("provider", _("Choose whose lead this is."))
        return given

    def wanted(self) -> Wanted:
        """Return what was chosen, valid."""
        given = {each: self.cleaned_data[each] for each in self.FIELDS}
        given |= {"languages": tuple(given["languages"]), "skills": tuple(given["skills"])}
        return Wanted(**given | {"most_cases": given["most_cases"] or 0})


def _fits(role: str, person: Person | None) -> bool:
    """Whether somebody may become this: a program stays one, and nobody else becomes one here."""
    return (role == Role.ASSISTANT) == (person is not None and person.role == Role.ASSISTANT)


def _named(known: list[tuple[str, str]], person: Person | None, field: str) -> list[tuple[str, str]]:
    """Return the choices; a name that the plan has no more stays a choice for who has it."""
    held = getattr(person, field) if person else ""
    has = held if isinstance(held, list) else [held]
    return [*known, *((each, each) for each in has if each and each not in dict(known))]


def _choice(label: Any, choices: list[tuple[str, Any]], help: Any = "") -> forms.ChoiceField:
    required = all(code for code, _words in choices)
    widget = forms.Select({"class": "input"})
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=help, widget=widget)


def _several(label: Any, choices: list[tuple[str, Any]], help: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, help_text=help, widget=widget)
