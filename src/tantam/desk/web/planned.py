"""Lets a page count on a plan: before the first one is enacted, it says so instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from tantam.desk.web.doors import StaffRequest, View
from tantam.desk.web.pages import page


def planned_in(place: str) -> Callable[[View], View]:
    """Show that no plan is in force yet, where there is none; stands under the door. place: as of `page`."""

    def counting(view: View) -> View:
        @wraps(view)
        def shown(request: StaffRequest, *args: Any, **named: Any) -> HttpResponse:
            if request.plan is None:
                return page(request, "web/no_plan.html", {}, place=place)
            return view(request, *args, **named)

        return shown

    return counting


planned = planned_in("")
