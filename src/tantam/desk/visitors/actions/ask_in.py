"""Somebody asks for a link by which they sign in. Whoever asks, the same is done: nothing tells who is a customer."""

from __future__ import annotations

from hashlib import sha256

from tantam.desk.common import clock, work
from tantam.desk.customers.contacts import normal_mail
from tantam.desk.visitors.links import SEND

ONCE_IN_SECONDS = 60  # pressed again sooner, nothing more is sent


def ask_in(mail: str, language: str) -> None:
    """Ask that a link goes to this mail address, if it is somebody's. mail: as written; language: of the page."""
    kept = normal_mail(mail)
    if not kept:
        return
    now = clock.now()
    key = sha256(f"{kept}:{int(now.timestamp()) // ONCE_IN_SECONDS}".encode()).hexdigest()[:32]
    work.due(SEND, f"{SEND}:{key}", {"mail": kept, "key": key, "language": language}, now)
