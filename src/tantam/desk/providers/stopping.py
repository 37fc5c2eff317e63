"""Who takes nothing new: providers that fell under what the plan asks, until a manager lets them serve again."""

from __future__ import annotations

from tantam.desk.providers.models import Stop


def stopped() -> frozenset[str]:
    """Return the names of the providers that take nothing new. One query."""
    return frozenset(Stop.objects.filter(lifted_at=None).values_list("provider", flat=True))


def stops() -> dict[str, Stop]:
    """Return what stands against each provider that is stopped, by its name. One query."""
    return {each.provider: each for each in Stop.objects.filter(lifted_at=None)}


def last_lifted(provider: str) -> Stop | None:
    """Return the newest stop of a provider that was lifted."""
    lifted = Stop.objects.filter(provider=provider).exclude(lifted_at=None)
    return lifted.select_related("lifted_by").order_by("-lifted_at").first()
