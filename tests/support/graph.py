"""A small Graph API on this machine: what the Cloud API and the Send API answer to, and how Meta signs a delivery."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from tests.support.forms import Form, form_in
from tests.support.served import QuietDoor, served

TOKEN = "EAAG-token"
SECRET = "app-secret"
WORD = "agreed upon"
NUMBER = "106540352242922"
PAGE = "370000000000001"
BUSINESS = "102290129340398"


@dataclass
class Graph:
    """sent: (handle, words) as they were taken. files: bytes by id. faults: (status, error) for the next requests.

    shut: handles that wrote too long ago. comments: who is reached in private by a comment, once; those that were
    answered in public are in posted, as (comment, words). names: of profiles, by handle. templates: of the business, as
    they are listed, two at a time; told: what was sent by them, as (handle, template). leave: whether the page may
    write by the tag HUMAN_AGENT; tagged: what it wrote so. media: files that were brought, by id; brought:
    those that went to somebody, as (handle, kind, name, bytes).
    """

    port: int = 0
    sent: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    shut: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    posted: list[tuple[str, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    templates: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    media: dict[str, Form] = field(default_factory=dict)
    brought: list[tuple[str, str, str, bytes]] = field(default_factory=list)
    leave: bool = False
    tagged: list[tuple[str, str]] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def graph_server() -> Iterator[Graph]:
    """Yield a server that listens on a free port."""
    made = Graph()

    class Door(_Door):
        graph = made

    with served(Door) as made.port:
        yield made


class _Door(QuietDoor):
    graph: Graph

    def do_GET(self) -> None:
        self.graph.asked.append(self.path)
        name = self.path.rpartition("/")[2]
        if self._refused(is_open=self.path.startswith("/open/")):
            return
        if self.path.startswith(("/file/", "/open/")):
            self.answer(200, self.graph.files[name])
        elif self.path.startswith(f"/{BUSINESS}/message_templates?"):
            self._list_templates(parse_qs(urlsplit(self.path).query))
        elif name.endswith("?fields=first_name,last_name,name") and name.partition("?")[0] in self.graph.names:
            self._say(200, {"name": self.graph.names[name.partition("?")[0]], "id": name.partition("?")[0]})
        elif name in self.graph.files:
            self._say(200, {"id": name, "url": f"{self.graph.place}/file/{name}", "messaging_product": "whatsapp"})
        else:
            self._say(400, _error(100, "Unsupported get request."))

    def do_POST(self) -> None:
        self.graph.asked.append(self.path)
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Type"].startswith("multipart/"):
            self._take_form(form_in(raw, self.headers["Content-Type"]))
            return
        said = json.loads(raw)
        if self._refused():
            return
        if self.path == f"/{NUMBER}/messages" and said.get("type") == "template":
            self._take_template(said["to"], said["template"])
        elif self.path == f"/{NUMBER}/messages" and said.get("type") in ("image", "document"):
            self._take_media(said["to"], said["type"], said[said["type"]])
        elif self.path == f"/{NUMBER}/messages" and said["messaging_product"] == "whatsapp":
            self._take(said["to"], said["text"]["body"], 4096, _error(131047, "Re-engagement message"))
        elif self.path.endswith("/comments") and self.path.split("/")[1] in self.graph.comments:
            self.graph.posted.append((self.path.split("/")[1], said["message"]))
            self._say(200, {"id": f"77_own{len(self.graph.posted)}"})
        elif self.path == f"/{PAGE}/messages" and "comment_id" in said["recipient"]:
            self._take_privately(said["recipient"]["comment_id"], said["message"]["text"])
        elif self.path == f"/{PAGE}/messages" and said["messaging_type"] == "RESPONSE":
            self._take(said["recipient"]["id"], said["message"]["text"], 2000, _error(10, "outside", 2018278))
        elif self.path == f"/{PAGE}/messages" and said["messaging_type"] == "MESSAGE_TAG":
            self._take_tagged(said["recipient"]["id"], said["message"]["text"], said["tag"])
        else:
            self._say(404, _error(100, "Unknown path"))

    def _take(self, handle: str, words: str, most: int, outside: dict[str, Any]) -> None:
        if handle in self.graph.shut:
            self._say(400, outside)
        elif len(words) > most:
            self._say(400, _error(100, "Param text.body is too long"))
        else:
            self.graph.sent.append((handle, words))
            name = f"wamid.{len(self.graph.sent)}"
            self._say(200, {"messages": [{"id": name}], "message_id": name, "recipient_id": handle})

    def _list_templates(self, asked: dict[str, list[str]]) -> None:
        """Two a page, with a cursor to the next; without the fields that are asked for there are none."""
        at = int(asked["after"][0]) if "after" in asked else 0
        found = [{key: each[key] for key in asked["fields"][0].split(",")} for each in self.graph.templates]
        paging: dict[str, Any] = {"cursors": {"before": str(at), "after": str(at + 2)}}
        more = {"next": f"{self.graph.place}/next"} if len(found) > at + 2 else {}
        self._say(200, {"data": found[at : at + 2], "paging": paging | more})

    def _take_template(self, handle: str, template: dict[str, Any]) -> None:
        """Only an approved one, with as many parameters as it has places; it goes at any time."""
        kept = [each for each in self.graph.templates if each["name"] == template["name"]]
        same = [each for each in kept if each["language"] == template["language"]["code"]]
        if not any(each["status"] == "APPROVED" for each in same):
            self._say(404, _error(132001, "Template name does not exist in the translation"))
            return
        given = {each["type"]: each["parameters"] for each in template.get("components", ())}
        for part in same[0]["components"]:
            wanted = len(set(re.findall(r"{{\w+}}", part.get("text", ""))))
            if len(given.get(part["type"].lower(), ())) != wanted:
                self._say(400, _error(132000, "Number of parameters does not match the expected number of params"))
                return
        self.graph.told.append((handle, template))
        name = f"wamid.t{len(self.graph.told)}"
        self._say(200, {"messages": [{"id": name, "message_status": "accepted"}], "contacts": [{"wa_id": handle}]})

    def _take_form(self, form: Form) -> None:
        """A file for a number's media, or a message of a page that is a file."""
        if self._refused():
            return
        if self.path == f"/{NUMBER}/media" and form.called == "file" and form.fields["messaging_product"] == "whatsapp":
            name = f"media{len(self.graph.media)}"
            self.graph.media[name] = form
            self._say(200, {"id": name})
        elif self.path == f"/{PAGE}/messages" and form.called == "filedata":
            handle = json.loads(form.fields["recipient"])["id"]
            kind = json.loads(form.fields["message"])["attachment"]["type"]
            self._take_file(handle, kind, form.name, form)
        else:
            self._say(404, _error(100, "Unknown path"))

    def _take_media(self, handle: str, kind: str, media: dict[str, str]) -> None:
        if media["id"] not in self.graph.media:
            self._say(400, _error(131009, "Parameter value is not valid"))
        else:
            form = self.graph.media[media["id"]]
            self._take_file(handle, kind, media.get("filename", ""), form)

    def _take_file(self, handle: str, kind: str, name: str, form: Form) -> None:
        if (kind == "image") != form.media_type.startswith("image/"):
            self._say(400, _error(131053, "Media upload error"))
        else:
            self.graph.brought.append((handle, kind, name, form.body))
            name = f"wamid.f{len(self.graph.brought)}"
            self._say(200, {"messages": [{"id": name}], "message_id": name, "recipient_id": handle})

    def _take_tagged(self, handle: str, words: str, tag: str) -> None:
        """Only the one tag, and only with leave; then also of those who wrote long ago."""
        if tag != "HUMAN_AGENT" or not self.graph.leave:
            self._say(400, _error(10, "outside of allowed window", 2018278))
        else:
            self.graph.tagged.append((handle, words))
            self._say(200, {"message_id": f"m_t{len(self.graph.tagged)}", "recipient_id": handle})

    def _take_privately(self, comment: str, words: str) -> None:
        """A comment allows one message."""
        if any(to == f"comment {comment}" for to, _ in self.graph.sent):
            self._say(400, _error(10900, "Activity already replied to"))
        else:
            self.graph.sent.append((f"comment {comment}", words))
            self._say(200, {"message_id": "m_private", "recipient_id": self.graph.comments[comment]})

    def _refused(self, *, is_open: bool = False) -> bool:
        if not is_open and self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._say(401, _error(190, "Invalid OAuth access token."))
            return True
        if self.graph.faults:
            self._say(*self.graph.faults.pop(0))
            return True
        return False

    def _say(self, status: int, said: dict[str, Any]) -> None:
        self.answer(status, json.dumps(said).encode())


def _error(code: int, message: str, detail: int = 0) -> dict[str, Any]:
    return {"error": {"code": code, "error_subcode": detail, "message": message, "type": "OAuthException"}}


def signature(body: bytes, secret: str = SECRET) -> str:
    """Return what stands in X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def deliver(network: str, told: dict[str, Any], *, secret: str = SECRET) -> int:
    """Deliver to the desk as Meta does; return the answer's status."""
    body = json.dumps(told).encode()
    return deliver_raw(network, body, {"X-Hub-Signature-256": signature(body, secret)})


def deliver_raw(network: str, body: bytes, headers: dict[str, str]) -> int:
    """Deliver bytes as they are."""
    path = f"/hooks/messaging/{network}/"
    return Client().post(path, body, content_type="application/json", headers=headers).status_code
