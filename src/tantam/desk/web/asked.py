"""What a page of figures was asked for, read from its address, and the addresses that ask for something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from tantam.desk import reports
from tantam.desk.common.errors import Refused
from tantam.desk.reports import STRETCHES, Lived, Stretch
from tantam.desk.web import figure_words
from tantam.history.events import DESK
from tantam.history.measures import SLICES, Part

NARROWED = tuple(each for each in SLICES if each != "source")
MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """stretch: when. part: whose. refused: why the days that were asked for cannot be, or ""; written: those days."""

    stretch: Stretch
    part: Part
    refused: str = ""
    written: tuple[str, str] = ("", "")

    @property
    def narrowed(self) -> dict[str, str]:
        """By which parts the figures are narrowed, beside the source: {slice: key}."""
        return {each: key for each in NARROWED if (key := getattr(self.part, each))}

    def href(self, stretch: Mapping[str, str] | None = None, **changed: str) -> str:
        """Return the address's query: the same stretch, or another one; the same part, but for what is changed.

        An argument that becomes "" is left out; the source alone may be "", for all of them.
        """
        return "?" + urlencode(self.arguments(stretch, **changed))

    def arguments(self, stretch: Mapping[str, str] | None = None, **changed: str) -> dict[str, str]:
        """Return what `href` writes."""
        source = changed.pop("source", self.part.source)
        told = {**(self.stretch.query if stretch is None else stretch), **self.narrowed, **changed}
        kept = {key: value for key, value in told.items() if value}
        return kept if source == DESK else kept | {"source": source}


def asked(get: QueryDict, now: datetime) -> Asked:
    """Return what the arguments ask for. Days that cannot be read are told, and the usual stretch is shown instead."""
    part = Part(
        **{each: get.get(each, "")[:MOST_CHARACTERS] for each in NARROWED},
        source=get.get("source", DESK)[:MOST_CHARACTERS],
    )
    code, since, until = (get.get(each, "").strip() for each in ("stretch", "since", "until"))
    try:
        return Asked(reports.asked(code, since, until, now), part)
    except Refused as refused:
        return Asked(reports.stretch(code, now), part, refused.sentence(), (since[:40], until[:40]))


def when(shown: Asked, lived: Sequence[Lived], **stays: str) -> dict[str, Any]:
    """Return what web/stretches.html shows. lived: the sources to choose from. stays: arguments that are kept."""
    stretch = shown.stretch
    chosen = (stretch.first.isoformat(), stretch.last.isoformat()) if stretch.first and stretch.last else ("", "")
    since, until = shown.written if shown.refused else chosen
    return {
        "stretches": [
            (shown.href({"stretch": each}, **stays), figure_words.stretch(each), each == stretch.code)
            for each in STRETCHES
        ],
        "sources": _sources(shown, lived, stays),
        "since": since,
        "until": until,
        "refused": shown.refused,
        "hidden": list(shown.arguments({}, **stays).items()),
        "chosen_days": figure_words.stretch_shown(stretch) if stretch.first else "",
    }


def lived_then(shown: Asked, lived: Sequence[Lived]) -> dict[str, str] | None:
    """Return a way to the stretch in which something did happen, None if it is the one shown: words and href."""
    of_it = [each for each in lived if shown.part.source in ("", each.source)]
    if not of_it:
        return None
    last = max(each.last for each in of_it)
    first = min(each.first for each in of_it)
    if first < shown.stretch.until and last >= shown.stretch.since:
        return None
    until = timezone.localtime(last).date()
    since = max(timezone.localtime(first).date(), until - timedelta(days=STRETCHES["year"] - 1))
    query = {"since": since.isoformat(), "until": until.isoformat()}
    return {"words": figure_words.last_events(last), "href": shown.href(query)}


def widened(shown: Asked) -> Asked:
    """Return the same for all cases of its source."""
    return replace(shown, part=Part(source=shown.part.source))


def _sources(shown: Asked, lived: Sequence[Lived], stays: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """Return the histories to choose from; none where there is only this desk's."""
    names = [DESK, *(each.source for each in lived if each.source != DESK)]
    if len(names) == 1 and shown.part.source == DESK:
        return []
    found = [(shown.href(source=each, **stays), figure_words.source(each), each == shown.part.source) for each in names]
    return [*found, (shown.href(source="", **stays), figure_words.source(""), not shown.part.source)]
