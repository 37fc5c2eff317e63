"""Turns the bytes of a mail into text, whatever they are declared to be: every byte becomes some letter.

Programs name one charset and write another: UTF-8 under the name of Latin-1, GBK under that of GB2312. What is valid
UTF-8 is read as that, whatever is claimed; the Vietnamese charsets that Python lacks are here as tables.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

# The upper half of each charset, from 0x80 on (RFC 1456; TCVN 5712:1993), and what lies below 0x20.
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_TCVN = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN_LOW = dict(zip((0x01, 0x02, 0x04, 0x05, 0x06, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17), "ÚỤỪỬỮỨỰỲỶỸÝỴ"))
_TABLES = {
    name: {n: chr(n) for n in range(0x80)} | low | {0x80 + n: letter for n, letter in enumerate(upper)}
    for names, low, upper in (
        (("viscii", "viscii11", "csviscii", "viscii111"), _VISCII_LOW, _VISCII),
        (("tcvn", "tcvn5712", "tcvn57121", "tcvn57121993", "xviettcvn5712", "tcvn3"), _TCVN_LOW, _TCVN),
    )
    for name in names
}
# What a name means in practice: the larger charset that programs write under it.
_IN_PRACTICE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "ksc56011987": "cp949",
    "shift_jis": "cp932",
    "xsjis": "cp932",
    "windows31j": "cp932",
    "xgbk": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis620": "cp874",
    "iso8859-8-i": "iso8859-8",
    "iso88598i": "iso8859-8",
    "iso2022_jp": "iso2022_jp_3",
    "xmacroman": "mac-roman",
    "utf8mb4": "utf-8",
    "windows1258": "cp1258",
}
# Python can decode these; no mail is written in them, and some take ever longer.
_NO_CHARSETS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem")
_SEVEN_BITS = ("iso2022", "utf-7", "hz")
_META = re.compile(rb"<meta[^>]{1,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def text_of(raw: bytes, declared: str = "") -> str:
    """Return the bytes as text. declared: the charset that they are said to be in, "" if that is not said."""
    name = _plain(declared)
    if table := _TABLES.get(name):
        return unicodedata.normalize("NFC", "".join(table[each] for each in raw))
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(raw) % 2 == 0:
        return raw.decode("utf-16", "replace")
    codec = _codec(declared)
    if not (codec and codec.startswith(("utf-16", "utf-32", *_SEVEN_BITS))):
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    if codec and codec != "utf-8":
        return _decoded(raw, codec)
    return raw.decode("utf-8", _ONE_BY_ONE)


def charset_of_html(raw: bytes) -> str:
    """Return the charset that a page declares in itself, "" if it does not."""
    found = _META.search(raw[:4_000])
    return found[1].decode("ascii") if found else ""


def _decoded(raw: bytes, codec: str) -> str:
    try:
        text = raw.decode(codec)
    except (UnicodeError, ValueError):
        text = raw.decode(codec, "replace")
        if text.count("\ufffd") * 10 > len(text):  # it is something else altogether
            return raw.decode("utf-8", _ONE_BY_ONE)
    return unicodedata.normalize("NFC", text)


def _codec(declared: str) -> str:
    """Return the name of the codec to try, "" if there is none of that name."""
    for each in (declared, _plain(declared)):
        try:
            found = codecs.lookup(each.strip(" \"'") or "-")
        except (LookupError, ValueError, UnicodeError):
            continue
        if found.name in _NO_CHARSETS or not found._is_text_encoding:
            return ""
        return _IN_PRACTICE.get(found.name, found.name)
    return _IN_PRACTICE.get(_plain(declared), "")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower()[:60])


def _one_by_one(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252, one by one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_ONE_BY_ONE = "tantam.one-by-one"
codecs.register_error(_ONE_BY_ONE, _one_by_one)
