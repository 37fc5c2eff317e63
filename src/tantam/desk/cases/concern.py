"""What somebody brings to the desk: the words and facts that a case is opened with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tantam.desk.customers.models import Customer, Purchase
from tantam.desk.plans import Fact, RunningPlan


@dataclass(frozen=True, kw_only=True)
class Concern:
    """body: as it was said; subject: "" takes its first line. facts: {term: Fact} as told by the customer.

    channel, topic: names in the plan. submission: the form's uuid, so that a form sent twice is one case.
    message_id: of the mail that brought it, so that a mail received twice is one case. department: of `internal`, who
    owes what is asked for; "" for a customer's concern. plan: in force as it was read, by which all that comes of it
    is done; None for that in force as the case begins. came_at: when it reached the desk, where it had to wait to be
    let in: all is done as of then, so that what is owed counts from then; None for now.
    """

    customer: Customer
    body: str
    channel: str
    language: str
    subject: str = ""
    topic: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    purchase: Purchase | None = None
    submission: str | None = None
    message_id: str | None = None
    department: str = ""
    plan: RunningPlan | None = None
    came_at: datetime | None = None

    @property
    def name(self) -> dict[str, str | None]:
        """The names by which the same concern is known when it comes again."""
        return {"submission": self.submission, "message_id": self.message_id}
