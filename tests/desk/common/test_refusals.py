"""What is refused is one line of the log; a failure keeps its traceback."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from tantam.desk.common.refusals import InOneLine


@pytest.mark.parametrize(("status", "kept"), [(403, False), (400, False), (500, True)])
def test_only_a_failure_is_logged_with_its_traceback(
    status: int, kept: bool, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    asked = RequestFactory().get("/desk/")
    refused = PermissionDenied()
    answer = HttpResponse(status=status)
    log_response("%s", asked.path, response=answer, request=asked, exception=refused)
    assert [bool(each.exc_info) for each in caplog.records] == [kept]
    named = settings.LOGGING["loggers"]["django.request"]["filters"]
    assert [settings.LOGGING["filters"][each]["()"] for each in named] == [f"{InOneLine.__module__}.InOneLine"]
    assert any(isinstance(each, InOneLine) for each in logging.getLogger("django.request").filters)
