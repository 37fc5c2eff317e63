"""What belongs to which provider, as the plan's scopes say; without a scope nothing is theirs by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk import providers
from tantam.desk.cases.act import act_on
from tantam.desk.cases.models import Actor, Case
from tantam.desk.cases.routing.route import route
from tantam.desk.plans.providers import Served, described
from tantam.desk.providers.models import Stop
from tests.support.clock import StandingClock
from tests.support.desk import opened


@pytest.mark.parametrize(
    ("topic", "channel", "provider"),
    [("delivery", "web", "carriers"), ("repair", "phone", "repairers"), ("faulty", "phone", ""), ("", "", "")],
)
def test_scope_tells_the_provider(plan: Any, clock: StandingClock, topic: str, channel: str, provider: str) -> None:
    assert providers.serving(plan, Served(topic, channel, "agent"), clock.instant) == provider


def test_providers_are_told_in_words(plan: Any) -> None:
    own, carriers, _repairers, assistant = described(plan, "de")
    assert (own.kind, own.queues) == ("in_house", ("own_desk", ""))
    assert carriers.label == "Spedition" and carriers.scope and carriers.queues == ("carriers",)
    assert (assistant.kind, assistant.label) == ("ai", "KI-Assistent")


def _routed(case: Case) -> Case:
    act = act_on(case, Actor.PLAN)
    route(act)
    return act.case


def test_a_case_goes_to_whose_scope_it_is_in_and_that_is_told_once(hoa: Any, staff: Any) -> None:
    case = opened(hoa, topic="delivery")
    for _ in range(2):
        assert _routed(case).provider == "carriers"
    event = case.events.get(code="provided")
    assert (event.clause, event.args["provider"]) == ("providers.carriers", "carriers")


def test_a_provider_that_is_stopped_is_given_nothing_new(hoa: Any, staff: Any, plan: Any, clock: Any) -> None:
    Stop.objects.create(
        provider="carriers", measure="complaint_rate", value=0.2, n=40, plan_version=plan.row, since=clock.instant
    )
    assert _routed(opened(hoa, topic="delivery")).provider == ""
