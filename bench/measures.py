"""The ten measures over ten million events in Parquet, against the same ten in polars."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import Row, paired

CASES = 1_300_000  # about ten million events
STRETCH = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
ROUNDS = 5
PLAN = Path(__file__).parent.parent / "plans/ben-xuan"


def rows() -> Iterator[Row]:
    """Yield the ten of one quarter: ours with interval, stretch before and eight weeks; polars with the value alone."""
    from bench.ten_in_polars import ten
    from tantam.history.measures import definitions, measure
    from tantam.history.past import open_past
    from tantam.plan import sections

    plan = sections.read(PLAN)
    with tempfile.TemporaryDirectory() as folder:
        events, files = years(Path(folder), CASES)
        past = open_past(Path(folder), clocks=plan.hours, until=STRETCH[1])
        counted = [each for each in definitions(plan).values() if each.of == each.name]

        def ours() -> None:
            for definition in counted:
                measure(past, definition, STRETCH)

        def rival() -> None:
            ten(files, *(each.replace(tzinfo=None) for each in STRETCH))

        note = "polars, values alone: no interval, no stretch before, no weeks, calendar time"
        yield paired(
            f"{len(counted)} measures of a quarter over {events / 1e6:.1f} million events",
            ours,
            rival,
            rounds=ROUNDS,
            note=note,
        )


def years(folder: Path, cases: int) -> tuple[int, list[Path]]:
    """Fill a directory of history with made-up years of so many cases; return how many events, and the files."""
    import duckdb

    from tantam.history.events import COLUMNS
    from tantam.history.store import Store, parts

    store, source = Store(folder), "years"
    staged = store.staging(source)
    with duckdb.connect() as own:
        written = (Path(__file__).parent / "years.sql").read_text(encoding="utf-8")
        own.execute(f"CREATE TABLE made AS {written}", {"cases": cases})
        known = {each[0] for each in own.execute("DESCRIBE made").fetchall()}
        columns = ", ".join(
            name if name in known else f"CAST(NULL AS {kind}) AS {name}" for name, kind in COLUMNS.items()
        )
        months = own.execute("SELECT DISTINCT date_trunc('month', instant) FROM made ORDER BY 1").fetchall()
        for (month,) in months:
            chosen = f"(SELECT {columns} FROM made WHERE date_trunc('month', instant) = TIMESTAMP '{month}')"
            parts.write(own, chosen, staged / f"{month:%Y-%m}.parquet")
        (events,) = own.execute("SELECT count(*) FROM made").fetchone() or (0,)
    store.replace(source, sorted(staged.iterdir()), fingerprint=f"{cases} cases made up")
    return events, [folder / each.path for each in store.manifest().files]
