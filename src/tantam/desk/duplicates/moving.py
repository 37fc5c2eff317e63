"""Moves all that is one customer's to another, notes what was moved, and moves it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, transaction

from tantam.desk.customers.models import Consent, Contact, Customer, Membership, NamePart
from tantam.desk.duplicates.models import Merging, Pair

STAYS = (Consent, NamePart, Merging, Pair)  # copied, written anew, or about the merging itself
AT_ONCE = 500
_UNIQUE = {Contact: ("kind", "network", "value"), Membership: ("organisation_id", "person_id", "left")}


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Yield each table and field that names a customer and is to be moved, whichever room it is of."""
    for model, field in _pointing(Customer):
        if model not in STAYS and field != "merged_into":
            yield model, field


def name_of(model: type[models.Model], field: str) -> str:
    """Return how a merging calls a column: `cases.Case.customer`."""
    return f"{model._meta.label}.{field}"


def move(gone: Customer, kept: Customer, merging: Merging) -> None:
    """Move all of gone's to kept; the caller holds both, inside a transaction. What kept has alike is put away."""
    for model, field in columns():
        if model in _UNIQUE:
            _put_away(model, field, gone, kept, merging)
        keys = list(model._base_manager.filter(**{field: gone.pk}).order_by("pk").values_list("pk", flat=True))
        if moved := _repoint(model, field, keys, kept.pk):
            merging.moved[name_of(model, field)] = moved
    merging.copied = copy_consents(gone, kept)


def move_back(merging: Merging) -> None:
    """Move back what is still kept's of what was moved; bring back what was put away, and drop the consents copied."""
    for model, field in columns():
        keys = merging.moved.get(name_of(model, field), [])
        for some in _portions(keys):
            still = model._base_manager.filter(**{"pk__in": some, field: merging.kept_id}).values_list("pk", flat=True)
            _repoint(model, field, list(still), merging.gone_id)
    for each in merging.put_away:
        restored = next(iter(serializers.deserialize("json", each["row"])))
        restored.save()
        for name, keys in each["pointing"].items():
            model, field = next(found for found in _pointing(type(restored.object)) if name_of(*found) == name)
            model._base_manager.filter(pk__in=keys).update(**{f"{field}_id": restored.object.pk})
    Consent.objects.filter(pk__in=merging.copied).delete()


def copy_consents(gone: Customer, kept: Customer) -> list[int]:
    """Write each word of gone's once more as kept's, in its order in time; return the new keys.

    Words about consent never change, so they are not moved: of all, the latest counts, whoever it was written for.
    """
    copied: list[int] = []
    for each in gone.consents.order_by("id"):
        key = each.pk + 1  # its instant stands in the higher bits, so that it stays between its neighbours
        while Consent.objects.filter(pk=key).exists():
            key += 1
        each.pk, each.customer, each._state.adding = key, kept, True
        each.save(force_insert=True)
        copied.append(key)
    return copied


def _put_away(model: type[models.Model], field: str, gone: Customer, kept: Customer, merging: Merging) -> None:
    """Take away rows of gone's that kept has alike, after what points to them was pointed to kept's own."""
    alike = _UNIQUE[model]
    own = {
        tuple(getattr(each, name) for name in alike): each for each in model._base_manager.filter(**{field: kept.pk})
    }
    for each in model._base_manager.filter(**{field: gone.pk}):
        setattr(each, f"{field}_id", kept.pk)
        twin = own.get(tuple(getattr(each, name) for name in alike))
        setattr(each, f"{field}_id", gone.pk)
        itself = isinstance(each, Membership) and kept.pk in (each.organisation_id, each.person_id)
        if twin is None and not itself:
            continue
        away: dict[str, Any] = {"row": serializers.serialize("json", [each]), "pointing": {}}
        for other, column in _pointing(model) if twin else ():
            keys = list(other._base_manager.filter(**{column: each.pk}).values_list("pk", flat=True))
            if keys:
                other._base_manager.filter(pk__in=keys).update(**{f"{column}_id": twin.pk})
                away["pointing"][name_of(other, column)] = keys
        merging.put_away.append(away)
        each.delete()


def _pointing(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Yield the columns that name rows of a table, those that no name leads back from among them."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            yield relation.related_model, relation.field.name


def _repoint(model: type[models.Model], field: str, keys: Sequence[Any], to: int) -> list[Any]:
    """Point the rows to a customer; return those that let themselves be pointed there."""
    done: list[Any] = []
    for some in _portions(keys):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk__in=some).update(**{f"{field}_id": to})
            done += some
        except IntegrityError:
            done += [key for key in some if _one(model, field, key, to)]
    return done


def _one(model: type[models.Model], field: str, key: Any, to: int) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=key).update(**{f"{field}_id": to})
    except IntegrityError:  # they have one alike, and it is one of a kind
        return False
    return True


def _portions(keys: Sequence[Any]) -> Iterator[list[Any]]:
    for begin in range(0, len(keys), AT_ONCE):
        yield list(keys[begin : begin + AT_ONCE])
