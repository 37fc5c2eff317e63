"""How long a network may be answered by: for nothing, for a price, by a person alone; said before, held afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from tantam.desk import plans
from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act, act_on
from tantam.desk.cases.actions import reply
from tantam.desk.cases.carriers import Shut
from tantam.desk.cases.models import Actor, Case
from tantam.desk.channels.messaging import lines
from tantam.desk.channels.messaging.accounts import Account, accounts_of
from tantam.desk.common import clock as clocks
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.web import way_words
from tests.desk.channels import test_messenger as messenger
from tests.desk.channels import test_zalo as zalo_in
from tests.support.clock import StandingClock
from tests.support.graph import PAGE, SECRET, TOKEN, WORD, Graph, graph_server
from tests.support.zalo import APP, OA, OA_SECRET, ZaloServer, zalo_server
from tests.support.zalo import SECRET as ZALO_SECRET


@pytest.fixture
def graph(settings: Any, plan: object) -> Iterator[Graph]:
    """A page that has Meta's leave for the tag."""
    with graph_server() as made:
        keys = {"page": PAGE, "token": TOKEN, "secret": SECRET, "verify": WORD, "human_agent": "yes"}
        settings.MESSAGING = {"messenger": Account("messenger", made.place, keys)}
        settings.PRIVATE_HOOKS = made.leave = True
        yield made


@pytest.fixture
def zalo(settings: Any, plan: object, tmp_path: Path) -> Iterator[ZaloServer]:
    tokens = tmp_path / "zalo.json"
    tokens.write_text('{"refresh_token": "refresh-0"}')
    with zalo_server() as made:
        keys = {"app": APP, "secret": ZALO_SECRET, "oa": OA, "oa_secret": OA_SECRET, "tokens": str(tokens)}
        settings.MESSAGING = {"zalo": Account("zalo", made.place, keys)}
        settings.PRIVATE_HOOKS = True
        yield made


def work_off() -> None:
    while work.run_due():
        pass


def kims() -> Case:
    return Case.objects.get(customer__contacts__kind=Contact.Kind.HANDLE)


def said(staff: Any) -> way_words.WayShown:
    with translation.override("en"):
        return way_words.way_of(kims(), staff.agent, plans.in_force(), clocks.now())


def test_a_person_answers_by_the_tag_for_seven_days(graph: Graph, staff: Any, clock: StandingClock) -> None:
    messenger.came(messenger.event())
    graph.shut = {messenger.KIM}
    clock.forward(days=6, hours=23)
    assert "only what a person wrote" in said(staff).remark and not said(staff).shut
    message = reply(kims(), staff.agent, "Dạ, em xem ngay.")
    work_off()
    message.refresh_from_db()
    assert graph.tagged == [(messenger.KIM, "Dạ, em xem ngay.")] and message.delivered_at


def test_within_a_day_it_goes_without_the_tag(graph: Graph, staff: Any, clock: StandingClock) -> None:
    messenger.came(messenger.event())
    clock.forward(hours=23)
    assert said(staff).remark == ""
    reply(kims(), staff.agent, "Dạ.")
    work_off()
    assert not graph.tagged and graph.sent[-1] == (messenger.KIM, "Dạ.")


def test_after_seven_days_it_is_refused(graph: Graph, staff: Any, clock: StandingClock) -> None:
    messenger.came(messenger.event())
    clock.forward(days=7)
    assert "168 hours" in said(staff).shut
    with pytest.raises(Refused, match="line_shut"):
        reply(kims(), staff.agent, "Dạ.")


def test_what_the_plan_says_never_goes_by_the_tag(graph: Graph, clock: StandingClock) -> None:
    messenger.came(messenger.event())
    clock.forward(hours=25)
    with transaction.atomic():
        message = outbox.post(act_on(kims(), Actor.PLAN), "Đã có kết quả.")
    work_off()
    assert message.sent_to == "" and not graph.tagged


def test_nor_does_what_an_assistant_writes(graph: Graph, clock: StandingClock) -> None:
    messenger.came(messenger.event())
    clock.forward(hours=25)
    robot = Person.objects.create(email="bong@assistants.invalid", name="Bông", role=Role.ASSISTANT, level="agent")
    act = Act(kims(), clocks.now(), plans.in_force(), Actor.PERSON, robot)
    assert isinstance(lines.way_back(act), Shut)


def test_without_leave_a_day_is_all(graph: Graph, staff: Any, clock: StandingClock, settings: Any) -> None:
    account = settings.MESSAGING["messenger"]
    settings.MESSAGING = {"messenger": Account("messenger", account.place, {**account.keys, "human_agent": ""})}
    messenger.came(messenger.event())
    clock.forward(hours=24)
    assert "24 hours" in said(staff).shut


def test_leave_that_was_taken_back_falls_to_the_mail(graph: Graph, staff: Any, clock: StandingClock) -> None:
    messenger.came(messenger.event())
    graph.leave = False
    clock.forward(hours=25)
    message = reply(kims(), staff.agent, "Dạ.")
    assert message.sent_to == messenger.KIM
    Contact.objects.create(customer=Customer.objects.get(), kind=Contact.Kind.MAIL, value="kim@example.org")
    work.run_due()
    message.refresh_from_db()
    assert message.sent_to == "kim@example.org"


def test_leave_is_a_key_that_may_be_missing() -> None:
    keys = {f"TANTAM_MESSENGER_{each}": "x" for each in ("PAGE", "TOKEN", "SECRET", "VERIFY")}
    assert accounts_of(keys)["messenger"].keys["human_agent"] == ""
    assert accounts_of(keys | {"TANTAM_MESSENGER_HUMAN_AGENT": "yes"})["messenger"].keys["human_agent"] == "yes"


def test_zalo_says_from_when_on_an_answer_costs(zalo: ZaloServer, staff: Any, clock: StandingClock) -> None:
    zalo_in.came(zalo_in.event())
    clock.forward(hours=47, minutes=59)
    assert said(staff).remark == ""
    clock.forward(minutes=1)
    assert "charges" in said(staff).remark
    reply(kims(), staff.agent, "Dạ.")
    work_off()
    assert zalo.sent[-1] == (zalo_in.KIM, "Dạ.")
