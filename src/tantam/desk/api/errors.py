"""How the interface says no: one form for every error, with a stable code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tantam.desk.api.statuses import STATUS
from tantam.desk.cases.filters import FilterWrong
from tantam.desk.common.errors import Refused
from tantam.desk.customers.traits import Unread
from tantam.desk.plans import BadFact, PlanHasFindings, PlanUnreadable, UnknownName

FIELD = {"no_contact": "contact", "says_nothing": "body", "too_long": "body"}
LOOK = "Look at the fields and send it again."


class Invalid(Exception):
    """A field that cannot be, with what can."""

    def __init__(self, field: str, message: str) -> None:
        self.field, self.message = field, message
        super().__init__(message)


class Missing(Exception):
    """Something that is not there, said in one sentence."""


class Forbidden(Exception):
    """What this token may not do. code: stable."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class Unchanged(Exception):
    """What the program has already: it is not sent again."""

    def __init__(self, etag: str) -> None:
        self.etag = etag
        super().__init__(etag)


def problem(status: int, code: str, message: str, fields: Any = ()) -> HttpResponse:
    """Return the one form that every error has. fields: {"field": name, "message": words} of each."""
    return JsonResponse({"code": code, "message": message, "fields": list(fields)}, status=status)


def wrong_field(field: str, message: str) -> HttpResponse:
    """Return the answer to one field that cannot be."""
    return problem(422, "invalid", LOOK, [{"field": field, "message": message}])


def register(api: NinjaAPI) -> None:
    """Teach the interface to answer every refusal in the one form."""
    for kind, say in _ANSWERS.items():
        api.add_exception_handler(kind, _handler(say))


def _handler(say: Callable[[Any], HttpResponse]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: say(error)


def _invalid(error: ValidationError) -> HttpResponse:
    fields = [{"field": _path(each["loc"]), "message": each["msg"]} for each in error.errors]
    return problem(422, "invalid", LOOK, fields)


def _unknown(error: AuthenticationError) -> HttpResponse:
    answer = problem(401, "no_token", "Send the header Authorization: Bearer with a token that counts.")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _refused(error: Refused) -> HttpResponse:
    sentence, field = error.sentence(), FIELD.get(error.code) or error.arguments.get("field")
    fields = [{"field": str(field), "message": sentence}] if field else []
    answer = problem(STATUS.get(error.code, 409), error.code, sentence, fields)
    if error.code == "too_often":
        answer.headers["Retry-After"] = str(60 * int(error.arguments["minutes"]))
    return answer


def _unread(error: Unread) -> HttpResponse:
    fields = [{"field": name, "message": each.sentence()} for name, each in error.refusals.items()]
    return problem(422, "invalid", LOOK, fields)


def _findings(error: PlanHasFindings) -> HttpResponse:
    fields = [{"field": each.place, "message": each.sentence()} for each in error.findings]
    return problem(422, "plan_has_findings", "The plan with it would not stand.", fields)


def _unknown_name(error: UnknownName) -> HttpResponse:
    return wrong_field(f"facts.{error.name}" if error.kind == "term" else error.kind, str(error))


def _unchanged(error: Unchanged) -> HttpResponse:
    return HttpResponse(status=304, headers={"ETag": error.etag})


_ANSWERS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    ValidationError: _invalid,
    AuthenticationError: _unknown,
    Refused: _refused,
    Unread: _unread,
    PlanHasFindings: _findings,
    PlanUnreadable: lambda error: wrong_field("overlay", str(error)),
    UnknownName: _unknown_name,
    BadFact: lambda error: wrong_field(f"facts.{error.term}", str(error)),
    FilterWrong: lambda error: wrong_field("q", error.sentence()),
    Invalid: lambda error: wrong_field(error.field, error.message),
    Forbidden: lambda error: problem(403, error.code, str(error)),
    Missing: lambda error: problem(404, "not_found", str(error)),
    Http404: lambda error: problem(404, "not_found", "There is no such thing, or you may not see it."),
    Unchanged: _unchanged,
    HttpError: lambda error: problem(error.status_code, "unreadable", f"{error}. Send a JSON object."),
}


def _path(location: Any) -> str:
    return ".".join(str(each) for each in location if each not in ("body", "told", "query", "asked")) or "body"
