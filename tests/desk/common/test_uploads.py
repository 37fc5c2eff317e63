"""No form takes files, and none is read to its end."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory


def test_a_file_is_not_kept_and_the_fields_before_it_are(rf: RequestFactory, settings: Any) -> None:
    request = rf.post("/", {"body": "Máy kêu to", "photo": SimpleUploadedFile("a.jpg", b"x" * 100_000)})
    assert request.POST["body"] == "Máy kêu to"
    assert not request.FILES
