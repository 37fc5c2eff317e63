"""An older form is read through its steps and rewritten by them; what a step leaves keeps its place and comments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tantam.plan.errors import NotEditable, Place
from tantam.plan.files import Mapping, Source, parse, place_of
from tantam.plan.files.forms import FORMS, Forms, current, form_of
from tantam.plan.files.merge import gather
from tantam.plan.files.migrate import migrated, oldest_form
from tantam.plan.files.nodes import Entry, Scalar

TEXT = """\
tantam: 1   # the form
# Who we are
company:
  name: Shop  # short
  zone: UTC
wishes:       # since the first day
  a: {words: x, weight: 2}
old: 1
"""
SOURCE = Source("plan.yaml", TEXT)


def root_of(text: str) -> Mapping:
    root, _ = parse(Source("plan.yaml", text))
    assert isinstance(root, Mapping)
    return root


def needs_for_wishes(root: Mapping) -> Mapping:
    """One made-up step: a section gets another name, another leaves."""
    entries = [replace(each, key="needs") if each.key == "wishes" else each for each in root.entries]
    return replace(root, entries=tuple(each for each in entries if each.key != "old"))


def currency_said(root: Mapping) -> Mapping:
    """Another: the company's zone is called timezone, and its currency is said."""

    def company(entry: Entry) -> Entry:
        if entry.key != "company" or not isinstance(entry.value, Mapping):
            return entry
        known = [replace(each, key="timezone") if each.key == "zone" else each for each in entry.value.entries]
        said = Entry("currency", entry.key_place, Scalar(entry.key_place, "EUR"))
        return replace(entry, value=replace(entry.value, entries=(*known, said)))

    return replace(root, entries=tuple(map(company, root.entries)))


FORMS_3 = Forms((needs_for_wishes, currency_said))


def test_the_form_of_today_is_1_and_has_no_steps() -> None:
    assert FORMS.newest == 1 and current(root_of(TEXT)) == (root_of(TEXT), ())


def test_an_older_plan_is_read_in_the_newest_form_with_every_place() -> None:
    gathered = gather((SOURCE,), (), FORMS_3)
    assert not gathered.findings
    assert gathered.root.plain() == {
        "tantam": "3",
        "company": {"name": "Shop", "timezone": "UTC", "currency": "EUR"},
        "needs": {"a": {"words": "x", "weight": "2"}},
    }
    assert place_of(gathered.root, ["needs", "a", "weight"]) == Place("plan.yaml", 7, 25)


def test_an_overlay_that_says_no_form_is_in_that_of_the_plan_below() -> None:
    over = Source("b.yaml", "overlay: plan.yaml\nwishes: {a: {words: y}}\n")
    gathered = gather((over, SOURCE), (), FORMS_3)
    assert not gathered.findings
    assert gathered.root.plain()["needs"] == {"a": {"words": "y", "weight": "2"}}


def test_rewriting_keeps_comments_and_layout_and_reads_the_same() -> None:
    after = migrated(SOURCE, 1, FORMS_3)
    assert (
        after.text
        == """\
tantam: 3   # the form
# Who we are
company:
  name: Shop  # short
  timezone: UTC
  currency: EUR
needs:       # since the first day
  a: {words: x, weight: 2}
"""
    )
    assert gather((after,), (), FORMS_3).root.plain() == gather((SOURCE,), (), FORMS_3).root.plain()


def test_rewriting_what_is_new_already_changes_nothing() -> None:
    after = migrated(SOURCE, 1, FORMS_3)
    assert migrated(after, 3, FORMS_3) == after
    assert migrated(SOURCE, 1) == SOURCE


def test_a_plan_is_in_the_oldest_form_that_its_files_say() -> None:
    assert oldest_form((Source("a", "tantam: 2\n"), Source("b", "x: 1\n"), SOURCE)) == 1
    assert oldest_form((Source("b", "x: 1\n"),)) is None
    assert form_of(root_of("tantam: one\n")) is None


def test_a_plan_for_a_newer_tantam_is_told_so() -> None:
    (found,) = gather((Source("plan.yaml", "tantam: 4\n"),), (), FORMS_3).findings
    assert (found.code, found.place.line, found.args["got"], found.args["known"]) == ("F31", 1, 4, 3)
    assert "newer Tantam" in found.sentence()
    with pytest.raises(NotEditable):
        migrated(Source("plan.yaml", "tantam: 4\n"), 4, FORMS_3)
