"""What was acknowledged survives: SQLite writes through to the disk; addresses are read or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tantam.desk.common.database import database_of


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize(("pragma", "value"), [("synchronous", 2), ("journal_mode", "wal"), ("foreign_keys", 1)])
def test_sqlite_commits_are_on_the_disk_before_they_are_acknowledged(pragma: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone()[0] == value


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_sqlite_transactions_take_the_lock_when_they_begin() -> None:
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_sqlite_address(tmp_path: Path) -> None:
    assert database_of(f"sqlite:///{tmp_path}/a/b.sqlite3")["NAME"] == f"{tmp_path}/a/b.sqlite3"
    assert (tmp_path / "a").is_dir()


def test_postgresql_address() -> None:
    found = database_of("postgresql://an%40na:s%2Fecret@db.example:5433/desk")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "an@na",
        "s/ecret",
        "db.example",
        "5433",
        "desk",
    )


def test_another_scheme_is_refused_with_what_to_write() -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        database_of("mysql://root@localhost/x")
