"""Which cases one condition of a filter admits, key by key; all of it is read from the case's own row or by a key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, Subquery

from tantam.desk.accounts.models import Person
from tantam.desk.cases import tags
from tantam.desk.cases.filters.finders import found_by_others
from tantam.desk.cases.grouping import within
from tantam.desk.cases.models import Case, CaseTag, Mention, Message, Watcher
from tantam.desk.plans import RunningPlan


@dataclass(frozen=True, slots=True)
class Asker:
    """When, under which plan and by whom it is asked."""

    now: datetime
    plan: RunningPlan
    person: Person


def q(key: str, compare: str, values: tuple[str, ...], asked: Asker) -> Q:
    """Return which cases have any of the values. Raises KeyError for a key that no filter has."""
    if not key:
        return _said(values[0])
    return reduce(or_, (_OF[key](value, compare, asked) for value in values))


def _said(words: str) -> Q:
    plain = words.strip()
    return (
        Q(subject__icontains=plain)
        | Q(last_words__icontains=plain)
        | Q(reference__iexact=plain)
        | Q(customer__name__icontains=plain)
        | found_by_others(plain)
    )


def _field(name: str) -> Callable[[str, str, Asker], Q]:
    return lambda value, compare, asked: Q(**{name: "" if value == "none" else value})


def _severity(value: str, compare: str, asked: Asker) -> Q:
    return Q(severity__in=_compared(asked.plan.severities(), value, compare)) if compare else Q(severity=value)


def _level(value: str, compare: str, asked: Asker) -> Q:
    if value == "mine":
        return Q(level=asked.person.level)
    return Q(level__in=_compared(asked.plan.levels(), value, compare)) if compare else Q(level=value)


def _compared(ladder: tuple[str, ...], value: str, compare: str) -> tuple[str, ...]:
    at = ladder.index(value) if value in ladder else len(ladder)
    match compare:
        case "<":
            return ladder[:at]
        case "<=":
            return ladder[: at + 1]
        case ">":
            return ladder[at + 1 :]
    return ladder[at:]


def _promise(value: str, compare: str, asked: Asker) -> Q:
    if value == "overdue":
        return Q(next_due_at__lt=asked.now)
    if value == "none":
        return Q(next_due_at=None)
    return _at("next_due_at", compare or "<", asked.now + timedelta(minutes=int(value)))


def _since(field: str) -> Callable[[str, str, Asker], Q]:
    """Return the condition on how long ago something was: older (>) is earlier."""
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "": ">="}
    return lambda value, compare, asked: _at(field, turned[compare], asked.now - timedelta(minutes=int(value)))


def _at(field: str, compare: str, instant: datetime) -> Q:
    return Q(**{f"{field}__{ {'<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte'}[compare] }": instant})


def _owner(value: str, compare: str, asked: Asker) -> Q:
    if value == "none":
        return Q(owner=None)
    return Q(owner_id=asked.person.pk if value == "me" else int(value))


def _tag(value: str, compare: str, asked: Asker) -> Q:
    return Q(pk__in=Subquery(CaseTag.objects.filter(tag__folded=tags.key(value)).values("case_id")))


def _limit(value: str, compare: str, asked: Asker) -> Q:
    return Q(limit_rule="") if value == "no" else ~Q(limit_rule="")


def _is(value: str, compare: str, asked: Asker) -> Q:
    match value:
        case "waiting" | "open":  # the queue says it once more, so that no other one is read for it
            return Q(status=value, queue__in=(value, "asleep"))
        case "snoozed":
            return Q(snoozed_at__isnull=False)
        case "overdue":
            return Q(next_due_at__lt=asked.now, status=Case.Status.OPEN, queue__in=("open", "asleep"))
        case "unanswered":
            return Q(last_direction=Message.Direction.INCOMING)
        case "watched":
            return Q(pk__in=Subquery(Watcher.objects.filter(person=asked.person).values("case_id")))
        case "mentioned":
            unread = Mention.objects.filter(person=asked.person, read_at=None)
            return Q(pk__in=Subquery(unread.values("message__case_id")))
        case "reopened":
            return Q(reopened__gt=0)
    raise KeyError(value)


_OF: dict[str, Callable[[str, str, Asker], Q]] = {
    "group": lambda value, compare, asked: within(value),
    "promise": _promise,
    "stage": _field("stage"),
    "severity": _severity,
    "level": _level,
    "owner": _owner,
    "topic": _field("topic"),
    "tag": _tag,
    "is": _is,
    "channel": _field("channel"),
    "language": _field("language"),
    "opened": _since("opened_at"),
    "quiet": _since("last_at"),
    "department": _field("department"),
    "provider": _field("provider"),
    "limit": _limit,
}
