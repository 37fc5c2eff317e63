"""What the example's people are on duty for: teams, languages, topics; one is away, and another stands in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.duty.actions import Away, be_away
from tantam.desk.duty.models import Presence, Why
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.duty import day

# By the box of their mail address: team, languages, topics. What the plan in force does not have is left out.
POSTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "agent": ("care", ("vi", "en"), ()),
    "specialist": ("care", ("vi", "en"), ("faulty", "repair", "return_goods")),
    "manager": ("care", (), ()),
    "nam": ("evening", ("vi",), ()),
    "linh": ("care", ("vi", "en"), ("delivery", "order_change", "price_drop")),
    "bao": ("counter", ("vi",), ()),
    "tram": ("evening", ("vi", "en"), ()),
    "katrin": ("care", ("de", "en"), ()),
    "phuoc": ("evening", ("vi", "en"), ("faulty", "repair")),
}
MOST_CASES = 25
AWAY, DEPUTY = "linh", "agent"


def take_posts(people: Sequence[Person], plan: RunningPlan) -> None:
    """Give everybody their team, languages and topics, as far as the plan has them."""
    by_box = {each.email.partition("@")[0]: each for each in people}
    topic = plan.plan.terms.get("topic")
    for box, (team, languages, topics) in POSTS.items():
        person = by_box.get(box)
        if person is None:
            continue
        person.team = team if team in plan.plan.teams else ""
        person.languages = [each for each in languages if each in plan.languages]
        person.skills = [each for each in topics if topic and each in topic.values]
        person.most_cases = MOST_CASES
    Person.objects.bulk_update(people, ["team", "languages", "skills", "most_cases"])


def go_away(people: Sequence[Person], plan: RunningPlan, until: datetime) -> None:
    """Let one be away since two days before `until` and for five days more, another stand in, and some be here."""
    by_box = {each.email.partition("@")[0]: each for each in people}
    absent, deputy = by_box[AWAY], by_box[DEPUTY]
    first, last = until - timedelta(days=2), until + timedelta(days=5)
    with transaction.atomic(), clock.set_to(until - timedelta(days=9)):
        away = Away(day(plan, first.date())[0], day(plan, last.date())[1], Why.LEAVE, deputy)
        be_away(absent, absent, away)
        away = Away(until + timedelta(days=12), until + timedelta(days=14), Why.TRAINING, by_box["phuoc"])
        be_away(by_box["specialist"], by_box["manager"], away)
    here = {"agent": "here", "specialist": "busy", "katrin": "here", "bao": "here"}
    seen = until - timedelta(minutes=2)
    Presence.objects.bulk_create(Presence(person=by_box[box], state=state, seen_at=seen) for box, state in here.items())
