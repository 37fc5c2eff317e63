"""What SQL cannot say exactly is refused, by its cell, with the reason; nothing is said nearly."""

from __future__ import annotations

import pytest

from tantam.plan.errors import NotInSql
from tantam.plan.tables.sql import Dialect, Facts, Manner, sql_of
from tantam.plan.words import LANGUAGES
from tests.plan.tables.sql.drawn import SCOPE
from tests.plan.tables.tables import table_of

REFUSED = {
    "owned <= 2 months": "sql_months",
    "count(items) > 1": "sql_list",
    "some(items, price > 1 EUR)": "sql_list",
    "deadline(bought, 3 working days) > delivered": "sql_deadline",
    "tries * share > 1": "sql_product",
    "min(tries / 3, share) > 1": "sql_quotient",
    "paid / shipping + 1 > 2": "sql_quotient",
    "paid / shipping > shipping / paid": "sql_quotient",
    "paid / tries > 2 EUR": "sql_quotient",
    "tries / 0 > 1": "sql_zero",
}


@pytest.mark.parametrize(("condition", "why"), REFUSED.items())
@pytest.mark.parametrize("manner", Manner)
def test_what_sql_cannot_say_is_refused(condition: str, why: str, manner: Manner) -> None:
    table = table_of(f"row | when => outcome\nfine | new => a\nodd | {condition} => b\nrest | otherwise => c", SCOPE)
    with pytest.raises(NotInSql) as refused:
        sql_of(table, SCOPE, Dialect.DUCKDB, manner)
    (found,) = refused.value.findings
    assert (found.clause, found.args["why"], found.place.line) == ("policies.exchange.decides#odd", why, 12)
    for lang in LANGUAGES:
        assert condition in found.sentence(lang)


def test_every_cell_is_told_at_once() -> None:
    table = table_of("when | owned => outcome\ncount(items) > 1 | <= 1 months => a\n- | > 2 years => b", SCOPE)
    with pytest.raises(NotInSql) as refused:
        sql_of(table, SCOPE, Dialect.SPARK, Manner.BITS)
    assert [each.args["cell"] for each in refused.value.findings] == ["count(items) > 1", "<= 1 months", "> 2 years"]


def test_a_table_of_facts_may_have_any_name() -> None:
    table = table_of("new => outcome\nyes => a", SCOPE)
    said = sql_of(table, SCOPE, Dialect.POSTGRES, Manner.CASE, Facts("desk.past cases", ("käufer",)))
    assert '"desk"."past cases"' in said.sql and '"käufer"' in said.sql
    assert [(each.name, each.kind) for each in said.columns] == [("new", "BOOLEAN")]
