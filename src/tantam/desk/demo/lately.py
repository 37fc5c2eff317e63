"""What came in the example's last hours: chats, a comment in public, a missed call, forms that wait, a claim again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.arrivals.incoming import bring_in
from tantam.desk.calls.actions import Told, What, note_call
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case
from tantam.desk.channels.messaging import public
from tantam.desk.channels.messaging.network import Written
from tantam.desk.chats.actions import Arrived, Said, answer_chat, end_chat, hear, start, take_chat
from tantam.desk.claims.actions import file_claim, prove
from tantam.desk.claims.filing import Filing
from tantam.desk.claims.models import Grant
from tantam.desk.common import clock
from tantam.desk.customers.models import Contact
from tantam.desk.demo.words import lately
from tantam.desk.plans import RunningPlan, Standing, chatting, ways
from tantam.desk.portal import held

FEWEST = 200  # cases: a smaller year is one that somebody counts
SINCE_THEN = timedelta(days=2)  # at least, between what was exchanged and its breaking again
HOURS_BACK = 120  # at most, to when chats were answered last


def let_come(plan: RunningPlan, until: datetime) -> None:
    """Let them come before `until`; chats in the last hours in which chats are answered."""
    if Case.objects.count() < FEWEST:
        return
    told = lately()
    with transaction.atomic():
        for each in told["form"]:
            _hold(each, plan, until)
        _comment(told["comment"], plan, until)
        _miss_call(told["call"], plan, until)
        _ask_again(told["again"], plan, until)
        answered = _answered_last(plan, until)
        for number, each in enumerate(told["chat"] if answered else ()):
            _chat(number, each, plan, answered)


def _answered_last(plan: RunningPlan, until: datetime) -> datetime | None:
    """Return the last instant of which chats were answered for the hours before; None where they seldom are."""
    each = until
    for _ in range(HOURS_BACK):
        if all(chatting.openness(plan, each - timedelta(minutes=back)).open for back in (0, 120)):
            return each
        each -= timedelta(hours=1)
    return None


def _chat(number: int, told: Mapping[str, Any], plan: RunningPlan, until: datetime) -> None:
    began = until - timedelta(minutes=told["before"])
    with clock.set_to(began):
        visitor = start(Arrived(language=told["language"], name=told["name"], agreed=True), plan)
    for place, words in enumerate(told["says"]):
        with clock.set_to(began + timedelta(seconds=20 + 30 * place)):
            case = hear(Said(visitor.pk, f"<chat.{number}.{place}@example>", words))
    if answer := told.get("answer"):
        with clock.set_to(began + timedelta(minutes=2)):
            person = Person.objects.filter(is_active=True, level=plan.levels()[0]).order_by("pk")[number % 2]
            take_chat(case, person)
            answer_chat(case, person, answer)
    if told.get("ends"):
        with clock.set_to(began + timedelta(minutes=4)):
            visitor.refresh_from_db()
            end_chat(visitor)


def _comment(told: Mapping[str, Any], plan: RunningPlan, until: datetime) -> None:
    at = until - timedelta(minutes=told["before"])
    said = {"handle": "20000000000000001", "name": "20000000_1", "words": told["says"], "called": told["name"]}
    with clock.set_to(at):
        public.bring(Written(**said, at=at, thread="20000000_1", link=told["link"]), plan, bring_in)


def _miss_call(told: Mapping[str, Any], plan: RunningPlan, until: datetime) -> None:
    number = Contact.objects.filter(kind=Contact.Kind.PHONE, customer__internal=False).order_by("pk").first()
    if number is None:
        return
    rang = until - timedelta(minutes=told["before"])
    for what, after in ((What.RINGING, 0), (What.MISSED, 25)):
        at = rang + timedelta(seconds=after)
        with clock.set_to(at):
            note_call(Told(name="example-1", what=what, at=at, incoming=True, number=number.value), plan)


def _ask_again(told: Mapping[str, Any], plan: RunningPlan, until: datetime) -> None:
    """Let somebody ask anew for what was exchanged before: it is checked, and a rule leaves it to a person."""
    by_plan = Grant.objects.filter(kind="exchange", person=None, reversed_at=None, claim__isnull=False)
    theirs = by_plan.filter(case__purchase__isnull=False, case__language="vi", granted_at__lt=until - SINCE_THEN)
    given = theirs.select_related("claim", "case__customer", "case__purchase").order_by("-granted_at", "-id").first()
    if given is None or given.claim is None:
        return
    case, now = given.case, until - timedelta(minutes=told["before"])
    said = {term: each["value"] for term, each in given.claim.facts.items() if each["standing"] != Standing.RECORDED}
    brought = Concern(
        customer=case.customer,
        body=told["says"],
        channel=ways.way_in(plan, ways.WEB),
        language=case.language,
        topic=case.topic,
        purchase=case.purchase,
        facts=plan.read(said, Standing.TOLD, now),
    )
    with clock.set_to(now):
        claim = file_claim(brought, policy=given.claim.policy)
    with clock.set_to(now + timedelta(minutes=20)):
        person = Person.objects.filter(is_active=True, level=plan.levels()[0]).order_by("pk")[0]
        prove(claim, plan.read(said, Standing.VERIFIED, now), person=person)


def _hold(told: Mapping[str, Any], plan: RunningPlan, until: datetime) -> None:
    same = {each: told[each] for each in ("name", "contact", "body")}
    wanted = Filing(
        plan=plan,
        channel=ways.way_in(plan, ways.WEB),
        language=plan.languages[0],
        submission=f"example-{told['before']}",
        **same,
    )
    with clock.set_to(until - timedelta(minutes=told["before"])):
        held.hold(wanted, (), ())
