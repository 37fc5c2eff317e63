"""Tells whether two mails are the same one that came by two ways, though a gateway gave one of them another name.

The same are those of one sender, subject, date and text, with the same files. Who writes the same words twice writes
them at two instants, and means them twice; only of mails that have neither date nor name are equal words one mail.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from tantam.desk.arrivals.models import Arrival
from tantam.desk.channels.email.headers import header
from tantam.desk.channels.email.reading import ReadMail
from tantam.desk.channels.email.threads import head_of
from tantam.desk.common import clock

WITHIN = timedelta(days=1)


def content_of(mail: ReadMail, raw: bytes) -> str:
    """Return a digest of what the mail says, by whom and when, "" for one without a date that has a name of its own."""
    date = " ".join(header(head_of(raw), "Date").split())
    if not date and mail.message_id:
        return ""
    files = [f"{each.name} {len(each.payload)}" for each in mail.files]
    said = (mail.sender, " ".join(mail.subject.split()), date, " ".join(mail.words.split()), *files)
    return hashlib.sha256("\0".join(said).encode("utf-8", "surrogateescape")).hexdigest()


def came_before(kept: Arrival) -> bool:
    """Whether another one that says the same is in a case since less than a day."""
    if not kept.content:
        return False
    lately = Arrival.objects.filter(channel=kept.channel, content=kept.content, received_at__gt=clock.now() - WITHIN)
    return lately.exclude(pk=kept.pk).exclude(case=None).exists()
