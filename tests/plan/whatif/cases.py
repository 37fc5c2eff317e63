"""Small plans and past cases for the tests of replay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from tantam.plan.sections import Plan, read_text
from tantam.plan.whatif import PastCase, Promised, Replayed, Tells, Turn, replay

SAIGON, BERLIN = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin")
UNTIL = datetime(2026, 12, 31, tzinfo=UTC)
ALWAYS = frozenset({"topic", "danger", "business"})

SMALL = """
tantam: 1
company: {name: Lamps, languages: [en], timezone: Asia/Ho_Chi_Minh, currency: VND}
hours:
  office: {mon-fri: "08:00-12:00, 13:00-17:00"}
working_days: {on: office, due: closing}
levels:
  agent: {handles: [minor, normal], escalates_to: chief}
  chief: {handles: [serious]}
terms:
  topic: {one_of: [broken, question], from: case.topic}
  danger: {yes_no: any, ask: Does it smoke?}
  business: {yes_no: any, from: customer.business}
groups:
  firms: {when: business}
triage: |
  row    | topic    | danger => severity | level | stage
  smoke  | broken   | yes    => serious  | chief | after
  broken | broken   | no     => normal   | agent | after
  asks   | question | -      => minor    | agent | before
promises:
  clock: office
  table: |
    row    | promise     | severity | group => within
    fast   | first_reply | serious  | -     => 1 h
    usual  | first_reply | -        | -     => 4 h
    firms  | first_reply | -        | firms => 2 h
    done   | resolution  | normal   | -     => 2 working days
    urgent | resolution  | serious  | -     => 8 h
    news   | update      | serious  | -     => every 2 h
"""

_keys = count(1)


def plan(text: str = SMALL, **changes: str) -> Plan:
    """Return a plan; changes: what is written instead of what, spaces as written."""
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return read_text(text)


def changed(*pairs: tuple[str, str]) -> Plan:
    """Return the small plan with each first text replaced by its second."""
    return plan(SMALL, **dict(pairs))


def at(day: int, hour: int = 9, minute: int = 0, *, month: int = 3, zone: ZoneInfo = SAIGON) -> datetime:
    """Return a local time of 2026; the 2nd of March is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


def past(opened: datetime, *turns: Turn, **more: Any) -> PastCase:
    """Return a case of a log that tells all words. more: fields of PastCase; `facts` is what was told."""
    told = more.pop("facts", {})
    key = more.pop("key", None) or next(_keys)
    known = {"source": "log", "reference": f"R{key}", "told": told, "tells": Tells.ALL} | more
    return PastCase(key=key, opened=opened, turns=turns or (Turn(opened),), **known)


def over(draft: Plan, *cases: PastCase, until: datetime = UNTIL) -> Replayed:
    """Return the plan replayed over the cases."""
    return replay(draft, cases, until=until)


def promised(draft: Plan, case: PastCase, kind: str, *, until: datetime = UNTIL) -> Promised:
    """Return the promise of one kind that the plan makes at the opening of one case."""
    found = over(draft, case, until=until).cases[case.key].promises
    return next(each for each in found if each.kind == kind and each.turn == 0)


def hours(number: float) -> timedelta:
    """Return so many hours of the clock on the wall."""
    return timedelta(hours=number)
