"""What each measure that is counted is called, and what counts in it: a row for every one of COUNTED."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as noop


@dataclass(frozen=True, slots=True)
class Said:
    """name: where the plan gives none. of: what is counted. hit: what makes the share of it, "" for a length.

    yes, no: one counted thing's two sides, "" for a length.
    """

    name: str
    of: str
    hit: str = ""
    yes: str = ""
    no: str = ""


MEASURES = {
    "promises_kept": Said(
        noop("Promises kept"),
        noop("every promise that was kept or broken"),
        noop("kept in time"),
        noop("kept"),
        noop("broken"),
    ),
    "first_reply": Said(
        noop("First reply, median"), noop("every first answer of a person, from the moment the case came in")
    ),
    "resolution": Said(noop("Time to settle, median"), noop("every case settled for good, from the moment it came in")),
    "reopened": Said(
        noop("Opened again"),
        noop("every case settled"),
        noop("opened again"),
        noop("opened again"),
        noop("stayed settled"),
    ),
    "reassigned": Said(
        noop("Changed hands"),
        noop("every case settled for good"),
        noop("went from one person to another"),
        noop("changed hands"),
        noop("stayed in one hand"),
    ),
    "repeat_contact": Said(
        noop("Had to ask again"),
        noop("every case that came in"),
        noop("the same customer had another case shortly before"),
        noop("came again"),
        noop("first time"),
    ),
    "complaint_rate": Said(
        noop("Complaints"),
        noop("every case that came in"),
        noop("its topic is a complaint"),
        noop("complaint"),
        noop("no complaint"),
    ),
    "return_rate": Said(
        noop("Goods returned"),
        noop("every purchase handed over"),
        noop("given back or exchanged so far"),
        noop("given back"),
        noop("kept"),
    ),
    "backlog_age": Said(
        noop("Age of what is open, median"), noop("every case that stands open at the end, from the moment it came in")
    ),
    "escalated": Said(
        noop("Went up a level"),
        noop("every case settled for good"),
        noop("went up to a higher level"),
        noop("went up"),
        noop("stayed at its level"),
    ),
    "satisfaction": Said(
        noop("Pleased customers"),
        noop("every case that its customer rated"),
        noop("pleased: the best quarter of the plan's scale, 4 and 5 of 5"),
        noop("pleased"),
        noop("not pleased"),
    ),
    "renewal_rate": Said(
        noop("Contracts renewed"),
        noop("every contract that came to its end"),
        noop("the customer renewed it"),
        noop("contract renewed"),
        noop("contract ended"),
    ),
    "conversion": Said(
        noop("Enquiries won"),
        noop("every enquiry before the sale that ended"),
        noop("they bought"),
        noop("won"),
        noop("lost"),
    ),
    "quote_to_order": Said(
        noop("Quotes accepted"),
        noop("every quote that was answered or ran out"),
        noop("the customer accepted it"),
        noop("quote accepted"),
        noop("quote not accepted"),
    ),
    "quality": Said(
        noop("Good conversations"),
        noop("every conversation that was drawn and reviewed"),
        noop("good by the plan’s form: enough points, nothing indispensable missing"),
        noop("good"),
        noop("not good"),
    ),
}
