"""The files that come and go with a mail."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

from tantam.desk.cases import attachments
from tantam.desk.cases.attachments import Brought
from tantam.desk.cases.models import Message
from tantam.desk.channels.email.parts import Seal
from tantam.desk.channels.email.reading import ReadMail
from tantam.desk.files import serving, store

CLOSED = (".p7m", ".asc", ".pgp", ".gpg")  # how encrypted files are called


def unpack(mail: ReadMail) -> list[Brought]:
    """Keep the files of a mail; those that cannot be are named with the reason, and so is one that nobody can read."""
    kept = attachments.bring((each.name, [each.payload]) for each in mail.files)
    brought = [replace(one, content_id=each.content_id) for one, each in zip(kept, mail.files, strict=True)]
    if Seal.ENCRYPTED in mail.seals:
        closed = [each.name for each in mail.files if each.name.lower().endswith(CLOSED)]
        brought.append(Brought((closed or [each.name for each in mail.files] or ["PGP"])[-1], refused="mail_encrypted"))
    return brought


def pack(mail: EmailMessage, message: Message) -> None:
    """Put the files of a message into its mail; one that is gone is left out, for the words must go."""
    for each in message.attachments.select_related("blob").order_by("id"):
        if each.blob is None:
            continue
        try:
            with store.read(each.blob) as file:
                held = file.read()
        except FileNotFoundError:
            continue
        kind, _, exact = each.blob.media_type.partition("/")
        mail.add_attachment(held, maintype=kind, subtype=exact, filename=serving.safe_name(each.name))
