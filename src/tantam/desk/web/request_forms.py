"""The forms of requests about somebody's data: what they ask, how we know them, a longer time, the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tantam.desk.privacy.actions.note_request import MOST_WORDS
from tantam.desk.privacy.models import Request
from tantam.desk.web.customer_forms import Small, line, pick

WAYS = [each for each in Request.Way.choices if each[0] != Request.Way.PAGE]
ENDS = {
    Request.Kind.READ: Request.Result.GIVEN,
    Request.Kind.ERASE: Request.Result.ERASED,
    Request.Kind.CORRECT: Request.Result.CORRECTED,
    Request.Kind.OBJECT: Request.Result.STOPPED,
}  # what is wanted by it


class NoteForm(Small):
    """What somebody asks, as a colleague heard it."""

    own = "asked"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["kind"] = pick(_("What they ask"), Request.Kind.choices)
        self.fields["way"] = pick(_("How they asked"), WAYS)
        self.fields["words"] = _box(_("In their words"), most=MOST_WORDS)


class ProofForm(Small):
    """How we know that it is them."""

    own = "proof"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        hint = _("What was seen or asked, such as a call back to the number on record. Never keep a copy of papers.")
        self.fields["how"] = line(_("How you made sure"), hint=hint)


class LongerForm(Small):
    """Why it takes longer."""

    own = "longer"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"] = line(_("Reason, for the customer"))


class EndForm(Small):
    """What came of it, and the letter."""

    own = "end"

    def __init__(self, data: Any = None, *, kind: str) -> None:
        super().__init__(data)
        results = [ENDS[Request.Kind(kind)], Request.Result.REFUSED, Request.Result.TAKEN_BACK]
        self.fields["result"] = pick(_("What came of it"), [(each.value, each.label) for each in results])
        hint = _("Leave it empty for the usual words. A refusal needs its reason.")
        self.fields["body"] = _box(_("Letter to them"), hint=hint)


def _box(label: Any, *, hint: Any = "", most: int = 8000) -> forms.CharField:
    widget = forms.Textarea({"class": "input", "rows": 5, "maxlength": str(most)})
    return forms.CharField(label=label, required=False, strip=True, help_text=hint, widget=widget)
