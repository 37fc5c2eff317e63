"""A call back that a colleague reports on: under which lock, what the telephone knows of it, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tantam.desk.accounts.models import Person
from tantam.desk.calls.claims import callback_of, refuse_if_called
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases import joined, promises, said
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Actor, Message, Promise
from tantam.desk.common.errors import Refused
from tantam.desk.plans.ways import PHONE, way_in


@dataclass(frozen=True)
class Reported:
    """act: on the case that stands for the promise's own. promise: still to keep."""

    act: Act
    promise: Promise
    callback: Callback

    @property
    def own(self) -> Act:
        """The same act on the promise's own case."""
        return self.act.on(self.promise.case_id)

    def owe_no_longer(self, *, reason: str) -> None:
        """End the promise: what was tried in time is withdrawn, what was not stays broken. reason: a code."""
        if self.act.now > self.promise.over_at or not promises.give_up(self.own, self.promise, reason=reason):
            promises.withdraw_by_hand(self.own, self.promise)


def report(promise: Promise, person: Person) -> Reported:
    """Lock the case and return what is reported on; the caller is inside a transaction.

    Raises Refused: being_called, promise_ended, not_allowed.
    """
    act = joined.act_on_target(promise.case, Actor.PERSON, person)
    found = Promise.objects.select_related("case__customer").get(pk=promise.pk)
    if not found.still_to_keep:
        raise Refused("promise_ended")
    callback = callback_of(found)
    refuse_if_called(callback, person, act.now)
    return Reported(act, found, callback)


def spoken(act: Act, words: str, *, call: Call, submission: str = "") -> Message:
    """Keep what was said on the telephone as a message of the case, with its event. Raises Refused: as `said.clean`."""
    incoming = call.direction == Call.Direction.INCOMING
    message = Message(
        direction=said.Direction.INCOMING if incoming else said.Direction.OUTGOING,
        author=None if incoming else act.person,
        channel=way_in(act.plan, PHONE),
        body=said.clean(words),
        delivered_at=None if incoming else act.now,
        submission=said.once(act.case.pk, submission or None),
    )
    said.write(act, message)
    tell(act, message, call)
    return message


def tell(act: Act, message: Message, call: Call) -> None:
    """Say that the person spoke to the customer: who called whom, and how long."""
    they = call.direction == Call.Direction.INCOMING
    seconds = (call.length or timedelta(0)) // timedelta(seconds=1)
    act.append("called_us" if they else "called", message=message.pk, call=call.pk, seconds=seconds)


def written_down(act: Act, *, incoming: bool, number: str, length: timedelta) -> Call:
    """Return the call that the person has just had, kept as they say it."""
    return Call.objects.create(
        direction=Call.Direction.INCOMING if incoming else Call.Direction.OUTGOING,
        number=number,
        at=act.now - length,
        answered_at=act.now - length,
        ended_at=act.now,
        case=act.case,
        person=act.person,
    )
