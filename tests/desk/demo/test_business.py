"""Around the example's cases there is business: none of its pages is empty, and all is over at the year's end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tantam.desk.cases.models import CaseEvent
from tantam.desk.customers.models import Contract, Delivery, Unit
from tantam.desk.demo import business, quotes
from tantam.desk.demo.load import Size, load
from tantam.desk.errands.models import Errand
from tantam.desk.followups.models import FollowUp
from tantam.desk.groups.models import Belonging
from tantam.desk.recalls.models import Owned, Recall
from tantam.desk.sales.models import Enquiry, Quote
from tests.support.sources import ROOT

UNTIL = datetime(2026, 5, 20, 4, 30, tzinfo=UTC)  # a Wednesday, half past eleven in the morning
SMALL = Size(customers=60, purchases=320, cases=110, fresh=6)

pytestmark = [pytest.mark.usefixtures("year"), pytest.mark.django_db]


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Any:
    """A small year with the business of a whole one, made once for this module and undone after it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(business, "FEWEST", 0)
        patch.setattr(quotes, "FEWEST", 0)
        load(ROOT / "plans/ben-xuan", UNTIL, size=SMALL)
        yield
        transaction.set_rollback(True)


def test_contracts_are_agreed_of_which_one_goes_on_and_one_ends() -> None:
    found = Contract.objects.order_by("number")
    assert [bool(each.renews_months) for each in found] == [True, False, True]
    assert all(each.begins < UNTIL.date() < each.ends for each in found)


def test_deliveries_are_promised_of_which_one_is_moved_and_one_late() -> None:
    states = list(Delivery.objects.values_list("state", flat=True))
    assert states.count(Delivery.State.BROKEN) == 1
    assert states.count(Delivery.State.OWED) >= 1
    for code in ("delivery_late", "delivery_moved"):
        assert CaseEvent.objects.filter(code=code).count() == 1


def test_enquiries_are_quoted_won_and_lost() -> None:
    assert set(Quote.objects.values_list("state", flat=True)) >= {Quote.State.ACCEPTED, Quote.State.DECLINED}
    assert set(Enquiry.objects.values_list("state", flat=True)) >= {Enquiry.State.WON, Enquiry.State.LOST}


def test_one_of_a_provider_s_errands_is_late() -> None:
    assert Errand.objects.exclude(late_at=None).count() == 1


def test_faulty_batch_is_put_right_and_one_machine_is_not_of_it() -> None:
    assert Recall.objects.get().state == Recall.State.DONE
    assert Unit.objects.count() == Owned.objects.count() + 1
    assert not Owned.objects.filter(state=Owned.State.WAITING).exists()


def test_follow_ups_that_were_due_are_done_or_it_is_said_why_not() -> None:
    due = FollowUp.objects.filter(due_at__lte=UNTIL)
    assert set(due.values_list("state", flat=True)) == {FollowUp.State.SENT, FollowUp.State.WITHHELD}
    assert not due.filter(state=FollowUp.State.WITHHELD, reason="").exists()
    assert not due.filter(result_at__gt=UNTIL).exists()


def test_groups_are_counted() -> None:
    assert Belonging.objects.filter(kind=Belonging.Kind.GROUP, until=None).exists()
    assert not Belonging.objects.filter(since__gt=UNTIL).exists()


def test_nothing_of_it_happens_after_the_end() -> None:
    assert not CaseEvent.objects.filter(at__gt=UNTIL).exists()
    assert not Quote.objects.filter(made_at__gt=UNTIL).exists()
