"""Takes a file in, again, and inserts the same rows bare; prints the rows of `bench.importing`. In its own home."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

if not os.environ.get("TANTAM_DATABASE_URL"):
    os.environ.pop("TANTAM_DATABASE_URL", None)

from bench import Row, told
from tantam.cli import ready

CUSTOMERS = 5_000
ROUNDS = 3
PORTION = 500
RIVAL = "csv.DictReader and bulk_create of the same two tables: nobody is looked for, nothing is checked"


def main() -> None:
    """Measure, and print each row."""
    ready.set_up()
    ready.prepare()
    from tests.support.desk import put_in_force

    put_in_force()
    fresh, same, bare = [], [], []
    for turn in range(ROUNDS):
        file = _written(Path(os.environ["TANTAM_HOME"]) / f"{turn}.csv", turn)
        fresh.append(_seconds(lambda file=file: _taken(file)))
        same.append(_seconds(lambda file=file: _taken(file)))
        bare.append(_seconds(lambda file=file: _bare(file)))
    rival = median(bare) / CUSTOMERS
    for what, times in (
        ("a new customer taken in from a file", fresh),
        ("a customer who comes again, unchanged", same),
    ):
        ours = median(times) / CUSTOMERS
        print(told(Row(f"{what} (SQLite)", ours, rival, rival / ours, RIVAL)))


def _written(file: Path, turn: int) -> Path:
    lines = [
        f"{turn}-{n},Nguyễn Văn {n},k{turn}-{n}@x.example,+849{(turn * CUSTOMERS + n):08}\n" for n in range(CUSTOMERS)
    ]
    file.write_text("id,name,email,phone\n" + "".join(lines), encoding="utf-8")
    return file


def _taken(file: Path) -> None:
    from dataclasses import asdict

    from tantam.desk.common import clock
    from tantam.desk.imports.meaning.recognising import look, suggested
    from tantam.desk.imports.models import Import
    from tantam.desk.imports.reading.sniffing import sniffed
    from tantam.desk.imports.running import begin, run

    how = sniffed(file, "vi")
    mapping = suggested(look(file, how), "customers", "bench")
    held = Import.objects.create(
        rows="customers",
        source="bench",
        name=file.name,
        kind="csv",
        how=asdict(how),
        mapping=mapping.plain(),
        size=file.stat().st_size,
        state=Import.State.WAITING,
        made_at=clock.now(),
    )
    begun = begin(held.pk)
    assert begun is not None
    run(begun, file, lambda share: None)
    held.refresh_from_db()
    assert held.done_rows == CUSTOMERS and not held.rejected, held.rejected


def _bare(file: Path) -> None:
    from datetime import date

    from django.db import transaction

    from tantam.desk.customers.models import Contact, Customer

    with file.open(encoding="utf-8", newline="") as opened:
        lines = csv.DictReader(opened)
        while some := list(islice(lines, PORTION)):
            with transaction.atomic():
                people: list[Any] = [Customer(name=each["name"], since=date(2026, 1, 1)) for each in some]
                Customer.objects.bulk_create(people)
                Contact.objects.bulk_create(list(_contacts(people, some)))


def _contacts(people: list[Any], some: list[dict[str, str]]) -> Iterator[Any]:
    from tantam.desk.customers.models import Contact

    for person, each in zip(people, some, strict=True):
        yield Contact(customer=person, kind="mail", value="bare-" + each["email"])
        yield Contact(customer=person, kind="phone", value="bare-" + each["phone"])


def _seconds(do: Callable[[], None]) -> float:
    begun = perf_counter()
    do()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
