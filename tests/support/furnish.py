"""Furnishes a test's house: tables, the example's plan and people, a few customers and what they bought.

python -m tests.support.furnish [cases [plan]]
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from tantam.cli import ready
from tests.support.sources import ROOT
from tests.support.tables import with_tables


def main(cases: int = 0, plan: str = str(ROOT / "plans/ben-xuan")) -> None:
    """Prepare the database and load a small year of the plan."""
    ready.set_up()
    from django.conf import settings

    from tantam.desk.demo.load import Size, load

    with_tables(settings.HOME, _make_tables)
    load(Path(plan), datetime.now(UTC), size=Size(customers=25, purchases=60, cases=cases, fresh=0))


def _make_tables() -> None:
    from django.db import connection

    ready.prepare()
    connection.close()  # nothing is left beside the file


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:3])
