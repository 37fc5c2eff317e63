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
from tantam.desk.reports import STRETCHES, USUAL, Lived, Stretch
from tantam.desk.web import figure_words
from tantam.history.events import DESK
from tantam.history.measures import SLICES, Part

NARROWED = tuple(each for each in SLICES if each != "source")
MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """stretch: when. part: whose. refused: why the days that were asked for cannot be, or ""; written: those days.

    chosen: whether the address says a stretch; else it may be another one where that shows something.
    """

    stretch: Stretch
    part: Part
    refused: str = ""
    written: tuple[str, str] = ("", "")
    chosen: bool = True

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


def asked(get: QueryDict, now: datetime) -> FiguresAsked:
    """Return what the arguments ask for. Days that cannot be read are told, and the usual stretch is shown instead."""
    part = Part(
        **{each: get.get(each, "")[:MOST_CHARACTERS] for each in NARROWED},
        source=get.get("source", DESK)[:MOST_CHARACTERS],
    )
    code, since, until = (get.get(each, "").strip() for each in ("stretch", "since", "until"))
    try:
        return FiguresAsked(reports.asked(code, since, until, now), part, chosen=bool(code or since or until))
    except Refused as refused:
        return FiguresAsked(reports.stretch(code, now), part, refused.sentence(), (since[:40], until[:40]))


def when(shown: FiguresAsked, lived: Sequence[Lived], **stays: str) -> dict[str, Any]:
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


def lived_then(shown: FiguresAsked, lived: Sequence[Lived]) -> dict[str, str] | None:
    """Return a way to the stretch in which something did happen, None if somebody chose the one shown: words and href.

    href: "" where that stretch is shown already.
    """
    span = _lived(shown.part.source, lived)
    if span is None:
        return None
    if not shown.chosen and shown.stretch.first:
        return {"words": figure_words.last_year(span[1]), "href": ""}
    if _meet(span, shown.stretch):
        return None
    return {"words": figure_words.last_events(span[1]), "href": shown.href(_last_year(span))}


def where_it_lived(shown: FiguresAsked, lived: Sequence[Lived], now: datetime) -> FiguresAsked:
    """Return the same, but where nobody chose a stretch and the usual one is empty, the last year that is not."""
    span = _lived(shown.part.source, lived)
    if shown.chosen or span is None or _meet(span, shown.stretch):
        return shown
    return replace(shown, stretch=reports.between(**_last_year(span), now=now))


def _lived(source: str, lived: Sequence[Lived]) -> tuple[datetime, datetime] | None:
    """Return the instants of the first and the last event of a source, "" for all; None if nothing ever happened."""
    of_it = [each for each in lived if source in ("", each.source)]
    return (min(each.first for each in of_it), max(each.last for each in of_it)) if of_it else None


def _meet(span: tuple[datetime, datetime], stretch: Stretch) -> bool:
    return span[0] < stretch.until and span[1] >= stretch.since


def _last_year(span: tuple[datetime, datetime]) -> dict[str, str]:
    """Return the last year of a span as arguments, from no earlier than its first day."""
    first, until = (timezone.localtime(each).date() for each in span)
    since = max(first, until - timedelta(days=STRETCHES["year"] - 1))
    return {"since": since.isoformat(), "until": until.isoformat()}


def widened(shown: FiguresAsked) -> FiguresAsked:
    """Return the same for all cases of its source."""
    return replace(shown, part=Part(source=shown.part.source))


def _sources(shown: FiguresAsked, lived: Sequence[Lived], stays: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """Return the histories to choose from; none where there is only this desk's."""
    names = [DESK, *(each.source for each in lived if each.source != DESK)]
    if len(names) == 1 and shown.part.source == DESK:
        return []
    usual = not shown.chosen or shown.stretch.code == USUAL
    stretch: dict[str, str] | None = {} if usual else None  # each history's own usual one
    return [
        (shown.href(stretch, source=each, **stays), figure_words.source(each), each == shown.part.source)
        for each in [*names, ""]
    ]
