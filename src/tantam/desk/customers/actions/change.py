"""Change what we know of a customer, unless somebody else changed it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common.errors import Refused
from tantam.desk.customers import traits
from tantam.desk.customers.editing import hold, note, regroup
from tantam.desk.customers.models import Customer


def change(customer: Customer, by: Person, *, seen: int | None, written: Mapping[str, str]) -> Customer:
    """Return the customer with what was written; `edition` grows if anything differs.

    seen: the edition that `by` was looking at; None, for none, is never the newest. written: as `traits.read` takes
    it. Raises traits.Unread, Refused("not_allowed"), Refused("customer_changed").
    """
    with transaction.atomic():
        held = hold(customer, by)
        values = traits.read(written)
        if held.kind == Customer.Kind.DEPARTMENT:
            values = {name: value for name, value in values.items() if name not in ("kind", "department", "internal")}
        changed = [name for name, value in values.items() if getattr(held, name) != value]
        if not changed:
            return held
        if held.edition != seen:
            raise Refused("customer_changed")
        for name in changed:
            setattr(held, name, values[name])
        held.edition += 1
        held.save(update_fields=[*changed, "edition"])
        note(held, by, "changed", changed)
        regroup(held)
        return held
