"""A frozen plan is the same plan, with its holidays fixed; its hash says what it says and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tantam.plan import run
from tantam.plan.calendars import is_open
from tantam.plan.errors import PlanUnreadable
from tantam.plan.files import Source
from tantam.plan.sections import Plan, freeze, read, read_text, thaw
from tantam.plan.sections.build import build

FILE = Path(__file__).parents[1] / "samples" / "shop.yaml"
SHOP = FILE.read_text(encoding="utf-8")
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_thawed_it_has_the_same_hash_its_number_and_the_same_answers() -> None:
    plan = read(FILE)
    again = thaw(freeze(plan, version=7, today=TODAY))
    assert (again.hash, again.version, again.name) == (plan.hash, 7, f"7-{plan.hash}")
    facts = {"order": "1", "price": "100000 VND", "seal": "no", "items": "[]", "fault": "ours", "owned": "3 days"}
    facts["items"] = '[{"name": "lamp", "price": "100000 VND"}]'
    one, two = (run.decide(each, "exchange", facts, now=NOW) for each in (plan, again))
    assert (one.outcome, one.outputs) == (two.outcome, two.outputs)
    assert one.outcome == "replace"


def test_thawing_reads_no_file_and_no_holiday_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "plan.yaml"
    copy.write_text(SHOP, encoding="utf-8")
    frozen = freeze(read(copy), today=TODAY)
    copy.unlink()
    assert str(tmp_path) not in frozen
    plan = thaw(frozen)
    assert plan.hours["office"].holidays.years == {2026, 2027, 2028}
    tet = date(2027, 2, 6)
    assert tet in plan.hours["office"].holidays.dates


def test_working_days_of_a_thawed_plan_are_the_frozen_ones() -> None:
    frozen = json.loads(freeze(read(FILE), today=TODAY))
    frozen["holidays"]["office"]["2026"].append("2026-11-23")
    # From Saturday 21 November: Tuesday 24 is a holiday since 2026, and Monday 23 is now as well.
    assert _resolution(read(FILE)) == date(2026, 11, 25)
    assert _resolution(thaw(json.dumps(frozen))) == date(2026, 11, 26)


def _resolution(plan: Plan) -> date:
    (due,) = [each.due for each in run.owed(plan, {"severity": "normal"}, start=NOW) if each.kind == "resolution"]
    return due.date()


def test_a_changed_frozen_plan_is_refused() -> None:
    frozen = freeze(read(FILE), today=TODAY).replace("365 days", "366 days")
    with pytest.raises(PlanUnreadable) as caught:
        thaw(frozen)
    assert caught.value.findings[0].code == "F18"


@pytest.mark.parametrize("part", ["sources", "nodes"])
def test_sources_and_what_they_say_cannot_part(part: str) -> None:
    frozen = json.loads(freeze(read(FILE), today=TODAY))
    frozen[part] = json.loads(json.dumps(frozen[part]).replace("365 days", "366 days"))
    with pytest.raises(PlanUnreadable) as caught:
        thaw(json.dumps(frozen))
    assert caught.value.findings[0].code == "F18"


def test_thawed_it_has_the_nodes_and_places_that_reading_finds() -> None:
    plan = read_text(SHOP)
    assert thaw(freeze(plan, today=TODAY)).root == plan.root


def test_a_plan_frozen_without_its_nodes_is_thawed_from_its_sources() -> None:
    frozen = json.loads(freeze(read_text(SHOP), today=TODAY)) | {"form": 1}
    del frozen["nodes"], frozen["seal"]
    assert thaw(json.dumps(frozen)).root == read_text(SHOP).root


def test_the_hash_ignores_comments_and_layout_but_not_a_single_cell() -> None:
    plan = read_text(SHOP)
    assert len(plan.hash) == 12
    assert read_text("# hello\n" + SHOP + "\n# bye\n").hash == plan.hash
    assert read_text(SHOP.replace("\n", "\r\n").replace("\r\n", "\n")).hash == plan.hash
    assert read_text(SHOP.replace("> 365 days ", "> 364 days ")).hash != plan.hash


def test_a_folder_has_the_hash_of_its_parts_put_together(tmp_path: Path) -> None:
    head, _, texts = SHOP.partition("texts: ")
    (tmp_path / "a.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("texts: " + texts, encoding="utf-8")
    assert read(tmp_path).hash == read_text(SHOP).hash


def test_a_plan_in_force_stays_readable_though_prose_broke_at_its_comma() -> None:
    source = Source("plan.yaml", SHOP + "recognition: {praise: {vi: Ai được khen, được thưởng}}\n")
    with pytest.raises(PlanUnreadable):
        build((source,))
    enacted = build((source,), holidays={})
    again = thaw(freeze(enacted, version=3, today=TODAY))
    assert (again.name, again.recognition["praise"].words["vi"]) == (f"3-{enacted.hash}", "Ai được khen")


def _named_calendar(folder: Path) -> Path:
    """Write a plan whose office is closed by a calendar beside it, and on a lunar day."""
    text = SHOP.replace(
        "  office:",
        "  stand_by: {rest_of: counter}\n  counter: {mon-fri: '08:00-12:00', feed: days.ics, lunar: '10/3'}\n  office:",
    )
    assert text != SHOP
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    event = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261123\nEND:VEVENT\n"
    (folder / "days.ics").write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", encoding="utf-8")
    return folder / "plan.yaml"


def test_a_calendar_beside_the_plan_is_part_of_it_and_of_its_hash(tmp_path: Path) -> None:
    plan = read(_named_calendar(tmp_path))
    monday = datetime(2026, 11, 23, 9, tzinfo=plan.hours["counter"].tz)
    assert not is_open(plan.hours["counter"], monday)
    assert is_open(plan.hours["stand_by"], monday)
    (tmp_path / "days.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n", encoding="utf-8")
    assert read(tmp_path / "plan.yaml").hash != plan.hash


def test_days_of_calendars_and_of_the_moon_are_frozen_with_the_plan(tmp_path: Path) -> None:
    frozen = json.loads(freeze(read(_named_calendar(tmp_path)), today=TODAY))
    (tmp_path / "days.ics").unlink()
    again = thaw(json.dumps(frozen)).hours
    monday = datetime(2026, 11, 23, 9, tzinfo=again["counter"].tz)
    assert not is_open(again["counter"], monday)
    assert is_open(again["stand_by"], monday)
    # What stands in the frozen plan counts, whatever the calendar or the moon would say today.
    assert frozen["days"]["counter"]["2027"].pop("2027-04-16") == []
    frozen["days"]["counter"]["2026"].pop("2026-11-23")
    changed = thaw(json.dumps(frozen)).hours
    for moment in (monday, datetime(2027, 4, 16, 9, tzinfo=monday.tzinfo)):
        assert is_open(changed["counter"], moment)
        assert not is_open(changed["stand_by"], moment)
