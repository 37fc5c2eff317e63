"""A small Zalo on this machine: the API of an Official Account and its tokens, and how it signs a delivery."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.forms import Form, form_in
from tests.support.graph import deliver_raw
from tests.support.served import QuietDoor, served

APP = "4318657068771012646"
OA = "388613280878808645"
SECRET = "app-secret"
OA_SECRET = "oa-secret"


@dataclass
class ZaloServer:
    """sent: (user, words) as they were taken. refresh: the one refresh token that is good. shut: who wrote long ago.

    faults: (status, answer) for the next messages. tokens: how many access tokens were given. names: by user.
    templates: of ZNS, as `template/info/v2` tells them; told: what was sent by them, as (number, body).
    media: files by what Zalo calls them; brought: those that went to somebody, as (user, name, bytes).
    """

    port: int = 0
    sent: list[tuple[str, str]] = field(default_factory=list)
    refresh: str = "refresh-0"
    tokens: int = 0
    shut: set[str] = field(default_factory=set)
    faults: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    templates: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    media: dict[str, Form] = field(default_factory=dict)
    brought: list[tuple[str, str, bytes]] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def zalo_server() -> Iterator[ZaloServer]:
    """Yield a server that listens on a free port."""
    made = ZaloServer()

    class Door(_Door):
        zalo = made

    with served(Door) as made.port:
        yield made


class _Door(QuietDoor):
    zalo: ZaloServer

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path.startswith("/template/"):
            self._tell_templates(asked.path, parse_qs(asked.query))
            return
        user = str(json.loads(parse_qs(asked.query)["data"][0])["user_id"])
        known = self.headers["access_token"] == f"access-{self.zalo.tokens}" and user in self.zalo.names
        if asked.path != "/v3.0/oa/user/detail" or not known:
            self._say(200, {"error": -213, "message": "User has not followed OA"})
        else:
            self._say(200, {"error": 0, "data": {"user_id": user, "display_name": self.zalo.names[user]}})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v4/oa/access_token":
            self._give_token({name: values[0] for name, values in parse_qs(raw.decode()).items()})
        elif self.path in ("/v2.0/oa/upload/image", "/v2.0/oa/upload/file"):
            self._take_form(form_in(raw, self.headers["Content-Type"]))
        elif self.path == "/v3.0/oa/message/cs" and "attachment" in (said := json.loads(raw))["message"]:
            self._take_file(said["recipient"]["user_id"], said["message"]["attachment"])
        elif self.path == "/v3.0/oa/message/cs":
            self._take(json.loads(raw))
        elif self.path == "/message/template":
            self._take_template(json.loads(raw))
        else:
            self._say(404, {})

    def _take_form(self, form: Form) -> None:
        """Pictures of a megabyte at most, papers of five; each has its own place and its own name for what it gives."""
        kind = self.path.rpartition("/")[2]
        if len(form.body) > (1_000_000 if kind == "image" else 5_000_000) or form.called != "file":
            self._say(200, {"error": -210, "message": "File is too large"})
        else:
            name = f"{kind}{len(self.zalo.media)}"
            self.zalo.media[name] = form
            self._say(200, {"error": 0, "data": {"attachment_id" if kind == "image" else "token": name}})

    def _take_file(self, user: str, what: dict[str, Any]) -> None:
        payload = what["payload"]
        if what["type"] == "template" and payload["template_type"] == "media":
            name = payload["elements"][0]["attachment_id"]
        else:
            name = payload["token"]
        self.zalo.brought.append((user, self.zalo.media[name].name, self.zalo.media[name].body))
        self._say(200, {"error": 0, "data": {"message_id": f"zf{len(self.zalo.brought)}"}})

    def _tell_templates(self, path: str, asked: dict[str, list[str]]) -> None:
        """The list knows names and states alone; each is told of by itself."""
        if self.headers["access_token"] != f"access-{self.zalo.tokens}":
            self._say(200, {"error": -124, "message": "Access token invalid"})
        elif path == "/template/all":
            at, many = int(asked["offset"][0]), int(asked["limit"][0])
            keys = ("templateId", "templateName", "status")
            found = [{key: each[key] for key in keys} for each in self.zalo.templates]
            self._say(200, {"error": 0, "data": found[at : at + many], "metadata": {"total": len(found)}})
        else:
            found = [each for each in self.zalo.templates if str(each["templateId"]) == asked["template_id"][0]]
            self._say(200, {"error": 0, "data": found[0]} if found else {"error": -131, "message": "no template"})

    def _take_template(self, said: dict[str, Any]) -> None:
        """Only an enabled one, with every place that it wants and a number."""
        kept = [each for each in self.zalo.templates if str(each["templateId"]) == said["template_id"]]
        if self.headers["access_token"] != f"access-{self.zalo.tokens}":
            self._say(200, {"error": -124, "message": "Access token invalid"})
        elif self.zalo.faults:
            self._say(*self.zalo.faults.pop(0))
        elif not kept or kept[0]["status"] != "ENABLE":
            self._say(200, {"error": -131, "message": "Template is not approved"})
        elif not said["phone"].isdigit() or not said["tracking_id"]:
            self._say(200, {"error": -108, "message": "Phone number is invalid"})
        elif {each["name"] for each in kept[0]["listParams"]} != set(said["template_data"]):
            self._say(200, {"error": -132, "message": "Parameter invalid"})
        else:
            self.zalo.told.append((said["phone"], said))
            data = {"msg_id": f"zns{len(self.zalo.told)}", "sent_time": "0", "quota": {}}
            self._say(200, {"error": 0, "message": "Success", "data": data})

    def _give_token(self, asked: dict[str, str]) -> None:
        """A refresh token is good once."""
        known = self.headers["secret_key"] == SECRET and asked.get("app_id") == APP
        if not known or asked.get("refresh_token") != self.zalo.refresh:
            self._say(200, {"error": -14014, "error_name": "Invalid refresh token."})
            return
        self.zalo.tokens += 1
        self.zalo.refresh = f"refresh-{self.zalo.tokens}"
        told = {"access_token": f"access-{self.zalo.tokens}", "refresh_token": self.zalo.refresh, "expires_in": "90000"}
        self._say(200, told)

    def _take(self, said: dict[str, Any]) -> None:
        if self.headers["access_token"] != f"access-{self.zalo.tokens}":
            self._say(200, {"error": -216, "message": "Access token is invalid"})
        elif self.zalo.faults:
            self._say(*self.zalo.faults.pop(0))
        elif said["recipient"]["user_id"] in self.zalo.shut:
            self._say(200, {"error": -230, "message": "User has not interacted with the OA in the past 7 days"})
        elif len(said["message"]["text"]) > 2000:
            self._say(200, {"error": -201, "message": "text is too long"})
        else:
            self.zalo.sent.append((said["recipient"]["user_id"], said["message"]["text"]))
            self._say(200, {"error": 0, "message": "Success", "data": {"message_id": f"z{len(self.zalo.sent)}"}})

    def _say(self, status: int, told: dict[str, Any]) -> None:
        self.answer(status, json.dumps(told).encode())


def signature(body: bytes, at: str, secret: str = OA_SECRET) -> str:
    """Return what stands in X-ZEvent-Signature."""
    return "mac=" + hashlib.sha256(APP.encode() + body + at.encode() + secret.encode()).hexdigest()


def deliver(told: dict[str, Any], *, secret: str = OA_SECRET) -> int:
    """Deliver to the desk as Zalo does; return the answer's status."""
    body = json.dumps(told, ensure_ascii=False).encode()
    return deliver_raw("zalo", body, {"X-ZEvent-Signature": signature(body, told["timestamp"], secret)})
