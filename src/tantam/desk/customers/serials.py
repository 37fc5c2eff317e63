"""Serial numbers in one written form, so that one number is one unit however it is typed."""

from __future__ import annotations

import unicodedata


def kept(written: str) -> str:
    """Return a serial as it is kept: capital letters and digits alone; "" for what holds neither."""
    plain = unicodedata.normalize("NFKC", written).upper()
    return "".join(each for each in plain if each.isalnum())
