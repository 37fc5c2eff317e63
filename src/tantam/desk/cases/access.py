"""Who reaches which case: the house sees every one, a provider its own, a customer's link opens one."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import Http404

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person
from tantam.desk.cases.joined import all_of, shown_to_customer
from tantam.desk.cases.models import Case, CaseTag, Tag
from tantam.desk.plans.seeing import sees_house

MOST_DIGITS = 19  # of a 64-bit id
AROUND_LINKS = " .,;:!?<>()[]{}\"'=*\u201c\u201d\u200b\xa0"  # what mail programs and people leave around an address


def cases_for(person: object) -> QuerySet[Case]:
    """Return the cases this person may see, none for outsiders.

    Who belongs to the house sees all: no case waits for one absent. A provider's people see the provider's, and those
    that were asked of their own department.
    """
    if not isinstance(person, Person) or not may_read(person):
        return Case.objects.none()
    return Case.objects.all() if sees_house(person) else Case.objects.filter(_theirs(person))


def tags_for(person: Person) -> QuerySet[Tag]:
    """Return the tags that this person meets: the house all, a provider's people those of the cases that they see."""
    if may_read(person) and sees_house(person):
        return Tag.objects.all()
    return Tag.objects.filter(pk__in=CaseTag.objects.filter(case__in=cases_for(person)).values("tag"))


def sees(person: Person, case: Case) -> bool:
    """Whether this person may see the case; no query for who belongs to the house."""
    return may_read(person) and (sees_house(person) or cases_for(person).filter(pk=case.pk).exists())


def all_seen(person: Person, case: Case) -> list[Case]:
    """Return the case and, of those that were joined to it, the ones that this person may see."""
    found = all_of(case)
    if len(found) == 1 or sees_house(person):
        return found
    seen = set(cases_for(person).filter(pk__in=[each.pk for each in found]).values_list("pk", flat=True))
    return [each for each in found if each.pk in seen]


def _theirs(person: Person) -> Q:
    """Return the condition for who sees only their provider's cases; a name that is empty admits none."""
    named = {"provider": person.provider, "department": person.team}
    conditions = [Q(**{field: name}) for field, name in named.items() if name]
    return reduce(or_, conditions, Q(pk__in=[]))


def case_for(person: object, pk: int | str) -> Case:
    """Return one case with its customer, purchase, product and owner. pk: the id, or the reference. Raises Http404."""
    name = str(pk)
    which = {"pk": int(name)} if name.isdecimal() and len(name) <= MOST_DIGITS else {"reference": reference(name)}
    related = cases_for(person).select_related("customer", "purchase__product", "owner")
    found = related.filter(**which).first() if name.isprintable() else None
    if found is None:
        raise Http404
    return found


def reference(written: str) -> str:
    """Return a case's reference as it is kept, whether or not its dash and capitals were written."""
    letters = "".join(each for each in written.upper() if each.isalnum())
    return f"{letters[:4]}-{letters[4:]}"


def case_by_link(key: str) -> Case:
    """Return the case whose private link this is, or the customer's own that it was joined to. Raises Http404."""
    cases, key = Case.objects.select_related("customer", "purchase__product", "owner"), key.strip(AROUND_LINKS)
    found = cases.filter(link_key=key).first() if key.isprintable() else None
    if found is None:
        raise Http404
    return shown_to_customer(found)
