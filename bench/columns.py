"""Ten million cases decided at once on one core: bit sets over arrays against when/then in polars and np.select."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import Row, paired, rows_of_process, rules32, told

MANY = 10_000_000
ROUNDS = 3
ALONE = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
Columns = dict[str, NDArray[Any]]


def rows() -> Iterator[Row]:
    """Yield both rows, measured in a process of its own: polars counts its threads when it is imported."""
    yield from rows_of_process("bench.columns", ALONE)


def narrow(n: int) -> Columns:
    """Return the cases in few bits, as polars keeps an Enum: words as their places in a byte, numbers in two."""
    wide = rules32.columns(n)
    return {name: values.astype(np.int16 if name in rules32.NUMBERS else np.uint8) for name, values in wide.items()}


def compared(n: int) -> Iterator[Row]:
    """Yield the two rows."""
    cases = narrow(n)
    facts = coded(cases)
    ours = decided(facts)
    about = f"{n:,} cases, 8 inputs, 32 rows, one core"
    for name, rival in (("polars when/then on Enum", polars(cases)), ("np.select", selected(cases))):
        if rival is None:
            yield paired(f"a column decided: {about}", lambda: decided(facts), None, rounds=ROUNDS, note=name)
            continue
        differ = int((rival() != ours).sum())
        note = f"{name}; {differ} of {n:,} answers differ"
        yield paired(f"a column decided: {about}", lambda: decided(facts), rival, rounds=ROUNDS, note=note)


def coded(cases: Columns) -> dict[str, Any]:
    """Return the columns as our tables take them."""
    from tantam.plan.tables.columns import Coded

    known = np.ones(len(cases["fault"]), np.bool_)
    values: dict[str, tuple[Any, ...] | None] = {**rules32.VALUES, **dict.fromkeys(rules32.YES_NO, (False, True))}
    # Money is in cents: the cases' whole euros are made so beforehand, as a database would hold them.
    numbers = cases | {"price": cases["price"].astype(np.int32) * 100}
    return {name: Coded(numbers[name], known, values.get(name)) for name in rules32.INPUTS}


def decided(facts: dict[str, Any]) -> NDArray[Any]:
    """Return the place of the row that fires, case by case."""
    from tantam.plan.tables.columns import decide_columns

    return decide_columns(rules32.table(), rules32.scope(), facts).rows


def polars(cases: Columns) -> Any:
    """Return what decides the same in polars, None without it: one chain of when and then, words as Enum."""
    try:
        import polars as pl
    except ImportError:
        return None
    frame = pl.DataFrame({name: _series(pl, name, cases[name]) for name in rules32.INPUTS})
    chain: Any = pl
    for place, tests in enumerate(_tests(lambda name: pl.col(name), lambda name: rules32.VALUES.get(name))):
        chain = chain.when(reduce(and_, tests) if tests else pl.lit(True)).then(pl.lit(place, dtype=pl.Int8))
    asked = frame.lazy().select(chain.otherwise(pl.lit(-1, dtype=pl.Int8)).alias("row"))
    return lambda: asked.collect()["row"].to_numpy()


def _series(pl: Any, name: str, values: NDArray[Any]) -> Any:
    if name in rules32.VALUES:
        words = pl.Series(list(rules32.VALUES[name]), dtype=pl.Enum(rules32.VALUES[name]))
        return words.gather(pl.Series(values).cast(pl.UInt32))
    return pl.Series(values.astype(bool) if name in rules32.YES_NO else values)


def selected(cases: Columns) -> Any:
    """Return what decides the same by np.select over the codes."""
    truths = {name: cases[name].astype(bool) for name in rules32.YES_NO}
    everywhere = np.ones(len(cases["fault"]), np.bool_)

    def run() -> NDArray[Any]:
        conditions = [
            reduce(and_, tests) if tests else everywhere
            for tests in _tests(lambda name: truths.get(name, cases[name]), lambda name: None)
        ]
        return np.select(conditions, [np.int8(place) for place in range(len(conditions))], np.int8(-1))

    return run


def _tests(column: Any, words: Any) -> Iterator[list[Any]]:
    """Yield the conditions of each row as the rival's expressions. words: None where a column holds codes."""
    for _, cells, _ in rules32.rules():
        yield [_test(column(name), name, cell, words(name)) for name, cell in cells.items() if cell != "-"]


def _test(column: Any, name: str, cell: str, words: Sequence[str] | None) -> Any:
    if name in rules32.YES_NO:
        return column if cell == "yes" else ~column
    if name in rules32.VALUES:
        wanted = cell.split(", ")
        codes = wanted if words else [rules32.VALUES[name].index(each) for each in wanted]
        if len(codes) == 1:
            return column == codes[0]
        return column.is_in(codes) if words else reduce(lambda one, two: one | two, [column == each for each in codes])
    if ".." in cell:
        low, high = map(int, cell.split(".."))
        return (column >= low) & (column <= high)
    sign, _, bound = cell.rpartition(" ")
    number = int(bound)
    match sign:
        case "<=":
            return column <= number
        case ">=":
            return column >= number
        case ">":
            return column > number
        case _:
            return column == number


if __name__ == "__main__":
    for each in compared(MANY):
        print(told(each))
