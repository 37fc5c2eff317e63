"""One portion of what a source tells: settled, and written in one transaction; a row that fails fails alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction

from tantam.desk import plans
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers.editing import today
from tantam.desk.imports.meaning.cells import Setting
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.taking.agreed import Contracts, write_contracts
from tantam.desk.imports.taking.bought import Bought
from tantam.desk.imports.taking.by_id import ById
from tantam.desk.imports.taking.delivered import Deliveries, write_deliveries
from tantam.desk.imports.taking.outcome import Bringer, Outcome, rejected
from tantam.desk.imports.taking.people import People
from tantam.desk.imports.taking.units import Units, write_units
from tantam.desk.imports.taking.writing import write_people
from tantam.desk.imports.taking.writing_bought import write_bought
from tantam.desk.imports.told import ContractTold, CustomerTold, DeliveryTold, PurchaseTold, Told, UnitTold
from tantam.desk.plans import RunningPlan

Row = Told | Wrong
Write = Callable[[Sequence[Outcome]], None]


def setting_of(plan: RunningPlan) -> Setting:
    """Return what the plan says about the company's customers."""
    return Setting(plan.country, plan.languages, plan.timezone, plan.currency)


def foreseen(bringer: Bringer, rows: Sequence[Row]) -> list[Outcome]:
    """Return what would become of each row; nothing is written. Raises NoPlan."""
    return _in_order(rows, lambda told: _settled(bringer, told)[0])


def take_in(bringer: Bringer, rows: Sequence[Row]) -> list[Outcome]:
    """Take the rows in, in the caller's transaction; return what became of each.

    Two who bring rows of one source wait for each other. Where the database does not take the portion, each row is
    tried by itself, and the one that fails is rejected. Raises NoPlan.
    """
    one_at_a_time(f"import:{bringer.source}")
    return _in_order(rows, lambda told: _kept(bringer, told))


def _kept(bringer: Bringer, told: Sequence[Told]) -> list[Outcome]:
    try:
        with transaction.atomic():
            return _written(bringer, told)
    except DatabaseError:
        if len(told) == 1:
            return [rejected(told[0], Wrong("not_kept"))]
        return [outcome for each in told for outcome in _kept(bringer, [each])]


def _written(bringer: Bringer, told: Sequence[Told]) -> list[Outcome]:
    outcomes, write = _settled(bringer, told)
    write()
    return outcomes


def _settled(bringer: Bringer, told: Sequence[Told]) -> tuple[list[Outcome], Callable[[], None]]:
    """Return what becomes of each, and what writes it. told: all of one type."""
    taker, write = _TAKERS[type(told[0])](bringer)
    outcomes = taker.settle(told)
    return outcomes, lambda: write(outcomes)


def _people(bringer: Bringer) -> People:
    return People(bringer, setting_of(plans.in_force()), today())


def _customers(bringer: Bringer) -> tuple[People, Write]:
    people = _people(bringer)
    return people, partial(write_people, people)


def _purchases(bringer: Bringer) -> tuple[Bought, Write]:
    bought = Bought(_people(bringer))
    return bought, partial(write_bought, bought)


_TAKERS: Mapping[type, Callable[[Bringer], tuple[ById[Any], Write]]] = {
    CustomerTold: _customers,
    PurchaseTold: _purchases,
    ContractTold: lambda bringer: (Contracts(bringer), partial(write_contracts, bringer=bringer)),
    UnitTold: lambda bringer: (Units(bringer), partial(write_units, bringer=bringer)),
    DeliveryTold: lambda bringer: (Deliveries(bringer), partial(write_deliveries, bringer=bringer)),
}


def _in_order(rows: Sequence[Row], settle: Callable[[Sequence[Told]], list[Outcome]]) -> list[Outcome]:
    """Return an outcome a row, in their order; what is wrong already is not settled."""
    good = [each for each in rows if not isinstance(each, Wrong)]
    settled = iter(settle(good)) if good else iter(())
    return [rejected(None, each) if isinstance(each, Wrong) else next(settled) for each in rows]
