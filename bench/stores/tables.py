"""The counts of a replay as tables of Markdown, as `docs/real-stores.md` has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bench.stores.replay import Decided, Variant


def by_action(decided: Sequence[Decided]) -> str:
    """Return what became of the right actions and their variants, a line an action."""
    lines = [(name, [each for each in decided if each.attempt.action == name]) for name in _actions(decided)]
    rows = [(f"`{name}`", *_counts(found)) for name, found in lines]
    rows.append(("all", *_counts(decided)))
    return table(("action", "right", "granted", "refused", "variants", "refused", "nothing to break"), rows)


def by_clause(decided: Sequence[Decided]) -> str:
    """Return what became of the variants, a line for each clause whose condition they break."""
    variants = [each for one in decided for each in one.variants]
    clauses = dict.fromkeys(each.clause for each in variants)
    rows = [(f"`{clause}`", *_fates([each for each in variants if each.clause == clause])) for clause in clauses]
    rows.append(("all", *_fates(variants)))
    return table(
        ("clause", "variants", "declined", "asked back", "granted, or refused by another", "nothing to break"), rows
    )


def refused(decided: Sequence[Decided]) -> str:
    """Return the right actions that are refused, with the clause and what is said."""
    rows = [
        (each.attempt.task, f"`{each.attempt.action}`", f"`{each.answer.because.clause}`", ", ".join(each.answer.say))
        for each in decided
        if not each.granted
    ]
    return table(("task", "action", "clause", "said"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return Markdown; whole numbers stand at the right."""
    body = [[f"{each:,}" if isinstance(each, int) else str(each) for each in row] for row in rows]
    first = next(iter(body), [])
    rule = ["--:" if each.replace(",", "").isdigit() and index else "---" for index, each in enumerate(first)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *body))


def _actions(decided: Sequence[Decided]) -> Iterator[str]:
    yield from sorted(dict.fromkeys(each.attempt.action for each in decided))


def _counts(found: Sequence[Decided]) -> tuple[int, ...]:
    granted = sum(each.granted for each in found)
    tried = [each for one in found for each in one.variants if each.answer is not None]
    spared = sum(len(each.variants) for each in found) - len(tried)
    return len(found), granted, len(found) - granted, len(tried), sum(each.refused for each in tried), spared


def _fates(found: Sequence[Variant]) -> tuple[int, ...]:
    tried = [each for each in found if each.answer is not None]
    ended = [each.answer.outcome for each in tried if each.answer and each.refused]
    declined, asked = ended.count("decline"), ended.count("ask")
    return len(tried), declined, asked, len(tried) - declined - asked, len(found) - len(tried)
