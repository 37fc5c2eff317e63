"""What every mark does: it is kept with whose word it is, and the names in its text are counted, or no more."""

from __future__ import annotations

from django.db.models import QuerySet

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals import intake
from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.models import Case
from tantam.desk.cases.said import first_of
from tantam.desk.common import clock
from tantam.desk.customers.contacts import mail_of
from tantam.desk.spam import learning
from tantam.desk.spam.models import MOST_LEARNED, Mark
from tantam.desk.spam.names import Words, names_in
from tantam.desk.spam.screen import our_hosts


def mark_arrival(arrival: Arrival, person: Person, *, spam: bool) -> Mark:
    """Keep the word of a person on what came, instead of an earlier one; the caller is inside a transaction."""
    _unmark(Mark.objects.filter(arrival=arrival))
    return _mark(Mark(arrival=arrival, person=person, spam=spam), _words_of_arrival(arrival))


def mark_case(case: Case, person: Person, *, spam: bool) -> Mark:
    """Keep the word of a person on a case, instead of an earlier one; the caller is inside a transaction."""
    _unmark(Mark.objects.filter(case=case))
    return _mark(Mark(case=case, person=person, spam=spam), _words_of_case(case))


def unmark_arrival(arrival: Arrival) -> None:
    """Take back what was said of it, if anything was; the caller is inside a transaction."""
    _unmark(Mark.objects.filter(arrival=arrival))


def _unmark(marks: QuerySet[Mark]) -> None:
    """Take back those that still count."""
    for each in marks.select_for_update().filter(undone_at=None):
        learning.take_out(each.names, spam=each.spam)
        each.undone_at = clock.now()
        each.save(update_fields=["undone_at"])


def _mark(mark: Mark, words: Words | None) -> Mark:
    names = [each for each in names_in(words) if len(each) <= MOST_LEARNED] if words else []
    mark.names, mark.at = names[: learning.MOST_LEARNED], clock.now()
    mark.save(force_insert=True)
    if mark.names:
        learning.add(mark.names, spam=mark.spam)
    return mark


def _words_of_arrival(arrival: Arrival) -> Words | None:
    """Return what it says, None where nobody can tell."""
    said = intake.said_by(Arrival.objects.get(pk=arrival.pk))
    if said is None:
        return None
    return Words(
        body=said.body, subject=said.subject, name=said.sender.name, sender=said.sender.value, ours=our_hosts()
    )


def _words_of_case(case: Case) -> Words | None:
    """Return what its customer said first, None where they said nothing."""
    first = first_of(case)
    if first is None:
        return None
    subject = "" if first.body.startswith(case.subject[:40]) else case.subject
    return Words(
        body=first.body, subject=subject, name=case.customer.name, sender=mail_of(case.customer), ours=our_hosts()
    )
