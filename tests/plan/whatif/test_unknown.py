"""Facts that history lacks are named, their cases are told apart, and nothing is made up for them."""

from __future__ import annotations

from tantam.plan.whatif import Fate, Tells, Turn, aloud, beside_record, difference
from tests.plan.whatif.cases import ALWAYS, SMALL, at, changed, over, past, plan

PLAN = plan()


def test_case_without_the_fact_that_decides_has_no_severity_and_names_it() -> None:
    case = past(at(2), facts={"topic": "broken", "business": "no"})
    found = over(PLAN, case)
    replayed = found.cases[case.key]
    assert (replayed.severity, replayed.level, replayed.clause, replayed.promises) == (None, None, "", ())
    assert replayed.undecided == {"first_reply": ("danger",), "resolution": ("danger",), "update": ("danger",)}
    assert [(each.term, each.table, each.cases) for each in found.lacks] == [("danger", "triage", (case.key,))]
    assert found.undecided == (case.key,)
    assert found.fates["first_reply"] == {Fate.UNKNOWN: 1}


def test_what_comes_out_the_same_either_way_is_known() -> None:
    case = past(at(2), facts={"topic": "broken", "business": "no"})
    assert over(PLAN, case).cases[case.key].stage == "after"


def test_fact_that_decides_nothing_is_not_named() -> None:
    case = past(at(2), facts={"topic": "question", "business": "no"})
    found = over(PLAN, case)
    assert (found.lacks, found.cases[case.key].severity) == ((), "minor")


def test_term_that_was_asked_and_unanswered_is_no_lack_and_counts_as_at_the_desk() -> None:
    case = past(at(2), facts={"topic": "broken"}, asked=ALWAYS)
    found = over(PLAN, case)
    assert (found.lacks, found.cases[case.key].severity, found.cases[case.key].clause) == ((), "normal", "triage")


def test_row_that_nobody_could_decide_then_never_fires_whatever_else_is_lacking() -> None:
    hasty = plan(
        SMALL.replace("promise     | severity | group => within", "promise | severity | group | danger => within")
        .replace("| -     => ", "| - | - => ")
        .replace("| firms => 2 h", "| firms | yes => 2 h")
    )
    facts = {"topic": "question"}
    unasked, asked = past(at(2), facts=facts), past(at(2), facts=facts, asked=frozenset({"danger"}))
    found = over(hasty, unasked, asked).cases
    assert found[unasked.key].undecided == {"first_reply": ("business", "danger")}
    assert found[asked.key].undecided == {}


def test_table_waits_for_what_nobody_knew_only_where_the_lacking_fact_leads_there() -> None:
    case = past(at(2), facts={"business": "no"}, asked=frozenset({"danger"}))
    found = over(PLAN, case)
    # A question is minor whatever smokes; of something broken the desk would not have known, and taken the usual.
    assert found.cases[case.key].severity is None
    assert [(each.term, each.table) for each in found.lacks] == [("topic", "triage")]
    alike = changed(
        ("=> serious  | chief", "=> minor    | agent"),
        ("=> normal   | agent", "=> minor    | agent"),
        ("question | -      =>", "-        | -      =>"),
    )
    assert over(alike, case).cases[case.key].severity is None


def test_group_whose_facts_nobody_knew_does_not_hold_though_others_are_lacking() -> None:
    case = past(at(2), facts={"topic": "question"}, asked=frozenset({"business"}))
    found = over(PLAN, case)
    assert found.cases[case.key].undecided == {}
    assert [each.clause for each in found.cases[case.key].promises] == ["promises#usual"]


def test_group_of_unknown_facts_leaves_open_only_what_it_decides() -> None:
    case = past(at(2), facts={"topic": "broken", "danger": "no"})
    found = over(PLAN, case)
    assert found.cases[case.key].undecided == {"first_reply": ("business",)}
    assert [each.kind for each in found.cases[case.key].promises] == ["resolution"]
    assert [(each.term, each.table) for each in found.lacks] == [("business", "groups.firms")]


def test_row_that_another_always_comes_before_decides_nothing() -> None:
    serious = past(at(2), facts={"topic": "broken", "danger": "yes"})
    found = over(PLAN, serious)
    assert not found.lacks
    assert {each.clause for each in found.cases[serious.key].promises} >= {"promises#fast", "promises#urgent"}


def test_group_that_history_knows_counts_where_its_facts_are_lacking() -> None:
    facts = {"topic": "broken", "danger": "no"}
    for groups, clause in ((frozenset({"firms"}), "promises#firms"), (frozenset(), "promises#usual")):
        case = past(at(2), facts=facts, groups=groups)
        found = over(PLAN, case)
        assert not found.lacks
        assert clause in [each.clause for each in found.cases[case.key].promises]


def test_computed_time_of_a_lacking_fact_is_undecided_not_left_out() -> None:
    dear = changed(
        ("  business: {yes_no: any", "  room: {duration: 0 days..}\n  business: {yes_no: any"),
        (
            "    done   | resolution  | normal   | -     => 2 working days",
            "    done   | resolution  | -   | -  => room",
        ),
    )
    case = past(at(2), facts={"topic": "question", "danger": "no", "business": "no"})
    found = over(dear, case)
    assert found.cases[case.key].undecided == {"resolution": ("room",)}
    assert [(each.term, each.table) for each in found.lacks] == [("room", "promises")]


def test_default_of_the_plan_is_named_where_it_takes_the_place_of_a_fact() -> None:
    mild = changed(("danger: {yes_no: any,", "danger: {yes_no: any, default: no,"))
    case = past(at(2), facts={"topic": "broken", "business": "no"})
    found = over(mild, case)
    assert (found.cases[case.key].severity, found.defaults) == ("normal", {"danger": 1})


def test_value_outside_the_drafts_domain_is_named_and_decides_nothing() -> None:
    other = changed(("one_of: [broken, question]", "one_of: [smashed, question]"), ("broken   |", "smashed   |"))
    case = past(at(2), facts={"topic": "broken", "danger": "yes", "business": "no"})
    found = over(other, case)
    (refused,) = found.refused
    assert (refused.term, refused.got, refused.cases) == ("topic", "broken", (case.key,))
    assert "smashed" in refused.allowed
    assert found.cases[case.key].severity is None
    assert [each.term for each in found.lacks] == ["topic"]


def test_term_that_the_draft_does_not_have_is_counted_as_foreign() -> None:
    case = past(at(2), facts={"topic": "question", "weather": "rain"})
    assert over(PLAN, case).foreign == {"weather": 1}


def test_head_of_the_case_answers_the_terms_from_it() -> None:
    case = past(at(2), topic="question", facts={"business": "no"})
    assert over(PLAN, case).cases[case.key].severity == "minor"


def test_undecided_cases_are_counted_apart_from_what_changes() -> None:
    known = past(at(2), Turn(at(2), resolved=at(3)), facts={"topic": "broken", "danger": "no", "business": "no"})
    lacking = past(at(2), facts={"topic": "broken", "business": "no"})
    slower = changed(("=> 4 h", "=> 6 h"))
    found = difference(over(slower, known, lacking), over(PLAN, known, lacking))
    assert found.undecided == (lacking.key,)
    assert found.kinds["first_reply"].undecided == (lacking.key,)
    assert found.changed == (known.key,)
    assert beside_record(over(PLAN, known, lacking)).kinds["resolution"].undecided == (lacking.key,)


def test_sentence_of_the_unknown_says_the_number_of_the_table() -> None:
    facts = {"topic": "broken", "danger": "no", "business": "no"}
    reopened = past(at(2), Turn(at(2), resolved=at(5)), Turn(at(6), resolved=at(9)), facts=facts, tells=Tells.NONE)
    lacking = past(at(2), Turn(at(2), resolved=at(5)), facts={"topic": "broken"}, tells=Tells.NONE)
    replayed = over(PLAN, reopened, lacking)
    assert replayed.fates["first_reply"][Fate.UNKNOWN] == 3
    for found in (difference(replayed, replayed), beside_record(replayed)):
        said = {each.args["kind"]: each.args for each in found.summary if each.key == "whatif_unknown"}
        assert len(found.kinds["first_reply"].undecided) == 2
        assert said["first_reply"] == {"kind": "first_reply", "count": 2, "cases": 2, "untold": 1}
    assert "first reply: unknown in 2 of 2 cases; in 1 of them no fact is lacking" in " ".join(
        aloud(found.summary, "en")
    )


def test_table_of_more_groups_than_can_be_tried_knows_nothing_of_any() -> None:
    names = [f"g{number}" for number in range(8)]
    terms = "".join(f"  t{each}: {{yes_no: any}}\n" for each in names)
    groups = "".join(f"  {each}: {{when: t{each}}}\n" for each in names)
    many = changed(
        ("groups:\n", f"groups:\n{groups}"),
        ("terms:\n", f"terms:\n{terms}"),
        ("| -        | firms => 2 h", f"| -        | firms, {', '.join(names)} => 2 h"),
    )
    case = past(at(2), facts={"topic": "broken", "danger": "no", "business": "no"})
    assert len(over(many, case).cases[case.key].undecided["first_reply"]) == len(names)
