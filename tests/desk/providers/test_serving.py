"""What belongs to which provider, as the plan's scopes say; without a scope nothing is theirs by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk import providers
from tantam.desk.plans.providers import described


@pytest.mark.parametrize(
    ("topic", "channel", "provider"),
    [("delivery", "web", "carriers"), ("repair", "phone", "repairers"), ("faulty", "phone", ""), ("", "", "")],
)
def test_scope_tells_the_provider(plan: Any, topic: str, channel: str, provider: str) -> None:
    assert providers.serving(plan, topic, channel, "agent") == provider


def test_providers_are_told_in_words(plan: Any) -> None:
    own, carriers, _repairers, assistant = described(plan, "de")
    assert (own.kind, own.queues) == ("in_house", ("own_desk", ""))
    assert carriers.label == "Spedition" and carriers.scope and carriers.queues == ("carriers",)
    assert (assistant.kind, assistant.label) == ("ai", "KI-Assistent")
