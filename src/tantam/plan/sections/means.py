"""What service costs and how long things are kept, as written: privacy, costs, precedence, products, sales."""

from __future__ import annotations

from typing import Annotated, ClassVar

from tantam.plan.sections.loose import Loose, Several, Word, Words, named


class Retention(Loose):
    """How long something about customers is kept, and what becomes of it then; or by when what they ask is answered."""

    short: ClassVar[str] = "keep"

    what: Words = None
    label: Words = None
    words: Words = None
    keep: Word = None
    then: Word = None
    answer: Word = None
    extend: Word = None
    proof: Word = None
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


class LostReason(Loose):
    """One reason for which somebody who asked before the sale does not buy."""

    short: ClassVar[str] = "label"

    label: Words = None
    about: Words = None


class Sales(Loose):
    """What counts before the sale: how long a quote is valid, why people do not buy, and when a customer is lost."""

    short: ClassVar[str] = "quotes_valid"

    quotes_valid: Word = None
    lost_because: Annotated[dict[str, LostReason] | None, named(LostReason)] = None
    lost_after: Word = None
    won_back_within: Word = None


Privacy = Annotated[dict[str, Retention] | None, named(Retention)]
Costs = Annotated[dict[str, Cost] | None, named(Cost)]
Products = Annotated[dict[str, ProductLine] | None, named(ProductLine)]
