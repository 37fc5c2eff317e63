"""Renders a page of the staff, or the part of it that htmx asked for, with what every such page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tantam.desk.common import clock
from tantam.desk.plans import directives
from tantam.desk.web.doors import StaffRequest


def page(
    request: StaffRequest, template: str, context: Mapping[str, Any], *, place: str = "", status: int = 200
) -> HttpResponse:
    """Return the page. place: which link of the bar is here; "" for none."""
    openness = request.plan.openness() if request.plan else None
    news = directives.news(request.user, request.plan, clock.now()) if request.plan else None
    shown = {"place": place, "openness": openness, "plan": request.plan, "news": news, **context}
    return render(request, template, shown, status=status)
