"""One page a choice: only what is unknown is asked, then the concern is filed and answered on its private page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.models import Case
from tantam.desk.cases.opening import opened_before
from tantam.desk.cases.said import MOST_CHARACTERS, first_of
from tantam.desk.claims import filing
from tantam.desk.common.errors import Refused
from tantam.desk.customers import address, contacts
from tantam.desk.plans import Fact, RunningPlan, helping, ways
from tantam.desk.plans.topics import Topic
from tantam.desk.portal import guard, held, photos, sent
from tantam.desk.portal.choices import Choice, choice, topics_for
from tantam.desk.portal.forms import Asks, ConcernForm, FirstForm, PlainForm
from tantam.desk.portal.pages import language_of, page, with_plan
from tantam.desk.portal.photos import Photos
from tantam.desk.portal.questions import facts_from, questions_of, said_in_words
from tantam.desk.portal.rests import rests_on
from tantam.desk.portal.ticket import Ticket, read_ticket


@dataclass(frozen=True)
class Visit:
    """One request for help: the plan in force, the choice, the files that came with it, the page's language."""

    request: HttpRequest
    plan: RunningPlan
    choice: Choice
    brought: Photos = field(default_factory=Photos)

    @cached_property
    def lang(self) -> str:
        return language_of(self.request, self.plan)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        return topics_for(self.choice, self.plan, self.lang)

    @property
    def words(self) -> str:
        """What somebody looked for before they came here, so that they need not write it again."""
        return (self.request.POST.get("body", "") or self.request.GET.get("body", ""))[:MOST_CHARACTERS]

    @property
    def has_first_step(self) -> bool:
        """Whether something must be known before the questions can be asked."""
        claims = any(each.policy for each in self.topics)
        return self.choice.asks_number or (claims and len(self.topics) > 1)

    def topic(self, name: str) -> Topic:
        """Return the topic with this name (or policy), else the only one there is, else none in particular."""
        named = (each for each in self.topics if (each.name or each.policy) == name)
        return next(named, self.topics[0] if len(self.topics) == 1 else Topic("", ""))

    def ticket(self) -> Ticket:
        """Return what the first step found out; without a topic where the plan in force has another by now."""
        found = read_ticket(self.request.POST.get("ticket", ""))
        known = {(each.name, each.policy) for each in self.topics} | {("", "")}
        return found if (found.topic, found.policy) in known else replace(found, topic="", policy="")


@csrf_exempt  # whoever checks it reads the request; first it is said which files that may hold, then checked
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def help_with(request: HttpRequest, plan: RunningPlan, code: str) -> HttpResponse:
    """Show the form of a choice, its second step, or take it in."""
    photos.receive(request)
    return csrf_protect(_help_with)(request, plan, code)


def _help_with(request: HttpRequest, plan: RunningPlan, code: str) -> HttpResponse:
    visit = Visit(request, plan, choice(code, plan))
    match request.POST.get("step", ""):
        case "first" if visit.has_first_step:
            return _first(visit)
        case "concern":
            return _concern(visit)
    if visit.has_first_step:
        return _shown(visit, "portal/first.html", _first_form(visit, None), {})
    topic = visit.topic("")
    return _ask(visit, Ticket(topic=topic.name, policy=topic.policy))


def _first(visit: Visit) -> HttpResponse:
    """Answer the first step: whatever was proved, the second follows; that a number exists is never told."""
    form = _first_form(visit, visit.request.POST)
    if not form.is_valid():
        return _shown(visit, "portal/first.html", form, {}, status=422)
    got = form.cleaned_data
    topic = visit.topic(got.get("topic", ""))
    number, contact = got.get("number", "").strip(), got.get("contact", "")
    purchase = None
    if number:
        try:
            guard.count_proof(visit.request, contact)
        except Refused as refused:
            form.add_error(None, refused.sentence())
            return _shown(visit, "portal/first.html", form, {}, status=429)
        purchase = contacts.proved(number, contact)
    return _ask(visit, Ticket(topic.name, topic.policy, number, contact, purchase and purchase.pk))


def _ask(visit: Visit, ticket: Ticket) -> HttpResponse:
    """Show the second step, empty."""
    return _second(visit, ticket, _concern_form(visit, ticket, None), guard.seal_for(visit.request))


def _concern(visit: Visit) -> HttpResponse:
    """File what was written; anything that stops it shows the form again with every word in it."""
    submission = sent.submission_of(visit.request)
    visit = replace(visit, brought=photos.of(visit.request))
    if before := opened_before(submission=submission):
        return _filed(visit, before, submission)
    if waiting := held.before(submission):
        return _held(visit, waiting, submission)
    ticket = visit.ticket()
    form = _concern_form(visit, ticket, visit.request.POST)
    told = _told(visit, form)
    if form.is_valid() and (stop := guard.stopped(visit.request)):
        form.add_error(None, str(guard.SAID[stop]))
    if not form.is_valid() or visit.brought.refused:
        return _second(visit, ticket, form, guard.seal_for(visit.request, submission), status=422)
    try:
        with guard.filed(visit.request, form.cleaned_data.get("contact", "") or ticket.contact):
            wanted = _filing(visit, ticket, form, told, submission)
            if waiting := held.hold(wanted, visit.brought.kept, guard.signs(visit.request)):
                return _held(visit, waiting, submission)
            return _filed(visit, filing.file(wanted), submission)
    except (Refused, OperationalError) as stopped:
        status, words = guard.why_not(stopped)
    form.add_error(None, words)
    return _second(visit, ticket, form, guard.seal_for(visit.request, submission), status=status)


def _filed(visit: Visit, case: Case, submission: str) -> HttpResponse:
    """Keep what came with the words of a case; lead to it."""
    if visit.brought.kept and (first := first_of(case)):
        photos.keep(first, visit.brought)
    return sent.remember(redirect("portal:case", case.link_key), visit.request, submission)


def _held(visit: Visit, waiting: Arrival, submission: str) -> HttpResponse:
    """Lead to the page that says that somebody looks at it first."""
    there = redirect("portal:received", held.key_of(waiting))
    return sent.remember(there, visit.request, submission)


def _told(visit: Visit, form: PlainForm) -> dict[str, Fact]:
    """Return the facts of what was answered; what a term does not admit becomes an error of its field."""
    if not form.is_valid():
        return {}
    told, refused = facts_from(visit.plan, form.cleaned_data)
    for name in refused:
        form.add_error(name, _("This does not fit here. Look at it again, or leave it empty."))
    return told


def _filing(visit: Visit, ticket: Ticket, form: PlainForm, told: Mapping[str, Fact], submission: str) -> filing.Filing:
    got = form.cleaned_data
    topic = visit.topic(ticket.topic or ticket.policy or got.get("topic", ""))
    return filing.Filing(
        plan=visit.plan,
        name=got.get("name", ""),
        address=got.get("address", ""),
        contact=got.get("contact", "") or ticket.contact,
        subject="" if got["body"].strip() else _subject(visit, topic, ticket),
        body=got["body"].strip() or said_in_words(form) or topic.label,
        channel=ways.way_in(visit.plan, ways.WEB),
        language=visit.lang,
        topic=topic.name,
        policy=ticket.policy,
        number=ticket.number,
        purchase=ticket.purchase,
        facts=told,
        submission=submission,
    )


def _subject(visit: Visit, topic: Topic, ticket: Ticket) -> str:
    """Return what a concern without words is called: its topic, and the product if it is known."""
    product = ticket.purchase.product.name(visit.lang) if ticket.purchase else ""
    return ": ".join(each for each in (topic.label, product) if each)


def _first_form(visit: Visit, data: Any) -> FirstForm:
    return FirstForm(
        data,
        topics=visit.topics,
        country=visit.plan.country,
        asks_number=visit.choice.asks_number,
        initial={"topic": visit.request.GET.get("topic", "")},
    )


def _concern_form(visit: Visit, ticket: Ticket, data: Any) -> ConcernForm:
    still_open = not (ticket.topic or ticket.policy) and len(visit.topics) > 1
    asks = Asks(
        words_label=visit.choice.words_label,
        needs_words=visit.choice.needs_words,
        language=visit.lang,
        topics=visit.topics if still_open else (),
        questions=questions_of(visit.plan, ticket, visit.lang),
    )
    return ConcernForm(
        data,
        asks=asks,
        country=visit.plan.country,
        known=ticket.purchase is not None,
        initial={"contact": ticket.contact, "body": visit.words},
    )


def _second(visit: Visit, ticket: Ticket, form: PlainForm, seal: guard.Seal, *, status: int = 200) -> HttpResponse:
    purchase = ticket.purchase
    topic = visit.topic(ticket.topic or ticket.policy)
    context = {
        "ticket": ticket.signed(),
        "seal": seal,
        "trap": guard.TRAP,
        "topic": topic,
        "declined": topic.declined and visit.plan.text(topic.declined, visit.lang),
        "instead": helping.instead(visit.plan, topic.name, visit.lang) if topic.declined else (),
        "first_aid": helping.first_aid(visit.plan, topic.name, visit.lang),
        "purchase": purchase,
        "product": purchase and purchase.product.name(visit.lang),
        "called": purchase and address.called(purchase.customer, visit.lang),
        "photos": visit.brought,
        "proofs": [str(each.label) for each in form.fields.values() if getattr(each, "proof", "") == "photo"],
        "rests": rests_on(visit.plan, topic, visit.lang),
        "unproved": bool(ticket.number) and purchase is None,
    }
    return _shown(visit, "portal/concern.html", form, context, status=status)


def _shown(
    visit: Visit, template: str, form: PlainForm, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    around = {"choice": visit.choice, "form": form, "two_steps": visit.has_first_step, "words": visit.words}
    return page(visit.request, template, visit.plan, around | dict(context), status=status)
