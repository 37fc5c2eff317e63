"""A complaint filed by the form and by the API (case, promises, events, mail, on the disk), against a bare insert."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Iterator
from itertools import count

from bench import Row, paired
from bench.served import PROGRAM, served
from tests.support.visitor import Visitor

FORM = "/help/complaint/"
ROUNDS = 60


def rows() -> Iterator[Row]:
    """Yield a row for the form, and one for the API."""
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

        def by_program() -> None:
            _file(both.desk.port, next(numbers))

        for _ in range(5):
            by_program()
        yield paired("a complaint filed over the API (SQLite)", by_program, rival, rounds=ROUNDS, note=note)


def _file(port: int, number: int) -> None:
    """File the same by the API, once for its key."""
    words = _words(number) | {"language": "vi"}
    headers = {"Authorization": f"Bearer {PROGRAM['TANTAM_API_TOKEN']}", "Idempotency-Key": f"complaint-{number}"}
    headers["Content-Type"] = "application/json"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", "/api/v1/cases", json.dumps(words), headers)
        answer = connection.getresponse()
        said = answer.read()
        assert answer.status == 201, said[:600]
    finally:
        connection.close()


def _words(number: int) -> dict[str, str]:
    return {
        "topic": "complaint",
        "body": "Hứa gọi lại trong ngày mà hai ngày nay không ai gọi. Tôi rất thất vọng.",
        "name": "Nguyễn Thị Hoa",
        "contact": f"hoa{number}@thu.example",
    }
