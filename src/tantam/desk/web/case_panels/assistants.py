"""What an assistant wrote to the customer, where it waits for a person: sent as it is, changed, or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.assistants.models import Proposal
from tantam.desk.web.panels import Shown, panel


@panel("assistant_drafts", "composer", 10)
def show(shown: Shown) -> Mapping[str, Any] | None:
    """Return the drafts that wait; no query where no assistant wrote any."""
    if shown.log and shown.log.whole and not shown.log.of(("assistant_drafted",)):
        return None
    waiting = Proposal.objects.filter(case=shown.case, state=Proposal.State.WAITING).select_related("person")
    rows = [_row(shown, each) for each in waiting.order_by("id")]
    return {"case": shown.case, "rows": rows, "may": shown.person.acts} if rows else None


def _row(shown: Shown, draft: Proposal) -> dict[str, Any]:
    typed = shown.typed if shown.typed.verb == f"send_draft-{draft.pk}" else None
    body = typed.fields.get("body", "") if typed else draft.body
    return {"draft": draft, "body": body, "error": typed.error if typed else "", "asks": draft.mode == "ask"}
