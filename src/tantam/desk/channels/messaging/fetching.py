"""Fetches what somebody sent beside their words, once these are kept: within bounds, never from inside the house."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from tantam.desk.cases import attachments
from tantam.desk.cases.models import Message
from tantam.desk.channels.messaging import networks
from tantam.desk.channels.messaging.network import Media, NotTaken
from tantam.desk.common import clock, posting, work
from tantam.desk.common.errors import Refused
from tantam.desk.common.work import handles_long

FETCH = "fetch_media"  # work whose payload is {"message": id, "network": name, "media": [[where, name], …]}
CHUNK = 65_536
FILE_SECONDS = 600  # of one file, over however slow a line: others wait for it


def ask(message: Message, network: str, media: tuple[Media, ...]) -> None:
    """Ask that the files of a message are fetched, in the caller's transaction."""
    if media:
        told = {"message": message.pk, "network": network, "media": [[each.where, each.name] for each in media]}
        work.due(FETCH, f"{FETCH}:{message.pk}", told, clock.now())


@handles_long(FETCH)
def fetch(payload: Mapping[str, Any]) -> None:
    """Name the files by their message; one that cannot be had is named with the reason. Raises NotTaken."""
    message = Message.objects.select_related("case").get(pk=payload["message"])
    network = networks.of(str(payload["network"]))
    if network is None:
        raise NotTaken(f"{payload['network']} has no account here.")
    if message.attachments.exists():
        return
    brought = attachments.bring((name, network.fetch(where)) for where, name in payload["media"])
    with transaction.atomic():
        held = Message.objects.select_for_update().get(pk=message.pk)
        attachments.attach_once(held, brought)


def chunks(url: str, headers: Mapping[str, str]) -> Iterator[bytes]:
    """Yield what stands at an address. Raises Refused("file_broken_off") where there is nothing to be had, NotTaken."""
    try:
        with posting.asked("GET", url, None, headers, within=FILE_SECONDS) as answer:
            if answer.status == 429 or answer.status >= 500:
                raise NotTaken(f"A file could not be fetched: {answer.status}.")
            if answer.status != 200:  # redirects are not followed: they might lead inside
                raise Refused("file_broken_off", name="")
            work.hold()
            while chunk := answer.read1(CHUNK):
                yield chunk
                work.hold()  # a large file over a slow line takes longer than a lease
            if answer.length:
                raise NotTaken(f"A file broke off {answer.length} bytes before its end.")
    except (posting.Forbidden, ValueError) as wrong:
        raise Refused("file_broken_off", name="") from wrong
    except (OSError, http.client.HTTPException) as away:
        raise NotTaken(f"A file could not be fetched: {away}") from away
