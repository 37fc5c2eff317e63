"""What a demo caught of letters to somebody who is erased, and from them."""

from __future__ import annotations

from django.db.models import Q

from tantam.desk.cases.models import Message
from tantam.desk.channels.email.models import CaughtMail
from tantam.desk.privacy.taking import Whom, goes


def _theirs(whom: Whom) -> Q:
    sent = Message.objects.filter(case__customer__in=whom.customers).exclude(message_id=None).values("message_id")
    return Q(recipient__in=whom.values) | Q(sender__in=whom.values) | Q(message_id__in=sent)


CAUGHT = goes(CaughtMail, _theirs)
