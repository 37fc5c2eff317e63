"""Whose cases somebody sees: the whole house's, or only those of the provider that they serve."""

from __future__ import annotations

from tantam.desk.accounts.models import Person, Role
from tantam.desk.plans.errors import NoPlan
from tantam.desk.plans.providers import IN_HOUSE
from tantam.desk.plans.versions import in_force


def sees_house(person: Person) -> bool:
    """Whether this person sees every case; no query for who names no provider.

    Who serves a provider of another house sees its cases alone, at any level, and so does who leads one. A lead who
    names no provider leads none. A name that the plan in force does not know is another house's.
    """
    if not person.provider:
        return person.role != Role.LEAD
    try:
        provider = in_force().plan.providers.get(person.provider)
    except NoPlan:
        return False
    return provider is not None and provider.kind == IN_HOUSE


def serves(person: Person, provider: str) -> bool:
    """Whether a case of this provider ("" for the house's own) is before this person's eyes."""
    return sees_house(person) or bool(provider) and person.provider == provider
