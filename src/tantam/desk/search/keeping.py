"""Keeps the indexes: the worker indexes what is new within seconds, and again what changed; twice is harmless."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Prefetch

from tantam.desk.cases.models import Case, CaseTag, Message, Promise
from tantam.desk.common import clock, recurring, work
from tantam.desk.common.ids import new_id
from tantam.desk.common.rows import insert
from tantam.desk.customers.models import Contact, Customer, Product, Purchase
from tantam.desk.search.index import index
from tantam.desk.search.models import Mark, Thing
from tantam.desk.search.tokens import indexed

INDEX = "index_what_is_new"
AGAIN = "index_again"  # work whose payload is {"kind": of Thing, "target": its key}
EVERY = timedelta(seconds=2)
BATCH = 500
BATCHES = 20  # in one go; the next go follows after EVERY

LATE_IDS = int(timedelta(minutes=10).total_seconds() * 1000) << 22  # a transaction may commit so long after its key
LATE_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows that become things. late: how far below the mark one may still appear. texts: (key, title, more) of keys."""

    kind: Thing.Kind
    table: str
    late: int
    texts: Callable[[Sequence[int]], Iterable[tuple[int, str, str]]]


def index_what_is_new() -> int:
    """Index messages and things that are not; return how many. Ends after BATCHES of each: there may be millions."""
    once = [_messages_once, *(partial(_things_once, each) for each in SOURCES)]
    return sum(_all_of(each) for each in once)


def _all_of(once: Callable[[], int]) -> int:
    done = 0
    for _ in range(BATCHES):
        found = once()
        done += found
        if found < BATCH:
            break
    return done


def index_again(kind: str, target: int) -> None:
    """Index a thing anew that has changed, or take it out if it is gone."""
    source = next(each for each in SOURCES if each.kind == kind)
    with transaction.atomic():
        found = list(source.texts([target]))
        if found:
            _put(source.kind, found)
        else:
            gone = Thing.objects.filter(kind=kind, target=target)
            index().drop(kind, list(gone.values_list("pk", flat=True)))
            gone.delete()


def index_cases(keys: Sequence[int]) -> None:
    """Index cases anew: their subjects, references, customers, purchases, tags, files and the words given in them."""
    _put(Thing.Kind.CASE, _cases(keys))


def changed(kind: Thing.Kind, target: int) -> None:
    """Ask for a thing to be indexed anew, in the caller's transaction."""
    work.due(AGAIN, f"search:{kind}:{target}:{new_id()}", {"kind": kind.value, "target": target}, clock.now())


def texts_of(messages: Sequence[int]) -> list[tuple[int, str]]:
    """Return what is indexed of messages, with their keys, the oldest first."""
    said = Message.objects.filter(pk__in=messages).order_by("pk")
    rows = said.values_list("pk", "body", "case__subject", "case__customer__name", "case__language")
    return [(key, indexed(f"{body}\n{title}\n{name}", lang)) for key, body, title, name, lang in rows]


def _messages_once() -> int:
    mark, _ = Mark.objects.get_or_create(name="said")
    keys = index().missing(max(0, mark.upto - LATE_IDS), BATCH)
    if not keys:
        return 0
    with transaction.atomic():
        index().keep(texts_of(keys))
        Mark.objects.filter(name="said", upto__lt=keys[-1]).update(upto=keys[-1])
    return len(keys)


def _things_once(source: _Source) -> int:
    mark, _ = Mark.objects.get_or_create(name=source.kind)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {source.table} AS new WHERE id > %s AND NOT EXISTS "  # noqa: S608 - a name of ours
            "(SELECT 1 FROM search_thing AS known WHERE known.kind = %s AND known.target = new.id) "
            "ORDER BY id LIMIT %s",
            [max(0, mark.upto - source.late), source.kind.value, BATCH],
        )
        keys = [row[0] for row in cursor.fetchall()]
    if not keys:
        return 0
    with transaction.atomic():
        _put(source.kind, source.texts(keys))
        Mark.objects.filter(name=source.kind, upto__lt=keys[-1]).update(upto=keys[-1])
    return len(keys)


def _put(kind: Thing.Kind, texts: Iterable[tuple[int, str, str]]) -> None:
    """Write things and index them; one that is known keeps its key."""
    given = {key: (title, more) for key, title, more in texts}
    known = {each.target: each for each in Thing.objects.filter(kind=kind, target__in=given)}
    rows = [known.get(key) or Thing(kind=kind, target=key) for key in given]
    for each in rows:
        each.title, each.more = given[each.target]
    Thing.objects.bulk_update(known.values(), ["title", "more"])
    insert([each for each in rows if each._state.adding])
    index().put(kind, [(each.pk, each.title, each.more) for each in rows])


def _cases(keys: Sequence[int]) -> Iterable[tuple[int, str, str]]:
    given = Prefetch("promises", Promise.objects.filter(by_hand=True))
    known = Case.objects.filter(pk__in=keys).select_related("customer", "purchase__product")
    found = known.prefetch_related("tags__tag", "attachments", given)
    for each in found.order_by("pk"):
        title = f"{each.reference} {each.reference.replace('-', '')} {each.subject}"
        more = [
            each.customer.name,
            *(_bought(each.purchase) if each.purchase else ()),
            *(tag.tag.name for tag in each.tags.all()),
            *(file.name for file in each.attachments.all()),
            *(promise.words for promise in each.promises.all()),
        ]
        yield each.pk, indexed(title, each.language), indexed(" ".join(more), each.language)


def _bought(purchase: Purchase) -> Iterable[str]:
    sku = purchase.product.sku
    return (purchase.number, sku, sku.replace("-", ""), *purchase.product.names.values())


def _customers(keys: Sequence[int]) -> Iterable[tuple[int, str, str]]:
    for each in Customer.objects.filter(pk__in=keys).prefetch_related("contacts", "purchases").order_by("pk"):
        reached = [contact.value for contact in each.contacts.all()]
        bought = [purchase.number for purchase in each.purchases.all()]
        yield each.pk, indexed(each.name, each.language), indexed(" ".join([*reached, *bought]), "")


def _products(keys: Sequence[int]) -> Iterable[tuple[int, str, str]]:
    for each in Product.objects.filter(pk__in=keys).order_by("pk"):
        names = " ".join(indexed(name, lang) for lang, name in each.names.items())
        yield each.pk, names, indexed(f"{each.sku} {each.sku.replace('-', '')} {each.line}", "")


SOURCES = (
    _Source(Thing.Kind.CASE, "cases_case", LATE_IDS, _cases),
    _Source(Thing.Kind.CUSTOMER, "customers_customer", LATE_IDS, _customers),
    _Source(Thing.Kind.PRODUCT, "customers_product", LATE_ROWS, _products),
)


def _of_tag(sender: object, instance: CaseTag, **_: Any) -> None:
    changed(Thing.Kind.CASE, instance.case_id)


def _of_contact(sender: object, instance: Contact, **_: Any) -> None:
    changed(Thing.Kind.CUSTOMER, instance.customer_id)


def _of_customer(sender: object, instance: Customer, **_: Any) -> None:
    changed(Thing.Kind.CUSTOMER, instance.pk)


def _of_product(sender: object, instance: Product, **_: Any) -> None:
    changed(Thing.Kind.PRODUCT, instance.pk)


def listen() -> None:
    """Hear of what changes after it was indexed; what is new is found without."""
    from django.db.models.signals import post_delete, post_save

    for hears, model in ((_of_tag, CaseTag), (_of_contact, Contact), (_of_customer, Customer), (_of_product, Product)):
        post_save.connect(hears, sender=model, dispatch_uid=f"search:{model.__name__}:saved")
        post_delete.connect(hears, sender=model, dispatch_uid=f"search:{model.__name__}:gone")


@work.handles(INDEX)
def _new(payload: Mapping[str, Any]) -> None:
    index_what_is_new()


@work.handles(AGAIN)
def _again(payload: Mapping[str, Any]) -> None:
    index_again(str(payload["kind"]), int(payload["target"]))


recurring.recurs(INDEX, EVERY)
