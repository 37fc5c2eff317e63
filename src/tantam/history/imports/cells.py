"""One cell to the text that history keeps: translated, typed by the plan, or refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from tantam.history.imports.form import UNKNOWN, Formats, Given
from tantam.history.imports.instants import Instants
from tantam.history.imports.refused import Refused
from tantam.plan.errors import BadFact
from tantam.plan.nearest import listed
from tantam.plan.run import fact_text, read_facts
from tantam.plan.sections import Plan
from tantam.plan.sections.clauses import TermClause
from tantam.plan.tables.types import Date, Duration, Moment, Money, Number, YesNo

Read = Callable[[str], "str | None"]  # a cell that is not missing -> its text, None for unknown; raises Refused
ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # facts read here do not hang on the day
NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
WHOLE = re.compile(r"^-?\d{1,15}(\.0+)?$")
PARTS = "\x1f"  # between several values in one text


def translated(given: Given, read: Read) -> Read:
    """Return how a cell is read that the mapping translates first: what `values` names is in the plan's words."""
    if given.values is None:
        return read
    values = given.values

    def through(text: str) -> str | None:
        found = values.get(text, given.otherwise)
        if found is None:
            raise Refused("no_such_value", allowed=listed(values))
        return None if found == UNKNOWN else read(found)

    return through


def instant(instants: Instants) -> Read:
    """Return how an instant is read: to ISO in UTC."""
    return lambda text: instants.read(text).isoformat()


def whole(text: str) -> str:
    """Return a whole number; workbooks write 3.0 for 3."""
    if not WHOLE.match(text):
        raise Refused("whole")
    return str(int(text.partition(".")[0]))


def amount(formats: Formats) -> Read:
    """Return how an amount without its currency is read: to digits with a point."""

    def read(text: str) -> str:
        plain = text.replace(".", "").replace(",", ".") if formats.decimal == "," else text
        if not NUMBER.match(plain):
            raise Refused("amount")
        return plain

    return read


def begins(with_: Iterable[str]) -> Read:
    """Return how a mark at the beginning of a cell is read: yes if it is one of these."""
    marks = tuple(with_)
    return lambda text: "yes" if text.startswith(marks) else "no"


def yes_no(formats: Formats) -> Callable[[str], str]:
    """Return how yes and no are read."""

    def read(text: str) -> str:
        if text in formats.yes:
            return "yes"
        if text in formats.no:
            return "no"
        raise Refused("yes_no", allowed=listed([*formats.yes, *formats.no]))

    return read


def held(values: Iterable[str]) -> Read:
    """Return how a state is read: yes if it is one of `values`."""
    wanted = frozenset(values)
    return lambda text: "yes" if text in wanted else "no"


def one_of(names: Iterable[str]) -> Read:
    """Return how a name of the plan is read."""
    allowed = list(names)

    def read(text: str) -> str:
        if text not in allowed:
            raise Refused("no_such_value", allowed=listed(allowed))
        return text

    return read


def some_of(names: Iterable[str], separator: str) -> Read:
    """Return how several names of the plan in one cell are read: to names with PARTS between."""
    read = one_of(names)

    def several(text: str) -> str:
        parts = [each.strip() for each in text.split(separator)] if separator else [text]
        return PARTS.join(dict.fromkeys(read(each) or "" for each in parts if each))

    return several


def named(source: str) -> Read:
    """Return how people of the log are named: `source/name`."""
    return lambda text: f"{source}/{text}"


def fact(plan: Plan, term: str, given: Given, how: tuple[Formats, Instants]) -> Read:
    """Return how a fact is read: to the text that the plan reads back. A term with `since` keeps the instant."""
    clause = plan.terms[term]
    if is_age(clause) and not given.unit:
        return translated(given, instant(how[1]))
    in_words = partial(typed, plan, term, given.unit)
    if given.values is not None:
        return translated(given, in_words)
    unfolded = _unfolded(clause, given, how)
    return lambda text: in_words(unfolded(text))


def is_age(clause: TermClause) -> bool:
    """Whether a term is the age of an instant, so that it is known only once the case's opening is."""
    return isinstance(clause.type, Duration) and bool(clause.since)


def typed(plan: Plan, term: str, unit: str, text: str) -> str | None:
    """Return a fact in the plan's own words as the text that the plan reads back; None if it says nothing."""
    written = f"{text} {unit}" if unit and NUMBER.match(text) else text
    try:
        facts = read_facts(plan, {term: written}, now=ANY_DAY)
    except BadFact as bad:
        raise Refused("fact", term=term, allowed=str(bad.allowed)) from bad
    return fact_text(plan, term, facts[term]) if term in facts else None


def _unfolded(clause: TermClause, given: Given, how: tuple[Formats, Instants]) -> Callable[[str], str]:
    """Return what turns a cell as the log writes it into a fact as the plan reads it."""
    formats, instants = how
    match clause.type:
        case YesNo():
            return yes_no(formats)
        case Moment():
            return lambda text: instants.read(text).isoformat() + "+00:00"
        case Date():
            return lambda text: _day(instants, text)
        case Number() | Money() | Duration() if formats.decimal == ",":
            return lambda text: text.replace(".", "").replace(",", ".")
        case _ if given.separator:
            return lambda text: ", ".join(each.strip() for each in text.split(given.separator))
        case _:
            return str


def _day(instants: Instants, text: str) -> str:
    """Return the day in the log's own zone."""
    return instants.read(text).replace(tzinfo=UTC).astimezone(instants.zone).date().isoformat()
