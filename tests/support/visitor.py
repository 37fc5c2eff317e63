"""Somebody at the portal, over plain HTTP as a browser without JavaScript would speak it."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")[^>]*>')


@dataclass
class Visitor:
    """One browser: its cookies, and the hidden fields of the form that it looks at."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)

    def look(self, path: str) -> str:
        """Return the page at `path`, keeping its hidden fields. Raises OSError, HTTPException, AssertionError."""
        status, _, page = self._speak("GET", path)
        assert status == 200, f"{path} answers {status}"
        self.hidden = {name: value for name, value in HIDDEN.findall(page) if name != "website"}
        return page

    def send(self, path: str, **fields: str) -> str:
        """Send the form; return where it leads. Raises OSError, HTTPException; AssertionError if it is shown again."""
        body = urlencode(self.hidden | fields)
        status, location, page = self._speak("POST", path, body)
        assert status in (302, 303), f"{path} answers {status}: {_errors(page)}"
        return location

    def _speak(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for each in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = each.split(";", 1)[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location", ""), page
        finally:
            connection.close()


def _errors(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page)
    return " ".join(text.split())[:600]
