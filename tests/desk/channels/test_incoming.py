"""Taking mail in: stored first, then read into a case; nothing lost, nothing twice, no machine answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.desk.arrivals import intake
from tantam.desk.arrivals.access import tray
from tantam.desk.arrivals.incoming import OPENED
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.cases.actions import reply, resolve
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email import incoming
from tantam.desk.common.models import DueWork
from tantam.desk.customers.models import Customer
from tantam.desk.plans import NoPlan
from tests.desk.channels.letters import mail
from tests.support import desk

DATA = Path(__file__).parents[4] / "shared" / "data"


def _receive(raw: bytes) -> Arrival:
    return intake.take_in(incoming.store(raw).pk)


def test_mail_opens_a_case_of_who_wrote_it(plan: object, hoa: Customer) -> None:
    case = _receive(mail()).case
    assert case is not None
    assert (case.customer, case.subject, case.language, case.channel) == (hoa, "Máy giặt", "vi", "mail")
    assert case.messages.get(direction="incoming").body == "Máy giặt nhà tôi kêu to quá."


def test_stranger_becomes_a_customer(plan: object) -> None:
    case = _receive(mail("Where is my order? It is late and I have to go.", sender="Kim Weber <kim@example.org>")).case
    assert case is not None
    assert (case.customer.name, case.language) == ("Kim Weber", "en")


def test_same_mail_twice_is_one_case(plan: object) -> None:
    first, again = _receive(mail()), _receive(mail())
    assert first.pk == again.pk
    assert Case.objects.count() == 1


def test_same_message_id_by_another_way_is_said_once(plan: object) -> None:
    _receive(mail())
    again = _receive(b"Received: from elsewhere\r\n" + mail())
    assert (again.problem, Case.objects.count()) == (Problem.DUPLICATE, 1)


def test_reply_continues_its_case(plan: object, hoa: Customer, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    ours = reply(case, staff.agent, "Máy mua khi nào ạ?")
    text = "Tháng trước.\n\nVào Th 2, 3 thg 2 Bến Xuân <desk@tantam.localhost> đã viết:\n> Máy mua khi nào ạ?"
    got = _receive(mail(text, In_Reply_To=ours.message_id or "", Subject="Re: Máy giặt"))
    assert got.case == case
    assert case.messages.order_by("-id")[0].body == "Tháng trước."


def test_reference_in_the_subject_continues_its_case(plan: object, hoa: Customer) -> None:
    case = desk.opened(hoa)
    assert _receive(mail(Subject=f"Re: Máy giặt [#{case.reference}]")).case == case


@pytest.mark.parametrize("how", ["In_Reply_To", "Subject"])
def test_somebody_else_never_reaches_into_a_case(plan: object, hoa: Customer, how: str) -> None:
    case = desk.opened(hoa)
    ours = case.messages.get(direction="outgoing")
    named = {"In_Reply_To": ours.message_id or "", "Subject": f"[#{case.reference}]"}[how]
    got = _receive(mail(sender="thief@example.org", **{how: named}))
    assert got.case is not None and got.case != case
    assert case.messages.filter(direction="incoming").count() == 1


def test_address_beyond_ascii_is_known_again(plan: object) -> None:
    raw = "From: hoa@bücher.example\nSubject: %s\nMessage-ID: <%s@x>\n\nMáy kêu to.\n"
    first = _receive((raw % ("Máy giặt", 1)).encode()).case
    assert first is not None
    first.customer.contacts.update(bounced_at=first.opened_at)
    assert _receive((raw % (f"Máy giặt [#{first.reference}]", 2)).encode()).case == first
    assert first.customer.contacts.get().bounced_at is None


def test_reply_opens_a_resolved_case_again(plan: object, hoa: Customer, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    resolve(case, staff.agent)
    _receive(mail(Subject=f"[#{case.reference}]"))
    case.refresh_from_db()
    assert case.status == Case.Status.OPEN


def test_machine_is_kept_but_never_answered_and_reopens_nothing(plan: object, hoa: Customer, staff: desk.Staff) -> None:
    case = desk.opened(hoa)
    resolve(case, staff.agent)
    before = Message.objects.count()
    got = _receive(mail(Subject=f"Away [#{case.reference}]", Auto_Submitted="auto-replied"))
    case.refresh_from_db()
    assert (got.problem, got.case, case.status) == (Problem.AUTOMATIC, None, Case.Status.RESOLVED)
    assert Message.objects.count() == before


def test_our_own_mail_coming_back_is_not_answered(plan: object, hoa: Customer) -> None:
    ours = desk.opened(hoa).messages.get(direction="outgoing")
    got = _receive(mail(Message_ID=ours.message_id or ""))
    assert (got.problem, Case.objects.count()) == (Problem.DUPLICATE, 1)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"no mail at all", Problem.NO_SENDER),
        (mail(sender="nobody"), Problem.NO_SENDER),
        (mail("", Subject=""), Problem.EMPTY),
    ],
)
def test_what_becomes_no_case_lies_in_the_tray(plan: object, raw: bytes, problem: Problem) -> None:
    got = _receive(raw)
    assert (got.problem, bytes(got.raw)) == (problem, raw)
    assert list(tray(10)) == [got]


def test_mail_without_text_is_a_case_of_its_subject(plan: object) -> None:
    case = _receive(mail("", Subject="Máy hỏng rồi")).case
    assert case is not None and case.messages.get(direction="incoming").body == "Máy hỏng rồi"


def test_mail_is_stored_before_it_is_read(plan: object) -> None:
    kept = incoming.store(mail())
    assert kept.read_at is None and not Case.objects.exists()
    intake.read_stored(DueWork.objects.get(kind=intake.READ).payload)
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_without_a_plan_mail_waits_to_be_read() -> None:
    kept = incoming.store(mail())
    with pytest.raises(NoPlan):
        intake.take_in(kept.pk)
    kept.refresh_from_db()
    assert kept.read_at is None and DueWork.objects.filter(kind=intake.READ, done_at=None).exists()


@pytest.mark.parametrize("folder", ["mail-replies", "mail-bounces", "mail-python-stdlib"])
def test_no_real_mail_is_lost(plan: object, folder: str) -> None:
    if not (DATA / folder).is_dir():
        pytest.skip(f"The collection {folder} is not beside the project.")
    files = [each for each in sorted((DATA / folder).rglob("*")) if each.is_file()]
    kept = {_receive(each.read_bytes()).pk for each in files}
    distinct = {each.read_bytes() for each in files}
    stored = Arrival.objects.filter(pk__in=kept)
    assert stored.count() == len(distinct)
    assert not stored.filter(read_at=None).exists()
    assert not stored.filter(case=None, problem="").exists()
    assert not stored.filter(problem=Problem.UNREADABLE).exists()


def test_desk_that_answers_every_letter_with_a_new_mail_ends_in_the_tray(plan: object) -> None:
    for n in range(OPENED.most + 2):
        kept = _receive(mail(f"Your ticket {n} was received.", Subject=f"Ticket {n}", Message_ID=f"<ticket{n}@o>"))
    assert kept.problem == Problem.TOO_OFTEN and kept in tray(most=100)
    assert Case.objects.count() == OPENED.most
    assert DueWork.objects.filter(kind="deliver_message").count() == OPENED.most
