"""What the pages of groups and of the profile show, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, QueryDict
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock, spoken
from tantam.desk.customers.models import Customer
from tantam.desk.groups import access
from tantam.desk.groups.counting import found_of, known_of
from tantam.desk.groups.looking import last_count
from tantam.desk.groups.models import Belonging
from tantam.desk.plans import RunningPlan, belonging, sales
from tantam.desk.plans.belonging import OTHERWISE, Fit, GroupShown, TraitShown
from tantam.desk.web import group_serving
from tantam.desk.web.leaves import Leaf, leaf

NONE = "-"  # the address of who is in no group
MONTHS = 12
MOST = 50
BAR = 100  # per cent: the whole width
DriftRow = tuple[datetime, int, str]  # at, of how many known, how far apart


@dataclass(frozen=True, slots=True)
class Asked:
    """Who looks, under which plan, in which language, at which address."""

    person: Person
    plan: RunningPlan
    lang: str
    asked: QueryDict


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group, counted. share: of all customers, as read. trend: a curve of months, or ""; trend_words: its numbers."""

    group: GroupShown
    number: int
    share: str
    trend: Any
    trend_words: str


@dataclass(frozen=True, slots=True)
class GroupOf:
    """A group that a customer is in. since: None while it is not counted yet."""

    name: str
    label: str
    why: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class CellRow:
    """One share of a trait. expected, real: as read; at: where both end on the bar, in per cent."""

    label: str
    expected: str
    real: str
    expected_at: str
    real_at: str


@dataclass(frozen=True, slots=True)
class TraitRow:
    """A trait against the customers. fit: of all; unknown: the share of whom it is not known; sentence: what fit says.

    parts: (stage of buying, known, apart); drift: the same at the beginning of months.
    """

    trait: TraitShown
    fit: Fit
    unknown: str
    sentence: str
    cells: tuple[CellRow, ...]
    parts: tuple[tuple[str, int, str], ...]
    drift: tuple[DriftRow, ...]


def groups(asked: Asked) -> dict[str, Any]:
    """Return the context of web/groups.html; five queries, however many customers there are."""
    person, plan = asked.person, asked.plan
    sizes, total = access.sizes(person), access.counted_for(person, plan).count()
    months = _months(plan)
    trends = access.over_time(person, Belonging.Kind.GROUP, months)
    shown = belonging.groups(plan, asked.lang)
    labels = {each.name: each.label for each in shown}
    return {
        "rows": [_group(each, sizes.get(each.name, 0), total, trends.get((each.name, ""), [])) for each in shown],
        "empty": [each for each in shown if each.condition and not sizes.get(each.name)],
        "total": total,
        "none": access.in_none_for(person, plan).count(),
        "none_at": NONE,
        "overlaps": [
            (labels[one], labels[other], number)
            for one, other, number in access.overlaps(person)
            if one in labels and other in labels
        ],
        "count": last_count(),
    }


def members(asked: Asked, name: str) -> dict[str, Any]:
    """Return the context of web/group.html. name: of a group, or NONE. Raises Http404."""
    shown = {each.name: each for each in belonging.groups(asked.plan, asked.lang)}
    if name == NONE:
        found = leaf(access.in_none_for(asked.person, asked.plan), asked.asked, most=MOST)
        return {"group": None, "rows": found.of(lambda each: (each, "", None))}
    if name not in shown:
        raise Http404
    context = {"group": shown[name], "rows": _people(asked, name), "goals": [], "costs": []}
    if asked.person.oversees:
        context |= {"goals": group_serving.goals(asked.plan, name, asked.lang)}
        context |= {"costs": group_serving.costs(asked.plan, name)}
    return context


def _people(asked: Asked, name: str) -> Leaf:
    found = leaf(access.members_for(asked.person, name), asked.asked, most=MOST)
    return found.of(lambda each: (each.customer, why(asked.plan, each.because, asked.lang), each.since))


def why(plan: RunningPlan, because: Any, lang: str) -> str:
    """Return a kept because, as a person reads it."""
    return belonging.grounds_aloud(plan, belonging.read_stored(because), lang)


def groups_of(customer: Customer, plan: RunningPlan, lang: str, now: datetime) -> list[GroupOf]:
    """Return the groups that a customer is in at this moment, each with why, and since when it is written down."""
    known = known_of([customer], plan, now)[customer.pk]
    kept = access.groups_of(customer)
    return [
        GroupOf(
            name,
            plan.group_label(name, lang),
            belonging.grounds_aloud(plan, grounds, lang),
            kept[name].since if name in kept else None,
        )
        for name, grounds in found_of(customer, known, plan, now).groups.items()
    ]


def profile(asked: Asked) -> dict[str, Any]:
    """Return the context of web/customer_profile.html; three queries."""
    counted = access.traits(asked.person, asked.plan)
    months = _months(asked.plan)
    past = access.over_time(asked.person, Belonging.Kind.TRAIT, months)
    shown = belonging.traits(asked.plan, asked.lang)
    return {
        "rows": [
            _trait(each, counted.get(each.name, {}), tuple(_past(each, months, past))) for each in shown if each.cells
        ],
        "words_only": [each for each in shown if not each.cells],
        "lost_after": sales.lost_after_aloud(asked.plan, asked.lang),
        "count": last_count(),
    }


def _group(group: GroupShown, number: int, total: int, numbers: list[int]) -> GroupRow:
    known = numbers[next((n for n, each in enumerate(numbers) if each), len(numbers)) :] + [number]
    words = " · ".join(spoken.number(each) for each in known) if len(known) > 1 else ""
    return GroupRow(group, number, spoken.percent(number / total) if total else "–", _curve(known), words)


def _curve(values: list[int]) -> dict[str, str] | str:
    """Return numbers as web/spark.html draws them, in a box of 76 by 22; "" for fewer than two."""
    if len(values) < 2:
        return ""
    top = max(values) or 1
    points = [(2 + 70 * n / (len(values) - 1), 19 - 16 * each / top) for n, each in enumerate(values)]
    path = "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return {"path": path, "x": f"{points[-1][0]:.1f}", "y": f"{points[-1][1]:.1f}"}


def _trait(trait: TraitShown, counted: Mapping[str, Mapping[str, int]], past: tuple[DriftRow, ...]) -> TraitRow:
    expected = [(cell, share) for cell, _, share in trait.cells]
    found = belonging.fit(expected, counted.get("", {}))
    labels = {cell: label for cell, label, _ in trait.cells} | {OTHERWISE: gettext("anything else")}
    cells = tuple(
        CellRow(labels[cell], spoken.percent(want), _real(found, real), f"{BAR * want:.1f}%", f"{BAR * real:.1f}%")
        for cell, want, real in found.shares
    )
    parts = [(str(label), belonging.fit(expected, counted.get(code, {}))) for code, label in Belonging.Stage.choices]
    every = found.known + found.unknown
    unknown = spoken.percent(found.unknown / every) if every else "–"
    said = tuple((label, each.known, _apart(each)) for label, each in parts if each.known + each.unknown)
    return TraitRow(trait, found, unknown, _sentence(found), cells, said, past)


def _real(found: Fit, share: float) -> str:
    return spoken.percent(share) if found.known else "–"


def _apart(found: Fit) -> str:
    return "–" if found.apart is None else spoken.percent(found.apart)


def _sentence(found: Fit) -> str:
    """Return what the fit says, with what chance alone would do beside it."""
    if found.apart is None or found.by_chance is None:
        return gettext("It is known of no customer yet.")
    given = {"apart": spoken.percent(found.apart), "chance": spoken.percent(found.by_chance, 1)}
    if not found.is_off:
        return (
            gettext(
                "It fits: %(apart)s would have to be elsewhere; with so few known, chance alone makes it %(chance)s."
            )
            % given
        )
    return (
        gettext(
            "It does not fit well: %(apart)s of the customers would have to be elsewhere; "
            "chance alone makes it %(chance)s."
        )
        % given
    )


def _past(trait: TraitShown, months: list[datetime], past: Mapping[tuple[str, str], list[int]]) -> list[DriftRow]:
    """Return the fit at the beginning of each month from which on customers were counted."""
    expected = [(cell, share) for cell, _, share in trait.cells]
    mine = {cell: numbers for (name, cell), numbers in past.items() if name == trait.name}
    rows = []
    for n, at in enumerate(months):
        found = belonging.fit(expected, {cell: numbers[n] for cell, numbers in mine.items()})
        if found.known + found.unknown:
            rows.append((at, found.known, _apart(found)))
    return rows


def _months(plan: RunningPlan) -> list[datetime]:
    """Return the first instants of the last months in the company's zone, oldest first."""
    zone = ZoneInfo(plan.timezone)
    now = clock.now().astimezone(zone)
    count = now.year * 12 + now.month - 1
    return [datetime((count - n) // 12, (count - n) % 12 + 1, 1, tzinfo=zone) for n in reversed(range(MONTHS))]
