"""Tables of what can be found, and the full-text indexes of both databases."""

from __future__ import annotations

from typing import Any

import tantam.desk.common.fields
import tantam.desk.common.ids
from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE search_said USING fts5 (words, content='', prefix='3 5', tokenize='unicode61')",
    "CREATE VIRTUAL TABLE search_things USING fts5 (title, more, prefix='3 5', tokenize='unicode61')",
)
SQLITE_BACK = ("DROP TABLE search_said", "DROP TABLE search_things")
POSTGRESQL = (
    "CREATE TABLE search_said (id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX search_said_words ON search_said USING gin (words)",
    "ALTER TABLE search_thing ADD COLUMN words tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX search_thing_words ON search_thing USING gin (words)",
)
POSTGRESQL_BACK = ("DROP TABLE search_said", "ALTER TABLE search_thing DROP COLUMN words")


def make(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def take_away(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK)


def _run(editor: Any, statements: tuple[str, ...]) -> None:
    for each in statements:
        editor.execute(each, params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("upto", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Thing",
            fields=[
                (
                    "id",
                    tantam.desk.common.fields.TimeOrderedId(
                        default=tantam.desk.common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("case", "Case"), ("customer", "Customer"), ("product", "Product")], max_length=10
                    ),
                ),
                ("target", models.BigIntegerField()),
                ("title", models.TextField()),
                ("more", models.TextField(default="")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "target"), name="thing_once")],
                "indexes": [models.Index(fields=["kind", "-id"], name="thing_newest")],
            },
        ),
        migrations.RunPython(make, take_away),
    ]
