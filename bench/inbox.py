"""The inbox page of fifty cases, against a bare view that selects and lists fifty rows."""

from __future__ import annotations

from collections.abc import Iterator

from bench import Row, paired
from bench.served import served
from tantam.desk.demo import PASSWORD
from tests.support.visitor import Visitor

ROUNDS = 40


def rows() -> Iterator[Row]:
    """Yield the one row."""
    with served(cases=400) as both:
        agent, stranger = Visitor(both.desk.port), Visitor(both.rival_port)
        agent.look("/account/login/")
        agent.send("/account/login/", login="agent@ben-xuan.example", password=PASSWORD)
        for _ in range(3):
            agent.look("/desk/")
            stranger.look("/fifty/")
        note = "bare Django, fifty rows selected and listed, same server and database"
        yield paired(
            "the inbox", lambda: agent.look("/desk/"), lambda: stranger.look("/fifty/"), rounds=ROUNDS, note=note
        )
