"""`tantam sql`: a table of the plan as SQL. Exit 0 said, 2 unreadable, unknown name, or a cell that SQL cannot say."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tantam.cli.ends import UNREADABLE, brought_by, language, stop
from tantam.cli.findings import print_findings
from tantam.cli.plans import plan_or_exit
from tantam.plan.errors import NotInSql, UnknownName
from tantam.plan.sections import Plan
from tantam.plan.tables.form import Table
from tantam.plan.words import say

if TYPE_CHECKING:
    from tantam.plan.tables.sql import Statement, Told

DIALECTS = ("duckdb", "postgres", "spark")
MANNERS = ("bits", "case")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def sql(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    clause: Annotated[
        str, typer.Argument(help="A policy, the address of a table, or one kind of its rows: promises:first_reply.")
    ],
    dialect: Annotated[str, typer.Option(help="duckdb, postgres or spark.")] = "duckdb",
    manner: Annotated[str, typer.Option(help="bits (fast) or case (to be read).")] = "case",
    facts: Annotated[str, typer.Option(help="The table of facts, one line a case.")] = "facts",
    key: Annotated[
        list[str] | None, typer.Option(help="A column to show instead of the facts; may come again.")
    ] = None,
    output: Annotated[
        list[str] | None, typer.Option(help="An output to give; may come again. All if none is named.")
    ] = None,
    rows_only: Annotated[bool, typer.Option(help="Give the row and what to ask, no outputs.")] = False,
    complete: Annotated[bool, typer.Option(help="No column of the facts is ever NULL.")] = False,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Print a table of the plan as SQL: for each line of facts the row that fires and its results, or what to ask."""
    lang = language(lang)
    for kind, name, allowed in (("dialect", dialect, DIALECTS), ("manner", manner, MANNERS)):
        if name not in allowed:
            raise stop(UnknownName(kind, name, allowed), lang)
    read = plan_or_exit(plan, lang)
    table = _table(read, clause, lang)
    with brought_by("sql", lang):
        from tantam.plan.tables.sql import Dialect, Facts, Manner, sql_of
    told = _told(read, table, () if rows_only else output, lang)
    try:
        said = sql_of(table, read.scope, Dialect(dialect), Manner(manner), Facts(facts, key or (), complete, told))
    except NotInSql as refused:
        print_findings(refused.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from refused
    print(_text(said, table, facts, lang))


def _table(plan: Plan, clause: str, lang: str) -> Table:
    """Return the table at that address; of one with labels the rows of that label."""
    address, _, label = clause.partition(":")
    table = _named(plan, address, lang)
    kinds = [kind for each in table.labels for kind in dict.fromkeys(row.labels[each] for row in table.rows)]
    if not label and len(kinds) < 2:
        return table
    if label not in kinds:
        raise stop(UnknownName("table", clause, [f"{address}:{kind}" for kind in kinds] or [address]), lang)
    return next(found for each in table.labels if (found := table.only(each, label)).rows)


def _named(plan: Plan, address: str, lang: str) -> Table:
    """Return the table at that address, or of the policy or term with that name."""
    tables = plan.tables()
    for each in (address, f"policies.{address}.decides", f"terms.{address}"):
        if each in tables:
            return tables[each]
    decided = [name for name, each in plan.policies.items() if each.decides]
    raise stop(UnknownName("table", address, (*decided, *tables)), lang)


def _told(plan: Plan, table: Table, outputs: Sequence[str] | None, lang: str) -> Told:
    """Return what to tell beside the row: the outputs named, all if there are none; of a policy its total."""
    from tantam.plan.tables.sql import Told

    names = [each.name for each in table.outputs]
    for name in outputs or ():
        if name not in names:
            raise stop(UnknownName("output", name, names), lang)
    policy = next((each for each in plan.policies.values() if each.decides is table), None)
    told = None if outputs is None or outputs == [] else outputs
    return Told(told, policy.total, policy.total_by) if policy and table.hit.gathers else Told(told)


def _text(said: Statement, table: Table, facts: str, lang: str) -> str:
    """Return the statement under what its columns hold and what its numbers mean, as comments."""
    held = [f"{facts}.{each.name} {each.kind}: {each.holds}" for each in said.columns]
    given = [f"{each.name} {each.kind}: {each.holds}" for each in said.gives]
    rows = [f"{row.index} {row.name}" for row in sorted(table.rows, key=lambda each: each.index)]
    comments = [say("sql_head", lang, table=table.name), *held]
    if given:
        comments += [say("sql_gives", lang), *given]
    comments += [say("sql_units", lang), say("sql_rows", lang), *rows]
    return "\n".join([*(f"-- {line}" for line in comments), f"{said.sql};"])
