"""What the desk writes by itself, in the customer's language and the company's time zone.

The plan and the desk call everybody "anh/chị" in Vietnamese; a letter calls its reader by their own word, once told.
Words only: greeting, private link and closing are put around them by the channel that carries them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation

from tantam.desk.cases.models import Case
from tantam.desk.common import spoken
from tantam.desk.customers.address import spoken_to
from tantam.desk.customers.zones import known_zone
from tantam.desk.plans import RunningPlan, quiet


@contextmanager
def in_words_of(case: Case, plan: RunningPlan) -> Iterator[str]:
    """Speak the case's language and tell the company's time inside the block."""
    with translation.override(case.language), timezone.override(ZoneInfo(plan.timezone)):
        yield case.language


def letter(template: str, case: Case, plan: RunningPlan, context: Mapping[str, Any]) -> str:
    """Return the template's words, without lines that its conditions left empty.

    context: an instant in it is said with its day, for a letter may be read on another one.
    """
    with in_words_of(case, plan) as lang:
        times = told_by(case, plan)
        said = {name: times(value) if isinstance(value, datetime) else value for name, value in context.items()}
        text = spoken_to(case.customer, render_to_string(template, {"case": case} | said), lang)
    return tidy(text)


def told_by(case: Case, plan: RunningPlan) -> Callable[[datetime], str]:
    """Return how letters say an instant to the case's customer: who lives by other clocks is told whose they are."""
    own, theirs = ZoneInfo(plan.timezone), known_zone(case.customer) if case.customer.timezone else None

    def said(at: datetime) -> str:
        other = theirs is not None and at.astimezone(theirs).utcoffset() != at.astimezone(own).utcoffset()
        return f"{moment(at)} ({quiet.city(plan, own, case.language)})" if other else moment(at)

    return said


def tidy(text: str) -> str:
    """Return the text without lines that a template's conditions left empty, at most one between paragraphs."""
    return "\n".join(_paragraphs(text))


def moment(at: datetime) -> str:
    """Return an instant with its day, for a letter may be read on another one."""
    return f"{spoken.day_long(at)}, {timezone.localtime(at):%H:%M}"


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the lines with no space around and never two empty ones in a row."""
    before = ""
    for line in text.strip().split("\n"):
        line = line.strip()
        if line or before:
            yield line
        before = line
