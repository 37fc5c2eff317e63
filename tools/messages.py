"""Gathers every string the desk says into the catalogues of vi and de, and what Django and allauth leave untranslated.

    python -m tools.messages            merge, keep what is translated, drop what nobody says any more; list what lacks
    python -m tools.messages --missing  only list what still lacks a translation (exit 1 if anything does)

django.po holds our strings, vendor.po those of Django and allauth; both compile into one django.mo.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from tools.catalogues import LANGUAGES, LOCALES, compile_all

PACKAGE = LOCALES.parent
TEMPLATES = ("*.html", "*.txt", "*.xml", "*.svg")
FUNCTIONS = ("gettext", "ngettext", "pgettext", "npgettext")
KEYWORDS = {"_": "gettext", "gettext_noop": "gettext"} | {
    name + ending: name for name in FUNCTIONS for ending in ("", "_lazy")
}
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
PLURALS = {"vi": "nplurals=1; plural=0;", "de": "nplurals=2; plural=(n != 1);"}

# Whose strings we complete: package, its catalogue, and the places in it that we show ("" for all).
VENDORS = (
    ("django", "conf/locale", ("",)),
    ("django", "contrib/auth/locale", ("",)),
    ("django", "contrib/admin/locale", ("",)),
    ("django", "contrib/contenttypes/locale", ("",)),
    ("django", "contrib/sessions/locale", ("",)),
    ("allauth", "locale", ("account/", "templates/account/", "templates/allauth/")),
)
# Pages of theirs that the desk never shows: the greeting of an empty project, the names of other languages.
HIDDEN = ("views/templates/default_urlconf.html", "conf/global_settings.py", "conf/locale/__init__.py")
DISTRIBUTIONS = ("Django", "django-allauth")


@dataclass(frozen=True)
class Said:
    """One string: its context and plural if any, and the file that says it."""

    msgid: str
    plural: str
    context: str
    path: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one entry of a catalogue."""
        return self.context, self.msgid


def ours() -> list[Said]:
    """Return every string of our Python and templates, by file, in the order they stand there."""
    found: list[Said] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            found += _strings(path.read_bytes(), path)
    for pattern in TEMPLATES:
        for path in sorted(PACKAGE.rglob(pattern)):
            if "templates" in path.parts:
                found += _strings(_as_code(path), path)
    return found


def _as_code(template: Path) -> bytes:
    """Return what a template says as calls in Python, none indented: how its tags stand is nothing to the tokenizer."""
    code = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    return "\n".join(line.lstrip() for line in code.splitlines()).encode()


def _strings(code: bytes, path: Path) -> Iterator[Said]:
    name = path.relative_to(PACKAGE.parent.parent).as_posix()
    known = KEYWORDS | (aliases(ast.parse(code)) if path.suffix == ".py" else {})
    for _, called, given, _ in extract_python(io.BytesIO(code), list(known), (), {"encoding": "utf-8"}):
        texts = [each or "" for each in (given if isinstance(given, tuple) else (given,))]
        function = known[called]
        context = texts.pop(0) if "pgettext" in function and len(texts) > 1 else ""
        if texts and texts[0]:
            plural = texts[1] if function.startswith("n") and len(texts) > 1 else ""
            yield Said(texts[0], plural, context, name)


def aliases(tree: ast.Module) -> dict[str, str]:
    """Return {name here: function} of the functions that a module imports under another name."""
    return {
        each.asname: KEYWORDS[each.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for each in node.names
        if each.asname and each.name in KEYWORDS
    }


def vendors(lang: str) -> list[Said]:
    """Return the strings that Django and allauth show here and have no translation for in `lang`."""
    found = []
    for package, folder, places in VENDORS:
        locale = _root(package) / folder
        known = _translated(locale / lang / "LC_MESSAGES/django.po")
        for entry in polib.pofile(str(locale / "en/LC_MESSAGES/django.po")):
            where = [path for path, _ in entry.occurrences if path.startswith(places) and path not in HIDDEN]
            key = (entry.msgctxt or "", entry.msgid)
            if where and key not in known and not entry.obsolete:
                found.append(Said(entry.msgid, entry.msgid_plural, key[0], f"{package}/{where[0]}"))
    return found


def _root(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed; run make setup.")
    return Path(spec.origin).parent


def _translated(path: Path) -> set[tuple[str, str]]:
    if not path.exists():
        return set()
    return {(each.msgctxt or "", each.msgid) for each in polib.pofile(str(path)) if each.translated()}


def merge(path: Path, lang: str, said: Iterable[Said]) -> polib.POFile:
    """Write `said` to the catalogue at `path`, with the translations it already has; return it."""
    before = {}
    if path.exists():
        before = {(each.msgctxt or "", each.msgid): each for each in polib.pofile(str(path))}
    places: dict[tuple[str, str], list[str]] = {}
    merged = polib.POFile(wrapwidth=110)
    merged.metadata = HEADER | {"Language": lang, "Plural-Forms": PLURALS[lang]}
    merged.metadata["X-Made-For"] = made_for()
    for each in said:
        if each.key not in places:
            merged.append(_entry(each, before.get(each.key), lang))
        places.setdefault(each.key, []).append(each.path)
    for entry in merged:
        entry.occurrences = [(each, "") for each in dict.fromkeys(places[entry.msgctxt or "", entry.msgid])]
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".po.new")
    merged.save(str(aside))
    aside.replace(path)
    return merged


def _entry(said: Said, before: polib.POEntry | None, lang: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=said.msgid, msgctxt=said.context or None, msgid_plural=said.plural)
    if "%(" in said.msgid + said.plural:
        entry.flags = ["python-format"]
    if said.plural:
        forms = 1 if lang == "vi" else 2
        kept = before.msgstr_plural if before else {}
        entry.msgstr_plural = {form: kept.get(form, "") for form in range(forms)}
    elif before:
        entry.msgstr = before.msgstr
    return entry


def made_for() -> str:
    """Return the versions whose gaps vendor.po fills."""
    return ", ".join(f"{each} {version(each)}" for each in DISTRIBUTIONS)


def main(arguments: list[str]) -> int:
    """Merge, or with --missing only read; either way, list what lacks a translation."""
    missing = 0
    said = ours()
    for lang in LANGUAGES:
        folder = LOCALES / lang / "LC_MESSAGES"
        for name, strings in (("django.po", said), ("vendor.po", vendors(lang))):
            if "--missing" not in arguments:
                merge(folder / name, lang, strings)
            known = _translated(folder / name)
            lacking = {each.key: each for each in strings if each.key not in known}
            missing += len(lacking)
            print(f"{lang}/{name}: {len({each.key for each in strings})} strings, {len(lacking)} untranslated")
            for each in lacking.values():
                print(f"  {each.path}: {each.msgid!r}")
    if "--missing" not in arguments:
        compile_all()
    return 1 if missing and "--missing" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
