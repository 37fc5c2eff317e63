"""How much spam is stopped, and what it costs people: `python -m bench.spam [FOLDER]`; a table of its own.

Judged by texts that the score was not computed from: those of `tests/desk/spam/texts`, by family; of the SpamAssassin
corpus (FOLDER, see tools/spam_prior.py) what was not counted and no machine says it wrote, for that is told before;
and the real texts beside the project, if they are there.
`--missed` prints what was judged wrongly; `--curve` what other limits of “stopped” would do, on two halves of the texts
that a digest of their words tells apart: whoever tries something chooses by the first, and says what the second does.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import html
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import django

from bench.mail_corpora import FOLDER, replies
from tools.spam_prior import HAM_MAILS
from tools.spam_texts import HERE, ROOT, Text, texts_in

if TYPE_CHECKING:
    from tantam.desk.spam.score import Score

HALVES = ("first", "second")
LIMITS = (8, 10, 12, 14, 16, 18, 20)
TEXTS = ROOT / "tests/desk/spam/texts"
Judged = tuple[str, Text]  # stopped, doubtful or through


def main(arguments: Sequence[str]) -> None:
    """Print a line a family, then a line of all, then how long it takes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")
    django.setup()
    folder = next((Path(each) for each in arguments if not each.startswith("-")), None)
    trained = {each.family for each in texts_in(HERE / "spam.txt")}
    spam = list(texts_in(TEXTS / "spam.txt", 1))
    families = {each.family: [text for text in spam if text.family == each.family] for each in spam}
    print("| what | texts | stopped | waits | through |\n|---|--:|--:|--:|--:|")
    known: list[Judged] = []
    for name, texts in families.items():
        known += _row(f"spam: {name}{'' if name in trained else ' (family not counted)'}", texts)
    of_mail = _row("spam: mails of 2002 (SpamAssassin, spam-2)", _mails(folder, "spam-2")) if folder else []
    _sum("**spam: written for this test**", known)
    _sum("**spam: all**", [*known, *of_mail])
    people = []
    for name, texts in _people(folder):
        people += _row(f"people: {name}", texts)
    _sum("**people: all**", people)
    if folder:  # not among them: programmers' lists, some of them about spam, and advertising that somebody had ordered
        _row("lists of 2002 (easy-ham-1, what was not counted)", _mails(folder, "easy-ham-1", HAM_MAILS))
        _row("ordered advertising of 2002 (hard-ham-1)", _mails(folder, "hard-ham-1"))
    if "--missed" in arguments:
        for verdict, text in (*known, *people):
            if (verdict == "through") == (text.family in families):
                print(f"{verdict:9} {text.family:12} {text.body[:160]!r}")
    if "--curve" in arguments:
        _curve([text for _verdict, text in (*known, *of_mail)], [text for _verdict, text in people])
    _time([text for _verdict, text in people][::7])


def _people(folder: Path | None) -> Iterator[tuple[str, list[Text]]]:
    """Yield what people brought, by where it comes from."""
    own = list(texts_in(TEXTS / "ham.txt", 1))
    for lang in ("vi", "de", "en", "ru"):
        yield f"written for this test, {lang}", [each for each in own if each.language == lang]
    beside = FOLDER.parent
    if (beside / "complaints-cfpb").is_dir():
        yield "questions to a forum about mail", [_text(each) for each in _asked(beside / "support-thunderbird-train")]
        yield "questions to a bank (banking77, test.csv)", [_text(e) for e in _banking(beside / "intents-banking77")]
        yield "mail replies", [_text(each.left) for each in replies() if not each.is_html]


def _curve(spam: Sequence[Text], people: Sequence[Text]) -> None:
    """Print a line a limit: what of spam and of people's texts would be stopped, and what would wait, by halves."""
    from tantam.desk.spam.score import DOUBTFUL

    print("\n| limit | half | spam stopped | spam waits | people stopped | people wait |\n|--:|---|--:|--:|--:|--:|")
    points: dict[tuple[int, str], list[float]] = {(kind, half): [] for kind in (0, 1) for half in HALVES}
    for kind, texts in enumerate((spam, people)):
        for each in texts:
            points[kind, _half(each)].append(_score(each).points)
    for limit in LIMITS:
        for half in HALVES:
            bad, good = points[0, half], points[1, half]
            stopped, waits = (sum(low <= each < high for each in bad) for low, high in _bounds(limit, DOUBTFUL))
            lost, looked_at = (sum(low <= each < high for each in good) for low, high in _bounds(limit, DOUBTFUL))
            shares = f"{stopped / len(bad):.1%} | {waits / len(bad):.1%}"
            print(f"| {limit} | {half} | {shares} | {lost} of {len(good)} | {looked_at} |", flush=True)


def _bounds(limit: float, doubtful: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (limit, float("inf")), (doubtful, limit)


def _half(text: Text) -> str:
    return HALVES[int(hashlib.sha256(text.body.encode("utf-8", "replace")).hexdigest()[:8], 16) % 2]


def _row(what: str, texts: Iterable[Text]) -> list[Judged]:
    judged = [(_verdict(each), each) for each in texts if each.body.strip()]
    _sum(what, judged)
    return judged


def _sum(what: str, judged: Sequence[Judged]) -> None:
    counts, all_of_them = Counter(verdict for verdict, _text in judged), max(1, len(judged))
    shares = " | ".join(f"{counts[each] / all_of_them:.1%}" for each in ("stopped", "waits", "through"))
    print(f"| {what} | {len(judged)} | {shares} |", flush=True)


def _verdict(text: Text) -> str:
    score = _score(text)
    return "stopped" if score.is_stopped else "waits" if score.is_doubtful else "through"


def _score(text: Text) -> Score:
    """Return the score of a text that nothing is known of but its words."""
    from tantam.desk.spam.names import Words, names_in
    from tantam.desk.spam.prior import shipped
    from tantam.desk.spam.score import Count, Counts, scored

    return scored(names_in(Words(body=text.body)), (), shipped(), Counts({}, Count()))


def _time(texts: Sequence[Text]) -> None:
    times = []
    for each in texts:
        begun = process_time()
        _verdict(each)
        times.append(process_time() - begun)
    times.sort()
    if times:
        half, most = (times[len(times) * each // 100] * 1000 for each in (50, 99))
        print(f"\nA score takes {half:.2f} ms of a core (median), {most:.2f} ms (99 of 100), of {len(times)} texts.")


def _text(body: str) -> Text:
    return Text("people", "", body)


def _asked(folder: Path) -> Iterator[str]:
    """Yield what people asked in English; to answer is another manner of writing."""
    csv.field_size_limit(10_000_000)
    with gzip.open(folder / "questions_2023Q2.csv.gz", "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["locale"].startswith("en"):
                yield re.sub(r"<[^>]*>", " ", html.unescape(f"{row['title']}\n{row['content']}"))


def _banking(folder: Path) -> Iterator[str]:
    with (folder / "test.csv").open(encoding="utf-8") as rows:
        yield from (each["text"] for each in csv.DictReader(rows))


def _mails(folder: Path | None, name: str, since: int = 0) -> list[Text]:
    from tantam.desk.channels.email.reading import read

    files = sorted((folder / name).glob("*.txt"))[since:] if folder else []
    mails = (read(each.read_bytes()) for each in files)
    return [Text(name, "en", f"{mail.subject}\n{mail.words}") for mail in mails if not mail.automatic]


if __name__ == "__main__":
    main(sys.argv[1:])
