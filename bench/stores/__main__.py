"""Prints how `plans/retail-store` answers the right actions of a store's tasks: `python -m bench.stores`."""

from __future__ import annotations

from bench.stores.replay import replay
from bench.stores.tables import by_action, by_clause, refused
from bench.stores.world import FOLDER, read_store, read_tasks
from tantam.plan.sections import read
from tests.support.sources import ROOT


def main() -> None:
    """Print the three tables, or that the store is not here."""
    if not FOLDER.exists():
        print("The store is not beside the project (../shared/data/tau2-retail).")
        return
    plan, store, tasks = read(ROOT / "plans" / "retail-store"), read_store(), read_tasks()
    decided = list(replay(plan, store, tasks))
    literal = list(replay(plan, store, tasks, lambda each: True))
    for title, found in (
        ("By action", by_action(decided)),
        ("By clause", by_clause(decided)),
        ("Refused", refused(decided)),
        ("Refused where also what is refused is carried out", refused(literal)),
    ):
        print(f"{title}\n\n{found}\n")


if __name__ == "__main__":
    main()
