"""Checks that whatever customers read stands in every language of the company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tantam.plan.checks.described import WARNING, Check
from tantam.plan.errors import Finding, Place, Severity
from tantam.plan.files import Mapping, Node, walk
from tantam.plan.files.nodes import Scalar
from tantam.plan.sections.base import LANGUAGE
from tantam.plan.sections.plan import Plan
from tantam.plan.tables.types import OneOf, SomeOf

Path = tuple[str | int, ...]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_VALUES = ("one_of", "some_of")  # below these stand a term's values, which may be languages themselves
# Sentences said to customers; a name or label may well be the same word in every language.
_SENTENCES: tuple[Path, ...] = (
    ("mission",),
    ("texts", "*"),
    ("conduct", "*"),
    ("terms", "*", "ask"),
    ("policies", "*", "commitment"),
)


def check_translations(plan: Plan) -> Iterator[Finding]:
    """Yield K50 (a language is missing), K51 (one text for all), K52 (placeholders differ), K53 (unlabelled values)."""
    if len(plan.languages) < 2:
        return
    for path, node in walk(plan.root):
        if isinstance(node, Mapping) and _is_by_language(plan, path, node):
            yield from _incomplete(plan, path, node)
        elif isinstance(node, Scalar) and node.plain() and any(_fits(path, each) for each in _SENTENCES):
            rest = ", ".join(plan.languages[1:])
            yield _finding("K51", node.place, path, own=plan.languages[0], languages=rest)
    yield from _unlabelled(plan)


def _is_by_language(plan: Plan, path: Path, node: Mapping) -> bool:
    """Return whether a mapping is one text in several languages."""
    keys = [entry.key for entry in node.entries]
    return (
        not (path and path[-1] in _VALUES)
        and any(key in plan.languages for key in keys)
        and all(LANGUAGE.match(key) and not isinstance(entry.value, Mapping) for key, entry in zip(keys, node.entries))
    )


def _incomplete(plan: Plan, path: Path, node: Mapping) -> Iterator[Finding]:
    given = {entry.key: entry.value for entry in node.entries if not _is_empty(entry.value)}
    if missing := [language for language in plan.languages if language not in given]:
        yield _finding("K50", node.place, path, languages=", ".join(missing))
    words = {
        language: frozenset(_PLACEHOLDER.findall(value.text))
        for language, value in given.items()
        if isinstance(value, Scalar)
    }
    for language, names in words.items():
        own = words.get(plan.languages[0], names)
        if names != own:
            different = ", ".join(sorted(names ^ own))
            yield _finding(
                "K52", given[language].place, path, own=plan.languages[0], language=language, names=different
            )


def _unlabelled(plan: Plan) -> Iterator[Finding]:
    """Yield K53 for terms that customers are asked with values that have no words for them."""
    for term in plan.terms.values():
        values = term.type.values if isinstance(term.type, (OneOf, SomeOf)) else ()
        bare = [value for value in values if not any(term.values.get(value, {}).values())]
        if term.ask and bare and not term.builtin:
            path = ("terms", term.name)
            yield _finding("K53", term.place, path, term=term.name, values=", ".join(bare))


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not (node.plain() or "").strip()


def _fits(path: Path, pattern: Path) -> bool:
    return len(path) == len(pattern) and all(part in ("*", step) for step, part in zip(path, pattern))


def _finding(code: str, place: Place, path: Path, **args: str) -> Finding:
    address = ".".join(str(step) for step in path)
    return Finding(
        code, Severity.WARNING, place, clause=address, args={"clause": address} | args, remedy=f"{code}_remedy"
    )


CHECK = Check({"K50": WARNING, "K51": WARNING, "K52": WARNING, "K53": WARNING}, check_translations)
