"""Which tests stay together on one worker: those whose module makes something costly once for all of them."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

# A year of a company, a log of a hundred thousand events, a furnished desk in a browser: paths as node ids begin.
TOGETHER = (
    "tests/desk/demo/",
    "tests/desk/plans/test_answers.py",
    "tests/desk/test_weight.py",
    "tests/drills/test_assistant.py",
    "tests/drills/test_chat_streams.py",
    "tests/history/imports/test_again.py",
    "tests/history/test_real_log.py",
    "tests/history/test_wholesale.py",
    "tests/journey/test_accessible.py",
    "tests/journey/test_chat_agent.py",
    "tests/journey/test_chat_widget_desk.py",
    "tests/journey/test_keyboard.py",
    "tests/plan/dmn/test_write.py",
    "tests/plan/tables/sql/",
)


class Together(LoadScopeScheduling):
    """Gives each test to whoever is free, but those of TOGETHER by place, the largest first.

    xdist's own groups, told by a mark, are lost on pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Note the test as done, and forget what is wholly done: xdist counts through all that it remembers."""
        super().mark_test_complete(node, item_index, duration)
        work = self.assigned_work[node]
        place = self._split_scope(self.registered_collections[node][item_index])
        if all(work[place].values()):
            del work[place]
