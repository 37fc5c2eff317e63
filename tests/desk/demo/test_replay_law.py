"""Replaying the plan in force over the desk's own history changes nothing: places, clauses, dues, fates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction

from tantam.desk.cases.models import Case, Promise
from tantam.desk.demo.load import Size, load
from tantam.desk.plans import in_force, version
from tantam.desk.reports import past, reading
from tantam.history.past_cases import Wanted, ends, past_cases
from tantam.plan.whatif import Fate, Promised, Replayed, difference, replay
from tests.support.sources import ROOT

pytestmark = pytest.mark.django_db

UNTIL = datetime(2026, 5, 20, 4, 30, tzinfo=UTC)
SIZE = Size(customers=40, purchases=120, cases=90, fresh=4)
STATES = {"owed": Fate.OPEN, "kept": Fate.KEPT, "broken": Fate.BROKEN, "withdrawn": Fate.WITHDRAWN}


@pytest.fixture(scope="module")
def replayed(django_db_setup: None, django_db_blocker: Any) -> Any:
    """A small year, and the plan in force replayed over it."""
    from django.test import override_settings

    with django_db_blocker.unblock(), TemporaryDirectory() as home, override_settings(HOME=home), transaction.atomic():
        reading._held = None
        load(ROOT / "plans/ben-xuan", UNTIL, size=SIZE)
        plan = version(in_force(UNTIL).version).plan  # a directive begins as the year ends, and says nothing of it
        known = past()
        cases = past_cases(known, Wanted(source="desk", asked={"desk": frozenset(plan.terms)}))
        yield replay(plan, cases, until=ends(known, "desk") or UNTIL)
        transaction.set_rollback(True)
        reading._held = None


def test_every_case_is_replayed_and_nothing_is_lacking(replayed: Replayed) -> None:
    assert replayed.cases.keys() == set(Case.objects.values_list("pk", flat=True))
    assert (replayed.lacks, replayed.refused, replayed.foreign, replayed.undecided) == ((), (), {}, ())


def test_places_and_clauses_of_triage_are_those_of_the_events(replayed: Replayed) -> None:
    for case in Case.objects.prefetch_related("events"):
        (opened,) = [each for each in case.events.all() if each.code == "opened"]
        found = replayed.cases[case.pk]
        said = (opened.args["stage"], opened.args["severity"], opened.args["level"], opened.clause)
        assert (found.stage, found.severity, found.level, found.clause) == said


def test_promises_are_those_of_the_ledger_with_clause_and_due(replayed: Replayed) -> None:
    for case in Case.objects.prefetch_related("events"):
        told = {}
        for each in case.events.all():
            if each.code == "promised" and each.clause.startswith("promises"):
                told.setdefault((each.args["kind"], each.at), (each.clause, datetime.fromisoformat(each.args["due"])))
        found = {(each.kind, each.made): (each.clause, each.due) for each in replayed.cases[case.pk].promises}
        assert found == {name: told[name] for name in found}
        turns = [case.opened_at, *(each.at for each in case.events.all() if each.code == "reopened")]
        assert found.keys() == {(kind, made) for kind, made in told if made in turns}


def test_fates_are_those_of_the_ledger(replayed: Replayed) -> None:
    for case in Case.objects.prefetch_related("promises"):
        ledger = [each for each in case.promises.all() if each.clause.startswith("promises")]
        for each in replayed.cases[case.pk].promises:
            same = _of(ledger, each, replayed.cases[case.pk].promises)
            assert each.times == len(same)
            assert each.missed == sum(one.state == "broken" for one in same)
            if each.times == 1:
                assert each.fate is STATES[same[0].state]
                assert each.moved in (None, same[0].due_at)


def _of(ledger: list[Promise], one: Promised, others: tuple[Promised, ...]) -> list[Promise]:
    """Return the rows of the ledger of one promise: those of its kind made in its turn."""
    later = [each.made for each in others if each.kind == one.kind and each.made > one.made]
    until = min(later, default=None)
    rows = [each for each in ledger if each.kind == one.kind and each.made_at >= one.made]
    return sorted((each for each in rows if until is None or each.made_at < until), key=lambda each: each.made_at)


def test_difference_to_itself_is_nothing(replayed: Replayed) -> None:
    found = difference(replayed, replayed)
    assert (found.changed, found.moved, found.newly_broken, found.no_longer_broken) == ((), (), 0, 0)


def test_the_year_has_what_the_law_is_about(replayed: Replayed) -> None:
    fates: Mapping[str, Any] = replayed.fates
    assert {"first_reply", "resolution", "update"} <= fates.keys()
    assert sum(each[Fate.BROKEN] for each in fates.values()) > 0
    assert any(turn.waits for each in replayed.pasts.values() for turn in each.turns)
    assert any(len(each.turns) > 1 for each in replayed.pasts.values())
