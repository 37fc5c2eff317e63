"""The kinds of things that happen between a customer and us, as the rooms below the pages know them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tantam.desk.calls.models import Call
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.models import Case
from tantam.desk.chats.models import Visitor
from tantam.desk.claims.models import Claim, Entry
from tantam.desk.common import clock
from tantam.desk.common.spoken import money
from tantam.desk.customers.models import Consent, Contract, Purchase
from tantam.desk.customers.terms import KINDS
from tantam.desk.feedback.models import Rating
from tantam.desk.followups.models import FollowUp
from tantam.desk.plans import follow_ups
from tantam.desk.web import case_words
from tantam.desk.web.customer_page import CHANGES
from tantam.desk.web.happenings import Asked, Moment, happens

MOST_CONTRACTS = 200  # of one customer; their days are no instants, so all are looked at


@happens("bought", gettext_lazy("Purchases"), "box")
def _bought(asked: Asked) -> Iterable[Moment]:
    for each in asked.newest(_purchases(asked), "ordered_at"):
        name = each.product.name(asked.lang)
        yield Moment(each.ordered_at, each.pk, _("Bought: %(what)s") % {"what": name}, _price(each), _things(asked))


@happens("delivered", gettext_lazy("Deliveries"), "arrow")
def _delivered(asked: Asked) -> Iterable[Moment]:
    now = clock.now()
    for each in asked.newest(_purchases(asked).filter(handed_over_at__lte=now), "handed_over_at"):
        name = each.product.name(asked.lang)
        words = _("Handed over: %(what)s") % {"what": name}
        yield Moment(each.handed_over_at, each.pk, words, each.number, _things(asked))


@happens("contract", gettext_lazy("Contracts"), "link")
def _contracts(asked: Asked) -> Iterable[Moment]:
    zone, now = ZoneInfo(asked.plan.timezone), clock.now()
    for each in Contract.objects.filter(customer=asked.customer).order_by("-begins", "-pk")[:MOST_CONTRACTS]:
        begins = datetime.combine(each.begins, time(), zone).astimezone(UTC)
        if begins <= now:
            words = _("A contract began: %(what)s") % {"what": str(KINDS.get(each.kind, each.kind))}
            yield Moment(begins, each.pk, words, each.number, reverse("web:contract", args=[each.pk]))


@happens("opened", gettext_lazy("Cases that came in"), "inbox")
def _opened(asked: Asked) -> Iterable[Moment]:
    counted = _cases(asked).annotate(said=Count("messages"))
    for each in asked.newest(counted, "opened_at"):
        said = ngettext("%(n)s message", "%(n)s messages", each.said) % {"n": each.said}
        words = _("Asked: %(subject)s") % {"subject": each.subject}
        more = f"{each.reference} · {case_words.channel(each.channel)} · {said}"
        yield Moment(each.opened_at, each.pk, words, more, _href(each.pk))


@happens("settled", gettext_lazy("Cases that were settled"), "check")
def _settled(asked: Asked) -> Iterable[Moment]:
    for each in asked.newest(_cases(asked), "resolved_at"):
        words = _("Settled: %(subject)s") % {"subject": each.subject}
        yield Moment(each.resolved_at, each.pk, words, each.reference, _href(each.pk))


@happens("rated", gettext_lazy("Ratings"), "heart")
def _rated(asked: Asked) -> Iterable[Moment]:
    rows = Rating.objects.filter(case__in=_cases(asked), score__isnull=False).select_related("case")
    for each in asked.newest(rows, "rated_at"):
        words = _("Rated us: %(score)s of %(high)s") % {"score": each.score, "high": each.high}
        yield Moment(each.rated_at, each.pk, words, each.words or each.case.subject, _href(each.case_id))


@happens("called", gettext_lazy("Calls"), "phone")
def _called(asked: Asked) -> Iterable[Moment]:
    for each in asked.newest(Call.objects.filter(case__in=_cases(asked)).select_related("person"), "at"):
        words = _("They called") if each.direction == Call.Direction.INCOMING else _("We called them")
        who = each.person.name if each.person else ("" if each.answered_at else _("not answered"))
        yield Moment(each.at, each.pk, words, who, _href(each.case_id))


@happens("chatted", gettext_lazy("Chats"), "chat")
def _chatted(asked: Asked) -> Iterable[Moment]:
    rows = Visitor.objects.filter(case__in=_cases(asked)).select_related("case")
    for each in asked.newest(rows, "started_at"):
        yield Moment(each.started_at, each.pk, _("Wrote in the chat"), each.case.subject, _href(each.case_id))


@happens("followed_up", gettext_lazy("Follow-ups"), "bell")
def _followed_up(asked: Asked) -> Iterable[Moment]:
    rows = FollowUp.objects.filter(customer=asked.customer)
    for each in asked.newest(rows, "done_at"):
        what = follow_ups.said(asked.plan, each.row, asked.lang) or case_words.plain(each.row)
        href = _href(each.case_id) if each.case_id else reverse("web:follow_ups")
        came = each.get_result_display() if each.result else each.get_state_display()
        yield Moment(each.done_at, each.pk, _("Follow-up: %(what)s") % {"what": what}, str(came), href)


@happens("claimed", gettext_lazy("Claims"), "ask")
def _claimed(asked: Asked) -> Iterable[Moment]:
    for each in asked.newest(Claim.objects.filter(case__in=_cases(asked)), "decided_at"):
        words = _("Claimed: %(policy)s") % {"policy": asked.plan.policy_label(each.policy, asked.lang)}
        yield Moment(each.decided_at, each.pk, words, each.get_state_display(), _href(each.case_id))


@happens("money", gettext_lazy("Money"), "chart")
def _paid(asked: Asked) -> Iterable[Moment]:
    rows = Entry.objects.filter(customer=asked.customer, account=Entry.Account.OWED, grant__case__in=_cases(asked))
    for each in asked.newest(rows.select_related("grant"), "at"):
        words = f"{each.get_booking_display()}: {money(abs(each.minor), each.currency)}"
        policy = asked.plan.policy_label(each.policy, asked.lang)
        yield Moment(each.at, each.pk, words, policy, _href(each.grant.case_id))


@happens("agreed", gettext_lazy("Words about consent"), "flag")
def _agreed(asked: Asked) -> Iterable[Moment]:
    for each in asked.newest(Consent.objects.filter(customer=asked.customer), "at"):
        what = {"purpose": each.get_purpose_display()}
        words = _("Agreed: %(purpose)s") % what if each.given else _("Said no: %(purpose)s") % what
        yield Moment(each.at, each.pk, words, each.note, _of_customer(asked, "agreed"))


@happens("changed", gettext_lazy("Changes, takings-in and mergings"), "pen")
def _changed(asked: Asked) -> Iterable[Moment]:
    for each in asked.newest(asked.customer.changes.select_related("by"), "at"):
        who = each.by.name if each.by else ""
        yield Moment(each.at, each.pk, str(CHANGES.get(each.code, each.code)), who, _of_customer(asked, "main"))


def _purchases(asked: Asked) -> QuerySet[Purchase]:
    return Purchase.objects.filter(customer=asked.customer).select_related("product")


def _cases(asked: Asked) -> QuerySet[Case]:
    return cases_for(asked.person).filter(customer=asked.customer)


def _price(purchase: Purchase) -> str:
    return f"{purchase.number} · {money(purchase.price_minor, purchase.currency)}"


def _href(case: int) -> str:
    return reverse("web:case", args=[case])


def _things(asked: Asked) -> str:
    return _of_customer(asked, "purchases")


def _of_customer(asked: Asked, part: str) -> str:
    return f"{reverse('web:customer', args=[asked.customer.pk])}#{part}"
