"""Answers with a file so that nothing in it can act: pictures that were looked at are shown, the rest is saved."""

from __future__ import annotations

import io

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from tantam.desk.files import kinds, pictures, store
from tantam.desk.files.models import Blob

# A browser runs nothing of an answer with this policy, whatever it takes it for.
SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"
OF_A_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"  # its viewer does not start in a sandbox
YEAR = 365 * 24 * 3600


def is_picture(blob: Blob | None) -> bool:
    """Whether it may be shown as `<img>`: a picture by its bytes that could be read."""
    return blob is not None and blob.media_type in kinds.PICTURES and blob.width is not None


def answer(blob: Blob, name: str, *, save: bool = False) -> FileResponse:
    """Return the file under `name`; pictures and PDF to be seen in place unless they are to be saved.

    Raises Http404 if the file is gone.
    """
    seen = not save and (is_picture(blob) or blob.media_type == kinds.PDF)
    media_type = blob.media_type if seen or blob.media_type not in (kinds.SVG, "text/html") else kinds.UNKNOWN
    try:
        answered = FileResponse(store.read(blob), content_type=media_type)
    except FileNotFoundError as gone:
        raise Http404 from gone
    answered.headers["Content-Disposition"] = content_disposition_header(not seen, safe_name(name))
    sealed(answered, OF_A_PDF if seen and blob.media_type == kinds.PDF else SEALED)
    answered.headers["ETag"] = f'"{blob.sha256}"'
    return answered


def small(blob: Blob) -> HttpResponse:
    """Return a small picture, drawn anew. Raises Http404 for what is none."""
    if not is_picture(blob):
        raise Http404
    try:
        drawn = pictures.small(store.path_of(blob))
    except FileNotFoundError as gone:
        raise Http404 from gone
    if drawn is None:
        raise Http404
    answered = HttpResponse(io.BytesIO(drawn).getvalue(), content_type="image/webp")
    sealed(answered, SEALED)
    return answered


def sealed(answered: HttpResponse | FileResponse, policy: str) -> None:
    """Let the answer act nowhere, and be remembered by this browser alone."""
    answered.headers["Content-Security-Policy"] = policy
    answered.headers["X-Content-Type-Options"] = "nosniff"
    answered.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answered.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"


def safe_name(name: str) -> str:
    """Return the name as it may stand in a header or a folder: in any script, without ways, commands or turns."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(" " if each.isspace() else each for each in last if each.isprintable() or each.isspace())
    kept = "".join(each for each in plain if each not in '<>:"|?*\x7f' and not _turns(each))
    return " ".join(kept.split()).strip(". ")[:150] or "file"


def _turns(letter: str) -> bool:
    """Whether it turns the direction of reading: `gpj.exe` would pass for a picture."""
    return "\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069" or letter in "\u200e\u200f"
