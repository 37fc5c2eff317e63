"""Checks that what is written is used: terms, texts, outputs, hours, groups, records, actions, requirements, labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, Check, finding, is_whole
from tantam.plan.errors import Finding, Severity
from tantam.plan.files import Entry, Items, Mapping, Node, Scalar
from tantam.plan.sections.plan import Plan

_WORD = re.compile(r"[^\W\d]\w*")
_PLACEHOLDER = re.compile(r"\{(\w+)")
# What is said to people; the names in it are words of a language, but for those in braces.
_PROSE = frozenset(
    {
        *("label", "name", "about", "words", "commitment", "pain", "care", "duty", "ask", "because", "title", "law"),
        *("beyond", "help", "trade", "tone", "address", "email", "phone", "website"),
        *("what", "gives", "scope", "alarm", "first_aid"),
    }
)
_SAID = frozenset({"mission", "texts", "conduct", "labels", "courtesy", "recognition"})
_RULES = frozenset({("courtesy", "quiet")})  # what stands there all the same and is said to nobody
# The desk asks for these whether a rule does or not.
_CASE = "case."
_RESERVED = frozenset({"customer", "before", "during", "after", "within"})


def check_unused(plan: Plan) -> Iterator[Finding]:
    """Yield notes, one a name, for what nothing else in the plan speaks of: K54 terms, K55 texts, K56 outputs.

    K57 hours, groups, records, actions and requirements, K58 labels of nothing. A beginning is left alone.
    """
    if not is_whole(plan):
        return
    uses = _Uses(plan.root, frozenset(plan.languages))
    for code, section, names in _defined(plan):
        for name in names:
            if not uses.outside(section, name):
                clause = f"{section}.{name}"
                place = plan.place(clause) if code != "K58" else plan.place("labels")
                args = {"name": name, "section": section}
                yield finding(code, Severity.NOTE, place, clause, **args)


def _defined(plan: Plan) -> Iterator[tuple[str, str, list[str]]]:
    terms = [each for each in plan.terms.values() if not each.builtin and not each.source.startswith(_CASE)]
    yield "K54", "terms", [each.name for each in terms if each.name not in _RESERVED]
    yield "K55", "texts", list(plan.texts)
    yield "K56", "outputs", [name for name in plan.outputs if name not in _RESERVED]
    yield "K57", "hours", list(plan.hours)
    yield "K57", "groups", [name for name, each in plan.groups.items() if not any(each.care.values())]
    yield "K57", "records", list(plan.document.records or {})
    yield "K57", "actions", list(plan.actions)
    yield "K57", "requirements", list(plan.requirements)
    yield "K58", "labels", [name for name in plan.labels if name not in _RESERVED]


class _Uses:
    """How often each word stands in the plan where a name may stand, and how often in the clause of that name."""

    def __init__(self, root: Mapping, languages: frozenset[str]) -> None:
        self.languages = languages
        self.all: Counter[str] = Counter()
        self.own: Counter[tuple[str, str]] = Counter()
        for section in root.entries:
            self._read(section.key, section.value)

    def outside(self, section: str, name: str) -> bool:
        """Return whether the name stands anywhere but in its own clause."""
        return self.all[name] > self.own[section, name]

    def _read(self, section: str, node: Node) -> None:
        entries = node.entries if isinstance(node, Mapping) else ()
        if not entries:
            self.all.update(self._words(node, section in _SAID))
        for entry in entries:
            spoken = section in _SAID and (section, entry.key) not in _RULES
            said = spoken or (section == "company" and entry.key in _PROSE)
            found = Counter([entry.key, *self._words(entry.value, said)])
            self.all.update(found)
            self.own[section, entry.key] += found[entry.key]

    def _words(self, node: Node, said: bool) -> Iterator[str]:
        """Yield every key and word of a node; of what is said to people only the names in braces."""
        match node:
            case Scalar(text=text):
                yield from (_PLACEHOLDER if said else _WORD).findall(text)
            case Items(nodes=nodes):
                for each in nodes:
                    yield from self._words(each, said)
            case Mapping(entries=entries):
                spoken = said or self._is_by_language(node)
                for entry in entries:
                    if not spoken:
                        yield entry.key
                    yield from self._words(entry.value, spoken or self._is_prose(entry))

    def _is_prose(self, entry: Entry) -> bool:
        """Return whether an entry is a text; a clause may well be called `help`."""
        clause = isinstance(entry.value, Mapping) and not self._is_by_language(entry.value)
        return entry.key in _PROSE and not clause

    def _is_by_language(self, node: Mapping) -> bool:
        return bool(node.entries) and all(each.key in self.languages for each in node.entries)


CHECK = Check({"K54": NOTE, "K55": NOTE, "K56": NOTE, "K57": NOTE, "K58": NOTE}, check_unused)
