"""What `tantam decide` is asked, the same for a plan and for a DMN model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tantam.cli.ends import refused
from tantam.plan.words import say

YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Asked:
    """name: of the policy or decision. facts: as they are written. file: more of them, for a model. now: aware."""

    name: str
    facts: Mapping[str, str]
    file: Path | None
    now: datetime
    lang: str


def written_facts(texts: Sequence[str], lang: str) -> dict[str, str]:
    """Return the facts of `term=value` texts. Ends with 2 for what is none, or stands there twice."""
    given: dict[str, str] = {}
    for written in texts:
        term, equals, value = (each.strip() for each in written.partition("="))
        if not equals or not term:
            raise refused(say("decide_fact", lang, got=written))
        if term in given:
            raise refused(say("decide_twice", lang, term=term, first=given[term], second=value))
        given[term] = value
    return given


def moment(written: str, lang: str) -> datetime:
    """Return the moment as aware, now for "". Ends with 2 for what is none, or lies centuries away."""
    if not written:
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise refused(say("decide_moment", lang, got=written, first=YEARS[0], last=YEARS[-1]))
    return found if found.tzinfo else found.replace(tzinfo=UTC)
