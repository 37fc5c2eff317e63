"""Half a million invoice lines: purchases, returns and two policies agree with figures computed another way."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tantam.history.imports.mapping import read_mapping
from tantam.history.imports.run import Imported, import_history
from tantam.history.measures import Measured, definitions, measure
from tantam.history.past import Past, open_past
from tantam.history.past_cases import ends, past_cases
from tantam.history.store.files import locked
from tantam.plan.sections import read
from tantam.plan.whatif import difference, replay
from tests.support.proving import only_when_proving
from tests.support.sources import ROOT
from tools import invoice_figures
from tools.invoice_figures import Figures

FILE = ROOT.parent / "shared" / "data" / "retail-returns-uci" / "online_retail_2009_2010.parquet"
WHOLESALE = ROOT / "bench" / "stores" / "wholesale"
PLAN, DRAFT = read(WHOLESALE / "plan"), read(WHOLESALE / "draft")
ZONE = ZoneInfo(PLAN.zone)
PAGE = ROOT / "docs" / "real-stores.md"

pytestmark = [
    only_when_proving,
    pytest.mark.skipif(not FILE.exists(), reason="the invoices are not beside the project (../shared/data)"),
]


@pytest.fixture(scope="module")
def raw() -> Figures:
    return invoice_figures.figures(FILE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the history lies: in one place for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "wholesale"


@pytest.fixture(scope="module")
def imported(folder: Path) -> Imported:
    """Import the lines once a run: whoever comes second waits, and finds them there."""
    with locked(folder.with_suffix(".lock")):
        return import_history(FILE, read_mapping(WHOLESALE / "invoices.yaml"), folder, told=lambda step, share: None)


@pytest.fixture(scope="module")
def past(folder: Path, imported: Imported) -> Past:
    return open_past(folder)


def month(first: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(first, time(), ZONE)
    return begin, datetime.combine((first + timedelta(days=31)).replace(day=1), time(), ZONE)


def came_back(past: Past, within: tuple[datetime, datetime]) -> Measured:
    return measure(past, definitions(PLAN)["return_rate"], within, weeks=0)


def test_every_line_is_bought_came_back_dropped_or_rejected(imported: Imported, raw: Figures) -> None:
    assert (imported.events["bought"], imported.events["granted"]) == (raw.bought, raw.returned) == (510_859, 9_583)
    assert imported.rejected == {"no_return": raw.rejected}
    assert imported.rows == raw.bought + raw.returned + raw.rejected + imported.dropped == 525_461


def test_the_money_is_that_of_the_lines(past: Past, raw: Figures) -> None:
    sums = dict(past.rows("SELECT code, CAST(sum(minor) AS BIGINT) FROM event WHERE minor IS NOT NULL GROUP BY code"))
    assert sums == {"bought": raw.bought_pence, "granted": raw.returned_pence}


def test_what_came_back_belongs_to_the_same_purchases(past: Past, raw: Figures) -> None:
    ((known,),) = past.rows("SELECT count(purchase) FROM event WHERE code = 'opened'")
    assert known == raw.matched == 7_828


def test_the_return_rate_of_each_month_agrees(past: Past, raw: Figures) -> None:
    firsts = [date(2009, 12, 1), *(date(2010, number, 1) for number in range(1, 13))]
    found = {f"{first:%Y-%m}": came_back(past, month(first)) for first in firsts}
    assert {name: (each.n, each.hits) for name, each in found.items()} == raw.by_month
    whole = came_back(past, (month(firsts[0])[0], month(firsts[-1])[1]))
    assert (whole.n, whole.hits) == (510_859, 7_560)


def test_two_policies_cost_what_plain_arithmetic_says(past: Past, raw: Figures) -> None:
    cases, until = list(past_cases(past)), ends(past)
    assert until is not None
    found = difference(replay(DRAFT, cases, until=until), replay(PLAN, cases, until=until)).claims["return"]
    assert (found.minor_before, found.minor_after) == (raw.full, raw.stepped) == (21_391_032, 19_527_984)
    assert (found.claims, len(found.otherwise), len(found.undecided)) == (raw.returned, raw.otherwise, 1_755)
    assert found.lacking == ("owned",)


def test_the_page_has_these_figures(raw: Figures) -> None:
    page = PAGE.read_text(encoding="utf-8")
    pounds = [raw.bought_pence, raw.returned_pence, raw.full, raw.stepped, raw.full - raw.stepped]
    counts = (raw.bought, raw.returned, raw.matched, raw.rejected, raw.otherwise)
    said = [f"| {count:,} | {count:,} |" for count in counts]
    said += [f"| £{pence / 100:,.2f} | £{pence / 100:,.2f} |" for pence in pounds]
    assert [each for each in said if each not in page] == []
