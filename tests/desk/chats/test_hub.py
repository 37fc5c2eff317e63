"""Windows hear of what happened once it is committed, from this process and from others; of what was undone, never."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from tantam.desk.cases.models import Case
from tantam.desk.chats import hub, wire
from tantam.desk.chats.models import Visitor
from tests.support.window import Window

pytestmark = [pytest.mark.django_db(transaction=True)]
BEGUN_SECONDS = 0.5  # in which a process begins to listen
WITHIN_SECONDS = 3.0


def heard(act: Callable[[], Any], *topics: str, seconds: float = WITHIN_SECONDS) -> tuple[bool, list[hub.News]]:
    """Return what a window hears of what is done in another thread: whether to look, and what passes."""

    def done() -> None:
        try:
            act()
        finally:
            connection.close()

    async def run() -> tuple[bool, list[hub.News]]:
        with ThreadPoolExecutor(1) as pool:
            listening = asyncio.create_task(wire.listen(pool))
            with hub.subscribed(topics) as news:
                await news.wait(BEGUN_SECONDS)  # whoever begins to listen lets everybody look
                await asyncio.to_thread(done)
                found = await news.wait(seconds)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            return found

    return asyncio.run(run())


def test_what_is_committed_is_heard() -> None:
    assert heard(lambda: hub.tell("case:7"), "case:7") == (True, [])


def test_what_is_undone_is_heard_by_nobody() -> None:
    def undone() -> None:
        with transaction.atomic():
            hub.tell("case:7")
            transaction.set_rollback(True)

    assert heard(undone, "case:7", seconds=0.5) == (False, [])


def test_who_looks_at_another_case_is_not_woken() -> None:
    assert heard(lambda: hub.tell("case:7"), "case:8", seconds=0.5) == (False, [])


def test_typing_passes_whole_and_ends() -> None:
    look, passed = heard(lambda: hub.pass_on(7, 1, who=hub.VISITOR), "visitor:1")
    assert (look, [(each.kind, each.what["who"]) for each in passed]) == (False, [("typing", "visitor")])
    assert hub.types(7) and not hub.types(8)
    hub.pass_on(7, 1, who=hub.VISITOR, on=False)
    assert not hub.types(7)


def test_news_go_from_process_to_process_as_they_are() -> None:
    news = hub.News(("case:7", "desk"), hub.TYPING, {"case": "7", "who": "Mai", "on": True})
    assert hub.unpacked(news.packed()) == news


def test_what_another_process_wrote_to_the_file_is_found_once(plan: object) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("there it is told")
    looking = wire.Looking(str(connection.settings_dict["NAME"]))
    looking.news()
    Window().start().write("Alo?")
    (news,) = looking.news()
    expected = {hub.of_case(Case.objects.get().pk), hub.of_visitor(Visitor.objects.get().pk), hub.DESK}
    assert expected <= set(news.topics)
    assert looking.news() == []


def test_a_mark_names_what_was_given_of_the_last_moments_and_no_more() -> None:
    from tantam.desk.chats.streams import Mark, mark_of
    from tantam.desk.common.ids import new_id

    ids = sorted(new_id() for _ in range(200))
    mark = Mark().after(ids)
    assert mark_of(mark.written()) == mark
    assert len(mark.given) <= 40 and all(each in mark.given or each <= mark.since for each in ids)
    for wrong in ("", "x", "-", "1-x", "9" * 30, "z-1"):
        assert mark_of(wrong) == Mark()
    assert mark_of("77") == Mark(77)


def test_hundreds_of_windows_hear_of_one_case() -> None:
    """A notice of PostgreSQL's ends at 8000 bytes; that of a case with many windows comes in parts."""
    topics = ["case:7", *(hub.of_visitor(2**63 - 1 - each) for each in range(900)), hub.DESK]
    assert heard(lambda: hub.tell(*topics), topics[-2]) == (True, [])
    parts = hub.News(tuple(topics)).parts()
    assert [each for part in parts for each in part.topics] == topics
    assert max(len(part.packed()) for part in parts) < 8000


def test_line_that_stood_is_tried_again_at_once() -> None:
    tried = 0
    for stood, expected in ((0.1, 1), (0.1, 2), (9.0, 3), (wire.STOOD + 1, 1), (0.1, 2)):
        tried = wire.tries(tried, stood)
        assert tried == expected
