"""Vietnamese: how a time is named, and which sentences commit us."""

from __future__ import annotations

import re

from tantam.plan.vows.pieces import After, Day, Half, Hour, Piece, a_date, an_hour, number, one_of, rule

NUMBERS = dict(
    zip(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), range(1, 11), strict=True)
) | {
    "mười một": 11,
    "mười hai": 12,
    "bẩy": 7,
}
_MANY = NUMBERS | {"mười lăm": 15, "hai mươi": 20, "ba mươi": 30, "vài": 3, "nửa": 0, "một hai": 2}
_WEEKDAYS = {
    "thứ hai": 0, "thứ ba": 1, "thứ tư": 2, "thứ năm": 3, "thứ sáu": 4, "thứ bảy": 5, "chủ nhật": 6,
    "thứ 2": 0, "thứ 3": 1, "thứ 4": 2, "thứ 5": 3, "thứ 6": 4, "thứ 7": 5, "t2": 0, "t3": 1, "t4": 2, "t5": 3,
    "t6": 4, "t7": 5, "cn": 6,
}  # fmt: skip
_HALVES = {
    "sáng": Half.MORNING,
    "trưa": Half.NOON,
    "chiều": Half.AFTERNOON,
    "tối": Half.EVENING,
    "đêm": Half.EVENING,
}
_N, _M, _W, _H = (one_of(each) for each in (NUMBERS, _MANY, _WEEKDAYS, _HALVES))
_HALF = rf"(?:\s*(?P<half>{_H})\b)?"


def _half(m: re.Match[str]) -> Half | None:
    return _HALVES[m["half"].lower()] if m["half"] else None


def _written(m: re.Match[str]) -> Piece | tuple[Piece, ...] | None:
    minute = 30 if (m["m"] or "").lower() == "rưỡi" else int(m["m"] or 0)
    hour = number(m["h"], NUMBERS)
    if m["less"]:
        hour, minute = hour - 1, 60 - number(m["less"], _MANY)
    half = _half(m)
    found = an_hour(hour, minute, sure=m["h"].startswith("0"), half=half)
    return found if half is None or found is None else (found, half)


def _between(m: re.Match[str]) -> Piece | None:
    first, second, half = number(m["h"], NUMBERS), number(m["h2"], NUMBERS), _half(m)
    later = 12 if half in (Half.AFTERNOON, Half.EVENING) else 0
    begins, ends = (each + later if each < 12 else each for each in (first, second))
    if begins > 23 or ends > 23:
        return None
    return Hour(begins, int(m["m"] or 0), bool(later) or first > 12, until=(ends, int(m["m2"] or 0)))


def _weekday(m: re.Match[str]) -> Piece:
    coming = " ".join((m["next"] or "").lower().split())
    weeks = 1 if coming.startswith("tuần") and not coming.endswith("này") else None
    return Day(weekday=_WEEKDAYS[" ".join(m["day"].lower().split())], weeks=weeks)


def _span(m: re.Match[str]) -> Piece | None:
    many, unit = number(m["n"], _MANY), m["unit"].lower()
    if unit == "phút":
        return After(minutes=many)
    if unit in ("tiếng", "giờ", "h", "giờ đồng hồ"):
        return After(minutes=30 if m["n"].lower() == "nửa" else 60 * many + (30 if m["more"] else 0))
    if unit == "tuần":
        return After(days=7 * many)
    return After(days=many, working="làm việc" in unit)


TIMES = (
    rule(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", lambda m: a_date(m[3], m[2], m[1])),
    rule(
        r"\b(?:ngày |hôm |mùng |mồng )?(\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?\b", lambda m: a_date(m[1], m[2], m[3])
    ),
    rule(r"\b(?:ngày |hôm )?(\d{1,2})[/](\d{1,2})(?:/(\d{4}|\d{2}))?\b", lambda m: a_date(m[1], m[2], m[3])),
    rule(r"\b(?:ngày |hôm )(\d{1,2})-(\d{1,2})(?:-(\d{4}))?\b", lambda m: a_date(m[1], m[2], m[3])),
    rule(
        rf"\b(?:từ |khoảng |giữa )?(?P<h>\d{{1,2}})(?:\s*(?:giờ|h|:)\s*(?P<m>\d\d)?)?\s*(?:-|–|đến|tới"
        rf"|và)\s*(?P<h2>\d{{1,2}})\s*(?:giờ|h|:)\s*(?P<m2>\d\d)?{_HALF}",
        _between,
    ),
    rule(
        rf"(?:\btrong(?: vòng)?|\bsau)(?: khoảng)? (?P<n>\d{{1,3}}|{_M}) (?P<unit>phút|giờ đồng hồ"
        rf"|tiếng|giờ|h|ngày làm việc|ngày|tuần)\b(?P<more> rưỡi)?",
        _span,
    ),
    rule(rf"\b(?P<n>\d{{1,3}}|{_M}) (?P<unit>phút|tiếng|ngày làm việc)(?P<more> rưỡi)? nữa\b", _span),
    rule(r"\btrong (?:hôm nay|ngày hôm nay|ngày)\b", lambda m: Day(days=0)),
    rule(
        rf"\b(?P<h>\d{{1,2}}|{_N})\s*(?:giờ|h(?=\b|\d))\s*(?P<m>\d{{2}}(?!\d)"
        rf"|rưỡi)?(?:\s*phút)?(?:\s*kém (?P<less>\d{{1,2}}|{_M}))?{_HALF}(?!\s*(?:trước|nữa|đồng hồ))",
        _written,
    ),
    rule(rf"\b(?P<h>\d{{1,2}}):(?P<m>\d\d)(?P<less>)\b{_HALF}", _written),
    rule(r"\b(?:ngày )?(?:mốt|kia)\b", lambda m: Day(days=2)),
    rule(r"\bngày mai\b|\bmai\b(?! mốt)", lambda m: Day(days=1)),
    rule(r"\bhôm nay\b|\btrong ngày\b|\bcuối ngày\b|\bcuối giờ\b", lambda m: Day(days=0)),
    rule(rf"\b({_H}) nay\b", lambda m: (Day(days=0), _HALVES[m[1].lower()])),
    rule(rf"\b(?P<day>{_W})\b(?:\s*(?P<next>tuần (?:này|sau|tới)|tới|này))?", _weekday),
    rule(r"\btuần (?:sau|tới)\b", lambda m: Day(last="week", weeks=1)),
    rule(r"\bcuối tuần(?: này)?\b", lambda m: Day(last="weekend")),
    rule(r"\b(?:trong )?tuần này\b", lambda m: Day(last="week")),
    rule(r"\bcuối tháng(?: này)?\b", lambda m: Day(last="month")),
    rule(rf"\b(?:buổi )?({_H})\b", lambda m: _HALVES[m[1].lower()]),
)

_US = (
    r"(?:bên em|bên mình|bên tôi|chúng em|chúng tôi|chúng mình|em|tôi|mình|shop|cửa hàng|công ty"
    r"|trung tâm|bộ phận kỹ thuật|"
    r"(?:anh |bạn |nhân viên )?kỹ thuật(?: viên)?(?: bên em)?"
    r"|nhân viên(?: giao hàng)?(?: bên em)?|đồng nghiệp(?: của em)?|thợ(?: bên em)?)"
)
_DO = (
    r"(?:gọi|báo|gửi|phản hồi|liên hệ|liên lạc|chuyển|giao|qua|đến|tới|ghé|trả lời|hoàn|đổi|xử lý|kiểm tra|cập nhật|"
    r"nhắn|trả|mang|lắp|sửa|xong|hẹn|hứa|cam kết|nhờ|cho người|cho thợ|điện|thông báo|bố trí|sắp xếp)"
)
COMMITS = re.compile(
    rf"\b{_US} (?:(?:cũng|chắc chắn|nhất định) )?(?:sẽ|xin hẹn|hẹn|hứa|xin hứa|cam kết)\b"
    rf"|\b{_US} (?:xin |xin phép )?{_DO}\b|\bđể (?:em|tôi|mình|bên em) {_DO}\b"
    rf"|\bsẽ (?:có )?(?:{_DO}).* (?:ạ|nhé)\b|\b(?:anh|chị|anh/chị|quý khách|mình"
    rf") sẽ nhận được\b.*\b(?:bên em|chúng tôi|của em|từ em)\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:không|chưa|chẳng|đã|vừa|từng|hôm qua|hôm trước|hôm kia|tuần trước|có lẽ|có thể|chắc là"
    r"|cố gắng|nghỉ|đóng cửa|mở cửa|làm việc (?:từ|đến)|cần anh|cần chị|mong anh|mong chị|chờ anh"
    r"|chờ chị|đợi anh|đợi chị)\b",
    re.IGNORECASE,
)
DEPENDS = re.compile(
    r"^\W*(?:dạ |vâng |nhưng |và )?(?:nếu|khi|khi nào|hễ|sau khi|trường hợp|giả sử|lỡ|một khi|chừng nào|ngay khi)\b",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"^\W*(?:dạ |vâng )?nếu (?:anh|chị|anh/chị|quý khách|mình|cô|chú|bác|ông|bà)? ?(?:tiện|đồng ý"
    r"|không phiền|rảnh|được)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"^\W*(?:vì|do|bởi|tại|mà|để|cho|kẻo|dù)\b|\b(?:nếu|khi nào|sau khi|vì|do|mà anh|mà chị"
    r"|hàng đặt|đặt hôm|mua hôm)\b",
    re.IGNORECASE,
)
CALLS = re.compile(  # điện alone is in the name of half of what a shop sells: nồi cơm điện, hóa đơn điện tử
    r"\b(?:gọi|alo|a lô)\b|\b(?:sẽ|xin|em|mình|cháu|tôi) điện(?! (?:tử|máy|lạnh|nước))\b"
    r"|\b(?:phép|mai|sáng|trưa|chiều|tối|nay|giờ|phút|\d+h\d*) điện (?:thoại )?(?:lại|báo|cho)\b",
    re.IGNORECASE,
)
VISITS = re.compile(
    r"\b(?:ghé|(?:đến|tới|qua)(?: tận)? (?:nhà|chỗ|nơi|tận nơi|xem|kiểm tra|lắp|sửa|lấy|đo"
    r"|bảo hành))\b|\b(?:kỹ thuật|thợ)\b.*\b(?:đến|tới|qua)\b",
    re.IGNORECASE,
)
MEETS = re.compile(r"\b(?:lịch hẹn|hẹn gặp|cuộc hẹn)\b", re.IGNORECASE)
