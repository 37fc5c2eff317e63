"""Findings, clauses and outlines as the Language Server Protocol shows them; columns in the client's own units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types as lsp
from pygls.workspace import PositionCodec, ServerTextPosition, ServerTextRange

from tantam.editor.outline import Item
from tantam.plan.errors import Finding, Place, Severity

WEIGHTS = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
NEVER_USED = ("K54", "K55", "K56", "K57", "K58", "K93")
_THING = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s|,\]}]+")


def range_at(place: Place, lines: Sequence[str], codec: PositionCodec) -> lsp.Range:
    """Return the range of what stands at a place, up to the end of its word, name or quote."""
    line = min(place.line, max(len(lines), 1)) - 1
    text = lines[line].rstrip("\n") if line < len(lines) else ""
    start = min(place.column - 1, len(text))
    thing = _THING.match(text, start)
    end = thing.end() if thing else min(start + 1, len(text))
    whole = ServerTextRange(ServerTextPosition(line, start), ServerTextPosition(line, max(end, start)))
    return codec.range_to_client_units(lines, whole)


def diagnostic(finding: Finding, lang: str, lines: Sequence[str], codec: PositionCodec) -> lsp.Diagnostic:
    """Return a finding with its next step in its message, and other places that belong to it."""
    related = [
        lsp.DiagnosticRelatedInformation(lsp.Location(uri_of(each.file), _point(each)), finding.sentence(lang))
        for each in finding.related
    ]
    return lsp.Diagnostic(
        range=range_at(finding.place, lines, codec),
        message="\n".join(filter(None, (finding.sentence(lang), finding.next_step(lang)))),
        severity=WEIGHTS[finding.severity],
        code=finding.code,
        source="tantam",
        tags=[lsp.DiagnosticTag.Unnecessary] if finding.code in NEVER_USED else None,
        related_information=related or None,
    )


def symbol(item: Item, lines: Sequence[str], codec: PositionCodec) -> lsp.DocumentSymbol:
    """Return one line of an outline with all below it."""
    own = range_at(item.place, lines, codec)
    last = max(item.last - 1, own.end.line)
    text = lines[last] if last < len(lines) else ""
    end = codec.position_to_client_units(lines, ServerTextPosition(last, len(text.rstrip("\n"))))
    end = max(end, own.end, key=lambda each: (each.line, each.character))
    return lsp.DocumentSymbol(
        name=item.name,
        kind=lsp.SymbolKind.Module if item.below else lsp.SymbolKind.Key,
        range=lsp.Range(own.start, end),
        selection_range=own,
        children=[symbol(each, lines, codec) for each in item.below],
    )


def uri_of(file: str) -> str:
    """Return the address of a file."""
    return Path(file).resolve().as_uri()


def _point(place: Place) -> lsp.Range:
    at = lsp.Position(place.line - 1, place.column - 1)
    return lsp.Range(at, at)
