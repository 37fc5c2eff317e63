"""A complaint filed over HTTP (case, promises, events, mail written, all on the disk), against one bare insert."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from itertools import count

from bench import Row, paired
from bench.served import served
from tests.support.visitor import Visitor

FORM = "/help/complaint/"
ROUNDS = 60


def rows() -> Iterator[Row]:
    """Yield the one row."""
    with served(cases=0) as both:
        visitor, stranger, numbers = Visitor(both.desk.port), Visitor(both.rival_port), count()
        visitor.look(FORM)
        time.sleep(2.1)  # the form asks whoever is faster than people are to send it again

        def ours() -> None:
            number = next(numbers)
            visitor.send(FORM, submission=str(uuid.uuid4()), **_words(number))

        def rival() -> None:
            stranger.send("/insert/", **_words(0))

        for _ in range(5):
            ours()
            rival()
        note = "bare Django, one row inserted, same server and database"
        yield paired("a complaint filed over HTTP (SQLite)", ours, rival, rounds=ROUNDS, note=note)


def _words(number: int) -> dict[str, str]:
    return {
        "topic": "complaint",
        "body": "Hứa gọi lại trong ngày mà hai ngày nay không ai gọi. Tôi rất thất vọng.",
        "name": "Nguyễn Thị Hoa",
        "contact": f"hoa{number}@thu.example",
    }
