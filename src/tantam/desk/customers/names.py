"""What a customer's name is found by: the folded name from each of its words on, so that one index answers."""

from __future__ import annotations

from tantam.folding import folded

MOST_WORDS = 8
MOST_BYTES = 80


def words(text: str) -> list[str]:
    """Return the words of a name or a search, folded: `Đỗ-Hữu Phước` as do, huu, phuoc."""
    kept = "".join(each if each.isalnum() else " " for each in folded(text))
    return kept.split()


def tails(name: str) -> list[bytes]:
    """Return the name from each of its first MOST_WORDS words on, each at most MOST_BYTES: `thi hoa`, `hoa`."""
    found = words(name)
    return [" ".join(found[place:]).encode()[:MOST_BYTES] for place in range(min(len(found), MOST_WORDS))]
