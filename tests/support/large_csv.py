"""A large file of customers, broken in its middle in every way that files are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HEAD = "id,name,email,phone,note\n"
EVERY = 2_000  # rows between two that are broken
BROKEN = (
    b'K%d,"Never closed,n%d@x.example,,\n',
    b"K%d,B\xecnh %d,b@x.example,,\n",
    b"K%d,Too few %d\n",
    b"K%d,Too many %d,m@x.example,,,,,x\n",
    b"K%d,No mail %d,no mail,,\n",
    b"K%d,Nothing %d,,,\x00\xff\xfe\n",
    b"K%d,Too long %d,l@x.example,," + b"x" * 250_000 + b"\n",
)


@dataclass(frozen=True, slots=True)
class Large:
    """A file, with how many rows of it are good and how many broken."""

    path: Path
    good: int
    broken: int


def write_large(path: Path, size: int, note: int = 2_000) -> Large:
    """Return a file of about `size` bytes. note: letters of each row's longest cell."""
    good = broken = written = 0
    text = "ghi chú dài " * (note // 12)
    with path.open("wb") as file:
        written += file.write(HEAD.encode())
        while written < size:
            number = good + broken
            if number % EVERY == EVERY // 2:
                written += file.write(BROKEN[broken % len(BROKEN)] % (number, number))
                broken += 1
            else:
                phone = f"+849{number % 100_000_000:08}"
                row = f"K{number},Nguyễn Văn {number},k{number}@x.example,{phone},{text}\n"
                written += file.write(row.encode())
                good += 1
    return Large(path, good, broken)
