"""How the window is told no: a stable code, and a sentence that its visitor reads."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import JsonResponse
from django.utils.functional import Promise

from tantam.desk.common.errors import Refused

STATUS = {
    "too_often": 429,
    "chat_closed": 409,
    "chat_over": 409,
    "too_long": 413,
    "file_too_large": 413,
    "files_too_large": 413,
}
REFUSED = 422
MINUTE = 60


class Wrong(Exception):
    """A request that cannot be answered. code: stable, English. message: what the visitor reads."""

    def __init__(self, status: int, code: str, message: str | Promise) -> None:
        self.status, self.code, self.message = status, code, message
        super().__init__(code)

    def answer(self, headers: Mapping[str, str] | None = None) -> JsonResponse:
        """Return it in the active language."""
        told = {"code": self.code, "message": str(self.message)}
        return JsonResponse(told, status=self.status, headers=dict(headers or {}))


class TooOften(Wrong):
    """What comes too often. seconds: after which it may come again."""

    def __init__(self, seconds: int, message: str) -> None:
        super().__init__(STATUS["too_often"], "too_often", message)
        self.seconds = seconds

    def answer(self, headers: Mapping[str, str] | None = None) -> JsonResponse:
        """Return it with when to come again."""
        return super().answer({**(headers or {}), "Retry-After": str(self.seconds)})


def refused(not_done: Refused) -> Wrong:
    """Return an action's refusal."""
    if not_done.code == "too_often":
        return TooOften(int(not_done.arguments.get("minutes", 1)) * MINUTE, not_done.sentence())
    return Wrong(STATUS.get(not_done.code, REFUSED), not_done.code, not_done.sentence())
