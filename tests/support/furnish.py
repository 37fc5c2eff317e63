"""Furnishes a test's house: tables, the example's plan and people, a few customers and what they bought.

python -m tests.support.furnish [cases]
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from tantam.cli import ready
from tests.support.sources import ROOT


def main(cases: int) -> None:
    """Prepare the database and load a small year."""
    ready.set_up()
    ready.prepare()
    from tantam.desk.demo.load import Size, load

    load(ROOT / "plans/ben-xuan", datetime.now(UTC), size=Size(customers=25, purchases=60, cases=cases, fresh=0))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
