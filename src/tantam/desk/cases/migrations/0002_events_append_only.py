"""The database itself refuses to change an event: what happened, happened."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER case_event_append_only BEFORE UPDATE ON case_event
    BEGIN
        SELECT RAISE(ABORT, 'case_event is append-only: append another event');
    END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION case_event_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'case_event is append-only: append another event' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER case_event_append_only BEFORE UPDATE ON case_event
    FOR EACH STATEMENT EXECUTE FUNCTION case_event_refuse_update()
    """,
)
SQLITE_BACK = ("DROP TRIGGER case_event_append_only",)
POSTGRESQL_BACK = (
    "DROP TRIGGER case_event_append_only ON case_event",
    "DROP FUNCTION case_event_refuse_update()",
)


def refuse_updates(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def allow_updates(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK)


def _run(editor: Any, statements: tuple[str, ...]) -> None:
    for each in statements:
        editor.execute(each, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunPython(refuse_updates, allow_updates)]
