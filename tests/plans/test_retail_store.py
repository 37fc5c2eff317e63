"""A real store's policy as a plan: what is right in its tasks is granted, each wrong variant refused by its clause."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.stores.replay import Decided, replay
from bench.stores.tables import by_action, by_clause, refused
from bench.stores.tasks import attempts, customer
from bench.stores.variants import BREAKS, conditions
from bench.stores.world import FOLDER, Attempt, Record, Store, read_store, read_tasks
from tests.support.plans import company
from tests.support.sources import ROOT

PLAN = company("retail-store")
PAGE = ROOT / "docs" / "real-stores.md"

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the store is not beside the project (../shared/data)")


@pytest.fixture(scope="module")
def store() -> Store:
    return read_store()


@pytest.fixture(scope="module")
def tasks() -> list[Record]:
    return list(read_tasks())


@pytest.fixture(scope="module")
def decided(store: Store, tasks: list[Record]) -> list[Decided]:
    return list(replay(PLAN, store, tasks))


def test_everybody_who_asks_for_an_action_is_found_and_the_orders_are_theirs(store: Store, tasks: list[Record]) -> None:
    found = {task["id"]: customer(store, task)[0] for task in tasks if list(attempts(store, task))}
    orders = [
        (found[task["id"]], store.orders[action["arguments"]["order_id"]]["user_id"])
        for task in tasks
        for action in task["evaluation_criteria"]["actions"] or ()
        if task["id"] in found
        and action["arguments"].get("order_id") in store.orders  # one customer names an order that does not exist
    ]
    assert (len(found), None in found.values()) == (104, False)
    assert [each for each in orders if each[0] != each[1]] == []


def test_every_right_action_is_granted_but_two_that_the_policy_forbids(decided: list[Decided]) -> None:
    assert (len(decided), sum(each.granted for each in decided)) == (176, 174)
    against = {(each.attempt.task, each.answer.because.clause) for each in decided if not each.granted}
    assert against == {("64", "requirements.delivered"), ("105", "requirements.covers")}


def test_a_third_is_refused_where_what_is_refused_is_carried_out(store: Store, tasks: list[Record]) -> None:
    literal = list(replay(PLAN, store, tasks, lambda each: True))
    against = [(each.attempt.task, each.answer.because.clause) for each in literal if not each.granted]
    assert against == [
        ("64", "requirements.delivered"),
        ("64", "requirements.pending"),
        ("105", "requirements.covers"),
    ]


def test_each_condition_broken_alone_is_refused_by_its_own_clause(decided: list[Decided]) -> None:
    tried = [each for one in decided for each in one.variants if each.answer is not None]
    assert [(each.clause, each.answer) for each in tried if not each.refused] == []
    assert len(tried) == 1_237


def test_only_a_gift_card_that_has_nothing_to_cover_cannot_be_broken(decided: list[Decided]) -> None:
    spared = Counter(each.clause for one in decided for each in one.variants if each.answer is None)
    assert spared == {"requirements.covers": 45}


def test_every_condition_of_the_plan_is_broken_somewhere(decided: list[Decided]) -> None:
    broken = {each.clause for one in decided for each in one.variants}
    attempts = [Attempt("", None, "", name, {}) for name in {each.attempt.action for each in decided}]
    assert {clause for each in attempts for clause in conditions(PLAN, each)} == broken == set(BREAKS)


def test_the_page_has_these_counts(decided: list[Decided]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [each for each in (by_action(decided), by_clause(decided), refused(decided)) if each not in page] == []
