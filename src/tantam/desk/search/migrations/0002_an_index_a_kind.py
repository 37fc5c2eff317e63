"""Cases, customers and products each get an index of their own: a word of a million cases is no work for customers."""

from __future__ import annotations

from typing import Any

from django.db import migrations

KINDS = ("case", "customer", "product")
SQLITE = (
    *(
        f"CREATE VIRTUAL TABLE search_{kind} USING fts5 (title, more, prefix='3 5', tokenize='unicode61')"
        for kind in KINDS
    ),
    *(
        f"INSERT INTO search_{kind} (rowid, title, more) "
        f"SELECT id, title, more FROM search_thing WHERE kind = '{kind}' ORDER BY id"
        for kind in KINDS
    ),
    "DROP TABLE search_things",
)
SQLITE_BACK = (
    "CREATE VIRTUAL TABLE search_things USING fts5 (title, more, prefix='3 5', tokenize='unicode61')",
    "INSERT INTO search_things (rowid, title, more) SELECT id, title, more FROM search_thing ORDER BY id",
    *(f"DROP TABLE search_{kind}" for kind in KINDS),
)
POSTGRESQL = (
    "DROP INDEX search_thing_words",
    *(
        f"CREATE INDEX search_{kind}_words ON search_thing USING gin (words) WHERE kind = '{kind}'" for kind in KINDS
    ),
)
POSTGRESQL_BACK = (
    *(f"DROP INDEX search_{kind}_words" for kind in KINDS),
    "CREATE INDEX search_thing_words ON search_thing USING gin (words)",
)


def divide(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def join(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK)


def _run(editor: Any, statements: tuple[str, ...]) -> None:
    for each in statements:
        editor.execute(each, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_things")]

    operations = [migrations.RunPython(divide, join)]
