"""How one case goes, from the first word to the last, as a course of events that calls the desk's own actions.

A story is a generator: it yields the instant at which it goes on, and acts when it is woken then, with the clock there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions as cases
from tantam.desk.cases.concern import Concern
from tantam.desk.cases.models import Actor, Case, Promise
from tantam.desk.claims import actions as claims
from tantam.desk.claims import ledger
from tantam.desk.claims.authority import AuthorityExceeded
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.customers.address import called, given_name
from tantam.desk.demo import words
from tantam.desk.demo.catalogue import Ware
from tantam.desk.demo.concerns import BROUGHT_BY_A_COLLEAGUE, CHANNELS, Kind
from tantam.desk.demo.seasons import at_work
from tantam.desk.demo.steps import walk_on
from tantam.desk.demo.world import World

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# Of the time that a promise leaves, the share that half of all cases need; and how far they spread (log-normal).
TYPICAL_SHARE = {"first_reply": 0.38, "resolution": 0.3}
SPREAD = 0.55
SLOW = 1.5  # from this pace on customers, too, take their time


class Owed(NamedTuple):
    """A promise that is owed: its id, its kind, when it is due, and since when its clock stands, if it does."""

    promise: int
    kind: str
    at: datetime
    paused_at: datetime | None

    @property
    def runs(self) -> bool:
        """Whether its clock runs."""
        return self.paused_at is None


@dataclass
class Story:
    """One case. dice: its own, so that its course does not hang on others'.

    pace: how much slower than usual everything goes (1 is usual); answered: whether anybody sees to it.
    walks: whether its procedure's steps are done.
    """

    world: World
    kind: Kind
    buyer: int
    bought: int | None
    opens_at: datetime
    dice: Random
    pace: float = 1.0
    answered: bool = True
    walks: bool = False

    def __post_init__(self) -> None:
        self.owner: int | None = None
        self._read: list[Owed] | None = None

    def events(self) -> Iterator[datetime]:
        """Yield when something happens next; what happens is done on waking."""
        yield self.opens_at
        self.case, self.claim = self._open()
        if self.answered:
            yield from self._first_reply()
            yield from self._to_and_fro()
            yield from self._news_until(self._time_for("resolution"))
            yield from self._settle()
            yield from self._perhaps_again()
        yield from self._wait(NEVER)

    # ------------------------------------------------------------------ what happens

    def _open(self) -> tuple[Case, Claim | None]:
        dice = self.dice
        channel = dice.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        concern = self._concern(channel)
        if self.kind.policy:
            claim = claims.file_claim(concern, policy=self.kind.policy)
            return claim.case, claim
        if channel in BROUGHT_BY_A_COLLEAGUE:
            by = self.world.somebody(self.world.levels[0], self.dice)
            return cases.open_case(concern, by=Actor.PERSON, person=by), None
        return cases.open_case(concern), None

    def _concern(self, channel: str) -> Concern:
        dice, world = self.dice, self.world
        customer, ware = world.customers[self.buyer], self._ware
        subject, body = words.complaint(dice, customer.language, self.kind.name, ware.sort, self._facts(""))
        return Concern(
            customer=customer,
            subject=subject,
            body=body,
            channel=channel,
            language=customer.language,
            topic=self.kind.topic,
            facts=world.plan.read(self.kind.told(dice), plans.Standing.TOLD),
            purchase=world.purchases[self.bought] if self.bought is not None else None,
        )

    def _first_reply(self) -> Iterator[datetime]:
        yield from self._wait(self._time_for("first_reply"))
        person = self._whose()
        if self.dice.random() < 0.6 and self.owner is None:
            cases.take(self.case, person)
            yield from self._wait(clock.now() + self._a_moment())
        self._say("first", person)
        self._walk(person)
        if self.dice.random() < 0.18:
            cases.add_note(self.case, person, self._words("note", person))

    def _a_moment(self) -> timedelta:
        """Return how long somebody reads before they answer: some minutes, less where little time is left."""
        reads, owed = timedelta(minutes=self.dice.uniform(1, 6)), self._owed("first_reply")
        return reads if owed is None else max(timedelta(0), min(reads, (owed.at - clock.now()) / 2))

    def _to_and_fro(self) -> Iterator[datetime]:
        dice = self.dice
        if dice.random() >= self.kind.asks_back:
            return
        yield from self._wait(self._soon(5, 90))
        cases.ask_customer(self.case, self._whose(), self._words("ask"), handling_seconds=self._handling(150))
        patience = 5 if self.pace > SLOW else 1
        yield from self._wait(clock.now() + timedelta(hours=patience * dice.lognormvariate(1.6, 1.0)))
        cases.receive(self.case, self._words("customer"), channel=self.case.channel)

    def _news_until(self, settled_at: datetime) -> Iterator[datetime]:
        """Tell how it stands whenever news is owed, until the case can be settled."""
        while (news := self._owed("update")) is not None and news.at < settled_at:
            left = news.at - clock.now()
            yield from self._wait(clock.now() + left * min(1.2, self.dice.uniform(0.55, 1.02)))
            self._say("update", self._whose())
        yield from self._wait(settled_at)

    def _settle(self) -> Iterator[datetime]:
        person = self._whose()
        if self.claim is not None:
            yield from self._decide(person)
            person = self._whose()
            self._pay(person)
        self._walk(person)
        cases.resolve(self.case, person, self._words("resolve", person), handling_seconds=self._handling(320))

    def _pay(self, person: Person) -> None:
        """Pay what was granted, but for what a colleague has to pay: that still stands on the list."""
        for given in ledger.still_owed(self.case.grants.all()):
            if given.person_id != person.pk or not ledger.needs_another(given, self.world.plan):
                claims.pay(given, person)

    def _decide(self, person: Person) -> Iterator[datetime]:
        """Look at what was told, then grant or refuse what the plan left to a person."""
        claim = Claim.objects.get(pk=self.claim.pk)
        if claim.state == Claim.State.OPEN and claim.conditional:
            told = {term: fact["value"] for term, fact in claim.facts.items() if fact["standing"] == "told"}
            seen = self.world.plan.read(told, plans.Standing.VERIFIED)
            claim = claims.prove(claim, seen, person=person)
        if claim.state != Claim.State.OPEN:
            return
        try:
            claims.grant(claim, person)
        except AuthorityExceeded:
            cases.escalate(self.case, person, reason="authority")
            yield from self._wait(self._soon(30, 200))
            claims.grant(claim, self._whose(), reason=self._words("note", person))
        except Refused as nothing_to_grant:
            if nothing_to_grant.code not in ("nothing_to_grant", "needs_reason"):
                raise

    def _perhaps_again(self) -> Iterator[datetime]:
        dice = self.dice
        if dice.random() >= self.kind.reopens:
            return
        yield from self._wait(clock.now() + timedelta(days=dice.uniform(0.5, 6)))
        cases.receive(self.case, self._words("again"), channel="mail")
        yield from self._wait(self._time_for("first_reply"))
        self._say("update", self._whose())
        yield from self._news_until(self._time_for("resolution"))
        person = self._whose()
        cases.resolve(self.case, person, self._words("resolve", person), handling_seconds=self._handling(400))

    def _walk(self, person: Person) -> None:
        """Do the steps of the procedure that are due, if the company had written it down by then."""
        if self.walks:
            walk_on(self.case, person, self.buyer)

    # ------------------------------------------------------------------ when

    def _wait(self, until: datetime) -> Iterator[datetime]:
        """Let time pass until `until`; what falls due meanwhile is looked at as the worker would."""
        looked_at: set[Owed] = set()
        while (due := self._next_due()) is not None and due.at < until and due not in looked_at:
            looked_at.add(due)
            yield due.at + timedelta(seconds=1)
            cases.break_promise(due.promise)
            self._read = None
        yield until
        self._read = None  # what is done on waking changes it

    def _time_for(self, kind: str) -> datetime:
        """Return when this case gets its first reply, or is settled: mostly well before it is due, sometimes after."""
        others = [each for each in self._ledger() if each.kind not in ("first_reply", "update")]
        owed = min([*others, *filter(None, [self._owed(kind)])], key=lambda each: each.at, default=None)
        now = clock.now()
        if owed is None:
            return self._soon(20, 900)
        share = self.dice.lognormvariate(0, SPREAD) * TYPICAL_SHARE[kind] * self.pace
        at = now + (owed.at - now) * share
        return at if self.case.severity == "critical" else at_work(at)

    def _soon(self, least: float, most: float) -> datetime:
        return at_work(clock.now() + timedelta(minutes=self.dice.uniform(least, most) * self.pace))

    def _handling(self, typical: float) -> int:
        return max(20, round(typical * self.dice.lognormvariate(0, 0.5)))

    # ------------------------------------------------------------------ what is known

    def _next_due(self) -> Owed | None:
        return min((each for each in self._ledger() if each.runs), key=lambda each: each.at, default=None)

    def _owed(self, kind: str) -> Owed | None:
        return min((each for each in self._ledger() if each.kind == kind), key=lambda each: each.at, default=None)

    def _ledger(self) -> list[Owed]:
        """Return what is owed, read once between two steps."""
        if self._read is None:
            owed = Promise.objects.filter(case_id=self.case.pk, state=Promise.State.OWED)
            self._read = [Owed(*each) for each in owed.values_list("pk", "kind", "due_at", "paused_at")]
        return self._read

    def _whose(self) -> Person:
        """Return who sees to the case now: its owner while their level will do, else somebody of its level."""
        self.owner, level = Case.objects.values_list("owner_id", "level").get(pk=self.case.pk)
        return self.world.somebody(level, self.dice, rather=self.owner)

    def _say(self, what: str, person: Person) -> None:
        cases.reply(self.case, person, self._words(what, person), handling_seconds=self._handling(210))

    def _words(self, what: str, person: Person | None = None) -> str:
        lang = self.world.customers[self.buyer].language
        agent = given_name(person.name, person.language) if person else ""
        return words.said(self.dice, lang, what, self._facts(agent))

    def _facts(self, agent: str) -> words.Facts:
        customer, ware = self.world.customers[self.buyer], self._ware
        bought = self.world.bought[self.bought] if self.bought is not None else None
        since = (bought.handed_over_at or bought.ordered_at) if bought else self.opens_at
        return words.Facts(
            thing=ware.names[customer.language],
            number=bought.number if bought else "",
            days=max(1, (self.opens_at - since).days),
            called=called(customer, customer.language),
            agent=agent or "Mai",
        )

    @property
    def _ware(self) -> Ware:
        return self.world.bought[self.bought if self.bought is not None else self.buyer].ware
