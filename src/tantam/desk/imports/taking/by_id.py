"""What all that sources tell shares: known by its id there, once in a portion, remembered by what was told last."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import QuerySet

from tantam.desk.common.rows import insert
from tantam.desk.imports.meaning.wrong import Wrong
from tantam.desk.imports.models import ExternalId
from tantam.desk.imports.taking.outcome import Bringer, Outcome, rejected
from tantam.desk.imports.told import Told, changed, seen

T = TypeVar("T", bound=Told)


class ById(ABC, Generic[T]):
    """What becomes of one kind of thing in one portion; nothing is written here, `write` of its file does that.

    kind: of ExternalId.KINDS. joined: what is read along with the row of an id.
    """

    kind: ClassVar[str]
    joined: ClassVar[tuple[str, ...]]

    def __init__(self, bringer: Bringer) -> None:
        self.bringer = bringer
        self._ids: dict[str, ExternalId] = {}
        self._now: dict[str, Outcome] = {}  # by the id, of this portion

    def settle(self, told: Sequence[T]) -> list[Outcome]:
        """Return what becomes of each. A few queries, however many there are."""
        mine = ExternalId.objects.filter(source=self.bringer.source)
        ids = mine.filter(kind=self.kind, external__in={each.external for each in told})
        self._ids |= {each.external: each for each in ids.select_related(*self.joined)}
        self.look_up(told, mine)
        return [self._settled(each) for each in told]

    @abstractmethod
    def look_up(self, told: Sequence[T], mine: QuerySet[ExternalId]) -> None:
        """Read what all rows of the portion need, at once. mine: the ids of this source."""

    @abstractmethod
    def same(self, told: T, row: ExternalId) -> Outcome:
        """Return that nothing becomes of what is known by this id."""

    @abstractmethod
    def change(self, outcome: Outcome, anew: Sequence[str]) -> None:
        """Do what the source tells otherwise than before, and name it in `outcome.fields`. Raises Wrong."""

    @abstractmethod
    def unknown(self, told: T) -> Outcome:
        """Return what becomes of what has no id yet: something that we have, or something new. Raises Wrong."""

    def _settled(self, told: T) -> Outcome:
        before = self._now.get(told.external)
        if before is not None:
            return _again(before) if before.told == told else rejected(told, Wrong("twice", "id"))
        row = self._ids.get(told.external)
        try:
            outcome = self._known(told, row) if row is not None else self.unknown(told)
        except Wrong as wrong:
            return rejected(told, wrong)
        self._now[told.external] = outcome
        return outcome

    def _known(self, told: T, row: ExternalId) -> Outcome:
        outcome = self.same(told, row)
        if row.seen == seen(told):
            return outcome
        if row.told_by is not None and row.told_by == self.bringer.told_by:
            raise Wrong("twice", "id")
        self.change(outcome, changed(told, row.seen))
        outcome.code = "changed" if outcome.fields else "same"
        return outcome


def put(kept: Any, outcome: Outcome, values: dict[str, Any]) -> None:
    """Set what is told and differs, and name it in `outcome.fields`. kept: the row that it is set in."""
    for name, value in values.items():
        if value is not None and getattr(kept, name) != value:
            setattr(kept, name, value)
            outcome.fields.append(name)


def keep_ids(kind: str, outcomes: Sequence[Outcome], bringer: Bringer) -> None:
    """Write by which ids the new ones are known, and what was told last of the others; in a transaction."""
    insert([_link(kind, each, bringer) for each in outcomes if each.code in ("new", "matched")])
    known = [(each.known, each) for each in outcomes if each.known is not None]
    altered = []
    for row, outcome in known:
        now = seen(outcome.told)
        if row.seen != now:
            row.seen = now
            if row.purchase_id is not None and outcome.purchase is not None:
                row.purchase = outcome.purchase
            altered.append(row)
    if altered:
        ExternalId.objects.bulk_update(altered, ["seen", "purchase"], batch_size=500)
    if known and bringer.told_by is not None:  # so that a row that says otherwise of the same one is noticed
        ExternalId.objects.filter(pk__in=[row.pk for row, _each in known]).update(told_by=bringer.told_by)


def _link(kind: str, outcome: Outcome, bringer: Bringer) -> ExternalId:
    """Return the row of an id: a purchase and what hangs on it stands beside it, all else beside the customer."""
    of_customer = outcome.purchase is None
    return ExternalId(
        source=bringer.source,
        kind=kind,
        external=outcome.told.external,
        customer=outcome.customer if of_customer else None,
        purchase=outcome.purchase,
        contract=outcome.contract,
        unit=outcome.unit,
        delivery=outcome.delivery,
        seen=seen(outcome.told),
        told_by=bringer.told_by,
    )


def _again(before: Outcome) -> Outcome:
    return Outcome(
        "same",
        before.told,
        before.customer,
        before.purchase,
        before.contract,
        before.unit,
        before.delivery,
    )
