"""Photos and documents that customers send with their words; those that were kept stay kept while a form is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from tantam.desk.cases import attachments
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Attachment, Case, Message
from tantam.desk.common import rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.uploads import SeveralFiles
from tantam.desk.files import store
from tantam.desk.files.listing import Listed, listed
from tantam.desk.files.models import Blob

SALT = "tantam.portal.photos"
OLDEST_SECONDS = 20 * 3600  # of what a form carries; a file that nothing names is kept for a day
BROUGHT = rate.Rate("brought", 2 * settings.FILED_PER_HOUR)


@dataclass(frozen=True, slots=True)
class Photos:
    """What came with a form. kept: the files so far; refused: a sentence each; carried: for the form's own field."""

    kept: tuple[Brought, ...] = ()
    refused: tuple[str, ...] = ()
    most: int = store.MOST_BYTES // store.MEGABYTE

    @property
    def carried(self) -> str:
        """The files so far, signed, so that a form that is shown again need not send them again."""
        named = [[each.blob.sha256, each.name] for each in self.kept if each.blob]
        return signing.dumps(named, salt=SALT) if named else ""

    @property
    def names(self) -> list[str]:
        """What the form says that it has."""
        return [f"{each.name} ({filesizeformat(each.blob.bytes)})" for each in self.kept if each.blob]


def receive(request: HttpRequest) -> None:
    """Let this request bring files, within their bounds; call it before anything reads the request."""
    request.upload_handlers = [SeveralFiles(most=store.MOST_BYTES, most_together=store.MOST_TOGETHER)]


def of(request: HttpRequest) -> Photos:
    """Return the files that came with the form, and those that it carried."""
    carried = _carried(request.POST.get("carried", ""))
    refused = _refused(request)
    given = [(each.name or "", each.chunks()) for each in request.FILES.getlist("files")]
    try:
        if given:
            rate.count(BROUGHT, rate.network(rate.address_of(request)))
    except Refused as often:
        return Photos(tuple(carried), (*refused, often.sentence()))
    already = sum(each.blob.bytes for each in carried if each.blob)
    brought = attachments.bring_with_words(given, already=already)
    refused += [attachments.sentence(each.name, each.refused) for each in brought if each.refused]
    return Photos((*carried, *(each for each in brought if each.blob)), tuple(dict.fromkeys(refused)))


def _refused(request: HttpRequest) -> list[str]:
    """Return a sentence for each file that was refused while it was read."""
    handlers = (each for each in request.upload_handlers if isinstance(each, SeveralFiles))
    return [attachments.sentence(name, code) for each in handlers for name, code in each.refused]


def keep(message: Message, photos: Photos) -> None:
    """Name the files by the message that they came with; twice is once."""
    with transaction.atomic():
        attachments.attach_once(message, photos.kept)


def of_messages(cases: Sequence[Case]) -> dict[int, list[Listed]]:
    """Return {message id: its files as the customer's page lists them}; those that were refused are left out.

    cases: that of the page, then its customer's that were joined to it.
    """

    def href(what: str, pk: int) -> str:
        return reverse(f"portal:{what}", args=[cases[0].link_key, pk])

    def of_one(found: Sequence[Attachment]) -> list[Listed]:
        return [listed(each.pk, each.name, each.blob, href) for each in found if each.blob]

    return {key: of_one(found) for key, found in attachments.of_messages(cases).items()}


def _carried(signed: str) -> list[Brought]:
    if not signed:
        return []
    try:
        named = dict(signing.loads(signed, salt=SALT, max_age=OLDEST_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        return []
    blobs = Blob.objects.in_bulk(list(named)[: attachments.MOST_FILES])
    return [Brought(name, blobs[sha256]) for sha256, name in named.items() if sha256 in blobs]
