"""The people who work at the desk, their role and the plan's level they answer at."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from tantam.desk.common import clock
from tantam.desk.common.fields import PlanName, TimeOrderedId

MOST_COLLEAGUE = 120  # characters of a colleague's name
MOST_EXTENSION = 40  # characters of a telephone's extension


class Role(models.TextChoices):
    """What a person may see; what they may grant is their level's authority, which the plan gives."""

    AGENT = "agent", _("Agent")
    MANAGER = "manager", _("Service manager")
    REVIEWER = "reviewer", _("Quality reviewer")
    LEAD = "lead", _("Provider lead")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    ASSISTANT = "assistant", _("AI assistant")  # a program: it signs in nowhere and is no colleague


READS_ONLY = (Role.REVIEWER, Role.AUDITOR)


class People(BaseUserManager["Person"]):
    """Makes persons."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Return a new person with a hashed password."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Return a new administrator who may also use Django's admin."""
        fields |= {"role": Role.ADMINISTRATOR, "is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in. `level` is a name in the plan in force, or "" for who answers no customer.

    team, provider: names in the plan, whose they are. languages, skills: what they answer in, and which topics; [] is
    all. most_cases: so many open ones are given to them by routing, 0 for no bound. undo_seconds: how long a reply
    can be taken back. extension: of their telephone, as the telephone system names it, "" for none.
    """

    id = TimeOrderedId()
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=MOST_COLLEAGUE)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.AGENT)
    level = PlanName(default="", blank=True)
    language = models.CharField(max_length=5, default="vi")
    density = models.CharField(max_length=12, default="comfortable")
    theme = models.CharField(max_length=8, default="", blank=True)
    team = PlanName(default="", blank=True)
    provider = PlanName(default="", blank=True)
    languages = models.JSONField(default=list, blank=True)
    skills = models.JSONField(default=list, blank=True)
    most_cases = models.PositiveSmallIntegerField(default=0)
    extension = models.CharField(max_length=MOST_EXTENSION, default="", blank=True)
    undo_seconds = models.PositiveSmallIntegerField(default=10)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    @property
    def manages(self) -> bool:
        """Whether this person sees the whole company's figures and may enact a plan."""
        return self.role in (Role.MANAGER, Role.ADMINISTRATOR)

    @property
    def acts(self) -> bool:
        """Whether this person answers customers or manages those who do; a reviewer and an auditor change nothing."""
        return self.is_active and self.role not in READS_ONLY and bool(self.level or self.manages)

    @property
    def oversees(self) -> bool:
        """Whether this person reads the whole company's figures."""
        return self.manages or self.role == Role.AUDITOR
