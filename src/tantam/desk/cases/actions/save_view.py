"""Keep a filter under a name, for oneself or for everybody."""

from __future__ import annotations

from django.db import transaction

from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.filters import Filter
from tantam.desk.cases.models import SavedView
from tantam.desk.common.errors import Refused

MOST_NAME = 80
MOST_VIEWS = 40  # of one person


def save_view(person: Person, name: str, filter: Filter, *, shared: bool = False) -> SavedView:
    """Return the view; one of the same name that the person made is written anew.

    Raises Refused: not_allowed, says_nothing, too_long, too_many_views.
    """
    called = " ".join(name.split())
    if not works_here(person):
        raise Refused("not_allowed")
    if not called or not filter.terms:
        raise Refused("says_nothing")
    if len(called) > MOST_NAME:
        raise Refused("too_long", most=MOST_NAME)
    with transaction.atomic():
        mine = SavedView.objects.filter(person=person)
        if not mine.filter(name=called).exists() and mine.count() >= MOST_VIEWS:
            raise Refused("too_many_views", most=MOST_VIEWS)
        kept = {"query": filter.text(), "shared": shared}
        return SavedView.objects.update_or_create(person=person, name=called, defaults=kept)[0]


def drop_view(person: Person, view: SavedView) -> None:
    """Throw away a view that the person made; a manager may throw away a shared one. Raises Refused("not_allowed")."""
    if not works_here(person) or (view.person_id != person.pk and not (view.shared and person.manages)):
        raise Refused("not_allowed")
    view.delete()
