"""Colleagues named in notes: `@Mai` finds who is meant, and keeps whose word is still unread."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import QuerySet

from tantam.desk.accounts.access import colleagues, works_here
from tantam.desk.accounts.models import Person
from tantam.desk.cases.access import cases_for, sees
from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.models import Case, CaseEvent, Mention, Message
from tantam.folding import folded

MOST = 20  # colleagues named in one note

_AT = re.compile(r"(?<![\w@.])@(?=\w)")


def named(text: str, people: Iterable[Person]) -> list[Person]:
    """Return who is named after an `@`, in their order: by the whole name, or by a word of it that only one has."""
    known = sorted(((folded(each.name), each) for each in people), key=lambda pair: -len(pair[0]))
    words: dict[str, list[Person]] = {}
    for name, person in known:
        for word in dict.fromkeys(re.findall(r"\w+", name)):
            words.setdefault(word, []).append(person)
    found: dict[int, Person] = {}
    for at in _AT.finditer(text):
        one = _one(folded(text[at.end() : at.end() + 200]), known, words)
        if one is not None:
            found.setdefault(one.pk, one)
    return list(found.values())[:MOST]


def _one(rest: str, known: list[tuple[str, Person]], words: dict[str, list[Person]]) -> Person | None:
    for name, person in known:
        if rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum():
            return person
    match = re.match(r"\w+", rest)
    meant = words.get(match.group(), []) if match else []
    return meant[0] if len(meant) == 1 else None


@hears("noted")
def keep(act: Act, event: CaseEvent) -> None:
    """Keep who is named in the note that was left, but for its author and for those from whom the case is kept."""
    note = Message.objects.filter(pk=event.args["message"], body__contains="@").first()
    if note is None:
        return
    meant = [each for each in named(note.body, colleagues()) if each.pk != note.author_id and sees(each, act.case)]
    Mention.objects.bulk_create([Mention(message=note, person=each) for each in meant], ignore_conflicts=True)
    if meant:
        act.append("mentioned", message=note.pk, people=[each.pk for each in meant])


def of(person: Person) -> QuerySet[Mention]:
    """Return the notes that name this person on cases they may see: unread first, then the newest."""
    found = Mention.objects.filter(person=person, message__case__in=cases_for(person))
    return found.select_related("message__author", "message__case__customer").order_by("-message_id")


def unread(person: object) -> int:
    """Return how many notes name this person and were not opened yet; 0 for who does not work here."""
    return Mention.objects.filter(person=person, read_at=None).count() if works_here(person) else 0


def unread_on(case: Case, person: Person) -> bool:
    """Whether notes of this case name the person and were not opened yet."""
    return Mention.objects.filter(person=person, read_at=None, message__case=case).exists()
