"""Takes the lines off a text by which OpenPGP signs it in place (RFC 9580, 7). Nothing is proved by that."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----[ ]{0,9}\n(?:[A-Za-z-]{1,30}: .{0,100}\n){0,8}[ ]{0,9}\n")
_SEALED, _ENDS = "\n-----BEGIN PGP SIGNATURE-----\n", "-----END PGP SIGNATURE-----"
_DASHED = re.compile(r"^- (?=-)", re.MULTILINE)


def without_armour(text: str) -> str:
    """Return the text without what signs it; what stands around it stays."""
    kept, at = [], 0
    while begins := _BEGINS.search(text, at):
        sealed = text.find(_SEALED, begins.end() - 1)
        ends = text.find(_ENDS, sealed + len(_SEALED)) if sealed >= 0 else -1
        if ends < 0:  # nor does any later one
            break
        kept += [text[at : begins.start()], _DASHED.sub("", text[begins.end() : sealed]), "\n"]
        at = _behind(text, ends + len(_ENDS))
    return "".join(kept) + text[at:]


def _behind(text: str, at: int) -> int:
    """Return the index after the spaces and the line end that stand at `at`."""
    rest = text[at : at + 200]
    bare = rest.lstrip(" ")
    return at + len(rest) - len(bare) + bare.startswith("\n")
