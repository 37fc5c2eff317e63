"""Every way to write a table becomes the one typed form."""

from __future__ import annotations

from tantam.plan.errors import Place
from tantam.plan.tables.evaluate import compile_table
from tantam.plan.tables.form import Hit, Kind, Wanted
from tantam.plan.tables.reader import Cell, read_table
from tantam.plan.tables.scope import ByTable
from tantam.plan.tables.table import one_row
from tantam.plan.tables.types import Duration, Money, OneOf, Text, Word, Words
from tantam.plan.tables.values import AT_ONCE, Amount, Every, Family, Range, Span
from tests.plan.tables.tables import HERE, OUTPUTS, codes, scope_of, table_of, try_scope, type_of

DAYS = Family.CALENDAR


def test_cell_knows_its_place_in_the_file() -> None:
    text, findings = read_table("fault | owned => outcome\n\n# nothing\nours  | <= 7 days | x  # why", HERE)
    assert text is not None and not findings
    (row,) = text.rows
    assert row.conditions[1] == Cell("<= 7 days", Place("plan.yaml", 13, 13))
    assert row.outputs[0] == Cell("x", Place("plan.yaml", 13, 25))


def test_comment_needs_white_space_before_it_and_no_quote_around() -> None:
    text, _ = read_table("city => law\n'a # b' | §5#a # c", HERE)
    assert text is not None
    assert (text.rows[0].conditions[0].text, text.rows[0].outputs[0].text) == ("'a # b'", "§5#a")


def test_bar_in_quotes_is_no_border_and_an_apostrophe_is_no_quote() -> None:
    text, findings = read_table("topic => say\nthe customer's and others' | 'a | b'", HERE)
    assert text is not None and not findings
    assert text.rows[0].conditions[0].text == "the customer's and others'"
    assert text.rows[0].outputs[0].text == "'a | b'"


def test_grid_is_unique_and_ladder_first() -> None:
    grid = table_of("fault => outcome\nours | x")
    ladder = table_of("when => outcome\nnew | x\notherwise | y")
    must = table_of("must => say\nnew | only_new")
    assert [(each.kind, each.hit) for each in (grid, ladder, must)] == [
        (Kind.GRID, Hit.UNIQUE),
        (Kind.LADDER, Hit.FIRST),
        (Kind.MUST, Hit.FIRST),
    ]


def test_arrow_may_stand_in_rows_too() -> None:
    bars = table_of("fault | new => outcome | say\nours | yes | a | b\notherwise | c | -")
    arrows = table_of("fault | new => outcome | say\nours | yes => a | b\notherwise => c | -")
    assert [row.name for row in bars.rows] == [row.name for row in arrows.rows]
    assert arrows.rows[1].otherwise and "say" not in arrows.rows[1].outputs


def test_row_column_names_rows_and_a_hash_survives_reordering() -> None:
    named = table_of("row | fault => outcome\nfaulty | ours | x\nrest | otherwise | y")
    assert [row.name for row in named.rows] == ["faulty", "rest"]
    one = table_of("fault => outcome\nours | x\nnone | y")
    two = table_of("fault => outcome\nnone | y\nours   | other")
    assert {row.name for row in one.rows} == {row.name for row in two.rows}
    assert len({row.name for row in one.rows}) == 2
    assert [row.index for row in one.rows] == [1, 2]


def test_cross_table_is_a_grid_of_its_cells() -> None:
    text = "level \\ fault | ours    | none\nplain         | 30 days | 0 days\nsilver, gold  | 60 days | -"
    table = table_of(text, cross="within")
    assert (table.kind, table.hit, len(table.rows)) == (Kind.CROSS, Hit.UNIQUE, 3)
    decide = compile_table(table, scope_of())
    assert decide({"level": "gold", "fault": "ours"}).outputs == {"within": Span(DAYS, 60)}
    assert decide({"level": "gold", "fault": "none"}).row is None
    assert table.rows[0].place.column == HERE.column + 16


def test_labels_select_and_are_no_conditions() -> None:
    text = "level \\ promise | first_reply | update\ngold | 20 min | every 1 h\nplain | 1 working day | -"
    outputs = {"within": Duration(Family.EXACT, AT_ONCE)}
    table = table_of(text, labels=frozenset({"promise"}), cross="within", outputs=outputs)
    assert (table.kind, table.hit, table.labels) == (Kind.PROMISES, Hit.SOONEST, ("promise",))
    reply = compile_table(table.only("promise", "first_reply"), scope_of())
    update = compile_table(table.only("promise", "update"), scope_of())
    assert reply({"level": "plain"}).outputs["within"] == Span(Family.WORKING, 1)
    assert update({"level": "gold"}).outputs["within"] == Every(Span(Family.EXACT, 3600))
    assert update({"level": "plain"}).rows == ()


def test_when_may_stand_beside_other_columns() -> None:
    text = "promise | when => within | law\ndelivery | fault = ours => 30 days | § 475\nrefund | - => 14 days | -"
    table = table_of(text, labels=frozenset({"promise"}))
    assert [row.labels["promise"] for row in table.rows] == ["delivery", "refund"]
    assert compile_table(table.only("promise", "delivery"), scope_of())({}).unknown == "fault"


def test_head_may_compute_and_take_fields() -> None:
    table = table_of("count(items) | paid - shipping => outcome\n>= 2 | > 5 EUR | x\notherwise | y")
    decide = compile_table(table, scope_of())
    facts = {"items": ({}, {}), "paid": Amount(900, "EUR"), "shipping": Amount(100, "EUR")}
    assert decide(facts).outputs["outcome"] == ("x",)
    assert decide(facts | {"items": ()}).outputs["outcome"] == ("y",)


def test_cell_may_speak_of_another_term() -> None:
    decide = compile_table(table_of("paid => outcome\n<= shipping | x\n> shipping * 2 | y"), scope_of())
    facts = {"paid": Amount(900, "EUR"), "shipping": Amount(100, "EUR")}
    assert decide(facts).outputs["outcome"] == ("y",)
    assert decide({"paid": Amount(900, "EUR")}).unknown == "shipping"


def test_set_cell_holds_for_any_of_its_members() -> None:
    decide = compile_table(table_of("signs => outcome\nsmoke, heat | x\nnot smoke, heat | y"), scope_of())
    assert decide({"signs": frozenset({"heat", "noise"})}).outputs["outcome"] == ("x",)
    assert decide({"signs": frozenset({"noise"})}).outputs["outcome"] == ("y",)
    assert decide({"signs": frozenset()}).outputs["outcome"] == ("y",)


def test_unique_gives_the_first_row_and_tells_the_overlaps() -> None:
    table = table_of("fault | signs => outcome\nours | smoke | a\nours | - | b\notherwise | c")
    fired = compile_table(table, scope_of())({"fault": "ours", "signs": frozenset({"smoke"})})
    assert [row.index for row in fired.rows] == [1, 2]
    assert fired.outputs["outcome"] == ("a",)


def test_collect_gives_every_row_that_holds() -> None:
    outputs = {"item": Word(), "settles": Money("EUR")}
    text = "fault | owned => item | settles\n- | <= 7 days | price | -paid\nours | <= 7 days | shipping | -shipping"
    decide = compile_table(table_of(text, hit=Hit.COLLECT, outputs=outputs), scope_of())
    facts = {"fault": "ours", "owned": Span(DAYS, 3), "paid": Amount(900, "EUR"), "shipping": Amount(100, "EUR")}
    fired = decide(facts)
    assert [each["settles"] for each in fired.results] == [Amount(-900, "EUR"), Amount(-100, "EUR")]
    assert decide(facts | {"fault": "none"}).results == ({"item": "price", "settles": Amount(-900, "EUR")},)
    assert decide({"owned": Span(DAYS, 3), "paid": Amount(900, "EUR")}).unknown == "fault"


def test_result_is_read_by_the_type_of_its_column() -> None:
    outputs = {
        "settles": Money("EUR"),
        "to": Text(),
        "status": OneOf(("open", "closed")),
        "do": Words(),
        "price": Money("EUR"),
    }
    head = "fault => outcome | say | law | within | settles | to | status | do | price"
    row = "ours | a + b | hello | § 5, 6 | 5..7 working days | paid * 10% | city | closed | x, y | 1..2 EUR"
    table = table_of(f"{head}\n{row}", outputs=outputs)
    fired = compile_table(table, scope_of())({"fault": "ours", "paid": Amount(905, "EUR"), "city": "Huế"})
    assert fired.outputs == {
        "outcome": ("a", "b"),
        "say": "hello",
        "law": "§ 5, 6",
        "within": Range(Span(Family.WORKING, 5), Span(Family.WORKING, 7)),
        "settles": Amount(91, "EUR"),
        "to": "Huế",
        "status": "closed",
        "do": ("x", "y"),
        "price": Range(Amount(100, "EUR"), Amount(200, "EUR")),
    }


def test_one_row_decides_without_a_condition() -> None:
    cells = {"outcome": Cell("exchange", HERE), "within": Cell("at once", HERE)}
    table, findings = one_row(cells, scope_of(), Wanted("policies.x.decides", OUTPUTS))
    assert table is not None and not findings
    fired = compile_table(table, scope_of())({})
    assert fired.outputs == {"outcome": ("exchange",), "within": AT_ONCE}
    assert (fired.row.name if fired.row else "", fired.used) == ("always", ())


def test_a_row_before_gives_no_further_reason_where_one_found_already_rules_it_out() -> None:
    first = compile_table(table_of("new | fault => outcome\nyes | ours | x\n- | none | y"), scope_of())
    assert first({"new": False, "fault": "none"}).used == ("fault",)
    later = compile_table(table_of("new | fault => outcome\nyes | - | x\n- | none | y", hit=Hit.FIRST), scope_of())
    assert later({"new": False, "fault": "none"}).used == ("fault", "new")


GRACE = """\
level \\ fault | ours    | customer | none
plain         | 30 days | 0 days   | 7 days
silver, gold  | 60 days | 7 days   | 14 days"""


def test_term_that_a_table_decides_is_worked_out() -> None:
    text, _ = read_table(GRACE, HERE)
    assert text is not None
    scope, findings = try_scope(ByTable("grace", type_of("duration", "0 days.."), text, HERE))
    assert not findings
    table = compile_table(table_of("when => outcome\nowned <= grace | x\notherwise | y", scope), scope)
    facts = {"owned": Span(DAYS, 40), "level": "gold", "fault": "ours"}
    assert table(facts).outputs["outcome"] == ("x",)
    assert table(facts).used == ("owned", "level", "fault")
    assert table({"owned": Span(DAYS, 40), "level": "gold"}).unknown == "fault"
    assert table(facts | {"level": "plain"}).outputs["outcome"] == ("y",)


def test_term_whose_table_mixes_families_is_shown_but_not_compared() -> None:
    text, _ = read_table("fault => grace\nours | 3 h\notherwise | 5 working days", HERE)
    assert text is not None
    scope, findings = try_scope(ByTable("grace", type_of("duration", "0 h.."), text, HERE))
    assert not findings
    assert codes("when => outcome\nwaited <= grace | x", scope=scope) == ["T09"]


def test_promise_table_of_two_families_keeps_each() -> None:
    assert codes("fault => within\nours | 20 min\nnone | 3 working days\ncustomer | 2 months") == []
