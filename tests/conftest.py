"""What every test may lean on: the database of the run, a clock that stands still, compiled catalogues.

TANTAM_TEST_DATABASE=sqlite (default) or postgres chooses the database; postgres starts a cluster of its own.
"""

from __future__ import annotations

import gc
import os
import signal
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest
from hypothesis import HealthCheck, Phase, settings
from xdist.remote import Producer

from tests.support.clock import StandingClock
from tests.support.dealing import Together
from tests.support.proving import PROVING
from tests.support.tables import KEPT
from tools.catalogues import compile_stale

DATABASES = ("sqlite", "postgres")


# A loaded machine is no broken law. Tests that name no number of examples take more when there is time to prove.
settings.register_profile("usual", deadline=None)
settings.register_profile("prove", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
# Of a mutant one example that fails is enough, and every mutant is tried on the same ones.
settings.register_profile(
    "mutants", deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("prove" if PROVING else "usual")

_until_the_end = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Choose the database before Django reads its settings."""
    if not hasattr(config, "workerinput"):
        _prepare_environment()
    elif "TANTAM_HOME" not in os.environ:
        raise pytest.UsageError("A test worker needs the environment of the run that started it.")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # begun in the background of a shell: nobody could stop it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    django.setup()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Deal the tests out over the workers so that what is costly to make is made once."""
    return Together(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Gather the tests, which all stay to the end, without searching among them for what could be thrown away."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_unconfigure() -> None:
    """Stop what was started for the run; what libraries made is theirs to throw away again."""
    _until_the_end.close()
    gc.unfreeze()


def _prepare_environment() -> None:
    choice = os.environ.get("TANTAM_TEST_DATABASE", "sqlite")
    if choice not in DATABASES:
        raise pytest.UsageError(f"TANTAM_TEST_DATABASE={choice!r}; it must be one of {', '.join(DATABASES)}.")
    compile_stale()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tantam.desk.settings"
    os.environ["TANTAM_HOME"] = _until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="tantam-test-"))
    (Path(os.environ["TANTAM_HOME"]) / "static").mkdir()  # nothing is gathered there, and nothing missed
    os.environ[KEPT] = _until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="tantam-tables-"))
    os.environ.pop("TANTAM_DATABASE_URL", None)
    if choice == "postgres":
        from tests.support.postgres import cluster

        os.environ["TANTAM_DATABASE_URL"] = _until_the_end.enter_context(cluster())


@pytest.fixture(scope="session", autouse=True)
def _nothing_gathered() -> Iterator[None]:
    """Let no command gather the served files: every browser of every later test would read them all anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tantam.cli.ready.collect_static", lambda: None)
        yield


@pytest.fixture
def clock() -> Iterator[StandingClock]:
    """The desk's clock, standing at a Wednesday morning in Vietnam until the test moves it."""
    with StandingClock(datetime(2026, 3, 4, 3, 0, tzinfo=UTC)) as standing:
        yield standing
