"""The database itself refuses to change an entry: what was booked, was booked."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER claims_entry_append_only BEFORE UPDATE ON claims_entry
    BEGIN
        SELECT RAISE(ABORT, 'claims_entry is append-only: book the reverse');
    END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION claims_entry_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'claims_entry is append-only: book the reverse' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER claims_entry_append_only BEFORE UPDATE ON claims_entry
    FOR EACH STATEMENT EXECUTE FUNCTION claims_entry_refuse_update()
    """,
)
SQLITE_BACK = ("DROP TRIGGER claims_entry_append_only",)
POSTGRESQL_BACK = (
    "DROP TRIGGER claims_entry_append_only ON claims_entry",
    "DROP FUNCTION claims_entry_refuse_update()",
)


def refuse_updates(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def allow_updates(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK)


def _run(editor: Any, statements: tuple[str, ...]) -> None:
    for each in statements:
        editor.execute(each, params=None)


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_ledger")]

    operations = [migrations.RunPython(refuse_updates, allow_updates)]
