"""What became of the example's enquiries: quotes that stand, were accepted, declined, and why others did not buy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import open_case
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Case
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.customers.models import Contact, Customer, Product
from tantam.desk.demo.catalogue import wares
from tantam.desk.plans import RunningPlan, sales
from tantam.desk.sales.actions import accept_quote, decline_quote, lose, quote, win
from tantam.desk.sales.models import Enquiry
from tantam.desk.sales.quoting import Line, Offer

SEED = 20260503
FEWEST = 200  # cases: a smaller year is one that somebody counts
LOOKED_BACK = timedelta(days=95)
ENDED, WON = 0.7, 0.45  # the share of settled enquiries of which it is known, and of these the share won
ASKED, QUOTED, ANSWERED = timedelta(hours=5), timedelta(hours=4, minutes=40), timedelta(minutes=40)  # ago
WISHES = (
    ("vi", "Cho tôi xin báo giá máy giặt cho nhà trọ 6 phòng, có giao và lắp."),
    ("de", "Bitte machen Sie mir ein Angebot für zwei Geräte, mit Lieferung."),
    ("en", "Could you quote me for five of these, delivered to our office?"),
    ("vi", "Quán tôi cần thêm mấy máy, cửa hàng báo giá giúp tôi nhé."),
)
DELIVERY = 150_000
PIECES = (1, 2, 5)


def make_quotes(people: Sequence[Person], plan: RunningPlan, until: datetime) -> None:
    """Let the last months' enquiries end, and quote those of today; everything before `until`."""
    if Case.objects.count() < FEWEST:
        return
    found = Enquiry.objects.filter(state=Enquiry.State.OPEN).select_related("case__owner")
    asked = list(found.order_by("asked_at", "case__subject"))
    settled = [each for each in asked if each.case.resolved_at and each.asked_at > until - LOOKED_BACK]
    with transaction.atomic():
        _end(settled, plan, until)
        _quote(_asked(until), next(each for each in people if each.level), plan, until)


def _end(asked: Sequence[Enquiry], plan: RunningPlan, until: datetime) -> None:
    """Note of settled enquiries what became of them, within two days."""
    dice, reasons = Random(SEED), sales.lost_because(plan)
    for each in asked:
        known, won, reason = dice.random() < ENDED, dice.random() < WON, dice.choice(reasons)
        at = each.case.resolved_at + timedelta(hours=dice.uniform(1, 40))
        if not known or at >= until or each.case.owner is None:
            continue
        with clock.set_to(at), suppress(Refused), transaction.atomic():
            if won:
                win(each.case, each.case.owner)
            else:
                lose(each.case, each.case.owner, reason)


def _asked(until: datetime) -> list[Case]:
    """Return the cases of customers who asked for a quote some hours ago, each in their language."""
    cases: list[Case] = []
    for place, (lang, words) in enumerate(WISHES):
        known = Customer.objects.filter(
            language=lang, internal=False, merged_into=None, contacts__kind=Contact.Kind.MAIL
        )
        who = known.distinct().order_by("since", "name")[place : place + 1]
        for each in who:
            with clock.set_to(until - ASKED + timedelta(minutes=7 * place)):
                cases.append(
                    open_case(Concern(customer=each, body=words, channel="web", language=lang, topic="advice"))
                )
    return cases


def _quote(cases: Sequence[Case], by: Person, plan: RunningPlan, until: datetime) -> None:
    """Quote them within the half-hour; the first was accepted since, the second declined, the others stand."""
    dice = Random(SEED)
    for place, case in enumerate(cases):
        with clock.set_to(until - QUOTED + timedelta(minutes=7 * place)):
            made = quote(case, by, _offer(dice, plan, case.language))
        with clock.set_to(until - ANSWERED):
            if place == 0:
                accept_quote(made)
            elif place == 1:
                decline_quote(made, sales.lost_because(plan)[0])


def _offer(dice: Random, plan: RunningPlan, lang: str) -> Offer:
    ware = dice.choice(wares())
    words = {"vi": "Giao và lắp đặt", "de": "Lieferung und Montage"}.get(lang, "Delivery and installation")
    product = Product.objects.get(sku=ware.sku)
    lines = (
        Line(product.name(lang), dice.choice(PIECES), Money(ware.price, plan.currency), product),
        Line(words, 1, Money(DELIVERY, plan.currency)),
    )
    return Offer(lines)
