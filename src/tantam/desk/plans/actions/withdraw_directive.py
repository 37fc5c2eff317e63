"""Withdraw a directive: from now on the plan counts without it. What was promised under it stays as it was made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.plans import overlays
from tantam.desk.plans.actions.direct import with_directive
from tantam.desk.plans.in_turn import written_in_turn
from tantam.desk.plans.models import Directive
from tantam.desk.plans.overlays import State

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person


def withdraw_directive(directive: Directive, *, person: Person | None = None) -> Directive:
    """Return the directive, which counts no longer; one that is over stays as it is.

    Raises Refused; PlanUnreadable and PlanHasFindings where another directive cannot stand without it.
    """
    if person is not None and not person.manages:
        raise Refused("not_allowed")

    def prepare(before: State) -> Callable[[], Directive]:
        now = clock.now()
        directive.refresh_from_db()
        if directive.until <= now:
            return lambda: directive
        directive.withdrawn_at, directive.withdrawn_by = now, person
        texts = overlays.texts_of(each.number for each in before.directives)
        frozen = overlays.missing(with_directive(before, directive).stretches, texts, now)

        def write() -> Directive:
            directive.withdrawn_at = clock.now()
            directive.save(update_fields=["withdrawn_at", "withdrawn_by"])
            overlays.keep(with_directive(before, directive).stretches, frozen, now)
            return directive

        return write

    return written_in_turn(prepare)
