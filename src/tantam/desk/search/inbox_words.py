"""Free words of the inbox's filter, found without capitals and marks in what is indexed of a case."""

from __future__ import annotations

from django.db.models import Q, Subquery

from tantam.desk.cases.filters.finders import finds
from tantam.desk.search.models import Thing
from tantam.desk.search.tokens import spans


@finds
def called(words: str) -> Q:
    """Return the cases that are indexed with these words one after the other, whatever stands around them."""
    folded = " ".join(word for word, _, _ in spans(words))
    if not folded:
        return Q(pk__in=[])
    things = Thing.objects.filter(Q(title__contains=folded) | Q(more__contains=folded), kind=Thing.Kind.CASE)
    return Q(pk__in=Subquery(things.values("target")))
