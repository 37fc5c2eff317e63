"""What can be done with many cases: each verb is the action that a single case knows, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions, macros, tags
from tantam.desk.cases.models import Actor, Case, Tag
from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole

Args = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Doing:
    """A verb of VERBS, and what it needs to know.

    args: to (`person:ID` or `level:NAME`), note, name (of a tag), until (ISO or ""), body, macro (its id).
    """

    verb: str
    args: Args = field(default_factory=dict)

    def do(self, case: Case, person: Person) -> None:
        """Do it with one case, in the caller's transaction or one of its own. Raises Refused."""
        _DO[self.verb](case, person, self.args)

    def before(self, case: Case) -> dict[str, Any]:
        """Return what undoing must put back."""
        name = tags.key(self.args.get("name", ""))
        had = bool(name) and case.tags.filter(tag__folded=name).exists()
        until = case.snoozed_until.isoformat() if case.snoozed_until else ""
        return {"owner": case.owner_id, "level": case.level, "tagged": had, "until": until, "status": case.status}

    def undo(self, case: Case, person: Person, before: Mapping[str, Any]) -> None:
        """Put back what was before. Raises Refused: not_undoable, and what the action that does it refuses."""
        back = _UNDO.get(self.verb)
        if back is None:
            raise Refused("not_undoable")
        back(case, person, self.args, before)


def asks_for(verb: str) -> tuple[str, ...]:
    """Return which args a verb asks for."""
    return _ASKS.get(verb, ())


def _take(case: Case, person: Person, args: Args) -> None:
    actions.take(case, person)


def _hand_over(case: Case, person: Person, args: Args) -> None:
    kind, _, name = args.get("to", "").partition(":")
    to: Person | str = name
    if kind == "person":
        found = Person.objects.filter(pk=whole(name) or 0).first()
        if found is None:
            raise Refused("not_allowed")
        to = found
    actions.hand_over(case, person, to, note=args.get("note", ""))


def _hand_back(case: Case, person: Person, args: Args, before: Mapping[str, Any]) -> None:
    owner = Person.objects.filter(pk=before["owner"]).first() if before["owner"] else None
    if owner is None and not before["level"]:
        raise Refused("not_undoable")
    if owner is not None and owner.level != before["level"]:
        actions.hand_over(case, person, before["level"])
    actions.hand_over(case, person, owner if owner is not None else before["level"])


def _tag(case: Case, person: Person, args: Args) -> None:
    actions.tag(case, person, args.get("name", ""))


def _untag(case: Case, person: Person, args: Args) -> None:
    if not actions.untag(case, person, _known_tag(args)):
        raise Refused("not_tagged", name=args.get("name", ""))


def _tag_off(case: Case, person: Person, args: Args, before: Mapping[str, Any]) -> None:
    if not before["tagged"]:
        actions.untag(case, person, _known_tag(args))


def _tag_on(case: Case, person: Person, args: Args, before: Mapping[str, Any]) -> None:
    _tag(case, person, args)


def _known_tag(args: Args) -> Tag:
    found = Tag.objects.filter(folded=tags.key(args.get("name", ""))).first()
    if found is None:
        raise Refused("not_tagged", name=args.get("name", ""))
    return found


def _snooze(case: Case, person: Person, args: Args) -> None:
    until = args.get("until", "")
    actions.snooze(case, person, datetime.fromisoformat(until) if until else None)


def _wake(case: Case, person: Person, args: Args, before: Mapping[str, Any] | None = None) -> None:
    actions.wake(case, person)


def _sleep_again(case: Case, person: Person, args: Args, before: Mapping[str, Any]) -> None:
    _snooze(case, person, {"until": before["until"]})


def _note(case: Case, person: Person, args: Args) -> None:
    actions.add_note(case, person, args.get("body", ""))


def _settle(case: Case, person: Person, args: Args) -> None:
    actions.resolve(case, person, _words(case, person, args))


def _words(case: Case, person: Person, args: Args) -> str:
    """Return what the customer is told: what was written, or the ready text in their language, filled in for them."""
    if not args.get("macro"):
        return args.get("body", "")
    macro = macros.macros_for(person).filter(pk=whole(args["macro"]) or 0).first()
    if macro is None or not macro.texts:
        raise Refused("no_such_macro")
    said = macros.filled(macro, case, person, plans.in_force())
    if said.missing:  # nobody reads it over before it goes out
        raise Refused("macro_lacks", places=", ".join(said.missing))
    return said.text


def _reopen(case: Case, person: Person, args: Args, before: Mapping[str, Any]) -> None:
    actions.reopen(case, by=Actor.PERSON, person=person)


_DO: dict[str, Callable[[Case, Person, Args], None]] = {
    "take": _take,
    "hand_over": _hand_over,
    "tag": _tag,
    "untag": _untag,
    "snooze": _snooze,
    "wake": _wake,
    "note": _note,
    "settle": _settle,
}
_UNDO: dict[str, Callable[[Case, Person, Args, Mapping[str, Any]], None]] = {
    "take": _hand_back,
    "hand_over": _hand_back,
    "tag": _tag_off,
    "untag": _tag_on,
    "snooze": _wake,
    "wake": _sleep_again,
    "settle": _reopen,
}
_ASKS = {
    "hand_over": ("to", "note"),
    "tag": ("name",),
    "untag": ("name",),
    "snooze": ("until",),
    "note": ("body",),
    "settle": ("macro", "body"),
}
VERBS = tuple(_DO)
