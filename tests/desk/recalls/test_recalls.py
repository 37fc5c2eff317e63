"""A faulty batch is put right for every owner before they ask: once each, in the background, by the plan's policy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tantam.desk.cases.models import Case
from tantam.desk.claims.actions import file_claim
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock, work
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Purchase, Unit
from tantam.desk.recalls.actions import Batch, begin, open_for_owner, prepare, stop
from tantam.desk.recalls.actions.prepare import MOST_SERIALS
from tantam.desk.recalls.meeting import asked_before, foreseen
from tantam.desk.recalls.models import Owned, Recall
from tests.support.desk import codes, concern, customer, purchase

OPENED, CLAIMED = Owned.State.OPENED, Owned.State.CLAIMED


@pytest.fixture
def bought(hoa: Any) -> list[Purchase]:
    """Three machines of one kind, each with its serial: hoa's, old Minh's, and one of somebody without mail."""
    others = [customer("Trần Văn Minh", "minh@example.com"), customer("Lê Thị Lan", "")]
    found = [
        purchase(owner, days_ago=days, number=f"BX-{n}")
        for n, (owner, days) in enumerate(zip([hoa, *others], (10, 400, 20), strict=True))
    ]
    for number, each in enumerate(found):
        Unit.objects.create(serial=f"SN{number}", product=each.product, purchase=each)
    return found


def test_the_preview_shows_whom_it_meets_and_writes_nothing(bought: Any, staff: Any, plan: Any) -> None:
    recall = _prepared(bought, staff, serials="sn-0, sn-1\nSN2; SN9")
    seen = foreseen(recall, plan, clock.now())
    assert (seen.number, seen.outcomes, seen.by_person) == (3, {"replace": 2, "repair": 1}, 0)
    assert (seen.unowned, seen.claimed, Case.objects.count()) == (("SN9",), 0, 0)


def test_every_owner_is_written_to_once_and_granted_before_they_ask(bought: Any, staff: Any) -> None:
    recall = _done(_prepared(bought, staff, serials="SN0 \nSN1\nSN2"), staff)
    assert recall.state == Recall.State.DONE
    assert list(recall.owned.values_list("state", "reached").order_by("id")) == [
        (OPENED, True),
        (OPENED, True),
        (OPENED, False),
    ]
    claims = Claim.objects.order_by("id")
    assert [(each.outcome, each.state) for each in claims] == [
        ("replace", Claim.State.GRANTED),
        ("repair", Claim.State.GRANTED),
        ("replace", Claim.State.GRANTED),
    ]
    assert "recalled" in codes(claims[0].case) and "opened" in codes(claims[0].case)
    assert "Lô này bị lỗi." in claims[0].case.messages.get(direction="outgoing").body
    assert claims[1].case.promises.filter(kind="repair").exists()


def test_begun_twice_and_killed_half_way_it_is_once(bought: Any, staff: Any) -> None:
    recall = begin(_prepared(bought, staff, serials="SN0,SN1,SN2"), staff.manager)
    open_for_owner(recall.owned.order_by("id")[0])
    begin(recall, staff.manager)
    open_for_owner(recall.owned.order_by("id")[0])
    while work.run_due(50):
        pass
    assert Case.objects.count() == 3 and recall.owned.count() == 3


def test_who_had_asked_before_is_left_as_they_are(bought: Any, staff: Any, hoa: Any) -> None:
    file_claim(concern(hoa, purchase=bought[0], told={"fault": "ours"}), policy="exchange")
    recall = _done(_prepared(bought, staff, serials="SN0,SN2"), staff)
    assert sorted(recall.owned.values_list("state", flat=True)) == [CLAIMED, OPENED]


def test_days_say_which_where_no_serials_do(bought: Any, staff: Any, plan: Any) -> None:
    day = clock.now().date()
    recall = _prepared(bought, staff, since=day - timedelta(days=21), until=day)
    assert foreseen(recall, plan, clock.now()).number == 2


def test_stopped_nobody_else_is_told(bought: Any, staff: Any) -> None:
    recall = begin(_prepared(bought, staff, serials="SN0,SN1"), staff.manager)
    open_for_owner(recall.owned.order_by("id")[0])
    stop(recall, staff.manager)
    while work.run_due(50):
        pass
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("serials", "code"), [("", "no_batch"), ("???", "no_batch")])
def test_a_batch_that_nothing_says_is_refused(serials: str, code: str, bought: Any, staff: Any) -> None:
    with pytest.raises(Refused, match=code):
        _prepared(bought, staff, serials=serials)


def test_more_serials_than_one_recall_holds_are_refused_and_nobody_is_left_out(bought: Any, staff: Any) -> None:
    with pytest.raises(Refused, match="too_many_serials"):
        _prepared(bought, staff, serials="\n".join(f"SN{n}" for n in range(MOST_SERIALS + 1)))


def test_policy_that_the_plan_does_not_know_is_refused(bought: Any, staff: Any) -> None:
    with pytest.raises(Refused, match="no_product"):
        _prepared(bought, staff, serials="SN0", policy="no_such_policy")


def test_what_was_asked_before_is_one_query_for_all(bought: Any, staff: Any, django_assert_num_queries: Any) -> None:
    recall = _prepared(bought, staff, serials="SN0,SN1,SN2")
    with django_assert_num_queries(1):
        assert asked_before(recall, bought) == frozenset()


def test_list_of_owners_is_read_leaf_by_leaf(
    bought: Any, staff: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tantam.desk.web.recall_page.MOST_SHOWN", 2)
    recall = begin(_prepared(bought, staff, serials="SN0,SN1,SN2"), staff.manager)
    client.force_login(staff.manager)
    here = reverse("web:recall", args=[recall.pk])
    assert "SN2" not in client.get(here).content.decode()
    assert "SN2" in client.get(here, {"owned": "2"}).content.decode()


def test_fact_that_no_term_takes_is_said_on_the_form(bought: Any, staff: Any, client: Client) -> None:
    client.force_login(staff.manager)
    typed = {"product": bought[0].product_id, "policy": "exchange", "words": "Lỗi mô tơ.", "serials": "SN0"}
    wrong = client.post(reverse("web:recall_new"), typed | {"term-no_such_term": "1"})
    assert wrong.status_code == 422 and "Lỗi mô tơ." in wrong.content.decode()


def test_nobody_but_managers_may(bought: Any, staff: Any) -> None:
    recall = _prepared(bought, staff, serials="SN0")
    for deed in (begin, stop):
        with pytest.raises(Refused, match="not_allowed"):
            deed(recall, staff.agent)


def test_the_pages_ask_show_and_begin_and_keep_what_was_wrong(bought: Any, staff: Any, client: Client) -> None:
    client.force_login(staff.manager)
    assert client.get(reverse("web:recalls")).status_code == 200
    first = client.get(reverse("web:recall_new"), {"product": bought[0].product_id, "policy": "exchange"})
    assert b'name="term-fault"' in first.content and b'name="term-owned"' not in first.content
    typed = {"product": bought[0].product_id, "policy": "exchange", "term-fault": "ours", "words": "Lỗi mô tơ."}
    wrong = client.post(reverse("web:recall_new"), typed)
    assert wrong.status_code == 422 and "Lỗi mô tơ." in wrong.content.decode()
    made = client.post(reverse("web:recall_new"), typed | {"serials": "SN0"})
    shown = client.get(made.url).content.decode()
    assert "SN" not in shown.split("<main")[0] and "Lỗi mô tơ." in shown
    recall = Recall.objects.get()
    client.post(reverse("web:recall_begin", args=[recall.pk]))
    while work.run_due(50):
        pass
    assert bought[0].customer.shown in client.get(made.url).content.decode()
    client.force_login(staff.agent)
    assert client.get(made.url).status_code == 404


def _prepared(bought: Any, staff: Any, **fields: Any) -> Recall:
    batch = {"product": bought[0].product, "policy": "exchange", "words": "Lô này bị lỗi.", "facts": {"fault": "ours"}}
    return prepare(Batch(**batch | fields), staff.manager)


def _done(recall: Recall, staff: Any) -> Recall:
    begin(recall, staff.manager)
    while work.run_due(50):
        pass
    recall.refresh_from_db()
    return recall
