"""Cuts what a reply quotes from the end of it. Thin: when in doubt, the text stays."""

from __future__ import annotations

import re

# "On Mon, 3 Feb 2025 … wrote:", "Am 3. Februar 2025 schrieb …:", "Vào … đã viết:"; may run over three lines.
_SAID = re.compile(
    r"^[ >*]*(?:On|Am|Le|El|Vào|Ngày)\b.{0,300}?(?:wrote|schrieb|a écrit|escribió|viết)\b.{0,160}:[ *]*$",
    re.IGNORECASE,
)
_SAID_IN_A_LINE = re.compile(r"^[ >*]*\S.{0,160}(?:wrote|schrieb|đã viết)\s?:[ *]*$", re.IGNORECASE)
_BELOW_IS_OLD = re.compile(
    r"^[ >*]*(?:[-_]{2,}\s*(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|Forwarded message|"
    r"Weitergeleitete Nachricht|Thư gốc|Tin nhắn gốc|Thư đã chuyển tiếp|Reply message)\b.*|_{10,}\s*)$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^[ >*]*(?:From|Von|Từ|De)\s?:\*? .+", re.IGNORECASE)
_MORE_OF_A_HEAD = re.compile(
    r"^[ >*]*(?:Sent|Date|To|Subject|Gesendet|Datum|An|Betreff|Đã gửi|Ngày|Tới|Đến|Chủ đề)\s?:", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^-- ?$")
MOST_BELOW = 4  # lines of one's own below what is quoted
LONGEST_HEAD = 500  # characters of "On Monday she wrote:", over all its lines
_SENT_FROM = re.compile(r"^(?:Sent from my|Gesendet von|Von meinem .{2,30} gesendet|Gửi từ|Được gửi từ)\b.{0,60}$")


def without_quotes(text: str) -> str:
    """Return what the writer wrote; all of it where nothing would be left."""
    lines = [each.rstrip() for each in text.split("\n")]
    kept = lines[: _end(lines)]
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith(">") or _SENT_FROM.match(kept[-1])):
        kept.pop()
    return "\n".join(kept).strip("\n") if any(each.strip() for each in kept) else text.strip()


def _end(lines: list[str]) -> int:
    """Return the index of the first line that is no longer the writer's own."""
    only_quotes = _only_quotes(lines)
    for at, line in enumerate(lines):
        if _BELOW_IS_OLD.match(line) or _is_head(lines, at) or _SIGNATURE.match(line):
            return at
        if (after := _said_until(lines, at)) and after >= only_quotes:
            return at
    return len(lines)


def _is_head(lines: list[str], at: int) -> bool:
    """Whether a forwarded head begins here: From, and two more of its lines near by."""
    return (
        bool(_FROM.match(lines[at])) and sum(bool(_MORE_OF_A_HEAD.match(each)) for each in lines[at + 1 : at + 6]) >= 2
    )


def _said_until(lines: list[str], at: int) -> int:
    """Return the index after a line such as "On Monday she wrote:", 0 if none begins here."""
    if len(lines[at]) <= LONGEST_HEAD and _SAID_IN_A_LINE.match(lines[at]):
        return at + 1
    said = ""
    for after, line in enumerate(lines[at : at + 3], at + 1):
        said = f"{said} {line.strip()}".strip()
        if not line.strip() or len(said) > LONGEST_HEAD:
            return 0
        if _SAID.match(said):
            return after
    return 0


def _only_quotes(lines: list[str]) -> int:
    """Return the first line from which on nobody answers between the quoted lines; a few own words may end them."""
    quoted = [at for at, line in enumerate(lines) if line.lstrip().startswith(">")]
    last = quoted[-1] if quoted else -1
    own = sorted({at for at, line in enumerate(lines) if line.strip()} - set(quoted))
    if sum(at > last for at in own) > MOST_BELOW:
        return last + 1
    return max((at for at in own if at < last), default=-1) + 1
