"""The form of a ready text: its words in each language of the company, where it fits, and what it does besides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import Macro
from tantam.desk.plans import RunningPlan, fields, topics
from tantam.desk.web import case_words

DAYS = (
    ("", _("Not at all")),
    ("0", _("Until the customer writes")),
    ("1", _("1 day")),
    ("3", _("3 days")),
    ("7", _("7 days")),
)
ENDS = (("", _("A reply")), ("ask", _("A question to the customer")), ("settle", _("A reply that settles the case")))
AROUND = ("ends", "take", "tags", "level", "snooze", "term", "value", "topics", "stages", "personal")
_INPUT = {"class": "input"}


class MacroForm(forms.Form):
    """A ready text as it is written. Fields text_vi, text_de … for the company's languages."""

    use_required_attribute = False
    name = forms.CharField(label=_("Name"), max_length=80, required=False, widget=forms.TextInput(_INPUT))
    shortcut = forms.CharField(
        label=_("Short form"),
        help_text=_("What you type after / to find it at once."),
        max_length=24,
        required=False,
        widget=forms.TextInput({"class": "input short"}),
    )

    def __init__(self, *args: Any, plan: RunningPlan, lang: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.languages = plan.languages
        named = dict(settings.LANGUAGES)
        for each in plan.languages:
            area = forms.Textarea(_INPUT | {"rows": 6, "lang": each})
            self.fields[f"text_{each}"] = forms.CharField(label=named.get(each, each), required=False, widget=area)
        self.fields |= _does(plan, lang) | _fits(plan, lang)

    @property
    def texts(self) -> list[Any]:
        """The fields of the words."""
        return [self[f"text_{each}"] for each in self.languages]

    @property
    def around(self) -> list[Any]:
        """The fields of what it does and where it fits."""
        return [self[each] for each in AROUND]

    def written(self) -> WrittenMacro:
        """Return the text as it was written; call it on a valid form."""
        got = self.cleaned_data
        does: list[dict[str, Any]] = [{"do": "take"}] if got["take"] else []
        does += [{"do": "tag", "tag": each.strip()} for each in got["tags"].split(",") if each.strip()]
        does += [{"do": "fill", "term": got["term"], "value": got["value"]}] if got["term"] else []
        does += [{"do": "level", "level": got["level"]}] if got["level"] else []
        does += [{"do": "snooze", "days": int(got["snooze"])}] if got["snooze"] else []
        does += [{"do": got["ends"]}] if got["ends"] else []
        texts = {each: got[f"text_{each}"] for each in self.languages}
        return WrittenMacro(got["name"], texts, got["shortcut"], does, got["topics"], got["stages"], got["personal"])


def initial_of(macro: Macro) -> dict[str, Any]:
    """Return the form's fields for a text that there is."""
    found = {each["do"]: each for each in macro.does}
    return {
        "name": macro.name,
        "shortcut": macro.shortcut,
        **{f"text_{lang}": text for lang, text in macro.texts.items()},
        "ends": next((each for each in ("ask", "settle") if each in found), ""),
        "take": "take" in found,
        "tags": ", ".join(each["tag"] for each in macro.does if each["do"] == "tag"),
        "term": found.get("fill", {}).get("term", ""),
        "value": found.get("fill", {}).get("value", ""),
        "level": found.get("level", {}).get("level", ""),
        "snooze": str(found["snooze"].get("days") or 0) if "snooze" in found else "",
        "topics": macro.topics,
        "stages": macro.stages,
        "personal": macro.owner_id is not None,
    }


def _does(plan: RunningPlan, lang: str) -> dict[str, forms.Field]:
    levels = [("", _("Leave it where it is")), *((each, plan.level_label(each, lang)) for each in plan.levels())]
    terms = [("", _("None")), *((each, plan.term_label(each, lang)) for each in fields.not_known(plan, set()))]
    return {
        "ends": forms.ChoiceField(label=_("It is"), choices=ENDS, required=False, widget=forms.Select(_INPUT)),
        "take": forms.BooleanField(label=_("Take the case"), required=False),
        "tags": forms.CharField(
            label=_("Put on these tags"),
            help_text=_("With commas between."),
            required=False,
            widget=forms.TextInput(_INPUT),
        ),
        "level": forms.ChoiceField(label=_("Hand it to"), choices=levels, required=False, widget=forms.Select(_INPUT)),
        "snooze": forms.ChoiceField(label=_("Let it sleep"), choices=DAYS, required=False, widget=forms.Select(_INPUT)),
        "term": forms.ChoiceField(
            label=_("Fill in this field"), choices=terms, required=False, widget=forms.Select(_INPUT)
        ),
        "value": forms.CharField(label=_("With"), max_length=200, required=False, widget=forms.TextInput(_INPUT)),
    }


def _fits(plan: RunningPlan, lang: str) -> dict[str, forms.Field]:
    about = [(each.name, each.label) for each in topics.topics(plan, lang) if each.name]
    stages = [(each, case_words.stage(plan, each)) for each in ("before", "during", "after")]
    return {
        "topics": forms.MultipleChoiceField(
            label=_("It fits these topics"), choices=about, required=False, widget=forms.CheckboxSelectMultiple
        ),
        "stages": forms.MultipleChoiceField(
            label=_("It fits these stages"), choices=stages, required=False, widget=forms.CheckboxSelectMultiple
        ),
        "personal": forms.BooleanField(label=_("For me alone"), required=False),
    }
