"""What service costs and how long things are kept, as written: privacy, costs, precedence, products."""

from __future__ import annotations

from typing import Annotated, ClassVar

from tantam.plan.sections.loose import Loose, Several, Word, Words, named


class Retention(Loose):
    """How long something about customers is kept, and what becomes of it then."""

    short: ClassVar[str] = "keep"

    what: Words = None
    label: Words = None
    words: Words = None
    keep: Word = None
    then: Word = None
    law: Word = None


class Cost(Loose):
    """What something costs."""

    short: ClassVar[str] = "amount"

    label: Words = None
    name: Words = None
    amount: Word = None
    per: Word = None
    about: Words = None


class ProductLine(Loose):
    """A line of products with its own yardsticks."""

    short: ClassVar[str] = "label"

    label: Words = None
    name: Words = None
    measures: Several = None
    goals: Several = None
    about: Words = None


Privacy = Annotated[dict[str, Retention] | None, named(Retention)]
Costs = Annotated[dict[str, Cost] | None, named(Cost)]
Products = Annotated[dict[str, ProductLine] | None, named(ProductLine)]
