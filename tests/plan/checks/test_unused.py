"""What is written and never used is told, and nothing that is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plan.checks.plans import findings

PLAN = """\
hours: {office: {mon-fri: "08:00-18:00"}}
channels: {mail: {}}
levels: {agent: {handles: [minor]}}
terms:
  fault: {one_of: [ours, other]}
  topic: {one_of: {broken: Broken}, from: case.topic}
promises:
  clock: office
  table: |
    promise     => within
    first_reply |  4 h
policies:
  help:
    commitment: The colour of our help is red.
    decides: |
      fault     => outcome
      ours      |  help
      otherwise |  decline
    outcomes:
      help: {say: on_our_way, by: agent}
texts: {on_our_way: We come.}
"""


def unused(folder: Path, text: str) -> list[tuple[str, str]]:
    found = findings(folder, text)
    return [(each.code, str(each.args["name"])) for each in found if each.code in ("K54", "K55", "K56", "K57", "K58")]


def test_what_is_used_is_not_told_whatever_its_clause_is_called(tmp_path: Path) -> None:
    assert unused(tmp_path, PLAN) == []


def test_quiet_hours_are_used_by_courtesy_and_not_by_its_words(tmp_path: Path) -> None:
    night = PLAN.replace("hours: {", 'hours: {night: {mon-sun: "21:00-07:00"}, ')
    assert unused(tmp_path, f"{night}courtesy: {{quiet: night}}\n") == []
    assert unused(tmp_path, f"{night}courtesy: {{tone: Calm as the night}}\n") == [("K57", "night")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("terms:\n", "terms:\n  colour: {text: any}\n", ("K54", "colour")),  # a word of the commitment is no use of it
        ("terms:\n", "terms:\n  twice: {text: any, label: twice as much}\n", ("K54", "twice")),
        ("say: on_our_way, ", "", ("K55", "on_our_way")),
        ("  clock: office\n", "", ("K57", "office")),
        ("texts:", "groups: {tall: {when: fault = ours}}\ntexts:", ("K57", "tall")),
        ("texts:", "labels: {offices: Our office}\ntexts:", ("K58", "offices")),
    ],
)
def test_what_nothing_uses_is_told(old: str, new: str, told: tuple[str, str], tmp_path: Path) -> None:
    assert old in PLAN
    assert told in unused(tmp_path, PLAN.replace(old, new))


def test_a_name_in_braces_of_a_text_is_a_use(tmp_path: Path) -> None:
    text = PLAN.replace("terms:\n", "terms:\n  colour: {text: any}\n").replace("We come.", '"We come in {colour}."')
    assert unused(tmp_path, text) == []


def test_a_beginning_is_left_alone(tmp_path: Path) -> None:
    assert unused(tmp_path, "terms: {colour: {text: any}}\n") == []
