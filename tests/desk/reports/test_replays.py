"""Replays: done once by a worker, taken up again after a kill, given up visibly; what they find is stored as codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tantam.desk.cases import actions
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.plans import in_force, trial
from tantam.desk.plans.actions import ask_replay, run_replay
from tantam.desk.plans.models import Replay
from tantam.desk.reports import replays
from tantam.desk.reports.reading import history as directory
from tantam.history.store import Store
from tests.support.clock import StandingClock
from tests.support.desk import opened
from tests.support.drafts import files, kept, packed
from tests.support.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(hoa: Any, staff: Any, clock: StandingClock) -> Any:
    """A case answered after five minutes, and one that came in later."""
    case = opened(hoa)
    clock.forward(minutes=5)
    actions.reply(case, staff.agent, "Dạ.")
    clock.forward(minutes=1)
    opened(hoa)
    clock.forward(minutes=1)
    return case


def asked(staff: Any, draft: Any = None) -> Replay:
    """Return a replay of a hurried draft over all there is."""
    history = replays.history_of("desk")
    since, until = replays.stretch_of(history, "all")
    return ask_replay(draft or kept(staff.manager), source="desk", since=since, until=until, person=staff.manager)


def test_worker_plays_the_draft_over_the_desks_own_past(lived: Any, staff: Any) -> None:
    replay = asked(staff)
    assert (replay.state, replay.against_id) == ("waiting", 1)
    work.run_due()
    replay.refresh_from_db()
    assert (replay.state, replay.progress, replay.attempts) == ("done", 100, 1)
    found = replay.result
    assert (found["cases"], found["changed"]) == (2, 2)
    assert ["kept", "broken", 1] in found["fates"]["first_reply"]
    assert found["rows"][0]["reference"] == lived.reference
    assert found["rows"][0]["promises"][0]["after_fate"] == "broken"


def test_a_history_that_is_gone_when_its_turn_comes_is_told_and_no_result(log: str, lived: Any, staff: Any) -> None:
    history = replays.history_of(log)
    since, until = replays.stretch_of(history, "all")
    replay = ask_replay(kept(staff.manager), source=log, since=since, until=until, person=staff.manager)
    for each in Store(directory()).manifest().files:
        (directory() / each.path).unlink()
    work.run_due()
    replay.refresh_from_db()
    assert (replay.state, replay.trouble, replay.result) == ("failed", "history_gone", None)


def test_plan_in_force_changes_nothing_on_its_own_past(lived: Any, staff: Any) -> None:
    replay = asked(staff, kept(staff.manager, raw=packed(files())))
    work.run_due()
    replay.refresh_from_db()
    assert (replay.result["cases"], replay.result["changed"], replay.result["rows"]) == (2, 0, [])


def test_nothing_that_was_found_is_kept_as_a_sentence(lived: Any, staff: Any) -> None:
    replay = asked(staff)
    work.run_due()
    replay.refresh_from_db()
    said = {lang: trial.sentences(replay.result, lang, in_force()) for lang in ("vi", "de", "en")}
    assert len({text for sentences in said.values() for _, text in sentences[:1]}) == 3
    assert not [text for sentences in said.values() for _, text in sentences if text in str(replay.result)]


def test_asked_again_while_it_is_coming_it_is_the_same_run(lived: Any, staff: Any) -> None:
    draft = kept(staff.manager)
    first = asked(staff, draft)
    assert asked(staff, draft) == first
    work.run_due()
    assert asked(staff, draft) != first


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_run(lived: Any, staff: Any) -> None:
    draft = kept(staff.manager)
    one, other = together(lambda: asked(staff, draft), lambda: asked(staff, draft))
    assert one == other
    assert DueWork.objects.filter(kind="replay_draft").count() == 1


def test_done_twice_it_is_kept_once(lived: Any, staff: Any, hoa: Any) -> None:
    replay = asked(staff)
    work.run_due()
    replay.refresh_from_db()
    before = (replay.result, replay.ended_at)
    opened(hoa)
    replays.play({"replay": replay.pk})
    replay.refresh_from_db()
    assert (replay.result, replay.ended_at, replay.attempts) == (*before, 1)


def test_killed_workers_run_is_taken_up_again(lived: Any, staff: Any, clock: StandingClock) -> None:
    replay = asked(staff)
    assert len(work._claim(1, ["replay_draft"])) == 1
    run_replay.begin(replay.pk)  # and then the worker is killed
    run_replay.tell(replay.pk, 40)
    work.run_due()
    replay.refresh_from_db()
    assert (replay.state, replay.progress) == ("running", 40), "it is leased to a worker that may still live"
    clock.forward(seconds=work.LEASE.total_seconds() + 1)
    work.run_due()
    replay.refresh_from_db()
    assert (replay.state, replay.attempts) == ("done", 2)


def test_run_that_ends_its_worker_each_time_is_given_up(lived: Any, staff: Any, clock: StandingClock) -> None:
    replay = asked(staff)
    for _ in range(run_replay.MOST_ATTEMPTS):
        work._claim(1, ["replay_draft"])
        assert run_replay.begin(replay.pk) is not None
        clock.forward(seconds=work.LEASE.total_seconds() + 1)
    work.run_due()
    replay.refresh_from_db()
    assert (replay.state, replay.trouble) == ("failed", "ended_its_worker")


def test_run_that_fails_is_tried_again_then_given_up_visibly(
    lived: Any, staff: Any, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    replay = asked(staff)
    monkeypatch.setattr(replays, "past", _away)
    states = []
    for _ in range(run_replay.MOST_ATTEMPTS):
        work.run_due()
        replay.refresh_from_db()
        states.append(replay.state)
        clock.forward(hours=1)
    assert states == ["waiting", "waiting", "failed"]
    assert replay.trouble == "failed"
    assert DueWork.objects.get(kind="replay_draft").failed_at is not None


def test_run_holds_its_lease_and_says_how_far_it_is(lived: Any, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    replay = asked(staff)
    monkeypatch.setattr(replays, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(run_replay, "tell", lambda pk, progress: told.append(progress))
    work.run_due()
    assert told == sorted(told) and told[-1] > 50, told
    assert all(0 <= each <= 100 for each in told)
    replay.refresh_from_db()
    assert replay.state == "done"


def test_run_whose_worker_ends_waits_for_another(lived: Any, staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    stop = threading.Event()
    replay = asked(staff)
    begun = run_replay.begin

    def interrupted(pk: int) -> Replay | None:
        stop.set()
        return begun(pk)

    monkeypatch.setattr(replays, "EVERY_SECONDS", 0.0)
    monkeypatch.setattr(run_replay, "begin", interrupted)
    work.run_due(stop=stop)
    replay.refresh_from_db()
    assert replay.state == "waiting"
    assert DueWork.objects.get(kind="replay_draft").leased_until is None


def test_stretch_counts_back_from_the_end_of_its_history(lived: Any, clock: StandingClock) -> None:
    history = replays.history_of("desk")
    assert (history.cases, history.source) == (2, "desk")
    clock.forward(days=400)
    since, until = replays.stretch_of(history, "month")
    assert until - history.last <= timedelta(minutes=1)
    assert timedelta(days=29) <= until - since <= timedelta(days=31)
    assert replays.stretch_of(history, "all")[0] == history.first


def test_days_that_are_none_and_histories_that_are_not_there_are_refused(lived: Any) -> None:
    history = replays.history_of("desk")
    for since, until, code in (("yesterday", "", "not_a_day"), ("2026-03-04", "2026-03-01", "backwards")):
        with pytest.raises(Refused) as refused:
            replays.stretch_of(history, "all", since, until)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        replays.history_of("nowhere")
    assert refused.value.code == "unknown_source"


def test_who_does_not_manage_asks_for_nothing(lived: Any, staff: Any) -> None:
    draft = kept(staff.manager)
    history = replays.history_of("desk")
    with pytest.raises(Refused) as refused:
        ask_replay(draft, source="desk", since=history.first, until=history.last, person=staff.agent)
    assert refused.value.code == "not_allowed"
    assert not Replay.objects.exists()


def _away() -> Any:
    raise OSError("the history is away")
