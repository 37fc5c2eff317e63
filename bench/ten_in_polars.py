"""The ten measures of one stretch as an analyst would write them in polars: calendar time, no interval, no trend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

ACTED = ("replied", "asked")
PASSED_ON = ("handed_over", "escalated")
COMPLAINTS = ("complaint",)
DAYS_14 = timedelta(days=14)


def ten(files: Sequence[Path], since: datetime, until: datetime) -> dict[str, float | None]:
    """Return the ten measures of [since, until), naive UTC: shares of 1, or medians in minutes."""
    events = pl.scan_parquet([str(each) for each in files])
    inside = pl.col("instant").is_between(since, until, closed="left")
    opened = _first(events, ("opened",), "opened")
    first_resolved, last_resolved = _first(events, ("resolved",), "resolved"), _last(events, ("resolved",), "resolved")
    settled = last_resolved.filter(pl.col("resolved").is_between(since, until, closed="left"))
    figures = {
        "promises_kept": events.filter(inside, pl.col("code").is_in(["kept", "broken"])).select(
            (pl.col("code") == "kept").mean()
        ),
        "first_reply": _median(opened, _first(events, ACTED, "done"), since, until),
        "resolution": _median(opened, last_resolved.rename({"resolved": "done"}), since, until),
        "reopened": first_resolved.filter(pl.col("resolved").is_between(since, until, closed="left"))
        .join(_first(events, ("reopened",), "again"), on="case_id", how="left")
        .select((pl.col("again") - pl.col("resolved") <= DAYS_14).fill_null(False).mean()),
        "reassigned": _ever(settled, events, PASSED_ON),
        "escalated": _ever(settled, events, ("escalated",)),
        "repeat_contact": _repeated(events, since, until),
        "complaint_rate": events.filter(inside, pl.col("code") == "opened").select(
            pl.col("topic").is_in(COMPLAINTS).mean()
        ),
        "backlog_age": opened.filter(pl.col("opened") < until)
        .join(_last(events.filter(pl.col("instant") < until), ("resolved",), "closed"), on="case_id", how="left")
        .join(_last(events.filter(pl.col("instant") < until), ("reopened",), "again"), on="case_id", how="left")
        .filter(pl.col("closed").is_null() | (pl.col("again") > pl.col("closed")))
        .select((pl.lit(until) - pl.col("opened")).dt.total_minutes().median()),
        "return_rate": events.filter(inside, pl.col("code") == "granted").select(pl.len().cast(pl.Float64)),
    }
    found = pl.collect_all(list(figures.values()))
    return {name: _one(frame) for name, frame in zip(figures, found)}


def _one(frame: Any) -> float | None:
    return frame.item() if frame.height else None


def _first(events: pl.LazyFrame, codes: Sequence[str], name: str) -> pl.LazyFrame:
    chosen = events.filter(pl.col("code").is_in(list(codes)))
    return chosen.group_by("case_id").agg(pl.col("instant").min().alias(name))


def _last(events: pl.LazyFrame, codes: Sequence[str], name: str) -> pl.LazyFrame:
    chosen = events.filter(pl.col("code").is_in(list(codes)))
    return chosen.group_by("case_id").agg(pl.col("instant").max().alias(name))


def _median(opened: pl.LazyFrame, done: pl.LazyFrame, since: datetime, until: datetime) -> pl.LazyFrame:
    chosen = done.filter(pl.col("done").is_between(since, until, closed="left"))
    minutes = (pl.col("done") - pl.col("opened")).dt.total_minutes()
    return chosen.join(opened, on="case_id").select(minutes.median())


def _ever(cases: pl.LazyFrame, events: pl.LazyFrame, codes: Sequence[str]) -> pl.LazyFrame:
    passed = events.filter(pl.col("code").is_in(list(codes))).select("case_id").unique().with_columns(ever=pl.lit(True))
    return cases.join(passed, on="case_id", how="left").select(pl.col("ever").fill_null(False).mean())


def _repeated(events: pl.LazyFrame, since: datetime, until: datetime) -> pl.LazyFrame:
    opened = events.filter(pl.col("code") == "opened").select("customer", "instant").sort("customer", "instant")
    before = opened.with_columns(earlier=pl.col("instant").shift(1).over("customer"))
    chosen = before.filter(pl.col("instant").is_between(since, until, closed="left"))
    return chosen.select((pl.col("instant") - pl.col("earlier") <= timedelta(days=7)).fill_null(False).mean())
