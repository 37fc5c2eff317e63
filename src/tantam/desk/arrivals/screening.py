"""Lets whoever judges strangers' words look at them before they open a case; who is known is never looked at.

A room above says `@screens` of the function that judges. Nothing is lost by it: what is held waits in the tray.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import DatabaseError

from tantam.desk.arrivals.models import Problem

HELD = (Problem.DOUBTFUL, Problem.SPAM)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """What somebody unknown wrote. sender: their address as the channel knows it, "" for none. name: as they gave it.

    signs: what the channel noticed beside the words, as codes.
    """

    body: str
    subject: str = ""
    name: str = ""
    sender: str = ""
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """problem: of HELD, NONE lets it through. because: what spoke against it, as codes and words."""

    problem: Problem = Problem.NONE
    because: Mapping[str, object] = field(default_factory=dict)


PASSED = Verdict()
Screen = Callable[[Stranger], Verdict]
_screens: list[Screen] = []


def screens(screen: Screen) -> Screen:
    """Register a function that judges; register it from the room's `apps.ready`."""
    if screen not in _screens:
        _screens.append(screen)
    return screen


def looked_at(stranger: Stranger) -> Verdict:
    """Return the first verdict that holds it, else PASSED. A screen that fails lets everything through."""
    for screen in _screens:
        try:
            verdict = screen(stranger)
        except DatabaseError:
            raise  # ours: it is read again
        except Exception:  # a fault of ours must not cost anybody their complaint
            _log.exception("A screen could not judge; what came is let through.")
            continue
        if verdict.problem in HELD:
            return verdict
    return PASSED
