"""How somebody looks at a measure, as the address says it."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.desk.reports import Order

ORDERS: tuple[Order, ...] = ("worst", "newest")


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks at a measure: cut by what, cases in which order, and of a share which side ("1", "0", "")."""

    by: str
    order: Order
    only: str

    @property
    def stays(self) -> dict[str, str]:
        """The arguments that keep looking so."""
        order = "" if self.order == ORDERS[0] else self.order
        return {"by": self.by, "order": order, "only": self.only}
