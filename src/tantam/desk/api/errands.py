"""Cases handed to providers, for programs: of the house, which hands over, and of the provider, which hands back."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema, Status
from pydantic import AwareDatetime, Field

from tantam.desk.api.room import Room
from tantam.desk.api.token import Asking
from tantam.desk.api.told import CaseRef, Told, Word, unchanged
from tantam.desk.cases.access import case_for
from tantam.desk.errands import actions
from tantam.desk.errands.models import Errand

room = Room("cases with providers", "read:cases", "write:cases")
router = room.router


class ErrandIn(Told):
    """What is asked of a provider of the plan, and by when."""

    provider: Word = Field(min_length=1)
    words: str = Field(min_length=1, max_length=20_000)
    due: AwareDatetime


class ResultIn(Told):
    """What came of it; the house may leave it empty."""

    words: str = Field("", max_length=20_000)


class ErrandShown(Schema):
    """What a provider owes on a case. state: asked, done, withdrawn."""

    id: str
    case: str
    provider: str
    state: str
    asked_at: datetime
    due: datetime
    late_at: datetime | None
    ended_at: datetime | None


@room.move("/cases/{case}/to-provider", ErrandShown, 201)
def hand_case_to_provider(request: Asking, case: CaseRef, told: ErrandIn) -> Status[ErrandShown]:
    """Hand a case to a provider. It is in their queue until it comes back; what the customer is owed runs on."""
    asked = actions.Asked(told.provider, told.words, told.due)
    with unchanged(request, case_for(request.person, case)) as held:
        return Status(201, _shown(actions.hand_to_provider(held, request.person, asked)))


@room.move("/cases/{case}/hand-back", ErrandShown)
def hand_case_back(request: Asking, case: CaseRef, told: ResultIn) -> ErrandShown:
    """Hand a case back to the house with the result, or take it back. A provider sees it no longer then."""
    with unchanged(request, case_for(request.person, case)) as held:
        return _shown(actions.hand_back(held, request.person, told.words))


def _shown(errand: Errand) -> ErrandShown:
    return ErrandShown(
        id=str(errand.pk),
        case=str(errand.case_id),
        provider=errand.provider,
        state=errand.state,
        asked_at=errand.asked_at,
        due=errand.due_at,
        late_at=errand.late_at,
        ended_at=errand.ended_at,
    )
