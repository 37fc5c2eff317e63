"""What is left of a reply once its quotes are cut, beside two libraries: `python -m bench.mail_replies`.

A table of its own, for a share has no ratio. Each collection decides by its own tests what must be left; white space
does not count. `right`: mails of which exactly that is left. `lost`: characters that should be left and are not,
`quoted`: characters that should not be left and are, each in a hundred of those it could be.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.mail_corpora import Reply, posts, replies
from tantam.desk.channels.email.plain import text_of_html
from tantam.desk.channels.email.quotes import without_quotes

Cut = Callable[[Reply], str]


@dataclass(slots=True)
class Score:
    """Sums over mails: of mails, and of characters."""

    mails: int = 0
    right: int = 0
    own: int = 0
    lost: int = 0
    old: int = 0
    quoted: int = 0

    def add(self, text: str, left: str, got: str) -> None:
        lost, quoted = _apart(left, got)
        self.mails += 1
        self.right += left == got
        self.own += len(left)
        self.lost += lost
        self.old += max(len(text) - len(left), 0)
        self.quoted += quoted

    def cells(self) -> tuple[str, str, str]:
        return f"{self.right}/{self.mails}", _share(self.lost, self.own), _share(self.quoted, self.old)


def main(arguments: Sequence[str]) -> None:
    """Print the table; with `--wrong`, what of ours is not as expected; with `--posts`, what is cut from no replies."""
    all_of_them = list(replies())
    if not all_of_them:
        print("The collections are not beside the project.")
        return
    if "--posts" in arguments:
        _print_posts()
        return
    if "--wrong" in arguments:
        _print_wrong(all_of_them)
        return
    cuts = dict(_cuts())
    print("| collection | language |", " | ".join(f"{name}: right | lost | quoted" for name in cuts), "|")
    print("|---|---|", "|".join("--:|--:|--:" for _ in cuts), "|", sep="")
    for corpus, tongue, some in _groups(all_of_them):
        scores = [_score(cut, some) for cut in cuts.values()]
        print(f"| {corpus} | {tongue} |", " | ".join(cell for each in scores for cell in each.cells()), "|")


def _groups(all_of_them: Iterable[Reply]) -> Iterable[tuple[str, str, list[Reply]]]:
    """Yield (collection, language, mails), each collection's whole first."""
    by_corpus: dict[str, dict[str, list[Reply]]] = defaultdict(lambda: defaultdict(list))
    for each in all_of_them:
        by_corpus[each.corpus]["all"].append(each)
        by_corpus[each.corpus][each.tongue].append(each)
    for corpus, by_tongue in by_corpus.items():
        for tongue, some in by_tongue.items():
            if len(by_tongue) > 2 or tongue == "all":
                yield corpus, tongue, some


def _cuts() -> Iterable[tuple[str, Cut]]:
    yield "ours", _ours
    try:
        from mailparser_reply import EmailReplyParser
        from mailparser_reply.constants import MAIL_LANGUAGES

        theirs = EmailReplyParser(languages=list(MAIL_LANGUAGES))
        yield "mail-parser-reply", lambda reply: theirs.parse_reply(_plain(reply)) or ""
    except ImportError:
        print("mail-parser-reply is not installed.", file=sys.stderr)
    try:
        from email_reply_parser import EmailReplyParser as Github

        yield "email_reply_parser", lambda reply: Github.parse_reply(_plain(reply))
    except ImportError:
        print("email_reply_parser is not installed.", file=sys.stderr)


def _ours(reply: Reply) -> str:
    return without_quotes(_plain(reply))


def _plain(reply: Reply) -> str:
    return text_of_html(reply.text) if reply.is_html else reply.text


def _score(cut: Cut, some: Iterable[Reply]) -> Score:
    score = Score()
    for each in some:
        score.add(*(_bare(part) for part in (_plain(each), _left(each), cut(each))))
    return score


def _left(reply: Reply) -> str:
    return text_of_html(reply.left) if reply.is_html and "<" in reply.left else reply.left


def _bare(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def _apart(left: str, got: str) -> tuple[int, int]:
    """Return how many characters only `left` has and how many only `got` has, where they differ."""
    start = next((at for at, (a, b) in enumerate(zip(left, got)) if a != b), min(len(left), len(got)))
    left, got = left[start:], got[start:]
    end = next((at for at, (a, b) in enumerate(zip(left[::-1], got[::-1])) if a != b), min(len(left), len(got)))
    mine, theirs = Counter(left[: len(left) - end]), Counter(got[: len(got) - end])
    return (mine - theirs).total(), (theirs - mine).total()


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _print_posts() -> None:
    count = cut = lost = 0
    for each in posts():
        left = _bare(without_quotes(each))
        count, cut, lost = count + 1, cut + (left != _bare(each)), lost + len(_bare(each)) - len(left)
    print(f"{count} posts, something is cut from {cut}: {lost} characters")


def _print_wrong(all_of_them: Iterable[Reply]) -> None:
    for each in all_of_them:
        left, got = _left(each), _ours(each)
        if _bare(left) != _bare(got):
            print(f"#### {each.corpus} {each.name}\n--- expected\n{left[:1500]}\n--- got\n{got[:1500]}")


if __name__ == "__main__":
    main(sys.argv[1:])
