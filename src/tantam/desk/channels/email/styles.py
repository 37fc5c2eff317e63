"""How a letter looks: each piece's rules once, written onto its element for mail programs, as a sheet for the guide.

The colours are those of tantam.css, in the form that mail programs know. The desk speaks in sans, the plan in serif.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

_SANS = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
_SERIF = "ui-serif,'New York','Noto Serif',Cambria,'Times New Roman',serif"
_INK, _QUIET, _LINE, _ACCENT = "#162428", "#505e61", "#dbd9d2", "#005f61"

LIGHT: Mapping[str, str] = {
    "paper": f"margin:0;padding:24px 20px 40px;background:#fcfbf7;color:{_INK}",
    "sheet": f"max-width:560px;margin:0 auto;font:400 16px/1.55 {_SANS};color:{_INK};overflow-wrap:break-word",
    "name": f"margin:0 0 24px;padding:0 0 0 12px;border-left:3px solid {_ACCENT};color:{_INK};"
    f"font:600 17px/1.3 {_SANS}",
    "said": "margin:0 0 16px",
    "plan": f"margin:0 0 16px;font-family:{_SERIF}",
    "signed": "margin:24px 0 0",
    "foot": f"margin:28px 0 0;padding:20px 0 0;border-top:1px solid {_LINE}",
    "where": f"margin:0 0 14px;font-size:14px;color:{_QUIET}",
    "way": "margin:0 0 14px",
    "go": f"display:inline-block;padding:11px 18px;border-radius:6px;background:{_ACCENT};color:#fdfcf8;"
    "font-weight:600;text-decoration:none",
    "url": "margin:0;font-size:13px",
    "link": f"color:{_ACCENT};overflow-wrap:anywhere",
    "quote": f"margin:28px 0 0;padding:0 0 0 14px;border-left:2px solid {_LINE};font-size:14px;color:{_QUIET}",
    "whose": "margin:0 0 8px",
    "block": "margin:0;padding:0",
    "words": "margin:0 0 10px",
    "stop": f"margin:28px 0 0;padding:16px 0 0;border-top:1px solid {_LINE};font-size:13px;color:{_QUIET}",
}
DARK: Mapping[str, str] = {
    "paper": "background:#11191a;color:#e9e8e2",
    "sheet": "color:#e9e8e2",
    "name": "color:#e9e8e2;border-color:#7cd3cd",
    "foot": "border-color:#2f3a3c",
    "where": "color:#a0acac",
    "go": "background:#7cd3cd;color:#031a1b",
    "link": "color:#7cd3cd",
    "quote": "border-color:#2f3a3c;color:#a0acac",
    "stop": "border-color:#2f3a3c;color:#a0acac",
}


def on_elements() -> dict[str, SafeString]:
    """Return the attributes of each piece for a mail: its class, for the dark form, and its rules."""
    return {name: mark_safe(f'class="ml-{name}" style="{rules}"') for name, rules in LIGHT.items()}  # noqa: S308 - ours


def by_class() -> dict[str, SafeString]:
    """Return the attributes of each piece where a sheet brings the rules."""
    return {name: mark_safe(f'class="ml-{name}"') for name in LIGHT}  # noqa: S308 - ours


def dark_rules() -> SafeString:
    """Return the rules of the dark form, stronger than those on the elements."""
    lines = (f".ml-{name}{{{_strong(rules)}}}" for name, rules in DARK.items())
    return mark_safe("\n".join(lines))  # noqa: S308 - ours


def sheet() -> str:
    """Return the style sheet of a page that shows letters, dark within data-theme="dark"."""
    light = [f".ml-{name}{{{rules}}}" for name, rules in LIGHT.items()]
    dark = [f'[data-theme="dark"] .ml-{name}{{{rules}}}' for name, rules in DARK.items()]
    return "\n".join([*light, *dark]) + "\n"


def _strong(rules: str) -> str:
    return ";".join(f"{each} !important" for each in rules.split(";"))
