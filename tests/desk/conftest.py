"""What tests of the desk ask for: the clock standing on a Wednesday morning, the example's plan, people, a customer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.clock import StandingClock


@pytest.fixture
def plan(db: None, clock: StandingClock) -> object:
    """The example's plan, in force since long ago."""
    from tests.support import desk

    return desk.put_in_force()


@pytest.fixture
def staff(plan: object) -> object:
    """People of every level, and an outsider."""
    from tests.support import desk

    return desk.hire()


@pytest.fixture
def hoa(plan: object) -> object:
    """A customer who reads mail."""
    from tests.support import desk

    return desk.customer()


@pytest.fixture
def claim(staff: object, hoa: object) -> object:
    """A refund that the policy does not give; 5,000,000 đồng of it are beyond an agent, and not beyond a specialist."""
    from tantam.desk.claims.actions import file_claim
    from tests.support import desk

    told = {"condition": "like_new"}
    asked = desk.concern(hoa, purchase=desk.purchase(hoa), topic="refund", told=told)
    return file_claim(asked, policy="refund")


@pytest.fixture(autouse=True, scope="session")
def events_are_in_the_reference() -> None:
    """Hold every event that any test lets happen to the page that lists its arguments."""
    from tests.support.reference import hold_to_the_reference

    hold_to_the_reference()


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Let no figure of another test be shown: its clock stood at the same minute."""
    from tantam.desk.reports import memory

    memory.forget()


@pytest.fixture
def log(settings: Any, tmp_path: Any) -> str:
    """An imported log beside the desk's own history: one incident of 2017, settled in time."""
    from tests.support import log

    settings.HOME = tmp_path
    log.imported(tmp_path, log.incident())
    return log.SOURCE


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Name static files as they are: nothing was collected for a test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hash passwords without the work that makes them slow to guess."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_history(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Let each test write its own history, and none see the past that another one opened."""
    from tantam.desk.reports import reading

    settings.HOME = tmp_path
    reading.forget()
    yield
    reading.forget()


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """Let each test keep its own files."""
    settings.MEDIA_ROOT = tmp_path / "media"
