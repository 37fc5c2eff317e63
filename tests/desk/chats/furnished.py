"""The chat's addresses, and what each of them needs to lead to something."""

from __future__ import annotations

from typing import Any

from tantam.desk.cases.models import Attachment, Case
from tantam.desk.chats.models import Visitor
from tantam.desk.chats.tokens import file_ticket
from tantam.desk.common import clock

BY_TOKEN = {"history": "get", "stream": "get"} | dict.fromkeys(
    ("write", "file", "typing", "read", "mail", "end"), "post"
)


def window_in(case: Case, said: Attachment) -> dict[str, list[Any]]:
    """Return what leads to the case's chat, and to a file of it."""
    now = clock.now()
    visitor = Visitor.objects.create(language="vi", case=case, agreed_at=now, started_at=now, seen_at=now)
    return {"chat:opened": [file_ticket(visitor, said.pk), said.name]}


def doors(people: int) -> dict[str, dict[str, str]]:
    """Return {address: what each of so many people meets there, as `test_every_address` writes it}."""
    found = {f"chat:{name}": {manner: people * "!"} for name, manner in BY_TOKEN.items()}
    found["chat:hello"] = {"get": people * "o"}
    found["chat:start"] = {"post": people * "-"}  # it takes no form
    return found | {"chat:opened": {"get": people * "o"}}  # whoever has its signed address
