"""Filters: what is typed is read into one form, written back the same, and admits the cases that it says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases import filters
from tantam.desk.cases.actions import ask_customer, take
from tantam.desk.cases.filters import Filter, FilterWrong, Term
from tantam.desk.cases.models import Case, CaseTag, Tag, Watcher
from tests.support.clock import StandingClock
from tests.support.desk import customer, opened


def found(text: str, person: Any, clock: StandingClock, plan: Any) -> set[Case]:
    return set(Case.objects.filter(filters.read(text).q(clock.instant, plan, person)))


@pytest.mark.parametrize(
    "text",
    [
        "group:elderly promise:<2h stage:after owner:me",
        '-tag:"lò vi sóng" is:waiting,open "free words"',
        "severity:>=serious opened:>1w quiet:>2d limit:yes",
        "-group:elderly level:agent máy",
    ],
)
def test_what_is_written_is_read_back_the_same(text: str, plan: Any) -> None:
    read = filters.read(text)
    assert read.text() == text and filters.read(read.text()) == read


def test_lengths_are_minutes_in_any_unit(plan: Any) -> None:
    assert [filters.read(f"promise:<{each}").terms[0].values for each in ("90min", "2h", "1d", "1w", '"2 giờ"')] == [
        ("90",),
        ("120",),
        ("1440",),
        ("10080",),
        ("120",),
    ]


def test_labels_and_keys_of_every_language_are_understood(plan: Any) -> None:
    code = Filter((Term("level", ("agent",)),))
    for lang in ("vi", "de", "en"):
        assert filters.read(f'level:"{plan.level_label("agent", lang)}"') == code
    assert filters.read("nhóm:elderly") == filters.read("Gruppe:elderly") == filters.read("group:ELDERLY")


@pytest.mark.parametrize(
    ("text", "code", "at", "near"),
    [
        ("grop:elderly", "unknown_key_near", 0, "group"),
        ("stage:after group:eldery", "unknown_value_near", 12, "elderly"),
        ("is:wating", "unknown_value_near", 0, "waiting"),
        ("promise:<soonish", "not_a_length", 0, None),
        ('tag:"lò vi', "open_quote", 4, None),
        ("group:", "no_value", 0, None),
        ("group:>elderly", "no_compare", 0, None),
        ("owner:zzzzqq", "nobody", 0, None),
        ("a " * 21, "too_many", 40, None),
        ("x" * 401, "too_long", 400, None),
    ],
)
def test_what_is_wrong_says_where_and_the_nearest_name(text: str, code: str, at: int, near: str, plan: Any) -> None:
    with pytest.raises(FilterWrong) as wrong:
        filters.read(text)
    assert (wrong.value.code, wrong.value.at) == (code, at)
    assert near is None or wrong.value.arguments["nearest"] == near
    assert "%" not in wrong.value.sentence()


def test_groups_are_those_of_the_customer(staff: Any, clock: StandingClock, plan: Any) -> None:
    old = opened(customer("Trần Văn Tư", "tu@example.com", lives_alone=True, birth_year=1950))
    young = opened(customer("Lê Mai", "mai@example.com", birth_year=2000))
    assert found("group:elderly", staff.agent, clock, plan) == {old}
    assert found("-group:elderly", staff.agent, clock, plan) == {young}
    assert found("group:elderly,loyal", staff.agent, clock, plan) == {old}


def test_promises_owners_states_and_words(hoa: Any, staff: Any, clock: StandingClock, plan: Any) -> None:
    soon, later, asked = opened(hoa, subject="Lò vi sóng"), opened(hoa), opened(hoa)
    Case.objects.filter(pk=soon.pk).update(next_due_at=clock.instant + timedelta(minutes=30))
    Case.objects.filter(pk=later.pk).update(next_due_at=clock.instant + timedelta(hours=30))
    take(later, staff.agent)
    ask_customer(asked, staff.colleague, "Ảnh ạ?")
    Case.objects.filter(pk=asked.pk).update(next_due_at=None)
    tag = Tag.objects.create(name="Gấp", folded="gap")
    CaseTag.objects.create(case=soon, tag=tag)
    Watcher.objects.create(case=later, person=staff.agent, since=clock.instant)
    for text, cases in {
        "promise:<2h": {soon},
        "promise:>2h": {later},
        "promise:none": {asked},
        "owner:me": {later},
        "owner:none": {soon},
        "owner:Nam": {asked},
        "is:waiting": {asked},
        "is:watched": {later},
        "tag:gấp": {soon},
        "-tag:gap": {later, asked},
        '"Lò vi"': {soon},
        "opened:<1h -owner:none": {later, asked},
        "severity:>=serious": set(),
        "level:mine": {soon, later, asked},
        "limit:no": {soon, later, asked},
    }.items():
        assert found(text, staff.agent, clock, plan) == cases, text


def test_a_chip_is_taken_away_and_put_back(plan: Any) -> None:
    read = filters.read("group:elderly stage:after")
    assert read.without(read.terms[0]).text() == "stage:after"
    assert read.also(Term("stage", ("before",))).text() == "group:elderly stage:before"
