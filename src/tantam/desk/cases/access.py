"""Who reaches which case: colleagues see every case, a customer's link opens one, everybody else finds nothing."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from tantam.desk.accounts.access import works_here
from tantam.desk.cases.joined import shown_to_customer
from tantam.desk.cases.models import Case

MOST_DIGITS = 19  # of a 64-bit id


def cases_for(person: object) -> QuerySet[Case]:
    """Return the cases this person may see: all for who works here (no case waits for one absent), else none."""
    return Case.objects.all() if works_here(person) else Case.objects.none()


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
    cases = Case.objects.select_related("customer", "purchase__product", "owner")
    found = cases.filter(link_key=key).first() if key.isprintable() else None
    if found is None:
        raise Http404
    return shown_to_customer(found)
