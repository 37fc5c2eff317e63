"""What a draft changes is counted with the cases behind each number, and said in three languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tantam.plan.sections import read_text
from tantam.plan.whatif import Counted, Placed, Turn, aloud, beside_record, difference
from tantam.plan.words import LANGUAGES
from tests.plan.whatif.cases import SMALL, at, changed, over, past, plan

PLAN = plan()
FACTS = {"topic": "broken", "danger": "no", "business": "no"}
QUICK = past(at(2), Turn(at(2), resolved=at(2, 11), words=(at(2, 10),)), facts=FACTS)
SLOW = past(at(2), Turn(at(2), resolved=at(3, 11), words=(at(2, 14),)), facts=FACTS)
SMOKE = past(at(2), Turn(at(2), resolved=at(3, 11), words=(at(2, 9, 30),)), facts=FACTS | {"danger": "yes"})
CASES = (QUICK, SLOW, SMOKE)


def against(*pairs: tuple[str, str]):
    return difference(over(changed(*pairs), *CASES), over(PLAN, *CASES))


def test_shorter_time_breaks_what_was_kept_and_moves_its_due() -> None:
    found = against(("=> 4 h", "=> 2 h"))
    reply = found.kinds["first_reply"]
    assert (reply.newly_broken, reply.no_longer_broken) == ((SLOW.key,), ())
    assert (reply.due_moved, reply.shift_minutes) == ((QUICK.key, SLOW.key), -180)
    assert (reply.broken_before, reply.broken_after) == (0, 1)
    assert found.changed == (SLOW.key, QUICK.key)
    assert (found.newly_broken, found.no_longer_broken) == (1, 0)


def test_cases_behind_are_newly_broken_first_and_each_by_opening() -> None:
    late = past(at(5), Turn(at(5), resolved=at(6, 11), words=(at(5, 14),)), facts=FACTS)
    early = past(at(3), Turn(at(3), resolved=at(4, 11), words=(at(3, 14),)), facts=FACTS)
    kept = past(at(2), Turn(at(2), resolved=at(2, 11), words=(at(2, 10),)), facts=FACTS)
    cases = (late, kept, early)
    quicker = difference(over(changed(("=> 4 h", "=> 2 h")), *cases), over(PLAN, *cases))
    assert quicker.changed == (early.key, late.key, kept.key)


def test_longer_time_keeps_what_was_broken() -> None:
    found = against(("=> 8 h", "=> 3 working days"))
    assert found.kinds["resolution"].newly_kept == found.kinds["resolution"].no_longer_broken == (SMOKE.key,)
    strict = difference(over(PLAN, *CASES), over(changed(("=> 4 h", "=> 2 h")), *CASES))
    assert strict.kinds["first_reply"].newly_kept == (SLOW.key,)


def test_row_more_is_newly_owed_and_row_less_no_longer() -> None:
    row = "    urgent | resolution  | serious  | -     => 8 h\n"
    assert against((row, "")).kinds["resolution"].no_longer_owed == (SMOKE.key,)
    back = difference(over(PLAN, *CASES), over(changed((row, "")), *CASES))
    assert back.kinds["resolution"].newly_owed == (SMOKE.key,)


def test_other_severities_are_moves_with_their_cases() -> None:
    found = against(("yes    => serious  | chief", "yes    => normal   | agent"))
    moves = {(each.what, each.before, each.after): each.cases for each in found.moved}
    assert moves == {("severity", "serious", "normal"): (SMOKE.key,), ("level", "chief", "agent"): (SMOKE.key,)}


def test_draft_with_severities_of_its_own_moves_every_case() -> None:
    text = SMALL.replace("normal", "usual_one").replace("serious", "grave")
    found = difference(over(read_text(text), *CASES), over(PLAN, *CASES))
    assert {(each.before, each.after) for each in found.moved if each.what == "severity"} == {
        ("normal", "usual_one"),
        ("serious", "grave"),
    }


def test_plan_without_promises_owes_nothing_any_more_and_breaks_nothing() -> None:
    bare = read_text(SMALL[: SMALL.index("promises:")])
    found = difference(over(bare, *CASES), over(PLAN, *CASES))
    assert found.kinds["first_reply"].no_longer_owed == (QUICK.key, SLOW.key, SMOKE.key)
    assert found.newly_broken == 0


def test_plan_without_triage_places_as_usual() -> None:
    text = SMALL[: SMALL.index("triage:")] + SMALL[SMALL.index("promises:") :]
    cases = over(read_text(text), *CASES).cases.values()
    assert {(case.stage, case.severity, case.clause) for case in cases} == {("after", "normal", "triage")}


def test_only_replays_of_the_same_cases_are_compared() -> None:
    with pytest.raises(ValueError, match="same cases"):
        difference(over(PLAN, QUICK), over(PLAN, SLOW))


def test_beside_history_a_case_counts_once_a_kind_and_once_a_place() -> None:
    recorded = {"first_reply": Counted(promised=1, broken=1), "resolution": Counted(promised=2, kept=2)}
    case = past(
        at(2),
        Turn(at(2), resolved=at(2, 11), words=(at(2, 10),)),
        facts=FACTS,
        placed=Placed(severity="serious", stage="after"),
        ended=recorded,
    )
    found = beside_record(over(PLAN, case))
    assert [(each.what, each.before, each.after) for each in found.moved] == [("severity", "serious", "normal")]
    reply = found.kinds["first_reply"]
    assert (reply.broken_before, reply.broken_after, reply.no_longer_broken) == (1, 0, (case.key,))
    assert found.kinds["resolution"].newly_broken == ()
    assert found.summary[0].key == "whatif_record"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_said_with_and_without_the_plan(lang: str) -> None:
    draft = changed(
        ("=> 4 h", "=> 2 h"),
        ("    urgent | resolution  | serious  | -     => 8 h\n", ""),
        ("yes    => serious  | chief", "yes    => normal   | chief"),
    )
    lacking = past(at(2), facts={"topic": "broken", "odd": "x"})
    cases = (*CASES, lacking)
    found = difference(over(draft, *cases), over(PLAN, *cases))
    for words in (aloud(found.summary, lang), aloud(found.summary, lang, draft)):
        assert len(words) == len(found.summary) > 3
        assert not [each for each in words if "{" in each or "|" in each]


def test_numbers_of_one_and_of_several_are_said_apart() -> None:
    found = against(("=> 4 h", "=> 2 h"))
    assert aloud(found.summary, "en")[0] == "1 more promise would have been broken."
    later = difference(over(PLAN, *CASES), over(changed(("=> 4 h", "=> 5 min")), *CASES))
    assert aloud(later.summary, "de")[0] == "3 gebrochene Zusagen wären nicht gebrochen worden."


def test_nothing_to_replay_is_said() -> None:
    assert [each.key for each in beside_record(over(PLAN)).summary] == ["whatif_empty"]


def test_ten_thousand_cases_are_told_of_on_the_way() -> None:
    from tantam.plan.whatif import replay

    told: list[int] = []
    many = [past(at(2) + timedelta(minutes=number), facts=FACTS) for number in range(10_000)]
    found = replay(PLAN, iter(many), until=at(28), progress=told.append)
    assert len(found.cases) == 10_000
    assert told == sorted(told) and told[-1] == 10_000
