"""Tells whether a machine wrote a mail: bounces, automatic replies, lists. Those are never answered."""

from __future__ import annotations

from email.message import Message

MACHINES = ("mailer-daemon", "postmaster", "post_master", "mail-daemon", "noreply", "no-reply", "donotreply")
# Headers that only machines write (RFC 3834, RFC 2919, and what is common besides).
PRESENT = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Failed-Recipients",
    "X-Loop",
    "List-Id",
    "List-Unsubscribe",
    "X-MS-Exchange-Generated-Message-Source",
    "X-Mailer-Daemon",
)
PRECEDENCE = ("bulk", "junk", "list", "auto_reply", "auto-reply")


def is_automatic(mail: Message, sender: str) -> bool:
    """Return whether the mail says, by its envelope or headers, that no person wrote it."""
    return (
        _words(mail, "Auto-Submitted") not in ("", "no")
        or _words(mail, "Precedence") in PRECEDENCE
        or "<>" in (_words(mail, "Return-Path"), _words(mail, "From").removeprefix("mailer-daemon").strip())
        or mail.get_content_type() == "multipart/report"
        or any(each in mail for each in PRESENT)
        or (sender or _words(mail, "From").strip("<> ")).partition("@")[0] in MACHINES
    )


def _words(mail: Message, name: str) -> str:
    return str(mail.get(name, "")).split(";")[0].split("(")[0].strip().lower()
