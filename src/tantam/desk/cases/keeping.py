"""What words to a customer keep of what is owed: at once, or once they go out where quiet hours hold them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from tantam.desk.cases import joined, outbox, promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Actor, Message
from tantam.desk.common import clock, work

KEEP = "keep_by_words"  # work whose payload is {"message": id}


def keep_by(message: Message, act: Act) -> None:
    """End what the message keeps, or ask for it when the message goes out."""
    if message.goes_at is None:
        promises.fulfil(act, promises.kept_by_words)
    else:
        work.due(KEEP, outbox.kept_key(message.pk), {"message": message.pk}, message.goes_at)


@work.handles(KEEP)
def keep(payload: Mapping[str, Any]) -> None:
    """End what was owed when the message was written, as its writer; what was promised since waits for other words.

    What was withheld keeps nothing. Raises Later where quiet hours keep the message once more.
    """
    message = Message.objects.select_related("case", "author").filter(pk=payload["message"]).first()
    if message is None or outbox.is_withheld(message):
        return
    if message.delivered_at is None and message.goes_at and message.goes_at > clock.now():
        raise work.Later(message.goes_at)
    with transaction.atomic():
        act = joined.act_on_target(message.case, Actor.PLAN)
        if message.author is not None:
            act = replace(act, actor=Actor.PERSON, person=message.author)
        promises.fulfil(act, lambda each: promises.kept_by_words(each) and each.made_at <= message.written_at)
