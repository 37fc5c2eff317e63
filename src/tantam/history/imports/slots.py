"""The cells that a mapping asks of every row, each with how it is read; in the order in which they are staged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tantam.history.imports import cells
from tantam.history.imports.cells import Read
from tantam.history.imports.form import Given, Mapping, Sign
from tantam.history.imports.instants import Instants
from tantam.plan.sections import Plan
from tantam.plan.sections.typed_terms import STAGES

EVENTS = ("opened", "replied", "asked", "resolved", "reopened", "handed_over", "escalated", "renewed", "lapsed")
HEAD = (
    *("reference", "customer", "person", "owner", "level", "channel"),
    *("topic", "stage", "severity", "language", "groups", "purchase"),
)
OF_THE_HEAD = ("channel", "group", "level", "severity", "stage")  # terms that the head says
TOLD_BY_THE_HEAD = {"case.topic": "topic", "case.channel": "channel", "case.language": "language"}
OF_A_SALE = ("purchase.handed_over", "purchase.price", "purchase.number", "product.sku")
NOT_ASKED = ("case.stage", "case.severity", "case.level", "case.opened", "case.reopened", "case.broken_promises")


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a row. name: `head.owner`, `facts.impact`, `at.resolved`. path: where the mapping names it."""

    name: str
    column: str
    read: Read
    path: tuple[str | int, ...]


def slots(form: Mapping, plan: Plan) -> tuple[Slot, ...]:
    """Return every cell that the mapping asks of a row."""
    instants = Instants(form.formats.instant, form.zone)
    read_instant = cells.instant(instants)
    found = [Slot("instant", form.instant, read_instant, ("instant",))] if form.instant else []
    found += [Slot(f"order.{index}", column, cells.whole, ("order", index)) for index, column in enumerate(form.order)]
    found += _signs(form, read_instant)
    found += _sales(form)
    for kind, promise in form.promises.items():
        found.append(Slot(f"kept.{kind}", promise.kept, cells.yes_no(form.formats), ("promises", kind, "kept")))
        if promise.due:
            found.append(Slot(f"due.{kind}", promise.due, read_instant, ("promises", kind, "due")))
    for name in HEAD:
        given: Given = getattr(form.head, name)
        if given.column:
            read = cells.translated(given, head(form, plan, name))
            found.append(Slot(f"head.{name}", given.column, read, ("head", name, "column")))
    for term, given in form.facts.items():
        if given.column and term in plan.terms:
            read = cells.fact(plan, term, given, (form.formats, instants))
            found.append(Slot(f"facts.{term}", given.column, read, ("facts", term, "column")))
    return tuple(found)


def head(form: Mapping, plan: Plan, name: str) -> Read:
    """Return how what is known of a case under this name is read: free, or one of the plan's names."""
    match name:
        case "customer" | "person" | "owner":
            return cells.named(form.source)
        case "level":
            return cells.one_of(plan.levels)
        case "channel" if plan.channels:
            return cells.one_of(plan.channels)
        case "stage":
            return cells.one_of(STAGES)
        case "severity" if plan.severities:
            return cells.one_of(plan.severities)
        case "groups":
            return cells.some_of(plan.groups, form.head.groups.separator)
        case "topic" if plan.case_topics:
            return cells.one_of(plan.case_topics)
        case _:
            return str


def asked_terms(plan: Plan) -> list[str]:
    """Return the terms that a mapping must mention: neither computed nor said by the head, nor from the clock."""
    return [
        name
        for name, clause in plan.terms.items()
        if not (clause.computed or clause.builtin or name in OF_THE_HEAD or clause.source in TOLD_BY_THE_HEAD)
        and clause.source not in NOT_ASKED
        and not clause.source.startswith("clock.")
    ]


def told_by_sales(plan: Plan) -> frozenset[str]:
    """Return the terms that the lines of a sale answer by themselves: what was bought, when, and for how much."""
    return frozenset(name for name, clause in plan.terms.items() if {clause.source, clause.since} & set(OF_A_SALE))


def _sales(form: Mapping) -> Iterator[Slot]:
    if form.sales is None:
        return
    sales, path = form.sales, ("sales",)
    yield Slot("sales.number", form.case, str, ("case",))
    yield Slot("sales.product", sales.product, str, (*path, "product"))
    yield Slot("sales.quantity", sales.quantity, cells.whole, (*path, "quantity"))
    yield Slot("sales.price", sales.price, cells.amount(form.formats), (*path, "price"))
    yield Slot("sales.back", sales.back.column, cells.begins(sales.back.begins), (*path, "back", "column"))


def _signs(form: Mapping, read_instant: Read) -> Iterator[Slot]:
    if form.events.opened:
        yield Slot("at.opened", form.events.opened.at, read_instant, ("events", "opened", "at"))
    for event in EVENTS[1:]:
        sign: Sign | None = getattr(form.events, event)
        if sign is None:
            continue
        if sign.at:
            yield Slot(f"at.{event}", sign.at, read_instant, ("events", event, "at"))
        if sign.column:
            yield Slot(f"in.{event}", sign.column, cells.held(sign.values), ("events", event, "column"))
        if sign.rises:
            yield Slot(f"rises.{event}", sign.rises, cells.whole, ("events", event, "rises"))
        for index, column in enumerate(sign.changes):
            yield Slot(f"changes.{event}.{index}", column, str, ("events", event, "changes", index))
