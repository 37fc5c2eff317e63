"""The worked cases of docs/algorithms/replay.md come out as the page says."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from tantam.plan.sections import read_text
from tantam.plan.whatif import PastCase, Promised, ReplayedCase, Turn, replay
from tests.plan.calendars.worked import PAGES, table
from tests.plan.whatif.cases import BERLIN

PAGE = "replay.md"
[YAML] = re.findall(r"```yaml\n(.*?)```", (PAGES / PAGE).read_text(encoding="utf-8"), re.DOTALL)
PLAN = read_text(YAML)
CASES = table(PAGE, 0)
UNTIL = datetime(2026, 12, 31, tzinfo=BERLIN)


def moment(text: str) -> datetime:
    """Return `03-02 09:00` of 2026 in Berlin; a year may be written."""
    written = text if text.startswith("20") else f"2026-{text}"
    return datetime.fromisoformat(written).replace(tzinfo=BERLIN)


def past(row: dict[str, str]) -> PastCase:
    """Return the case of a row; what is written with `?` is not among its facts."""
    topic, *rest = row["known"].split(", ")
    facts = {"topic": topic} | dict(each.split(" ") for each in rest if not each.endswith("?"))
    settled, _, by = row["settled"].partition(" by ")
    waits = tuple(_wait(each) for each in [row["waited"]] if each != "-")
    turn = Turn(
        moment(row["opened"]),
        None if settled == "-" else moment(settled),
        by == "customer",
        () if row["written"] == "-" else (moment(row["written"]),),
        waits,
    )
    return PastCase(int(row["#"]), "log", row["#"], turn.begins, told=facts, turns=(turn,))


def _wait(text: str) -> tuple[datetime, datetime | None]:
    begins, _, ends = text.partition("..")
    return moment(begins.strip()), moment(ends.strip()) if ends.strip() else None


def said(case: ReplayedCase, kind: str) -> str:
    """Return what became of a promise as the page writes it."""
    if kind in case.undecided:
        return f"unknown: {', '.join(case.undecided[kind])}"
    (found,) = [each for each in case.promises if each.kind == kind]
    return f"{_due(found)} {found.fate}"


def _due(found: Promised) -> str:
    due, moved = (_written(each) if each else "" for each in (found.due, found.moved))
    return f"{due}, {moved}" if moved and moved != due else due


def _written(instant: datetime) -> str:
    local = instant.astimezone(BERLIN)
    return f"{local:%m-%d %H:%M}" if local.year == 2026 else f"{local:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["because"])
def test_worked_case(row: dict[str, str]) -> None:
    case = past(row)
    found = replay(PLAN, [case], until=UNTIL).cases[case.key]
    assert found.severity == (None if row["severity"] == "unknown" else row["severity"])
    assert {kind: said(found, kind) for kind in ("first_reply", "resolution")} == {
        kind: row[kind] for kind in ("first_reply", "resolution")
    }


def test_every_fate_and_a_lack_are_worked() -> None:
    cells = " ".join(row[kind] for row in CASES for kind in ("first_reply", "resolution"))
    assert all(word in cells for word in ("kept", "broken", "open", "withdrawn", "unknown"))
