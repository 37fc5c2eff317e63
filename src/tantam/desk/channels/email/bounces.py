"""Tells what a report means: which address a mail did not reach, for how long, and who called one spam.

By the standards first (RFC 3464, 5965); else by the words that mail servers have used in forty years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tantam.desk.channels.email.headers import clean
from tantam.desk.channels.email.reports import DELIVERIES, FEEDBACK, READINGS, Report

MOST_RECIPIENTS = 20
LONGEST_REASON = 500
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_CODE = re.compile(r"(?<![\d.:-])([45])[0-5]\d(?=[ :,\]-]|$)", re.MULTILINE)
_ANSWER = re.compile(r"^.{0,200}(?<![\d.:-])[45][0-5]\d[ -].{0,300}", re.MULTILINE)  # of a mail server
_FROM = re.compile(r"\bfrom\s?:?\s?<?\S+@", re.IGNORECASE)
_FAILED = re.compile(
    r"undeliver|not (?:be )?deliver|n't (?:be )?deliver|could ?n[o']t (?:send|be sent|reach)|unable to (?:deliver|"
    r"send)|deliver\w* fail"
    r"|failed to (?:deliver|send)|failure notice|returned mail|returned to sender|returning message|non-?deliver|"
    r"mail delivery"
    r"|delivery (?:status|error|problem|failure|report)|permanent(?:ly)? (?:error|failure|fail)|had (?:delivery|"
    r"permanent|fatal) "
    r"|user (?:is )?unknown|unknown (?:user|address|recipient|local)|no such (?:user|recipient|mailbox|address)"
    r"|mailbox (?:is )?(?:full|unavailable|not found|disabled)|(?:over|exceed\w*).{0,20}quota|"
    r"recipient (?:address )?rejected"
    r"|error (?:sending|delivering|occurred while)|address(?:es)? (?:could|had|failed)|trouble delivering|delayed|"
    r"rejected"
    r"|unzustellbar|nicht zugestellt|zustellung.{0,40}(?:fehl|nicht)|không (?:gửi|chuyển|phân phối).{0,10}được|"
    r"thư bị trả"
    r"|gửi thư thất bại|non remis|échec de la remise|no se ha podido entregar|no entregado|impossibile consegnare"
    r"|não foi possível entregar|не доставлено|не удалось доставить|メール送信エラー|配信不能|送信できません|退信"
    r"|メールエラー|mail failure|无法投递|投递失败",
    re.IGNORECASE,
)
_MAY_PASS = re.compile(
    r"mailbox.{0,20}(?:is )?full|over.{0,10}quota|quota.{0,20}exceed|exceed\w*.{0,40}(?:quota|limit|size)|"
    r"full mailbox"
    r"|insufficient.{0,20}(?:space|storage)|too (?:large|big)|size limit|delay|will (?:be )?retr|still being|"
    r"tempora|try again"
    r"|timed? ?out|connection refused|spam|blocked|blacklist|reputation|policy|relay|virus|gr[ea]y-?list|"
    r"rate limit|too many"
    r"|expired|in the queue|loop|unauthenticated|DMARC|DKIM|SPF|service.{0,20}unavailable|redundant|"
    r"protocol violation",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"(?:user|recipient|address|account) (?:is )?unknown|unknown (?:user|address|recipient|local)|no such|"
    r"does(?:n't| not) (?:exist|have an? )"
    r"|disabled|discontinued|invalid (?:address|recipient|mailbox)|not found|no longer|host unknown|unrouteable|"
    r"suspended|inactive",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"still being retried|will (?:be )?retr|warning only|delayed|could not send.{0,30} past", re.IGNORECASE
)
# Codes (RFC 3463) of what is permanent and says nothing against the address: the sender, full, too large, policy …
_MAY_PASS_CODES = re.compile(r"5\.(?:1\.[78]|2\.[23]|3\.[14]|4\.|5\.|6\.|7\.)")
_ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded", "expired")
_TALK = re.compile(
    r"(?:^|\s)(?:>>>|<<<)\s|@\S{3}.{0,250}(?<![\d.:-])[45][0-5]\d\b|(?<![\d.:-])[45][0-5]\d\b.{0,200}@", re.S
)
_OLD_COMPLAINT = re.compile(r"^complaint about message from ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says. recipients: whom the mail did not reach, or who complained; in lower case.

    action: failed, delayed, delivered …; of a complaint its kind: abuse, fraud … status: as in RFC 3463, "" if none
    is given. reason: the words of the server. message_id: of the mail that it is about, with its <>, "" if not said.
    """

    recipients: tuple[str, ...]
    action: str
    status: str = ""
    reason: str = ""
    message_id: str = ""

    @property
    def is_delivered(self) -> bool:
        return self.action in ("delivered", "relayed", "expanded")

    @property
    def is_hard(self) -> bool:
        """Whether the address will take no other mail either, as far as the server said."""
        if self.action == "delayed" or self.status.startswith("4"):
            return False
        if _GONE.search(self.reason):
            return True
        return not (_MAY_PASS_CODES.match(self.status) or _MAY_PASS.search(self.reason))


def is_delivery(report: Report) -> bool:
    """Whether it says by its form that it reports what became of a mail."""
    return report.has(DELIVERIES) or report.form == "delivery-status" or "bounce" in report.noted


def is_receipt(report: Report) -> bool:
    """Whether it says that a mail arrived or was opened (RFC 8098)."""
    is_one = report.form == "disposition-notification" or report.has(READINGS)
    return (is_one and not is_delivery(report)) or report.noted.get("notificationType") == "Delivery"


def talks_with_servers(report: Report) -> bool:
    """Whether its words are those of mail servers: addresses, and codes that answer them."""
    return bool(_STATUS.search(report.own) or _TALK.search(report.own)) and bool(_FAILED.search(report.subject))


def complaint_of(report: Report) -> Bounce | None:
    """Return who called a mail of ours spam, None if nobody says so."""
    if isinstance(said := report.noted.get("complaint"), Mapping):
        kind = str(said.get("complaintFeedbackType") or "abuse")
        return Bounce(_named(said.get("complainedRecipients")), clean(kind)[:40], message_id=report.about)
    is_old = bool(_OLD_COMPLAINT.match(report.subject)) and report.has(("message/rfc822",))
    if not (is_old or report.has(FEEDBACK) or report.form == "feedback-report"):
        return None
    named = [*report.fields.get("original-rcpt-to", ()), *report.fields.get("removal-recipient", ())]
    kind = report.first("feedback-type").lower() or "abuse"
    return Bounce(addresses_in(named) or addresses_in([report.to]), kind[:40], message_id=report.about)


def bounce_of(report: Report) -> Bounce | None:
    """Return what became of a mail, None if nothing is said of one."""
    if isinstance(said := report.noted.get("bounce"), Mapping):
        return _of_a_service(said, report.about)
    codes = [found[0] for each in report.fields.get("status", ()) if (found := _STATUS.search(each))]
    action = next((each for each in _ACTIONS if report.first("action").lower().startswith(each)), "")
    if not (codes or action or _fails(report)):
        return None
    told = report.first("diagnostic-code")
    reason = " ".join((told.partition(";")[2] or told).split()) or _answer_in(report.own) or report.subject
    status = next(iter(codes), "")
    if not status or status.endswith(".0.0"):
        status = _status_in(reason) or status or _status_in(report.own)
    if not action:
        action = "delayed" if _DELAYED.search(f"{report.subject}\n{report.own}") else "failed"
    return Bounce(_recipients(report), action, status, reason[:LONGEST_REASON], report.about)


def addresses_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses in the texts in lower case, each once, in order."""
    found = (each.strip(".'").lower() for text in texts for each in _ADDRESS.findall(text[:5_000]))
    return tuple(dict.fromkeys(found))[:MOST_RECIPIENTS]


def _fails(report: Report) -> bool:
    return bool(_FAILED.search(report.subject) or _FAILED.search(report.own) or "X-Failed-Recipients" in report.mail)


def _recipients(report: Report) -> tuple[str, ...]:
    """Return whom it did not reach: as reported, else as named in the text, else whom the mail was for."""
    header = [str(each) for each in report.mail.get_all("X-Failed-Recipients", [])]
    for named in (report.fields.get("final-recipient", ()), report.fields.get("original-recipient", ()), header):
        if found := addresses_in(named):
            return found
    ours = addresses_in(str(report.mail.get(each, "")) for each in ("To", "From", "Delivered-To", "Message-ID"))
    lines = addresses_in(each for each in report.own.split("\n") if not _FROM.search(each))
    found = tuple(each for each in lines if each not in ours and not each.startswith("postmaster@"))
    return found or addresses_in([report.to]) or lines


def _status_in(text: str) -> str:
    if found := _STATUS.search(text):
        return found[0]
    found = _CODE.search(text)
    return f"{found[1]}.0.0" if found else ""


def _answer_in(text: str) -> str:
    """Return the line in which the text repeats what a server answered, else the one that says that it failed."""
    found = _ANSWER.search(text)
    said = found[0] if found else next((each for each in text.split("\n") if _FAILED.search(each[:500])), "")
    return " ".join(said.split())


def _of_a_service(said: Mapping[str, Any], about: str) -> Bounce:
    """Return what a sending service reports of a mail that it could not deliver."""
    first = next((each for each in said.get("bouncedRecipients") or () if isinstance(each, Mapping)), {})
    action = "failed" if said.get("bounceType") == "Permanent" else "delayed"
    reason, status = clean(str(first.get("diagnosticCode") or "")), _STATUS.search(str(first.get("status") or ""))
    named = _named(said.get("bouncedRecipients"))
    return Bounce(named, action, status[0] if status else "", reason[:LONGEST_REASON], about)


def _named(listed: object) -> tuple[str, ...]:
    entries = listed if isinstance(listed, list) else []
    return addresses_in(str(each.get("emailAddress", "")) for each in entries if isinstance(each, Mapping))
