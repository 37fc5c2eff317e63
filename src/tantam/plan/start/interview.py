"""The questions of the interview, read from interview.toml, and which of them comes next.

A question as it stands in the file knows defaults by trade and by country; a question that is asked has been settled
for the answers so far: one default, one range, one list of options, one currency.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

Answer = str | int | tuple[str, ...]
Answers = Mapping[str, Answer]
Words = Mapping[str, str]

MINUTES_AN_HOUR = 60


class Kind(StrEnum):
    """How an answer is written, and read."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    MONEY = "money"
    DURATION = "duration"
    HOURS = "hours"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, by its key, with what it is called."""

    key: str
    label: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question, settled for the answers before it.

    default: of the kind's answer; None if there is none, and an answer is needed. least, most: of numbers and money,
    whole, in `unit`; of durations in minutes; of texts in characters; of several in options. unit: a currency for
    money, else words after the number, such as "days".
    """

    key: str
    kind: Kind
    ask: Words
    help: Words
    default: Answer | None
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 0
    unit: Words = field(default_factory=dict)
    currency: str = ""


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "interview.toml").read_text(encoding="utf-8"))


def places() -> Mapping[str, Mapping[str, Any]]:
    """Return each country of the interview with its zone, currency, the worth of a euro there, and its regions."""
    countries: Mapping[str, Mapping[str, Any]] = _file()["countries"]
    return countries


def questions() -> tuple[str, ...]:
    """Return the keys of all questions, in the order in which they are asked."""
    return tuple(_file()["questions"])


def next_question(answers: Answers) -> Question | None:
    """Return the first question that these answers leave open, or None once a plan can be written."""
    return next((each for each in asked(answers) if each.key not in answers), None)


def asked(answers: Answers) -> Iterator[Question]:
    """Yield each question that these answers call for, answered or not, in order.

    A question that hangs on one not yet answered is settled, and asked, as if that one had its default.
    """
    known: dict[str, Answer] = {}
    for key, written in _file()["questions"].items():
        if not _holds(written.get("only_if", {}), known):
            continue
        question = _settled(key, written, known)
        yield question
        if key in answers:
            known[key] = answers[key]
        elif question.default is not None:
            known[key] = question.default


def _holds(conditions: Mapping[str, Sequence[str]], known: Answers) -> bool:
    return all(_said(known.get(key, "")) & set(wanted) for key, wanted in conditions.items())


def _said(answer: Answer) -> set[str]:
    return set(answer) if isinstance(answer, tuple) else {str(answer)}


def _settled(key: str, written: Mapping[str, Any], known: Answers) -> Question:
    kind = Kind(written["kind"])
    code = str(known.get("country", "VN"))
    country = places()[code]
    scale = country["euro"] if kind is Kind.MONEY else 1
    default, most = _default(kind, written, known, scale), written.get("most", 0) * scale
    if "at_most" in written and (bound := known.get(written["at_most"])) is not None:
        most = min(most, size_of(bound))
        default = bound if default is not None and size_of(default) > most else default
    return Question(
        key=key,
        kind=kind,
        ask=written["ask"],
        help=written["help"],
        default=default,
        options=_options(written, country),
        least=written.get("least_in", {}).get(code, written.get("least", 0)) * scale,
        most=most,
        unit=written.get("unit", {}),
        currency=country["currency"] if kind is Kind.MONEY else "",
    )


def size_of(answer: Answer) -> int:
    """Return a number as it is, and a duration such as `4 h` in minutes."""
    number, _, unit = str(answer).partition(" ")
    return int(number) * (MINUTES_AN_HOUR if unit == "h" else 1)


def several_of(answer: Answer) -> tuple[str, ...]:
    """Return the keys of several options, of one option the one."""
    return answer if isinstance(answer, tuple) else (str(answer),)


def written_span(minutes: int) -> str:
    """Return minutes as a duration, in hours where they come out even; `size_of` reads it back."""
    return f"{minutes // MINUTES_AN_HOUR} h" if minutes % MINUTES_AN_HOUR == 0 else f"{minutes} min"


def _default(kind: Kind, written: Mapping[str, Any], known: Answers, scale: int) -> Answer | None:
    value = written.get("default")
    for by in ("trade", "country"):
        value = written.get(f"by_{by}", {}).get(known.get(by), value)
    if kind is Kind.SEVERAL:
        return tuple(map(str, value or ()))
    if kind is Kind.MONEY:
        return int(value or 0) * scale
    return value if isinstance(value, int | str) else None


def _options(written: Mapping[str, Any], country: Mapping[str, Any]) -> tuple[Option, ...]:
    options = country[written["options_of"]] if "options_of" in written else written.get("options", {})
    return tuple(Option(key, label if isinstance(label, dict) else _same(label)) for key, label in options.items())


def _same(label: str) -> Words:
    return dict.fromkeys(("vi", "de", "en"), label)
