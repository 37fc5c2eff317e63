"""Every part of an expression knows where it stands, once read and once checked: so what is said of it is found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tantam.plan.errors import Place
from tantam.plan.tables.checking import check
from tantam.plan.tables.expressions import parse
from tantam.plan.tables.nodes import UNTYPED, Expr, children
from tests.plan.tables.tables import HERE, scope_of

SCOPE = scope_of()
TEXTS = [
    "signs has smoke",
    "not (new or broken) and paid > 5 EUR",
    "fault in [ours, none]",
    "paid in 1 EUR..2 EUR",
    "owned in (1 days..3 days]",
    "owned <= 2 * (3 days + 1 days) - 1 days",
    "-paid < 0",
    "if(new, min(0, paid), max(paid, 0)) >= 0.50 EUR",
    "every(items, in_stock and price > 2 EUR)",
    "sum(swaps, swap.new.price - swap.old.price) > 0",
    "count(items, item.price > 5 EUR) >= 2 or known(paid)",
    "distinct(items, kind)",
    "new and distinct(items, kind)",
    "share > 50%",
    "tries > 150%",
    "deadline(bought + 1 months, 3 working days) > 2024-01-01",
    "told - seen > 90 min",
    "opens >= 8:30",
    "city = 'Huế'",
    "abs(round(paid / 3, 1)) = 1 EUR",
]


def parts(expr: Expr) -> Iterator[Expr]:
    yield expr
    for each in children(expr):
        yield from parts(each)


@pytest.mark.parametrize("text", TEXTS)
def test_every_part_has_its_place_in_the_text_and_its_type(text: str) -> None:
    tree, wrong = parse(text, HERE)
    assert tree is not None and not wrong
    checked, findings = check(tree, SCOPE)
    assert checked is not None and not findings
    for each in (*parts(tree), *parts(checked)):
        assert isinstance(each.place, Place), each
        assert (each.place.file, each.place.line) == (HERE.file, HERE.line)
        assert 0 <= each.place.column - HERE.column < len(text)
    assert all(each.type != UNTYPED for each in parts(checked))


ZEROS = ["min(0, paid)", "max(paid, 0)", "if(new, 0, paid)", "if(new, paid, 0)", "paid + 0", "0 + paid", "paid - 0"]


@pytest.mark.parametrize("text", ZEROS)
@pytest.mark.parametrize(("term", "beyond"), [("paid", "1 EUR"), ("owned", "1 days"), ("waited", "1 h")])
def test_a_bare_nothing_is_of_its_neighbours_kind(text: str, term: str, beyond: str) -> None:
    tree, wrong = parse(f"{text.replace('paid', term)} < {beyond}", HERE)
    assert tree is not None and not wrong
    assert check(tree, SCOPE)[1] == []
