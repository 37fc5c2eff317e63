"""Every verb that a colleague does to a case, ready to be done: what it needs is there, and one call does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions
from tantam.desk.cases.attachments import bring
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.models import Case, CaseLink, Pin
from tantam.desk.cases.vows import Vow
from tantam.desk.common import clock
from tantam.desk.duty.models import Absence
from tantam.desk.plans import departments, in_force
from tests.support.desk import Staff, opened


@dataclass(frozen=True)
class World:
    """case: what the verbs are done to, of one customer; nobody has it, and nothing happened on it yet."""

    case: Case
    customer: Any
    staff: Staff


Deed = Callable[..., Any]  # (person, **more of what the verb takes) -> what the verb returns
Verb = Callable[[World], Deed]


def _plain(action: Callable[..., Any], *args: Any, **named: Any) -> Verb:
    return lambda world: lambda person, **more: action(world.case, person, *args, **named | more)


def _on(action: Callable[..., Any], made: Callable[[World], Any], *args: Any, **named: Any) -> Verb:
    """Return a verb whose action takes what was made before in the place of the case."""

    def ready(world: World) -> Deed:
        it = made(world)
        return lambda person, **more: action(it, person, *args, **named | more)

    return ready


def soon() -> datetime:
    """Return a time by which something can be promised."""
    return clock.now() + timedelta(days=1)


def word_given(world: World, kind: str = "call_back") -> Any:
    """Return a promise that the agent made by hand."""
    return actions.promise(world.case, world.staff.agent, Vow(words="Em gọi lại chị.", due=soon(), kind=kind))


def second_word(world: World) -> Any:
    """Return another message of the customer on the case."""
    return actions.receive(world.case, "Còn cái tủ lạnh thì bao giờ giao?", channel="web")


def parting(world: World) -> Any:
    """Return a parting of the second message from the case."""
    return actions.part(world.case, world.staff.agent, [second_word(world).pk])


def draft(world: World) -> Any:
    """Return what the agent is writing."""
    return actions.keep_draft(world.case, world.staff.agent, "Dạ em xem")


def begun_by_another(world: World) -> Any:
    """Return what the colleague is writing."""
    return actions.keep_draft(world.case, world.staff.colleague, "Dạ em")


def held(world: World) -> Any:
    """Return what the agent sent, held for a few seconds."""
    agent = world.staff.agent
    agent.undo_seconds = 10
    agent.save(update_fields=["undo_seconds"])
    return actions.send(world.case, agent, Pressed("Dạ em xem ngay.", submission="s1"))


def file_of_draft(world: World) -> Any:
    """Return a file on what the agent is writing."""
    kept = actions.keep_draft(world.case, world.staff.agent, "Đây ạ.", files=bring([("a.txt", [b"1"])]))
    assert kept is not None
    return kept.attachments.get()


def question(world: World) -> Any:
    """Return an open question pinned on the case."""
    return actions.pin(world.case, world.staff.agent, "Mua ở đâu?", kind=Pin.Kind.QUESTION)


def another(world: World) -> Case:
    """Return a younger case of the same customer."""
    return opened(world.customer)


def linked(world: World) -> Any:
    """Return the link between the case and a younger one."""
    return actions.link(world.case, world.staff.agent, another(world))


def linked_to_fifty(world: World) -> Case:
    """Return a case that is linked with as many older ones as it may be."""
    at, first = world.case.opened_at, world.case.plan_version_id
    same = {"customer": world.customer, "channel": "web", "language": "vi", "opened_at": at, "last_at": at}
    older = Case.objects.bulk_create(Case(subject=f"{each}", plan_version_id=first, **same) for each in range(50))
    youngest = opened(world.customer)
    CaseLink.objects.bulk_create(CaseLink(case=youngest, other=each, person=world.staff.agent, at=at) for each in older)
    return youngest


def merged(world: World) -> Case:
    """Return the case, joined to another one."""
    return actions.merge(world.case, world.staff.agent, another(world))


def absence(of: Person, deputy: Person) -> Absence:
    """Let somebody be away for two days from now on."""
    now = clock.now()
    return Absence.objects.create(person=of, deputy=deputy, since=now, until=now + timedelta(days=2), entered_by=deputy)


def _was_away(world: World) -> Deed:
    actions.take(world.case, world.staff.agent)
    away = absence(world.staff.agent, world.staff.colleague)
    actions.receive(world.case, "Alo?", channel="web")
    away.delete()
    return _plain(actions.give_back)(world)


def _was_up(world: World) -> Deed:
    actions.escalate(world.case, world.staff.agent)
    return _plain(actions.deescalate, "Đã xong phần khó.")(world)


def _limited(world: World) -> Deed:
    limit = opened(world.customer, topic="unlocking").limit_rule
    Case.objects.filter(pk=world.case.pk).update(limit_rule=limit)
    return _plain(actions.except_limit, "Khách đã chờ quá lâu.")(world)


def _declined(world: World) -> Deed:
    return _plain(actions.decline_by_limit, opened(world.customer, topic="unlocking").limit_rule)(world)


def _asked(world: World) -> Deed:
    owing = departments.named(in_force(), "workshop", "diagnosis")
    return _plain(actions.ask_department, owing, "Nhờ xưởng xem.")(world)


def _tagged(world: World) -> Deed:
    return _plain(actions.untag, actions.tag(world.case, world.staff.agent, "Gấp"))(world)


def _after(before: Callable[[World], Any], verb: Verb) -> Verb:
    def ready(world: World) -> Deed:
        before(world)
        return verb(world)

    return ready


def answered(world: World) -> Any:
    """Answer the case: only that it is settled is owed still, days ahead."""
    return actions.reply(world.case, world.staff.agent, "Đang xem.")


VERBS: dict[str, Verb] = {
    "add_note": _plain(actions.add_note, "Khách gọi lại."),
    "ask_customer": _plain(actions.ask_customer, "Ảnh ạ?"),
    "ask_department": _asked,
    "decline_by_limit": _declined,
    "deescalate": _was_up,
    "discard_draft": _on(actions.discard_draft, draft),
    "drop_file": _on(actions.drop_file, file_of_draft),
    "escalate": _plain(actions.escalate, note="Quá khó."),
    "except_limit": _limited,
    "fill_in": _plain(actions.fill_in, {"condition": "like_new"}),
    "give_back": _was_away,
    "grade": _plain(actions.grade, "critical", note="Có khói."),
    "hand_over": _plain(actions.hand_over, "specialist", note="Xem giúp."),
    "keep_draft": _plain(actions.keep_draft, "Dạ em xem"),
    "keep_promise": _on(actions.keep_promise, word_given, note="Đã gọi."),
    "link": lambda world: _plain(actions.link, another(world))(world),
    "merge": lambda world: _plain(actions.merge, another(world))(world),
    "move_promise": lambda world: _on(actions.move_promise, word_given, soon() + timedelta(hours=2), "Em bận.")(world),
    "part": lambda world: _plain(actions.part, [second_word(world).pk])(world),
    "pin": _plain(actions.pin, "Khách dùng máy trợ thính."),
    "promise": lambda world: _plain(actions.promise, Vow(words="Em gọi lại chị.", due=soon()))(world),
    "reply": _plain(actions.reply, "Vâng."),
    "resolve": _plain(actions.resolve),
    "send": _plain(actions.send, Pressed("Vâng ạ.", submission="s9")),
    "settle_pin": _on(actions.settle_pin, question, "Ở cửa hàng số 2."),
    "snooze": _after(answered, _plain(actions.snooze)),
    "tag": _plain(actions.tag, "Gấp"),
    "take": _plain(actions.take),
    "take_back": _on(actions.take_back, held),
    "take_over": _on(actions.take_over, begun_by_another),
    "unlink": _on(actions.unlink, linked),
    "unmerge": _on(actions.unmerge, merged),
    "unpart": _on(actions.unpart, parting),
    "unpin": _on(actions.unpin, question),
    "untag": _tagged,
    "unwatch": _after(lambda world: actions.watch(world.case, world.staff.agent), _plain(actions.unwatch)),
    "wake": _after(answered, _after(lambda world: actions.snooze(world.case, world.staff.agent), _plain(actions.wake))),
    "watch": _plain(actions.watch),
    "withdraw_promise": _on(actions.withdraw_promise, word_given, "Máy đã xong."),
}
