"""Tables as SQL for DuckDB, PostgreSQL and Spark: as masks of bits, or as a CASE that people read.

Imported only by who wants SQL: it needs sqlglot. What SQL cannot say exactly is refused, never said nearly."""

from tantam.plan.tables.sql.dialects import Dialect as Dialect
from tantam.plan.tables.sql.results import Told as Told
from tantam.plan.tables.sql.statement import Column as Column
from tantam.plan.tables.sql.statement import Facts as Facts
from tantam.plan.tables.sql.statement import Manner as Manner
from tantam.plan.tables.sql.statement import Statement as Statement
from tantam.plan.tables.sql.statement import facts_of as facts_of
from tantam.plan.tables.sql.statement import sql_of as sql_of
