"""Walks through the portal's forms as a browser without JavaScript does: what a form holds is sent back with it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.support.clock import StandingClock


class Form(HTMLParser):
    """The hidden fields and the names of the visible ones of a page's last form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.names: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.hidden, self.names = {}, []
        elif tag == "input" and given.get("type") == "hidden":
            self.hidden[name] = given.get("value") or ""
        elif tag in ("input", "textarea", "select") and name not in self.names:
            self.names.append(name)


class Text(HTMLParser):
    """A page's words, without its marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text(response: Any) -> str:
    """Return a page's words."""
    return " ".join(" ".join(Text(response.content.decode()).words).split())


def form(response: Any) -> Form:
    """Return the page's last form."""
    return Form(response.content.decode())


class Visitor:
    """Somebody at the portal, at human speed."""

    def __init__(self, clock: StandingClock, language: str = "en") -> None:
        self.client, self.clock = Client(), clock
        self.client.cookies["tantam_language"] = language

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def send(self, path: str, page: Any, **written: Any) -> Any:
        """Send the page's form with what was written into it, ten seconds later."""
        self.clock.forward(seconds=10)
        return self.client.post(path, form(page).hidden | written)

    def second_step(self, choice: str = "faulty", topic: str = "faulty", **first: str) -> Any:
        """Return the second page of a choice that has two."""
        path = f"/help/{choice}/"
        return self.send(path, self.get(path), topic=topic, **first)

    def files(self, **written: Any) -> Any:
        """File that something is faulty; return the redirect to its private page."""
        usual = {"q_danger": "no", "q_fault": "ours", "q_owned": "12 ngày"}
        usual |= {"name": "Trần Văn Lâm", "contact": "lam@example.org", "body": "Máy giặt kêu to."}
        return self.send("/help/faulty/", self.second_step(), **usual | written)


def forms(response: Any) -> dict[str, dict[str, str]]:
    """Return {address: hidden fields} of a page's forms."""
    found: dict[str, dict[str, str]] = {}

    class Forms(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = {name: value or "" for name, value in attrs}
            if tag == "form":
                found[given.get("action", "")] = {}
            elif tag == "input" and given.get("type") == "hidden" and found:
                found[list(found)[-1]][given["name"]] = given.get("value", "")

    Forms().feed(response.content.decode())
    return found
