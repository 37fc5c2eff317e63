"""Writes mails for tests."""

from __future__ import annotations

from email.message import EmailMessage


def mail(
    body: str = "Máy giặt nhà tôi kêu to quá.", *, sender: str = "Nguyễn Thị Hoa <hoa@example.com>", **headers: str
) -> bytes:
    """Return a mail. headers: by name with _ for -; an empty one is left out."""
    made = EmailMessage()
    given = {"Message_ID": "<1@example.com>", "Subject": "Máy giặt", "To": "desk@tantam.localhost"} | headers
    for name, value in ({"From": sender} | given).items():
        if value:
            made[name.replace("_", "-")] = value
    made.set_content(body)
    return made.as_bytes()
