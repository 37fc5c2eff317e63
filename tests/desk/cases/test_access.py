"""Who reaches a case: everybody who works here, its customer by the link, nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from tantam.desk.cases.access import case_by_link, case_for, cases_for
from tests.support.desk import opened


def test_every_colleague_sees_every_case(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    for person in (staff.agent, staff.colleague, staff.specialist, staff.manager):
        assert list(cases_for(person)) == [case]


@pytest.mark.parametrize("pk", ["id", "reference", "lower"])
def test_a_case_is_found_by_id_and_by_reference(hoa: Any, staff: Any, pk: str) -> None:
    case = opened(hoa)
    names = {"id": case.pk, "reference": case.reference, "lower": case.reference.lower()}
    assert case_for(staff.agent, names[pk]) == case


def test_outsiders_find_nothing(hoa: Any, staff: Any) -> None:
    case = opened(hoa)
    for person in (staff.outsider, AnonymousUser(), None):
        with pytest.raises(Http404):
            case_for(person, case.pk)


@pytest.mark.parametrize("pk", [0, "9" * 19, "9" * 30, "no-such", "²", "a\x00b"])
def test_what_does_not_exist_is_not_found(staff: Any, pk: int | str) -> None:
    with pytest.raises(Http404):
        case_for(staff.agent, pk)


def test_the_link_opens_its_case_and_no_other(hoa: Any) -> None:
    case = opened(hoa)
    assert case_by_link(case.link_key) == case
    with pytest.raises(Http404):
        case_by_link(case.link_key[:-1] + "~")
    with pytest.raises(Http404):
        case_by_link("\x00")


def test_links_differ_and_cannot_be_guessed(hoa: Any) -> None:
    keys = {opened(hoa).link_key for _ in range(3)}
    assert len(keys) == 3 and all(len(each) >= 22 for each in keys)
