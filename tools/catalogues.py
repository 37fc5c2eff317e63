"""Compiles the catalogues: of each language, our strings over those that Django and allauth lack, into one file.

Run as `python -m tools.catalogues`; the wheel's build hook calls `compile_all`.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent.parent / "src/tantam/locale"
LANGUAGES = ("vi", "de")
SOURCES = ("vendor.po", "django.po")


def compile_all(locales: Path = LOCALES) -> list[Path]:
    """Write one django.mo a language from vendor.po and django.po; ours win. Return the files written."""
    return [_compile(locales / lang / "LC_MESSAGES", lang) for lang in LANGUAGES]


def compile_stale(locales: Path = LOCALES) -> None:
    """Compile only if a source is newer than what was made of it."""
    for lang in LANGUAGES:
        folder = locales / lang / "LC_MESSAGES"
        made = folder / "django.mo"
        newest = max((each.stat().st_mtime for each in folder.glob("*.po")), default=0.0)
        if not made.exists() or made.stat().st_mtime < newest:
            _compile(folder, lang)


def _compile(folder: Path, lang: str) -> Path:
    together = Catalog(locale=lang)
    for name in SOURCES:
        source = folder / name
        if not source.exists():
            continue
        with source.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id and message.string and not message.fuzzy:
                    together.delete(message.id, message.context)
                    together[message.id] = message
    made = folder / "django.mo"
    made.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed: a reader never sees half a catalogue.
    aside = made.with_suffix(".mo.new")
    with aside.open("wb") as file:
        write_mo(file, together)
    aside.replace(made)
    return made


if __name__ == "__main__":
    for each in compile_all():
        print(each)
