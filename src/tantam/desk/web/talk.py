"""The conversation of a case: its newest messages with what happened between them, older ones a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.cases.models import Case, CaseEvent, Message, RichBody
from tantam.desk.cases.notes import read_by
from tantam.desk.customers.address import called
from tantam.desk.plans import RunningPlan
from tantam.desk.web import event_words, receipt_words
from tantam.desk.web.case_log import CaseLog
from tantam.desk.web.writing import said_with

MOST = 50  # messages at once
MOST_BETWEEN = 200  # events shown between them


@dataclass(frozen=True, slots=True)
class Talk:
    """entries: days, messages and what happened, oldest first. earlier: the id before which more were said, or None.

    before: the id that was asked for; None for the newest.
    """

    entries: tuple[Mapping[str, Any], ...]
    earlier: int | None
    before: int | None


def talk(cases: Sequence[Case], asked: tuple[Person, RunningPlan, str], *, before: int | None, log: CaseLog) -> Talk:
    """Return one page of what was said in the cases; the first is the one whose page it is. A fixed number of queries.

    asked: who reads it, the plan, their language. before: an id of a message; only what is older is shown. log: what
    happened.
    """
    (person, plan, lang), ids = asked, [each.pk for each in cases]
    rich = Exists(RichBody.objects.filter(message=OuterRef("pk")))
    said = Message.objects.filter(read_by(person), case__in=ids).select_related("author", "comment", "receipt")
    said = said.annotate(is_rich=rich).order_by("-id")
    found = list((said.filter(pk__lt=before) if before else said)[: MOST + 1])
    more, messages = len(found) > MOST, found[:MOST][::-1]
    since = messages[0].pk if more else None
    entries = [*_messages(messages, cases, lang), *_story(ids, since, before, (plan, called_in(cases, lang), log))]
    return Talk(tuple(_by_day(entries)), since, before)


def called_in(cases: Sequence[Case], lang: str) -> str:
    """Return what the customer of the first case is called."""
    return called(cases[0].customer, lang) or cases[0].customer.shown


def _messages(messages: Iterable[Any], cases: Sequence[Case], lang: str) -> list[dict[str, Any]]:
    by_id = {each.pk: each for each in cases}
    files = said_with(cases)
    return [
        _message(each, called(by_id[each.case_id].customer, lang) or by_id[each.case_id].customer.shown)
        | {"files": files.get(each.pk), "rich": each.pk if each.is_rich else None}
        | {"through": by_id[each.case_id].reference if each.case_id != cases[0].pk else ""}
        for each in messages
    ]


def _message(message: Message, customer: str) -> dict[str, Any]:
    company = message.author.name if message.author else gettext("The desk")
    who = customer if message.direction == Message.Direction.INCOMING else company
    outgoing = message.direction == Message.Direction.OUTGOING
    return {
        "kind": "message",
        "at": message.written_at,
        "pk": message.pk,
        "direction": message.direction,
        "who": f"{who} → {customer}" if outgoing else capfirst(who),
        "sign": who,
        "body": message.body,
        "remark": receipt_words.with_channel(message),
        "public": getattr(message, "comment", None),
    }


def _story(
    ids: Sequence[int], since: int | None, before: int | None, words: tuple[RunningPlan, str, CaseLog]
) -> list[dict[str, Any]]:
    """Return what happened on the cases between two messages; ids of both grow with time."""
    plan, customer, log = words
    if log.whole:
        known = [each for each in log.of(event_words.STORY) if since is None or each.pk >= since]
        newest = [each for each in known if before is None or each.pk < before][:MOST_BETWEEN][::-1]
    else:
        newest = _newest(ids, since, before)
    said = event_words.said(newest, plan, customer, policies=log.policies)
    return [{"kind": "event", "at": each.at, "event": each} for each in said]


def _newest(ids: Sequence[int], since: int | None, before: int | None) -> list[CaseEvent]:
    events = CaseEvent.objects.filter(case__in=ids, code__in=event_words.STORY).select_related("person")
    events = events.filter(pk__gte=since) if since else events
    events = events.filter(pk__lt=before) if before else events
    return list(events.order_by("-id")[:MOST_BETWEEN])[::-1]


def _by_day(entries: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    last: date | None = None
    for each in sorted(entries, key=lambda entry: entry["at"]):
        day = timezone.localtime(each["at"]).date()
        if day != last:
            yield {"kind": "day", "at": each["at"]}
        last = day
        yield each
