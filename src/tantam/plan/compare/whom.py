"""Whom a change touches, as a person says it: the example that shows it, and whom the clause is for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tantam.plan.compare.answers import EMPTY
from tantam.plan.compare.changes import Change, Comparison, Example, Touches
from tantam.plan.compare.concerned import CUSTOMERS
from tantam.plan.compare.names import head_said, name_said, of_clause
from tantam.plan.compare.subjects import row_of
from tantam.plan.publish.contents.company import kind_label
from tantam.plan.publish.contents.naming import event, topic
from tantam.plan.publish.speech import Speech
from tantam.plan.run import fact_aloud, money
from tantam.plan.spoken import capitalized, filled, spoken
from tantam.plan.tables.values import Span
from tantam.plan.weekdays import DAYS
from tantam.plan.words import say

MOST = 4  # of a kind that are told by name
KINDS = {
    "groups": "groups",
    "levels": "levels",
    "company.teams": "teams",
    "company.shifts": "shifts",
    "internal": "departments",
    "providers": "providers",
    "channels": "channels",
    "policies": "policies",
}


def whom(change: Change, lang: str, *, within: Comparison) -> str:
    """Return whom the change touches in a sentence or two, "" where nobody's answer depends on it alone."""
    return _Whom(within, lang).touched(change)


class _Whom:
    """Two plans in one language."""

    def __init__(self, within: Comparison, lang: str) -> None:
        self.lang = lang
        self.old, self.new = Speech(within.old, lang), Speech(within.new, lang)

    def say(self, key: str, **args: Any) -> str:
        return say(f"compare_{key}", self.lang, **args)

    def touched(self, change: Change) -> str:
        """Return the example, or that there is none, and whom the clause is for."""
        told = []
        match change.touches:
            case Touches.CASE if change.example is not None:
                told += [self._example(each) for each in (change.example, change.promised) if each is not None]
            case Touches.NONE:
                told += [self.say("touches_none")]
            case Touches.OPEN:
                told += [self.say("touches_open")]
        return " ".join([*told, *([self._concerns(change.concerns)] if change.concerns else [])])

    # whom it is for

    def _concerns(self, addresses: tuple[str, ...]) -> str:
        kinds: dict[str, list[str]] = {}
        for address in addresses:
            kind, name = self._called(address)
            kinds.setdefault(kind, []).append(name)
        told = [self._several(kind, list(dict.fromkeys(names))) for kind, names in kinds.items()]
        return self.say("concerns", whom="; ".join(told))

    def _several(self, kind: str, names: list[str]) -> str:
        if kind == CUSTOMERS:
            return self.say("concerns_customers")
        more = len(names) - MOST
        shown = [*names[:MOST], self.say("concerns_more", count=str(more))] if more > 0 else names
        return self.say(f"concerns_{kind}", names=", ".join(shown))

    def _called(self, address: str) -> tuple[str, str]:
        """Return the kind of an address, and what people call it."""
        if address == CUSTOMERS:
            return CUSTOMERS, ""
        table, _, row = address.partition("#")
        if row:
            return "promises", self._promise(address)
        section, _, name = table.rpartition(".")
        kind = KINDS[section]
        for side in (self.new, self.old):
            if (found := getattr(side.plan, kind).get(name)) is not None:
                return kind, of_clause(side, found)
        return kind, self.new.label(name)

    def _promise(self, address: str) -> str:
        side = self.new if row_of(self.new.plan, address) else self.old
        row = row_of(side.plan, address)
        kind = row.labels.get("promise", "") if row else ""
        return side.inside(side.pick(side.plan.promises.labels.get(kind, {}), side.label(kind)))

    # examples

    def _example(self, example: Example) -> str:
        match example.asked.split(".")[0]:
            case "hours":
                return self._hour(example)
            case "channels":
                return self._ways(example)
            case "due":
                return self._due(example)
            case "levels":
                return self._grant(example)
            case "limits":
                words = topic(self.new, example.facts["topic"])
                return self._said(words, self._limit(example.before), self._limit(example.after))
            case "follow_ups":
                return self._follow_up(example)
            case _:
                return self._case(example)

    def _said(self, facts: str, before: str, after: str) -> str:
        return self.say("example", facts=facts, before=before, after=after)

    def _hour(self, example: Example) -> str:
        opened = [self.say("open" if each["open"] else "closed") for each in (example.before, example.after)]
        return self._said(self._when(example.moment), *opened) + self._no_way(example)

    def _ways(self, example: Example) -> str:
        before, after = (
            side.both([side.named(side.plan.channels, each) for each in told["channels"]]) or self.say("no_way_in")
            for side, told in ((self.old, example.before), (self.new, example.after))
        )
        return self._said(self.say("ways_in_at", when=self._when(example.moment)), before, after)

    def _no_way(self, example: Example) -> str:
        lost = bool(example.before.get("channels")) and not example.after.get("channels")
        return f" {self.say('no_way_left')}" if lost else ""

    def _due(self, example: Example) -> str:
        side, kind = self.new, example.asked.partition(".")[2]
        promise = side.pick(side.plan.promises.labels.get(kind, {}), side.label(kind))
        before, after = (
            self._when(each["due"]) if each.get("due") else self.say("nothing")
            for each in (example.before, example.after)
        )
        facts = "; ".join(self._facts(example.facts))
        key = "due_with" if facts else "due"
        return self.say(key, facts=facts, promise=promise, before=before, after=after)

    def _when(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        return self.say("moment", day=self.say(f"day_{DAYS[moment.weekday()]}"), at=spoken(moment, self.lang))

    def _grant(self, example: Example) -> str:
        kind, level = example.facts["kind"], example.facts["level"]
        amount = spoken(money(self.new.plan, kind, example.facts["amount"]), self.lang)
        asked = self.say("cell", name=capitalized(kind_label(self.new, kind)), value=amount)
        told = []
        for side, each in ((self.old, example.before), (self.new, example.after)):
            name = side.named(side.plan.levels, level)
            if each["may"]:
                told.append(self.say("may", level=name))
            elif each["who_may"]:
                others = [side.named(side.plan.levels, other) for other in each["who_may"]]
                told.append(self.say("may_only", level=name, others=side.either(others)))
            else:
                told.append(self.say("may_nobody"))
        return self._said(asked, *told)

    def _limit(self, told: Mapping[str, Any]) -> str:
        match told.get("we"):
            case "yes":
                return self.say("we_do")
            case "no":
                return self.say("we_do_not")
            case _:
                return self.say("nothing_said")

    def _follow_up(self, example: Example) -> str:
        facts = dict(example.facts)
        happens = event(self.new, facts.pop("event"))
        told = "; ".join([capitalized(happens), *self._facts(facts)])
        sides = ((self.old, example.before), (self.new, example.after))
        return self._said(told, *(self._done(side, each.get("do") or ()) for side, each in sides))

    def _done(self, side: Speech, several: tuple[tuple[Span, tuple[str, ...]], ...]) -> str:
        template = self.say("done_after", after="{after}", what="{what}")
        done = [
            filled(template, {"after": after, "what": ", ".join(name_said(side, "do", do) for do in what)}, self.lang)
            for after, what in several
        ]
        return "; ".join(done) or self.say("nothing")

    def _facts(self, facts: Mapping[str, str]) -> list[str]:
        return [
            self.say("cell", name=capitalized(self.new.term(term)), value=self._fact(term, text))
            for term, text in facts.items()
        ]

    def _case(self, example: Example) -> str:
        told = self._facts(example.facts)
        before, after = self._answer(example, example.before, self.old), self._answer(example, example.after, self.new)
        key = "example" if told else "example_always"
        return self.say(key, facts="; ".join(told), before=before, after=after)

    def _fact(self, term: str, text: str) -> str:
        side = self.new if term in self.new.plan.terms else self.old
        if text == EMPTY:
            return self.say("nothing")
        if term == "group":
            return side.both([side.named(side.plan.groups, each.strip()) for each in text.split(",")])
        if text.startswith("[{"):
            return spoken(len(json.loads(text)), self.lang)
        return fact_aloud(side.plan, term, text, self.lang)

    def _answer(self, example: Example, answer: Mapping[str, Any], side: Speech) -> str:
        said = []
        for name, value in answer.items():
            if value is None:
                continue
            words = self._answered(example, name, value, side)
            said.append(
                words if name in ("outcome", "group") else self.say("cell", name=head_said(side, name), value=words)
            )
        return ", ".join(said) or self.say("nothing")

    def _answered(self, example: Example, name: str, value: Any, side: Speech) -> str:
        match name:
            case "group":
                return self.say("member" if value else "no_member")
            case "outcome":
                return side.outcome(example.asked, str(value))
            case "or":
                return side.either([side.outcome(example.asked, each) for each in value])
            case "granted_by" if value == "plan":
                return self.say("plan_itself")
            case "level" | "by" | "granted_by":
                return side.named(side.plan.levels, str(value))
            case "severity":
                return side.value(value, ("severity",))
            case "stage":
                return side.stage(str(value))
            case "say" | "remind":
                return ", ".join(name_said(side, name, str(each)) for each in value)
            case _:
                return side.value(value) if isinstance(value, str) else spoken(value, self.lang)
