"""Makes form fields of what the plan asks, and facts of what was answered: for customers and colleagues."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tantam.desk.common import clock
from tantam.desk.common.lengths import read_length
from tantam.desk.plans import BadFact, Fact, Question, RunningPlan, Standing
from tantam.desk.plans.topics import Topic, asked_first

UNSURE = "~"  # the plan reads it as unknown
PREFIX = "q_"


def still_asked(plan: RunningPlan, topic: Topic, known: Mapping[str, Fact], lang: str) -> dict[str, forms.Field]:
    """Return {field name: field} of what a concern still needs: what places it, then what its policy asks.

    known: {term: Fact} of what is on record.
    """
    asked = asked_first(plan, topic.name, known)
    if topic.policy:
        asked += plan.questions(topic.policy, known, clock.now())
    return fields_for(tuple({each.term: each for each in asked}.values()), plan, lang)


def fields_for(questions: tuple[Question, ...], plan: RunningPlan, lang: str) -> dict[str, forms.Field]:
    """Return {field name: field} in the order in which the policy would ask; unaskable ones are left out."""
    fields = {PREFIX + each.term: _field(each, plan, lang) for each in questions}
    for each in questions:
        if (field := fields[PREFIX + each.term]) is not None:
            field.proof = each.proof  # type: ignore[attr-defined]  # what would show it: a photo, a receipt
    return {name: field for name, field in fields.items() if field is not None}


def facts_from(plan: RunningPlan, cleaned: Mapping[str, Any]) -> tuple[dict[str, Fact], dict[str, BadFact]]:
    """Return {term: Fact} of what was answered, and {field name: why not} of what the term does not admit."""
    facts: dict[str, Fact] = {}
    refused: dict[str, BadFact] = {}
    for name, got in cleaned.items():
        if not name.startswith(PREFIX) or got in ("", None, UNSURE, []):
            continue
        try:
            told = got.isoformat() if isinstance(got, date) else got
            facts |= plan.read({name.removeprefix(PREFIX): told}, Standing.TOLD)
        except BadFact as bad:
            refused[name] = bad
    return facts, refused


def said_in_words(form: forms.Form) -> str:
    """Return the answers as lines `question answer`, as the customer read them: their words if they wrote no others."""
    lines = []
    for name, field in form.fields.items():
        got = form.cleaned_data.get(name) if name.startswith(PREFIX) else None
        if got not in (None, "", []):
            words = dict(getattr(field, "choices", ()))
            said = ", ".join(str(words.get(each, each)) for each in (got if isinstance(got, list) else [got]))
            lines.append(f"{field.label} {said}")
    return "\n".join(lines)


def _field(question: Question, plan: RunningPlan, lang: str) -> forms.Field | None:
    label = plan.word(question.words, lang) or plan.term_label(question.term, lang)
    match question.type:
        case "one_of" | "yes_no":
            return _one(question, label, plan, lang)
        case "some_of":
            choices = [(each.value, plan.word(each.words, lang) or each.value) for each in question.choices]
            return forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        case "duration":
            return _Length(label=label, takes_day=plan.is_age(question.term))
        case "date" | "moment":
            widget = forms.DateInput({"class": "input short", "type": "date"}, format="%Y-%m-%d")
            return forms.DateField(label=label, required=False, widget=widget)
        case "number" | "money":
            return _Amount(label=label, unit=question.unit if question.type == "money" else "")
        case "text" | "time":
            return forms.CharField(
                label=label, required=False, max_length=500, widget=forms.TextInput({"class": "input"})
            )
        case _:  # lists and records are for a colleague to ask
            return None


def _one(question: Question, label: str, plan: RunningPlan, lang: str) -> forms.ChoiceField:
    choices = [(each.value, plan.word(each.words, lang) or _yes_no(each.value)) for each in question.choices]
    choices = choices or [("yes", _yes_no("yes")), ("no", _yes_no("no"))]
    return forms.ChoiceField(
        label=label,
        choices=[*choices, (UNSURE, gettext("I am not sure"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext("Choose what comes closest, or “I am not sure”.")},
    )


class _Length(forms.Field):
    """A length of time, or the day since when: `12 days`, `3 months`, `8/11/2026`; empty is unknown."""

    def __init__(self, *, label: str, takes_day: bool) -> None:
        self.takes_day = takes_day
        hint = _("For example 12 days, 3 months, or the day: 8/11/2026") if takes_day else _("For example 3 days")
        super().__init__(label=label, required=False, widget=forms.TextInput({"class": "input short"}), help_text=hint)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        read = read_length(text, timezone.localtime(clock.now()).date()) if text else ""
        if read is None or (read and not self.takes_day and not read.endswith("days")):
            raise forms.ValidationError(gettext("Write how long, such as 12 days, or leave it empty."))
        return read


class _Amount(forms.Field):
    """A number with the unit that the plan counts in; digits may be grouped as people write them."""

    def __init__(self, *, label: str, unit: str) -> None:
        self.unit = unit
        widget = forms.TextInput({"class": "input short", "inputmode": "decimal"})
        hint = gettext("In %(unit)s") % {"unit": unit} if unit else ""
        super().__init__(label=label, required=False, widget=widget, help_text=hint)

    def clean(self, value: Any) -> str:
        text = "".join(str(super().clean(value) or "").split()).replace("\u00a0", "")
        text = text.replace("₫", "").replace("đ", "").replace("€", "")
        if not text:
            return ""
        plain = _plain_number(text)
        if plain is None:
            raise forms.ValidationError(gettext("Write a number, such as 500000."))
        return f"{plain} {self.unit}".strip()


def _plain_number(text: str) -> str | None:
    """Return `1.500.000` or `1,500,000` or `12,5` as digits with a decimal point; None if it is no number."""
    last = max(text.rfind("."), text.rfind(","))
    whole, rest = (text, "") if last < 0 or len(text) - last == 4 else (text[:last], text[last + 1 :])
    whole = whole.replace(".", "").replace(",", "")
    if not whole.isdigit() or (rest and not rest.isdigit()):
        return None
    return f"{whole}.{rest}" if rest else whole


def _yes_no(value: str) -> str:
    return {"yes": gettext("Yes"), "no": gettext("No")}.get(value, value)
