"""Says of a clause that a directive wrote it: `By directive of 21 Nov until 30 Nov (stock-taking): …`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tantam.desk.common import spoken
from tantam.desk.plans.laying import writer_of
from tantam.plan.sections import Plan

PROMISES = "promises"


class Directed(Protocol):
    """What is said of a directive: its number and title, when it was made, until when it counts."""

    number: int
    title: str
    made_at: datetime
    ends_at: datetime


def cited(plan: Plan, directives: Iterable[Directed], stored: Mapping[str, Any]) -> Directed | None:
    """Return the directive that wrote the clause of a stored because, or changed the hours that it counts on."""
    clause = str(stored.get("clause", ""))
    number = writer_of(plan, clause, _clock(plan, clause))
    return next((each for each in directives if each.number == number), None)


def citing(sentence: str, directive: Directed, lang: str, *, zone: str) -> str:
    """Return the sentence with the directive that it rests on."""
    with override(lang), timezone.override(ZoneInfo(zone)):
        said = {
            "made": spoken.day(directive.made_at, directive.made_at),
            "until": spoken.day(directive.ends_at, directive.made_at),
            "title": directive.title,
            "because": sentence,
        }
        return _("By directive of %(made)s until %(until)s (%(title)s): %(because)s") % said


def _clock(plan: Plan, clause: str) -> str:
    """Return the hours on which a promise's row counts, "" for what is no promise."""
    address, _, name = clause.partition("#")
    if address.partition(".")[0] != PROMISES:
        return ""
    table = next((each for each in plan.promises.tables if each.name == address), None)
    row = next((each for each in table.rows if each.name == name), None) if table else None
    out = {each: row.outputs[each].text for each in ("on", "clock") if each in row.outputs} if row else {}
    return next(iter(out.values()), plan.promises.clock)
