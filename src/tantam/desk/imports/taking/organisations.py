"""Organisations that rows only name: one customer a name, and who belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tantam.desk.customers.models import Customer, Membership
from tantam.desk.customers.names import words
from tantam.desk.customers.newcomers import kept_name
from tantam.desk.imports.meaning.cells import Setting
from tantam.desk.imports.models import MOST_EXTERNAL, ExternalId
from tantam.desk.imports.taking.outcome import Bringer
from tantam.desk.imports.told import CustomerTold

KIND = "organisation"


class Organisations:
    """The organisations of one portion. new: those that are to be written, by the folded name that they go by."""

    def __init__(self, bringer: Bringer, setting: Setting, today: date) -> None:
        self.bringer, self.setting, self.today = bringer, setting, today
        self.new: dict[str, Customer] = {}
        self._known: dict[str, Customer] = {}
        self._members: set[tuple[int, int]] = set()  # person, organisation

    def look_up(self, told: Sequence[CustomerTold], known: Iterable[int]) -> None:
        """Read those that are named, and who of the known belongs to which."""
        named = {key(each.organisation) for each in told if each.organisation} - self._known.keys()
        if not named:
            return
        found = ExternalId.objects.filter(kind=KIND, external__in=named).select_related("customer").order_by("-id")
        self._known |= {each.external: each.customer for each in found if each.customer}
        theirs = Membership.objects.filter(person__in=list(known), left=None)
        self._members |= set(theirs.values_list("person", "organisation"))

    def joined(self, person: Customer, name: str) -> Customer | None:
        """Return the organisation that a person is to join, None if they belong to it already."""
        folded = key(name)
        if not folded:
            return None
        organisation = self._known.get(folded) or self.new.get(folded) or self._take_on(folded, name)
        if (person.pk, organisation.pk) in self._members or organisation.pk == person.pk:
            return None
        self._members.add((person.pk, organisation.pk))
        person.organisation = organisation
        return organisation

    def _take_on(self, folded: str, name: str) -> Customer:
        made = Customer(
            name=kept_name(name),
            kind=Customer.Kind.BUSINESS,
            language=self.setting.languages[0],
            since=self.today,
        )
        self.new[folded] = made
        return made


def key(name: str) -> str:
    """Return what an organisation that is only named is known by: `Công ty Bến Xuân` is cong ty ben xuan."""
    return " ".join(words(name))[:MOST_EXTERNAL]
