"""How the interface says no: one form for every error, with a stable code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tantam.desk.common.errors import Refused
from tantam.desk.plans import BadFact, UnknownName

STATUS = {"too_often": 429, "no_plan": 503, "history_damaged": 503, "histories_damaged": 503} | dict.fromkeys(
    ("says_nothing", "too_long", "no_contact", "not_a_day", "backwards"), 422
)
FIELD = {"no_contact": "contact", "says_nothing": "body", "too_long": "body"}


class KeyUsed(Exception):
    """An Idempotency-Key that came with another request before."""


class Invalid(Exception):
    """A field that cannot be, with what can."""

    def __init__(self, field: str, message: str) -> None:
        self.field, self.message = field, message
        super().__init__(message)


class Missing(Exception):
    """Something that is not there, said in one sentence."""


def register(api: NinjaAPI) -> None:
    """Teach the interface to answer every refusal in the one form."""

    def say(request: HttpRequest, status: int, code: str, message: str, **rest: Any) -> HttpResponse:
        body = {"code": code, "message": message, "fields": rest.get("fields", [])}
        return api.create_response(request, body, status=status)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = [{"field": _path(each["loc"]), "message": each["msg"]} for each in error.errors]
        return say(request, 422, "invalid", "Look at the fields and send it again.", fields=fields)

    @api.exception_handler(Invalid)
    def invalid_field(request: HttpRequest, error: Invalid) -> HttpResponse:
        fields = [{"field": error.field, "message": error.message}]
        return say(request, 422, "invalid", "Look at the fields and send it again.", fields=fields)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        answer = say(request, 401, "no_token", "Send the header Authorization: Bearer with the desk's token.")
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        sentence, field = error.sentence(), FIELD.get(error.code) or error.arguments.get("field")
        fields = [{"field": field, "message": sentence}] if field else []
        answer = say(request, STATUS.get(error.code, 409), error.code, sentence, fields=fields)
        if error.code == "too_often":
            answer.headers["Retry-After"] = str(60 * int(error.arguments["minutes"]))
        return answer

    @api.exception_handler(BadFact)
    def bad_fact(request: HttpRequest, error: BadFact) -> HttpResponse:
        return invalid_field(request, Invalid(f"facts.{error.term}", str(error)))

    @api.exception_handler(UnknownName)
    def unknown_name(request: HttpRequest, error: UnknownName) -> HttpResponse:
        field = f"facts.{error.name}" if error.kind == "term" else error.kind
        return invalid_field(request, Invalid(field, str(error)))

    _register_rest(api, say)


def _register_rest(api: NinjaAPI, say: Callable[..., HttpResponse]) -> None:
    """Teach it what is no field's fault. say: makes the one form."""

    @api.exception_handler(KeyUsed)
    def key_used(request: HttpRequest, error: KeyUsed) -> HttpResponse:
        return say(request, 409, "key_used", "This Idempotency-Key came with another request. Use a new one.")

    @api.exception_handler(Missing)
    def missing(request: HttpRequest, error: Missing) -> HttpResponse:
        return say(request, 404, "not_found", str(error))

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return say(request, error.status_code, "unreadable", f"{error}. Send a JSON object.")


def _path(location: Any) -> str:
    return ".".join(str(each) for each in location if each not in ("body", "told")) or "body"
