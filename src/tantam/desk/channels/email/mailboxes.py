"""The mailboxes from which mail is fetched, as TANTAM_MAILBOXES names them: one address each, with spaces between.

imaps://desk%40example.com:password@imap.example.com/INBOX
imaps+oauth2://desk%40example.com@outlook.office365.com/INBOX?tokens=/etc/tantam/oauth.json&move=Archive
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

LARGEST = 25_000_000  # bytes of one mail, by whichever way
PORTS = {"imaps": 993, "imaps+oauth2": 993, "imap+tls": 143, "imap": 143}
OPTIONS = ("move", "tokens")
LIKE = "imaps://desk%40example.com:password@imap.example.com/INBOX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One folder on one server. scheme: of PORTS. password: "" where `tokens` names the file of OAuth2.

    move: the folder into which a mail is put when it is stored; "" marks it as read.
    """

    scheme: str
    user: str
    password: str
    host: str
    port: int
    folder: str
    move: str = ""
    tokens: Path | None = None

    @property
    def name(self) -> str:
        """What it is called in logs and pages; never with its password."""
        return f"{self.user}@{self.host}/{self.folder}"


def mailboxes_of(written: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes that a variable names. Raises ValueError, without the password, for what is none."""
    found = tuple(_mailbox(number, each) for number, each in enumerate(written.split(), 1))
    names = [each.name for each in found]
    for each in names:
        if names.count(each) > 1:
            raise ValueError(f"TANTAM_MAILBOXES names {each} twice; name it once.")
    return found


def _mailbox(number: int, written: str) -> Mailbox:
    where = f"TANTAM_MAILBOXES, mailbox {number}"
    try:
        parts = urlsplit(written)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:  # whose words repeat what stands there, a password with it
        said = (
            f"{where} is no address; write it like {LIKE}, each / # ? @ : [ of the password as %2F %23 %3F %40 %3A %5B."
        )
        raise ValueError(said) from None
    if parts.scheme not in PORTS:
        begins = f"begins with {parts.scheme!r}" if "://" in written else "is no address"
        raise ValueError(f"{where} {begins}; write {', '.join(PORTS)}, like {LIKE}.")
    if not (parts.hostname and parts.username):
        raise ValueError(f"{where} has no user or no server; write it like {LIKE}, an @ in the user as %40.")
    options = _options(where, parts)
    tokens = Path(options["tokens"]) if "tokens" in options else None
    if (tokens is not None) != (parts.scheme == "imaps+oauth2"):
        raise ValueError(f"{where}: imaps+oauth2:// and ?tokens=FILE belong together; write both or neither.")
    if not (parts.password or tokens):
        raise ValueError(f"{where} has no password; write it after the user, as in {LIKE}.")
    return Mailbox(
        scheme=parts.scheme,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        host=parts.hostname,
        port=port,
        folder=unquote(parts.path[1:]) or "INBOX",
        move=options.get("move", ""),
        tokens=tokens,
    )


def _options(where: str, parts: SplitResult) -> dict[str, str]:
    options = dict(parse_qsl(parts.query))
    for each in options:
        if each not in OPTIONS:
            raise ValueError(f"{where} asks for {each!r}; there is {', '.join(OPTIONS)}.")
    return options
