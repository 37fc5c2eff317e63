"""Says files as a page lists them: name, size, where they are seen, or why they were not kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat

from tantam.desk.files import serving
from tantam.desk.files.models import Blob


@dataclass(frozen=True, slots=True)
class Listed:
    """pk: of the attachment. small: where its small picture is, "" for what is none. refused: a sentence, or "".

    media_type, bytes: of what was kept. goes: how it gets to its reader, "" where nothing is to be said of that.
    """

    pk: int
    name: str
    size: str
    href: str
    small: str
    refused: str = ""
    media_type: str = ""
    bytes: int = 0
    goes: str = ""


def listed(pk: int, name: str, blob: Blob, href: Callable[[str, int], str]) -> Listed:
    """Return a kept file. href: gives the address of its `file` or its `small` picture."""
    small = href("small", pk) if serving.is_picture(blob) else ""
    return Listed(pk, name, filesizeformat(blob.bytes), href("file", pk), small, "", blob.media_type, blob.bytes)
