"""Takes every word out of cases; what happened when, what was owed and what was granted stays, for it is counted.

What a table of words is, stands here once, by table: the columns that are written empty, and the tables whose rows go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models

from tantam.desk.arrivals.models import Arrival
from tantam.desk.assistants.models import Proposal
from tantam.desk.calls.models import Call, Callback
from tantam.desk.cases.models import Attachment, Case, CaseEvent, Draft, Message, Pin, Promise, RichBody
from tantam.desk.chats.models import Visitor
from tantam.desk.claims.models import Approval, Grant, Stance
from tantam.desk.comments.models import Comment
from tantam.desk.common.ids import new_key
from tantam.desk.feedback.models import Rating
from tantam.desk.notices.models import Notice
from tantam.desk.search import keeping
from tantam.desk.search.index import index
from tantam.desk.search.models import Thing
from tantam.desk.search.tokens import indexed
from tantam.desk.wordings.models import Used

GONE = "…"  # what stands where words stood
_WORDS = frozenset(("address", "before", "facts", "mail", "name", "note", "number", "place", "reason", "recorded"))
_WORDS |= {"sender", "text", "title", "words", "written"}
_CODE = re.compile(r"[A-Za-z0-9_.#:+-]{1,80}\Z")  # codes, ids, references and instants; no mail address, no sentence
_NUMBER = re.compile(r"\+?[\d.-]{7,}\Z")  # a telephone number, perhaps

Row = tuple[type[models.Model], str]
_GOES: tuple[Row, ...] = (
    (RichBody, "message__case__in"),
    (Comment, "message__case__in"),
    (Attachment, "message__case__in"),
    (Attachment, "case__in"),
    (Attachment, "draft__case__in"),
    (Draft, "case__in"),
    (Notice, "case__in"),
)
_EMPTIED: tuple[tuple[type[models.Model], str, Mapping[str, Any]], ...] = (
    (Message, "case__in", {"body": GONE, "sent_to": ""}),
    (Promise, "case__in", {"words": "", "place": ""}),
    (Pin, "case__in", {"words": GONE, "learned": ""}),
    (Grant, "case__in", {"reason": ""}),
    (Approval, "case__in", {"reason": "", "note": ""}),
    (Stance, "claim__case__in", {"words": ""}),
    (Rating, "case__in", {"words": ""}),
    (Proposal, "case__in", {"body": GONE}),
    (Used, "message__case__in", {"address": "", "values": {}}),
    (Arrival, "case__in", {"raw": b"", "sender": "", "subject": ""}),
    (Call, "case__in", {"number": ""}),
    (Callback, "promise__case__in", {"number": ""}),
    (Visitor, "case__in", {"name": "", "mail": "", "page": ""}),
)


def empty(cases: Sequence[int]) -> tuple[dict[str, int], list[int]]:
    """Take the words out of these cases, inside the caller's transaction; twice is harmless.

    Return how many rows of each table went or were written empty, and the keys of the events that lost words.
    """
    _forget(cases)
    went = {}
    for model, where in _GOES:
        went[model.__name__] = went.get(model.__name__, 0) + model._base_manager.filter(**{where: cases}).delete()[0]
    for model, where, values in _EMPTIED:
        went[model.__name__] = model._base_manager.filter(**{where: cases}).update(**values)
    for each in Case.objects.filter(pk__in=cases):
        each.subject, each.last_words, each.fields, each.link_key = GONE, "", {}, new_key()
        each.save(update_fields=["subject", "last_words", "fields", "link_key"])
    events = _bare_events(cases)
    went["CaseEvent"] = len(events)
    for key in cases:
        keeping.index_again(Thing.Kind.CASE.value, key)
    return {name: number for name, number in went.items() if number}, events


def counts(cases: Sequence[int]) -> dict[str, int]:
    """Return how many rows of each table would go or be written empty."""
    tables = [*_GOES, *((model, where) for model, where, _values in _EMPTIED)]
    found: dict[str, int] = {}
    for model, where in tables:
        number = model._base_manager.filter(**{where: cases}).count()
        found[model.__name__] = found.get(model.__name__, 0) + number
    return {name: number for name, number in found.items() if number}


def _forget(cases: Sequence[int]) -> None:
    """Take what was said out of the index of words; it is indexed anew, without them."""
    said = Message.objects.filter(case__in=cases).exclude(body=GONE)
    rows = said.values_list("pk", "body", "case__subject", "case__customer__name", "case__language")
    missing = set(index().missing(min(said.values_list("pk", flat=True), default=1) - 1, 10_000))
    texts = [(key, indexed(f"{body}\n{title}\n{name}", lang)) for key, body, title, name, lang in rows]
    index().forget([each for each in texts if each[0] not in missing])


def _bare_events(cases: Sequence[int]) -> list[int]:
    """Write events that hold words anew without them, under the key that they had; return the keys.

    An event is never changed, the database refuses that; one that goes is put in its place, with all that is counted.
    """
    bare = []
    for each in CaseEvent.objects.filter(case__in=cases).order_by("pk"):
        args = bared(each.args)
        if args != each.args:
            bare.append((each.pk, args))
    with connection.cursor() as cursor:
        for pk, args in bare:
            cursor.execute("SELECT * FROM case_event WHERE id = %s", [pk])
            names = [column[0] for column in cursor.description]
            row = dict(zip(names, cursor.fetchone(), strict=True)) | {"args": json.dumps(args)}
            cursor.execute("DELETE FROM case_event WHERE id = %s", [pk])
            places = ", ".join(["%s"] * len(names))
            cursor.execute(
                f"INSERT INTO case_event ({', '.join(names)}) VALUES ({places})",  # noqa: S608 - names of ours
                [row[name] for name in names],
            )
    return [pk for pk, _args in bare]


def bared(args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of an event without what anybody wrote: codes, numbers, keys and instants stay."""
    return {name: value for name, value in args.items() if name not in _WORDS and _is_plain(value)}


def _is_plain(value: Any) -> bool:
    match value:
        case str():
            return value == "" or bool(_CODE.match(value)) and not _NUMBER.match(value)
        case list():
            return all(_is_plain(each) for each in value)
        case dict():
            return all(_is_plain(each) and name not in _WORDS for name, each in value.items())
        case _:
            return True
