"""Translations back into the YAML: each is looked at, taken or left out with a finding; the files keep their layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from tantam.plan.errors import Finding, NotEditable, Place, Severity
from tantam.plan.files.archive.rows import Archived, same
from tantam.plan.files.archive.texts import TEXTS, Path, Text, head
from tantam.plan.files.edit import edited_all
from tantam.plan.files.events import HIDING, REFUSED
from tantam.plan.files.merge import TEXTS_FILE
from tantam.plan.files.nodes import Mapping as Keys
from tantam.plan.files.rendered import Value, block, scalar
from tantam.plan.files.sources import Source
from tantam.plan.files.yaml import parse
from tantam.plan.nearest import listed

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Brought:
    """sources: those that change, or are new. taken: how many translations. findings: why others were left out."""

    sources: tuple[Source, ...]
    taken: int
    findings: tuple[Finding, ...]


def brought(sources: tuple[Source, ...], texts: Mapping[str, Text], own: str, archive: Iterable[Archived]) -> Brought:
    """Return the plan's files with the translations of an archive. own: the company's own language."""
    findings: list[Finding] = []
    changes: dict[str, list[tuple[Path, Value]]] = {}
    taken = 0
    for row in archive:
        text = texts.get(row.clause)
        if text is None:
            findings += [_found("F42", Severity.WARNING, place, row.clause) for _, place in row.into.values()][:1]
            continue
        for language, words, place in _new(row, text, own):
            wrong = _wrong(row, text, own, (language, words), place)
            if wrong:
                findings.append(wrong)
                continue
            file, path, value = _change(sources, text, own, language, _ended(words, text, own))
            changes.setdefault(file, []).append((path, value))
            taken += 1
    files = {each.name: each for each in sources}
    done = tuple(_changed(files.get(name), name, each) for name, each in changes.items())
    return Brought(done, taken, tuple(findings))


def _new(row: Archived, text: Text, own: str) -> Iterator[tuple[str, str, Place]]:
    """Yield the translations that differ from the plan's; those that a translator left as doubtful do not count."""
    for language, (cell, place) in row.into.items():
        words = cell.words.replace("\r\n", "\n")
        known = text.words.get(language, "")
        if (
            words.strip()
            and not (row.doubtful and cell.stale)
            and not same(words, known)
            and language != text.source(own)[0]
        ):
            yield language, words, place


def _wrong(row: Archived, text: Text, own: str, said: tuple[str, str], place: Place) -> Finding | None:
    """Return why a translation cannot be taken, or None."""
    language, words = said
    known, source = text.source(own)
    if not same(row.words if known == own or known not in row.into else row.into[known][0].words, source):
        return _found("F41", Severity.WARNING, place, row.clause, lang=language, now=_short(source))
    wanted, got = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(words))
    if wanted != got:
        args = {"expected": listed(sorted(wanted)) or "–", "got": listed(sorted(got)) or "–"}
        return _found("F40", Severity.ERROR, place, row.clause, lang=language, **args)
    if match := REFUSED.search(words) or HIDING.search(words):
        return _found("F11", Severity.ERROR, place, row.clause, character=f"U+{ord(match.group()):04X}")
    return None


def _ended(words: str, text: Text, own: str) -> str:
    """Return the words with as many line ends as what they translate."""
    _, source = text.source(own)
    return words.rstrip() + source[len(source.rstrip()) :]


def _change(sources: tuple[Source, ...], text: Text, own: str, language: str, words: str) -> tuple[str, Path, Value]:
    """Return the file, the path in it, and what shall stand there."""
    if home := text.homes.get(language):
        return home.file, home.path, words
    if text.around:
        return text.around.file, (*text.around.path, language), words
    known = text.source(own)[0]
    home = text.homes[known]
    files = {each.name: each for each in sources}
    of_languages = [each for each in files if TEXTS_FILE.match(PurePath(each).name)]
    if text.clause.startswith(f"{TEXTS}.") and of_languages:
        folder = PurePath(home.file).parent
        name = str(folder / f"{TEXTS}.{language}.yaml")
        root = parse(files[name])[0] if name in files else None
        above = head(root) if isinstance(root, Keys) else ()
        return name, (*above, text.clause.removeprefix(f"{TEXTS}.")), words
    return home.file, home.path, {known: text.words[known], language: words}


def _changed(source: Source | None, name: str, changes: list[tuple[Path, Value]]) -> Source:
    if source is None or parse(source)[0] is None:
        text = source.text if source else ""
        for path, value in changes:
            text += f"{scalar(str(path[-1]), flow=False)}:{block(value, 2)}\n"
        return Source(name, text)
    merged: dict[Path, Value] = {}
    for path, value in changes:
        before = merged.get(path)
        merged[path] = {**before, **value} if isinstance(before, Mapping) and isinstance(value, Mapping) else value
    try:
        return edited_all(source, list(merged.items()))
    except NotEditable as problem:
        raise NotEditable(name, [str(each) for each in next(iter(merged))]) from problem


def _found(code: str, severity: Severity, place: Place, clause: str, /, **args: object) -> Finding:
    return Finding(code, severity, place, clause=clause, args={"clause": clause, "file": place.file, **args})


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:60] + "…"
