"""Merge two customers into one: all that is of the one becomes the other's, and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Actor, Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.editing import note, regroup
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.duplicates.access import refuse_unless_may_merge
from tantam.desk.duplicates.holding import as_kept, hold_both, tell_cases
from tantam.desk.duplicates.models import Merging, Pair
from tantam.desk.duplicates.moving import move, name_of

_EMPTY = (None, "", 0)
FILLED = ("address", "birth_year", "lives_alone", "timezone", "organisation_id")  # where kept has nothing


@dataclass(frozen=True, slots=True)
class Seen:
    """The editions of the two that were on the page."""

    kept: int
    gone: int


def merge(kept: Customer, gone: Customer, by: Person, seen: Seen) -> Merging:
    """Return the merging; `gone` is found no more and leads to `kept`.

    Raises Refused: not_allowed, merge_same_customer, merge_not_alike, customer_merged, customer_changed.
    """
    refuse_unless_may_merge(by)
    with transaction.atomic():
        keeps, goes = hold_both(kept, gone)
        _refuse(keeps, goes, seen)
        merging = Merging(kept=keeps, gone=goes, at=clock.now(), by=by, reasons=_reasons(keeps, goes))
        _carry_proofs(keeps, goes, merging)
        move(goes, keeps, merging)
        merging.filled |= _fill(keeps, goes)
        goes.name_parts.all().delete()
        goes.merged_into, goes.edition = keeps, goes.edition + 1
        goes.save(update_fields=["merged_into", "edition"])
        merging.save(force_insert=True)
        note(keeps, by, "merged", [str(goes.pk)])
        tell_cases(merging.moved.get(name_of(Case, "customer"), []), "customer_merged", merging, (Actor.PERSON, by))
        regroup(keeps)
    return merging


def _refuse(kept: Customer, gone: Customer, seen: Seen) -> None:
    if kept.pk == gone.pk:
        raise Refused("merge_same_customer")
    if kept.kind != gone.kind or kept.internal or gone.internal:
        raise Refused("merge_not_alike")
    for each in (kept, gone):
        if each.merged_into_id is not None:
            raise Refused("customer_merged", name=each.shown)
    if (kept.edition, gone.edition) != (seen.kept, seen.gone):
        raise Refused("customer_changed")


def _reasons(kept: Customer, gone: Customer) -> list[str]:
    first, second = sorted((kept.pk, gone.pk))
    pair = Pair.objects.filter(first=first, second=second).first()
    return list(pair.reasons) if pair else []


def _carry_proofs(kept: Customer, gone: Customer, merging: Merging) -> None:
    """Let kept's contacts count as verified where gone's alike are; only one stays the preferred one."""
    own = {(each.kind, each.network, each.value): each for each in kept.contacts.all()}
    for each in gone.contacts.exclude(verified_at=None):
        twin = own.get((each.kind, each.network, each.value))
        if twin is not None and twin.verified_at is None:
            twin.verified_at, twin.verified_how, twin.verified_by = (
                each.verified_at,
                each.verified_how,
                each.verified_by,
            )
            twin.save(update_fields=["verified_at", "verified_how", "verified_by"])
            merging.filled.setdefault("verified", []).append(twin.pk)
    if kept.contacts.filter(preferred=True).exists():
        for each in Contact.objects.filter(customer=gone, preferred=True):
            each.preferred = False
            each.save(update_fields=["preferred"])
            merging.filled["preferred"] = each.pk


def _fill(kept: Customer, gone: Customer) -> dict[str, Any]:
    """Take over what we knew of gone and not of kept; return {field: [before, after]}."""
    now = {name: getattr(gone, name) for name in FILLED if getattr(kept, name) in _EMPTY}
    now = {name: value for name, value in now.items() if value not in _EMPTY and value != kept.pk}
    if kept.is_nameless and not gone.is_nameless:
        now |= {"name": gone.name, "stand_in": gone.stand_in}
    if gone.since < kept.since:
        now["since"] = gone.since
    if gone.note and gone.note not in kept.note:
        now["note"] = f"{kept.note}\n{gone.note}".strip()
    filled = {name: [as_kept(getattr(kept, name)), as_kept(value)] for name, value in now.items()}
    for name, value in now.items():
        setattr(kept, name, value)
    kept.edition += 1
    kept.save(update_fields=[name.removesuffix("_id") for name in now] + ["edition"])
    return filled
