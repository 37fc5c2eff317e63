"""Things with serial numbers of one portion: each found by its id, else by its serial, else taken in; and written."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.desk.common import clock
from tantam.desk.common.rows import insert
from tantam.desk.customers.models import Change, Purchase, Unit
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.bought import KIND as PURCHASE
from tantam.desk.imports.taking.outcome import Bringer, Outcome, rejected
from tantam.desk.imports.taking.writing import keep_told
from tantam.desk.imports.told import UnitTold, changed, seen

KIND = "unit"
ADDED = "unit_added"  # as what a colleague adds is noted


class Units:
    """What becomes of the things of one portion."""

    def __init__(self, bringer: Bringer) -> None:
        self.bringer = bringer
        self._ids: dict[str, ExternalId] = {}
        self._purchases: dict[str, Purchase] = {}
        self._units: dict[tuple[str, int], Unit] = {}
        self._now: dict[str, Outcome] = {}

    def settle(self, told: Sequence[UnitTold]) -> list[Outcome]:
        """Return what becomes of each. A few queries, however many there are."""
        mine = ExternalId.objects.filter(source=self.bringer.source)
        ids = mine.filter(kind=KIND, external__in={each.external for each in told})
        self._ids = {each.external: each for each in ids.select_related("unit", "purchase")}
        names = {name for each in told for name in _names(each)}
        bought = mine.filter(kind=PURCHASE, external__in=names)
        rows = bought.select_related("purchase__product", "purchase__customer")
        self._purchases = {each.external: each.purchase for each in rows if each.purchase}
        there = Unit.objects.filter(serial__in={each.serial for each in told})
        self._units = {(each.serial, each.product_id): each for each in there}
        return [self._settled(each) for each in told]

    def _settled(self, told: UnitTold) -> Outcome:
        before = self._now.get(told.external)
        if before is not None:
            if before.told != told:
                return rejected(told, Wrong("twice", "id"))
            return Outcome("same", told, before.customer, before.purchase, unit=before.unit)
        try:
            row = self._ids.get(told.external)
            outcome = self._known(told, row) if row is not None else self._unknown(told)
        except Wrong as wrong:
            return rejected(told, wrong)
        self._now[told.external] = outcome
        return outcome

    def _known(self, told: UnitTold, row: ExternalId) -> Outcome:
        unit, bought = row.unit, self._bought(told)
        assert unit is not None
        outcome = Outcome("same", told, bought.customer, bought, unit=unit, why="id", known=row)
        if row.seen == seen(told):
            return outcome
        if row.told_by is not None and row.told_by == self.bringer.told_by:
            raise Wrong("twice", "id")
        anew = changed(told, row.seen)
        there = self._units.get((told.serial, bought.product_id))
        if {"serial", "purchase"} & set(anew) and there is not None and there.pk != unit.pk:
            raise Wrong("serial_taken", "serial", got=told.serial)
        values: dict[str, object] = {"handed_over_at": told.handed_over_at} if "handed_over_at" in anew else {}
        if "serial" in anew:
            values |= {"serial": told.serial}
        if "purchase" in anew:
            values |= {"purchase": bought, "product": bought.product}
        _set(outcome, values)
        outcome.code = "changed" if outcome.fields else "same"
        return outcome

    def _unknown(self, told: UnitTold) -> Outcome:
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
        _set(outcome, {"purchase": bought} | ({} if there.handed_over_at else {"handed_over_at": told.handed_over_at}))
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
    insert([_link(each, bringer) for each in outcomes if each.code in ("new", "matched")])
    known = []
    for each in outcomes:
        if each.known is not None:
            each.known.seen, each.known.purchase = seen(each.told), each.purchase
            known.append(each.known)
    ExternalId.objects.bulk_update(known, ["seen", "purchase"], batch_size=500)
    keep_told(known, bringer)


def _names(told: UnitTold) -> tuple[str, ...]:
    """Return by which ids its purchase may be known: its own, or that of a file whose orders have several things."""
    return (told.purchase, f"{told.purchase}·{told.sku}") if told.sku else (told.purchase,)


def _set(outcome: Outcome, values: dict[str, object]) -> None:
    for name, value in values.items():
        if value is not None and getattr(outcome.unit, name) != value:
            setattr(outcome.unit, name, value)
            outcome.fields.append(name)


def _link(outcome: Outcome, bringer: Bringer) -> ExternalId:
    return ExternalId(
        source=bringer.source,
        kind=KIND,
        external=outcome.told.external,
        purchase=outcome.purchase,
        unit=outcome.unit,
        seen=seen(outcome.told),
        told_by=bringer.told_by,
    )
