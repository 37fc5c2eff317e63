"""What the desk writes by itself, in the customer's language and the company's time zone.

The plan and the desk call everybody "anh/chị" in Vietnamese; a letter calls its reader by their own word, once told.
Words only: greeting, private link and closing are put around them by the channel that carries them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation

from tantam.desk.cases.models import Case
from tantam.desk.common import spoken
from tantam.desk.customers.address import spoken_to
from tantam.desk.plans import RunningPlan


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
        said = {name: moment(value) if isinstance(value, datetime) else value for name, value in context.items()}
        text = spoken_to(case.customer, render_to_string(template, {"case": case} | said), lang)
    return tidy(text)


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
