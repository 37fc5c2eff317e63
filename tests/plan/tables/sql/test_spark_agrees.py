"""Whatever Spark says of a table is what the engine decides, as masks and as a chain: a real Spark, on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

from tantam.plan.tables.sql import Dialect, Manner
from tests.plan.tables.sql.databases import columns, expected, line, questions, told
from tests.plan.tables.sql.drawn import cases, tables
from tests.support.spark import local_spark

MANY = cases(4, 200)
TABLES = [*tables(5, 8, rows=6), *tables(6, 1, rows=70)]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    with local_spark() as session:
        lines = [line(number, facts) for number, facts in enumerate(MANY)]
        session.createDataFrame(lines, columns(Dialect.SPARK)).coalesce(1).createOrReplaceTempView("facts")
        session.sql("CACHE TABLE facts")
        yield session


@pytest.mark.parametrize("manner", Manner)
def test_spark_decides_as_the_engine(spark: SparkSession, manner: Manner) -> None:
    rows = [row for each in questions(TABLES, Dialect.SPARK, manner) for row in spark.sql(each).collect()]
    assert told(rows) == expected(TABLES, MANY)
