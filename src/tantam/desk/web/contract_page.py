"""How contracts are shown: until when each lasts, when notice is due, what it promises, what was done to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tantam.desk.customers.agreements import in_force_on
from tantam.desk.customers.models import Change, Contract
from tantam.desk.customers.terms import KINDS
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.contracts import within_aloud

SOON = timedelta(days=90)
MOST_CHANGES = 50
SHOWS = (
    ("", gettext_lazy("In force")),
    ("ends", gettext_lazy("End within 90 days")),
    ("renews", gettext_lazy("Go on within 90 days")),
    ("coming", gettext_lazy("Begin later")),
    ("over", gettext_lazy("Over")),
    ("all", gettext_lazy("All")),
)
CHANGES = {
    "contract_agreed": gettext_lazy("A contract was agreed"),
    "contract_changed": gettext_lazy("A contract was changed"),
    "contract_notice": gettext_lazy("Notice of a contract was given"),
    "contract_kept_on": gettext_lazy("A contract goes on after all"),
    "contract_ended": gettext_lazy("A contract was ended"),
    "contract_renewed": gettext_lazy("A contract went on for another term"),
}


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract as it stands on a day. state: a code of `_STATES`; until: its last day, None for none.

    renews: the first day of its next term, None where it does not go on; notice_by: the last day for notice in time.
    """

    contract: Contract
    kind: str
    state: str
    said: str
    until: date | None
    renews: date | None
    notice_by: date | None


def listed(found: QuerySet[Contract], show: str, today: date) -> QuerySet[Contract]:
    """Return the contracts of one sort, in the order of their ends. show: of SHOWS."""
    counts, goes_on = in_force_on(today), Q(ended=None, renews_months__gt=0)
    conditions = {
        "": counts,
        "ends": counts & ~goes_on & (Q(ends__lt=today + SOON) | Q(ended__lte=today + SOON)),
        "renews": counts & goes_on & Q(ends__lt=today + SOON),
        "coming": Q(begins__gt=today),
        "over": ~counts & Q(begins__lte=today),
        "all": Q(),
    }
    rows = found.filter(conditions.get(show, counts)).select_related("customer")
    return rows.order_by(F("ends").asc(nulls_last=True), "pk")


def contract_rows(found: Iterable[Contract], plan: RunningPlan, now: datetime) -> list[ContractRow]:
    """Return contracts as they stand at `now`, in the company's zone."""
    today = now.astimezone(ZoneInfo(plan.timezone)).date()
    return [row_of(each, today) for each in found]


def row_of(contract: Contract, today: date) -> ContractRow:
    """Return one as it stands on a day."""
    over = contract.over_from
    goes_on = contract.ended is None and contract.ends is not None and contract.renews_months > 0
    state = _state(contract, today)
    return ContractRow(
        contract,
        kind=str(KINDS.get(contract.kind, contract.kind.replace("_", " "))),
        state=state,
        said=str(_STATES[state]),
        until=over - timedelta(days=1) if over else None,
        renews=contract.ends + timedelta(days=1) if goes_on and contract.ends else None,
        notice_by=contract.ends - timedelta(days=contract.notice_days) if goes_on and contract.ends else None,
    )


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """What a contract promises, in words. severity: "" for all cases."""

    label: str
    severity: str
    within: str


def promises_of(contract: Contract, plan: RunningPlan, lang: str) -> list[OwnPromise]:
    """Return what a contract promises of its own, in the order in which it was written."""
    return [
        OwnPromise(
            plan.promise_label(each.promise, lang),
            plan.label("severity", each.severity, lang) if each.severity else "",
            within_aloud(each.within, lang),
        )
        for each in sorted(contract.promises.all(), key=lambda one: one.pk)
    ]


def history_of(contract: Contract) -> list[tuple[str, str, Change]]:
    """Return what was done to a contract, the newest first: what, which parts or until when, the note."""
    of_customer = Change.objects.filter(customer=contract.customer_id, code__in=CHANGES).select_related("by")
    theirs = of_customer.filter(what__0=str(contract.pk)).order_by("-id")
    return [(str(CHANGES[each.code]), _what(each), each) for each in theirs[:MOST_CHANGES]]


def _what(change: Change) -> str:
    if change.code == "contract_renewed" and len(change.what) > 1:
        return _("until %(day)s") % {"day": date_format(date.fromisoformat(change.what[1]), "SHORT_DATE_FORMAT")}
    return ", ".join(str(FIELDS[each]) for each in change.what[1:] if each in FIELDS)


def _state(contract: Contract, today: date) -> str:
    over = contract.over_from
    if over is not None and over <= today:
        return "over"
    if contract.begins > today:
        return "coming"
    if contract.ended is not None:
        return "notice"
    return "ends" if over is not None and over <= today + SOON else "in_force"


_STATES = {
    "coming": gettext_lazy("begins later"),
    "in_force": gettext_lazy("in force"),
    "ends": gettext_lazy("ends soon"),
    "notice": gettext_lazy("notice given"),
    "over": gettext_lazy("over"),
}
FIELDS = {
    "number": gettext_lazy("Number"),
    "kind": gettext_lazy("Kind of contract"),
    "begins": gettext_lazy("First day"),
    "ends": gettext_lazy("Last day"),
    "renews_months": gettext_lazy("Goes on by"),
    "notice_days": gettext_lazy("Notice"),
    "site": gettext_lazy("Place"),
    "terms": gettext_lazy("What else was agreed"),
}
