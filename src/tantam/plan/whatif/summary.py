"""What a replay comes to in a few sentences: keys and arguments first, words in a language when somebody reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tantam.plan.run.aloud import fact_aloud, level_label, pick, policy_label, term_label
from tantam.plan.sections import Plan
from tantam.plan.spoken import money, number, span
from tantam.plan.tables.values import Amount, Family, Span
from tantam.plan.whatif.changes import Difference, KindChange, Said
from tantam.plan.whatif.claim_changes import ClaimChange
from tantam.plan.whatif.replayed import Replayed
from tantam.plan.words import say

MOST_MOVES = 3
MOST_TERMS = 5
DAY = 24 * 60


def summary(found: Difference, draft: Replayed, against: Replayed | None) -> tuple[Said, ...]:
    """Return what the draft changes, first what matters most, last what nobody can say.

    against: the other replay; None where history itself is compared with.
    """
    if not found.cases:
        return (Said("whatif_empty"),)
    said = [*_broken(found), *_changed(found), *_moves(found)]
    for each in found.kinds.values():
        said += _of_kind(each, found)
    for policy in found.claims.values():
        said += _of_claims(policy, found.currency)
    return (*said, *_lacking(draft, found), *_unknown(found, (draft, against) if against else (draft,)))


def aloud(said: Iterable[Said], lang: str, plan: Plan | None = None) -> list[str]:
    """Return the sentences in `lang` (vi, de, en). plan: whose words name levels, severities, kinds; None: codes."""
    return [_aloud(each, lang, plan) for each in said]


def _broken(found: Difference) -> Iterator[Said]:
    if not found.against:
        before = sum(each.broken_before for each in found.kinds.values())
        after = sum(each.broken_after for each in found.kinds.values())
        yield Said("whatif_record", {"count": after, "before": before})
        return
    if found.newly_broken:
        yield Said("whatif_more", {"count": found.newly_broken})
    if found.no_longer_broken:
        yield Said("whatif_fewer", {"count": found.no_longer_broken})
    if found.changed and found.kinds and not found.newly_broken and not found.no_longer_broken:
        yield Said("whatif_as_many")


def _changed(found: Difference) -> Iterator[Said]:
    if found.changed:
        yield Said("whatif_changed", {"count": len(found.changed), "cases": found.cases})
    else:
        yield Said("whatif_same", {"count": found.cases})


def _moves(found: Difference) -> Iterator[Said]:
    for each in sorted(found.moved, key=lambda each: -len(each.cases))[:MOST_MOVES]:
        yield Said(f"whatif_moved_{each.what}", {"count": len(each.cases), "before": each.before, "after": each.after})


def _of_kind(change: KindChange, found: Difference) -> Iterator[Said]:
    """Yield what changes for one kind; beside history alone, what is owed anew says too little to be said."""
    if not found.against:
        return
    if change.newly_owed:
        yield Said("whatif_owed", {"kind": change.kind, "count": len(change.newly_owed)})
    if change.no_longer_owed:
        yield Said("whatif_not_owed", {"kind": change.kind, "count": len(change.no_longer_owed)})
    if change.shift_minutes:
        key = "whatif_later" if change.shift_minutes > 0 else "whatif_sooner"
        minutes = round(abs(change.shift_minutes))
        yield Said(key, {"kind": change.kind, "count": len(change.due_moved), "span": minutes})


def _of_claims(change: ClaimChange, currency: str) -> Iterator[Said]:
    """Yield what changes for claims on one policy, with the money, and in how many nobody can say."""
    of: dict[str, str | int | float] = {"policy": change.policy, "claims": change.claims}
    if change.otherwise:
        more = change.minor_after - change.minor_before
        key = "whatif_money_more" if more > 0 else "whatif_money_less" if more < 0 else "whatif_claims"
        money = {"money": f"{abs(more)} {currency}"} if more else {}
        yield Said(key, {"count": len(change.otherwise), **of, **money})
    if change.undecided:
        terms = _first_terms(change.lacking)
        yield Said("whatif_claims_lacking", {"count": len(change.undecided), **of, "terms": terms})


def _lacking(draft: Replayed, found: Difference) -> Iterator[Said]:
    if found.undecided:
        terms = _first_terms(each.term for each in draft.lacks)
        yield Said("whatif_lacking", {"count": len(found.undecided), "cases": found.cases, "terms": terms})
    if draft.refused:
        cases = {key for each in draft.refused for key in each.cases}
        yield Said("whatif_refused", {"count": len(cases), "terms": _first_terms(each.term for each in draft.refused)})


def _unknown(found: Difference, sides: tuple[Replayed, ...]) -> Iterator[Said]:
    """Yield in how many cases a kind is unknown, where facts alone do not explain it."""
    for each in found.kinds.values():
        lacking = {key for side in sides for key in each.undecided if each.kind in side.cases[key].undecided}
        if untold := len(each.undecided) - len(lacking):
            counted = {"count": len(each.undecided), "cases": found.cases, "untold": untold}
            yield Said("whatif_unknown", {"kind": each.kind, **counted})


def _first_terms(terms: Iterable[str]) -> str:
    return "+".join(list(dict.fromkeys(terms))[:MOST_TERMS])


def _aloud(said: Said, lang: str, plan: Plan | None) -> str:
    args = {name: _word(said.key, name, value, lang, plan) for name, value in said.args.items()}
    one, _, several = say(said.key, lang, **args).partition("|")
    return one if said.args.get("count") == 1 or not several else several


def _word(key: str, name: str, value: str | int | float, lang: str, plan: Plan | None) -> str:
    match name:
        case "span":
            return _minutes(int(value), lang)
        case "terms":
            return ", ".join(term_label(plan, term, lang) if plan else term for term in str(value).split("+"))
        case "policy" if plan:
            return policy_label(plan, str(value), lang)
        case "policy":
            return str(value).replace("_", " ")
        case "money":
            minor, _, currency = str(value).partition(" ")
            return money(Amount(int(minor), currency), lang)
        case "kind":
            words = plan.promises.labels.get(str(value), {}) if plan else {}
            return pick(words, lang, otherwise=str(value).replace("_", " "))
        case "before" | "after" if isinstance(value, str):
            return _placed(key, value, lang, plan)
        case _:
            return number(int(value), lang)


def _placed(key: str, value: str, lang: str, plan: Plan | None) -> str:
    if plan is None:
        return value.replace("_", " ")
    if key == "whatif_moved_level":
        return level_label(plan, value, lang)
    return fact_aloud(plan, key.removeprefix("whatif_moved_"), value, lang)


def _minutes(minutes: int, lang: str) -> str:
    """Say calendar minutes in the unit that fits: days from two of them, else hours and minutes."""
    if minutes >= 2 * DAY or minutes == DAY:
        return span(Span(Family.CALENDAR, round(minutes / DAY)), lang)
    return span(Span(Family.EXACT, max(minutes, 1) * 60), lang)
