"""The first half of an import: rows read once, staged in finished chunks, then sorted by case outside of memory."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tantam.history.imports.log import Log
from tantam.history.imports.refused import Rejection
from tantam.history.imports.rows import Rows, Staged
from tantam.history.store import connection
from tantam.history.store.files import replace_text
from tantam.history.store.parts import quoted

ROWS_A_CHUNK = 50_000  # rows of the log
CHUNKS, SORTED = "rows", "sorted.parquet"
Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Count:
    """What became of a chunk's rows. last: the number of its last row. done: whether the log ended with it."""

    rows: int = 0
    staged: int = 0
    dropped: int = 0
    rejected: int = 0
    last: int = 0
    done: bool = False


def stage(directory: Path, log: Log, rows: Rows, told: Told) -> list[Count]:
    """Stage every row of the log that is not staged yet; return the counts of all chunks.

    A chunk counts once its count is written, which is last of all: an import that was stopped goes on behind it.
    """
    (directory / CHUNKS).mkdir(parents=True, exist_ok=True)
    counts = finished(directory)
    if counts and counts[-1].done:
        return counts
    after = counts[-1].last if counts else 0
    left = ((number, row) for number, row in log.rows if number > after)
    while not counts or not counts[-1].done:
        counts.append(_chunk(directory, len(counts), left, rows))
        told(log.read())
    return counts


def finished(directory: Path) -> list[Count]:
    """Return the counts of the chunks that are finished, in their order."""
    found: list[Count] = []
    while (path := _path(directory, len(found), "json")).exists():
        found.append(Count(**json.loads(path.read_text(encoding="utf-8"))))
    return found


def rejection_files(directory: Path, chunks: int) -> list[Path]:
    """Return the files of rows that were rejected by themselves."""
    return [_path(directory, chunk, "rejected") for chunk in range(chunks)]


def read_rejections(path: Path) -> Iterator[Rejection]:
    """Yield the rejections in a file that `write_rejections` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Rejection(*json.loads(line))


def write_rejections(path: Path, found: Sequence[Rejection]) -> None:
    """Write rejections by row, whole or not at all."""
    ordered = sorted(found, key=lambda each: each.row)
    replace_text(path, "".join(json.dumps(each.plain()) + "\n" for each in ordered))


def sort(directory: Path, counts: Sequence[Count], orders: int) -> Path:
    """Return the file of all staged rows: by case, instant, the mapping's order, and the log's own.

    orders: how many slots behind the instant order rows. Nothing is done where the file is there.
    """
    path = directory / SORTED
    chunks = [_path(directory, index, "parquet") for index, each in enumerate(counts) if each.staged]
    if path.exists() or not chunks:
        return path
    listed = ", ".join(map(quoted, chunks))
    by = "".join(f"TRY_CAST(c{index} AS BIGINT) NULLS FIRST, " for index in range(1, orders + 1))
    new = path.with_suffix(".new")
    with connection() as own:
        own.execute("SET preserve_insertion_order = false")
        own.execute(
            f"COPY (SELECT * FROM read_parquet([{listed}]) ORDER BY case_id, key, c0 NULLS FIRST, {by}row) "
            f"TO {quoted(new)} (FORMAT parquet, ROW_GROUP_SIZE 20000)"
        )
    os.replace(new, path)
    return path


def _chunk(directory: Path, index: int, left: Iterator[tuple[int, Sequence[str]]], rows: Rows) -> Count:
    staged: list[Staged] = []
    rejected: list[Rejection] = []
    read = dropped = last = 0
    for number, row in left:
        last = number
        read += 1
        match rows.read(number, row):
            case None:
                dropped += 1
            case Rejection() as wrong:
                rejected.append(wrong)
            case fit:
                staged.append(fit)
        if read == ROWS_A_CHUNK:
            break
    if staged:
        _write(_path(directory, index, "parquet"), staged)
    write_rejections(_path(directory, index, "rejected"), rejected)
    count = Count(read, len(staged), dropped, len(rejected), last, read < ROWS_A_CHUNK)
    replace_text(_path(directory, index, "json"), json.dumps({name: getattr(count, name) for name in Count.__slots__}))
    return count


def _write(path: Path, staged: Sequence[Staged]) -> None:
    columns = list(zip(*(each[3] for each in staged), strict=True))
    chunk = {
        "case_id": np.array([each[0] for each in staged], dtype=np.int64),
        "key": np.array([each[1] for each in staged], dtype=object),
        "row": np.array([each[2] for each in staged], dtype=np.int64),
    }
    chunk |= {f"c{index}": np.fromiter(texts, dtype=object, count=len(texts)) for index, texts in enumerate(columns)}
    casts = ", ".join(f"c{index}::VARCHAR AS c{index}" for index in range(len(columns)))
    new = path.with_suffix(".new")
    with connection() as own:
        own.execute(f"COPY (SELECT case_id, key, row, {casts} FROM chunk) TO {quoted(new)} (FORMAT parquet)")
    os.replace(new, path)


def _path(directory: Path, index: int, ending: str) -> Path:
    return directory / CHUNKS / f"{index:06}.{ending}"
