"""A real log of 24,918 incidents: what history says of it agrees with figures computed another way."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import Imported, import_history
from tantam.history.measures import Definition, behind, definitions, measure, sliced
from tantam.history.past import Past, open_past
from tantam.history.past_cases import Wanted, past_cases
from tantam.history.store.files import locked
from tantam.plan.run import triage
from tantam.plan.sections import Plan, read
from tantam.plan.whatif import Fate, PastCase, replay
from tests.support.plans import company
from tests.support.sources import ROOT
from tools import log_due, log_figures
from tools.log_figures import BACKLOG_DAYS, PLACE, Incident, Log, calendar_minutes, office_minutes

FILE = ROOT.parent / "shared" / "data" / "log-uci-servicenow" / "incident_event_log.csv.gz"
PLAN = company("it-service")
MAPPING = ROOT / "plans" / "it-service" / "history" / "servicenow.yaml"
ZONE = ZoneInfo(PLAN.zone)
WHOLE = (datetime(2016, 1, 1, tzinfo=ZONE), datetime(2017, 4, 1, tzinfo=ZONE))
MONTHS = [date(2016 + month // 12, month % 12 + 1, 1) for month in range(1, 14)]  # February 2016 to February 2017

Lasted = dict[tuple[str, bool], dict[str, float]]

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the real log is not beside the project (../shared/data)")


@pytest.fixture(scope="module")
def raw() -> Log:
    return log_figures.read_log(FILE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the history lies: in one place for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "real-log"


@pytest.fixture(scope="module")
def imported(folder: Path) -> Imported:
    """Import the log once a run: whoever comes second waits, and finds it there."""
    with locked(folder.with_suffix(".lock")):
        return import_it(folder)


def import_it(folder: Path) -> Imported:
    return import_history(FILE, read_mapping(MAPPING, None), folder, told=lambda step, share: None)


@pytest.fixture(scope="module")
def past(folder: Path, imported: Imported) -> Past:
    return open_past(folder, clocks=PLAN.hours, until=WHOLE[1])


def counted(name: str, **changed: object) -> Definition:
    return replace(definitions(PLAN)[name], **changed)


def stretch(first: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(first, time(), ZONE)
    return begin, datetime.combine((first + timedelta(days=31)).replace(day=1), time(), ZONE)


def months(raw: Log) -> Iterator[tuple[tuple[datetime, datetime], list[Incident]]]:
    """Yield each month with the incidents settled for good in it."""
    for first in MONTHS:
        yield stretch(first), [each for each in raw.incidents if each.resolved.date().replace(day=1) == first]


def test_every_row_is_read_and_every_noise_told(imported: Imported, raw: Log) -> None:
    assert (imported.rows, imported.cases) == (raw.rows, len(raw.incidents)) == (141_712, 24_918)
    assert sum(imported.rejected.values()) == sum(raw.rejected.values()) == 10
    assert imported.rejected["noise"] == raw.rejected["state -100"]
    assert imported.rejected["before_opened"] == raw.rejected["before the opening"]


def test_a_second_import_changes_nothing(folder: Path, imported: Imported) -> None:
    again = import_it(folder)
    assert not again.changed
    assert again.events == imported.events


def test_what_the_log_does_not_know_is_named(imported: Imported) -> None:
    assert {"department", "stopped", "deadline"} <= set(imported.unknown)
    assert not {"impact", "urgency", "known_remedy"} & set(imported.unknown)


def test_each_event_happened_as_often_as_the_rows_tell(imported: Imported, raw: Log) -> None:
    told = Counter(what for each in raw.incidents for _, what in each.moments)
    assert {name: imported.events[name] for name in ("asked", "resolved", "reopened")} == {
        name: told[name] for name in ("asked", "resolved", "reopened")
    }


def test_the_sla_was_kept_as_often_as_last_rows_say(past: Past, raw: Log) -> None:
    said = measure(past, counted("promises_kept"), WHOLE, weeks=0)
    assert (said.n, said.hits) == (len(raw.incidents), sum(each.kept for each in raw.incidents)) == (24_918, 15_803)


def test_the_sla_of_each_month_agrees(past: Past, raw: Log) -> None:
    for within, settled in months(raw):
        said = measure(past, counted("promises_kept"), within, weeks=0)
        assert (said.n, said.hits) == (len(settled), sum(each.kept for each in settled)), within


def test_the_sla_of_each_channel_agrees(past: Past, raw: Log) -> None:
    said = {each.key: (each.n, each.hits) for each in sliced(past, counted("promises_kept"), WHOLE, "channel")}
    assert said == of_each(raw, log_figures.channel)


def test_the_sla_of_each_severity_agrees(past: Past, raw: Log) -> None:
    rows = past.rows(
        "SELECT opening.severity, COUNT(*), COUNT(*) FILTER (WHERE event.code = 'kept')"
        " FROM event JOIN event AS opening ON opening.case_id = event.case_id AND opening.code = 'opened'"
        " WHERE event.code IN ('kept', 'broken') GROUP BY 1"
    )
    assert {key: (n, hits) for key, n, hits in rows} == of_each(raw, lambda each: each.severity)


def of_each(raw: Log, key: object) -> Mapping[str, tuple[int, int]]:
    n, hits = Counter(map(key, raw.incidents)), Counter(key(each) for each in raw.incidents if each.kept)
    return {name: (n[name], hits[name]) for name in n}


@pytest.fixture(scope="module")
def lasted(raw: Log) -> Lasted:
    """Return {(clock, whether waiting is left out): {number: own minutes to its settling}}."""
    ends = [(each, each.resolved) for each in raw.incidents]
    return {
        (clock, waits): {each.number: log_figures.minutes_running(each, end, ticks, waits=waits) for each, end in ends}
        for clock, ticks in (("", calendar_minutes), ("office", office_minutes))
        for waits in (True, False)
    }


@pytest.mark.parametrize("clock", ["", "office"])
@pytest.mark.parametrize("waits", [True, False])
def test_the_resolution_of_every_single_incident_agrees(past: Past, lasted: Lasted, clock: str, waits: bool) -> None:
    definition = counted("resolution", clock=clock, leaves_out=("waiting",) if waits else ())
    said = {each.reference: each.value for each in behind(past, definition, WHOLE, most=100_000)}
    own = lasted[clock, waits]
    assert len(said) == len(own)
    assert {key: (value, own[key]) for key, value in said.items() if abs(value - own[key]) > 1e-6} == {}
    spread = log_figures.spread(list(own.values()))
    assert measure(past, definition, WHOLE, weeks=0).value == pytest.approx(spread["median"], abs=1e-6)


def test_the_median_resolution_of_each_month_agrees(past: Past, raw: Log) -> None:
    for within, settled in months(raw):
        said = measure(past, counted("resolution", clock="office", leaves_out=("waiting",)), within, weeks=0)
        own = log_figures.resolutions(settled, office_minutes)
        assert (said.n, said.value) == (own["n"], pytest.approx(own["median"], abs=1e-6)), within


@pytest.mark.parametrize("name", ["reopened", "reassigned"])
def test_the_share_that_went_on_agrees(past: Past, raw: Log, name: str) -> None:
    said = measure(past, counted(name), WHOLE, weeks=0)
    own = log_figures.share(map(getattr(log_figures, name), raw.incidents))
    assert (said.n, said.hits) == (own["n"], own["hits"])


def test_repeat_contact_agrees_for_every_single_incident(past: Past, raw: Log) -> None:
    definition = counted("repeat_contact")
    said = {each.reference: bool(each.value) for each in behind(past, definition, WHOLE, most=100_000)}
    assert said == log_figures.repeated(raw.incidents)
    assert measure(past, definition, WHOLE, weeks=0).unknown == len(raw.incidents) - len(said)


@pytest.mark.parametrize("day", BACKLOG_DAYS)
def test_what_was_open_on_a_day_and_how_old_agrees(past: Past, raw: Log, day: date) -> None:
    begin = datetime.combine(day, time(), ZONE)
    said = measure(past, counted("backlog_age", clock="office"), (begin - timedelta(days=30), begin), weeks=0)
    own = log_figures.backlog(raw.incidents, day)
    assert (said.n, said.value) == (own["n"], pytest.approx(own["median"], abs=1e-6))


@pytest.mark.parametrize(
    ("name", "unknown", "reason"), [("escalated", 24_918, "no_escalations"), ("first_reply", 0, "no_replies")]
)
def test_what_the_log_cannot_tell_is_no_number(past: Past, name: str, unknown: int, reason: str) -> None:
    said = measure(past, counted(name), WHOLE, weeks=0)
    assert (said.n, said.value, said.unknown, said.reason) == (0, None, unknown, reason)


def test_triage_of_the_plan_places_every_incident_as_the_log_did(raw: Log) -> None:
    code = {"1": "high", "2": "medium", "3": "low"}
    placed = {
        (impact, urgency): triage(PLAN, {"impact": code[impact], "urgency": code[urgency]}, now=WHOLE[0]).severity
        for impact in code
        for urgency in code
    }
    firsts = [each.rows[0] for each in raw.incidents]
    other = [row for row in firsts if placed[row["impact"], row["urgency"]] != log_figures.SEVERITIES[row["priority"]]]
    assert other == []


@pytest.fixture(scope="module")
def cases(past: Past) -> list[PastCase]:
    return list(past_cases(past, Wanted()))


def drafted(folder: Path, high: str) -> Plan:
    """Return the plan as a draft in which a case of high severity is settled within `high`."""
    written = shutil.copytree(ROOT / "plans" / "it-service", folder / high, ignore=lambda *_: {"history", "cases.yaml"})
    text = (written / "plan.yaml").read_text()
    row = next(line for line in text.splitlines() if line.lstrip().startswith("resolution_high "))
    (written / "plan.yaml").write_text(text.replace(row, row.replace("8 h", high)))
    return read(written)


@pytest.mark.parametrize("hours", [8, 4])
def test_replay_breaks_the_very_promises_that_own_arithmetic_breaks(
    cases: list[PastCase], raw: Log, hours: int, tmp_path: Path
) -> None:
    replayed = replay(drafted(tmp_path, f"{hours} h"), cases, until=WHOLE[1])
    said = {
        (replayed.pasts[key].reference, each.turn): each.fate is Fate.BROKEN
        for key, case in replayed.cases.items()
        for each in case.promises
        if each.kind == "resolution"
    }
    promised = log_due.HOURS | {"high": hours}
    own = {
        (each.number, number): log_due.is_broken(turn, log_due.severity(each), promised)
        for each in raw.incidents
        for number, turn in enumerate(log_due.turns(each))
    }
    assert len(own) == 24_918 + 331  # one of each incident, one more of each reopening
    assert {key for key in own if own[key] != said.get(key)} == set()
    assert len(said) == len(own)


def test_replay_names_the_facts_that_the_log_lacks(cases: list[PastCase]) -> None:
    replayed = replay(PLAN, cases[:100], until=WHOLE[1])
    assert {each.term for each in replayed.lacks} == {"department", "stopped"}
    assert {kind for case in replayed.cases.values() for kind in case.undecided} == {"first_reply", "update"}


def test_the_page_about_it_shows_these_figures(raw: Log, lasted: Lasted) -> None:
    shown = (ROOT / "docs" / "history-of-a-real-log.md").read_text()
    own, every = log_figures.figures(raw), raw.incidents
    wanted = [_of(own[name]) + f", {own[name]['share']:.1%}".replace("%", " %") for name in SHARES]
    wanted += [_of(each) for each in (*own["sla_by_severity"].values(), *list(own["sla_by_category"].values())[:4])]
    for each in lasted.values():
        spread = log_figures.spread(list(each.values()))
        wanted.append("{median:,g} min ({lower:,g}; {upper:,.8g})".format(**spread))
    wanted += ["| {n:,} | {n:,} | {median:,g} | {median:,g} |".format(**each) for each in own["backlog"].values()]
    settled = [these for _, these in months(raw)]
    for these in (*settled[:5], [each for month in settled[5:] for each in month]):
        kept, took = log_figures.share(each.kept for each in these), log_figures.resolutions(these, office_minutes)
        wanted.append(f"{_of(kept)}, {kept['share']:.1%} |".replace("% |", " % |"))
        wanted.append("| {0:,g} | {0:,g} |".format(took["median"]))
    for hours in (8, 4):
        broken = log_due.broken(every, log_due.HOURS | {"high": hours})
        wanted += ["| {0:,} | {0:,} |".format(broken.total()), str(broken["high"])]
    assert [each for each in wanted if each not in shown] == []


SHARES = ("sla", "reopened", "reassigned", "repeat_contact")


def _of(each: Mapping[str, float]) -> str:
    return "{hits:,} of {n:,}".format(**each)


def test_our_own_open_minutes_agree_with_a_library() -> None:
    library = pytest.importorskip("businesstimedelta")
    spans = [
        library.WorkDayRule(start_time=time(begin // 60), end_time=time(end // 60), working_days=range(5))
        for begin, end in log_figures.OFFICE
    ]
    off = library.HolidayRule(dict.fromkeys(log_figures.DAYS_OFF, "off"))
    rules = library.Rules([*spans, off])
    chance = random.Random(498)
    first = datetime(2016, 3, 1, tzinfo=UTC)
    for _ in range(200):
        begin = first + timedelta(minutes=chance.randrange(400_000))
        end = begin + timedelta(minutes=chance.randrange(60_000))
        lasted = rules.difference(begin, end)
        assert office_minutes(begin.replace(tzinfo=PLACE), end.replace(tzinfo=PLACE)) == lasted.timedelta / timedelta(
            minutes=1
        ), (begin, end)
