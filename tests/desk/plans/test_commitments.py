"""What the plan commits us to, in sentences: its own words, and times that are those of its tables."""

from __future__ import annotations

import pytest

from tantam.desk.plans import RunningPlan
from tantam.desk.plans.commitments import policies_promised, times_promised


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", "Trả lời lần đầu: thường trong 4 giờ, chậm nhất 1 ngày làm việc"),
        ("de", "Erste Antwort: meist 4 Stunden, höchstens 1 Arbeitstag"),
        ("en", "First reply: usually within 4 hours, within 1 working day at the latest"),
    ],
)
def test_usual_time_is_that_of_the_rule_used_most(plan: RunningPlan, lang: str, words: str) -> None:
    uses = {"promises#reply_normal": 9, "promises#reply_critical": 3}
    assert times_promised(plan, lang, uses)[0].words == words


def test_what_is_usually_the_longest_is_said_once(plan: RunningPlan) -> None:
    reply = times_promised(plan, "en", {"promises#reply_minor": 9})[0]
    assert reply.words == "First reply: within 1 working day at the latest"
    assert "promises#reply_elderly" in reply.clauses and "promises#resolution_minor" not in reply.clauses


def test_what_only_some_are_owed_is_no_sentence_for_everybody(plan: RunningPlan) -> None:
    said = times_promised(plan, "en", {"promises#update_critical": 1})
    assert [each.words.partition(":")[0] for each in said] == ["First reply", "Resolution"]


def test_policies_say_what_they_commit_to_and_own_only_their_clauses(plan: RunningPlan) -> None:
    ended = {"policies.warranty.decides#covered": 3, "policies.warranty_extra.decides#a": 1}
    [warranty] = [each for each in policies_promised(plan, "en", ended) if each.anchor == "policies.warranty"]
    assert warranty.words.startswith("Within the warranty period repairs are free")
    assert warranty.clauses == {"policies.warranty.decides#covered"}
