"""What the desk cannot do without a plan."""

from __future__ import annotations

from tantam.desk.common.errors import Refused


class NoPlan(Refused):
    """No plan is in force, so nothing can be answered."""

    def __init__(self) -> None:
        super().__init__("no_plan")
