"""How colleagues share a case: who watches, who was named, what is pinned, which cases belong together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.cases.models.case import Case, Message
from tantam.desk.common.fields import TimeOrderedId


class Watcher(models.Model):
    """A colleague who wants to hear of a case that is another's."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="watchers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watched")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="watcher_once")]


class Mention(models.Model):
    """A colleague named in a note (`@Mai`)."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="mention_once")]
        indexes = [models.Index(fields=["person"], name="mention_unread", condition=models.Q(read_at=None))]


class Pin(models.Model):
    """A highlight, or a question that is still open, pinned on top of the case.

    message: where it was said. learned: the answer that settled a question.
    """

    class Kind(models.TextChoices):
        HIGHLIGHT = "highlight", _("Highlight")
        QUESTION = "question", _("Open question")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pins")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=300)
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    learned = models.CharField(max_length=500, default="")


class CaseLink(models.Model):
    """Two cases that have to do with each other; seen from both. case: the younger of the two by id."""

    class Kind(models.TextChoices):
        RELATED = "related", _("Related")
        CAUSE = "cause", _("Caused by")
        FOLLOWS = "follows", _("Follows")
        SAME = "same", _("The same trouble")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RELATED)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="link_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="link_of_two"),
        ]


class Tag(models.Model):
    """A word that colleagues put on cases. folded: without capitals and diacritics, so that it is one word."""

    name = models.CharField(max_length=40)
    folded = models.CharField(max_length=60, unique=True)


class CaseTag(models.Model):
    """A tag on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="cases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "tag"], name="tag_once")]


class Parting(models.Model):
    """Messages moved out of a case into one of their own. messages: their ids. undone_at: when they went back."""

    id = TimeOrderedId()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="partings")
    new_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parted_from")
    messages = models.JSONField(default=list)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
