"""Withdraw a directive: from now on the plan counts without it. What was promised under it stays as it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.plans import overlays
from tantam.desk.plans.actions.direct import MOST_TRIES, with_directive
from tantam.desk.plans.models import Directive

if TYPE_CHECKING:
    from tantam.desk.accounts.models import Person


def withdraw_directive(directive: Directive, *, person: Person | None = None) -> Directive:
    """Return the directive, which counts no longer; one that is over stays as it is.

    Raises Refused; PlanUnreadable and PlanHasFindings where another directive cannot stand without it.
    """
    if person is not None and not person.manages:
        raise Refused("not_allowed")
    for _ in range(MOST_TRIES):
        now = clock.now()
        directive.refresh_from_db()
        if directive.until <= now:
            return directive
        before = overlays.state()
        directive.withdrawn_at, directive.withdrawn_by = now, person
        texts = overlays.texts_of(each.number for each in before.directives)
        frozen = overlays.missing(with_directive(before, directive).stretches, texts, now)
        with transaction.atomic():
            one_at_a_time("enact")
            if overlays.state() == before:
                directive.withdrawn_at = clock.now()
                directive.save(update_fields=["withdrawn_at", "withdrawn_by"])
                overlays.keep(with_directive(before, directive).stretches, frozen, now)
                return directive
    raise Refused("plan_changed_meanwhile")
