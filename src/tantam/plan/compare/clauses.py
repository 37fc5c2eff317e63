"""Which clauses differ in what is no typed table: added, removed, or part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tantam.plan.compare.changes import Change, Edit, What
from tantam.plan.compare.leaves import Leaf, Path, leaves
from tantam.plan.compare.weights import weight_of
from tantam.plan.sections import Plan

Leaves = Mapping[Path, Leaf]

# What stands below these is a clause of its own, as if its section were one.
NESTED = frozenset({
    ("company", "sites"), ("company", "teams"), ("company", "shifts"), ("company", "duties"),
    ("knowledge", "articles"), ("knowledge", "topics"),
})  # fmt: skip
BELOW = ("steps", "outcomes", "owes")  # the steps of a procedure, the outcomes of a policy, what a department owes


def changed_clauses(old: Plan, new: Plan) -> Iterator[Change]:
    """Yield each clause that differs, in the order of the plan."""
    before, after = leaves(old), leaves(new)
    there = _clauses(old, before), _clauses(new, after)
    news = _by_clause(after)
    olds = _matched(_by_clause(before), news)
    for clause in dict.fromkeys((*news, *olds)):
        mine, theirs = olds.get(clause, {}), news.get(clause, {})
        owner = _owner(clause)
        if owner != clause and (owner not in there[0]) != (owner not in there[1]):
            continue  # told with the clause that it belongs to
        edits = tuple(_edits(clause, mine, theirs))
        if edits:
            both = bool(mine), bool(theirs)
            known = clause in there[0] or both == (True, True), clause in there[1]
            yield _change(clause, known, edits, _address(clause, mine, theirs))
    yield from _bare(there, {*news, *_by_clause(before)})


def _bare(there: tuple[frozenset[Path], frozenset[Path]], told: set[Path]) -> Iterator[Change]:
    """Yield the clauses that only one plan has and that say nothing by themselves: all they hold is tables or steps."""
    lone = [each for each in there[0] ^ there[1] if len(each) <= 2]
    for clause in sorted(lone, key=lambda each: (-len(each), each)):
        if not any(each[: len(clause)] == clause and _owner(each) in (each, each[:1]) for each in told):
            told.add(clause)
            yield _change(clause, (clause in there[0], clause in there[1]), (), ".".join(clause))


def owners(plan: Plan) -> frozenset[str]:
    """Return the addresses of the clauses that own others: sections, and what stands directly in them."""
    return frozenset(".".join(each) for each in _clauses(plan, leaves(plan)))


def _change(clause: Path, there: tuple[bool, bool], edits: tuple[Edit, ...], address: str) -> Change:
    what = {(False, True): What.ADDED, (True, False): What.REMOVED}.get(there, What.CHANGED)
    return Change(what, address, weight_of(clause[0], [each.part for each in edits]), edits)


def _by_clause(found: Leaves) -> dict[Path, dict[Path, Leaf]]:
    clauses: dict[Path, dict[Path, Leaf]] = {}
    for key, leaf in found.items():
        clauses.setdefault(clause_of(key), {})[key] = leaf
    return clauses


def _matched(olds: dict[Path, dict[Path, Leaf]], news: Mapping[Path, Leaves]) -> dict[Path, dict[Path, Leaf]]:
    """Return the old clauses, items of lists that say something new at the same place by their new names."""
    places = {_at(clause, found): clause for clause, found in news.items() if clause not in olds}
    renamed: dict[Path, dict[Path, Leaf]] = {}
    for clause, found in olds.items():
        at = _at(clause, found)
        name = places.get(at, clause) if clause not in news and at[-1].isdigit() else clause
        renamed[name] = {(*name, *key[len(clause) :]): leaf for key, leaf in found.items()}
    return renamed


def _at(clause: Path, found: Leaves) -> Path:
    return next(iter(found.values())).at[: len(clause)]


def clause_of(key: Path) -> Path:
    """Return the clause that a leaf belongs to: a step of a procedure and an outcome of a policy are their own."""
    if key[:2] in NESTED and len(key) > 2:
        return key[:3]
    if len(key) > 4 and key[2] in BELOW:
        return key[:4] if key[3] else key[:3]
    return key[:2] if len(key) < 2 or key[1] else key[:1]


def _owner(clause: Path) -> Path:
    return clause if clause[:2] in NESTED else clause[:2]


def _clauses(plan: Plan, found: Leaves) -> frozenset[Path]:
    """Return all clauses that the plan has, those that say nothing included."""
    named: set[Path] = {clause_of(key) for key in found} | {_owner(clause_of(key)) for key in found}
    for section, written in plan.document.model_dump(by_alias=True, exclude_none=True).items():
        named |= {(section,)} | ({(section, str(name)) for name in written} if isinstance(written, dict) else set())
    return frozenset(named | {("hours", name) for name in plan.hours})


def _edits(clause: Path, before: Leaves, after: Leaves) -> Iterator[Edit]:
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        one = old or new
        assert one is not None
        if one.order and not _reordered(old, new):
            continue
        if (old.value if old else None) != (new.value if new else None):
            part = ".".join(_part(clause, one))
            yield _edit(part, old, new)


def _part(clause: Path, leaf: Leaf) -> Path:
    return ("order",) if leaf.order else leaf.at[len(clause) :]


def _reordered(old: Leaf | None, new: Leaf | None) -> bool:
    """Return whether what both have comes in another order; what is added or removed is told for itself."""
    if old is None or new is None:
        return False
    one, other = old.text.split(", "), new.text.split(", ")
    return [each for each in one if each in other] != [each for each in other if each in one]


def _edit(part: str, old: Leaf | None, new: Leaf | None) -> Edit:
    before, after = (old.words if old else {}), (new.words if new else {})
    languages = tuple(lang for lang in dict.fromkeys((*after, *before)) if before.get(lang) != after.get(lang))
    if not languages:
        return Edit(part, old.text if old else None, new.text if new else None)
    return Edit(part, _said(old, languages), _said(new, languages), languages)


def _said(leaf: Leaf | None, languages: Iterable[str]) -> str | None:
    """Return the text in the first language that differs and has it."""
    return next((leaf.words[lang] for lang in languages if lang in leaf.words), leaf.text) if leaf else None


def _address(clause: Path, before: Leaves, after: Leaves) -> str:
    """Return where the clause stands: in the new plan, else in the old one; items of lists by their place."""
    return ".".join(_at(clause, after or before))
