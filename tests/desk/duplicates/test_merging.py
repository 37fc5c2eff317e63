"""Two customers become one: everything moves, each once, and taking it back leaves both as they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from tantam.desk.cases.models import Case
from tantam.desk.common import clock as now
from tantam.desk.common.errors import Refused
from tantam.desk.customers import consent
from tantam.desk.customers.actions import change, join_organisation
from tantam.desk.customers.contacts import find_customer
from tantam.desk.customers.finding import matching, newest
from tantam.desk.customers.models import Change, Consent, Contact, Customer, Membership, NamePart, Purchase
from tantam.desk.duplicates.actions import merge, unmerge
from tantam.desk.duplicates.actions.merge import Seen
from tantam.desk.duplicates.models import Merging
from tantam.desk.duplicates.moving import columns, name_of
from tantam.desk.visitors.models import Stay
from tests.support.desk import customer, opened, purchase

NOTED = (Change, Merging)


def as_is(kept: Customer, gone: Customer) -> Mapping[str, Any]:
    """All rows that name one of the two, as JSON, but for what notes that something was done."""
    found = {"": serializers.serialize("json", Customer.objects.filter(pk__in=[kept.pk, gone.pk]).order_by("pk"))}
    tables = [*columns(), (Consent, "customer")]
    for model, field in tables:
        if model not in NOTED:
            rows = model._base_manager.filter(**{f"{field}__in": [kept.pk, gone.pk]}).order_by("pk")
            found[name_of(model, field)] = serializers.serialize("json", rows)
    parts = NamePart.objects.filter(customer__in=[kept.pk, gone.pk]).order_by("customer", "tail")
    found["parts"] = str(list(parts.values_list("customer", "tail")))
    edition = '"edition": '
    found[""] = "".join(each.split(",", 1)[-1] if n else each for n, each in enumerate(found[""].split(edition)))
    return found


def pointing() -> list[tuple[Any, str]]:
    """Every column that names a customer, as the tables themselves tell, but for what a merging is written in."""
    own = ("Consent", "Merging", "Pair", "Customer.merged_into")
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            names = {model.__name__, f"{model.__name__}.{field.name}"}
            if field.is_relation and field.related_model is Customer and not names & set(own):
                found.append((model, field.name))
    return found


def test_every_column_that_names_a_customer_is_moved() -> None:
    assert {name_of(*each) for each in pointing()} == {name_of(*each) for each in columns()} | {
        "customers.NamePart.customer"
    }


@pytest.fixture
def two(clock: Any, plan: Any, staff: Any) -> tuple[Customer, Customer]:
    """The same person, once from the shop and once from the chat, with a bit of everything."""
    kept = customer("Nguyễn Thị Hoa", mail="hoa@example.com")
    gone = customer("Hoa Nguyễn", mail="hoa@example.com", birth_year=1950, note="Hears badly.")
    Contact.objects.create(customer=gone, kind="phone", value="+84912345678", preferred=True)
    Contact.objects.filter(customer=gone, kind="mail").update(verified_at=now.now(), verified_how="answered")
    stays = Contact.objects.get(customer=gone, kind="mail")
    until = now.now() + timedelta(days=1)
    Stay.objects.create(digest="x" * 64, contact=stays, mail=stays.value, since=now.now(), until=until)
    company = customer("Công ty Hoa Mai", mail="info@hoamai.example", kind="business")
    for each in (kept, gone):
        join_organisation(each, staff.agent, organisation=company)
    consent.keep(gone, None, consent.Word("marketing"), given=True)
    clock.forward(minutes=1)
    consent.keep(kept, None, consent.Word("marketing"), given=False)
    opened(gone, purchase=purchase(gone))
    opened(kept)
    return Customer.objects.get(pk=kept.pk), Customer.objects.get(pk=gone.pk)


def seen(kept: Customer, gone: Customer) -> Seen:
    return Seen(kept.edition, gone.edition)


def test_everything_becomes_the_one_that_is_kept(two: Any, staff: Any) -> None:
    kept, gone = two
    merging = merge(kept, gone, staff.agent, seen(kept, gone))
    assert Case.objects.filter(customer=kept).count() == 2 and Purchase.objects.get().customer == kept
    kept, gone = Customer.objects.get(pk=kept.pk), Customer.objects.get(pk=gone.pk)
    assert gone.merged_into == kept and (kept.birth_year, kept.note) == (1950, "Hears badly.")
    for model, field in pointing():
        assert not model._base_manager.filter(**{field: gone.pk}).exists(), f"{name_of(model, field)} stayed behind"
    mail = Contact.objects.get(kind="mail", value="hoa@example.com")
    assert mail.customer == kept and mail.verified_how == "answered", "a proof is not lost"
    assert Stay.objects.get().contact == mail, "who is signed in stays signed in"
    assert Membership.objects.filter(person=kept, left=None).count() == 1
    moved = Case.objects.exclude(purchase=None).get()
    assert moved.events.get(code="customer_merged").args == {"customer": gone.pk, "into": kept.pk}
    assert merging.by == staff.agent


def test_the_latest_word_counts_whoever_it_was_written_for(two: Any, staff: Any) -> None:
    kept, gone = two
    merge(kept, gone, staff.agent, seen(kept, gone))
    assert kept.consents.count() == 2 and not consent.may(kept, "marketing", "email"), "no was said last"


def test_who_became_part_of_another_is_found_no_more(two: Any, staff: Any) -> None:
    kept, gone = two
    merge(kept, gone, staff.agent, seen(kept, gone))
    assert gone not in newest(Customer.objects.all()).customers
    assert gone not in matching(Customer.objects.all(), "Hoa Nguyễn").customers
    assert find_customer(mail="hoa@example.com") == kept


def test_taken_back_both_are_as_they_were(two: Any, staff: Any) -> None:
    kept, gone = two
    before = as_is(kept, gone)
    merging = merge(kept, gone, staff.agent, seen(kept, gone))
    assert as_is(kept, gone) != before
    unmerge(merging, staff.agent)
    after = as_is(kept, gone)
    assert {name for name in before if after[name] != before[name]} == set()
    moved = Case.objects.exclude(purchase=None).get()
    assert moved.customer == gone and moved.events.filter(code="customer_unmerged").exists()


def test_what_came_since_stays_with_the_one_that_was_kept(two: Any, staff: Any) -> None:
    kept, gone = two
    merging = merge(kept, gone, staff.agent, seen(kept, gone))
    kept = Customer.objects.get(pk=kept.pk)
    since = opened(kept)
    change(kept, staff.agent, seen=kept.edition, written={"birth_year": "1951"})
    unmerge(merging, staff.agent)
    kept.refresh_from_db()
    since.refresh_from_db()
    assert since.customer == kept and kept.birth_year == 1951, "written by hand since, so it stays"
    assert kept.note == ""


def test_two_colleagues_at_once_merge_once(two: Any, staff: Any) -> None:
    kept, gone = two
    both = seen(kept, gone)
    merge(kept, gone, staff.agent, both)
    for one, other in ((kept, gone), (gone, kept)):
        with pytest.raises(Refused, match="customer_merged"):
            merge(one, other, staff.colleague, both)
    merging = Merging.objects.get()
    unmerge(merging, staff.agent)
    with pytest.raises(Refused, match="merge_undone"):
        unmerge(merging, staff.colleague)


def test_nobody_merges_what_they_have_not_seen(two: Any, staff: Any) -> None:
    kept, gone = two
    change(gone, staff.colleague, seen=gone.edition, written={"note": "Is her sister."})
    with pytest.raises(Refused, match="customer_changed"):
        merge(kept, gone, staff.agent, seen(kept, gone))


def test_a_row_of_mergings_is_taken_back_from_its_end(two: Any, staff: Any) -> None:
    kept, gone = two
    first = merge(kept, gone, staff.agent, seen(kept, gone))
    kept, third = Customer.objects.get(pk=kept.pk), customer("Nguyễn Hoa")
    second = merge(third, kept, staff.agent, seen(third, kept))
    with pytest.raises(Refused, match="customer_merged"):
        unmerge(first, staff.agent)
    unmerge(second, staff.agent)
    unmerge(first, staff.agent)
    gone.refresh_from_db()
    assert gone.merged_into is None and gone.cases.count() == 1


def test_only_two_of_one_kind_are_merged(two: Any, staff: Any) -> None:
    kept, _gone = two
    company = Customer.objects.get(kind="business")
    with pytest.raises(Refused, match="merge_not_alike"):
        merge(kept, company, staff.agent, seen(kept, company))
    with pytest.raises(Refused, match="merge_same_customer"):
        merge(kept, kept, staff.agent, seen(kept, kept))


def test_strangers_and_other_houses_merge_nobody(two: Any, staff: Any) -> None:
    kept, gone = two
    with pytest.raises(Refused, match="not_allowed"):
        merge(kept, gone, staff.outsider, seen(kept, gone))
    assert not Merging.objects.exists()
