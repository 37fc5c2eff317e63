"""Who answers for a case from now on: made so with its event, and told to the customer where it was another's."""

from __future__ import annotations

from tantam.desk.accounts.models import Person
from tantam.desk.cases import outbox
from tantam.desk.cases.act import Act
from tantam.desk.cases.hearing import hears
from tantam.desk.cases.letters import letter
from tantam.desk.cases.models import Case, CaseEvent
from tantam.desk.customers.address import given_name


def own(act: Act, person: Person) -> None:
    """Make the person the owner of a case that has none, with the event."""
    act.save(owner=person)
    act.append("taken", owner=person.pk, level=person.level)


@hears("handed_over")
def tell_customer(act: Act, event: CaseEvent) -> None:
    """Write who took over from whom; nothing if there was nobody before, or is nobody yet.

    Every plan that says how colleagues behave says it: the customer knows who looks after them.
    """
    before, now = event.args.get("owner_before"), act.case.owner
    if not before or now is None or before == now.pk or act.case.status == Case.Status.RESOLVED:
        return
    context = {"owner": given_name(now.name, now.language)}
    outbox.post(act, letter("cases/letters/handed_over.txt", act.case, act.plan, context))
