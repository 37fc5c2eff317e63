"""The checks of large tables: 40 rows by 8 inputs, and 1,500 by 7, a partition of all cases with some bounds moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from time import perf_counter

from bench import Row
from tantam.plan.sections import read_text
from tantam.plan.sections.plan import Plan

SEED = 2016
ROUNDS = 5
PERTURBED = 0.03  # of the cells that bound something
HEAD = "tantam: 1\ncompany: {name: X, languages: [en], timezone: UTC, currency: EUR}\n"
# Calvanese et al., Semantics, Analysis and Simplification of DMN Decision Tables, 2016: 1,500 rules by 5 columns.
PUBLISHED = "no rival can be installed; published for 1,500 × 5: 2 to 3 s; the ratio is to the most it may take, {most}"
OUTCOMES = ("replace", "repair", "refund", "voucher", "decline")
CHOICES = ("shop", "web", "phone", "mail", "partner", "other")


@dataclass(frozen=True, slots=True)
class Input:
    """A column. size: its whole numbers are 0 to size - 1; of a one_of, the places of its values. kind: in the plan."""

    name: str
    size: int
    kind: str
    unit: str = ""


INPUTS = (
    Input("age", 10_000, "{duration: 0 days..9999 days}", " days"),
    Input("price", 5_000, "{money: 0 EUR..4999 EUR}", " EUR"),
    Input("score", 1_000, "{number: 0..999}"),
    Input("channel", len(CHOICES), f"{{one_of: [{', '.join(CHOICES)}]}}"),
    Input("orders", 500, "{number: 0..499}"),
    Input("pieces", 100, "{number: 0..99}"),
    Input("waited", 1_000, "{duration: 0 days..999 days}", " days"),
    Input("rating", 10, "{number: 0..9}"),
)

Cell = tuple[int, int] | frozenset[int]  # from and up to, or the places of values
Box = tuple[Cell, ...]


def rows() -> Iterator[Row]:
    """Yield how long each table takes, beside the most that it may."""
    from tantam.plan.checks.tables import check_tables

    for many, wide, most in ((40, 8, 0.02), (1500, 7, 0.6)):
        plan = perturbed_plan(many, wide)
        times, found = list[float](), []
        for _ in range(ROUNDS):
            begun = perf_counter()
            found = list(check_tables(plan))
            times.append(perf_counter() - begun)
        ours = median(times)
        codes = ", ".join(
            f"{code} {sum(each.code == code for each in found)}×" for code in sorted({f.code for f in found})
        )
        note = f"{PUBLISHED.format(most=f'{most * 1000:.0f} ms')}; told: {codes}"
        yield Row(f"all checks of a table of {many:,} × {wide}", ours, most, most / ours, note)


def perturbed_plan(many: int, wide: int) -> Plan:
    """Return a plan with one table of `many` rows over `wide` inputs, some of whose bounds are moved."""
    random = Random(SEED)
    inputs = INPUTS[:wide]
    boxes = perturbed(partition(inputs, many, random), inputs, random)
    terms = "".join(f"  {each.name}: {each.kind}\n" for each in inputs)
    lines = [" | ".join(each.name for each in inputs) + " => outcome"]
    lines += [f"{' | '.join(map(_cell, inputs, box))} => {random.choice(OUTCOMES)}" for box in boxes]
    table = "".join(f"      {line}\n" for line in lines)
    return read_text(f"{HEAD}terms:\n{terms}policies:\n  p:\n    commitment: We answer.\n    decides: |\n{table}")


def partition(inputs: Sequence[Input], many: int, random: Random) -> list[Box]:
    """Return `many` boxes that hold every case once: one of them is cut in two until there are enough."""
    boxes: list[Box] = [tuple(_whole(each) for each in inputs)]
    while len(boxes) < many:
        place = random.randrange(len(boxes))
        axes = [axis for axis, cell in enumerate(boxes[place]) if _count(cell) > 1]
        if axes:
            axis = random.choice(axes)
            boxes[place : place + 1] = [
                (*boxes[place][:axis], half, *boxes[place][axis + 1 :]) for half in _halves(boxes[place][axis], random)
            ]
    return boxes


def perturbed(boxes: Sequence[Box], inputs: Sequence[Input], random: Random) -> list[Box]:
    """Return the boxes with some of their bounds moved by up to a tenth, so that gaps and overlaps arise."""
    return [
        tuple(
            _moved(cell, each, random) if cell != _whole(each) and random.random() < PERTURBED else cell
            for cell, each in zip(box, inputs, strict=True)
        )
        for box in boxes
    ]


def _whole(each: Input) -> Cell:
    return frozenset(range(each.size)) if "one_of" in each.kind else (0, each.size - 1)


def _count(cell: Cell) -> int:
    return len(cell) if isinstance(cell, frozenset) else cell[1] - cell[0] + 1


def _halves(cell: Cell, random: Random) -> tuple[Cell, Cell]:
    if isinstance(cell, frozenset):
        first = frozenset(random.sample(sorted(cell), random.randint(1, len(cell) - 1)))
        return first, cell - first
    cut = random.randint(cell[0] + 1, cell[1])
    return (cell[0], cut - 1), (cut, cell[1])


def _moved(cell: Cell, each: Input, random: Random) -> Cell:
    if isinstance(cell, frozenset):
        return frozenset(random.sample(range(each.size), random.randint(1, each.size - 1)))
    by = max(1, each.size // 10)
    low, high = (min(max(0, bound + random.randint(-by, by)), each.size - 1) for bound in cell)
    return (min(low, high), max(low, high))


def _cell(each: Input, cell: Cell) -> str:
    if cell == _whole(each):
        return "-"
    if isinstance(cell, frozenset):
        return ", ".join(CHOICES[place] for place in sorted(cell))
    low, high = cell
    if low == high:
        return f"{low}{each.unit}"
    if high == each.size - 1:
        return f">= {low}{each.unit}"
    return f"<= {high}{each.unit}" if low == 0 else f"{low}{each.unit}..{high}{each.unit}"
