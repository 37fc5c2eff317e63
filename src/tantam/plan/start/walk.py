"""Answers that were given all at once, by a file or by options: read in the order in which they would be asked."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.nearest import listed, nearest
from tantam.plan.start.answering import answered, typed
from tantam.plan.start.interview import Answer, Question, asked, questions


@dataclass(frozen=True, slots=True)
class Taken:
    """What was understood of the answers given, and what was not."""

    answers: Mapping[str, Answer]
    findings: tuple[Finding, ...]


def taken(given: Mapping[str, object]) -> Taken:
    """Return the answers among those given that are asked, and a finding for each that is none.

    given: by key, as text, a number or a list of words. An answer to a question that the others make needless is left
    out without a word, so that one file serves when its country or trade is changed.
    """
    answers: dict[str, Answer] = {}
    findings = [_unknown(str(key)) for key in given if key not in questions()]
    refused: set[str] = set()
    while question := _open(answers, given.keys() - refused):
        read = answered(question, _as_text(given[question.key]))
        if isinstance(read, Finding):
            refused.add(question.key)
            findings.append(read)
        else:
            answers[question.key] = read
    return Taken(answers, tuple(findings))


def _open(answers: Mapping[str, Answer], given: Set[str]) -> Question | None:
    return next((each for each in asked(answers) if each.key in given and each.key not in answers), None)


def _as_text(value: object) -> str:
    return typed(tuple(map(str, value))) if isinstance(value, list | tuple) else str(value)


def _unknown(key: str) -> Finding:
    args = {"key": key, "near": nearest(key, questions()) or "", "allowed": listed(questions())}
    return Finding("new_key_near" if args["near"] else "new_key", Severity.ERROR, Place(key, 1, 1), key, args)
