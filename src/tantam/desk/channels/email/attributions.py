"""Knows what mail programs write above what they quote: "On Monday she wrote:", "From: … Sent: …", in many languages.

Lines that a person might have written are taken for one only with a date, a time or an address in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 500  # characters of "On Monday she wrote:", over all its lines
MOST_LINES = 4
_MOST_LABELS = 14  # lines that a head of labels may have

# At the end: "On Monday she wrote:", "El lunes … escribió:", "2월 3일 … 님이 작성:".
_WROTE = (
    r"wrote|writes|sent|schrieb|schreibt|geschrieben|(?:a|à) écrit|écrit|escribi[óo]|ha escrito|va escriure|"
    r"ha scritto|"
    r"escreveu|schreef|geschreven|skrev|följande|følgende|skrifaði|kirjoitti|napisał(?:a|\(a\))?|pisze|napsal(?:a|"
    r"\(a\))?|"
    r"napísal(?:a|\(a\))?|írta(?: \([^)]{3,80}\))?|a scris|je napisala?|napisao|napisala|rašė|rakstīja|kirjutas|"
    r"написал(?:а|\(а\))?|пишет|писала?|написав|пише|написа|yazdı|έγραψε|כתבה?|كتب|menulis|đã viết|viết|เขียน(?:ว่า)?"
)
_WROTE_CLOSE = r"写道|寫道|写到|写信|のメッセージ|さん(?:は|が)?書きました|님이 작성|작성|썼습니다|님이 쓰신 글"
# In the middle: "Am Montag schrieb Anna:", "Op maandag schreef Anna:"; but not "schrieb mir Ihr Kollege:".
_WROTE_BEFORE = (
    r"(?:schrieb|schreef|skrev)"
    r"(?! (?:mir|uns|mich|ich|er|sie|man|folgendes|ik|mij|ons|hij|zij|jeg|jag|mig|meg|han|hun|hon)\b)"
)
_SAID = re.compile(
    rf"(?:(?<![^\W_])(?:{_WROTE})|{_WROTE_CLOSE}|(?<![^\W_]){_WROTE_BEFORE} .{{1,160}}?)\s*(?:[:：]|"
    rf"-{{2,}})[\s*_>-]*$",
    re.IGNORECASE,
)
_SAID_AND_NO_COLON = re.compile(r"^\s*-{2,}.{0,200}(?<![^\W_])(?:wrote|schrieb)\s*-{2,}$", re.IGNORECASE)
_MONTH = (
    r"jan|feb|m[aä]r|apr|ma[iyjg]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|f[ée]v|avr|ao[uû]t|déc|ene|abr|ago|dic|gen|"
    r"mag|giu|lug|set|ott|"
    r"fev|out|maj|okt|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|sty|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|"
    r"січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|thg|tháng"
)
_DATE = re.compile(
    rf"\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\b|\b\d{{1,2}}(?:st|nd|rd|th|er|º)?[.,]?[- ]*(?:de |"
    rf"d')?(?:{_MONTH})[^\W\d_]*\b"
    rf"|\b(?:{_MONTH})[^\W\d_]*\.?[ -]\d{{1,2}}\b|\d{{4}} ?[年년]|\b\d{{1,2}} tháng \d",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}[:h.]\d{2}(?!\.\d)(?:\s?[ap]\.?m\b)?|\d{1,2}[時时点點]|GMT[+-]\d", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+%=-]{1,80}@(?:[\w-]{1,80}\.)*[\w-]{1,80}")
_OPENS = re.compile(  # how such a line begins; a date or a day of the week does as well
    r"^[\s>*_-]*(?:On|At|Am|Le|El|Il|Em|Op|Den|På|Dnia|W dniu|Dne|Dňa|Pe|Ngày|Vào|Vào lúc|Lúc|В|Il giorno|在|於|于)\b",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;]\s*$")
# "2016-03-03 17:21 GMT+01:00 Some One", "2013/7/20 Somebody <a@b>:", "2024年1月5日(金) 10:00 田中 <a@b>:"
_DATED_ADDRESS = re.compile(
    r"^[\s>*]*\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年 ?\d{1,2}月 ?\d{1,2}日|년 ?\d{1,2}월 ?\d{1,2}일)"
    r".{0,80}(?:GMT[+-]\d\d:?\d\d \S.{0,160}|<\s?[^<>\s]{1,120}@[^<>\s]{1,120}>\s*[:：]?\s*)$",
    re.IGNORECASE,
)
_ADDRESS_AND_COLON = re.compile(r"<\s?[^<>\s]{1,120}@[^<>\s]{1,120}>\s?[:：]\s*$")

_OLD = (
    r"Original[ -]?Message|Original[ -]?Nachricht|Original Appointment|Ursprüngliche Nachricht|Antwort Nachricht|"
    r"Reply Message|"
    r"Ursprünglicher Termin|Message d'origine|Message original|Mensaje original|Mensagem original|"
    r"Messaggio originale|"
    r"Oorspronkelijk bericht|Oprindelig (?:meddelelse|besked)|Opprinnelig melding|Ursprungligt meddelande|"
    r"Alkuperäinen viesti|Wiadomość oryginalna|Oryginalna wiadomość|Původní zpráva|Pôvodná správa|Eredeti üzenet|"
    r"Mesaj original|Исходное сообщение|Оригинальное сообщение|Вихідне повідомлення|Orijinal Mesaj|Αρχικό μήνυμα|"
    r"原始邮件|原始郵件|原件|元のメッセージ|원본 메시지|원본 메일|Thư gốc|Tin nhắn gốc|Thư ban đầu"
)
_BELOW_IS_OLD = re.compile(
    rf"^[\s>*]*(?:[-_=]{{2,}}\s*(?:{_OLD})\b.{{0,60}}|\[?(?:{_OLD}) ?[-_=]{{2,}}.{{0,20}}"
    r"|\[?Original Message processed by \w.{0,40})$",
    re.IGNORECASE,
)
_REPLY_ABOVE = re.compile(
    r"^[\s>*#=_-]{0,20}(?:Please (?:type|write|enter) your reply above this line|(?:Reply|Respond|"
    r"Write) above this line|"
    r"Bitte (?:antworten|schreiben) Sie (?:oberhalb|über) dieser (?:Linie|Zeile)|"
    r"Vui lòng trả lời (?:phía )?trên dòng này)"
    r".{0,40}$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^[\s>*]*[-_=]{0,20}\s*(?:(?:Begin )?forwarded (?:message|mail|by)|Weitergeleitete Nachricht|"
    r"Anfang der weitergeleiteten "
    r"(?:Nachricht|E-?Mail)|Message transféré|Début du message (?:réexpédié|transféré)|Mensaje reenviado|"
    r"Inicio del mensaje reenviado|"
    r"Mensagem (?:encaminhada|reencaminhada)|Messaggio inoltrato|Inizio messaggio inoltrato|Doorgestuurd bericht|"
    r"Begin doorgestuurd bericht|"
    r"Videresendt (?:meddelelse|besked|melding)|Vidarebefordrat (?:meddelande|brev)|Välitetty viesti|"
    r"Wiadomość przekazana dalej|Treść przekazanej wiadomości|Přeposlaná zpráva|Továbbított (?:üzenet|levél)|"
    r"Пересылаемое сообщение|Переслане повідомлення|İletilen mesaj|İleti|转发的?邮件|"
    r"轉寄郵件|転送メッセージ|전달된 메시지|"
    r"Thư (?:đã )?(?:được )?chuyển tiếp|Tin nhắn (?:đã )?chuyển tiếp)\s*(?:[-_=:].{0,40})?$",
    re.IGNORECASE,
)

_FROM = (
    "From|Von|Từ|Người gửi|De|De la|Da|Fra|Från|Van|Od|От|От кого|Від|Від кого|Lähettäjä|Feladó|Expéditeur|"
    "Remitente|Mittente|Remetente|"
    "Avsender|Avsändare|Afsender|Gönderen|Kimden|Nadawca|Odesílatel|Από|发件人|寄件者|寄件人|差出人|送信者|보낸 ?사람"
)
_SUBJECT = (
    "Subject|Betreff|Chủ đề|Tiêu đề|Objet|Sujet|Asunto|Oggetto|Assunto|Emne|Ämne|Onderwerp|Temat|Předmět|Predmet|"
    "Aihe|Тема|Tárgy|Konu|Subiect|Θέμα|主题|主旨|件名|제목"
)
_SENT = (
    "Sent|Gesendet(?: am)?|Đã gửi|Ngày gửi|Envoyé(?: le)?|Enviad[oa](?: el| em)?|Inviato|Sendt|Skickat|Verzonden|"
    "Wysłan[oe]|Odesláno|"
    "Odoslané|Lähetetty|Отправлено|Надіслано|Küldve|Gönderildi|Trimis|Στάλθηκε|发送时间|寄件日期|送信日時|보낸 ?날짜"
)
_OTHERS = (
    "Date|To|Cc|Bcc|Reply-To|Organization|Attachments?|Importance|Priority|Sent by|On behalf of|"
    "Datum|An|Kopie|Antwort an|Antworten an|Anlagen?|Anhänge|Priorität|Wichtigkeit|Organisation|"
    "Gửi|Ngày|Thời gian|Tới|Đến|Người nhận|Gửi đến|Đồng gửi|Tệp đính kèm|Trả lời|"
    "À|A|Date d'envoi|Répondre à|Pièces jointes|Pour|"
    "Para|Fecha|Data|Risposta|Rispondi a|"
    "Til|Dato|Kopi|Till|Kopia|Svar till|Aan|Beantwoorden|Do|DW|Odpowiedz do|"
    "Komu|Kopie|Dátum|Vastaanottaja|Päivämäärä|Kopio|Кому|Дата|Копия|Копія|"
    "Címzett|Másolat|Elküldve|Gönderilme Tarihi|Kime|Tarih|Bilgi|Către|Προς|Ημερομηνία|"
    "日期|收件人|抄送|收件者|副本|日付|日時|宛先|받는 ?사람|날짜|참조"
)
_LABEL = re.compile(
    rf"^[\s>*|]{{0,12}}(?:(?P<from>{_FROM})|(?P<subject>{_SUBJECT})|(?P<sent>{_SENT})|"
    rf"(?:{_OTHERS}))\s?[*_]{{0,2}}\s?[:：]",
    re.IGNORECASE,
)
_ANY_LABEL = re.compile(r"^[\s>*|]{0,12}[^\W\d_][\w -]{1,24}[*_]{0,2}[:：]\s")
_RULE = re.compile(r"^[\s>*]*(?:[-_]{5,}|[-_] ?[-_] ?[-_][-_ ]*)\s*$")


def begins_old(lines: Sequence[str], at: int) -> bool:
    """Whether all from this line on was written before: "-----Original Message-----", or a head of labels."""
    if len(lines[at]) > LONGEST:
        return False
    return bool(_BELOW_IS_OLD.match(lines[at]) or _REPLY_ABOVE.match(lines[at])) or _is_head(lines, at)


def begins_forwarded(lines: Sequence[str], at: int) -> bool:
    """Whether a mail that the writer passes on begins here. It was sent to be read, and stays."""
    if len(lines[at]) > LONGEST or not _FORWARDED.match(lines[at]):
        return False
    return sum(bool(_LABEL.match(each)) for each in lines[at + 1 : at + 9]) >= 2


def said_until(lines: Sequence[str], at: int) -> int:
    """Return the index after lines such as "On Monday she wrote:", 0 if none begin here."""
    if not _may_open(lines[at]):
        return 0
    said, blank = "", 0
    for after, line in enumerate(lines[at : at + MOST_LINES + 2], at + 1):
        blank += not line.strip()
        said = f"{said} {line.strip()}".strip()
        if len(said) > LONGEST or blank > 1 or after - at - blank > MOST_LINES:
            return 0
        if _may_end(line) and _is_said(said):
            # The nearest line that could begin it does; but one without a date continues the line that has it.
            later = said_until(lines, at + 1) if after > at + 1 else 0
            return 0 if later == after and _DATE.search(" ".join(lines[at + 1 : after])) else after
        if blank and not _OPENS.match(lines[at]):
            return 0
    return 0


def is_sure(said: Sequence[str]) -> bool:
    """Whether such lines, joined, are surely a program's: what follows need not be marked as quoted."""
    text = " ".join(said)
    dated = bool(_DATE.search(text))
    return bool(
        (dated and (_TIME.search(text) or _ADDRESS.search(text)))
        or _ADDRESS.search(text)
        or text.strip().startswith("--")
    )


def _may_open(line: str) -> bool:
    if len(line) > LONGEST or not line.strip():
        return False
    return bool(
        _DATE.search(line) or _ADDRESS.search(line) or _SAID.search(line) or _SAID_AND_NO_COLON.match(line.strip())
    )


def _may_end(line: str) -> bool:
    return bool(line.strip()) and (line.rstrip()[-1] in ":：>-*_" or "GMT" in line)


def _is_said(text: str) -> bool:
    if text.count("<") > text.count(">"):
        return False  # the address ends on the next line
    if _DATED_ADDRESS.match(text) or _SAID_AND_NO_COLON.match(text):
        return True
    if _SAID.search(text):
        return True
    return bool(_ADDRESS_AND_COLON.search(text) and _DATE.search(text) and (_TIME.search(text) or _OPENS.match(text)))


def _is_head(lines: Sequence[str], at: int) -> bool:
    """Whether a head of labels begins here, or below a rule here: who wrote when, to whom, about what.

    Forms that a website mails have such lines too, and others among them: those are no head.
    """
    first = _below_rule(lines, at) if _RULE.match(lines[at]) else at
    if first is None or not _LABEL.match(lines[first]):
        return False
    return _tell_of_a_mail(_labelled(lines[first : first + _MOST_LABELS]))


def _below_rule(lines: Sequence[str], at: int) -> int | None:
    """Return the index of the first line that says something right below a rule, None if there is none."""
    return next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].strip()), None)


def _labelled(lines: Sequence[str]) -> list[tuple[re.Match[str], str]]:
    """Return the lines with labels that a head may have, each with its label; none where others stand among them."""
    found: list[tuple[re.Match[str], str]] = []
    for line in lines:
        if label := _LABEL.match(line):
            found.append((label, line))
        elif not line.strip() or line.startswith((" ", "\t")):
            continue  # a label's words go on
        elif _ANY_LABEL.match(line):
            return []
        elif len(found) >= 2 and len(line) > 60:
            break
    return found


def _tell_of_a_mail(found: Sequence[tuple[re.Match[str], str]]) -> bool:
    """Whether labels say who wrote, and when or about what, as only a mail's do."""
    kinds = {label[0].strip(" \t>*|_:：").casefold() for label, _ in found}
    named = any(label["from"] for label, _ in found)
    about = any(label["subject"] for label, _ in found)
    sent = any(label["sent"] for label, _ in found)
    addressed = any(_ADDRESS.search(line) for _, line in found)
    dated = any(_DATE.search(line) for _, line in found)
    return (named and (about or sent) and len(kinds) >= 3) or (addressed and len(kinds) >= 2 and (named or dated))
