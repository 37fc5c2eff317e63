"""What became of a mail of ours: which address, whether for good, which mail; by the standards and by old words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tantam.desk.channels.email.bounces import Bounce
from tantam.desk.channels.email.machine import Machine
from tantam.desk.channels.email.reading import ReadMail, read
from tests.desk.channels.corpora import mails_of

# Reports that no standard covers and that name nobody: a list that saw a mail twice, a server's own talk, and what a
# person passed on.
NO_BOUNCES = {
    "lhost-amazonses-13.eml": Machine.RECEIPT,
    "lhost-fml-03.eml": Machine.LIST,
    "lhost-kddi-01.eml": Machine.AUTO_REPLY,
    "lhost-postfix-75.eml": Machine.AUTO_REPLY,
    "lhost-sendmail-14.eml": Machine.NONE,
    "is-not-bounce-02.eml": Machine.NONE,
    "rfc3834-02.eml": Machine.OUT_OF_OFFICE,
    "rfc3834-04.eml": Machine.OUT_OF_OFFICE,
    "rfc3834-06.eml": Machine.AUTO_REPLY,
}
UNNAMED = ("arf-15.eml", "lhost-x1-02.eml")  # they say nowhere whom the mail was for


def _report(kind: str, part: str, *, about: str = "<ours@desk.example>") -> ReadMail:
    lines = [
        "From: Mail Delivery System <mailer-daemon@mx.example.org>",
        "To: desk@desk.example",
        "Subject: Undelivered Mail Returned to Sender",
        f"Content-Type: multipart/report; report-type={kind}; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "I am sorry.",
        "--b",
        part,
        "--b",
        "Content-Type: message/rfc822",
        "",
        "From: desk@desk.example",
        "To: Hoa <hoa@example.org>",
        f"Message-ID: {about}",
        "",
        "Dear Hoa",
        "--b--",
    ]
    return read("\r\n".join(lines).encode())


def _delivery(action: str, status: str, said: str) -> ReadMail:
    fields = (
        f"Final-Recipient: rfc822; Hoa@example.org\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}"
    )
    return _report("delivery-status", f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n{fields}\n")


def test_report_of_a_failure_is_read() -> None:
    mail = _delivery("failed", "5.1.1", "550 5.1.1 No such user")
    assert mail.machine == Machine.BOUNCE_HARD and mail.automatic
    assert mail.bounce == Bounce(
        ("hoa@example.org",), "failed", "5.1.1", "550 5.1.1 No such user", "<ours@desk.example>"
    )


@pytest.mark.parametrize(
    ("action", "status", "said", "machine"),
    [
        ("failed", "5.1.1", "550 user unknown", Machine.BOUNCE_HARD),
        ("failed", "5.1.2", "550 host unknown", Machine.BOUNCE_HARD),
        ("failed", "5.2.1", "550 account disabled", Machine.BOUNCE_HARD),
        ("failed", "5.0.0", "550 no such user here", Machine.BOUNCE_HARD),
        ("failed", "5.2.2", "552 mailbox full", Machine.BOUNCE_SOFT),
        ("failed", "5.3.4", "552 message too large", Machine.BOUNCE_SOFT),
        ("failed", "5.7.1", "554 taken for spam", Machine.BOUNCE_SOFT),
        ("failed", "5.1.8", "501 sender address rejected", Machine.BOUNCE_SOFT),
        ("failed", "4.4.7", "delivery time expired", Machine.BOUNCE_SOFT),
        ("delayed", "4.4.1", "connection timed out", Machine.BOUNCE_SOFT),
        ("delayed", "5.1.2", "host unknown", Machine.BOUNCE_SOFT),
        ("delivered", "2.0.0", "250 ok", Machine.RECEIPT),
        ("relayed", "2.0.0", "250 ok", Machine.RECEIPT),
    ],
)
def test_hard_is_what_is_said_against_the_address(action: str, status: str, said: str, machine: Machine) -> None:
    assert _delivery(action, status, said).machine == machine


def test_complaint_names_who_complained_and_of_which_mail() -> None:
    fields = "Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\nOriginal-Rcpt-To: <hoa@example.org>\n"
    mail = _report("feedback-report", f"Content-Type: message/feedback-report\n\n{fields}")
    assert mail.machine == Machine.COMPLAINT
    assert mail.bounce == Bounce(("hoa@example.org",), "abuse", message_id="<ours@desk.example>")


def test_complaint_without_a_name_is_of_whom_the_mail_was_for() -> None:
    mail = _report("feedback-report", "Content-Type: message/feedback-report\n\nFeedback-Type: fraud\nVersion: 1\n")
    assert mail.bounce == Bounce(("hoa@example.org",), "fraud", message_id="<ours@desk.example>")


OLD = {
    "qmail": """This is the qmail-send program.

<hoa@example.org>:
Remote host said: 550 5.1.1 no such user

--- Below this line is a copy of the message.

Message-ID: <ours@desk.example>
To: lan@example.org
""",
    "exim": """A message that you sent could not be delivered to one or more of its recipients.

  hoa@example.org
    host mx.example.org [192.0.2.1]: 550 5.1.1 unknown user

------ This is a copy of the message ------

Message-ID: <ours@desk.example>
""",
    "in Vietnamese": """Không gửi được thư tới hoa@example.org: 550 5.1.1 no such user

Message-ID: <ours@desk.example>
""",
    "fields in the text": """Technical report:

Action: failed
Final-Recipient: rfc822; hoa@example.org
Status: 5.1.1
Diagnostic-Code: smtp; 550 User unknown

Message-ID: <ours@desk.example>
""",
}


@pytest.mark.parametrize("text", OLD.values(), ids=OLD)
def test_report_in_words_alone_is_read(text: str) -> None:
    raw = f"From: MAILER-DAEMON <>\nTo: desk@desk.example\nSubject: failure notice\n\n{text}"
    mail = read(raw.encode())
    assert mail.machine == Machine.BOUNCE_HARD and mail.bounce is not None
    assert (mail.bounce.recipients, mail.bounce.status) == (("hoa@example.org",), "5.1.1")
    assert mail.bounce.message_id == "<ours@desk.example>"


def test_report_that_claims_more_addresses_than_anybody_writes_to_is_cut() -> None:
    lines = "\n".join(f"<a{n}@example.org>: 550 5.1.1 no such user" for n in range(10_000))
    mail = read(f"From: <>\nSubject: failure notice\n\n{lines}".encode())
    assert mail.bounce is not None and len(mail.bounce.recipients) == 20


def test_every_real_report_is_recognised() -> None:
    wrong = [each.name for each in mails_of("mail-bounces") if each.suffix == ".eml" and not _is_right(each)]
    assert not wrong


def _is_right(path: Path) -> bool:
    mail = read(path.read_bytes())
    if path.name in NO_BOUNCES:
        return mail.machine == NO_BOUNCES[path.name] and mail.bounce is None
    is_report = mail.machine in (Machine.BOUNCE_HARD, Machine.BOUNCE_SOFT, Machine.COMPLAINT)
    return is_report and mail.bounce is not None and bool(mail.bounce.recipients or path.name in UNNAMED)
