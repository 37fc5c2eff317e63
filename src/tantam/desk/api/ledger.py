"""The ledger of what policies gave, for programs: what is owed and paid, and what is left of budgets."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404
from ninja import Schema
from pydantic import Field

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.api.moves import act
from tantam.desk.api.room import Room
from tantam.desk.api.shown import Name, name_of
from tantam.desk.api.token import Asking, overseers
from tantam.desk.api.told import CaseRef, Id, Told
from tantam.desk.cases.access import all_seen, case_for
from tantam.desk.cases.models import Case
from tantam.desk.claims import actions, budgets, ledger
from tantam.desk.claims.access import claims_for, grants_for
from tantam.desk.claims.models import Entry, Grant
from tantam.desk.common import clock
from tantam.desk.common.money import Money
from tantam.desk.customers.access import customer_for

MOST = 500

room = Room("ledger", "read:cases", "write:cases")
router = room.router
figures = Room("ledger", "read:measures", who=overseers, router=router)


class EntryShown(Schema):
    """One side of a booking. amount: above nothing for what the account receives, below for what it gives."""

    booking: str
    account: str
    amount: str
    by: Name | None
    at: datetime


class GrantShown(Schema):
    """What was granted. amount: as the plan writes money, "" for none; by: None for the plan itself.

    owed: whether its money is neither paid nor taken back.
    """

    id: str
    case: str
    claim: str
    policy: str
    kind: str
    amount: str
    clause: str
    reason: str
    by: Name | None
    granted_at: datetime
    taken_back_at: datetime | None
    owed: bool
    entries: list[EntryShown]


class BudgetShown(Schema):
    """A policy's budget in the period that runs. budget, percent: None while nothing was sold to share in."""

    policy: str
    clause: str
    written: str
    begins: date
    budget: str | None
    given: str
    paid: str
    percent: int | None


class TakenBack(Told):
    """Why; the customer reads it."""

    reason: str = Field(min_length=1, max_length=2000)


@room.get("/cases/{case}/ledger", list[GrantShown])
def list_ledger(request: Asking, case: CaseRef) -> list[GrantShown]:
    """List what was granted on a case, with what was booked for it."""
    cases = all_seen(request.person, case_for(request.person, case))
    return _grants(grants_for(request.person).filter(case__in=cases))


@room.get("/customers/{customer}/ledger", list[GrantShown])
def list_customer_ledger(request: Asking, customer: Id) -> list[GrantShown]:
    """List what was granted to a customer in the cases that you see, the newest last. At most 500."""
    found = customer_for(request.person, customer)
    return _grants(grants_for(request.person).filter(case__customer=found))


@room.move("/cases/{case}/grants/{grant}/pay", GrantShown)
def pay_grant(request: Asking, case: CaseRef, grant: Id) -> GrantShown:
    """Note that a granted sum was paid. What was promised with it is kept; paid twice is once."""
    act(request, case, lambda held, by: actions.pay(_grant_of(held, by, grant), by))
    return _grants(grants_for(request.person).filter(pk=grant))[0]


@room.move("/cases/{case}/grants/{grant}/take-back", GrantShown)
def take_back_grant(request: Asking, case: CaseRef, grant: Id, told: TakenBack) -> GrantShown:
    """Take a grant back before it is paid. The customer reads why."""
    act(request, case, lambda held, by: actions.reverse(_grant_of(held, by, grant), by, told.reason))
    return _grants(grants_for(request.person).filter(pk=grant))[0]


@room.move("/cases/{case}/claims/{claim}/let-stand", list[GrantShown])
def let_grant_stand(request: Asking, case: CaseRef, claim: Id) -> list[GrantShown]:
    """Let what was granted stand though facts known since would change the answer. The customer is told."""

    def let(held: Case, by: Person) -> None:
        found = claims_for(by).filter(pk=claim, case__in=all_seen(by, held)).first()
        if found is None:
            raise Http404
        actions.let_stand(found, by)

    act(request, case, let)
    return _grants(grants_for(request.person).filter(claim=claim))


@figures.get("/budgets", list[BudgetShown])
def list_budgets(request: Asking) -> list[BudgetShown]:
    """List the policies' budgets with what is spent of them in the period that runs."""
    return [_budget(each) for each in budgets.spent_of(plans.in_force(), clock.now())]


def _grant_of(case: Case, person: Person, pk: int) -> Grant:
    found = grants_for(person).filter(pk=pk, case__in=all_seen(person, case)).first()
    if found is None:
        raise Http404
    return found


def _grants(found: QuerySet[Grant]) -> list[GrantShown]:
    """Return the grants with their entries, the newest last; two queries."""
    rows = found.select_related("claim", "person").prefetch_related("entries__person")
    return [_shown(each) for each in reversed(rows.order_by("-id")[:MOST])]


def _shown(grant: Grant) -> GrantShown:
    entries = sorted(grant.entries.all(), key=lambda each: each.pk)
    ended = any(each.booking != ledger.Booking.GRANTED for each in entries)
    return GrantShown(
        id=str(grant.pk),
        case=str(grant.case_id),
        claim=str(grant.claim_id or ""),
        policy=grant.claim.policy if grant.claim else "",
        kind=grant.kind,
        amount=ledger.money_of(grant).text() if grant.amount_minor else "",
        clause=grant.clause,
        reason=grant.reason,
        by=name_of(grant.person),
        granted_at=grant.granted_at,
        taken_back_at=grant.reversed_at,
        owed=bool(grant.amount_minor) and not ended,
        entries=[_entry(each) for each in entries],
    )


def _entry(entry: Entry) -> EntryShown:
    return EntryShown(
        booking=entry.booking,
        account=entry.account,
        amount=Money(entry.minor, entry.currency).text(),
        by=name_of(entry.person),
        at=entry.at,
    )


def _budget(spent: budgets.Spent) -> BudgetShown:
    return BudgetShown(
        policy=spent.of.policy,
        clause=spent.of.clause,
        written=spent.of.written,
        begins=spent.begins,
        budget=spent.budget.text() if spent.budget else None,
        given=spent.given.text(),
        paid=spent.paid.text(),
        percent=spent.percent,
    )
