"""Takes the marks off letters, so that what is written with and without them compares alike."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return the text in lower case without marks: `Tháng` as `thang`, `Đỗ` as `do`, `Straße` as `strasse`."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(each for each in apart if not unicodedata.combining(each))
