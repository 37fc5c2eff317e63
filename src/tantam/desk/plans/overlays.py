"""The plans that directives make with versions: each combination is frozen once, before it takes effect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Max

from tantam.desk.plans import versions
from tantam.desk.plans.laying import checked
from tantam.desk.plans.models import Directive, Laid, PlanVersion
from tantam.desk.plans.timeline import Begun, Counting, Layers, Stretch, stretches
from tantam.plan import sections
from tantam.plan.sections import Plan


@dataclass(frozen=True, slots=True)
class State:
    """What versions there are, and what directives, as the timeline reads them."""

    versions: tuple[Begun, ...]
    directives: tuple[Counting, ...]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches that they make."""
        return stretches(self.versions, self.directives)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A combination, ready to be kept."""

    layers: Layers
    hash: str
    text: str


def state() -> State:
    """Return what the database says now."""
    begun = PlanVersion.objects.filter(base=None).order_by("number").values_list("number", "in_force_from")
    rows = Directive.objects.order_by("number").defer("overlay")
    return State(
        tuple(Begun(*each) for each in begun),
        tuple(Counting(each.number, each.begins_at, each.until) for each in rows),
    )


def known() -> dict[Layers, int]:
    """Return the combinations that are frozen, with their numbers."""
    rows = PlanVersion.objects.exclude(base=None).values_list("base_id", "directives", "number")
    return {(base, tuple(over)): number for base, over, number in rows}


def missing(
    wanted: Sequence[Stretch], texts: Mapping[int, str], now: datetime, base_of: Callable[[int], Plan] | None = None
) -> list[Frozen]:
    """Return the combinations that are not frozen yet, checked. texts: of the directives, by number.

    Raises PlanUnreadable and PlanHasFindings where a directive does not fit what it is laid over.
    """
    there, found = known(), []
    for layers in dict.fromkeys(each.layers for each in wanted):
        if layers not in there:
            base = (base_of or _enacted)(layers[0])
            plan = checked(base, [(number, texts[number]) for number in layers[1]], now)
            today = now.astimezone(ZoneInfo(plan.zone)).date()
            found.append(Frozen(layers, plan.hash, sections.freeze(plan, version=layers[0], today=today)))
    return found


def keep(wanted: Sequence[Stretch], frozen: Iterable[Frozen], now: datetime) -> None:
    """Write the combinations and the stretches; the caller is inside the transaction that holds the plan's lock."""
    there = known()
    last = PlanVersion.objects.exclude(base=None).aggregate(last=Max("number"))["last"]
    number = last or PlanVersion.FIRST_LAID - 1
    for each in frozen:
        number += 1
        versions.forget(number)
        begins = min(stretch.begins for stretch in wanted if stretch.layers == each.layers)
        base, over = each.layers
        PlanVersion.objects.create(
            number=number,
            hash=each.hash,
            frozen=each.text,
            in_force_from=begins,
            enacted_at=now,
            base_id=base,
            directives=list(over),
        )
        there[each.layers] = number
    Laid.objects.all().delete()
    Laid.objects.bulk_create(
        Laid(begins_at=each.begins, ends_at=each.ends, base_id=each.layers[0], plan_id=there[each.layers])
        for each in wanted
    )


def texts_of(numbers: Iterable[int]) -> dict[int, str]:
    """Return what directives say otherwise, by number."""
    return dict(Directive.objects.filter(number__in=list(numbers)).values_list("number", "overlay"))


def _enacted(number: int) -> Plan:
    return versions.version(number).plan
