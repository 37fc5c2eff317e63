"""The language server: what an editor says and asks over standard input, answered from the plan it has open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Hashable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.server import LanguageServer

from tantam import __version__
from tantam.editor import cards, names, schema, shown
from tantam.editor.cursor import Cursor, cursor_at
from tantam.editor.outline import Item, outline
from tantam.editor.waiting import Waiting
from tantam.editor.whole import Whole, belongs_to_plan, of_open_files, plan_of, read_whole
from tantam.plan.files import Source, at, key_place_of
from tantam.plan.words import LANGUAGES

TRIGGERS = [" ", "|", "{", "[", ","]
log = logging.getLogger(__name__)


class PlanServer(LanguageServer):
    """Holds the plans of the files that are open.

    lang: in which findings are said (vi, de, en). outlines: by open file. told: by plan, the files told to be wrong.
    """

    def __init__(self) -> None:
        super().__init__("tantam", __version__)
        self.lang = "en"
        self.wholes: dict[Path, Whole] = {}
        self.outlines: dict[str, tuple[Item, ...]] = {}
        self.told: dict[Path, set[str]] = {}
        self.waiting = Waiting(self.check)

    def unsaved(self) -> dict[Path, str]:
        """Return the text of every open file."""
        documents = self.workspace.text_documents.items()
        return {path: each.source for uri, each in documents if (path := path_of(uri)) is not None}

    def whole(self, uri: str) -> Whole:
        """Return the plan that a file belongs to, as last read; read now if it never was."""
        path, unsaved = path_of(uri) or Path(), self.unsaved()
        plan = plan_of(path, unsaved)
        if plan not in self.wholes:
            self.wholes[plan] = read_whole(plan, unsaved, datetime.now(UTC))
        return self.wholes[plan]

    async def check(self, changed: set[Hashable]) -> None:
        """Read the plans of the files that changed, and tell what is wrong with them."""
        unsaved = self.unsaved()
        files = [each for each in changed if isinstance(each, Path) and belongs_to_plan(each, unsaved)]
        for plan in dict.fromkeys(plan_of(each, unsaved) for each in files):
            try:
                whole = await asyncio.to_thread(read_whole, plan, unsaved, datetime.now(UTC))
            except Exception:  # the editor must outlive whatever somebody types
                log.exception("The plan %s could not be checked.", plan)
                continue
            before = self.wholes.get(plan)
            if whole.plan is None and before and len(before.root.entries) > len(whole.root.entries):
                whole = replace(whole, root=before.root)  # half a line hides no names
            self.wholes[plan] = whole
            self.publish(plan, whole, unsaved)
        self.wholes = of_open_files(self.wholes, self.unsaved())

    def publish(self, plan: Path, whole: Whole, unsaved: dict[Path, str]) -> None:
        """Tell the editor what is wrong in each file of the plan; nothing, where it was and is no more."""
        texts = {shown.uri_of(each.name): each.text.splitlines(keepends=True) for each in whole.sources}
        texts |= {path.as_uri(): text.splitlines(keepends=True) for path, text in unsaved.items()}
        codec = self.workspace.position_codec
        found: dict[str, list[lsp.Diagnostic]] = {shown.uri_of(each.name): [] for each in whole.sources}
        for each in whole.findings:
            uri = shown.uri_of(each.place.file or str(plan))
            found.setdefault(uri, []).append(shown.diagnostic(each, self.lang, texts.get(uri, []), codec))
        for uri in self.told.get(plan, set()) - found.keys():
            found[uri] = []
        self.told[plan] = {uri for uri, diagnostics in found.items() if diagnostics}
        for uri, diagnostics in found.items():
            document = self.workspace.text_documents.get(uri)
            version = document.version if document else None
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics, version))

    def cursor(self, uri: str, position: lsp.Position) -> Cursor:
        """Return where in the plan a position of an open file is."""
        lines = self.workspace.get_text_document(uri).lines
        column = self.workspace.position_codec.position_from_client_units(lines, position).character
        return cursor_at([each.rstrip("\r\n") for each in lines], position.line, column)


def path_of(uri: str) -> Path | None:
    """Return the path of a file's address, None if it is on no disk."""
    path = uris.to_fs_path(uri)
    return Path(path).resolve() if path else None


def server() -> PlanServer:
    """Return a server with everything that it answers."""
    made = PlanServer()
    _listen(made)
    _answer(made)
    return made


def _listen(made: PlanServer) -> None:
    @made.feature(lsp.INITIALIZE)
    def _initialize(self: PlanServer, asked: lsp.InitializeParams) -> None:
        options = asked.initialization_options
        wanted = options.get("lang") if isinstance(options, dict) else None
        lang = str(wanted or asked.locale or "en")[:2]
        self.lang = lang if lang in LANGUAGES else "en"

    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def _opened(self: PlanServer, told: lsp.DidOpenTextDocumentParams) -> None:
        self.waiting.changed(path_of(told.text_document.uri))

    @made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def _changed(self: PlanServer, told: lsp.DidChangeTextDocumentParams) -> None:
        self.waiting.changed(path_of(told.text_document.uri))

    @made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def _saved(self: PlanServer, told: lsp.DidSaveTextDocumentParams) -> None:
        self.waiting.changed(path_of(told.text_document.uri))

    @made.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def _closed(self: PlanServer, told: lsp.DidCloseTextDocumentParams) -> None:
        self.outlines.pop(told.text_document.uri, None)
        self.waiting.changed(path_of(told.text_document.uri))

    @made.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _elsewhere(self: PlanServer, told: lsp.DidChangeWatchedFilesParams) -> None:
        for each in told.changes:
            self.waiting.changed(path_of(each.uri))

    @made.feature(lsp.SHUTDOWN)
    def _shutdown(self: PlanServer, *_: object) -> None:
        self.waiting.stop()


def _answer(made: PlanServer) -> None:
    @made.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=TRIGGERS))
    def _completion(self: PlanServer, asked: lsp.CompletionParams) -> lsp.CompletionList:
        whole, cursor = self.whole(asked.text_document.uri), self.cursor(asked.text_document.uri, asked.position)
        return lsp.CompletionList(False, completions(whole, cursor))

    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def _hover(self: PlanServer, asked: lsp.HoverParams) -> lsp.Hover | None:
        whole, cursor = self.whole(asked.text_document.uri), self.cursor(asked.text_document.uri, asked.position)
        told = hover(whole, cursor, self.lang)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, told)) if told else None

    @made.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def _definition(self: PlanServer, asked: lsp.DefinitionParams) -> lsp.Location | None:
        whole, cursor = self.whole(asked.text_document.uri), self.cursor(asked.text_document.uri, asked.position)
        path = names.meaning(whole.root, cursor)
        if path is None:
            return None
        place = key_place_of(whole.root, path)
        lines = next((each.text.splitlines(True) for each in whole.sources if each.name == place.file), [])
        found = shown.range_at(place, lines, self.workspace.position_codec)
        return lsp.Location(shown.uri_of(place.file), found)

    @made.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def _symbols(self: PlanServer, asked: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        uri = asked.text_document.uri
        document = self.workspace.get_text_document(uri)
        found = outline(Source(str(path_of(uri)), document.source)) or self.outlines.get(uri, ())
        self.outlines[uri] = found
        codec = self.workspace.position_codec
        return [shown.symbol(each, document.lines, codec) for each in found]


def completions(whole: Whole, cursor: Cursor) -> list[lsp.CompletionItem]:
    """Return what may stand at the cursor: names of the plan, fixed values, or keys with what they mean."""
    found = [
        lsp.CompletionItem(name, kind=lsp.CompletionItemKind.Reference, detail=section)
        for name, section in names.may_stand(whole.root, cursor)
    ]
    if cursor.value:
        values = [] if cursor.cell else schema.values_at(cursor.path)
        return found + [lsp.CompletionItem(each, kind=lsp.CompletionItemKind.EnumMember) for each in values]
    return [
        lsp.CompletionItem(
            key, kind=lsp.CompletionItemKind.Property, documentation=says or None, insert_text=f"{key}: "
        )
        for key, says in schema.keys_at(cursor.path).items()
    ]


def hover(whole: Whole, cursor: Cursor, lang: str) -> str:
    """Return what the word at the cursor is, in Markdown, "" if it is nothing in particular."""
    if cursor.path[:1] == ("checks",) and (told := cards.finding_card(cursor.word, lang)):
        return told
    if not cursor.value and (told := cards.key_card((*cursor.path, cursor.word))):
        own = at(whole.root, (*cursor.path, cursor.word))
        return told if own is None else f"{told}\n\n{cards.card(whole.root, (*cursor.path, cursor.word), lang)}"
    path = names.meaning(whole.root, cursor)
    return cards.card(whole.root, path, lang) if path else ""
