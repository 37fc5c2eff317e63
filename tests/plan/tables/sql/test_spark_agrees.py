"""Whatever Spark says of a table is what the engine decides, as masks and as a chain: a real Spark, on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

from tantam.plan.tables.sql import Dialect, Manner
from tests.plan.tables.sql.databases import NAMES, columns, expected, line, questions, told
from tests.plan.tables.sql.drawn import cases, tables
from tests.support.spark import local_spark

MANY = cases(4, 200)
TABLES = [*tables(5, 8, rows=6), *tables(6, 1, rows=70)]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    # Read from a file: a list would go through a Python process that Spark starts for it.
    file = tmp_path_factory.mktemp("spark") / "facts.json"
    lines = (zip(("case_id", *NAMES), line(number, facts), strict=True) for number, facts in enumerate(MANY))
    file.write_text("\n".join(json.dumps(dict(each), default=str) for each in lines), encoding="utf-8")
    with local_spark() as session:
        session.read.schema(columns(Dialect.SPARK)).json(str(file)).createOrReplaceTempView("facts")
        session.sql("CACHE TABLE facts")
        yield session


@pytest.mark.parametrize("manner", Manner)
def test_spark_decides_as_the_engine(spark: SparkSession, manner: Manner) -> None:
    rows = [row for each in questions(TABLES, Dialect.SPARK, manner) for row in spark.sql(each).collect()]
    assert told(rows) == expected(TABLES, MANY)
