"""Takes apart what a network is posted as multipart/form-data, with the standard library's reader of mail."""

from __future__ import annotations

import email.policy
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage


@dataclass(frozen=True)
class Form:
    """fields: by name. name, media_type, body: of the one file; called: its field."""

    fields: dict[str, str]
    called: str
    name: str
    media_type: str
    body: bytes


def form_in(raw: bytes, content_type: str) -> Form:
    """Return a form with one file. Raises StopIteration where there is none."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    read = message_from_bytes(head + raw, policy=email.policy.HTTP)
    parts = [(str(each.get_param("name", header="content-disposition")), each) for each in read.iter_parts()]
    called, file = next((name, each) for name, each in parts if each.get_filename())
    fields = {name: _words(each) for name, each in parts if each is not file}
    body = file.get_payload(decode=True)
    assert isinstance(body, bytes)
    return Form(fields, called, str(file.get_filename()), file.get_content_type(), body)


def _words(part: EmailMessage) -> str:
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()
