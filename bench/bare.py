"""The least that Django can do for the same request: one row inserted, or fifty selected and listed. Our rival."""

from __future__ import annotations

import os
from html import escape

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tantam.desk.common.database import database_of

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": database_of(os.environ["TANTAM_DATABASE_URL"])},
        MIDDLEWARE=[],
        ROOT_URLCONF="bench.bare",
        SECRET_KEY="only for measuring",
        USE_TZ=True,
    )
    django.setup()

TABLE = "CREATE TABLE IF NOT EXISTS bare_message (id INTEGER PRIMARY KEY, body TEXT NOT NULL, name TEXT NOT NULL)"


def insert(request: HttpRequest) -> HttpResponse:
    """Insert what was sent, in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bare_message (body, name) VALUES (%s, %s)", [request.POST["body"], request.POST["name"]]
        )
    return HttpResponse(status=302, headers={"Location": "/"})


def fifty(request: HttpRequest) -> HttpResponse:
    """List fifty open cases, without a template."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, reference, subject FROM cases_case WHERE queue = 'open' ORDER BY next_due_at, id LIMIT 50"
        )
        rows = cursor.fetchall()
    items = "".join(f'<li><a href="/{each[0]}">{escape(each[1])} {escape(each[2])}</a></li>' for each in rows)
    return HttpResponse(f"<!doctype html><title>Cases</title><ul>{items}</ul>")


urlpatterns = [path("insert/", insert), path("fifty/", fifty)]


def _ready() -> WSGIHandler:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    return get_wsgi_application()


application = _ready()
