"""Makes the desk ready for a command: Django set up, the database's tables as the code wants them, files to serve."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

import typer

from tantam.cli.ends import brought_by, refused, usual_language
from tantam.plan.words import say


def set_up() -> None:
    """Load Django with the desk's settings. Ends the command with its reason where the desk is not installed."""
    with brought_by("desk", usual_language()):
        import django

        if find_spec("granian") is None:  # Django alone is not the desk; loaded it is by what serves
            raise ModuleNotFoundError("No module named 'granian'", name="granian")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")
    try:
        os.getcwd()
    except FileNotFoundError as gone:  # somebody deleted the folder that the terminal stands in
        raise refused(say("folder_gone", usual_language())) from gone
    try:
        django.setup()
    except ValueError as wrong:  # an address that cannot be read
        typer.echo(str(wrong), err=True)
        raise typer.Exit(2) from wrong
    except OSError as problem:  # the desk's own folder cannot be made, or written into
        where = problem.filename or os.environ.get("TANTAM_HOME", "var")
        raise refused(say("home_closed", usual_language(), home=where, problem=problem.strerror)) from problem


def prepare() -> None:
    """Bring the database and the served files up to date; quick when they are. Several processes may call it at once.

    Ends the command with its reason where the database cannot be reached.
    """
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        with _nobody_else_migrates():
            if _lags_behind():
                call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as away:  # away, or no database at all
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


def home() -> Path:
    """Return where the desk keeps its data."""
    from django.conf import settings

    return Path(settings.HOME)


@contextmanager
def held(name: str) -> Iterator[TextIO | None]:
    """Hold a lock on a file of the home, emptied to be written into; None where another process of the machine does."""
    home().mkdir(parents=True, exist_ok=True)
    with open(home() / name, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        file.truncate(0)
        yield file


def noted(name: str) -> str:
    """Return what the holder of a lock wrote into its file."""
    return (home() / name).read_text()


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
    home().mkdir(parents=True, exist_ok=True)
    with open(home() / name, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
