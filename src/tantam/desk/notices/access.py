"""Who reaches which notice: whose it is, as long as they may see its case."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for
from tantam.desk.notices.models import Notice
from tantam.desk.plans.seeing import sees_house


def notices_for(person: Person) -> QuerySet[Notice]:
    """Return their notices, the newest first."""
    theirs = Notice.objects.filter(person=person).select_related("case", "actor", "directive", "person")
    if not sees_house(person):
        theirs = theirs.filter(Q(case=None) | Q(case__in=cases_for(person)))
    return theirs.order_by("-at", "-pk")


def notice_for(person: Person, pk: int) -> Notice:
    """Return one of them. Raises Http404."""
    found = notices_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def unread(person: Person, most: int) -> int:
    """Return how many are unread, counted up to `most`."""
    return len(notices_for(person).filter(read_at=None).order_by().values_list("pk")[:most])
