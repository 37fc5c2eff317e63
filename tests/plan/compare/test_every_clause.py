"""Whatever single thing of an example plan is written otherwise, something is said of it, at its clause, in words."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tantam.plan.compare import aloud, compare, whom
from tantam.plan.errors import TantamError
from tantam.plan.files import Scalar, Source, edited, removed, walk
from tantam.plan.sections import Plan
from tantam.plan.sections.build import build
from tantam.plan.words import LANGUAGES
from tests.plan.compare.mutated import compared, example
from tests.support.proving import examples

PLANS = ("ben-xuan", "hotel", "weekday-team")
NUMBER = re.compile(r"\d+")
NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
USUAL = ("pinned", "offered", "demands", "granted_by", "when_several", "else")  # what is written may hold anyway
Path = tuple[str | int, ...]


@cache
def places(name: str) -> list[Path]:
    """Return the address of every scalar of a plan, its tables' texts left out."""
    found = ((path, node) for path, node in walk(example(name).root) if isinstance(node, Scalar) and path)
    return [path for path, node in found if path[0] != "tantam" and "\n" not in node.text]


def otherwise(plan: Plan, path: Path, *, dropped: bool) -> Plan | None:
    """Return the plan with the scalar at `path` gone, or with its first number one more; None if it reads no more."""
    sources: list[Source] = []
    for source in plan.sources:
        try:
            sources.append(removed(source, path) if dropped else edited(source, path, _more(plan, path)))
        except (TantamError, LookupError, ValueError):
            sources.append(source)
    try:
        return build(tuple(sources))
    except TantamError:
        return None


def _more(plan: Plan, path: Path) -> str:
    text = next(node.text for at, node in walk(plan.root) if at == path and isinstance(node, Scalar))
    found = NUMBER.search(text)
    return f"{text[: found.start()]}{int(found[0]) + 1}{text[found.end() :]}" if found else f"{text} more"


@settings(max_examples=examples(15), deadline=timedelta(seconds=60))
@given(st.data(), st.sampled_from(PLANS), st.booleans())
def test_every_single_change_is_told_in_words(data: st.DataObject, name: str, dropped: bool) -> None:
    plan = example(name)
    path = data.draw(st.sampled_from(places(name)))
    other = otherwise(plan, path, dropped=dropped)
    assume(other is not None and other.hash != plan.hash)
    assert other is not None
    found = compare(plan, other)
    assert found.changes or path[-1] in USUAL
    for change in found:
        assert change.clause.split(".")[0].split("#")[0] in (str(path[0]), "hours")
        for lang in LANGUAGES:
            said = aloud(change, lang, within=found), whom(change, lang, within=found)
            assert said[0] and not any("{" in each.replace("{name}", "") and "compare_" in each for each in said)
            assert not any(NAME.search(each.partition("“")[0].partition("„")[0]) for each in said), said


@pytest.mark.parametrize(("part", "new", "clause", "sentence", "touched"), [
    ("      people: 14", "      people: 15", "company.teams.care",
     "Team, Customer care desk: people: 14 → 15.",
     "It concerns team Customer care desk; whoever comes by Phone, Chat, E-mail, Complaints page."),
    ("hours: office, people: 6", "hours: office, people: 7", "company.shifts.care_day",
     "Shift, Day shift: people: 6 → 7.",
     "It concerns team Customer care desk; whoever comes by Phone, Chat, E-mail, Complaints page."),
    ("      languages: [vi, en]\n", "      languages: [vi, en, de]\n", "company.teams.counter",
     "Team, Service counter: languages: also German now.",
     "It concerns team Service counter; whoever comes by Service counter."),
    ("pass_mark: 80 %", "pass_mark: 90 %", "training.first_week",
     "Training, The first week: pass mark: 80% → 90%.", "It concerns level Agent, Specialist, Manager."),
    ("        within: 1 h\n", "        within: 2 h\n", "internal.stores.owes.delay_notice",
     "Stores and delivery owes: Word before a delivery is late: within: 1 hour → 2 hours.",
     "It concerns department Stores and delivery; team Customer care desk."),
    ("    kind: third_party", "    kind: independent", "providers.carriers",
     "Provider, Carriers: kind: a third party → independent.", "It concerns provider Carriers."),
    ("precedence: [contract, product, group, plan]", "precedence: [plan, contract]", "precedence",
     "Precedence: contract, product, customer group, the plan itself → the plan itself, contract.",
     "It concerns all customers."),
    ("    keep: 3 years", "    keep: 2 years", "privacy.conversations",
     "Privacy, Letters, messages and call recordings: kept for: 3 years → 2 years.", "It concerns all customers."),
])  # fmt: skip
def test_sections_about_people_and_care_are_told_by_their_labels(
    part: str, new: str, clause: str, sentence: str, touched: str
) -> None:
    found = compared(("people.yaml", part, new))
    (change,) = found.changes
    assert change.clause == clause
    assert aloud(change, "en", within=found) == sentence
    assert whom(change, "en", within=found) == touched


def test_a_language_that_goes_changes_no_unit_that_all_languages_share() -> None:
    sources = example("ben-xuan").sources
    fewer = tuple(
        Source(each.name, each.text.replace("languages: [vi, de, en]", "languages: [de, en]")) for each in sources
    )
    assert fewer != sources
    assert [each.clause for each in compare(build(sources), build(fewer)) if each.clause.startswith("measures")] == []
