"""What a file holds, kept once, under its hash."""

from __future__ import annotations

from django.db import models

from tantam.desk.common import clock


class Blob(models.Model):
    """The bytes that several attachments may share. media_type: what the bytes are, never what a sender said.

    pages: of a PDF; width, height: of an image; None otherwise.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    kept_at = models.DateTimeField(default=clock.now)
