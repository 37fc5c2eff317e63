"""Who writes to us in a network, and under which ids it took what we said."""

from __future__ import annotations

from django.db import models

from tantam.desk.cases.models import Message
from tantam.desk.common.fields import TimeOrderedId
from tantam.desk.customers.models import MOST_CONTACT

MOST_PART = 255


class Line(models.Model):
    """Somebody in a network. value: as their contact is kept; handle: as the network takes it back.

    heard_at: their newest words, by the network's own clock: from then on they may be answered for a while.
    """

    id = TimeOrderedId()
    network = models.CharField(max_length=16)
    value = models.CharField(max_length=MOST_CONTACT)
    handle = models.CharField(max_length=MOST_CONTACT)
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "value"], name="line_once")]


class Part(models.Model):
    """What a network took of a message: long words go in several. name: its id there, "" where it said none.

    failed: why it did not arrive after all, as the network said, "" as far as we know.
    """

    id = TimeOrderedId()
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=MOST_PART, default="", db_index=True)
    failed = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="part_once")]
