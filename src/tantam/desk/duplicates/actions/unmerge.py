"""Take a merging back: both customers are again as they were; what came since stays with the one that was kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import note, regroup
from tantam.desk.customers.models import Contact, Customer, NamePart
from tantam.desk.duplicates.access import refuse_unless_may_merge
from tantam.desk.duplicates.actions.merge import FILLED
from tantam.desk.duplicates.holding import as_kept, hold_both, tell_cases
from tantam.desk.duplicates.models import Merging
from tantam.desk.duplicates.moving import move_back, name_of

_FIELDS = (*FILLED, "name", "stand_in", "since", "note")


def unmerge(merging: Merging, by: Person) -> Merging:
    """Return the merging, undone. What a colleague wrote into a field since stays as they wrote it.

    Raises Refused: not_allowed, merge_undone; customer_merged where kept became part of another one since.
    """
    refuse_unless_may_merge(by)
    with transaction.atomic():
        kept, gone = hold_both(merging.kept, merging.gone)
        held = Merging.objects.select_for_update(of=("self",)).get(pk=merging.pk)
        if held.undone_at is not None:
            raise Refused("merge_undone")
        if kept.merged_into_id is not None:
            raise Refused("customer_merged", name=kept.shown)
        move_back(held)
        _give_back(kept, gone, held)
        gone.merged_into, gone.edition = None, gone.edition + 1
        gone.save(update_fields=["merged_into", "edition"])
        NamePart.keep([gone])
        held.undone_at, held.undone_by = clock.now(), by
        held.save(update_fields=["undone_at", "undone_by"])
        for each, other in ((kept, gone), (gone, kept)):
            note(each, by, "unmerged", [str(other.pk)])
            regroup(each)
        tell_cases(held.moved.get(name_of(Case, "customer"), []), "customer_unmerged", held, (Actor.PERSON, by))
    return held


def _give_back(kept: Customer, gone: Customer, merging: Merging) -> None:
    """Take from kept what it had of gone alone, unless somebody wrote something else there since."""
    back: dict[str, Any] = {}
    for name in _FIELDS:
        before, after = merging.filled.get(name, (None, None))
        if name in merging.filled and as_kept(getattr(kept, name)) == after:
            back[name] = date.fromisoformat(before) if name == "since" else before
    for name, value in back.items():
        setattr(kept, name, value)
    kept.edition += 1
    kept.save(update_fields=[name.removesuffix("_id") for name in back] + ["edition"])
    bare = {"verified_at": None, "verified_how": "", "verified_by": None}
    Contact.objects.filter(pk__in=merging.filled.get("verified", []), customer=kept).update(**bare)
    if "preferred" in merging.filled:
        Contact.objects.filter(pk=merging.filled["preferred"], customer=gone).update(preferred=True)
