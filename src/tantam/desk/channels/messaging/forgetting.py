"""By which names networks knew somebody who is erased, and those of what they took of our words."""

from __future__ import annotations

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from tantam.desk.channels.messaging.models import Line, Part
from tantam.desk.customers.models import Contact
from tantam.desk.privacy.taking import Taking, Whom, emptied


def _lines(whom: Whom) -> QuerySet[Line]:
    handles = Contact.objects.filter(customer__in=whom.customers, kind=Contact.Kind.HANDLE)
    asked = Q(pk=None)
    for network, value in handles.values_list("network", "value"):
        asked |= Q(network=network, value=value)
    return Line.objects.filter(asked)


def _rename(whom: Whom) -> int:
    """Leave lines of nobody: what was sent by them still names them."""
    return _lines(whom).update(value=Concat(Value("#"), Cast("pk", CharField())), handle="")


LINES = Taking("Line", lambda whom: _lines(whom).count(), _rename)
PARTS = emptied(Part, lambda whom: Q(message__case__in=whom.cases), {"name": "", "failed": ""})
