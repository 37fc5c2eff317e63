"""Files that belong to a case which a program filed: sent after it, by who knows its private link, for an hour."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from ninja import Status

from tantam.desk.api import scopes
from tantam.desk.api.cases import FileShown, file_shown
from tantam.desk.api.errors import Invalid
from tantam.desk.api.room import Room
from tantam.desk.api.token import Asking, anybody
from tantam.desk.cases import attachments
from tantam.desk.cases.access import case_by_link
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Message
from tantam.desk.cases.said import first_of
from tantam.desk.common import clock, rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.uploads import SeveralFiles
from tantam.desk.files import store

WITHIN = timedelta(hours=1)  # since the case was filed: later files say something new, and need words
SENT = rate.Rate("api_files", 40 * settings.FILED_PER_HOUR)

room = Room("cases", "read:cases", scopes.FILE_CASES, who=anybody)
router = room.router


@room.upload("/filed/{key}/files", list[FileShown])
def add_filed_files(request: Asking, key: str) -> Status[list[FileShown]]:
    """Add files to a case that you filed, for an hour, as multipart/form-data with parts named `files`."""
    case = case_by_link(key)
    first = first_of(case)
    if first is None or clock.now() > case.opened_at + WITHIN:
        raise Refused("files_late")
    handler = SeveralFiles(most=store.MOST_BYTES, most_together=store.MOST_TOGETHER)
    request.upload_handlers = [handler]
    given = [(each.name or "", each.chunks()) for each in request.FILES.getlist("files")]
    if not given and not handler.refused:
        raise Invalid("files", "Send at least one part named files, as multipart/form-data.")
    with rate.counted((SENT, request.caller.key)):
        already = sum(each.blob.bytes for each in first.attachments.select_related("blob") if each.blob)
        brought = attachments.bring(given, already=already)
        for name, code in [*((each.name, each.refused) for each in brought if each.refused), *handler.refused]:
            raise attachments.refusal(name, code)
        _name(first, brought)
    rows = first.attachments.select_related("blob").order_by("id")
    return Status(201, [file_shown(each) for each in rows])


def _name(first: Message, brought: list[Brought]) -> None:
    """Name the files by the message; one that it has already is the same. Raises Refused("files_too_many")."""
    with transaction.atomic():
        held = Message.objects.select_for_update().get(pk=first.pk)
        known = set(held.attachments.values_list("blob_id", "name"))
        new = [each for each in brought if each.blob and (each.blob.pk, each.name) not in known]
        if len(known) + len(new) > attachments.MOST_FILES:
            raise Refused("files_too_many", name=new[-1].name, most=attachments.MOST_FILES)
        attachments.attach(held.case, new, to=held)
