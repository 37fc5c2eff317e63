"""The texts of a plan with their clauses: what each says in which language, and where in the files it says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

from tantam.plan.errors import Place
from tantam.plan.files.merge import TEXTS_FILE
from tantam.plan.files.nodes import Mapping, Scalar, at, walk
from tantam.plan.files.sources import Source
from tantam.plan.files.yaml import parse

Path = tuple[str | int, ...]
TEXTS = "texts"
# Where a plain text is one in the company's own language.
SAID = ("mission", "commitment", "label", "ask", "because", "care", "words", "title")


@dataclass(frozen=True, slots=True)
class Home:
    """Where something is written: the file, and the path in it."""

    file: str
    path: Path


@dataclass(slots=True)
class Text:
    """One text. clause: its address. words: by language. homes: where each is written.

    around: the mapping by language, for a language more; None where the words stand alone, or in files of a language.
    """

    clause: str
    place: Place
    words: dict[str, str] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)
    around: Home | None = None

    def source(self, own: str) -> tuple[str, str]:
        """Return the language to translate from and the words in it: the company's own, else the first there is."""
        language = own if own in self.words else next(iter(self.words))
        return language, self.words[language]


def texts_of(sources: tuple[Source, ...], languages: tuple[str, ...]) -> dict[str, Text]:
    """Return the plan's texts by clause, in the order of the files. languages: the company's, its own first."""
    found: dict[str, Text] = {}
    for source in sources:
        root, _ = parse(source)
        if not isinstance(root, Mapping):
            continue
        if match := TEXTS_FILE.match(PurePath(source.name).name):
            _of_language(source, root, match[1], found)
        else:
            _of_sections(source, root, languages, found)
    return found


def head(root: Mapping) -> Path:
    """Return where the texts of a file of one language stand: at its root, or below a head `texts:`."""
    return (TEXTS,) if [each.key for each in root.entries] == [TEXTS] and isinstance(at(root, [TEXTS]), Mapping) else ()


def _of_language(source: Source, root: Mapping, language: str, found: dict[str, Text]) -> None:
    above = head(root)
    keys = at(root, above)
    for entry in keys.entries if isinstance(keys, Mapping) else ():
        if isinstance(entry.value, Scalar) and not entry.value.null:
            text = found.setdefault(f"{TEXTS}.{entry.key}", Text(f"{TEXTS}.{entry.key}", entry.key_place))
            text.words[language] = entry.value.text
            text.homes[language] = Home(source.name, (*above, entry.key))


def _of_sections(source: Source, root: Mapping, languages: tuple[str, ...], found: dict[str, Text]) -> None:
    for path, node in walk(root):
        clause = ".".join(map(str, path))
        if isinstance(node, Mapping) and _by_language(node, languages):
            text = found.setdefault(clause, Text(clause, node.place))
            text.around = Home(source.name, path)
            for each in node.entries:
                text.words[each.key] = str(each.value.plain())
                text.homes[each.key] = Home(source.name, (*path, each.key))
        elif isinstance(node, Scalar) and not node.null and _said(path) and node.text.strip():
            text = found.setdefault(clause, Text(clause, node.place))
            text.words[languages[0]] = node.text
            text.homes[languages[0]] = Home(source.name, path)


def _by_language(node: Mapping, languages: tuple[str, ...]) -> bool:
    return bool(node.entries) and all(
        each.key in languages and isinstance(each.value, Scalar) and not each.value.null for each in node.entries
    )


def _said(path: Path) -> bool:
    return bool(path) and (path[-1] in SAID or (len(path) == 2 and path[0] == TEXTS))
