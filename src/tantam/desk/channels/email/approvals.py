"""Requests for approval by mail: who may decide is written to, and answers with a word or on the page of its link.

The mail's own Message-ID is the ticket: only who got it can answer it, from their own address, for a week, once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tantam.desk import plans
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case
from tantam.desk.channels.email.heading import Heading, by_itself, mail_under
from tantam.desk.channels.email.line import hand_over
from tantam.desk.channels.email.reading import ReadMail
from tantam.desk.claims.access import approval_by_ticket
from tantam.desk.claims.actions import decide_approval
from tantam.desk.claims.approvals import ASK, State
from tantam.desk.claims.models import Approval
from tantam.desk.claims.tickets import ticket
from tantam.desk.common import addresses, clock, rate, spoken
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money, read
from tantam.desk.common.work import due, handles
from tantam.desk.plans import answers
from tantam.folding import folded

DECIDE = "decide_by_mail"  # the page on which it is decided without signing in; its argument is the ticket
ANSWER = "answer_approver"  # work whose payload is {"approval", "person", "code", "args"}; code "" is done
TOLD = rate.Rate("approver_told", 10)
RELATED = ("case__customer", "claim", "asked_by", "decided_by")
_TICKET = re.compile(r"<approval\.([\w.-]{10,200})@")
_PLAINLY_YES = (
    r"approved?|agreed|no objections?|duyet|dong y|chap thuan|nhat tri|khong phan doi|"
    r"genehmigt|einverstanden|freigegeben|keine (?:einwande|bedenken)"
)
_PLAINLY_NO = (
    r"not approved|refused?|rejected?|declined?|khong duyet|khong dong y|khong chap thuan|khong nhat tri|tu choi|"
    r"abgelehnt|nicht genehmigt|nicht einverstanden|nicht freigegeben"
)
_YES, _NO = rf"{_PLAINLY_YES}|ok|okay|yes|ja|in ordnung", rf"{_PLAINLY_NO}|no|khong|nein"
# What begins like a no and is none: it says nothing of the answer.
_IN_PASSING = (
    r"no (?:problems?|worries|issues?|concerns?)(?: at all| with (?:that|this|it)| from (?:me|my side|our side))?|"
    r"khong (?:co )?(?:van de|sao|gi)(?: gi)?(?: dau| ca)?|kein(?:e|erlei)? probleme?"
)
_BETWEEN = r"[\s.,:;!–-]*"
_SAYS = re.compile(
    rf"\W*(?:(?:{_IN_PASSING})\b{_BETWEEN})?(?:(?:i|we|em|anh|chi|toi|minh) )?"
    rf"(?:(?P<yes>{_YES})|(?!(?:{_IN_PASSING})\b)(?P<no>{_NO}))\b{_BETWEEN}(?P<rest>.*)",
    re.DOTALL,
)
_AND_THEN = r"(?:but |and |yet |nhung |va |aber |und )?"
_TAKES_BACK = {
    "yes": re.compile(rf"{_AND_THEN}(?:{_PLAINLY_NO})\b"),
    "no": re.compile(rf"{_AND_THEN}(?:{_PLAINLY_YES})\b"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer says. amount: of a smaller approval. note: the words beside it."""

    approved: bool
    amount: Money | None
    note: str


def verdict_of(body: str, currency: str) -> Verdict | None:
    """Return what the answer says by its first words: `OK`, `duyệt 2.000.000`, `Abgelehnt: …`.

    None if neither, or one and then the other: who wrote it is asked to say it again.
    """
    text = body.strip()
    found = _SAYS.match(folded(text))
    if found is None or _TAKES_BACK["no" if found["no"] else "yes"].match(found["rest"]):
        return None
    said = text[len(text) - len(found["rest"]) :].strip() if len(folded(text)) == len(text) else found["rest"].strip()
    if found["no"]:
        return Verdict(False, None, said or text)
    first, _sep, rest = said.partition("\n")
    amount = read(first.strip(" .!"), currency)
    return Verdict(True, amount, rest.strip() if amount else said)


def answered(mail: ReadMail) -> Case | None:
    """Decide by a mail that answers a request for approval, and have its writer told; None for any other mail.

    Raises Refused("approval_ended") for a ticket that is forged, too old, or somebody else's.
    """
    written = next((found[1] for each in mail.answers if (found := _TICKET.match(each))), None)
    if written is None:
        return None
    try:
        approval, person = approval_by_ticket(written)
    except Http404 as unknown:
        raise Refused("approval_ended") from unknown
    if person.email.lower() != mail.sender:
        raise Refused("approval_ended")
    code, args = "", {}
    try:
        _decide(approval, person, mail.body)
    except Refused as refused:
        code, args = refused.code, refused.arguments
    payload = {"approval": approval.pk, "person": person.pk, "code": code, "args": args}
    said_in = hashlib.sha256(mail.message_id.encode()).hexdigest()[:32]  # as written, it would not fit
    with suppress(Refused):  # whose program answers each letter is told no more
        rate.count(TOLD, person.email)
        due(ANSWER, f"{ANSWER}:{approval.pk}:{person.pk}:{said_in}", payload, clock.now())
    return approval.case


def _decide(approval: Approval, person: Person, body: str) -> None:
    said = verdict_of(body, plans.in_force().currency)
    if said is None:
        raise Refused("unclear_answer")
    if not said.approved:
        decide_approval(approval, person, "refuse", note=said.note)
    elif said.amount is not None and said.amount.minor != approval.amount_minor:
        decide_approval(approval, person, "change", amount=said.amount, note=said.note)
    else:
        decide_approval(approval, person, "approve", note=said.note)


@handles(ASK)
def ask(payload: Mapping[str, Any]) -> None:
    """Write to one of those who may decide, unless that was decided meanwhile."""
    approval, person = _both(payload)
    if approval is None or person is None or approval.state != State.WAITING:
        return
    hand_over(_letter(approval, person, "email/approval.txt", {}))


@handles(ANSWER)
def tell(payload: Mapping[str, Any]) -> None:
    """Tell who answered by mail what came of it: done, or why not."""
    approval, person = _both(payload)
    if approval is None or person is None:
        return
    with translation.override(person.language):
        done = _("Not approved. Your colleague reads why.") if approval.state == State.REFUSED else _("Approved.")
        outcome = Refused(payload["code"], **payload["args"]).sentence() if payload["code"] else done
    hand_over(_letter(approval, person, "email/approval_answer.txt", {"outcome": outcome}))


def _both(payload: Mapping[str, Any]) -> tuple[Approval | None, Person | None]:
    approval = Approval.objects.select_related(*RELATED).filter(pk=payload["approval"]).first()
    person = Person.objects.filter(pk=payload["person"]).first()
    return approval, person if works_here(person) else None


def _letter(approval: Approval, person: Person, template: str, more: Mapping[str, Any]) -> EmailMessage:
    plan, made_by = plans.in_force(), plans.version(approval.claim.plan_version_id)
    signed = ticket(approval, person)
    with translation.override(person.language), timezone.override(ZoneInfo(plan.timezone)):
        lang = person.language
        answer = answers.shown(approval.claim.answer, lang, plan=made_by)
        refuses = approval.claim.answer.get("refuses")
        what = _what(approval, made_by.policy_label(approval.claim.policy, lang) if refuses else answer.headline)
        context = {
            "approval": approval,
            "answer": answer,
            "what": what,
            "due": spoken.instant(approval.due_at, clock.now()),
        }
        page = addresses.whole(DECIDE, signed)
        text = render_to_string(template, context | {"page": page} | more)
        subject = _("To approve: %(what)s") % {"what": what}
        heading = Heading(
            subject=f"{subject} [{approval.case.reference}]",
            company=plan.company(lang),
            name=person.name,
            address=person.email,
            at=clock.now(),
            message_id=f"<approval.{signed}@{settings.MAIL_DOMAIN}>",
        )
    mail = mail_under(heading, text)
    by_itself(mail)
    return mail


def _what(approval: Approval, headline: str) -> str:
    amount = spoken.money(approval.amount_minor, approval.currency) if approval.amount_minor else ""
    return f"{headline} {amount}".strip()
