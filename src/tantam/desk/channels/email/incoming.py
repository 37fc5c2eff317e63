"""Reads mail that came in: into the case that it answers, else a new one; what is none of ours to answer is told apart.

A mail that becomes no message stays in the tray under its problem; nothing is taken in twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.access import is_colleague
from tantam.desk.arrivals import intake
from tantam.desk.arrivals.incoming import Incoming, Sender, bring_in, may_continue
from tantam.desk.arrivals.intake import Odd, Read
from tantam.desk.arrivals.models import MOST_ACCOUNT, MOST_MESSAGE_ID, Arrival, Problem
from tantam.desk.arrivals.tongue import tongue_of
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Case, Message
from tantam.desk.channels.email import approvals, invitations, parcels, returned, threads, too_large, waiting
from tantam.desk.channels.email.reading import ReadMail, read
from tantam.desk.channels.email.reply_address import is_ours
from tantam.desk.channels.email.sameness import came_before, content_of
from tantam.desk.channels.email.subjects import without_reference
from tantam.desk.common.locks import one_at_a_time
from tantam.desk.customers import reaching
from tantam.desk.customers.models import Contact
from tantam.desk.plans import ways
from tantam.desk.visitors import proving

CHANNEL = "mail"
Files = Callable[[], Sequence[Brought]]
LEFT_OUT = b"X-Tantam-Left-Out: "  # the first line of what is kept of a larger one: its bytes


def store(raw: bytes) -> Arrival:
    """Return the stored mail, for who reads it at once; the worker does where that fails."""
    return intake.store(CHANNEL, raw, wait=intake.READ_AGAIN)


def store_for_worker(raw: bytes, *, account: str, returns_to: str) -> Arrival:
    """Return the mail stored as a server took it, to be read by the worker; the same bytes again are the same mail.

    account: to whom it was sent. returns_to: who sent it by its envelope, "" for a bounce; it is noted above the head.
    """
    above = f"Return-Path: <{returns_to.strip('<>')}>\r\n".encode("utf-8", "surrogateescape")
    key = hashlib.sha256(raw).hexdigest()
    return intake.store(CHANNEL, above + raw, key=key, account=account[:MOST_ACCOUNT])


def store_fetched(raw: bytes, *, account: str) -> Arrival:
    """Return the mail stored as it lay in a mailbox, to be read by the worker. account: the mailbox's name."""
    return intake.store(CHANNEL, raw, account=account[:MOST_ACCOUNT])


def store_too_large(head: bytes, size: int, *, account: str) -> Arrival:
    """Return the head of a mail that is not fetched, stored with its size. account: the mailbox's name."""
    return intake.store(CHANNEL, LEFT_OUT + f"{size}\r\n".encode() + head, account=account[:MOST_ACCOUNT])


@intake.reads(CHANNEL)
def read_mail(kept: Arrival) -> Read:
    """Return what the mail says, and how it is brought into its case."""
    mail = read(bytes(kept.raw))
    files: Files = cache(lambda: parcels.unpack(mail))  # once, however often it is asked
    return Read(
        sender=mail.sender,
        subject=mail.subject,
        name=mail.message_id[:MOST_MESSAGE_ID],
        content=content_of(mail, bytes(kept.raw)),
        beforehand=lambda: _unpack(mail, kept, files),
        bring=lambda: _brought(mail, kept, files),
        said=lambda: _said(mail, kept, plans.in_force()),
        files=files,
    )


def _unpack(mail: ReadMail, kept: Arrival, files: Files) -> None:
    """Keep the files of a mail before it is locked, unless it becomes no message, as far as anybody can tell by now."""
    if mail.files and not _problem(mail, kept):
        files()


def _brought(mail: ReadMail, kept: Arrival, files: Files) -> Case:
    """Return the case that the mail opened or continued. Raises Odd, Refused."""
    one_at_a_time(f"mail:{mail.sender}")  # the same by two ways at once is still one
    if problem := _problem(mail, kept):
        if problem is Problem.TOO_LARGE:
            too_large.answer(mail, kept)
        returned.note(mail)
        raise Odd(problem)
    with transaction.atomic():
        if case := approvals.answered(mail):
            return case
    answers, plan = _answered(mail, kept), plans.in_force()
    try:
        case = bring_in(replace(_said(mail, kept, plan), answers=answers, files=files()), plan)
    except Odd as odd:
        if odd.problem is Problem.DOUBTFUL:
            waiting.answer(mail, kept)
        raise
    reaching.wrote(case.customer, mail.sender)
    proving.note_answer(case, mail.sender, mail.answers)
    invitations.note(case, mail.invitation, plan.timezone)
    return case


def _said(mail: ReadMail, kept: Arrival, plan: plans.RunningPlan) -> Incoming:
    """Return what the mail says, whoever wrote it, in answer to nothing, without its files."""
    return Incoming(
        ways=ways.MAIL,
        sender=Sender(Contact.Kind.MAIL, mail.sender, mail.name),
        subject=without_reference(mail.subject),
        body=mail.words or mail.body or mail.subject,
        message_id=_name(mail, kept),
        language=tongue_of(f"{mail.subject}\n{mail.body}", mail.language, plan.languages),
        html=mail.html,
        may_wait=True,
    )


def _problem(mail: ReadMail, kept: Arrival) -> Problem:
    if bytes(kept.raw[: len(LEFT_OUT)]) == LEFT_OUT:
        return Problem.TOO_LARGE
    if mail.automatic or is_ours(mail.sender):
        return Problem.AUTOMATIC
    if not mail.sender:
        return Problem.NO_SENDER
    if not (mail.subject or mail.body):
        return Problem.EMPTY
    again = _came_before(mail, kept) or came_before(kept)
    return Problem.DUPLICATE if again else Problem.NONE


def _came_before(mail: ReadMail, kept: Arrival) -> bool:
    """Whether its sender sent us a mail of this name before, or we sent it ourselves."""
    name = mail.message_id[:MOST_MESSAGE_ID]
    if not name:
        return False
    earlier = Arrival.objects.filter(channel=CHANNEL, name=name, sender=mail.sender, read_at__isnull=False)
    return (
        earlier.exclude(pk=kept.pk).exists()
        or Message.objects.filter(message_id=name, direction=Message.Direction.OUTGOING).exists()
    )


def _answered(mail: ReadMail, kept: Arrival) -> list[Case]:
    """Return the cases that the mail may continue. Raises Odd for what a colleague says about somebody's case.

    A colleague who answers a case that was forwarded to them speaks for us, and is not taken for the customer.
    """
    answered = threads.answered(mail, kept)
    sender = Sender(Contact.Kind.MAIL, mail.sender)
    if answered and is_colleague(mail.sender) and not any(may_continue(each, sender) for each in answered):
        raise Odd(Problem.COLLEAGUE)
    return answered


def _name(mail: ReadMail, kept: Arrival) -> str:
    """Return the mail's Message-ID unless another message has it already, else a name from its bytes."""
    name = mail.message_id[:MOST_MESSAGE_ID]
    if name and not Message.objects.filter(message_id=name).exists():
        return name
    return f"<{kept.key}@received>"
