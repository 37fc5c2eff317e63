"""The database itself refuses to change a consent: what was said, was said. Erasing a customer erases theirs."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER consent_append_only BEFORE UPDATE ON customers_consent
    BEGIN
        SELECT RAISE(ABORT, 'customers_consent is append-only: add another row');
    END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION consent_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'customers_consent is append-only: add another row' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER consent_append_only BEFORE UPDATE ON customers_consent
    FOR EACH STATEMENT EXECUTE FUNCTION consent_refuse_update()
    """,
)
SQLITE_BACK = ("DROP TRIGGER consent_append_only",)
POSTGRESQL_BACK = (
    "DROP TRIGGER consent_append_only ON customers_consent",
    "DROP FUNCTION consent_refuse_update()",
)


def refuse_updates(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def allow_updates(apps: Any, editor: Any) -> None:
    _run(editor, SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK)


def _run(editor: Any, statements: tuple[str, ...]) -> None:
    for each in statements:
        editor.execute(each, params=None)


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_find_by_name")]

    operations = [migrations.RunPython(refuse_updates, allow_updates)]
