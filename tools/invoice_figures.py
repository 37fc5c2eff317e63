"""Recomputes what the wholesaler's invoices say from the raw file, by SQL for sums and NumPy for the rest.

python -m tools.invoice_figures FILE        FILE: online_retail_2009_2010.parquet. Prints JSON.

Nothing of Tantam is imported: what history and a replay say of these lines is held against this. What a line means
stands in bench/stores/wholesale/invoices.yaml, the two policies beside it; both are written out here once more. The
instants are read as the wall clock that they are: days between them are days of the calendar.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

NO_GOODS = (
    *("POST", "DOT", "C2", "C3", "M", "m", "D", "S", "B", "BANK CHARGES", "ADJUST", "ADJUST2", "AMAZONFEE", "CRUK"),
    *("TEST001", "TEST002", "GIFT"),
)
LINES = """
    SELECT row_number() OVER () AS line, Invoice AS invoice, upper(left(Invoice, 1)) = 'C' AS back, StockCode AS product,
        coalesce(CAST("Customer ID" AS VARCHAR), Invoice) AS whose, Quantity AS units, CAST(InvoiceDate AS TIMESTAMP) AS moment,
        round(CAST(abs(Quantity) * CAST(Price AS DECIMAL(18, 4)) AS DECIMAL(18, 4)), 2) AS paid, CAST(Price AS DECIMAL(18, 4)) AS price
    FROM read_parquet($file) WHERE NOT list_contains($no_goods, StockCode)
"""  # noqa: E501
SUMS = f"""
    WITH line AS ({LINES})
    SELECT count(*) FILTER (NOT back AND units > 0), sum(paid) FILTER (NOT back AND units > 0),
        count(*) FILTER (back AND units < 0), sum(paid) FILTER (back AND units < 0),
        count(*) FILTER (back = (units > 0) OR units = 0)
    FROM line
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the file says; money in pence. by_month: {`2009-12`: (purchases, of which came back)}.

    matched: returns whose purchase is known. full, stepped: what each policy gives over them; otherwise: how many of
    them the two answer otherwise.
    """

    bought: int
    bought_pence: int
    returned: int
    returned_pence: int
    rejected: int
    matched: int
    by_month: dict[str, tuple[int, int]]
    full: int
    stepped: int
    otherwise: int


def figures(file: Path) -> Figures:
    """Return the figures of the file."""
    own = duckdb.connect()
    asked = {"file": str(file), "no_goods": list(NO_GOODS)}
    bought, sold, returned, paid_back, rejected = own.execute(SUMS, asked).fetchone() or (0,) * 5
    order = f"SELECT * FROM ({LINES}) WHERE back = (units < 0) AND units != 0 ORDER BY whose, product, moment, line"
    line = own.execute(order, asked).fetchnumpy()
    of = _purchases(line)
    back = np.flatnonzero(of >= 0)
    days = (line["moment"][back].astype("datetime64[D]") - line["moment"][of[back]].astype("datetime64[D]")).astype(int)
    small = np.rint(line["price"][of[back]].astype(float) * 10_000).astype(np.int64)  # hundredths of a penny
    pence = _halves_up(-line["units"][back].astype(np.int64) * small, 100)
    full = np.where(days <= 90, pence, 0)
    stepped = np.where(days <= 30, pence, np.where(days <= 90, _halves_up(pence, 2), 0))
    return Figures(
        bought,
        round(sold * 100),
        returned,
        round(paid_back * 100),
        rejected,
        len(back),
        _by_month(line, set(of[back].tolist())),
        int(full.sum()),
        int(stepped.sum()),
        int((full != stepped).sum()),
    )


def _purchases(line: dict[str, np.ndarray]) -> np.ndarray:
    """Return for each line the index of the purchase that it gives back, -1 for none: the latest with so many left."""
    whose, product, units = line["whose"], line["product"], line["units"].astype(np.int64)
    begins = np.flatnonzero(np.r_[True, (whose[1:] != whose[:-1]) | (product[1:] != product[:-1])])
    found, left = np.full(len(units), -1), np.where(units > 0, units, 0)
    for back in np.flatnonzero(units < 0):
        first = begins[np.searchsorted(begins, back, side="right") - 1]
        enough = np.flatnonzero(left[first:back] >= -units[back])
        if len(enough):
            found[back] = first + enough[-1]
            left[found[back]] += units[back]
    return found


def _by_month(line: dict[str, np.ndarray], came_back: Iterable[int]) -> dict[str, tuple[int, int]]:
    months = line["moment"].astype("datetime64[M]").astype(str)
    all_of_them = Counter(months[line["units"].astype(np.int64) > 0].tolist())
    of_those = Counter(months[list(came_back)].tolist())
    return {month: (count, of_those[month]) for month, count in sorted(all_of_them.items())}


def _halves_up(amounts: np.ndarray, by: int) -> np.ndarray:
    return (2 * amounts + by) // (2 * by)


if __name__ == "__main__":
    found = figures(Path(sys.argv[1]))
    print(json.dumps({name: getattr(found, name) for name in Figures.__slots__}, indent=1))
