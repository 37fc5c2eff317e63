"""The form of a contract. It shows and keeps what was typed; what may be kept, the action says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tantam.desk.customers.models import Contract
from tantam.desk.customers.terms import KINDS, MOST_PROMISES, written_of
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.contracts import promisable
from tantam.desk.web.customer_forms import Small, day_field, line, pick

SPARE = 3  # lines for promises beyond those that there are


class ContractForm(Small):
    """What was agreed, and a line for each promise of its own."""

    own = "contract"

    def __init__(self, data: Any = None, *, plan: RunningPlan, lang: str, contract: Contract | None = None) -> None:
        super().__init__(data, initial=written_of(contract) if contract else {"renews_months": "0", "notice_days": "0"})
        own = {contract.kind: contract.kind} if contract and contract.kind not in KINDS else {}
        self.fields["number"] = line(_("Number"), short="short")
        self.fields["kind"] = pick(_("Kind of contract"), (KINDS | own).items())
        self.fields["begins"] = day_field(_("First day"))
        self.fields["ends"] = day_field(
            _("Last day"), hint=_("The contract still counts on it. Empty: without an end.")
        )
        self.fields["renews_months"] = _count(
            _("Goes on by how many months"), _("When nobody gives notice; 0 for a contract that then ends.")
        )
        self.fields["notice_days"] = _count(_("Notice, in days"), _("So many days before its end at the latest."))
        self.fields["products"] = line(
            _("Only for these products"), hint=_("Article numbers, with commas between them. Empty: for everything.")
        )
        self.fields["site"] = line(_("Place"), hint=_("Where it is for, if not everywhere."))
        self.fields["terms"] = forms.CharField(
            label=_("What else was agreed"), required=False, widget=forms.Textarea({"class": "input", "rows": 4})
        )
        self._add_promises(plan, lang)

    def _add_promises(self, plan: RunningPlan, lang: str) -> None:
        kinds = [("", "–"), *((each, plan.promise_label(each, lang)) for each in promisable(plan))]
        severities = [("", _("All cases")), *((each, plan.label("severity", each, lang)) for each in plan.severities())]
        for number in range(self._lines()):
            self.fields[f"promise_{number}"] = pick(pgettext_lazy("contract", "Promise"), kinds)
            self.fields[f"severity_{number}"] = pick(_("For which cases"), severities)
            self.fields[f"within_{number}"] = line(_("Within"), short="short", placeholder=say("such as 4 h"))

    def _lines(self) -> int:
        sent = [
            each for each in range(MOST_PROMISES) if self.data.get(f"promise_{each}") or self.data.get(f"within_{each}")
        ]
        known = [each for each in range(MOST_PROMISES) if f"promise_{each}" in self.initial]
        return min(MOST_PROMISES, max([*sent, *known], default=-1) + 1 + SPARE)

    def main_fields(self) -> list[Any]:
        """Return the fields that are no promise's."""
        return [each for each in self if not each.name.startswith(("promise_", "severity_", "within_"))]

    def promise_fields(self) -> list[tuple[Any, Any, Any]]:
        """Return the three fields of each promise."""
        return [
            (self[f"promise_{each}"], self[f"severity_{each}"], self[f"within_{each}"]) for each in range(self._lines())
        ]


def _count(label: Any, hint: Any) -> forms.CharField:
    return line(label, hint=hint, short="short", inputmode="numeric")
