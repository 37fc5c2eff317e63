"""Knows what stands below a letter: the signature after `--`, "Sent from my phone", a list's footer."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_FOOTER = 8  # lines of a list's footer that say something
LONGEST_SIGNATURE = 20  # lines that say something, below a line of dashes that is not quite the delimiter
DELIMITER = "-- "  # RFC 3676, 4.3
LONGEST_LINE = 120  # characters of a line that is no more than a signature's
_DASHES = re.compile(r"^\s{0,3}(?:--|—)\s*$")
_UNDERSCORES = re.compile(r"^\s*_{5,}\s*$")
_ORNAMENT = re.compile(r"^[\s*]*(?:[-_=~+#*—–]{2,}|ᐧ)[\s*]*$")
_SIGNED = re.compile(r"^-[^\W\d_][\w.']*(?: [^\W\d_][\w.']*){0,2}[.!]?$")
_DEVICE = re.compile(
    r"^[\s<(\[*_-]{0,6}(?:"
    r"Sent (?:from|via|with|using|by) (?:\[?(?:my|our|a|the) )?(?:\[?(?:mobile|cell|phone|tablet|iphone|ipad|ipod|"
    r"android|galaxy|"
    r"blackberry|outlook|yahoo|gmail|proton|mail(?:box|spring)?|airmail|sparrow|windows|samsung|huawei|xiaomi|"
    r"oppo|htc|nokia|"
    r"sony|lg|alcatel|verizon|at&t|t-mobile|ti-\d+|acompli|spark|superhuman|thunderbird|nine|aqua|email|"
    r"smartphone|my mobile)\b"
    r"|(?<=my )(?:[\w-]+ ){0,4}[\w-]+[.!]?\W{0,3}$)|"
    r"Get (?:\[?Outlook|\[?BlueMail|TypeApp)|From my (?:iphone|ipad|android|mobile|phone)|"
    r"Von (?:meine[mr]|unterwegs|iPhone|iPad|Samsung|Android|Outlook)\b.{0,60}gesendet|Gesendet (?:von|mit|über|"
    r"aus) |"
    r"Diese (?:Nachricht|E-?Mail|Mail) wurde (?:von|mit) .{3,80} gesendet|Holen Sie sich Outlook|Hol dir Outlook|"
    r"Gửi từ |Được gửi từ |Đã gửi từ |Tải Outlook|Tải về Outlook|"
    r"Envoyé (?:depuis|de mon|à partir de|avec) |Téléchargez Outlook|Obtenez Outlook|"
    r"Enviado (?:desde|do|de|a partir do|con) |Enviada do |Obtener Outlook|Obter o Outlook|Descarga Outlook|"
    r"Inviato (?:da|dal|con) |Scarica Outlook|Ottieni Outlook|"
    r"Sendt fra |Hent Outlook|Få Outlook|Skickat från |Hämta Outlook|Verzonden (?:vanaf|met|vanuit|via) |"
    r"Verstuurd vanaf |"
    r"Outlook voor .{3,20} downloaden|Download Outlook|Lähetetty |Hanki Outlook|Wysłan[eoy] z |Pobierz Outlook|"
    r"Odesláno z |Odoslané z |Získat Outlook|Отправлено (?:с|из) |Надіслано з |Скачать Outlook|Küldve |"
    r"(?:iPhone|iPad|Samsung|Android)\S* ?(?:cihazımdan|'?umdan|'?imdan)? ?(?:gönderildi|lähetetty|küldve)|"
    r"從我的 ?.{2,30} ?傳送|从我的 ?.{2,30} ?发送|发自我的|發自我的|"
    r".{2,30}から送信|나의 .{2,30}에서 보냄|내 .{2,30}에서 보냄"
    r")",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[,.;!?]\s+\S", re.IGNORECASE)
_EXCUSE = re.compile(r"excuse|pardon|forgive|typo|brevity|apolog|entschuldig|kürze|lỗi|thông cảm", re.IGNORECASE)


def signed_at(lines: Sequence[str]) -> int:
    """Return the index of the first line of the signature or footer, else how many lines there are.

    A line of `--` counts only if nothing below it is marked as quoted: else somebody may answer there. Without the
    space that belongs behind it, it counts only if little is below: else it may be the writer's own division.
    """
    quoted = max((at for at, each in enumerate(lines) if each.lstrip().startswith(">")), default=-1)
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= line.lstrip().startswith("```")
        if fenced or len(line) > LONGEST_LINE:
            continue
        if _DASHES.match(line) and at > quoted and (line == DELIMITER or _is_short(lines[at + 1 :])):
            return at
        if _UNDERSCORES.match(line) and _is_footer(lines[at + 1 : at + 1 + 2 * LONGEST_FOOTER]):
            return at
    return len(lines)


def without_trimmings(lines: Sequence[str]) -> list[str]:
    """Return the lines without what stands at their end: blank lines, ornaments, the device, "-Anna"."""
    kept = list(lines)
    while kept and (_is_trimming(kept[-1]) or _is_between_devices(kept, lines) or _is_name(kept)):
        kept.pop()
    return kept


def names_device(line: str) -> bool:
    """Whether the line says no more than what the mail was sent from."""
    if len(line) > LONGEST_LINE or not (found := _DEVICE.match(line)):
        return False
    rest = re.sub(r"https?://\S+|<[^>]*>|\([^)]*\)", "", line[found.end() :])
    return not _GOES_ON.search(rest) or bool(_EXCUSE.search(rest))


def _is_short(below: Sequence[str]) -> bool:
    return sum(bool(each.strip()) for each in below) <= LONGEST_SIGNATURE


def _is_footer(below: Sequence[str]) -> bool:
    said = [each for each in below if each.strip()]
    return 0 < len(said) <= LONGEST_FOOTER and any("@" in each or "://" in each for each in said)


def _is_trimming(line: str) -> bool:
    return not line.strip() or (len(line) <= LONGEST_LINE and bool(_ORNAMENT.match(line))) or names_device(line)


def _is_between_devices(kept: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether the last line kept is a short one with such lines both below it and right above it."""
    above = next((each for each in reversed(kept[:-1]) if each.strip()), "")
    below = lines[len(kept)] if len(kept) < len(lines) else ""
    return len(kept[-1].split()) <= 4 and names_device(above) and names_device(below)


def _is_name(kept: Sequence[str]) -> bool:
    """Whether the last line is the writer's name behind a dash, and no item of a list."""
    if len(kept[-1]) > LONGEST_LINE or not _SIGNED.match(kept[-1]) or not kept[-1][1].isupper():
        return False
    above = [each for each in kept[:-1] if each.strip()]
    return bool(above) and not any(each.lstrip().startswith(("-", "*", "•")) for each in above)
