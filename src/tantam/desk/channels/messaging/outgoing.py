"""Hands what is said to customers back to the network by which they wrote; where it takes nothing more, to the mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from tantam.desk.cases import outbox
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Attachment, Message
from tantam.desk.channels.messaging import lines, marks, networks
from tantam.desk.channels.messaging.models import MOST_PART, Line, Part
from tantam.desk.channels.messaging.network import Closed, Failed, Network, NeverTaken, NotTaken, Parcel, answering
from tantam.desk.common import clock, work
from tantam.desk.common.work import Hopeless, handles
from tantam.desk.files import store
from tantam.desk.receipts import actions as receipts


@handles(lines.DELIVER)
def deliver_by_network(payload: Mapping[str, Any]) -> None:
    """Deliver one message, unless that was done before; those of a case in their order. Raises NotTaken, Hopeless.

    Where the network takes nothing more of us it goes by mail; without a mail address it fails, visibly.
    """
    message = outbox.to_deliver(int(payload["message"]))
    if message is None:
        return
    if outbox.waits_for_another(message):
        raise NotTaken("It goes out after what was said in its case before.")
    line = Line.objects.get(pk=payload["line"])
    network = networks.of(line.network)
    if network is None:
        raise NotTaken(f"{line.network} has no account here.")
    try:
        manner = answering(network, line.heard_at, clock.now(), message.author)
        if manner is None:
            raise Closed("They wrote too long ago.")
        _send(manner, line, message)
    except (Closed, NeverTaken) as refused:
        otherwise(message, f"{line.network}: {refused}")
        return
    outbox.delivered(message, clock.now())
    outbox.hurry_next(message)


def not_arrived(network: str, failed: Failed) -> None:
    """Send by mail what a network took and could not deliver; without a mail address it fails, visibly."""
    part = Part.objects.filter(line__network=network, name=failed.name[:MOST_PART])
    for each in part.exclude(name="").filter(failed=""):
        Part.objects.filter(pk=each.pk).update(failed=failed.why or "?")
        receipts.lost(each.message_id, marks.why(failed.why))
        told = {"message": each.message_id, "why": failed.why}
        work.due(AGAIN, f"{AGAIN}:{each.message_id}", told, clock.now())


AGAIN = "deliver_otherwise"  # work whose payload is {"message": id, "why": as the network said}


@handles(AGAIN)
def deliver_otherwise(payload: Mapping[str, Any]) -> None:
    """Deliver by mail what a network lost; what goes by mail already is left alone. Raises Hopeless."""
    lost = Part.objects.filter(message=payload["message"], message__sent_to=F("line__value"))
    if part := lost.select_related("message__case__customer").first():
        otherwise(part.message, str(payload["why"]))


def parts(words: str, most: int) -> list[str]:
    """Return the words in pieces of at most `most` characters, cut between lines or words where there are any."""
    found, left = [], words.strip()
    while len(left) > most:
        cut = max(left.rfind("\n", most // 2, most + 1), left.rfind(" ", most // 2, most + 1))
        cut = cut if cut > 0 else most
        found.append(left[:cut].rstrip())
        left = left[cut:].lstrip()
    return [*found, left] if left else found


def words_of(message: Message, files: Sequence[Attachment]) -> str:
    """Return the words, and where files stay behind or the plan speaks, the private page where all of it is.

    files: those that the network carries.
    """
    if message.author_id is not None and len(files) == message.attachments.count():
        return message.body
    return f"{message.body}\n\n{_page(message)}"


def _page(message: Message) -> str:
    with translation.override(message.case.language):
        return _("All of this, with files, is on your private page: %(page)s") % {"page": private_link(message.case)}


def _carried(network: Network, message: Message) -> list[Attachment]:
    """Return the files that the network takes as they are, in their order."""
    named = message.attachments.select_related("blob").order_by("id")
    return [each for each in named if each.blob and each.blob.bytes <= network.takes.get(each.blob.media_type, 0)]


def _send(network: Network, line: Line, message: Message) -> None:
    """Send what the network has not taken yet; each piece is noted as soon as it is taken.

    In the place of files that do not get through goes the page's link, once; none where the words end with it.
    """
    taken = set(Part.objects.filter(message=message).values_list("number", flat=True))
    files = _carried(network, message)
    words = words_of(message, files)
    leads_to_page = words != message.body
    pieces: list[str | Attachment] = [*parts(words, network.most), *files]
    for number, piece in enumerate(pieces):
        if number in taken:
            continue
        work.hold()
        name = network.send(line.handle, piece) if isinstance(piece, str) else _sent_file(network, line, piece)
        if name is None:
            name = "" if leads_to_page else network.send(line.handle, _page(message))
            leads_to_page = True
        Part.objects.create(message=message, line=line, number=number, name=name[:MOST_PART])


def _sent_file(network: Network, line: Line, file: Attachment) -> str | None:
    """Return the id under which a file was taken, None for one that is never taken, or was not when tried again.

    Raises NotTaken, Closed.
    """
    assert file.blob is not None
    with store.read(file.blob) as opened:
        parcel = Parcel(file.name, file.blob.media_type, opened.read())
    try:
        return network.send_file(line.handle, parcel)
    except NeverTaken:
        return None
    except NotTaken:
        if not work.is_tried_again():
            raise
        return None  # too large for the line between us, it may be: the answers behind it do not wait for days


def otherwise(message: Message, why: str) -> None:
    """Let the mail bring what a network does not. Raises Hopeless where no mail address is known."""
    if not outbox.by_mail(message, clock.now()):
        raise Hopeless(f"{why}; no mail address is known. Call them, or note one down.")
