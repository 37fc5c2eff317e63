"""Reads a text table into cells with their places; knows rows and columns, not what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.plan.errors import Finding, Place


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell, trimmed, and where its first character stands in the file."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Head:
    """inputs and outputs as written; in a cross table inputs are the two terms and outputs the column values."""

    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    cross: bool
    place: Place


@dataclass(frozen=True, slots=True)
class RowText:
    """One row. name: of its `row` column, else None. conditions: before, outputs: after; `otherwise` is one condition."""

    name: Cell | None
    conditions: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as written; rows that do not fit their head are left out and have a finding."""

    head: Head
    rows: tuple[RowText, ...]
    place: Place


def read_table(text: str, place: Place) -> tuple[TableText | None, list[Finding]]:
    """Return the table and its findings; None if it has no head to read it by.

    place: the first character of the text's first line; the following lines begin in the same column."""
    raise NotImplementedError
