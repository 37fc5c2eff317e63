"""What is odd about the customers against the plan's groups and profile, in the words of the page of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tantam.desk.accounts.models import Person
from tantam.desk.common import spoken
from tantam.desk.groups import access
from tantam.desk.groups.looking import last_count
from tantam.desk.groups.models import Belonging
from tantam.desk.plans import RunningPlan, belonging
from tantam.desk.plans.belonging import TraitShown
from tantam.desk.web.group_page import NONE

EARLIER = timedelta(days=91)  # a quarter: what has drifted since


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: as a sentence, and the page that shows whom it is about."""

    words: str
    href: str


def found(person: Person, plan: RunningPlan, lang: str, now: datetime) -> list[Found]:
    """Return what is odd; nothing before the first count has ended. Eight queries at most, however many customers."""
    if last_count() is None:
        return []
    return [*_of_groups(person, plan, lang), *_of_profile(person, plan, lang, now)]


def _of_groups(person: Person, plan: RunningPlan, lang: str) -> Iterator[Found]:
    """Yield the groups nobody is in, how many customers are in none, and groups that are wholly inside another."""
    sizes, labels = access.sizes(person), {}
    for each in belonging.groups(plan, lang):
        labels[each.name] = each.label
        if each.condition and not sizes.get(each.name):
            yield Found(gettext("Nobody is in the group “%(group)s”.") % {"group": each.label}, _group(each.name))
    without = access.in_none_for(person, plan).count()
    if without and labels:
        words = ngettext("%(n)s customer is in no group.", "%(n)s customers are in no group.", without)
        yield Found(words % {"n": spoken.number(without)}, _group(NONE))
    for one, other, number in access.overlaps(person):
        inner, outer = (one, other) if sizes.get(one, 0) <= sizes.get(other, 0) else (other, one)
        if inner in labels and outer in labels and number == sizes.get(inner):
            said = {"inner": labels[inner], "outer": labels[outer], "n": spoken.number(number)}
            words = gettext(
                "Everybody in “%(inner)s” (%(n)s) is in “%(outer)s” too: one of the two may be superfluous."
            )
            yield Found(words % said, _group(inner))


def _of_profile(person: Person, plan: RunningPlan, lang: str, now: datetime) -> Iterator[Found]:
    """Yield the traits that do not fit the customers, each with where it stood a quarter ago."""
    counted = access.traits(person, plan)
    past = access.over_time(person, Belonging.Kind.TRAIT, [now - EARLIER])
    for each in belonging.traits(plan, lang):
        expected = [(cell, share) for cell, _, share in each.cells]
        fit = belonging.fit(expected, counted.get(each.name, {}).get("", {}))
        if fit.apart is None or not fit.is_off:
            continue
        words = gettext("“%(trait)s” does not fit: %(apart)s of %(n)s customers are elsewhere than the plan expects.")
        said = words % {"trait": each.label, "apart": spoken.percent(fit.apart), "n": spoken.number(fit.known)}
        yield Found(" ".join(filter(None, (said, _drift(each, past)))), reverse("web:customer_profile"))


def _drift(trait: TraitShown, past: Mapping[tuple[str, str], list[int]]) -> str:
    """Return where a trait stood a quarter ago, "" where nobody was counted then."""
    expected = [(cell, share) for cell, _, share in trait.cells]
    before = belonging.fit(expected, {cell: at for (name, cell), (at,) in past.items() if name == trait.name})
    if before.apart is None:
        return ""
    return gettext("A quarter ago: %(apart)s.") % {"apart": spoken.percent(before.apart)}


def _group(name: str) -> str:
    return reverse("web:group", args=[name])
