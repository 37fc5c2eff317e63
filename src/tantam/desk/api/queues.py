"""Many cases at once, for programs: saved views, search, and one thing done with several, which can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import get_language
from ninja import Query, Schema, Status
from pydantic import AwareDatetime, Field

from tantam.desk import plans
from tantam.desk.api.errors import Invalid
from tantam.desk.api.room import Room
from tantam.desk.api.shown import CaseShort, Done, case_short
from tantam.desk.api.token import Asking
from tantam.desk.api.told import Id, PageAsked, Ref, Told, first, numbered, paged
from tantam.desk.cases import bulk, filters
from tantam.desk.cases.access import cases_for
from tantam.desk.cases.actions.do_in_bulk import do_in_bulk
from tantam.desk.cases.actions.save_view import drop_view, save_view
from tantam.desk.cases.actions.undo_bulk import undo_bulk
from tantam.desk.cases.bulk import Doing
from tantam.desk.cases.models import BulkItem, BulkRun, Case
from tantam.desk.cases.saved_views import view_for, views_for
from tantam.desk.common import clock
from tantam.desk.search.finding import Searcher, find
from tantam.desk.search.matching import Excerpt
from tantam.desk.search.narrowing import narrowed

room = Room("views, search, bulk", "read:cases", "write:cases")
router = room.router
Verb = Literal["take", "hand_over", "tag", "untag", "snooze", "wake", "note", "settle"]
SHOWN = 100


class ViewShown(Schema):
    """A filter with a name. query: as typed."""

    id: str
    name: str
    query: str
    shared: bool
    mine: bool


class ViewPage(Schema):
    """A page of views."""

    items: list[ViewShown]
    next: str


class ViewIn(Told):
    """A filter to keep. One of yours with the same name is written anew."""

    name: str = Field(min_length=1, max_length=80)
    query: str = Field(min_length=1, max_length=400)
    shared: bool = False


class SearchAsked(Told):
    """What is searched for: words, and filters as in the inbox (owner:me)."""

    q: str = Field(min_length=1, max_length=400)


class CaseFoundShown(Schema):
    """A case that was found, with what was said there."""

    case: CaseShort
    excerpt: str
    at: datetime


class ThingFound(Schema):
    """A customer (its id), a product (its number), or a clause (its address), by name."""

    target: str
    name: str
    more: str


class FoundShown(Schema):
    """What was found, the best first. more: older ones are left out."""

    exact: CaseShort | None
    cases: list[CaseFoundShown]
    customers: list[ThingFound]
    products: list[ThingFound]
    clauses: list[ThingFound]
    more: bool


class BulkIn(Told):
    """What is done with which cases. to: person:ID or level:NAME; until: null for the customer's word.

    name: of a tag; macro: the ready text that the customer is told.
    """

    verb: Verb
    cases: list[Ref] = Field(min_length=1, max_length=bulk.MOST)
    to: str = Field("", pattern=r"^(|person:[0-9]{1,18}|level:[a-z0-9_]{1,60})$")
    note: str = Field("", max_length=2000)
    name: str = Field("", max_length=40)
    body: str = Field("", max_length=20_000)
    until: AwareDatetime | None = None
    macro: Ref | None = None


class WouldShown(Schema):
    """What would come of a case. refused: the code why not, "" if it would be done; happens: codes of events."""

    case: str
    refused: str
    message: str
    happens: list[str]


class BulkItemShown(Schema):
    """What came of a case. state: todo, done, refused, undone, kept; why: the code of what refused."""

    case: str
    state: str
    why: str


class BulkShown(Schema):
    """How far it is. items: those that were refused first, at most a hundred."""

    id: str
    verb: str
    at: datetime
    undoing: bool
    todo: int
    done: int
    refused: int
    undone: int
    kept: int
    items: list[BulkItemShown]


@room.get("/views", ViewPage)
def list_views(request: Asking, asked: Query[PageAsked]) -> dict[str, Any]:
    """List the saved views that you may use. A page at a time."""
    after = numbered(asked) or 0
    rows = list(views_for(request.person).filter(pk__gt=after).order_by("pk")[: asked.limit + 1])
    shown, more = first(rows, asked.limit)
    mine = request.person.pk
    items = [
        ViewShown(id=str(each.pk), name=each.name, query=each.query, shared=each.shared, mine=each.person_id == mine)
        for each in shown
    ]
    return paged(request, items, str(shown[-1].pk) if more else "")


@room.post("/views", Done, 201)
def keep_view(request: Asking, told: ViewIn) -> Status[Done]:
    """Keep a filter under a name."""
    filter = filters.read(told.query, plans.in_force())
    return Status(201, Done(id=str(save_view(request.person, told.name, filter, shared=told.shared).pk)))


@room.take_away("/views/{view}")
def delete_view(request: Asking, view: Id) -> Status[None]:
    """Throw a view away."""
    drop_view(request.person, view_for(request.person, view))
    return Status(204, None)


@room.get("/search", FoundShown)
def search(request: Asking, asked: Query[SearchAsked]) -> FoundShown:
    """Find cases by what was said in them, customers, products, and clauses of the plan."""
    plan, person = plans.in_force(), request.person
    words, only = narrowed(asked.q, plan, person, clock.now())
    found = find(words, Searcher(person, plan, get_language() or "en", only))
    known = _known(request, [each.case.pk for each in found.cases] + ([found.exact.pk] if found.exact else []))
    return FoundShown(
        exact=case_short(known[found.exact.pk]) if found.exact else None,
        cases=[
            CaseFoundShown(case=case_short(known[each.case.pk]), excerpt=_words(each.excerpt), at=each.at)
            for each in found.cases
        ],
        more=found.more,
        **{
            kind: [ThingFound(target=str(each.target), name=_words(each.name), more=each.more) for each in things]
            for kind, things in (
                ("customers", found.customers),
                ("products", found.products),
                ("clauses", found.clauses),
            )
        },
    )


@room.post("/bulk/preview", list[WouldShown])
def preview_bulk(request: Asking, told: BulkIn) -> list[WouldShown]:
    """See what would come of it for each case. Nothing stays of it."""
    doing, cases = _doing(request, told)
    return [
        WouldShown(
            case=str(each.case.pk),
            refused=each.refused.code if each.refused else "",
            message=each.refused.sentence() if each.refused else "",
            happens=list(each.happens),
        )
        for each in bulk.preview(doing, cases, request.person)
    ]


@room.post("/bulk", BulkShown, 201)
def run_bulk(request: Asking, told: BulkIn) -> Status[BulkShown]:
    """Do it with each case. Few are done at once; of many a worker does the rest."""
    doing, cases = _doing(request, told)
    return Status(201, _run(do_in_bulk(doing, cases, request.person)))


@room.get("/bulk/{run}", BulkShown)
def read_bulk(request: Asking, run: Id) -> BulkShown:
    """Read what came of it, and how far it is."""
    return _run(bulk.run_for(request.person, run))


@room.post("/bulk/{run}/undo", BulkShown)
def undo_bulk_run(request: Asking, run: Id) -> BulkShown:
    """Take it back where that can be."""
    return _run(undo_bulk(bulk.run_for(request.person, run), request.person))


def _doing(request: Asking, told: BulkIn) -> tuple[Doing, list[Case]]:
    args = {"to": told.to, "note": told.note, "name": told.name, "body": told.body}
    args["until"] = told.until.isoformat() if told.until else ""
    args["macro"] = str(told.macro) if told.macro is not None else ""
    asked = {name: args[name] for name in bulk.asks_for(told.verb) if args[name]}
    found = cases_for(request.person).filter(pk__in=told.cases).select_related("customer", "owner")
    cases = list(found.order_by("next_due_at", "pk"))
    if len(cases) < len(set(told.cases)):
        raise Invalid("cases", "There is no such case among them, or you may not see it.")
    return Doing(told.verb, asked), cases


def _known(request: Asking, ids: list[int]) -> dict[int, Case]:
    return cases_for(request.person).select_related("customer", "owner").in_bulk(ids)


def _words(excerpt: Excerpt) -> str:
    return "".join(words for words, _ in excerpt)


def _run(run: BulkRun) -> BulkShown:
    stands = bulk.progress(run)
    failed = (BulkItem.State.REFUSED, BulkItem.State.KEPT)
    refused = list(run.items.filter(state__in=failed).order_by("pk")[:SHOWN])
    others = list(run.items.exclude(state__in=failed).order_by("pk")[: SHOWN - len(refused)])
    return BulkShown(
        id=str(run.pk),
        verb=run.verb,
        at=run.at,
        items=[BulkItemShown(case=str(each.case_id), state=each.state, why=each.why) for each in refused + others],
        **{name: getattr(stands, name) for name in ("undoing", "todo", "done", "refused", "undone", "kept")},
    )
