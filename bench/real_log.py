"""A real help desk's log imported and replayed: against pandas, and against zen-engine with businesstimedelta."""

from __future__ import annotations

import csv
import gzip
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import Row, paired
from bench.zen_table import Zen, zen_table
from tests.support.sources import ROOT

LOG = ROOT / "../shared/data/log-uci-servicenow/incident_event_log.csv.gz"
PLAN = ROOT / "plans/it-service"
EVENTS, CASES = 141_712, 24_918
INSTANTS = ("opened_at", "sys_created_at", "sys_updated_at", "resolved_at", "closed_at")
LEVELS = {"1": 0, "2": 1, "3": 2}
SEVERITIES = ("critical", "high", "moderate", "low", "low")
HOURS = {"critical": 4, "high": 8, "moderate": 24, "low": 40}  # three and five working days of eight hours
ROUNDS = 3


def rows() -> Iterator[Row]:
    """Yield a row of the log imported, then a case of it replayed; each in seconds for one."""
    if not LOG.exists():
        yield Row("a real log imported and replayed", 0.0, None, None, "the log is not here: ../shared/data")
        return
    with tempfile.TemporaryDirectory() as folder:
        yield _imported(Path(folder))
        yield _replayed(Path(folder))


def _imported(folder: Path) -> Row:
    from tantam.history.imports.mapping import read_mapping
    from tantam.history.imports.run import import_history
    from tantam.history.store import Store

    def ours() -> None:
        Store(folder).remove("servicenow")
        import_history(LOG, read_mapping(PLAN / "history/servicenow.yaml"), folder, told=lambda step, share: None)

    note = "pandas: read, instants parsed, sorted, changes of state found; no facts typed, no reasons, nothing written"
    row = paired("one row of a log of 141,712 imported", ours, _pandas(), rounds=ROUNDS, note=note)
    return Row(row.what, row.ours / EVENTS, row.rival and row.rival / EVENTS, row.ratio, row.note)


def _pandas() -> Callable[[], object] | None:
    try:
        import pandas
    except ImportError:
        return None

    def rival() -> object:
        log = pandas.read_csv(LOG, na_values=["?"], dtype=str)
        for name in INSTANTS:
            log[name] = pandas.to_datetime(log[name], format="%d/%m/%Y %H:%M")
        log = log.sort_values(["number", "sys_mod_count"], kind="stable")
        before = log.groupby("number")[["incident_state", "reopen_count", "reassignment_count"]].shift()
        return {name: int((log[name] != before[name]).sum()) for name in before}

    return rival


def _replayed(folder: Path) -> Row:
    from tantam.history.past import open_past
    from tantam.history.past_cases import ends, past_cases
    from tantam.plan import sections
    from tantam.plan.whatif import replay

    plan = sections.read(PLAN)
    past = open_past(folder)
    until = ends(past)
    assert until is not None

    def ours() -> None:
        replay(plan, past_cases(past), until=until)

    note = (
        "zen-engine for the severity, businesstimedelta for one due instant; ours reads the past, all promises, waiting"
    )
    row = paired("one case of that log replayed", ours, _rules_and_hours(), rounds=ROUNDS, note=note)
    return Row(row.what, row.ours / CASES, row.rival and row.rival / CASES, row.ratio, row.note)


def _rules_and_hours() -> Callable[[], object] | None:
    zen, add = zen_table(_severities()), _business_hours()
    if zen is None or add is None:
        return None
    opened = list(_openings())

    def rival() -> object:
        return [add(at, HOURS[_severity(zen, impact, urgency)]) for impact, urgency, at in opened]

    return rival


def _severity(zen: Zen, impact: str, urgency: str) -> str:
    return str(zen({"impact": impact, "urgency": urgency})["severity"])


def _severities() -> tuple[tuple[str, ...], str, tuple[tuple[str, ...], ...]]:
    """Return inputs, output and rows of plans/it-service, triage.severity."""
    grid = tuple(
        (f"'{impact}'", f"'{urgency}'", f"'{SEVERITIES[LEVELS[impact] + LEVELS[urgency]]}'")
        for impact in LEVELS
        for urgency in LEVELS
    )
    return ("impact", "urgency"), "severity", grid


def _openings() -> Iterator[tuple[str, str, datetime]]:
    seen: set[str] = set()
    with gzip.open(LOG, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["number"] not in seen:
                seen.add(row["number"])
                yield row["impact"], row["urgency"], datetime.strptime(row["opened_at"], "%d/%m/%Y %H:%M")  # noqa: DTZ007


def _business_hours() -> Callable[[datetime, int], Any] | None:
    try:
        import businesstimedelta as business
    except ImportError:
        return None
    from datetime import time
    from zoneinfo import ZoneInfo

    office = business.WorkDayRule(start_time=time(8), end_time=time(17), working_days=[0, 1, 2, 3, 4])
    lunch = business.LunchTimeRule(start_time=time(12), end_time=time(13), working_days=[0, 1, 2, 3, 4])
    rules, zone = business.Rules([office, lunch]), ZoneInfo("Asia/Ho_Chi_Minh")
    return lambda start, hours: start.replace(tzinfo=zone) + business.BusinessTimeDelta(rules, hours=hours)
