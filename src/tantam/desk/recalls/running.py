"""Sees to the owners of a recall, one transaction each: killed half way it goes on, done twice it is once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.common import work
from tantam.desk.recalls.actions.begin import RUN
from tantam.desk.recalls.actions.open_for_owner import open_for_owner
from tantam.desk.recalls.models import Owned, Recall


@work.handles_long(RUN)
def run(payload: Mapping[str, Any]) -> None:
    """See to who waits, until nobody does or the recall is stopped."""
    recall = payload["recall"]
    waiting = Owned.objects.filter(recall=recall, recall__state=Recall.State.RUNNING, state=Owned.State.WAITING)
    for each in waiting.order_by("id"):
        open_for_owner(each)
        work.hold()
    still = Owned.objects.filter(recall=recall, state=Owned.State.WAITING)
    if not still.exists():
        Recall.objects.filter(pk=recall, state=Recall.State.RUNNING).update(state=Recall.State.DONE)
