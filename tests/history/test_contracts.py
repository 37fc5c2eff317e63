"""Seven thousand contracts: renewal as a whole, by contract and by group agrees with plain SQL over the raw file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import Imported, import_history
from tantam.history.measures import Part, definitions, measure, sliced
from tantam.history.past import Past, open_past
from tantam.plan.sections import read
from tests.support.sources import ROOT

FILE = ROOT.parent / "shared" / "data" / "churn-telco-ibm" / "Telco-Customer-Churn.csv"
CONTRACTS = ROOT / "bench" / "stores" / "contracts"
MEASURE = definitions(read(CONTRACTS / "plan.yaml"))["renewal_rate"]
QUARTER = (datetime(2018, 7, 1, tzinfo=UTC), datetime(2018, 10, 1, tzinfo=UTC))
PAGE = ROOT / "docs" / "real-stores.md"
GROUPS = {
    "monthly": "Contract = 'Month-to-month'",
    "one_year": "Contract = 'One year'",
    "two_years": "Contract = 'Two year'",
    "seniors": "SeniorCitizen = 1",
    "newcomers": "tenure < 12",
}

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the contracts are not beside the project (../shared/data)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("contracts")


@pytest.fixture(scope="module")
def imported(folder: Path) -> Imported:
    return import_history(FILE, read_mapping(CONTRACTS / "customers.yaml"), folder, told=lambda step, share: None)


@pytest.fixture(scope="module")
def past(folder: Path, imported: Imported) -> Past:
    return open_past(folder)


def counted(condition: str = "true") -> tuple[int, int]:
    """Return how many contracts of the raw file meet a condition, and how many of those stayed."""
    asked = f"SELECT count(*), count(*) FILTER (Churn = 'No') FROM read_csv('{FILE}') WHERE {condition}"
    ((ended, stayed),) = duckdb.sql(asked).fetchall()
    return ended, stayed


def test_every_contract_came_to_its_end_once(imported: Imported) -> None:
    assert (imported.rows, imported.cases, imported.rejected) == (7_043, 7_043, {})
    stayed = counted()[1]
    assert (imported.events["renewed"], imported.events["lapsed"]) == (stayed, 7_043 - stayed) == (5_174, 1_869)


def test_renewal_as_a_whole_agrees(past: Past) -> None:
    found = measure(past, MEASURE, QUARTER, weeks=0)
    assert (found.n, found.hits, found.unknown) == (*counted(), 0)


def test_renewal_by_contract_and_group_agrees(past: Past) -> None:
    found = {each.key: (each.n, each.hits) for each in sliced(past, MEASURE, QUARTER, "group")}
    assert found == {name: counted(condition) for name, condition in GROUPS.items()}


def test_a_part_is_its_slice(past: Past) -> None:
    found = measure(past, MEASURE, QUARTER, part=Part(group="seniors"), weeks=0)
    assert (found.n, found.hits) == counted(GROUPS["seniors"])


def test_the_page_has_these_figures() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = [counted(), *(counted(each) for each in GROUPS.values())]
    said = [f"| {ended:,} | {stayed:,} | {100 * stayed / ended:.1f} % |" for ended, stayed in rows]
    assert [each for each in said if each not in page] == []
