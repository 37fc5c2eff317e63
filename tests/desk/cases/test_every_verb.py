"""Every verb of a colleague: refuses whom and what its docstring says, in words, and is done whole or not at all."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation

from tantam.desk.cases import actions
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.common.rows import insert
from tests.support.clock import StandingClock
from tests.support.desk import opened
from tests.support.sources import modules
from tests.support.verbs import VERBS, World, another, second_word, word_given

NO_EVENT = {"discard_draft", "drop_file", "keep_draft", "take_back"}  # of what is still being written

INSIDE = {"act", "payload", "_payload"}  # first arguments of what is called in a transaction, or by the worker
NO_TRANSACTION = {
    "count": "one statement",
    "delete_macro": "one statement",
    "drop_file": "one statement",
    "drop_view": "one statement",
    "keep_macro": "one statement",
    "open_case": "`opening.once` opens it",
    "open_new": "inside its caller's",
    "open_deliverables": "each turn is a transaction of its own",
    "open_under": "asks only",
    "take_back_from": "each case is a transaction of its own",
    "unanswered": "asks only",
}


def named(verb: str) -> list[str]:
    """Return the codes of refusal that the verb's docstring names."""
    said = re.search(r"Refused(?:: |\(\")([\w, \n]+)", inspect.getdoc(getattr(actions, verb)) or "")
    assert said, verb
    return said[1].replace("\n", " ").replace(" ", "").split(",")


def who_name(code: str) -> list[str]:
    return [verb for verb in VERBS if code in named(verb)]


@pytest.fixture
def world(hoa: Any, staff: Any) -> World:
    return World(opened(hoa), hoa, staff)


def everything() -> dict[str, list[Any]]:
    """Return all rows of the cases, and all work that is due."""
    models = [*apps.get_app_config("cases").get_models(), DueWork]
    return {each.__name__: list(each.objects.order_by("pk").values()) for each in models}


def is_refused(code: str, deed: Callable[[], object]) -> Refused:
    """Hold that the deed is refused so, that each language can say it, and that it leaves nothing behind."""
    before = everything()
    with pytest.raises(Refused) as caught:
        deed()
    assert caught.value.code == code
    for language in ("vi", "de", "en"):
        with translation.override(language):
            assert caught.value.sentence()
    assert everything() == before
    return caught.value


@pytest.mark.parametrize("verb", who_name("not_allowed"))
def test_who_does_not_work_here_does_nothing(verb: str, world: World) -> None:
    deed = VERBS[verb](world)
    is_refused("not_allowed", lambda: deed(world.staff.outsider))


def test_every_verb_asks_who_does_it() -> None:
    assert who_name("not_allowed") == list(VERBS)


@pytest.mark.parametrize("verb", [each for each in who_name("already_resolved") if each != "send"])
def test_a_resolved_case_is_left_as_it_is(verb: str, world: World) -> None:
    deed = VERBS[verb](world)
    actions.resolve(Case.objects.get(pk=world.case.pk), world.staff.agent)
    is_refused("already_resolved", lambda: deed(world.staff.agent))


@pytest.mark.parametrize("verb", [each for each in who_name("is_merged") if each != "unpart"])
def test_a_joined_case_is_left_to_the_one_that_stands_for_it(verb: str, world: World) -> None:
    deed, into = VERBS[verb](world), another(world)
    actions.merge(Case.objects.get(pk=world.case.pk), world.staff.agent, into)
    refused = is_refused("is_merged", lambda: deed(world.staff.agent))
    assert refused.arguments == {"into": into.reference}


@pytest.mark.parametrize("verb", [each for each in who_name("changed_meanwhile") if each != "send"])
def test_what_was_not_read_yet_stops_it(verb: str, world: World) -> None:
    deed = VERBS[verb](world)
    seen = world.case.events.order_by("-pk")[0].pk
    actions.add_note(world.case, world.staff.colleague, "Khách gọi lại.")
    is_refused("changed_meanwhile", lambda: deed(world.staff.agent, seen=seen))
    deed(world.staff.agent, seen=world.case.events.order_by("-pk")[0].pk)


@pytest.mark.parametrize("verb", [each for each in VERBS if each not in NO_EVENT])
def test_it_is_done_whole_or_not_at_all(verb: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deed = VERBS[verb](world)
    before = everything()
    with monkeypatch.context() as broken:
        broken.setattr("tantam.desk.cases.act.insert", _fails)
        with pytest.raises(RuntimeError, match="disk"):
            deed(world.staff.agent)
    assert everything() == before


@pytest.mark.parametrize("verb", [each for each in VERBS if each not in NO_EVENT])
def test_its_events_say_who_did_it_and_when(verb: str, world: World, clock: StandingClock) -> None:
    deed = VERBS[verb](world)
    last = CaseEvent.objects.order_by("-pk")[0].pk
    clock.forward(minutes=1)
    deed(world.staff.agent)
    told = world.case.events.filter(pk__gt=last).exclude(actor="plan")
    assert {(each.actor, each.person, each.at) for each in told} == {("person", world.staff.agent, clock.instant)}


def test_whoever_is_asked_to_act_opens_a_transaction() -> None:
    asked = [
        each
        for module in modules("src/tantam/desk/cases/actions")
        for each in module.tree.body
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_") and _first(each) not in INSIDE
    ]
    without = {each.name for each in asked if "with transaction.atomic():" not in ast.unparse(each)}
    assert without == NO_TRANSACTION.keys()


def _first(function: ast.FunctionDef) -> str:
    return function.args.args[0].arg if function.args.args else ""


def _missed(world: World, clock: StandingClock) -> Callable[[], object]:
    promise = world.case.promises.order_by("due_at")[0]
    clock.set_to(promise.due_at)
    return lambda: actions.break_promise(promise.pk)


def _reminded(world: World, clock: StandingClock) -> Callable[[], object]:
    word = word_given(world)
    clock.set_to(word.remind_at)
    return lambda: actions.remind_promise(word.pk, word.remind_at.isoformat())


def _reopened(world: World, clock: StandingClock) -> Callable[[], object]:
    actions.resolve(world.case, world.staff.agent)
    return lambda: actions.reopen(world.case, reason="Vẫn hỏng.")


OF_OTHERS: dict[str, Callable[[World, StandingClock], Callable[[], object]]] = {
    "ask_higher": lambda world, clock: lambda: actions.ask_higher(world.case),
    "break_promise": _missed,
    "open_case": lambda world, clock: lambda: opened(world.customer),
    "open_deliverables": lambda world, clock: actions.open_deliverables,
    "receive": lambda world, clock: lambda: second_word(world),
    "remind_promise": _reminded,
    "reopen": _reopened,
    "settle": lambda world, clock: lambda: actions.settle(world.case),
}


@pytest.mark.parametrize("verb", OF_OTHERS)
def test_what_the_customer_or_the_plan_does_is_done_whole_or_not_at_all(
    verb: str, world: World, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    deed = OF_OTHERS[verb](world, clock)
    before = everything()
    monkeypatch.setattr("tantam.desk.cases.act.insert", _fails)
    with pytest.raises(RuntimeError, match="disk"):
        deed()
    assert everything() == before


@pytest.mark.parametrize("verb", OF_OTHERS)
def test_no_person_stands_at_what_the_customer_or_the_plan_does(verb: str, world: World, clock: StandingClock) -> None:
    deed = OF_OTHERS[verb](world, clock)
    last = CaseEvent.objects.order_by("-pk")[0].pk
    deed()
    by = "plan" if verb in ("break_promise", "open_deliverables", "remind_promise") else "customer"
    told = CaseEvent.objects.filter(pk__gt=last)
    found = told if by == "plan" else told.exclude(actor="plan")
    assert {(each.actor, each.person, each.at) for each in found} == {(by, None, clock.instant)}


def _fails(events: list[CaseEvent]) -> None:
    insert(events)
    raise RuntimeError("the disk is full")
