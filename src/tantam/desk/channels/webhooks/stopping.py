"""Writes to the administrators that an address was stopped, once each time it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from tantam.desk.accounts.models import Person, Role
from tantam.desk.channels.webhooks.models import Endpoint
from tantam.desk.common import addresses, work
from tantam.desk.common.mail_heads import BY_ITSELF
from tantam.desk.common.work import handles

TELL = "tell_webhook_stopped"
PAGE = "webhook"  # what a letter calls the page of an address; its argument is the id


def tell_stopped(endpoint: Endpoint, now: datetime) -> None:
    """Ask for a mail to each administrator, in the caller's transaction."""
    for person in Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True):
        key = f"{TELL}:{endpoint.pk}:{person.pk}:{int(now.timestamp())}"
        work.due(TELL, key, {"endpoint": endpoint.pk, "person": person.pk}, now)


@handles(TELL)
def tell(payload: Mapping[str, Any]) -> None:
    """Write to one administrator, unless the address works again or is gone."""
    person = Person.objects.filter(pk=payload["person"], is_active=True).first()
    endpoint = Endpoint.objects.filter(pk=payload["endpoint"]).exclude(stopped="").first()
    if person is None or endpoint is None:
        return
    with translation.override(person.language):
        named = {"url": endpoint.url, "why": endpoint.get_stopped_display(), "page": addresses.whole(PAGE, endpoint.pk)}
        subject = gettext("A webhook was stopped")
        body = gettext(
            "%(url)s is told nothing any more: %(why)s.\n\nOnce it answers again, start it here, and send what failed "
            "once more:\n%(page)s\n"
        )
        EmailMessage(subject, body % named, to=[person.email], headers=BY_ITSELF).send()
