"""Everything the page of one replay shows: the change on the left, on the right what it would have done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan, drafts, trial, versions
from tantam.desk.plans.models import Replay, ReplayState
from tantam.desk.web import case_words, what_if_words
from tantam.desk.web.flow import Flow, flow
from tantam.desk.web.history_href import history_href

FIRST_ROWS = 20
DRAWN = "whatif_moved_"  # sentences that a picture says already
FOREMOST = ("whatif_more", "whatif_fewer", "whatif_as_many", "whatif_changed", "whatif_same", "whatif_empty")
DOUBTS = ("whatif_lacking", "whatif_refused", "whatif_unknown", "whatif_untold")
FATES = ("kept", "broken", "open", "withdrawn", "unknown", "none")
WAITS_TOO_LONG_MINUTES = 1.0

Fate = list[Any]  # before, after, promises


@dataclass(frozen=True, slots=True)
class Told:
    """The two plans that words come from, and the reader's language."""

    draft: RunningPlan
    against: RunningPlan
    lang: str


@dataclass(frozen=True, slots=True)
class FlowFigure:
    """title: a sentence that says what it shows. first: head of the table. left_out: what neither can tell."""

    title: str
    first: str
    flow: Flow
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class KindRow:
    """How promises of one kind end: shares of 1, None where none ended. before_at, after_at: per cent of the axis."""

    name: str
    before: float | None
    after: float | None
    before_n: int
    after_n: int
    before_at: str
    after_at: str
    look: str
    shift: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is otherwise about one case. note: beside it, or ""."""

    name: str
    before: str
    after: str
    look: str
    note: str


def what_if_page(replay: Replay, lang: str, *, most: int | None) -> dict[str, Any]:
    """Return the context of web/what_if_run.html. most: how many cases are shown, None for all that were kept."""
    told = Told(drafts.running(replay.draft), versions.version(replay.against_id), lang)
    context: dict[str, Any] = {
        "run": replay,
        "draft": replay.draft,
        "changes": drafts.changes(replay.draft, told.against),
        "warnings": drafts.warnings(replay.draft, lang),
        "state": what_if_words.state(replay),
        "source": what_if_words.source(replay.source),
        "days": what_if_words.days(replay.since, replay.until),
    }
    match ReplayState(replay.state):
        case ReplayState.DONE:
            return context | _found(replay, told, most)
        case ReplayState.FAILED:
            return context | {"trouble": what_if_words.trouble(replay)}
        case _:
            waited = (clock.now() - replay.made_at).total_seconds() / 60
            idle = replay.state == ReplayState.WAITING and waited > WAITS_TOO_LONG_MINUTES
            return context | {"under_way": True, "idle": idle}


def unreadable_page(replay: Replay) -> dict[str, Any]:
    """Return the context of the same page where one of the two plans can no longer be read: nothing found is shown."""
    return {
        "run": replay,
        "draft": replay.draft,
        "source": what_if_words.source(replay.source),
        "days": what_if_words.days(replay.since, replay.until),
        "trouble": what_if_words.told("plan_unreadable"),
    }


def _found(replay: Replay, told: Told, most: int | None) -> dict[str, Any]:
    found: Mapping[str, Any] = replay.result or {}
    said = trial.sentences(found, told.lang, told.draft)
    return {
        "found": found,
        "says": [what_if_words.emphasised(each) for key, each in said if key in FOREMOST],
        "also": [each for key, each in said if not key.startswith(DRAWN) and key not in FOREMOST + DOUBTS],
        "doubts": [each for key, each in said if key in DOUBTS],
        "fates": _fates(found),
        "kinds": _kinds(found, told),
        "places": _places(found, told),
        "rows": [_row(each, told) for each in found["rows"][:most]],
        "kept_rows": len(found["rows"]),
        "otherwise": _otherwise(found["changed"]),
    }


def _otherwise(changed: int) -> str:
    if not changed:
        return gettext("No case would have gone otherwise")
    said = ngettext("%(n)s case would have gone otherwise", "%(n)s cases would have gone otherwise", changed)
    return said % {"n": spoken.number(changed)}


# ── figures


def _fates(found: Mapping[str, Any]) -> FlowFigure | None:
    """Return how all promises end under the one plan and the other; None where neither makes any."""
    counted: Counter[tuple[str, str]] = Counter()
    for kind in found["fates"].values():
        for before, after, n in kind:
            counted[before, after] += n
    left_out = counted.pop(("unknown", "unknown"), 0)
    counted.pop(("none", "none"), None)
    if not counted:
        return None
    before = sum(n for (one, _), n in counted.items() if one == "broken")
    after = sum(n for (_, other), n in counted.items() if other == "broken")
    moves = [(*pair, n) for pair, n in counted.items()]
    drawn = flow(moves, FATES, what_if_words.fate, _fate_look)
    return FlowFigure(what_if_words.broken(before, after), gettext("Promises"), drawn, left_out)


def _fate_look(before: str, after: str) -> str:
    if before == after:
        return "same"
    return "worse" if after == "broken" else "better" if before == "broken" and after == "kept" else "moved"


def _kinds(found: Mapping[str, Any], told: Told) -> dict[str, Any]:
    """Return the kinds of promise, most promises first, on one axis; its title says which changes most."""
    counted = {kind: (_kept(moves, 0), _kept(moves, 1)) for kind, moves in found["fates"].items()}
    shares = [n / of for sides in counted.values() for n, of in sides if of]
    low = max(0.0, int(min(shares, default=0.0) * 10 - 0.5) / 10)
    ordered = sorted(counted.items(), key=lambda each: -max(of for _, of in each[1]))
    rows = [_kind(kind, sides, low, told, found["shifts"].get(kind)) for kind, sides in ordered]
    return {"title": _kinds_title(rows), "rows": rows, "low": low}


def _kept(moves: Iterable[Fate], side: int) -> tuple[int, int]:
    """Return how many promises were kept, of how many that ended."""
    ended = Counter[str]()
    for each in moves:
        ended[each[side]] += each[2]
    return ended["kept"], ended["kept"] + ended["broken"]


def _kind(kind: str, sides: Any, low: float, told: Told, shift: float | None) -> KindRow:
    shares = [n / of if of else None for n, of in sides]
    at = ["" if each is None else f"{100 * (each - low) / (1 - low):.1f}%" for each in shares]
    before, after = shares
    look = "same"
    if before is not None and after is not None and abs(after - before) >= 0.0005:
        look = "better" if after > before else "worse"
    said = what_if_words.shift(shift) if shift is not None and abs(shift) >= 1 else ""
    return KindRow(capfirst(_kind_name(kind, told)), before, after, sides[0][1], sides[1][1], at[0], at[1], look, said)


def _kinds_title(rows: list[KindRow]) -> str:
    def moved(row: KindRow) -> float:
        return 0.0 if row.before is None or row.after is None else abs(row.after - row.before)

    most = max(rows, key=moved, default=None)
    if most is None or moved(most) < 0.0005:
        return gettext("Each kind of promise would have been kept as often as before")
    given = {
        "kind": most.name,
        "before": spoken.percent(most.before or 0, 1),
        "after": spoken.percent(most.after or 0, 1),
    }
    return gettext("%(kind)s changes most: %(after)s kept instead of %(before)s") % given


def _places(found: Mapping[str, Any], told: Told) -> list[FlowFigure]:
    """Return a figure for each of level, severity and stage that a case would have changed."""
    figures = []
    for what in ("level", "severity", "stage"):
        moves = [(before or "unknown", after or "unknown", n) for before, after, n in found["places"][what]]
        count = sum(n for before, after, n in moves if before != after)
        if count:
            drawn = flow(moves, _order(what, told), lambda code, what=what: _where(what, code, told))
            figures.append(FlowFigure(what_if_words.moved(what, count), what_if_words.place(what), drawn))
    return figures


def _order(what: str, told: Told) -> tuple[str, ...]:
    match what:
        case "level":
            return (*reversed(told.draft.levels()), "unknown")
        case "severity":
            return (*reversed(told.draft.severities()), "unknown")
        case _:
            return ("before", "during", "after", "unknown")


def _where(what: str, code: str, told: Told) -> str:
    return capfirst(what_if_words.where(what, code, told.draft, told.lang))


def _kind_name(kind: str, told: Told, clause: str = "") -> str:
    return case_words.promise(told.draft, kind, clause)


# ── cases


def _row(case: Mapping[str, Any], told: Told) -> dict[str, Any]:
    return {
        "href": _page_of(case),
        "reference": case["reference"],
        "opened": datetime.fromisoformat(case["opened"]),
        "topic": what_if_words.topic(case["topic"], told.draft, told.lang),
        "changes": sorted(
            [*_moves(case, told), *(_promise(each, told) for each in case["promises"])],
            key=lambda each: ("worse", "better", "moved", "same").index(each.look),
        ),
    }


def _page_of(case: Mapping[str, Any]) -> str:
    """Return the address of the case's page; "" for an imported one without a name to find it by."""
    if case["case"] > 0:
        return reverse("web:case", args=[case["case"]])
    return history_href(case["source"], case["reference"])


def _moves(case: Mapping[str, Any], told: Told) -> Iterable[Otherwise]:
    for what, (before, after) in case["places"].items():
        yield Otherwise(
            what_if_words.place(what),
            _where(what, before or "unknown", told),
            _where(what, after or "unknown", told),
            "moved",
            "",
        )


def _promise(each: Mapping[str, Any], told: Told) -> Otherwise:
    before, after = each["before_fate"], each["after_fate"]
    name = capfirst(_kind_name(each["kind"], told, each["after_clause"] or each["before_clause"]))
    note = _due(each["before_due"], each["after_due"])
    return Otherwise(name, what_if_words.fate(before), what_if_words.fate(after), _fate_look(before, after), note)


def _due(before: str | None, after: str | None) -> str:
    if not (before and after):
        return ""
    minutes = (datetime.fromisoformat(after) - datetime.fromisoformat(before)).total_seconds() / 60
    return what_if_words.shift(minutes) if abs(minutes) >= 1 else ""
