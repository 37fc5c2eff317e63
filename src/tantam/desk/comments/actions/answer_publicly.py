"""Answer a comment where everybody reads it: short, and nothing in it that is the customer's own business."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases import promises, said
from tantam.desk.cases.act import Act, act_on, refuse_if_merged
from tantam.desk.cases.actions.take import own_if_free
from tantam.desk.cases.models import Actor, Case, Message
from tantam.desk.comments.access import WAYS, newest_of, public_address
from tantam.desk.comments.looking import WORDS, found_in
from tantam.desk.comments.models import Comment
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.ids import new_id
from tantam.desk.plans import ways

DELIVER = "deliver_publicly"  # work whose payload is {"message": id}; the channel of messages does it
MOST_CHARACTERS = 1000  # in public one is short


def answer_publicly(
    case: Case, person: Person, body: str, *, knowing: Collection[str] = (), submission: str | None = None
) -> Message:
    """Return the message; the same submission again gives the same. It keeps a promise of a first reply.

    knowing: codes of `looking.WORDS` that its writer was told of and wants in public all the same.
    Raises Refused: no_comment, in_public (what it holds was not known), says_nothing, too_long, is_merged, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        if earlier := said.already(act, submission):
            return earlier
        refuse_if_merged(act)
        comment = newest_of(act.case)
        if comment is None:
            raise Refused("no_comment")
        text = said.clean(body)
        if len(text) > MOST_CHARACTERS:
            raise Refused("too_long", most=MOST_CHARACTERS)
        if any(each not in knowing for each in found_in(text, act.case)):
            raise Refused("in_public", what=", ".join(str(WORDS[each]) for each in found_in(text, act.case)))
        message = _post(act, comment, text, submission)
        act.append("replied", message=message.pk, public=1)
        own_if_free(act)
        promises.fulfil(act, promises.kept_by_words)
        return message


def _post(act: Act, comment: Comment, text: str, submission: str | None) -> Message:
    """Write the answer, and ask that it is posted under the comment."""
    identity = new_id()
    message = Message(
        pk=identity,
        direction=Message.Direction.OUTGOING,
        author=act.person,
        channel=ways.way_in(act.plan, WAYS),
        body=text,
        message_id=f"<{identity}.{act.case.reference}@{settings.MAIL_DOMAIN}>",
        sent_to=public_address(comment),
        submission=said.once(act.case.pk, submission),
    )
    said.write(act, message)
    Comment.objects.create(
        message=message, network=comment.network, name=None, thread=comment.thread, link=comment.link, at=act.now
    )
    work.due(DELIVER, f"message:{identity}", {"message": identity, "comment": comment.pk}, act.now)
    return message
