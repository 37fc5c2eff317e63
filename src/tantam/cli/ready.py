"""Makes the desk ready for a command: Django set up, the database's tables as the code wants them, files to serve."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from tantam.cli.ends import brought_by, usual_language


def set_up() -> None:
    """Load Django with the desk's settings. Ends the command with its reason where the desk is not installed."""
    with brought_by("desk", usual_language()):
        import django
        import granian  # noqa: F401 - Django alone is not the desk
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")

    try:
        django.setup()
    except ValueError as wrong:  # an address that cannot be read
        typer.echo(str(wrong), err=True)
        raise typer.Exit(2) from wrong


def prepare() -> None:
    """Bring the database and the served files up to date; quick when they are. Several processes may call it at once.

    Ends the command with its reason where the database cannot be reached.
    """
    from django.core.management import call_command
    from django.db import OperationalError, connection

    try:
        with _nobody_else_migrates():
            if _lags_behind():
                call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as away:
        where = connection.settings_dict
        typer.echo(
            f"The database {where['NAME']} at {where['HOST'] or 'this machine'} does not answer: {away}", err=True
        )
        typer.echo("Start it, or set TANTAM_DATABASE_URL to another one, then try again.", err=True)
        raise typer.Exit(2) from away
    collect_static()


def collect_static() -> None:
    """Gather what is served under /static/ if anything is newer than what was gathered last, one process at a time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    newest = 0.0
    for finder in get_finders():
        for path, storage in finder.list([]):
            newest = max(newest, os.stat(storage.path(path)).st_mtime)
    stamp = settings.STATIC_ROOT / ".gathered"
    with _locked("gathering.lock"):
        if not stamp.exists() or stamp.read_text() != repr(newest):
            call_command("collectstatic", verbosity=0, interactive=False)
            stamp.write_text(repr(newest))


def _lags_behind() -> bool:
    """Whether a migration has not been applied."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _nobody_else_migrates() -> Iterator[None]:
    """Keep other processes of the installation from migrating meanwhile: a lock in PostgreSQL, else on a file."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7461)")
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(7461)")
        return
    with _locked("migrating.lock"):
        yield


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """Hold a lock on a file of the desk's home; other processes of this machine wait."""
    from django.conf import settings

    settings.HOME.mkdir(parents=True, exist_ok=True)
    with open(settings.HOME / name, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
