"""Both sides of a chat at the same moment: nobody waits for who waits for them, and nothing is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.chats.actions import Said, answer_chat, ask_copy, end_chat, hear, mail_on
from tantam.desk.chats.conversation import name_of
from tantam.desk.chats.models import Visitor
from tests.support import desk
from tests.support.clock import StandingClock
from tests.support.together import together
from tests.support.window import Window

PAUSE = 1.0  # seconds in which the other side comes as far as it can
OURS: list[Callable[[Case, Any], Any]] = [lambda case, person: answer_chat(case, person, "Dạ em nghe."), mail_on]
THEIRS: list[Callable[[Visitor], Any]] = [
    lambda visitor: hear(Said(visitor.pk, name_of(visitor, "w2"), "Có ai không?")),
    end_chat,
    lambda visitor: ask_copy(visitor, "lan@example.com"),
]


@pytest.fixture
def staff(transactional_db: None, clock: StandingClock) -> Iterator[desk.Staff]:
    """People at a desk whose changes are really committed, so that two connections see them."""
    desk.put_in_force()
    yield desk.hire()


@pytest.mark.parametrize("theirs", THEIRS, ids=["words", "end", "address"])
@pytest.mark.parametrize("ours", OURS, ids=["answer", "mail"])
def test_both_sides_at_once_are_both_done(staff: desk.Staff, ours: Any, theirs: Any) -> None:
    Window().start(name="Lan").write("Máy kêu to.")
    visitor, locked = Visitor.objects.select_related("case", "customer").get(), threading.Event()
    assert visitor.case is not None
    case = visitor.case

    def we() -> None:
        with transaction.atomic():
            act_on(case, Actor.PERSON, staff.agent)
            locked.set()
            time.sleep(PAUSE)
            ours(case, staff.agent)

    def they() -> None:
        assert locked.wait(30)
        theirs(visitor)

    assert [each for each in together(we, they) if isinstance(each, Exception)] == []
