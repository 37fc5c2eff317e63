"""Makes the indexes anew after somebody was erased: taken out of them, words are still written in SQLite's file.

What is indexed of messages is thrown away in one statement and filled again from the newest on, so that a search misses
old ones for a while; killed in the middle, it looks for what is missing once more.
"""

from __future__ import annotations

from django.db import transaction

from tantam.desk.cases.models import Message
from tantam.desk.common import work
from tantam.desk.search.index import NEWEST, index
from tantam.desk.search.keeping import BATCH, texts_of
from tantam.desk.search.models import Thing


def begin() -> None:
    """Throw away what is indexed of messages, in the caller's transaction; `fill` must follow."""
    index().begin_anew()


def fill() -> None:
    """Index every message that is not, the newest first, and write the indexes of things anew."""
    last = NEWEST
    while keys := list(Message.objects.filter(pk__lt=last).order_by("-pk").values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        with transaction.atomic():
            known = index().known(keys)
            index().keep(texts_of([key for key in keys if key not in known]))
        work.hold()
    for kind in Thing.Kind:
        index().purge(kind.value)
        work.hold()
