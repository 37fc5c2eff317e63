"""The eleven measures counted one event after the other in plain Python: the oracle that the SQL must equal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from tantam.history.events import DESK
from tantam.history.measures import Definition, Kind
from tantam.plan.calendars import Hours, between
from tests.history.measures.happenings import Happening

Counted = tuple[int | None, datetime, float | None]  # case, when it counted, value; None is unknown
STANDING = ("opened", "reopened", "resolved")


@dataclass(frozen=True)
class Plain:
    """events: of all cases, in the order of their ids. purchases: (source, purchase, instant). hours: of the clock."""

    events: Sequence[Happening]
    purchases: Sequence[tuple[str, str, datetime]] = ()
    hours: Hours | None = None

    def counted(self, definition: Definition, since: datetime, until: datetime) -> list[Counted]:
        """Return what the measure counts in [since, until)."""
        found: Iterable[Counted] = getattr(self, definition.of)(definition, until)
        if definition.at_end:
            return list(found)
        return [each for each in found if since <= each[1] < until]

    def value(self, definition: Definition, since: datetime, until: datetime) -> float | None:
        """Return the share or the median, None of nothing."""
        known = [value for _, _, value in self.counted(definition, since, until) if value is not None]
        if not known:
            return None
        return sum(known) / len(known) if definition.kind is Kind.SHARE else median(known)

    def life(self, case: int) -> list[Happening]:
        """Return the events of a case in their order."""
        return sorted((each for each in self.events if each.case == case), key=lambda each: each.instant)

    def cases(self) -> list[list[Happening]]:
        """Return the lives of all cases."""
        return [self.life(case) for case in dict.fromkeys(each.case for each in self.events)]

    def tells(self, source: str, *codes: str) -> bool:
        """Return whether a source is known to tell of such events: the desk tells everything."""
        return source == DESK or any(each.source == source and each.code in codes for each in self.events)

    def minutes(self, first: datetime, last: datetime) -> float:
        """Return the minutes between on the measure's clock."""
        return between(self.hours, first, last) if self.hours else (last - first) / timedelta(minutes=1)

    # ------------------------------------------------------------------ the eleven

    def promises_kept(self, definition: Definition, _: datetime) -> Iterable[Counted]:
        for each in self.events:
            if each.code in ("kept", "broken") and definition.promise in ("", each.more.get("kind")):
                yield each.case, each.instant, float(each.code == "kept")

    def first_reply(self, _: Definition, __: datetime) -> Iterable[Counted]:
        for life in self.cases():
            opened = opening(life)
            if opened is None or not self.tells(opened.source, "replied"):
                continue
            for each in life:
                person = each.code in ("replied", "asked") and each.more["actor"] == "person"
                if person and each.instant >= opened.instant:
                    yield each.case, each.instant, self.minutes(opened.instant, each.instant)
                    break

    def resolution(self, definition: Definition, _: datetime) -> Iterable[Counted]:
        for life in self.cases():
            done, opened = settled(life), opening(life)
            if done is not None and opened is not None:
                yield done.case, done.instant, self.worked(definition, life, done.instant)

    def worked(self, definition: Definition, life: list[Happening], end: datetime) -> float:
        """Return the minutes up to `end` in which a case was open and, if that is left out, did not wait."""
        total, standing, waits, moment = 0.0, "", False, None
        for each in [*(each for each in life if each.code in (*STANDING, "asked", "received")), None]:
            now = each.instant if each else end
            if moment is not None and standing in ("opened", "reopened") and not waits and moment < end:
                total += self.minutes(moment, min(now, end))
            if each is not None:
                standing = each.code if each.code in STANDING else standing
                waits = each.code == "asked" and "waiting" in definition.leaves_out
                moment = each.instant
        return total

    def backlog_age(self, definition: Definition, until: datetime) -> Iterable[Counted]:
        for life in self.cases():
            before = [each for each in life if each.instant < until]
            standing = [each.code for each in before if each.code in STANDING]
            if opening(before) is not None and standing[-1] != "resolved":
                yield life[0].case, until, self.worked(definition, before, until)

    def reopened(self, definition: Definition, _: datetime) -> Iterable[Counted]:
        for life in self.cases():
            done = next((each for each in life if each.code == "resolved"), None)
            if done is None:
                continue
            again = any(
                each.code == "reopened" and done.instant <= each.instant <= latest(done.instant, definition)
                for each in life
            )
            yield done.case, done.instant, float(again) if self.tells(done.source, "reopened") else None

    def reassigned(self, _: Definition, __: datetime) -> Iterable[Counted]:
        for life in self.cases():
            done = settled(life)
            if done is None:
                continue
            owner, owned, away = "", False, False
            for each in life:
                if each.instant > done.instant or each.code not in ("taken", "handed_over", "escalated"):
                    continue
                to = each.more.get("owner") or ""
                imported = each.source != DESK and each.code == "handed_over"
                moved = each.code == "escalated" or (to != owner and (each.code == "handed_over" or owner != ""))
                away = away or imported or (owned and moved)
                if each.code != "escalated":
                    owner, owned = to, owned or to != ""
            known = self.tells(done.source, "handed_over") or any(
                each.source == done.source and each.code == "taken" and each.more.get("owner") for each in self.events
            )
            yield done.case, done.instant, float(away) if known else None

    def escalated(self, _: Definition, __: datetime) -> Iterable[Counted]:
        for life in self.cases():
            done = settled(life)
            if done is not None:
                up = any(each.code == "escalated" and each.instant <= done.instant for each in life)
                yield done.case, done.instant, float(up) if self.tells(done.source, "escalated") else None

    def satisfaction(self, _: Definition, __: datetime) -> Iterable[Counted]:
        for life in self.cases():
            rated = [each for each in life if each.code == "rated"]
            if rated:
                said = [each.more["outcome"] for each in rated if each.more.get("outcome")]
                yield rated[0].case, rated[0].instant, float(said[-1] == "pleased") if said else None

    def renewal_rate(self, _: Definition, __: datetime) -> Iterable[Counted]:
        for each in (each for life in self.cases() for each in life):
            if each.code in ("renewed", "lapsed"):
                yield each.case, each.instant, float(each.code == "renewed")

    def conversion(self, _: Definition, __: datetime) -> Iterable[Counted]:
        for life in self.cases():
            said = [each for each in life if each.code in ("won", "lost")]
            if said:
                yield said[-1].case, said[-1].instant, float(said[-1].code == "won")

    def quote_to_order(self, _: Definition, __: datetime) -> Iterable[Counted]:
        for each in (each for life in self.cases() for each in life):
            if each.code in ("quote_accepted", "quote_declined", "quote_expired"):
                yield each.case, each.instant, float(each.code == "quote_accepted")

    def quality(self, _: Definition, __: datetime) -> Iterable[Counted]:
        for life in self.cases():
            drawn = [each for each in life if each.code == "quality_drawn"]
            for clause in dict.fromkeys(each.more["clause"] for each in drawn):
                first = next(each for each in drawn if each.more["clause"] == clause)
                found = [each for each in life if each.code == "quality_reviewed" and each.more["clause"] == clause]
                said = [each.more["outcome"] for each in found if each.more.get("outcome")]
                if found:
                    yield first.case, first.instant, float(said[-1] == "good") if said else None

    def repeat_contact(self, definition: Definition, _: datetime) -> Iterable[Counted]:
        for life in self.cases():
            opened = opening(life)
            if opened is None:
                continue
            customer = opened.more.get("customer")
            seen = any(self.met(other, opened, definition) for other in self.cases() if other is not life)
            yield opened.case, opened.instant, float(seen) if customer else None

    def met(self, other: list[Happening], opened: Happening, definition: Definition) -> bool:
        """Return whether another case of the same customer was opened or resolved shortly before."""
        theirs = opening(other)
        if theirs is None or theirs.case == opened.case or theirs.more.get("customer") != opened.more.get("customer"):
            return False
        moments = [theirs.instant]
        moments += [each.instant for each in other if each.code == "resolved" and each.instant >= theirs.instant]
        return any(each < opened.instant <= latest(each, definition) for each in moments)

    def complaint_rate(self, definition: Definition, _: datetime) -> Iterable[Counted]:
        for life in self.cases():
            opened = opening(life)
            if opened is not None:
                topic = opened.more.get("topic")
                known = bool(topic and definition.topics)
                yield opened.case, opened.instant, float(topic in definition.topics) if known else None

    def return_rate(self, definition: Definition, _: datetime) -> Iterable[Counted]:
        for source, purchase, instant in self.purchases:
            back = None
            for life in self.cases():
                opened = opening(life)
                if opened is None or (opened.source, opened.more.get("purchase")) != (source, purchase):
                    continue
                granted = [each.more for each in life if each.code == "granted"]
                names = [{more["outcome"], f"{more['policy']}.{more['outcome']}"} for more in granted]
                if any(each & set(definition.outcomes) for each in names):
                    back = opened.case if back is None else back
            yield back, instant, float(back is not None) if definition.outcomes else None


def opening(life: Sequence[Happening]) -> Happening | None:
    """Return the event that opened the case."""
    return next((each for each in life if each.code == "opened"), None)


def settled(life: Sequence[Happening]) -> Happening | None:
    """Return the event by which the case was settled for good, None if it was reopened since or never was."""
    found = None
    for each in life:
        if each.code == "reopened":
            found = None
        elif each.code == "resolved" and found is None:
            found = each
    return found


def latest(instant: datetime, definition: Definition) -> datetime:
    """Return the end of what is soon after `instant`."""
    return instant + timedelta(minutes=definition.within if definition.within is not None else 10**8)
