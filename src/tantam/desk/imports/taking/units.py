"""Things with serial numbers of one portion: each found by its id, else by its serial, else taken in; and written."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from tantam.desk.common import clock
from tantam.desk.common.rows import insert
from tantam.desk.customers.models import Change, Purchase, Unit
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.bought import KIND as PURCHASE
from tantam.desk.imports.taking.by_id import ById, keep_ids, put
from tantam.desk.imports.taking.outcome import Bringer, Outcome
from tantam.desk.imports.told import UnitTold

KIND = "unit"
ADDED = "unit_added"  # as what a colleague adds is noted


class Units(ById[UnitTold]):
    """What becomes of the things of one portion."""

    kind, joined = KIND, ("unit", "purchase__customer")

    def __init__(self, bringer: Bringer) -> None:
        super().__init__(bringer)
        self._purchases: dict[str, Purchase] = {}
        self._units: dict[tuple[str, int], Unit] = {}

    def look_up(self, told: Sequence[UnitTold], mine: QuerySet[ExternalId]) -> None:
        """Read the purchases that are named, and the things that have these serial numbers."""
        names = {name for each in told for name in _names(each)}
        bought = mine.filter(kind=PURCHASE, external__in=names)
        rows = bought.select_related("purchase__product", "purchase__customer")
        self._purchases = {each.external: each.purchase for each in rows if each.purchase}
        there = Unit.objects.filter(serial__in={each.serial for each in told})
        self._units = {(each.serial, each.product_id): each for each in there}

    def same(self, told: UnitTold, row: ExternalId) -> Outcome:
        """Return that a thing whose id is known is told of as before."""
        assert row.purchase is not None
        return Outcome("same", told, row.purchase.customer, row.purchase, unit=row.unit, why="id", known=row)

    def change(self, outcome: Outcome, anew: Sequence[str]) -> None:
        """Set what the source tells otherwise. Raises Wrong for a serial number of something else."""
        told, unit, bought = outcome.told, outcome.unit, self._bought(outcome.told)
        assert unit is not None
        there = self._units.get((told.serial, bought.product_id))
        if {"serial", "purchase"} & set(anew) and there is not None and there.pk != unit.pk:
            raise Wrong("serial_taken", "serial", got=told.serial)
        values: dict[str, object] = {"handed_over_at": told.handed_over_at} if "handed_over_at" in anew else {}
        if "serial" in anew:
            values |= {"serial": told.serial}
        if "purchase" in anew:
            values |= {"purchase": bought, "product": bought.product}
        outcome.customer, outcome.purchase = bought.customer, bought
        put(unit, outcome, values)

    def unknown(self, told: UnitTold) -> Outcome:
        """Return what becomes of a thing whose id is new: one of this serial number, or a new one. Raises Wrong."""
        bought = self._bought(told)
        there = self._units.get((told.serial, bought.product_id))
        if there is None:
            told_of = {"purchase": bought, "handed_over_at": told.handed_over_at}
            unit = Unit(serial=told.serial, product=bought.product, **told_of)
            self._units[told.serial, bought.product_id] = unit
            return Outcome("new", told, bought.customer, bought, unit=unit)
        if there.purchase_id not in (None, bought.pk):
            raise Wrong("serial_taken", "serial", got=told.serial)
        outcome = Outcome("matched", told, bought.customer, bought, unit=there, why="number")
        put(there, outcome, {"purchase": bought} | _where_untold(there, told))
        return outcome

    def _bought(self, told: UnitTold) -> Purchase:
        found = next((self._purchases[name] for name in _names(told) if name in self._purchases), None)
        if found is None:
            raise Wrong("unknown_purchase", "purchase", got=told.purchase)
        if told.sku and told.sku != found.product.sku:
            raise Wrong("other_product", "sku", got=told.sku[:40])
        return found


def write_units(outcomes: Sequence[Outcome], bringer: Bringer) -> None:
    """Write the things of a portion, each noted with whose it is; the caller is inside a transaction."""
    insert([each.unit for each in outcomes if each.code == "new" and each.unit])
    for each in outcomes:
        if each.fields and each.unit is not None:
            each.unit.save(update_fields=each.fields)
    now = clock.now()
    noted = [each for each in outcomes if each.code == "new" or each.fields]
    insert([Change(customer=each.customer, code=ADDED, what=[], at=now, by=bringer.by) for each in noted])
    keep_ids(KIND, outcomes, bringer)


def _names(told: UnitTold) -> tuple[str, ...]:
    """Return by which ids its purchase may be known: its own, or that of a file whose orders have several things."""
    return (told.purchase, f"{told.purchase}·{told.sku}") if told.sku else (told.purchase,)


def _where_untold(unit: Unit, told: UnitTold) -> dict[str, object]:
    return {} if unit.handed_over_at else {"handed_over_at": told.handed_over_at}
