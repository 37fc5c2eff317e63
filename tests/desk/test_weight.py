"""What a web process carries: nothing that draws, prints or learns, and DuckDB only once a figure is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import House, house

HEAVY = ("fitz", "matplotlib", "openpyxl", "pandas", "polars", "pyarrow", "scipy", "sklearn", "typst", "vl_convert")
FURNISH = ["-m", "tests.support.furnish", "5"]
# Serves pages in a process of its own and prints what was loaded on the way, as megabytes are what a server pays.
SERVE = """
import json, sys
from tantam.cli import ready
ready.set_up()
import tantam.desk.wsgi
from django.test import Client
from tantam.desk.accounts.models import Person
visitor = Client(HTTP_HOST="localhost")
def loaded(*pages):
    for page in pages:
        answer = visitor.get(page)
        assert answer.status_code == 200, (page, answer.status_code)
    return sorted({each.partition(".")[0] for each in sys.modules})
visitor.force_login(Person.objects.filter(role="manager").first())
figures = ["/", "/desk/plan/", "/desk/measures/", "/desk/what-if/", "/api/v1/measures"]
print(json.dumps([loaded("/desk/", "/desk/?view=mine"), loaded(*figures)]))
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A furnished house."""
    with house(Path(tmp_path_factory.mktemp("weight")), furnish=FURNISH) as furnished:
        yield furnished


def test_a_web_process_carries_no_charts_no_pdf_no_learning(desk: House) -> None:
    inbox, everything = json.loads(desk.run("-c", SERVE))
    assert "duckdb" not in inbox
    assert "duckdb" in everything
    assert not set(HEAVY) & set(everything)
