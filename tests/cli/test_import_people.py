"""`tantam import customers` and `purchases`: as the page does it, and gone on with where a run was killed."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
import typer

from tantam.cli import ready
from tantam.cli.import_people import Asked, take_in
from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.imports import running
from tantam.desk.imports.models import Import
from tests.support import desk

FILE = "KundenNr;Name;E-Mail;Seit\nA1;Nguyễn Thị Hoa;hoa@x.example;03/04/2020\nA2;Kim Weber;kim@;\n"
MAPPING = "mapping: 1\nsource: alt\nfields:\n  id: KundenNr\n  name: [Name]\n  mail: E-Mail\n"


@pytest.fixture(autouse=True)
def ready_already(plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk of the tests stands."""
    monkeypatch.setattr(ready, "set_up", lambda: None)
    monkeypatch.setattr(ready, "prepare", lambda: None)


@pytest.fixture
def plan(db: None, clock: object) -> object:
    return desk.put_in_force()


def asked(folder: Path, **more: Any) -> Asked:
    file = folder / "kunden.csv"
    if not file.exists():
        file.write_text(FILE)
    mapping = folder / "map.yaml"
    mapping.write_text(more.pop("text", MAPPING))
    return Asked(**{"rows": "customers", "file": file, "mapping": mapping, "lang": "en"} | more)


def test_a_mapping_says_what_the_columns_are(tmp_path: Path, capsys: Any) -> None:
    take_in(asked(tmp_path, rejects=tmp_path / "rest.csv"))

    assert "1 new, 1 not taken" in capsys.readouterr().out
    assert (tmp_path / "rest.csv").read_text("utf-8-sig").splitlines()[1].startswith("A2,Kim Weber,kim@,,3,Mail:")
    assert Customer.objects.get().external_ids.get().external == "A1"


def test_a_second_run_says_that_nothing_changed(tmp_path: Path, capsys: Any) -> None:
    take_in(asked(tmp_path))
    take_in(asked(tmp_path, as_json=True))
    said = capsys.readouterr().out
    counts = {"source": "alt", "new": 0, "matched": 0, "changed": 0, "same": 1, "rejected": 1}
    assert json.loads(said[said.index("{") :]) == counts


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: Any) -> None:
    take_in(asked(tmp_path, dry=True))
    assert "Nguyễn Thị Hoa" in capsys.readouterr().out
    assert not Customer.objects.exists() and not Import.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MAPPING.replace("name:", "nmae:"), "Did you mean “name”?"),
        (MAPPING.replace("fields", "feilds"), "Did you mean “fields”?"),
        (MAPPING.replace("source: alt", "source: Alt!"), "source is"),
        (MAPPING.replace("source: alt\n", ""), "does not say “source”"),
        (MAPPING.replace("mapping: 1", "mapping: 2"), "mapping is"),
        ("- 1\n", "error"),
        (MAPPING.replace("[Name]", "[Nome]"), "Nome"),
    ],
)
def test_a_wrong_mapping_ends_with_2_and_its_place(tmp_path: Path, capsys: Any, text: str, said: str) -> None:
    with pytest.raises(typer.Exit) as ended:
        take_in(asked(tmp_path, text=text))
    assert ended.value.exit_code == 2
    assert said in capsys.readouterr().err
    assert not Import.objects.exists()


def test_days_that_may_be_two_are_asked_for(tmp_path: Path, capsys: Any) -> None:
    since = MAPPING + "  since: Seit\n"
    with pytest.raises(typer.Exit) as ended:
        take_in(asked(tmp_path, text=since))
    assert ended.value.exit_code == 2
    assert "--dates day|month" in capsys.readouterr().err

    take_in(asked(tmp_path, text=since, dates="month"))
    assert Customer.objects.get().since.isoformat() == "2020-03-04"


def test_purchases_follow_their_customers(tmp_path: Path, capsys: Any) -> None:
    take_in(asked(tmp_path))
    orders = tmp_path / "orders.csv"
    orders.write_text("order,customer id,sku,price,currency,date\n7,A1,TV-5,99.50,EUR,2026-01-05\n")
    take_in(Asked("purchases", orders, None, "alt", lang="en"))
    assert (Purchase.objects.get().price_minor, Purchase.objects.get().customer.name) == (9950, "Nguyễn Thị Hoa")


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_run_left_undone_is_gone_on_with(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PORTION", 10)
    rows = "".join(f"K{n};Nguyễn Văn {n};k{n}@x.example;\n" for n in range(95)) + "K99;x;no mail;\n"
    (tmp_path / "kunden.csv").write_text("KundenNr;Name;E-Mail;Seit\n" + rows)
    taken, whole = running._take, []

    def interrupted(*given: Any) -> None:
        taken(*given)
        whole.append(1)
        if len(whole) == 4:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(running, "_take", interrupted)
    with pytest.raises(typer.Exit):
        take_in(asked(tmp_path))
    assert 0 < Customer.objects.count() < 95

    take_in(asked(tmp_path))

    held = Import.objects.get()
    assert (held.state, held.new, held.rejected, Customer.objects.count()) == ("done", 95, 1, 95)
