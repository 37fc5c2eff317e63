"""How the answers to past claims differ under two plans, or from what history recorded, with the money between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tantam.plan.whatif.claims import Ruled
from tantam.plan.whatif.past_case import Claim
from tantam.plan.whatif.replayed import Replayed


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What changes for claims on one policy.

    claims: how many. otherwise, undecided: keys of the cases behind, one a claim; undecided: where either side lacks a
    fact, `lacking` names them. minor_before, minor_after: what is granted in whole minor units, over all claims of
    which both sides say how much. to_people: claims of which a person decides how much, on either side.
    """

    policy: str
    claims: int
    otherwise: tuple[int, ...] = ()
    undecided: tuple[int, ...] = ()
    lacking: tuple[str, ...] = ()
    minor_before: int = 0
    minor_after: int = 0
    to_people: int = 0


@dataclass
class _Policy:
    """What was found of one policy so far."""

    claims: int = 0
    otherwise: list[int] = field(default_factory=list)
    undecided: list[int] = field(default_factory=list)
    lacking: dict[str, None] = field(default_factory=dict)
    before: int = 0
    after: int = 0
    to_people: int = 0

    def note(self, key: int, before: Ruled, after: Ruled) -> None:
        """Note one claim."""
        self.claims += 1
        lacking = dict.fromkeys(each.lacking for each in (before, after) if each.lacking)
        if lacking:
            self.undecided.append(key)
            self.lacking |= lacking
            return
        if before.outcome != after.outcome or _apart(before.minor, after.minor):
            self.otherwise.append(key)
        if before.minor is None or after.minor is None:
            self.to_people += 1
        else:
            self.before += before.minor
            self.after += after.minor


def claim_changes(draft: Replayed, against: Replayed | None) -> Mapping[str, ClaimChange]:
    """Return what changes by policy. against: None for what history recorded."""
    found: dict[str, _Policy] = {}
    for key, case in draft.cases.items():
        before = against.cases[key].claims if against else _recorded(draft.pasts[key].claims)
        for one, other in zip(before, case.claims, strict=True):
            found.setdefault(other.policy, _Policy()).note(key, one, other)
    return {policy: _change(policy, each) for policy, each in sorted(found.items())}


def _recorded(claims: Iterable[Claim]) -> list[Ruled]:
    return [Ruled(each.policy, each.outcome, "", each.minor) for each in claims]


def _apart(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other


def _change(policy: str, found: _Policy) -> ClaimChange:
    return ClaimChange(
        policy,
        found.claims,
        otherwise=tuple(found.otherwise),
        undecided=tuple(found.undecided),
        lacking=tuple(found.lacking),
        minor_before=found.before,
        minor_after=found.after,
        to_people=found.to_people,
    )
