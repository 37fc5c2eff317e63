"""Takes the lines off a text by which OpenPGP signs it in place (RFC 9580, 7). Nothing is proved by that."""

from __future__ import annotations

import re

_SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ ]*\n(?:[A-Za-z-]{1,30}: .{0,100}\n){0,8}[ ]*\n"
    r"(?P<text>.*?)\n-----BEGIN PGP SIGNATURE-----\n.*?-----END PGP SIGNATURE-----[ ]*(?:\n|$)",
    re.DOTALL,
)
_DASHED = re.compile(r"^- (?=-)", re.MULTILINE)


def without_armour(text: str) -> str:
    """Return the text without what signs it; what stands around it stays."""
    if "-----BEGIN PGP SIGNED MESSAGE-----" not in text:
        return text
    return _SIGNED.sub(lambda found: _DASHED.sub("", found["text"]) + "\n", text)
