"""What is being written to a customer: drafts, ready-made texts, and the files that go with a message."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models.case import Case, Message
from tantam.desk.common.fields import PlanName, TimeOrderedId
from tantam.desk.files.models import Blob


class Draft(models.Model):
    """What a colleague is writing in a case, as typed; colleagues see it. One for each of them and mode.

    held_until: it was sent, and goes out then unless it is taken back. pressed_at: when; promises are kept by then.
    submission: the form's own, so that it goes out once. timed: it goes out at a time, chosen by its writer or by the
    plan's quiet hours, and counts as said then. any_hour: its writer wants it to go out in quiet hours, too.
    """

    class Mode(models.TextChoices):
        REPLY = "reply", _("Reply")
        ASK = "ask", _("Question to the customer")
        NOTE = "note", _("Internal note")

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.REPLY)
    body = models.TextField(default="")
    changed_at = models.DateTimeField()
    settles = models.BooleanField(default=False)
    held_until = models.DateTimeField(null=True)
    pressed_at = models.DateTimeField(null=True)
    timed = models.BooleanField(default=False)
    any_hour = models.BooleanField(default=False)
    handling_seconds = models.PositiveIntegerField(null=True)
    submission = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "mode"], name="draft_once", condition=models.Q(held_until=None)
            )
        ]


class Macro(models.Model):
    """A text ready to send, by language, and what it does besides.

    texts: {language: words with {places}}. does: [{"do": code, …}]; a text alone does nothing. owner: whose, None for
    everybody's. topics, stages: where it is offered first; [] anywhere.
    """

    id = TimeOrderedId()
    name = models.CharField(max_length=80)
    shortcut = models.CharField(max_length=24, default="", blank=True)
    texts = models.JSONField(default=dict)
    does = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="macros")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)


class Attachment(models.Model):
    """A file of a message, or of what is being written. content_id: how HTML mail names it, "" for none.

    refused: a code why it was not kept (too large, a type that is not taken); then there is no blob, only its name.
    """

    id = TimeOrderedId()
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="attachments")
    draft = models.ForeignKey(Draft, null=True, on_delete=models.CASCADE, related_name="attachments")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attachments")
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    content_id = models.CharField(max_length=200, default="")
    refused = PlanName(default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()


class RichBody(models.Model):
    """What a message said as HTML, as it came; nobody sees it before `cases.rich` has made it safe."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="rich")
    html = models.TextField()
