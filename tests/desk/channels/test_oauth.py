"""The token that opens a mailbox: read from a file, or asked for, kept as long as it is good."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tantam.desk.channels.email import imap, oauth
from tantam.desk.channels.email.fetching import Fetcher
from tantam.desk.channels.email.mailboxes import mailboxes_of
from tests.support.imap import imap_server


class _Tokens(BaseHTTPRequestHandler):
    """Gives tokens as a provider does."""

    asked: list[dict[str, list[str]]] = []
    answer: tuple[int, object] = (200, {})

    def do_POST(self) -> None:
        self.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        status, said = self.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def provider() -> Iterator[str]:
    _Tokens.asked = []
    with HTTPServer(("127.0.0.1", 0), _Tokens) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/token"
        server.shutdown()


def _file(folder: Path, **known: str) -> Path:
    file = folder / "oauth.json"
    file.write_text(json.dumps(known))
    return file


def test_token_that_somebody_else_keeps_fresh_is_read_each_time(tmp_path: Path) -> None:
    assert oauth.access_token(_file(tmp_path, access_token="one")) == "one"
    assert oauth.access_token(_file(tmp_path, access_token="two")) == "two"


def test_token_is_asked_for_once_while_it_is_good(tmp_path: Path, provider: str) -> None:
    file = _file(tmp_path, token_url=provider, client_id="c", refresh_token="r")
    _Tokens.answer = 200, {"access_token": "a", "expires_in": 3600}
    assert {oauth.access_token(file), oauth.access_token(file)} == {"a"}
    assert _Tokens.asked == [{"grant_type": ["refresh_token"], "client_id": ["c"], "refresh_token": ["r"]}]
    oauth.forget(file)
    oauth.access_token(file)
    assert len(_Tokens.asked) == 2


def test_token_about_to_end_is_asked_for_anew(tmp_path: Path, provider: str) -> None:
    file = _file(tmp_path, token_url=provider, client_id="c", client_secret="s", scope="x/.default")
    _Tokens.answer = 200, {"access_token": "a", "expires_in": 59}
    oauth.access_token(file)
    oauth.access_token(file)
    assert [each["grant_type"] for each in _Tokens.asked] == [["client_credentials"]] * 2


def test_new_refresh_token_is_kept_where_only_its_owner_reads_it(tmp_path: Path, provider: str) -> None:
    file = _file(tmp_path, token_url=provider, client_id="c", refresh_token="r")
    _Tokens.answer = 200, {"access_token": "a", "refresh_token": "r2"}
    oauth.access_token(file)
    assert json.loads(file.read_text()) == {"token_url": provider, "client_id": "c", "refresh_token": "r2"}
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("answer", [(400, {"error": "invalid_grant"}), (200, {}), (200, []), (200, "x")])
def test_provider_that_says_no_is_quoted(tmp_path: Path, provider: str, answer: tuple[int, object]) -> None:
    _Tokens.answer = answer
    with pytest.raises(oauth.NoToken) as none:
        oauth.access_token(_file(tmp_path, token_url=provider, client_id="c", refresh_token="hidden"))
    assert provider in str(none.value) and "hidden" not in str(none.value)


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json"])
def test_file_that_holds_no_token_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "oauth.json").write_text(text)
    with pytest.raises(oauth.NoToken, match="oauth.json"):
        oauth.access_token(tmp_path / "oauth.json")


@pytest.mark.django_db
def test_mailbox_is_opened_by_its_token_and_asks_for_another_when_it_is_refused(tmp_path: Path, provider: str) -> None:
    file = _file(tmp_path, token_url=provider, client_id="c", refresh_token="r")
    _Tokens.answer = 200, {"access_token": "old", "expires_in": 3600}
    with imap_server(token="new") as server:
        secured = mailboxes_of(f"imaps+oauth2://desk%40x.example@127.0.0.1:{server.port}/?tokens={file}")[0]
        box = replace(secured, scheme="imap")  # the small server has no certificate
        with pytest.raises(imap.AWAY):
            Fetcher(box).fetch()
        _Tokens.answer = 200, {"access_token": "new", "expires_in": 3600}
        assert Fetcher(box).fetch() == 0
