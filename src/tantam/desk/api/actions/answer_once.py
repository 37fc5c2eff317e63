"""Does what a request asks once, however often it is sent with the same Idempotency-Key within a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import HttpResponse

from tantam.desk.api.actions.tidy import KEPT
from tantam.desk.api.models import KeptAnswer
from tantam.desk.common import clock

_INSERT = """
    INSERT INTO api_keptanswer (digest, asked, status, content, headers, at) VALUES (%s, %s, 0, '', '{}', %s)
    ON CONFLICT (digest) DO NOTHING
"""
HEADERS = ("Content-Type", "ETag", "Link", "Location")


class KeyUsed(Exception):
    """An Idempotency-Key that came with another request before."""


@dataclass(frozen=True, slots=True)
class Key:
    """digest: of who asks, where, and the key. asked: of what the request says."""

    digest: str
    asked: str


def answer_once(key: Key, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `do` answers, or what it answered to the same request before.

    What is done and its answer are kept in one transaction, so neither is there without the other; who comes
    meanwhile with the same key waits. What fails leaves nothing and may be sent again. Raises KeyUsed if the key came
    with something else.
    """
    with transaction.atomic():
        kept, ours = _row(key)
        if not ours:
            if kept.asked != key.asked:
                raise KeyUsed
            return _again(kept)
        answer = do()
        if answer.status_code >= 400 or answer.streaming:
            transaction.set_rollback(True)
            return answer
        kept.status, kept.content = answer.status_code, answer.content.decode()
        kept.headers = {name: answer.headers[name] for name in HEADERS if name in answer.headers}
        kept.save(force_update=True, update_fields=["status", "content", "headers"])
        return answer


def _row(key: Key) -> tuple[KeptAnswer, bool]:
    """Return the key's row, and whether it was made now. Whoever makes it at the same time is waited for."""
    made = KeptAnswer(digest=key.digest, asked=key.asked, at=clock.now())
    if _is_new(made):
        return made, True
    kept = KeptAnswer.objects.get(digest=key.digest)
    if kept.at >= made.at - KEPT:
        return kept, False
    kept.delete()
    return _row(key)


def _is_new(row: KeptAnswer) -> bool:
    """Insert the row in one statement that waits for whoever inserts the same; return whether it is there now."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [row.digest, row.asked, connection.ops.adapt_datetimefield_value(row.at)])
        return cursor.rowcount == 1


def _again(kept: KeptAnswer) -> HttpResponse:
    answer = HttpResponse(kept.content, status=kept.status, headers=kept.headers)
    answer.headers["Idempotent-Replayed"] = "true"
    return answer
