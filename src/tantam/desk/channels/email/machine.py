"""Tells what kind of machine wrote a mail, by its envelope and headers first, its subject then, its words last.

A machine is never answered and opens no case. In doubt a person wrote it: words in a text alone make no machine.
"""

from __future__ import annotations

import re
from email.message import Message
from enum import StrEnum

from django.conf import settings

from tantam.desk.channels.email.bounces import (
    Bounce,
    bounce_of,
    complaint_of,
    is_delivery,
    is_receipt,
    talks_with_servers,
)
from tantam.desk.channels.email.headers import addresses
from tantam.desk.channels.email.reports import Report


class Machine(StrEnum):
    """Who wrote a mail. Stored as it is spelled here."""

    NONE = "none"  # a person, as far as anybody can tell
    AUTO_REPLY = "auto_reply"  # a program: an automatic answer, a notice, a cron job (RFC 3834)
    OUT_OF_OFFICE = "out_of_office"  # an automatic answer of somebody who is away
    BOUNCE_HARD = "bounce_hard"  # not delivered, and the address will take no other either
    BOUNCE_SOFT = "bounce_soft"  # late, or not delivered for a reason that may pass: full, too large, taken for spam
    COMPLAINT = "complaint"  # somebody called a mail of ours spam (RFC 5965)
    LIST = "list"  # a mailing list or newsletter (RFC 2919)
    RECEIPT = "receipt"  # delivered, or read (RFC 3464, RFC 8098)


DAEMONS = re.compile(r"(?:mailer[-_.]?daemon|post_?master|mail[-_.]daemon|mail\.delivery\.system|double-?bounce)", re.I)
NOBODY = re.compile(
    r"(?:(?:no|do-?not|dont|nicht)[-_.]?(?:reply|respond|antworten)|noreply.*|bounces?|autoreply)", re.I
)
# Headers that only machines write (RFC 3834, and what is common besides). Not among them: Feedback-ID, which some
# services put on everybody's mail, and X-MS-Exchange-Inbox-Rules-Loop, which a rule puts on what it hands on.
_REPLIES = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From")
_NOTICES = ("X-Failed-Recipients", "X-Loop", "X-MS-Exchange-Generated-Message-Source", "X-Mailer-Daemon")
_LISTS = ("List-Id", "List-Unsubscribe", "X-ML-Name", "X-MLServer", "X-Mailing-List")
_AWAY = re.compile(
    r"out[ -]of[ -](?:the )?(?:office|town)|\bOOO\b|away from (?:my|the) (?:desk|office|mail)|(?:on|annual|"
    r"parental|sick) leave\b"
    r"|on (?:vacation|holiday)|be travell?ing|am travell?ing|vacation (?:reply|response|notice)|abwesen|"
    r"außer Haus|ausser Haus"
    r"|nicht im (?:Büro|Haus)|im Urlaub|Urlaubs|in Elternzeit|nghỉ phép|nghỉ lễ|vắng mặt|đi công tác|không có mặt"
    r"|không có ở văn phòng|absen[ct]e?\b|en congés?|en vacances|fuera de (?:la )?oficina|de vacaciones|"
    r"fuori (?:sede|ufficio)"
    r"|in ferie|fora do escritório|de férias|afwezig|op vakantie|ikke på kontoret|fravær|på ferie|semester|poissa|"
    r"urlopie"
    r"|nieobecn|mimo kancelář|dovolen|в отпуске|отсутств|відпуст|відсутн|不在|休暇|外出|休假|不在办公室|부재|휴가",
    re.IGNORECASE,
)
# As mail programs begin the subject of an automatic answer; "Re: Out of office" is somebody who answers one.
_ANSWERS_BY_ITSELF = re.compile(
    r"^(?:\[.{1,30}\] ?)?(?:auto(?:matic|mated)?[- ]?(?:repl(?:y|ied)|respon[sd][a-z]*|answer)\b|autoreply\b|"
    r"automatisch(?:e|es) (?:antwort|antwoord)"
    r"|automatische (?:abwesenheits|e-?mail)|abwesenheits-?(?:notiz|nachricht|assistent|meldung|info)\b|"
    r"out of (?:the )?office\b|OOO\b"
    r"|vacation (?:reply|response)|away from (?:my|the) (?:mail|office)|(?:thư |tin nhắn )?(?:trả lời|"
    r"phản hồi) tự động|tự động trả lời"
    r"|réponse automatique|message d'absence|respuesta automática|fuera de (?:la )?oficina|risposta automatica|"
    r"resposta automática"
    r"|autosvar|automatisk svar|automatiskt svar|automaattinen vastaus|odpowiedź automatyczna|autoodpowiedź|"
    r"automatická odpověď"
    r"|automatické odpovede|automatikus válasz|răspuns automat|автоответ|автоматический ответ|"
    r"автоматична відповідь|otomatik yanıt"
    r"|αυτόματη απάντηση|自动(?:回复|答复)|自動(?:回覆|応答|返信)|자동 ?(?:회신|응답))\s*(?:[:：\-–|!(].*|\[.*|=.*)?$",
    re.IGNORECASE,
)


def machine_of(report: Report, text: str) -> tuple[Machine, Bounce | None]:
    """Return who wrote the mail that `report` reads and, for a bounce or a complaint, what it says.

    text: what the mail says, at most as much as a page shows.
    """
    mail = report.mail
    if (complaint := complaint_of(report)) is not None:
        return Machine.COMPLAINT, complaint
    if is_receipt(report):
        return Machine.RECEIPT, None
    is_likely = by_nobody(mail) or (_is_of_nobody(mail) and talks_with_servers(report))
    if (is_delivery(report) or is_likely) and (bounce := bounce_of(report)) is not None:
        if bounce.is_delivered:
            return Machine.RECEIPT, None
        return (Machine.BOUNCE_HARD if bounce.is_hard else Machine.BOUNCE_SOFT), bounce
    if _replies_by_itself(mail, report.subject):
        is_away = bool(_AWAY.search(report.subject) or _AWAY.search(text[:4_000]))
        return (Machine.OUT_OF_OFFICE if is_away else Machine.AUTO_REPLY), None
    if _is_list(mail) and not _is_own_group(mail):
        return Machine.LIST, None
    return (Machine.AUTO_REPLY if _is_notice(mail) else Machine.NONE), None


def by_nobody(mail: Message) -> bool:
    """Whether the mail has no sender to be answered, or a mail server's: only such mails report that one failed."""
    return (
        _said(mail, "Return-Path") == "<>"
        or "X-Failed-Recipients" in mail
        or any(DAEMONS.fullmatch(name) for name in _local_parts(mail))
        or _said(mail, "From") in ("<>", "mailer-daemon", "mailer-daemon <>")
        or bool(re.search(r"mail delivery? (?:sub)?system|mail administrator", _said(mail, "From")))
    )


def _replies_by_itself(mail: Message, subject: str) -> bool:
    return (
        _said(mail, "Auto-Submitted") == "auto-replied"
        or _said(mail, "Precedence") in ("auto_reply", "auto-reply")
        or any(each in mail for each in _REPLIES)
        or bool(_ANSWERS_BY_ITSELF.match(subject))
    )


def _is_list(mail: Message) -> bool:
    return any(each in mail for each in _LISTS) or _said(mail, "Precedence") in ("list", "bulk", "junk")


def _is_own_group(mail: Message) -> bool:
    """Whether the list is of the desk's own domain: a group address there hands on what customers write to it."""
    domain = settings.MAIL_FROM.rpartition("@")[2].lower()
    return _said(mail, "List-Id").rstrip(">").endswith((f".{domain}", f"@{domain}"))


def _is_notice(mail: Message) -> bool:
    return (
        _said(mail, "Auto-Submitted") not in ("", "no")
        or by_nobody(mail)
        or mail.get_content_type() == "multipart/report"
        or any(each in mail for each in _NOTICES)
        or _is_of_nobody(mail)
    )


def _is_of_nobody(mail: Message) -> bool:
    return any(NOBODY.fullmatch(name) for name in _local_parts(mail))


def _local_parts(mail: Message) -> list[str]:
    written = str(mail.get("From", ""))[:2_000]
    found = [address.partition("@")[0] for _, address in addresses(written)]
    return [*found, *re.findall(r"<([^<>@\s]{1,64})[@>]", written)]


def _said(mail: Message, name: str) -> str:
    """Return what a header says, in lower case, without comments and parameters."""
    return str(mail.get(name, ""))[:2_000].split(";")[0].split("(")[0].strip().lower()
