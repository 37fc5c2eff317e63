"""A file with fields beside it, as networks want it posted: multipart/form-data (RFC 7578)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from tantam.desk.channels.messaging.network import Parcel

MEGABYTE = 1_000_000  # networks do not say which they mean: the smaller one is never too much


def form_of(fields: Mapping[str, str], file: Parcel, *, called: str = "file") -> tuple[bytes, str]:
    """Return the body and its content type. called: the name of the file's field."""
    boundary = secrets.token_hex(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="'
    said = "".join(f'{head}{name}"\r\n\r\n{words}\r\n' for name, words in fields.items())
    name = "".join("_" if each in '"\\' or ord(each) < 32 else each for each in file.name)
    said += f'{head}{called}"; filename="{name}"\r\nContent-Type: {file.media_type}\r\n\r\n'
    body = said.encode("utf-8", "replace") + file.body + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"
