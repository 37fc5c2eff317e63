"""Furnishes a house's newer rooms: the tray, calls, chats, comments, assistants, tokens, webhooks, receipts.

python -m tests.support.rooms [rows]: so many of each, over what tests.support.furnish has brought.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import Any

from tantam.cli import ready

SUBJECTS = (
    "Máy giặt kêu to khi vắt",
    "Rechnung fehlt",
    "Win a prize: free credit, no risk",
    "Where is my order 18-442?",
)
SAID = "Dạ cho hỏi máy còn bảo hành không ạ? Em mua ở cửa hàng Lê Lợi tháng trước, có giữ hóa đơn."


def main(rows: int = 4) -> None:
    """Fill every room with so many rows."""
    ready.set_up()
    from django.db import transaction

    from tantam.desk.accounts.models import Person
    from tantam.desk.common import clock

    now = clock.now()
    staff = {each.email.partition("@")[0]: each for each in Person.objects.all()}
    with transaction.atomic():
        _tray(rows, now)
        _chats(rows, now, staff["agent"])
        _calls(rows, now, staff["agent"])
        _programs(rows, now, staff)
        _public(now, staff["agent"])
        _reviews(rows, now, staff)
        _asked_about_data(rows, staff["agent"])


def _asked_about_data(rows: int, agent: Any) -> None:
    from tantam.desk.customers.models import Customer
    from tantam.desk.privacy.actions import Asked, note_request
    from tantam.desk.privacy.models import Request

    of_the_house = Customer.objects.filter(internal=False, merged_into=None, kind=Customer.Kind.PERSON)
    for each, kind in zip(of_the_house.order_by("pk")[:rows], Request.Kind.values, strict=False):
        note_request(each, Asked(kind, Request.Way.PHONE, SAID), agent)


def _tray(rows: int, now: datetime) -> None:
    from tantam.desk.arrivals.models import Arrival, Problem

    kinds = [Problem.DOUBTFUL, Problem.UNREADABLE, Problem.SPAM, Problem.AUTOMATIC]
    why = {"words": ["credit", "risk", "prize"], "signs": [], "links": 3}
    Arrival.objects.bulk_create(
        Arrival(
            channel="mail",
            key=f"room-{each}",
            raw=f"From: a@shop.example\nSubject: {SUBJECTS[each % 4]}\n\n{SAID}".encode(),
            received_at=now - timedelta(minutes=each),
            read_at=now,
            sender=f"khach{each}@vi-du.example",
            subject=SUBJECTS[each % 4],
            problem=kinds[each % 4],
            because=why if each % 2 == 0 else {},
        )
        for each in range(rows)
    )


def _chats(rows: int, now: datetime, agent: Any) -> None:
    from tantam.desk.cases.models import Case
    from tantam.desk.chats.actions import Said, answer_chat, hear
    from tantam.desk.chats.models import Visitor

    for each in range(min(rows, 4)):
        visitor = Visitor.objects.create(
            language="vi",
            name=("Nguyễn Thị Hoa", "Kim Weber")[each % 2],
            mail="hoa@vi-du.example" if each % 2 else "",
            agreed_at=now,
            started_at=now,
            seen_at=now,
        )
        case = hear(Said(visitor.pk, f"<chat.{visitor.pk}.a@received>", SAID))
        if each % 3 == 0:
            answer_chat(case, agent, "Dạ em nghe. Chị đọc giúp em số máy sau lưng máy với ạ.")
            hear(Said(visitor.pk, f"<chat.{visitor.pk}.b@received>", "Dạ SN 4471-229."))
    cases = Case.objects.exclude(status="resolved").order_by("id")
    more = list(cases[: max(rows - 4, 0)])
    Visitor.objects.bulk_create(
        Visitor(
            language="vi", name="Lan", agreed_at=now, started_at=now, seen_at=now, customer_id=of.customer_id, case=of
        )
        for of in more
    )


def _calls(rows: int, now: datetime, agent: Any) -> None:
    from tantam.desk.calls.models import Callback
    from tantam.desk.cases.actions import promise
    from tantam.desk.cases.models import Case
    from tantam.desk.cases.vows import Vow

    for at, case in enumerate(Case.objects.filter(status="open").order_by("id")[:rows]):
        vow = Vow(words="Gọi lại", due=now + timedelta(minutes=20 * (at + 1)), kind="call_back")
        made = promise(case, agent, vow)
        Callback.objects.update_or_create(
            promise=made, defaults={"number": f"+8490100{at:04d}", "calls": at % 3, "first_at": now, "last_at": now}
        )


def _programs(rows: int, now: datetime, staff: dict[str, Any]) -> None:
    from tantam.desk.accounts.models import Person, Role
    from tantam.desk.api.actions import NewToken, make_token
    from tantam.desk.assistants.models import Doing, Proposal
    from tantam.desk.cases.models import Case
    from tantam.desk.channels.webhooks.models import Delivery, Endpoint
    from tantam.desk.common.standard_webhooks import new_secret

    for each in range(min(rows, 4)):
        make_token(staff["admin"], NewToken(f"Shop {each}", ("read:cases",), days=90 if each % 2 else None))
        url = f"https://hooks.example.com/a-rather-long-address/of-a-program/{each}"
        sent = {"failing_since": now} if each == 1 else {"stopped": "failing", "stopped_at": now} if each == 2 else {}
        made = Endpoint.objects.create(
            url=url, description=("Kho", "")[each % 2], wants=["*"], secret=new_secret(), made_at=now, **sent
        )
        Delivery.objects.bulk_create(
            Delivery(
                endpoint=made,
                code=("resolved", "promise_broken", "opened")[at % 3],
                at=now - timedelta(minutes=at),
                state=("taken", "failed", "waiting")[at % 3],
                attempts=at % 3,
                tried_at=now,
                status=(200, 500, None)[at % 3],
                error="" if at % 3 < 2 else "late",
                milliseconds=120 + at,
                answer="" if at % 3 == 0 else "<html>no</html>",
            )
            for at in range(rows)
        )
    bong = Person.objects.create(email="bong@assistants.invalid", name="Bông", role=Role.ASSISTANT, level="agent")
    case = Case.objects.filter(status="open").order_by("-id")[0]
    Proposal.objects.create(case=case, person=bong, body=SAID, made_at=now, clause="providers.assistant")
    Doing.objects.bulk_create(
        Doing(
            at=now - timedelta(minutes=at),
            person=bong,
            token="ttm_abcdef",
            tool=("get_case", "propose_reply", "grant")[at % 3],
            case=case,
            outcome=("done", "refused", "failed")[at % 3],
            code="beyond_level" if at % 3 == 1 else "",
            milliseconds=30 + at,
        )
        for at in range(rows)
    )


def _reviews(rows: int, now: datetime, staff: dict[str, Any]) -> None:
    from tantam.desk import plans
    from tantam.desk.cases.models import Case
    from tantam.desk.reviews.models import Review

    row, marks = plans.in_force().row, {"heard": "yes", "named": "no", "right": "yes", "time": "none"}
    found = {"marks": marks, "points": 83, "good": True, "remark": SAID, "reviewed_by": staff["manager"]}
    poor = found | {"marks": marks | {"right": "no"}, "points": 0, "good": False}
    states = ({}, found | {"state": "done", "done_at": now}, poor | {"state": "done", "done_at": now}, {})
    for at, case in enumerate(Case.objects.filter(status="resolved", department="").order_by("-id")[:rows]):
        Review.objects.create(
            case=case,
            form="talk",
            plan_version=row,
            person=staff["agent"],
            provider="carriers" if at % 3 == 1 else "",
            drawn_at=now,
            due_at=now + timedelta(days=2 - at),
            **states[at % 4],
        )


def _public(now: datetime, agent: Any) -> None:
    from tantam.desk.cases.models import Case, Message
    from tantam.desk.comments.models import Comment
    from tantam.desk.receipts.models import Receipt

    case = Case.objects.filter(status="open").order_by("-id")[1]
    case.channel = "facebook"
    case.save(update_fields=["channel"])
    message = case.messages.filter(direction=Message.Direction.INCOMING).order_by("id")[0]
    Comment.objects.create(
        message=message,
        network="facebook",
        name="1_2",
        thread="1_2",
        link="https://facebook.example/1",
        at=now,
        edited="Sao gọi mãi không ai nghe máy?",
        edited_at=now,
    )
    ours = [
        Message.objects.create(
            case=case, direction="outgoing", author=agent, body=SAID, written_at=now, delivered_at=now, sent_to="zalo:1"
        )
        for _ in range(3)
    ]
    Receipt.objects.create(message=ours[0], reached_at=now, read_at=now)
    Receipt.objects.create(message=ours[1], reached_at=now)
    Receipt.objects.create(message=ours[2], lost="window")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
