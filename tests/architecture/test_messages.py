"""Every string that the desk says is said in vi and de as well, with the same placeholders."""

from __future__ import annotations

import ast
import re
from collections import Counter

import polib
import pytest

from tests.support.sources import dotted, modules
from tools.catalogues import LANGUAGES, LOCALES, compile_all
from tools.messages import KEYWORDS, aliases, made_for, ours, vendors

PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")
# An f-string, a sum or a call: what the catalogue never saw. A name may hold a string marked before.
BUILT = (ast.JoinedStr, ast.BinOp, ast.Call)
TAG = re.compile(r"</?\w+")


def catalogue(lang: str, name: str) -> polib.POFile:
    return polib.pofile(str(LOCALES / lang / "LC_MESSAGES" / name))


def translated(lang: str, name: str) -> set[tuple[str, str]]:
    return {(each.msgctxt or "", each.msgid) for each in catalogue(lang, name) if each.translated()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_strings_are_all_translated(lang: str) -> None:
    known = translated(lang, "django.po")
    missing = sorted({f"{each.path}: {each.msgid}" for each in ours() if each.key not in known})
    assert not missing, "Run python -m tools.messages, then translate:\n" + "\n".join(missing)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_strings_that_django_and_allauth_lack_are_translated(lang: str) -> None:
    file = catalogue(lang, "vendor.po")
    assert not [each.msgid for each in file if not each.translated()]
    if file.metadata["X-Made-For"] != made_for():
        pytest.skip(f"vendor.po was made for {file.metadata['X-Made-For']}; run python -m tools.messages")
    known = translated(lang, "vendor.po")
    assert not sorted(each.msgid for each in vendors(lang) if each.key not in known)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["django.po", "vendor.po"])
def test_translations_keep_placeholders_and_tags(lang: str, name: str) -> None:
    changed = [
        f"{entry.msgid!r} -> {text!r}"
        for entry in catalogue(lang, name)
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and not _same_marks(entry, text)
    ]
    assert not changed, "\n".join(changed)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["django.po", "vendor.po"])
def test_no_translation_is_a_guess(lang: str, name: str) -> None:
    assert not [each.msgid for each in catalogue(lang, name) if each.fuzzy]


def test_compiled_catalogues_speak(tmp_path: object) -> None:
    from django.utils import translation
    from django.utils.translation import gettext, ngettext

    compile_all()
    with translation.override("vi"):
        assert gettext("Sign In") == "Đăng nhập"
        assert ngettext("%(num)d day", "%(num)d days", 3) % {"num": 3} == "3 ngày"
    with translation.override("de"):
        assert gettext("Password-based authentication") == "Anmeldung mit Passwort"


def test_no_string_is_put_together_before_it_is_translated() -> None:
    built = [
        f"{module.path}:{call.lineno}"
        for module in modules("src/tantam")
        for functions in [KEYWORDS | aliases(module.tree)]
        for name, call in module.calls()
        if name in functions and any(isinstance(each, BUILT) for each in call.args[: _texts(functions[name])])
    ]
    assert not built, "A translated string is a literal with named placeholders, filled in afterwards."


def test_no_string_is_said_inside_another() -> None:
    inside = [
        f"{module.path}:{node.lineno}"
        for module in modules("src/tantam")
        for functions in [KEYWORDS | aliases(module.tree)]
        for outer in ast.walk(module.tree)
        if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer)
        if isinstance(node, ast.Call) and dotted(node.func) in functions
        if any(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in node.args)
    ]
    assert not inside, "Python before 3.12 shows nobody what an f-string says: its translation would be missed."


def _texts(name: str) -> int:
    """Return how many of a function's first arguments are strings; the number of a plural may be computed."""
    return 2 if name.startswith(("ngettext", "pgettext")) else 3 if name.startswith("npgettext") else 1


def _same_marks(entry: polib.POEntry, text: str) -> bool:
    """Whether `text` has the placeholders and tags of one of the entry's forms (one form may name no number)."""
    forms = [form for form in (entry.msgid, entry.msgid_plural) if form]
    return any(_marks(form) == _marks(text) for form in forms)


def _marks(text: str) -> Counter[str]:
    return Counter(set(PLACEHOLDER.findall(text))) + Counter(TAG.findall(text))
