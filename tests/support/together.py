"""Lets several threads do something at the very same moment, each with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from django.db import connections

WAIT_SECONDS = 60


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Return what each deed returned or raised, in order; they start when all are ready, under the test's clock."""
    results: list[Any] = [None] * len(deeds)
    ready = threading.Barrier(len(deeds))

    def run(position: int, deed: Callable[[], Any]) -> None:
        try:
            ready.wait(WAIT_SECONDS)
            results[position] = deed()
        except Exception as error:  # the test says which of them it expects
            results[position] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=copy_context().run, args=(run, *each)) for each in enumerate(deeds)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(WAIT_SECONDS)
        assert not each.is_alive(), "a deadlock"
    return results
