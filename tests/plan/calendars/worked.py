"""Reads the worked cases and hours of a page under docs/algorithms."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from tantam.plan.calendars import Hours, parse_hours
from tantam.plan.calendars.local_time import instant_at

PAGES = Path(__file__).parents[3] / "docs" / "algorithms"


def table(page: str, number: int) -> list[dict[str, str]]:
    """Return the rows of the table `number` (from 0) of `page`, by their column's head."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", (PAGES / page).read_text(encoding="utf-8"), re.MULTILINE)
    lines = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in blocks[number].splitlines()]
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]]


@cache
def hours_of(page: str) -> dict[str, Hours]:
    """Return the hours that `page` defines, in its YAML block or within a sentence."""
    text = (PAGES / page).read_text(encoding="utf-8")
    lines = re.findall(r"^\w+: +\{zone.*\}$", text, re.MULTILINE) + re.findall(r"`(\w+: \{zone.*?\})`", text)
    hours: dict[str, Hours] = {}
    for name, form in YAML(typ="safe").load("\n".join(lines)).items():
        hours[name], faults = parse_hours(form, "UTC", name=name)
        assert not faults
    return hours


def local(text: str, hours: Hours) -> datetime:
    """Return the instant of a local time, with its offset where the clock shows it twice."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else instant_at(moment, hours.tz)
