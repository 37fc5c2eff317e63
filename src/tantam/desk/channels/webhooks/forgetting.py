"""What other programs answered when they were told of somebody who is erased: they may have said it back."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q

from tantam.desk.channels.webhooks.models import Delivery
from tantam.desk.privacy.taking import emptied

_ANSWERS = emptied(Delivery, lambda whom: Q(event__case__in=whom.cases), {"answer": ""})
ANSWERS = replace(_ANSWERS, name="Answer")  # a parcel's delivery is called alike
