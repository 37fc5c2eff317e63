"""How somebody wants to be told, with what is usual for who never chose."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.notices.models import Hook, Kind, Wishes

WAYS = ("push", "mail", "hook")
USUAL: dict[str, list[str]] = {
    Kind.HANDED.value: ["push", "hook"],
    Kind.CUSTOMER.value: ["push", "hook"],
    Kind.MENTION.value: ["push", "mail", "hook"],
    Kind.PROMISE.value: ["push", "mail", "hook"],
    Kind.APPROVAL.value: ["push", "hook"],  # whoever decides gets a mail of its own
    Kind.WATCHED.value: [],
    Kind.BUDGET.value: ["push", "mail"],
    Kind.DIRECTIVE.value: ["push", "mail"],
    Kind.PROVIDER.value: ["push", "mail"],
}


def wishes_of(person: Person) -> Wishes:
    """Return what they chose, or what is usual, not kept."""
    known = Wishes.objects.filter(person=person).first()
    return known if known is not None else Wishes(person=person, ways=USUAL)


def ways(wishes: Wishes, kind: str) -> tuple[str, ...]:
    """Return on which ways besides the app."""
    return tuple(each for each in WAYS if each in wishes.ways.get(kind, ()))


def hook_of(person: Person) -> Hook | None:
    """Return where their webhook goes: their own address, else their team's."""
    own = Hook.objects.filter(person=person).first()
    if own is not None or not person.team:
        return own
    return Hook.objects.filter(team=person.team).first()
