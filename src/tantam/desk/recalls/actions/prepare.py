"""Prepare a recall: which things, by which policy, with what is known of all of them. Nobody is told yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tantam.desk import plans
from tantam.desk.accounts.access import works_here
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers import serials
from tantam.desk.customers.models import Product
from tantam.desk.plans import Standing
from tantam.desk.recalls.models import MOST_WORDS, Recall

MOST_SERIALS = 20_000


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What a manager names. serials: as written, one a line or with commas; facts: {term: as written}; see Recall."""

    product: Product
    policy: str
    words: str
    serials: str = ""
    since: date | None = None
    until: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def prepare(batch: Batch, by: Person) -> Recall:
    """Return the recall, prepared. Raises BadFact, UnknownName, Refused: not_allowed, no_product, no_batch,
    too_many_serials, too_long, says_nothing.

    no_product: the plan has no such policy. no_batch: neither serials nor days say which things it is about, or the
    days end before they begin.
    """
    if not (works_here(by) and by.manages):
        raise Refused("not_allowed")
    plan, now = plans.in_force(), clock.now()
    if batch.policy not in plan.policies():
        raise Refused("no_product")
    kept = _serials(batch)
    if not batch.words.strip():
        raise Refused("says_nothing")
    if len(batch.words) > MOST_WORDS:
        raise Refused("too_long", most=MOST_WORDS)
    given = {term: text.strip() for term, text in batch.facts.items() if text.strip()}
    facts = plan.read(given, Standing.VERIFIED, now)
    return Recall.objects.create(
        product=batch.product,
        serials=kept,
        since=None if kept else batch.since,
        until=None if kept else batch.until,
        policy=batch.policy,
        facts={term: plan.fact_text(term, fact) for term, fact in facts.items()},
        words=batch.words.strip(),
        made_by=by,
        made_at=now,
    )


def _serials(batch: Batch) -> list[str]:
    """Return the numbers as they are kept, [] where the days say which. Raises Refused: no_batch, too_many_serials."""
    written = batch.serials.replace(",", "\n").replace(";", "\n").splitlines()
    kept = list(dict.fromkeys(filter(None, map(serials.kept, written))))
    if len(kept) > MOST_SERIALS:  # whoever was left out would never be told
        raise Refused("too_many_serials", most=MOST_SERIALS)
    backwards = batch.since and batch.until and batch.until < batch.since
    if backwards or not (kept or batch.since or batch.until):
        raise Refused("no_batch")
    return kept
