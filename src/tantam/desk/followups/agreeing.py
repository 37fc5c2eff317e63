"""Whether a customer may be written to or called of our own accord: only who agreed, and never in their quiet hours."""

from __future__ import annotations

from datetime import datetime

from tantam.desk.cases.quiet import hours_there
from tantam.desk.customers.consent import latest_word
from tantam.desk.customers.contacts import mail_of
from tantam.desk.customers.models import Contact, Customer, Purpose
from tantam.desk.customers.zones import known_zone
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans import RunningPlan, quiet, ways

Reason = FollowUp.Reason
OFFERS = ("quoted", "contract_year", "contract_ends", "contract_over", "lost", "silent", "birthday")


def purpose_of(event: str) -> Purpose:
    """Return what it is for: after some events it is an offer, after all others a question about our service."""
    return Purpose.MARKETING if event in OFFERS else Purpose.SURVEY


def way_of(found: FollowUp, plan: RunningPlan, *, in_person: bool) -> str:
    """Return the plan's channel by which it is done."""
    return ways.way_in(plan, ways.PHONE if in_person else ways.MAIL)


def why_not(found: FollowUp, plan: RunningPlan, *, in_person: bool) -> Reason | None:
    """Return why it is not done, None where nothing hinders it. Their latest word counts; without one it is no."""
    customer = found.customer
    word = latest_word(customer.consents.all(), purpose_of(found.event), way_of(found, plan, in_person=in_person))
    if word is None:
        return Reason.NEVER_AGREED
    if not word.given:
        return Reason.SAID_NO
    reached = number_of(customer) if in_person else mail_of(customer)
    return None if reached else Reason.NO_ADDRESS


def number_of(customer: Customer) -> str:
    """Return the number that we call, the preferred one first; "" if there is none."""
    phones = customer.contacts.filter(kind=Contact.Kind.PHONE).order_by("-preferred", "id")
    return phones.values_list("value", flat=True).first() or ""


def quiet_until(customer: Customer, plan: RunningPlan, now: datetime) -> datetime | None:
    """Return until when the quiet hours keep it, by the clocks where they live; None outside of them."""
    if not quiet.has_any(plan):
        return None
    kept = hours_there(plan, known_zone(customer), now)
    return kept.until if kept else None
