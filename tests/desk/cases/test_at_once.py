"""Two act at the same moment: one of them is first, the other sees it, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases.actions import (
    break_promise,
    hand_over,
    keep_draft,
    open_case,
    receive,
    reply,
    resolve,
    send,
    take,
)
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Case, Draft, Message, Promise
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.together import together

ROUNDS = 4


@pytest.fixture
def staff(transactional_db: None, clock: StandingClock) -> Iterator[desk.Staff]:
    """People at a desk whose changes are really committed, so that two connections see them."""
    desk.put_in_force()
    yield desk.hire()


def test_of_two_who_take_one_becomes_owner(staff: desk.Staff) -> None:
    case = desk.opened(desk.customer())
    results = together(lambda: take(case, staff.agent), lambda: take(case, staff.colleague))
    refused = [each for each in results if isinstance(each, Refused)]
    assert [each.code for each in refused] == ["has_owner"]
    assert desk.codes(case).count("taken") == 1


def test_break_and_reply_at_the_same_instant_end_the_promise_once(staff: desk.Staff, clock: StandingClock) -> None:
    for each in range(ROUNDS):
        case = desk.opened(desk.customer(mail=f"{each}@example.com"))
        first: Any = desk.owed(case, "first_reply")
        clock.set_to(first.due_at)
        results = together(lambda c=case: reply(c, staff.agent, "Vâng."), lambda p=first.pk: break_promise(p))
        assert not [each for each in results if isinstance(each, Exception)]
        ended = [code for code in desk.codes(case) if code in ("kept", "broken")]
        first.refresh_from_db()
        assert ended == [first.state] and first.state in (Promise.State.KEPT, Promise.State.BROKEN)
        assert first.fulfilled_at == clock.instant
        assert results[1] == (first.state == Promise.State.BROKEN)
        clock.forward(days=1)


def test_form_sent_twice_at_once_opens_one_case(staff: desk.Staff) -> None:
    hoa = desk.customer()
    for each in range(ROUNDS):
        brought = desk.concern(hoa, submission=f"form-{each}")
        one, other = together(lambda b=brought: open_case(b), lambda b=brought: open_case(b))
        assert one == other
    assert Case.objects.count() == ROUNDS
    assert Message.objects.filter(direction="incoming").count() == ROUNDS
    assert DueWork.objects.filter(kind="deliver_message").count() == ROUNDS


def test_reply_sent_twice_at_once_is_one_message(staff: desk.Staff) -> None:
    case = desk.opened(desk.customer())
    deeds = [lambda: reply(case, staff.agent, "Vâng.", submission="s")] * 2
    one, other = together(*deeds)
    assert one == other and desk.codes(case).count("replied") == 1


def test_of_two_who_resolve_one_is_told_that_it_is_done(staff: desk.Staff) -> None:
    case = desk.opened(desk.customer())
    results = together(lambda: resolve(case, staff.agent), lambda: resolve(case, staff.colleague))
    assert [each.code for each in results if isinstance(each, Refused)] == ["already_resolved"]
    assert case.messages.filter(direction="outgoing").count() == 2


def test_customers_word_and_a_stale_hand_over(staff: desk.Staff) -> None:
    case = desk.opened(desk.customer())
    seen = case.events.order_by("-id")[0].pk
    results = together(
        lambda: receive(case, "Còn một chuyện.", channel="web"),
        lambda: hand_over(case, staff.agent, "specialist", seen=seen),
    )
    refused = isinstance(results[1], Refused)
    order = [code for code in desk.codes(case) if code in ("received", "handed_over")]
    assert order == (["received"] if refused else ["handed_over", "received"])


def test_two_workers_share_the_work(
    transactional_db: None, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    monkeypatch.setattr(work, "_handlers", {"test": lambda payload: done.append(payload["n"])})
    for n in range(40):
        work.due("test", str(n), {"n": n}, clock.instant)
    deeds = [lambda: [work.run_due(limit=5) for _ in range(10)]] * 3
    results = together(*deeds)
    assert not [each for each in results if isinstance(each, Exception)], results
    assert sorted(done) == list(range(40))
    assert not DueWork.objects.filter(done_at=None).exists()


def test_worker_and_customer_at_once_lose_nothing(staff: desk.Staff, clock: StandingClock) -> None:
    cases = [desk.opened(desk.customer(mail=f"{each}@example.com")) for each in range(5)]
    clock.set_to(max(each.next_due_at for each in cases if each.next_due_at) + timedelta(days=10))
    work._handlers.setdefault("deliver_message", lambda _: None)
    results = together(
        lambda: [work.run_due(limit=3) for _ in range(20)],
        lambda: [receive(each, "Sao rồi ạ?", channel="web") for each in cases],
        lambda: [reply(each, staff.agent, "Xin lỗi.") for each in cases],
    )
    assert not [each for each in results if isinstance(each, Exception)], results
    for case in cases:
        codes = desk.codes(case)
        assert codes.count("received") == codes.count("replied") == 1
        broken = case.promises.filter(state=Promise.State.BROKEN)
        assert codes.count("broken") == broken.count() > 0


@pytest.mark.parametrize("seconds", [0, 10])
def test_what_is_typed_never_reaches_what_was_sent(staff: desk.Staff, seconds: int) -> None:
    staff.agent.undo_seconds = seconds
    for each in range(2 * ROUNDS):
        case = desk.opened(desk.customer(mail=f"{each}@example.com"))
        keep_draft(case, staff.agent, "Chào")
        results = together(
            lambda c=case: keep_draft(c, staff.agent, "Chào chị"),
            lambda c=case: send(c, staff.agent, Pressed(body="Chào chị ạ.")),
            lambda c=case: keep_draft(c, staff.agent, "Chào chị ạ"),
        )
        assert not [one for one in results if isinstance(one, Exception)], results
        drafts = [(one.body, one.pressed_at is not None) for one in Draft.objects.filter(case=case)]
        assert drafts == ([("Chào chị ạ.", True)] if seconds else [])
