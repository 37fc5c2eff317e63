"""Cases for programs: filed as a customer files them, listed, and read with all that stands in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from ninja import Query, Schema, Status
from pydantic import Field

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.api import scopes
from tantam.desk.api.errors import Invalid
from tantam.desk.api.room import Room
from tantam.desk.api.schemas import AnswerOut, CaseIn, CaseOut, PromiseOut
from tantam.desk.api.shown import CasePage, CaseShort, Name, PromiseShown, case_short, name_of, promise_shown
from tantam.desk.api.token import Asking, anybody
from tantam.desk.api.told import CaseRef, PageAsked, case_mark, first, know, numbered, paged, place
from tantam.desk.cases import filters, inbox
from tantam.desk.cases.access import all_seen, case_for, cases_for
from tantam.desk.cases.inbox import Listing
from tantam.desk.cases.ledger import chips
from tantam.desk.cases.links import private_link
from tantam.desk.cases.models import Attachment, Case, CaseEvent, Message
from tantam.desk.cases.notes import read_by
from tantam.desk.claims import filing
from tantam.desk.common import clock, rate
from tantam.desk.customers import contacts
from tantam.desk.customers.consent import Word
from tantam.desk.plans import RunningPlan, Standing, UnknownName, ways
from tantam.desk.plans.answers import shown
from tantam.desk.plans.topics import topics

FILED = rate.Rate("api", 20 * settings.FILED_PER_HOUR)
Listed = Literal["open", "waiting", "asleep", "done"]

reading = Room("cases", "read:cases", "write:cases")
filed = Room("cases", "read:cases", scopes.FILE_CASES, who=anybody, router=reading.router)
router = reading.router


class CasesAsked(PageAsked):
    """Which cases. view, q: as in the inbox; stands: which lists, in order; none is those that the view shows."""

    view: Literal["mine", "level", "all", "team", "watched", "mentions", "snoozed"] = "all"
    q: str = Field("", max_length=400, description="A filter as typed in the inbox: group:elderly promise:<2h.")
    stands: list[Listed] = Field(default_factory=list, max_length=4)


class FileShown(Schema):
    """A file. refused: the code why it was not kept, "" for one that was; then it can be fetched."""

    id: str
    name: str
    bytes: int
    refused: str


class MessageShown(Schema):
    """What was said. direction: incoming, outgoing, or note, which customers never see."""

    id: str
    direction: str
    author: Name | None
    channel: str
    body: str
    written_at: datetime
    delivered_at: datetime | None
    files: list[FileShown]


class MessagePage(Schema):
    """A page of messages, the newest first."""

    items: list[MessageShown]
    next: str


class EventShown(Schema):
    """What happened. code: stable; args: codes, ids, numbers, instants."""

    id: str
    at: datetime
    code: str
    args: dict[str, Any]
    actor: str
    person: str | None
    clause: str


class EventPage(Schema):
    """A page of events, the newest first."""

    items: list[EventShown]
    next: str


class PinShown(Schema):
    """A highlight, or a question; learned: the answer that settled it."""

    id: str
    kind: str
    words: str
    settled_at: datetime | None
    learned: str


class LinkShown(Schema):
    """Another case that has to do with this one."""

    id: str
    kind: str
    case: str
    reference: str


class TagShown(Schema):
    """A word that colleagues put on cases."""

    id: str
    name: str


class CaseFull(CaseShort):
    """A case with what stands in it, but for what was said. fields: the plan's terms that colleagues filled in."""

    plan_version: str
    fields: dict[str, Any]
    promises: list[PromiseShown]
    pins: list[PinShown]
    tags: list[TagShown]
    links: list[LinkShown]
    watchers: list[Name]
    joined: list[str]


@filed.post("/cases", CaseOut, 201)
def open_case(request: Asking, told: CaseIn) -> Status[CaseOut]:
    """File a case as a customer does. Return its private link, what is promised, and the policy's answer if asked."""
    plan = plans.in_force()
    language = _language(plan, told)
    with translation.override(language):
        wanted = _filing(plan, told, language)
        with rate.counted((FILED, request.caller.key)):
            case = filing.file(wanted)
        return Status(201, _out(case, wanted.policy))


@reading.get("/cases", CasePage)
def list_cases(request: Asking, asked: Query[CasesAsked]) -> dict[str, Any]:
    """List the cases you may see, in the order in which something is owed. A page at a time."""
    now, plan = clock.now(), plans.in_force()
    listing = Listing(asked.view, filters.read(asked.q, plan), after=place(asked))
    queues = tuple(dict.fromkeys(asked.stands)) or inbox.queues_of(listing)
    found = inbox.listed(request.person, listing, now, queues=queues, limit=asked.limit)
    return paged(request, [case_short(each) for each in found.cases], found.after)


@reading.known("/cases/{case}", CaseFull)
def read_case(request: Asking, case: CaseRef) -> CaseFull:
    """Read a case with its promises, pins, tags, links and watchers. Its ETag changes with its history."""
    found = case_for(request.person, case)
    know(request, case_mark(found))
    return case_full(found, request.person)


@reading.get("/cases/{case}/messages", MessagePage)
def list_messages(request: Asking, case: CaseRef, asked: Query[PageAsked]) -> dict[str, Any]:
    """List what was said in a case, the newest first. A page at a time."""
    found, before = case_for(request.person, case), numbered(asked)
    said = found.messages.filter(read_by(request.person)).select_related("author").order_by("-id")
    said = said.prefetch_related("attachments__blob")
    rows, more = first(list((said.filter(pk__lt=before) if before else said)[: asked.limit + 1]), asked.limit)
    return paged(request, [_message(each) for each in rows], str(rows[-1].pk) if more else "")


@reading.get("/cases/{case}/events", EventPage)
def list_events(request: Asking, case: CaseRef, asked: Query[PageAsked]) -> dict[str, Any]:
    """List what happened in a case, the newest first. A page at a time."""
    found, before = case_for(request.person, case), numbered(asked)
    happened = found.events.order_by("-id")
    rows, more = first(list((happened.filter(pk__lt=before) if before else happened)[: asked.limit + 1]), asked.limit)
    return paged(request, [_event(each) for each in rows], str(rows[-1].pk) if more else "")


def case_full(case: Case, person: Person) -> CaseFull:
    """Return the whole of a case; of other cases, those that the person sees."""
    links = [(each, each.other) for each in case.links.select_related("other")]
    links += [(each, each.case) for each in case.linked_from.select_related("case")]
    seen = _seen(person, {other.pk for _, other in links})
    return CaseFull(
        **case_short(case).dict(),
        plan_version=str(plans.version(case.plan_version_id).version),
        fields=case.fields,
        promises=[promise_shown(each) for each in case.promises.order_by("id")],
        pins=[
            PinShown(
                id=str(each.pk), kind=each.kind, words=each.words, settled_at=each.settled_at, learned=each.learned
            )
            for each in case.pins.order_by("id")
        ],
        tags=[TagShown(id=str(each.tag_id), name=each.tag.name) for each in case.tags.select_related("tag")],
        links=[
            LinkShown(id=str(link.pk), kind=link.kind, case=str(other.pk), reference=other.reference)
            for link, other in links
            if other.pk in seen
        ],
        watchers=[
            Name(id=str(each.person_id), name=each.person.name) for each in case.watchers.select_related("person")
        ],
        joined=[str(each.pk) for each in all_seen(person, case) if each.merged_into_id == case.pk],
    )


def _seen(person: Person, cases: set[int]) -> set[int]:
    """Return the ids of those cases that the person may see."""
    return set(cases_for(person).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()


def file_shown(each: Attachment) -> FileShown:
    """Return a file with its blob at hand."""
    return FileShown(id=str(each.pk), name=each.name, bytes=each.blob.bytes if each.blob else 0, refused=each.refused)


def _message(message: Message) -> MessageShown:
    return MessageShown(
        id=str(message.pk),
        author=name_of(message.author),
        files=[file_shown(each) for each in message.attachments.all()],
        **{each: getattr(message, each) for each in ("direction", "channel", "body", "written_at", "delivered_at")},
    )


def _event(event: CaseEvent) -> EventShown:
    return EventShown(
        id=str(event.pk),
        at=event.at,
        code=event.code,
        args=event.args,
        actor=event.actor,
        person=str(event.person_id) if event.person_id else None,
        clause=event.clause,
    )


def _language(plan: RunningPlan, told: CaseIn) -> str:
    if told.language and told.language not in plan.languages:
        raise Invalid("language", f"The company speaks {', '.join(plan.languages)}.")
    return told.language or plan.languages[0]


def _filing(plan: RunningPlan, told: CaseIn, language: str) -> filing.Filing:
    if contacts.normal(told.contact, plan.country) is None:
        raise Invalid("contact", "Give a mail address or a telephone number.")
    if told.policy and told.policy not in plan.policies():
        raise UnknownName("policy", told.policy, plan.policies())
    number = told.purchase_number
    names = [each.name for each in topics(plan, language) if each.name]
    if told.topic and told.topic not in names:
        raise UnknownName("topic", told.topic, names)
    return filing.Filing(
        plan=plan,
        name=told.name,
        contact=told.contact,
        subject=told.subject,
        body=told.body,
        channel=ways.way_in(plan, ways.PROGRAM),
        language=language,
        topic=told.topic,
        policy=told.policy,
        number=number,
        purchase=contacts.proved(number, told.contact, plan.country) if number else None,
        facts=plan.read(told.facts, Standing.TOLD),
        address=told.address,
        agreed=tuple(Word(each.purpose.value, each.channel, "form", each.note) for each in told.agreed),
    )


def _out(case: Case, policy: str) -> CaseOut:
    """Return the case as its customer is told of it. policy: that was asked, "" for none: then there is no answer."""
    return CaseOut(
        reference=case.reference,
        link=private_link(case),
        files=settings.BASE_URL + reverse("api:add_filed_files", args=[case.link_key]),
        language=case.language,
        proved=case.purchase_id is not None,
        promises=[
            PromiseOut(
                kind=each.kind,
                due=each.due_at,
                state=each.state,
                because=plans.version(each.plan_number).because(each.because, case.language),
                clause=each.clause,
            )
            for each in chips(case, clock.now())
        ],
        answer=_answer(case) if policy else None,
    )


def _answer(case: Case) -> AnswerOut | None:
    claim = case.claims.order_by("-id").first()
    if claim is None or not claim.answer:
        return None
    words = shown(claim.answer, case.language, plan=plans.version(claim.plan_version_id))
    return AnswerOut.of(words)
