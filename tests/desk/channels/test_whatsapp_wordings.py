"""Approved texts of WhatsApp: read once a day, sent after 24 hours to who agreed, with every place filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import reply
from tantam.desk.cases.models import Actor, Case, Message, Promise
from tantam.desk.channels.messaging.accounts import Account, accounts_of
from tantam.desk.common import work
from tantam.desk.common.clock import now
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers.actions import give_consent, withdraw_consent
from tantam.desk.customers.consent import Word
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.wordings import access, filling
from tantam.desk.wordings.actions import ask_again, keep, write
from tantam.desk.wordings.actions.ask_again import READ
from tantam.desk.wordings.actions.write import Filled
from tantam.desk.wordings.models import Wording
from tantam.desk.wordings.told import Told
from tests.desk.cases.test_quiet_hours import let_people_sleep
from tests.desk.channels.test_whatsapp import KIM, came, said, work_off
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.graph import BUSINESS, NUMBER, SECRET, TOKEN, WORD, Graph, deliver, graph_server

UPDATE = {
    "id": "1001",
    "name": "order_update",
    "language": "vi",
    "status": "APPROVED",
    "category": "UTILITY",
    "parameter_format": "POSITIONAL",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Đơn {{1}}", "example": {"header_text": ["BX-1"]}},
        {
            "type": "BODY",
            "text": "Chào {{1}}, yêu cầu {{2}} đã có kết quả.",
            "example": {"body_text": [["chị Hoa", "AB3C"]]},
        },
        {"type": "FOOTER", "text": "Bến Xuân"},
    ],
}


def template(number: int, **more: Any) -> dict[str, Any]:
    """Return one in Vietnamese that says hello."""
    body = {"type": "BODY", "text": "Chào {{customer_name}}."}
    usual = {"id": str(number), "name": f"t{number}", "parameter_format": "NAMED", "components": [body]}
    return UPDATE | usual | more


@pytest.fixture
def graph(settings: Any, plan: object) -> Iterator[Graph]:
    with graph_server() as made:
        keys = {"number": NUMBER, "token": TOKEN, "secret": SECRET, "verify": WORD, "business": BUSINESS}
        settings.MESSAGING = {"whatsapp": Account("whatsapp", made.place, keys)}
        settings.PRIVATE_HOOKS = True
        made.templates = [dict(UPDATE)]
        yield made


def read() -> None:
    """Let the worker ask what is approved."""
    again = {"kind": READ, "due_at": now(), "done_at": None, "failed_at": None, "leased_until": None}
    DueWork.objects.update_or_create(key=READ, defaults=again)
    work_off()


def shut(clock: StandingClock) -> Case:
    """Return Kim's case a day and a bit after their last words."""
    came(said())
    clock.forward(hours=25)
    return Case.objects.get()


def agree(purpose: str = "service", channel: str = "whatsapp") -> None:
    give_consent(Customer.objects.get(), None, Word(purpose, channel, "form", "Trang đặt hàng"))


def filled(**values: str) -> Filled:
    given = {"head.1": "BX-1001", "1": "Kim", "2": "AB3C"} | values
    return Filled(Wording.objects.get(key="1001").pk, given)


# What is read.


def test_all_pages_are_read_and_what_is_told_no_more_is_gone(graph: Graph) -> None:
    graph.templates = [template(each) for each in range(1, 6)]
    read()
    assert Wording.objects.filter(state="approved").count() == 5
    graph.templates = graph.templates[:2]
    read()
    assert set(Wording.objects.filter(state="gone").values_list("key", flat=True)) == {"3", "4", "5"}


def test_places_of_head_and_body_are_told_apart(graph: Graph) -> None:
    read()
    kept = Wording.objects.get()
    assert kept.body == "Đơn {{head.1}}\n\nChào {{1}}, yêu cầu {{2}} đã có kết quả.\n\nBến Xuân"
    assert [(each["name"], each["example"]) for each in kept.places] == [
        ("head.1", "BX-1"),
        ("1", "chị Hoa"),
        ("2", "AB3C"),
    ]
    assert (kept.purpose, kept.language) == ("service", "vi")


def test_places_are_sent_in_the_order_of_their_numbers(graph: Graph) -> None:
    graph.templates = [template(1, components=[{"type": "BODY", "text": "{{2}} rồi {{10}}, {{1}}"}])]
    read()
    assert [each["name"] for each in Wording.objects.get().places] == ["1", "2", "10"]


@pytest.mark.parametrize(
    ("more", "unfit"),
    [
        ({"category": "AUTHENTICATION"}, "code"),
        ({"components": [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "x"}]}, "file"),
        (
            {
                "components": [
                    {"type": "BODY", "text": "x"},
                    {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Xem", "url": "https://a.example/{{1}}"}]},
                ]
            },
            "button",
        ),
        (
            {
                "components": [
                    {"type": "BODY", "text": "x"},
                    {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Vâng"}]},
                ]
            },
            "",
        ),
    ],
)
def test_what_the_desk_cannot_fill_in_is_kept_and_not_offered(graph: Graph, more: dict[str, Any], unfit: str) -> None:
    graph.templates = [template(1, **more)]
    read()
    assert Wording.objects.get().unfit == unfit
    assert bool(access.fitting(Case(language="vi"), "whatsapp")) is not bool(unfit)


@pytest.mark.parametrize(
    ("status", "state"), [("PENDING", "pending"), ("REJECTED", "refused"), ("PAUSED", "paused"), ("X", "paused")]
)
def test_only_what_is_approved_is_offered(graph: Graph, status: str, state: str) -> None:
    graph.templates = [template(1, status=status)]
    read()
    assert Wording.objects.get().state == state and not access.fitting(Case(language="vi"), "whatsapp")


def test_a_network_that_does_not_answer_changes_nothing_and_is_asked_again(graph: Graph) -> None:
    read()
    graph.faults = [(500, {})]
    read()
    assert Wording.objects.get().state == "approved"
    assert "500" in DueWork.objects.get(kind=READ).error


def test_a_list_that_cannot_be_read_is_no_empty_one(graph: Graph) -> None:
    read()
    graph.faults = [(200, {"gateway": "busy"})]
    read()
    assert Wording.objects.get().state == "approved"
    assert "whatsapp" in DueWork.objects.get(kind=READ).error


def test_without_the_id_of_the_business_none_are_asked_for(graph: Graph, settings: Any) -> None:
    keys = {each: key for each, key in settings.MESSAGING["whatsapp"].keys.items() if each != "business"}
    settings.MESSAGING = {"whatsapp": Account("whatsapp", graph.place, keys)}
    read()
    assert not Wording.objects.exists() and not graph.asked


def test_the_id_of_the_business_is_a_key_that_may_be_missing() -> None:
    keys = {f"TANTAM_WHATSAPP_{each}": "x" for each in ("NUMBER", "TOKEN", "SECRET", "VERIFY")}
    assert accounts_of(keys)["whatsapp"].keys["business"] == ""
    assert accounts_of(keys | {"TANTAM_WHATSAPP_BUSINESS": "7"})["whatsapp"].keys["business"] == "7"


def test_who_asks_need_not_wait_for_tomorrow(graph: Graph, staff: desk.Staff) -> None:
    read()
    graph.templates = []
    work_off()
    assert Wording.objects.get().state == "approved"
    ask_again(staff.agent)
    work_off()
    assert Wording.objects.get().state == "gone"
    with pytest.raises(Refused, match="not_allowed"):
        ask_again(staff.outsider)


# What is offered.


def test_the_customers_language_comes_before_all_others(plan: object) -> None:
    usual = {"purpose": "service", "state": "approved", "body": "x"}
    keep("whatsapp", [Told(key=each, name="t", language=each, **usual) for each in ("vi", "en_US", "de")])
    offered = lambda language: [each.language for each in access.fitting(Case(language=language), "whatsapp")]  # noqa: E731
    assert (offered("vi"), offered("en"), offered("de")) == (["vi"], ["en_US"], ["de"])
    assert len(offered("fr")) == 3


def test_places_are_filled_from_the_case(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    graph.templates = [template(1), UPDATE]
    case = shut(clock)
    read()
    known = filling.known_of(case, staff.agent, desk.in_force())
    assert filling.first_values(Wording.objects.get(key="1"), known) == {"customer_name": known["name"]}
    first = filling.first_values(Wording.objects.get(key="1001"), known)
    assert first["1"] == known["name"] and first["2"] == ""


def test_what_a_colleague_put_there_stands_there_the_next_time(
    graph: Graph, staff: desk.Staff, clock: StandingClock
) -> None:
    case = shut(clock)
    read()
    agree()
    write(case, staff.agent, filled(**{"2": case.reference}))
    known = filling.known_of(case, staff.agent, desk.in_force())
    assert filling.first_values(Wording.objects.get(), known)["2"] == case.reference


# What goes out.


def test_after_a_day_it_goes_out_by_an_approved_text(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    case = shut(clock)
    read()
    agree()
    with pytest.raises(Refused, match="line_shut"):
        reply(case, staff.agent, "Chào chị.")
    message = write(case, staff.agent, filled())
    work_off()
    (to, sent) = graph.told[0]
    message.refresh_from_db()
    assert to == KIM and message.delivered_at and message.channel == "whatsapp"
    assert message.body == "Đơn BX-1001\n\nChào Kim, yêu cầu AB3C đã có kết quả.\n\nBến Xuân"
    assert (sent["name"], sent["language"]) == ("order_update", {"code": "vi"})
    assert sent["components"][0] == {"type": "header", "parameters": [{"type": "text", "text": "BX-1001"}]}
    assert [each["text"] for each in sent["components"][1]["parameters"]] == ["Kim", "AB3C"]


def test_named_places_are_sent_by_their_names(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    graph.templates = [template(1001)]
    case = shut(clock)
    read()
    agree()
    write(case, staff.agent, Filled(Wording.objects.get().pk, {"customer_name": "Kim"}))
    work_off()
    parameters = graph.told[0][1]["components"][0]["parameters"]
    assert parameters == [{"type": "text", "parameter_name": "customer_name", "text": "Kim"}]


def test_it_keeps_the_promise_of_a_first_reply(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    case = shut(clock)
    read()
    agree()
    write(case, staff.agent, filled())
    case.refresh_from_db()
    assert case.owner == staff.agent and "replied" in desk.codes(case)
    assert desk.owed(case, "first_reply").state != "owed"  # type: ignore[attr-defined]


def test_in_quiet_hours_it_keeps_its_promise_when_it_goes_out(
    graph: Graph, staff: desk.Staff, clock: StandingClock
) -> None:
    case, message = _written_at_night(staff.agent, clock)
    work_off()
    assert message.goes_at and _first_reply(case).fulfilled_at is None and not graph.told
    clock.set_to(message.goes_at)
    work_off()
    assert _first_reply(case).fulfilled_at == message.goes_at and graph.told


def test_what_is_withheld_keeps_nothing(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    """They take their word back before the morning in which it was to go out."""
    case, message = _written_at_night(staff.agent, clock)
    withdraw_consent(Customer.objects.get(), None, Word("service", "whatsapp", "written"))
    assert message.goes_at
    clock.set_to(message.goes_at)
    work_off()
    assert "withheld" in desk.codes(case) and _first_reply(case).fulfilled_at is None


def _written_at_night(person: Person, clock: StandingClock) -> tuple[Case, Message]:
    let_people_sleep(person)
    clock.set_to(datetime(2026, 11, 24, 15, tzinfo=UTC))  # 22:00 where they live, and an hour later the day after
    case = shut(clock)
    read()
    agree()
    return case, write(case, person, filled())


def _first_reply(case: Case) -> Promise:
    return Promise.objects.get(case=case, kind="first_reply")


def test_the_same_form_twice_is_one_message(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    case = shut(clock)
    read()
    agree()
    once = Filled(Wording.objects.get().pk, filled().values, "form-1")
    assert write(case, staff.agent, once) == write(case, staff.agent, once)
    work_off()
    assert len(graph.told) == 1


def test_without_their_word_it_is_refused_and_nothing_is_kept(
    graph: Graph, staff: desk.Staff, clock: StandingClock
) -> None:
    case = shut(clock)
    read()
    with pytest.raises(Refused, match="wording_not_agreed"):
        write(case, staff.agent, filled())
    agree("marketing")
    with pytest.raises(Refused, match="wording_not_agreed"):
        write(case, staff.agent, filled())
    assert not case.events.filter(code="replied").exists()


def test_offers_want_a_word_of_their_own(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    graph.templates = [UPDATE | {"category": "MARKETING"}]
    case = shut(clock)
    read()
    agree("service")
    with pytest.raises(Refused, match="wording_not_agreed"):
        write(case, staff.agent, filled())
    agree("marketing")
    assert write(case, staff.agent, filled()).purpose == "marketing"


def test_who_took_it_back_before_it_went_out_gets_nothing(
    graph: Graph, staff: desk.Staff, clock: StandingClock
) -> None:
    case = shut(clock)
    read()
    agree()
    write(case, staff.agent, filled())
    withdraw_consent(case.customer, None, Word("service", "whatsapp", "written"))
    work_off()
    assert not graph.told and "withheld" in desk.codes(case)


@pytest.mark.parametrize(
    ("values", "code"), [({"2": " "}, "wording_place_empty"), ({"head.1": "x" * 61}, "wording_place_long")]
)
def test_every_place_is_filled_in_and_none_too_long(
    graph: Graph, staff: desk.Staff, clock: StandingClock, values: dict[str, str], code: str
) -> None:
    case = shut(clock)
    read()
    agree()
    with pytest.raises(Refused, match=code):
        write(case, staff.agent, filled(**values))


def test_what_goes_out_stands_on_one_line(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    case = shut(clock)
    read()
    agree()
    write(case, staff.agent, filled(**{"1": "Kim\n\t  Lê\x00"}))
    work_off()
    assert graph.told[0][1]["components"][1]["parameters"][0]["text"] == "Kim Lê"


def test_what_is_approved_no_more_is_not_sent(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    case = shut(clock)
    read()
    agree()
    wanted = filled()
    Wording.objects.update(state="paused")
    with pytest.raises(Refused, match="wording_gone"):
        write(case, staff.agent, wanted)


def test_who_never_wrote_there_is_not_written_to_there(graph: Graph, staff: desk.Staff, hoa: Customer) -> None:
    read()
    give_consent(hoa, None, Word("service"))
    with pytest.raises(Refused, match="wording_no_way"):
        write(desk.opened(hoa), staff.agent, filled())


def test_what_it_did_not_take_just_now_is_tried_again_once(
    graph: Graph, staff: desk.Staff, clock: StandingClock
) -> None:
    case = shut(clock)
    read()
    agree()
    graph.faults = [(500, {})]
    write(case, staff.agent, filled())
    work_off()
    assert not graph.told
    clock.forward(minutes=1)
    work_off()
    assert len(graph.told) == 1


def test_refused_there_it_goes_by_mail_or_fails_visibly(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    case = shut(clock)
    read()
    agree()
    graph.templates = []
    write(case, staff.agent, filled())
    work_off()
    assert "Call them" in DueWork.objects.get(kind="deliver_wording", failed_at__isnull=False).error
    Contact.objects.create(customer=case.customer, kind=Contact.Kind.MAIL, value="kim@example.org")
    message = write(case, staff.agent, filled())
    work.run_due()
    message.refresh_from_db()
    assert message.sent_to == "kim@example.org"


def test_what_was_lost_afterwards_goes_by_mail(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    case = shut(clock)
    read()
    agree()
    Contact.objects.create(customer=case.customer, kind=Contact.Kind.MAIL, value="kim@example.org")
    message = write(case, staff.agent, filled())
    work_off()
    lost = {"id": "wamid.t1", "status": "failed", "errors": [{"code": 131026, "title": "Undeliverable"}]}
    value = {"metadata": {"phone_number_id": NUMBER}, "statuses": [lost]}
    told = {"entry": [{"id": BUSINESS, "changes": [{"field": "messages", "value": value}]}]}
    assert deliver("whatsapp", told) == 200
    work.run_due(1)
    work.run_due(1)
    message.refresh_from_db()
    assert message.sent_to == "kim@example.org"


def test_the_event_names_the_text_and_not_its_words(graph: Graph, staff: desk.Staff, clock: StandingClock) -> None:
    case = shut(clock)
    read()
    agree()
    message = write(case, staff.agent, filled())
    args = case.events.get(code="replied", actor=Actor.PERSON).args
    assert args["wording"] == str(Wording.objects.get().pk) and args["message"] == message.pk
    assert Message.objects.get(pk=message.pk).wording.values["1"] == "Kim"
