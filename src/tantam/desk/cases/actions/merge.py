"""Join a case to another: that one stands for both from now on. Nothing moves, so that it can be undone at any time."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import joined, pairs, promises
from tantam.desk.cases.act import Act, refuse_if_changed, refuse_if_merged
from tantam.desk.cases.models import Case
from tantam.desk.common.errors import Refused


def merge(case: Case, person: Person, into: Case, *, seen: int | None = None, sure: bool = False) -> Case:
    """Return the case, joined to the one that stands for `into`.

    sure: the person confirmed that the two have different customers. seen: the last event id of `case` they have read.
    Raises Refused: merge_itself, is_merged, merge_into_resolved, merge_other_customer, changed_meanwhile, not_allowed.
    """
    with transaction.atomic():
        act, to = _both(case, into, person)
        refuse_if_merged(act)
        refuse_if_changed(act, seen)
        if to.case.status == Case.Status.RESOLVED:
            raise Refused("merge_into_resolved", into=to.case.reference)
        if act.case.customer_id != to.case.customer_id and not sure:
            raise Refused("merge_other_customer", into=to.case.reference, name=to.case.customer.name)
        _join(act, to)
        return act.case


def _both(case: Case, into: Case, person: Person) -> tuple[Act, Act]:
    """Lock the case and the one that stands for `into`; joined elsewhere before the lock was had, that one's is taken.

    Both locks held, neither can be joined to anything else: so no circle can close.
    """
    for _ in range(joined.DEEPEST):
        end = joined.target(Case.objects.get(pk=into.pk))
        if end.pk == case.pk:
            raise Refused("merge_itself")
        hold = transaction.savepoint()
        act, to = pairs.acts_on(case, end, person)
        if to.case.merged_into_id is None:
            transaction.savepoint_commit(hold)
            return act, to
        transaction.savepoint_rollback(hold)
    raise Refused("changed_meanwhile")


def _join(act: Act, to: Act) -> None:
    before = act.case.status
    act.save(status=Case.Status.MERGED, merged_into=to.case)
    act.append("merged", into=to.case.pk, reference=to.case.reference, status=before)
    to.append("joined", case=act.case.pk, reference=act.case.reference)
    if before == Case.Status.WAITING and to.case.status == Case.Status.OPEN:
        for each in joined.acts(act):  # nobody asks this customer any more: the clocks run
            promises.resume(each)
    promises.note_next_due(to)
