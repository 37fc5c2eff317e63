"""`tantam sql`: a table of the plan as SQL. Exit 0 said, 2 unreadable, unknown name, or a cell that SQL cannot say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tantam.cli.ends import brought_by
from tantam.cli.findings import print_findings
from tantam.cli.plans import UNREADABLE, language, plan_or_exit, stop
from tantam.plan.errors import NotInSql, UnknownName
from tantam.plan.sections import Plan
from tantam.plan.tables.form import Table
from tantam.plan.words import say

if TYPE_CHECKING:
    from tantam.plan.tables.sql import Statement

DIALECTS = ("duckdb", "postgres", "spark")
MANNERS = ("bits", "case")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def sql(
    plan: Annotated[Path, typer.Argument(help="A plan's file or folder.")],
    clause: Annotated[str, typer.Argument(help="A policy, or the address of a table: policies.exchange.decides.")],
    dialect: Annotated[str, typer.Option(help="duckdb, postgres or spark.")] = "duckdb",
    manner: Annotated[str, typer.Option(help="bits (fast) or case (to be read).")] = "case",
    facts: Annotated[str, typer.Option(help="The table of facts, one line a case.")] = "facts",
    key: Annotated[
        list[str] | None, typer.Option(help="A column to show instead of the facts; may come again.")
    ] = None,
    complete: Annotated[bool, typer.Option(help="No column of the facts is ever NULL.")] = False,
    lang: Annotated[str, typer.Option(help="vi, de or en.")] = "",
) -> None:
    """Print a table of the plan as SQL: for each line of facts, the row that fires or the fact to ask for."""
    lang = language(lang)
    for kind, name, allowed in (("dialect", dialect, DIALECTS), ("manner", manner, MANNERS)):
        if name not in allowed:
            raise stop(UnknownName(kind, name, allowed), lang)
    read = plan_or_exit(plan, lang)
    table = _table(read, clause, lang)
    with brought_by("sql", lang):
        from tantam.plan.tables.sql import Dialect, Facts, Manner, sql_of
    try:
        said = sql_of(table, read.scope, Dialect(dialect), Manner(manner), Facts(facts, key or (), complete))
    except NotInSql as refused:
        print_findings(refused.findings, lang, sys.stderr)
        raise typer.Exit(UNREADABLE) from refused
    print(_text(said, table, facts, lang))


def _table(plan: Plan, clause: str, lang: str) -> Table:
    tables = plan.tables()
    for name in (clause, f"policies.{clause}.decides", f"terms.{clause}"):
        if name in tables:
            return tables[name]
    decided = [name for name, each in plan.policies.items() if each.decides]
    raise stop(UnknownName("table", clause, (*decided, *tables)), lang)


def _text(said: Statement, table: Table, facts: str, lang: str) -> str:
    """Return the statement under what its columns hold and what its numbers mean, as comments."""
    held = [f"{facts}.{each.name} {each.kind}: {each.holds}" for each in said.columns]
    rows = [f"{row.index} {row.name}" for row in sorted(table.rows, key=lambda each: each.index)]
    comments = [say("sql_head", lang, table=table.name), *held, say("sql_units", lang), say("sql_rows", lang), *rows]
    return "\n".join([*(f"-- {line}" for line in comments), f"{said.sql};"])
