"""Keep how somebody wants to be told: ways by kind, their webhook, their browsers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.posting import Forbidden, refuse_unless_outside
from tantam.desk.notices.models import MOST_URL, Hook, Kind, Shape, Subscription, Wishes
from tantam.desk.notices.push import read
from tantam.desk.notices.wishes import WAYS

MOST_BROWSERS = 10


def choose_ways(person: Person, ways: Mapping[str, Sequence[str]], mail_every: str) -> Wishes:
    """Return what is kept from now on. ways: {kind: ways}; what is neither kind nor way is left out."""
    kept = {kind: [way for way in WAYS if way in ways.get(kind, ())] for kind in Kind.values}
    every = mail_every if mail_every in Wishes.Every.values else Wishes.Every.HOUR
    found, _ = Wishes.objects.update_or_create(person=person, defaults={"ways": kept, "mail_every": every})
    return found


def keep_hook(by: Person, shape: str, url: str, *, team: str = "") -> Hook | None:
    """Return the webhook of `by`, or with `team` that team's, which managers keep; None after "" took it away.

    Raises Refused: not_allowed, bad_hook.
    """
    if not may_read(by) or (team and not (by.acts and by.manages)):
        raise Refused("not_allowed")
    whose = {"team": team} if team else {"person": by}
    if not url.strip():
        Hook.objects.filter(**whose).delete()
        return None
    try:
        refuse_unless_outside(url.strip())
    except Forbidden as wrong:
        raise Refused("bad_hook", got=url.strip()[:80]) from wrong
    if len(url.strip()) > MOST_URL or shape not in Shape.values:
        raise Refused("bad_hook", got=url.strip()[:80])
    given = {"shape": shape, "url": url.strip()}
    known, _ = Hook.objects.update_or_create(
        **whose, defaults=given, create_defaults=given | whose | {"secret": secrets.token_urlsafe(32)}
    )
    return known


def subscribe(person: Person, endpoint: str, p256dh: str, auth: str) -> Subscription:
    """Return the browser as it is kept; the oldest beyond MOST_BROWSERS goes. Raises Refused("bad_push")."""
    try:
        refuse_unless_outside(endpoint)
        sound = len(read(p256dh)) == 65 and len(read(auth)) == 16 and len(endpoint) <= MOST_URL
    except (Forbidden, ValueError) as wrong:
        raise Refused("bad_push") from wrong
    if not sound:
        raise Refused("bad_push")
    given = {"person": person, "p256dh": p256dh, "auth": auth, "since": clock.now()}
    kept, _ = Subscription.objects.update_or_create(endpoint=endpoint, defaults=given)
    theirs = Subscription.objects.filter(person=person).order_by("-since", "-pk")
    Subscription.objects.filter(pk__in=list(theirs.values_list("pk", flat=True)[MOST_BROWSERS:])).delete()
    return kept


def unsubscribe(person: Person, endpoint: str) -> None:
    """Push to this browser no more."""
    Subscription.objects.filter(person=person, endpoint=endpoint).delete()
