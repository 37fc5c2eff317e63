"""Views kept under a name: whose they are, how many, how long a name, and who throws one away."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.cases.actions.save_view import drop_view, save_view
from tantam.desk.cases.filters import Filter, read
from tantam.desk.cases.models import SavedView
from tantam.desk.common.errors import Refused


@pytest.fixture
def filter_() -> Filter:
    return read("is:open")


def refused(code: str, deed: Any) -> dict[str, Any]:
    with pytest.raises(Refused) as caught:
        deed()
    assert caught.value.code == code and caught.value.sentence()
    return caught.value.arguments


def test_a_view_is_kept_and_written_anew_under_its_name(staff: Any, filter_: Filter) -> None:
    first = save_view(staff.agent, "  Của   tôi ", filter_)
    assert (first.name, first.query, first.shared, first.person) == ("Của tôi", filter_.text(), False, staff.agent)
    again = save_view(staff.agent, "Của tôi", read("is:waiting"), shared=True)
    assert (again.pk, again.query, again.shared) == (first.pk, "is:waiting", True)
    assert save_view(staff.colleague, "Của tôi", filter_).pk != first.pk


def test_a_view_has_a_name_and_a_filter(staff: Any, filter_: Filter) -> None:
    refused("says_nothing", lambda: save_view(staff.agent, " ", filter_))
    refused("says_nothing", lambda: save_view(staff.agent, "Tất cả", Filter()))
    assert refused("too_long", lambda: save_view(staff.agent, "x" * 81, filter_)) == {"most": 80}
    assert save_view(staff.agent, "x" * 80, filter_).name == "x" * 80


def test_one_keeps_forty_and_may_still_write_them_anew(staff: Any, filter_: Filter) -> None:
    for at in range(39):
        save_view(staff.agent, f"{at}", filter_)
    save_view(staff.agent, "last", filter_)
    assert refused("too_many_views", lambda: save_view(staff.agent, "one more", filter_)) == {"most": 40}
    assert save_view(staff.agent, "last", read("is:waiting")).query == "is:waiting"
    assert save_view(staff.colleague, "mine", filter_).pk


def test_who_made_it_drops_it_and_a_manager_a_shared_one(staff: Any, filter_: Filter) -> None:
    own, shared = save_view(staff.agent, "own", filter_), save_view(staff.agent, "shared", filter_, shared=True)
    for person, view in ((staff.colleague, own), (staff.colleague, shared), (staff.manager, own)):
        refused("not_allowed", lambda p=person, v=view: drop_view(p, v))
    drop_view(staff.manager, shared)
    drop_view(staff.agent, own)
    assert not SavedView.objects.exists()


def test_who_does_not_work_here_keeps_and_drops_none(staff: Any, filter_: Filter) -> None:
    refused("not_allowed", lambda: save_view(staff.outsider, "x", filter_))
    own = save_view(staff.agent, "own", filter_)
    staff.agent.is_active = False
    refused("not_allowed", lambda: drop_view(staff.agent, own))
    assert SavedView.objects.get() == own
