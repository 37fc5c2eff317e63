"""What a stranger wrote in a form, where somebody looks first: kept with all that files it exactly as it was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any, NoReturn

from django.core import signing
from django.db import transaction
from django.http import Http404
from django.utils import translation

from tantam.desk import plans
from tantam.desk.arrivals import intake
from tantam.desk.arrivals.incoming import Incoming, Sender
from tantam.desk.arrivals.intake import Read
from tantam.desk.arrivals.models import Arrival, Problem
from tantam.desk.arrivals.odd import Odd
from tantam.desk.arrivals.screening import PASSED, Stranger, Verdict, looked_at
from tantam.desk.cases import attachments
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Case
from tantam.desk.cases.said import first_of
from tantam.desk.claims import filing
from tantam.desk.claims.filing import Filing
from tantam.desk.common.recurring import recurs
from tantam.desk.common.work import handles
from tantam.desk.customers import contacts
from tantam.desk.customers.models import Contact
from tantam.desk.files import store
from tantam.desk.files.models import Blob
from tantam.desk.plans import Fact, RunningPlan, Standing, ways

CHANNEL = "form"
SALT = "tantam.portal.held"
KEEP_FILES = "keep_held_files"  # work without payload
_PLAIN = ("name", "address", "contact", "subject", "body", "channel", "language", "topic", "policy", "number")


class State(StrEnum):
    """What became of a form that was held and opened no case."""

    WAITS = "waits"
    PUT = "put"  # to a case that is under way, by a colleague
    SPAM = "spam"
    SET_ASIDE = "set_aside"


def before(submission: str) -> Arrival | None:
    """Return what this very form became before, if it was held."""
    return Arrival.objects.filter(channel=CHANNEL, key=submission).defer("raw").first()


def hold(wanted: Filing, brought: Sequence[Brought], signs: Sequence[str]) -> Arrival | None:
    """Return the form as it is held, None where it is to be filed. signs: what was noticed beside its words.

    Who proved a purchase is no stranger. Who merely writes a known address is one: an answer tells nobody who is known.
    """
    if wanted.purchase is not None or not wanted.submission:
        return None
    stranger = Stranger(
        body=wanted.body,
        subject=wanted.subject,
        name=wanted.name,
        sender=wanted.contact if "@" in wanted.contact else "",
        signs=tuple(signs),
    )
    verdict = looked_at(stranger)
    if verdict is PASSED:
        return None
    kept = intake.store(CHANNEL, _written(wanted, brought, verdict), key=wanted.submission, wait=intake.READ_AGAIN)
    return intake.take_in(kept.pk)


def key_of(arrival: Arrival) -> str:
    """Return what its sender's page is found by."""
    return signing.dumps(arrival.pk, salt=SALT)


def found(key: str) -> Arrival:
    """Return what was held, by the key of its page. Raises Http404."""
    try:
        kept = Arrival.objects.defer("raw").filter(pk=signing.loads(key, salt=SALT)).first()
    except signing.BadSignature:
        kept = None
    if kept is None:
        raise Http404
    return kept


def state_of(kept: Arrival) -> State:
    """Return what became of it."""
    if kept.case_id is not None:
        return State.PUT
    if kept.thrown_at is None:
        return State.WAITS
    return State.SPAM if kept.marks.filter(spam=True, undone_at=None).exists() else State.SET_ASIDE


@intake.reads(CHANNEL)
def read_form(kept: Arrival) -> Read:
    """Return what was written, which waits until a person lets it in."""
    told = json.loads(bytes(kept.raw))

    def wait() -> NoReturn:
        raise Odd(Problem(told["problem"]), told["because"])

    return Read(
        sender=told["contact"] or told["name"],
        subject=told["subject"] or told["body"].strip().partition("\n")[0],
        name=kept.key,
        bring=wait,
        said=lambda: _said(told, kept),
        files=lambda: _files(told),
        opens=lambda: _opened(told, kept),
    )


@store.tidied_after
def touch_files() -> None:
    """See to it that the files of what still waits are not tidied away: nothing else names them."""
    waiting = Arrival.objects.filter(channel=CHANNEL, case=None, let_go_at=None)
    digests = [sha256 for each in waiting.iterator() for sha256, _name in json.loads(bytes(each.raw))["files"]]
    store.touch(digests)


@handles(KEEP_FILES)
def keep_files(_payload: Mapping[str, Any]) -> None:
    """Touch them, for the worker; also between two times that it tidies."""
    touch_files()


recurs(KEEP_FILES, timedelta(hours=6))


def _written(wanted: Filing, brought: Sequence[Brought], verdict: Verdict) -> bytes:
    told: dict[str, Any] = {each: getattr(wanted, each) for each in _PLAIN}
    told |= {
        "plan": wanted.plan.number,
        "facts": {term: wanted.plan.fact_text(term, fact) for term, fact in wanted.facts.items()},
        "files": [[each.blob.sha256, each.name] for each in brought if each.blob],
        "submission": wanted.submission,
        "problem": verdict.problem,
        "because": dict(verdict.because),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _said(told: dict[str, Any], kept: Arrival) -> Incoming:
    """Return the words, for who looks at them in the tray."""
    kind, value = contacts.normal(told["contact"], plans.in_force().country) or (Contact.Kind.MAIL, "")
    return Incoming(
        ways=ways.WEB,
        sender=Sender(kind, value, told["name"], vouched=False),
        body=told["body"],
        subject=told["subject"],
        message_id=f"<form.{kept.pk}@held>",
        language=told["language"],
    )


def _opened(told: dict[str, Any], kept: Arrival) -> Case:
    """File it as it was sent, as of when it came, by the plan that was in force then. Raises Refused."""
    plan = plans.version(told["plan"])
    wanted = Filing(
        plan=plan,
        facts=_facts(told, plan, kept),
        purchase=None,
        submission=told["submission"],
        came_at=kept.received_at,
        **{each: told[each] for each in _PLAIN},
    )
    with translation.override(wanted.language), transaction.atomic():
        case = filing.file(wanted)
        if first := first_of(case):
            attachments.attach_once(first, _files(told))
    return case


def _facts(told: dict[str, Any], plan: RunningPlan, kept: Arrival) -> dict[str, Fact]:
    return plan.read(told["facts"], Standing.TOLD, kept.received_at)


def _files(told: dict[str, Any]) -> tuple[Brought, ...]:
    blobs = Blob.objects.in_bulk([sha256 for sha256, _name in told["files"]])
    return tuple(Brought(name, blobs[sha256]) for sha256, name in told["files"] if sha256 in blobs)
