"""A small mail server that speaks IMAP4rev1, as far as fetching needs it, and breaks off where a test says."""

from __future__ import annotations

import base64
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

_COMMAND = re.compile(r"(\S+) (\S+)(?: (.*))?", re.DOTALL)
_RANGE = re.compile(r"(\d+)(?::(\d+|\*))?")


@dataclass
class Held:
    """One mail in the folder."""

    raw: bytes
    seen: bool = False
    day: date = date(2026, 3, 4)


@dataclass
class ImapServer:
    """folder: mails by uid; moved: what was moved away. cut: the uid in whose bytes the line is cut, once.

    refuse: commands that are answered NO, such as "STORE". said: every command, without passwords.
    """

    folder: dict[int, Held] = field(default_factory=dict)
    moved: dict[int, Held] = field(default_factory=dict)
    validity: int = 7
    following: int = 1
    password: str = "secret"
    token: str = ""
    can: str = "IMAP4rev1 IDLE MOVE"
    cut: int | None = None
    refuse: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    sessions: int = 0
    news: threading.Condition = field(default_factory=threading.Condition)
    port: int = 0
    ends: threading.Event = field(default_factory=threading.Event)

    def arrives(self, raw: bytes, *, seen: bool = False, day: date = date(2026, 3, 4)) -> int:
        """Put a mail into the folder, tell who idles; return its uid."""
        with self.news:
            uid, self.following = self.following, self.following + 1
            self.folder[uid] = Held(raw, seen, day)
            self.news.notify_all()
        return uid

    def counts_anew(self) -> None:
        """Give every mail a new uid, as a server does that was restored."""
        held, self.folder = list(self.folder.values()), {}
        self.validity, self.following = self.validity + 1, 1
        for each in held:
            self.arrives(each.raw, seen=each.seen, day=each.day)


@contextmanager
def imap_server(**settings: Any) -> Iterator[ImapServer]:
    """Yield a server that listens on a free port of this machine."""
    made = ImapServer(**settings)

    class Line(_Line):
        server_of_mail = made

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line) as server:
        server.daemon_threads = True
        server.block_on_close = False
        made.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield made
        finally:
            made.ends.set()
            server.shutdown()


class _Cut(Exception):
    """The line is cut."""


class _Line(socketserver.StreamRequestHandler):
    """One connection."""

    server_of_mail: ImapServer
    timeout = 30

    def handle(self) -> None:
        self.mail, self.known = self.server_of_mail, False
        self.mail.sessions += 1
        self._say("* OK a small server")
        with suppress(_Cut, OSError):
            while line := self.rfile.readline():
                found = _COMMAND.match(line.decode("utf-8", "replace").strip())
                if found is None:
                    self._say("* BAD what?")
                    continue
                if not self._obey(found[1], found[2].upper(), found[3] or ""):
                    return

    def _obey(self, tag: str, command: str, rest: str) -> bool:
        if command == "UID":
            command, _, rest = rest.partition(" ")
            command = command.upper()
        self.mail.said.append(command if command in ("LOGIN", "AUTHENTICATE") else f"{command} {rest}".strip())
        if command in self.mail.refuse:
            self._say(f"{tag} NO not now")
            return True
        if command == "LOGOUT":
            self._say("* BYE then", f"{tag} OK (that is all)")
            return False
        if not self.known and command not in ("CAPABILITY", "LOGIN", "AUTHENTICATE"):
            self._say(f"{tag} NO who are you?")
            return True
        answer = getattr(self, f"_{command.lower()}", None)
        self._say(f"{tag} {answer(rest) if answer else 'BAD what?'} (that is all)")
        return True

    def _capability(self, _rest: str) -> str:
        self._say(f"* CAPABILITY {self.mail.can}")
        return "OK"

    def _login(self, rest: str) -> str:
        self.known = rest.endswith(f'"{self.mail.password}"')
        return "OK" if self.known else "NO [AUTHENTICATIONFAILED] wrong password"

    def _authenticate(self, rest: str) -> str:
        self._say("+ ")
        given = base64.b64decode(self.rfile.readline()).decode()
        if rest.upper() == "XOAUTH2":
            self.known = f"auth=Bearer {self.mail.token}\x01" in given
        else:
            self.known = given.endswith(f"\0{self.mail.password}")
        return "OK" if self.known else "NO not with this"

    def _status(self, _rest: str) -> str:
        self._say(f"* STATUS INBOX (UIDVALIDITY {self.mail.validity} UIDNEXT {self.mail.following})")
        return "OK"

    def _select(self, _rest: str) -> str:
        self._say(f"* {len(self.mail.folder)} EXISTS", f"* OK [UIDVALIDITY {self.mail.validity}]")
        return "OK [READ-WRITE]"

    def _noop(self, _rest: str) -> str:
        return "OK"

    def _search(self, rest: str) -> str:
        uids = list(self.mail.folder)
        if rest == "UNSEEN":
            uids = [each for each in uids if not self.mail.folder[each].seen]
        elif rest.startswith("SINCE "):
            day, month, year = rest.removeprefix("SINCE ").split("-")
            since = date(int(year), "JanFebMarAprMayJunJulAugSepOctNovDec".index(month) // 3 + 1, int(day))
            uids = [each for each in uids if self.mail.folder[each].day >= since]
        else:
            first, last = _RANGE.fullmatch(rest.removeprefix("UID ")).groups()
            assert last == "*"
            uids = [each for each in uids if each >= int(first)] or uids[-1:]  # "*" is the last one, whatever the first
        self._say("* SEARCH " + " ".join(map(str, uids)))
        return "OK"

    def _fetch(self, rest: str) -> str:
        uid, what = rest.split(" ", 1)
        held = self.mail.folder.get(int(uid))
        if held is None:
            return "OK"
        if "SIZE" in what:
            self._say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(held.raw)})")
            return "OK"
        sent = held.raw.split(b"\n\n")[0] + b"\n\n" if "HEADER" in what else held.raw
        self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(sent)}}}\r\n".encode())
        if self.mail.cut == int(uid):
            self.mail.cut = None
            self.wfile.write(sent[: len(sent) // 2])
            raise _Cut
        self.wfile.write(sent + b")\r\n")
        return "OK"

    def _store(self, rest: str) -> str:
        uid, _how, flags = rest.split(" ", 2)
        if int(uid) in self.mail.folder and "\\Seen" in flags:
            self.mail.folder[int(uid)].seen = True
        if int(uid) in self.mail.folder and "\\Deleted" in flags:
            self.mail.folder.pop(int(uid))
        return "OK"

    def _copy(self, rest: str) -> str:
        uid = int(rest.split(" ")[0])
        self.mail.moved[uid] = self.mail.folder[uid]
        return "OK"

    def _expunge(self, _rest: str) -> str:
        return "OK"

    def _move(self, rest: str) -> str:
        uid = int(rest.split(" ")[0])
        self.mail.moved[uid] = self.mail.folder.pop(uid)
        return "OK"

    def _idle(self, _rest: str) -> str:
        self._say("+ idling")
        before = self.mail.following
        self.connection.settimeout(0.05)
        heard = b""
        while not heard.endswith(b"\n"):
            with self.mail.news:
                told = self.mail.following > before
                before = self.mail.following
            if told:
                self._say(f"* {len(self.mail.folder)} EXISTS")
            if self.mail.ends.is_set():
                raise _Cut
            with suppress(TimeoutError):
                got = self.connection.recv(20)
                if not got:
                    raise _Cut
                heard += got
        self.connection.settimeout(30)
        return "OK"

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{each}\r\n" for each in lines).encode())
