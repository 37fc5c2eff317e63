"""The stages of a statement: each a SELECT over the one before it, the last with the answers alone beside the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from tantam.plan.tables.sql.dialects import Dialect, Sql, column

WORD = 63  # bits of a mask: the sign stays free
Named = Sequence[tuple[str, Sql]]


@dataclass(frozen=True, slots=True)
class Stages:
    """steps: columns that later steps and the answers use. answers: `rule`, `ask`, and what else is told."""

    steps: tuple[Named, ...]
    answers: Named

    def named(self, keys: Sequence[str]) -> Named:
        """Return the answers, each under a name that no column before it has."""
        taken = {each.lower() for each in keys}
        found = []
        for name, answer in self.answers:
            while name.lower() in taken:
                name = f"result_{name}"
            taken.add(name.lower())
            found.append((name, answer))
        return found

    def statement(self, facts: str, keys: Sequence[str], dialect: Dialect) -> exp.Select:
        """Return the SELECT over the table `facts`; its columns `keys` stand before the answers."""
        inner: exp.Select = exp.select("*").from_(_table(facts))
        for number, step in enumerate(self.steps, 1):
            if step:
                before = _table(facts) if number == 1 else inner.subquery(f"step_{number}", copy=False)
                inner = exp.select("*", *_aliased(step), copy=False).from_(before, copy=False)
                if dialect is Dialect.POSTGRES:
                    # Without it PostgreSQL writes each step into all that use it, over and over.
                    inner = inner.offset(0, copy=False)
        shown = [*map(column, keys), *_aliased(self.named(keys))]
        return exp.select(*shown, copy=False).from_(inner.subquery("decided", copy=False), copy=False)


def _table(name: str) -> exp.Table:
    """Return a table by its name, perhaps with its schema and catalogue before it."""
    parts = [exp.to_identifier(each, quoted=True) for each in name.split(".")]
    return exp.Table(
        this=parts[-1], db=parts[-2] if len(parts) > 1 else None, catalog=parts[0] if len(parts) > 2 else None
    )


def _aliased(named: Named) -> list[exp.Alias]:
    return [exp.Alias(this=each, alias=exp.to_identifier(name, quoted=True)) for name, each in named]


def all_but(value: Sql) -> Sql:
    """Return a mask as the widest whole number."""
    return exp.Cast(this=value, to=exp.DataType.build("BIGINT"))


def text_of(statement: exp.Select, dialect: Dialect) -> str:
    """Return the statement, laid out over lines."""
    return statement.sql(dialect=dialect.value, pretty=True, copy=False)
