"""What goes into calendars: the invitation with a letter, and the file behind a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from tantam.desk import plans
from tantam.desk.cases import promises
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Case, CaseEvent, Message, Promise
from tantam.desk.plans.calendar_files import Appointment, appointment_file

INVITED, UNINVITED = "invited", "uninvited"


@dataclass(frozen=True, slots=True)
class Invite:
    """text: the .ics file. method: REQUEST, CANCEL, or PUBLISH for who asks for the file."""

    text: str
    method: str


def invite(act: Act, promise: Promise, message: Message, *, uid: int) -> None:
    """Note on the act's case that the message invites to the promise as it stands now. uid: see `uid_of`."""
    act.append(INVITED, promise=promise.pk, uid=uid, message=message.pk, **promises.calendar_of(promise))


def uninvite(act: Act, promise: Promise, message: Message) -> None:
    """Note on the act's case that the message takes the promise out of calendars again."""
    told = promises.calendar_of(promise) | {"sequence": promise.moved + 1}
    act.append(UNINVITED, promise=promise.pk, uid=uid_of(act.case, promise), message=message.pk, **told)


def uid_of(case: Case, promise: Promise) -> int:
    """Return what the promise is called in calendars: a moved one is the same appointment."""
    told = _invited(case, promise)
    return int(told.args["uid"]) if told else promise.pk


def invite_of(message: Message) -> Invite | None:
    """Return the invitation that goes with a letter, None for nearly all of them."""
    events = CaseEvent.objects.filter(case_id=message.case_id, code__in=(INVITED, UNINVITED))
    event = events.filter(args__message=message.pk).first()
    promise = Promise.objects.filter(pk=event.args["promise"]).first() if event else None
    if event is None or promise is None:
        return None
    method = "REQUEST" if event.code == INVITED else "CANCEL"
    begins, ends = (datetime.fromisoformat(event.args[each]) for each in ("begins", "ends"))
    made = _file(message.case, promise, event, begins, ends)
    return Invite(appointment_file(made, method), method)


def file_of(case: Case, promise: Promise) -> Invite | None:
    """Return the appointment as it stands now, for a link; None for what is no appointment or was withdrawn."""
    event = _invited(case, promise)
    if event is None or promise.ends_at is None or promise.state == Promise.State.WITHDRAWN:
        return None
    return Invite(appointment_file(_file(case, promise, event, promise.due_at, promise.ends_at), "PUBLISH"), "PUBLISH")


def _invited(case: Case, promise: Promise) -> CaseEvent | None:
    """Return how the promise was last sent for calendars."""
    return case.events.filter(code=INVITED, args__promise=promise.pk).order_by("-id").first()


def _file(case: Case, promise: Promise, event: CaseEvent, begins: datetime, ends: datetime) -> Appointment:
    to = event.args.get("message")
    letter = Message.objects.filter(pk=to).first() if to else None
    return Appointment(
        uid=f"promise-{event.args['uid']}@{settings.MAIL_DOMAIN}",
        sequence=int(event.args["sequence"]),
        begins=begins,
        ends=ends,
        stamp=event.at,
        summary=promise.words,
        place=promise.place,
        organizer=settings.MAIL_FROM,
        organizer_name=plans.version(case.plan_version_id).company(case.language),
        attendee=letter.sent_to if letter and "@" in letter.sent_to else "",
    )
