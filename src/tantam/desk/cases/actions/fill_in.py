"""Fill in what the plan's terms ask about a case: kept as the plan reads it, on record from now on."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tantam.desk.accounts.models import Person
from tantam.desk.cases.act import act_on, refuse_if_changed
from tantam.desk.cases.facts import BUILT_IN
from tantam.desk.cases.models import Actor, Case
from tantam.desk.plans import Standing


def fill_in(case: Case, person: Person, told: Mapping[str, str], *, seen: int | None = None) -> Case:
    """Return the case with these fields. told: {term: as written}; "" empties one; a term that the plan lacks is left.

    seen: the last event id that the person has read. Raises BadFact, Refused: changed_meanwhile, not_allowed.
    """
    with transaction.atomic():
        act = act_on(case, Actor.PERSON, person)
        refuse_if_changed(act, seen)
        given = {term: text.strip() for term, text in act.plan.known(told).items() if term not in BUILT_IN}
        read = act.plan.read(given, Standing.RECORDED, act.now)
        texts = {term: act.plan.fact_text(term, fact) for term, fact in read.items()}
        before = dict(act.case.fields)
        after = {term: text for term, text in (before | texts).items() if given.get(term) != ""}
        if after != before:
            act.save(fields=after)
            changed = sorted(term for term in before | after if before.get(term) != after.get(term))
            act.append(
                "filled_in",
                facts={term: after.get(term, "") for term in changed},
                before={term: before[term] for term in changed if term in before},
            )
        return act.case
