"""What a clause is, on a card of a few lines: what people call it, its words, how it is written."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.editor import schema
from tantam.plan.files import Items, Mapping, Node, Scalar, at
from tantam.plan.sections.base import LANGUAGE
from tantam.plan.words import catalogue

MOST_LINES = 14
MOST_SIGNS = 160


def card(root: Mapping, path: Sequence[str], lang: str) -> str:
    """Return the clause at `path` in Markdown, its words in `lang` where it has them."""
    node = at(root, path)
    if node is None:
        return ""
    lines = _lines(node, lang, "")
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], "…"]
    body = "\n".join(lines)
    return f"**{'.'.join(path)}**\n\n```yaml\n{body}\n```" if body else f"**{'.'.join(path)}**"


def key_card(path: Sequence[str]) -> str:
    """Return what the schema says of a key, "" if it says nothing."""
    says = schema.keys_at(path[:-1]).get(path[-1], "")
    return f"**{path[-1]}**: {says}" if says else ""


def finding_card(code: str, lang: str) -> str:
    """Return what a finding's code means, "" if there is none."""
    sentences = catalogue().get(code, {})
    return f"**{code}**: {sentences.get(lang, sentences.get('en', ''))}" if sentences else ""


def _lines(node: Node, lang: str, indent: str) -> list[str]:
    match node:
        case Scalar(text=text, null=null):
            return [] if null else [f"{indent}{line}" for line in _short(text).split("\n")]
        case Items(nodes=nodes):
            return [f"{indent}- {_inline(each, lang)}" for each in nodes]
        case Mapping(entries=entries):
            if words := _words(node, lang):
                return [f"{indent}{_short(words)}"]
            lines = []
            for each in entries:
                if isinstance(each.value, Mapping) and not _words(each.value, lang):
                    lines += [f"{indent}{each.key}:", *_lines(each.value, lang, f"{indent}  ")]
                elif isinstance(each.value, Scalar) and each.value.block:
                    lines += [f"{indent}{each.key}: |", *_lines(each.value, lang, f"{indent}  ")]
                else:
                    lines.append(f"{indent}{each.key}: {_inline(each.value, lang)}")
            return lines


def _inline(node: Node, lang: str) -> str:
    match node:
        case Scalar(text=text, null=null):
            return "" if null else _short(text)
        case Items(nodes=nodes):
            return f"[{', '.join(_inline(each, lang) for each in nodes)}]"
        case Mapping(entries=entries):
            inside = ", ".join(f"{each.key}: {_inline(each.value, lang)}" for each in entries)
            return _short(_words(node, lang) or f"{{{inside}}}")


def _words(node: Mapping, lang: str) -> str:
    """Return a text by language in the one asked for, else in its first; "" for anything else."""
    said = {each.key: each.value.text for each in node.entries if isinstance(each.value, Scalar)}
    if not said or len(said) < len(node.entries) or not all(LANGUAGE.match(key) and len(key) == 2 for key in said):
        return ""
    return said.get(lang) or next(iter(said.values()))


def _short(text: str) -> str:
    text = text.rstrip()
    return text if len(text) <= MOST_SIGNS or "\n" in text else f"{text[:MOST_SIGNS]}…"
