"""What is written to customers and colleagues, for programs: said at once or kept as drafts, with files and macros."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import FileResponse, Http404, HttpResponse
from ninja import Query, Schema, Status
from pydantic import Field

from tantam.desk.accounts.models import Person
from tantam.desk.api.cases import FileShown, file_shown
from tantam.desk.api.errors import Invalid
from tantam.desk.api.moves import act
from tantam.desk.api.room import Room
from tantam.desk.api.shown import Done, Name
from tantam.desk.api.token import Asking
from tantam.desk.api.told import CaseRef, Id, PageAsked, Told, first, numbered, paged
from tantam.desk.cases import actions, attachments, drafts, macros
from tantam.desk.cases.access import case_for
from tantam.desk.cases.drafts import Pressed
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import Case, Draft, Macro
from tantam.desk.common.uploads import SeveralFiles
from tantam.desk.files import serving, store

room = Room("writing", "read:cases", "write:cases")
router = room.router
Mode = Literal["reply", "ask", "note"]


class Said(Told):
    """What is said. settles: a reply that settles the case, with the usual words if there are none."""

    body: str = Field("", max_length=20_000)
    settles: bool = Field(False, description="A reply that settles the case.")
    any_hour: bool = Field(False, description="It goes out in the customer's quiet hours, too.")


class Typed(Told):
    """What is being written."""

    body: str = Field("", max_length=20_000)


class SaidShown(Schema):
    """message: what was said. held: the draft that goes out at held_until, if it can be taken back till then."""

    message: str
    held: str
    held_until: datetime | None


class DraftShown(Schema):
    """What somebody is writing in a case. held_until: it was sent, and goes out then."""

    id: str
    person: Name
    mode: str
    body: str
    changed_at: datetime
    held_until: datetime | None
    files: list[FileShown]


class MacroIn(Told):
    """A text ready to send, by language, and what it does besides, as [{"do": "tag", "tag": "urgent"}]."""

    name: str = Field(min_length=1, max_length=80)
    texts: dict[str, str] = Field(default_factory=dict, max_length=10)
    shortcut: str = Field("", max_length=24)
    does: list[dict[str, str | int]] = Field(default_factory=list, max_length=10)
    topics: list[str] = Field(default_factory=list, max_length=50)
    stages: list[str] = Field(default_factory=list, max_length=20)
    personal: bool = False


class MacroShown(Schema):
    """A text ready to send. personal: only its owner sees it."""

    id: str
    name: str
    shortcut: str
    texts: dict[str, str]
    does: list[dict[str, Any]]
    topics: list[str]
    stages: list[str]
    personal: bool
    used: int


class MacroPage(Schema):
    """A page of texts."""

    items: list[MacroShown]
    next: str


class MacroUsed(Told):
    """Behind which words the text is put, and for which mode."""

    body: str = Field("", max_length=20_000)
    mode: Mode = "reply"


class FilledShown(Schema):
    """The words that were put in. lang: of the text; wanted: the customer's; missing: places that stayed empty."""

    text: str
    lang: str
    wanted: str
    missing: list[str]


@room.move("/cases/{case}/messages/{mode}", SaidShown, 201)
def say(request: Asking, case: CaseRef, mode: Mode, told: Said) -> Status[SaidShown]:
    """Reply to the customer, ask them, or note something for colleagues. Files of your draft of this mode go with it.

    If you have an undo time, or it is one of the customer's quiet hours, it is held until then and can be taken back.
    """
    if told.settles and mode != "reply":
        raise Invalid("settles", "Only a reply settles a case.")
    done: list[Any] = []
    pressed = Pressed(body=told.body, mode=mode, settles=told.settles, any_hour=told.any_hour)
    act(request, case, lambda held, by: done.append(actions.send(held, by, pressed)))
    held = done[0] if isinstance(done[0], Draft) else None
    return Status(
        201,
        SaidShown(
            message="" if held else str(done[0].pk),
            held=str(held.pk) if held else "",
            held_until=held.held_until if held else None,
        ),
    )


@room.get("/cases/{case}/drafts", list[DraftShown])
def list_case_drafts(request: Asking, case: CaseRef) -> list[DraftShown]:
    """List what everybody is writing in a case, and what waits to go out."""
    return [_draft(each) for each in drafts.of_case(case_for(request.person, case), request.person)]


@room.put("/cases/{case}/drafts/{mode}", Done)
def keep_case_draft(request: Asking, case: CaseRef, mode: Mode, told: Typed) -> Done:
    """Keep what you are writing in a case. Nothing written and no file puts it away."""
    kept = actions.keep_draft(case_for(request.person, case), request.person, told.body, mode=mode)
    return Done(id=str(kept.pk) if kept else "")


@room.take_away("/cases/{case}/drafts/{draft}/text")
def discard_case_draft(request: Asking, case: CaseRef, draft: Id) -> Status[None]:
    """Put away a draft of your own."""
    actions.discard_draft(drafts.draft_of(case_for(request.person, case), draft, request.person), request.person)
    return Status(204, None)


@room.post("/cases/{case}/drafts/{draft}/take-over", Done)
def take_over_draft(request: Asking, case: CaseRef, draft: Id) -> Done:
    """Write on what a colleague began."""
    found = drafts.draft_of(case_for(request.person, case), draft, request.person)
    return Done(id=str(actions.take_over(found, request.person).pk))


@room.post("/cases/{case}/drafts/{draft}/take-back", Done)
def take_back_draft(request: Asking, case: CaseRef, draft: Id) -> Done:
    """Take back what was sent and has not gone out."""
    found = drafts.draft_of(case_for(request.person, case), draft, request.person)
    return Done(id=str(actions.take_back(found, request.person).pk))


@room.upload("/cases/{case}/drafts/{mode}/files", list[FileShown])
def upload_files(request: Asking, case: CaseRef, mode: Mode) -> Status[list[FileShown]]:
    """Add files to what you are writing, as multipart/form-data with parts named `files`."""
    found = case_for(request.person, case)
    handler = SeveralFiles(most=store.MOST_BYTES, most_together=store.MOST_TOGETHER)
    request.upload_handlers = [handler]
    given = [(each.name or "", each.chunks()) for each in request.FILES.getlist("files")]
    if not given and not handler.refused:
        raise Invalid("files", "Send at least one part named files, as multipart/form-data.")
    draft = drafts.being_written(found, request.person, mode)
    brought = attachments.bring(given, already=attachments.bytes_of(draft))
    for name, code in [*((each.name, each.refused) for each in brought if each.refused), *handler.refused]:
        raise attachments.refusal(name, code)
    kept = actions.keep_draft(found, request.person, draft.body if draft else "", mode=mode, files=brought)
    assert kept is not None
    rows = kept.attachments.select_related("blob").order_by("id")
    return Status(201, [file_shown(each) for each in rows])


@room.download("/files/{file}")
def download_file(request: Asking, file: Id) -> FileResponse | HttpResponse:
    """Fetch a file of a case that you may see."""
    found = attachments.attachment_for(request.person, file)
    assert found.blob is not None
    return serving.answer(found.blob, found.name, save=True)


@room.take_away("/files/{file}")
def drop_file(request: Asking, file: Id) -> Status[None]:
    """Take a file off a draft of your own."""
    actions.drop_file(attachments.attachment_for(request.person, file), request.person)
    return Status(204, None)


@room.get("/macros", MacroPage)
def list_macros(request: Asking, asked: Query[PageAsked]) -> dict[str, Any]:
    """List the texts ready to send that you may use. A page at a time."""
    after = numbered(asked) or 0
    rows = list(macros.macros_for(request.person).filter(pk__gt=after).order_by("pk")[: asked.limit + 1])
    shown, more = first(rows, asked.limit)
    return paged(request, [_macro(each) for each in shown], str(shown[-1].pk) if more else "")


@room.post("/macros", Done, 201)
def make_macro(request: Asking, told: MacroIn) -> Status[Done]:
    """Keep a new text ready to send."""
    return Status(201, Done(id=str(_keep(request.person, told, None).pk)))


@room.put("/macros/{macro}", Done)
def change_macro(request: Asking, macro: Id, told: MacroIn) -> Done:
    """Change a text ready to send."""
    return Done(id=str(_keep(request.person, told, _macro_for(request.person, macro)).pk))


@room.take_away("/macros/{macro}")
def delete_macro(request: Asking, macro: Id) -> Status[None]:
    """Take a text away."""
    actions.delete_macro(_macro_for(request.person, macro), request.person)
    return Status(204, None)


@room.move("/cases/{case}/macros/{macro}", FilledShown)
def use_macro(request: Asking, case: CaseRef, macro: Id, told: MacroUsed) -> FilledShown:
    """Put a ready text, filled in for this customer, into your draft, and do what it does besides."""
    found, done = _macro_for(request.person, macro), []

    def use(held: Case, by: Person) -> None:
        done.append(actions.use_macro(held, by, found, body=told.body, mode=told.mode))

    act(request, case, use)
    said = done[0]
    return FilledShown(text=said.text, lang=said.lang, wanted=said.wanted, missing=list(said.missing))


def _keep(person: Person, told: MacroIn, macro: Macro | None) -> Macro:
    written = WrittenMacro(**told.dict())
    return actions.keep_macro(person, written, macro)


def _macro_for(person: Person, pk: int) -> Macro:
    found = macros.macros_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _macro(macro: Macro) -> MacroShown:
    same = ("name", "shortcut", "texts", "does", "topics", "stages", "used")
    told = {each: getattr(macro, each) for each in same}
    return MacroShown(id=str(macro.pk), personal=macro.owner_id is not None, **told)


def _draft(draft: Draft) -> DraftShown:
    return DraftShown(
        id=str(draft.pk),
        person=Name(id=str(draft.person_id), name=draft.person.name),
        files=[file_shown(each) for each in draft.attachments.all()],
        **{each: getattr(draft, each) for each in ("mode", "body", "changed_at", "held_until")},
    )
