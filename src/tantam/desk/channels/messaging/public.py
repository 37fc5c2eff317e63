"""Comments in public: brought into the case of their writer, answered under them, or once in private."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tantam.desk.arrivals.incoming import Incoming, Sender
from tantam.desk.arrivals.tongue import tongue_of
from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.carriers import Shut, Way
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.messaging import fetching, lines, networks
from tantam.desk.channels.messaging.messenger import Messenger
from tantam.desk.channels.messaging.network import Changed, Closed, NeverTaken, NotTaken, Written
from tantam.desk.comments import actions
from tantam.desk.comments.access import PRIVATELY, WAYS, may_be_private, private_address
from tantam.desk.comments.actions.answer_publicly import DELIVER
from tantam.desk.comments.models import MOST_COMMENT, Comment
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.common.work import Hopeless, handles, handles_long
from tantam.desk.customers.models import Contact
from tantam.desk.plans import RunningPlan

NETWORK = "facebook"
BY = "messenger"  # the network whose account posts, and carries the private message
PRIVATE = "deliver_privately"  # work whose payload is {"message": id, "comment": id}


def bring(written: Written, plan: RunningPlan, put: Callable[[Incoming, RunningPlan], Case]) -> Case:
    """Return the case that a comment opened, or went on with in its thread; inside a transaction.

    put: brings it there. Raises Refused; Odd, where a stranger's is to wait.
    """
    handle, name = lines.value_of(NETWORK, written.handle), lines.name_of(NETWORK, written.name)
    if not handle or len(written.name) > MOST_COMMENT:
        raise Refused("bad_handle", got=written.handle[:60])
    one_at_a_time(f"line:{NETWORK}:{handle}")
    if known := Message.objects.filter(message_id=name).select_related("case").first():
        return known.case
    case = put(
        Incoming(
            ways=WAYS,
            sender=Sender(Contact.Kind.HANDLE, handle, written.called or "Facebook", NETWORK),
            body=written.words,
            message_id=name,
            language=tongue_of(written.words, "", plan.languages),
            answers=_of_thread(written.thread, handle),
            may_wait=True,
        ),
        plan,
    )
    message = Message.objects.get(message_id=name)
    at = min(written.at, clock.now())
    Comment.objects.create(
        message=message, network=NETWORK, name=written.name, thread=written.thread, link=written.link[:500], at=at
    )
    fetching.ask(message, BY, written.media)
    return case


def change(changed: Changed) -> Case | None:
    """Return the case on which it is noted that a comment was edited or taken away; None for one we do not know."""
    if changed.words:
        comment = actions.note_edited(changed.name, changed.words, changed.at)
    else:
        comment = actions.note_removed(changed.name, min(changed.at, clock.now()))
    return comment.message.case if comment else None


def way_back(act: Act) -> Way | Shut | None:
    """Return how what is not for everybody goes to who commented last; None for a case of another channel.

    By Messenger while they may be answered there, else by the one message that their comment allows; only a person's
    words use that up. What the plan says goes by mail, or stands on the private page.
    """
    newest = act.case.messages.filter(direction=Message.Direction.INCOMING).order_by("-id").first()
    comment = Comment.objects.select_related("message").filter(message=newest).first() if newest else None
    if comment is None or networks.of(BY) is None:
        return None
    if way := lines.way_of_customer(act, BY):
        return way
    if act.person is None:
        return None
    if may_be_private(comment, act.now):
        told, shuts_at = {"comment": comment.pk}, comment.at + PRIVATELY
        return Way((BY, *WAYS), private_address(comment), PRIVATE, told, shuts_at=shuts_at)
    return Shut("Facebook", PRIVATELY // timedelta(hours=1), "comment_only")


@handles(DELIVER)
def deliver_publicly(payload: Mapping[str, Any]) -> None:
    """Post an answer under its comment, once. Raises NotTaken, Hopeless: what is public never goes another way."""
    message = outbox.to_deliver(int(payload["message"]))
    if message is None:
        return
    own, asked = Comment.objects.get(message=message), Comment.objects.get(pk=payload["comment"])
    if own.name is None:
        try:
            name = _page().answer_comment(str(asked.name), message.body)
        except (Closed, NeverTaken) as refused:
            raise Hopeless(f"{NETWORK}: {refused}. Look at the comment there, and answer by hand.") from refused
        Comment.objects.filter(pk=own.pk).update(name=name[:MOST_COMMENT] or f"own-{own.pk}")
    outbox.delivered(message, clock.now())


@handles_long(PRIVATE)
def deliver_privately(payload: Mapping[str, Any]) -> None:
    """Send the one private message that a comment allows; refused there, it goes by mail. Raises NotTaken, Hopeless."""
    message = outbox.to_deliver(int(payload["message"]))
    if message is None:
        return
    comment = Comment.objects.get(pk=payload["comment"])
    if not comment.reached:
        try:
            _name, reached = _page().write_privately(str(comment.name), _words(message))
        except (Closed, NeverTaken) as refused:
            if not outbox.by_mail(message, clock.now()):
                raise Hopeless(f"{NETWORK}: {refused}; no mail address is known. Answer in public.") from refused
            return
        _reached(comment, message, lines.value_of(BY, reached))
    outbox.delivered(message, clock.now())


def _reached(comment: Comment, message: Message, handle: str) -> None:
    """Know the writer by the handle that the message reached, so that their answer goes on in this case."""
    with transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(reached=handle or "?")
        theirs = {"kind": Contact.Kind.HANDLE, "network": BY, "value": handle}
        if handle and not Contact.objects.filter(**theirs).exists():
            Contact.objects.create(customer=message.case.customer, **theirs)


def _words(message: Message) -> str:
    """Return what goes into one message: the words, and where they are too long or have files, the page with all."""
    most = Messenger.most
    if len(message.body) <= most and not message.attachments.exists():
        return message.body
    with translation.override(message.case.language):
        page = _("All of this, with files, is on your private page: %(page)s") % {"page": private_link(message.case)}
    left = most - len(page) - 2
    body = message.body if len(message.body) <= left else message.body[: left - 2].rstrip() + " …"
    return f"{body}\n\n{page}"


def _of_thread(thread: str, handle: str) -> list[Case]:
    """Return the newest case of this writer in the thread; another writer's concern is a case of its own."""
    theirs = Contact.objects.filter(kind=Contact.Kind.HANDLE, network=NETWORK, value=handle)
    said = Comment.objects.filter(network=NETWORK, thread=thread, message__case__customer__contacts__in=theirs)
    newest = said.select_related("message__case").order_by("-id").first()
    return [newest.message.case] if newest else []


def _page() -> Messenger:
    found = networks.of(BY)
    if not isinstance(found, Messenger):
        raise NotTaken(f"{BY} has no account here.")
    return found
