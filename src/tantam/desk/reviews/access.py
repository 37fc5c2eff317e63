"""Who sees which review, and who may make it: nobody their own conversation's."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from tantam.desk.accounts.access import may_read
from tantam.desk.accounts.models import Person, Role
from tantam.desk.cases.models import Message
from tantam.desk.plans.seeing import sees_house
from tantam.desk.reviews.models import Review

State = Review.State


def sees_all(person: Person) -> bool:
    """Whether this person sees every review: who oversees the company, and who reviews for it."""
    return may_read(person) and sees_house(person) and (person.oversees or person.role == Role.REVIEWER)


def reviews_for(person: object) -> QuerySet[Review]:
    """Return the reviews that this person may see, none for outsiders.

    Beside those who see all: everybody those of their own conversations, a provider's lead its people's, once they are
    done; and who reviews at a level, what that level reviews.
    """
    if not isinstance(person, Person) or not may_read(person):
        return Review.objects.none()
    found = Review.objects.select_related("case__customer", "person", "reviewed_by", "second_by")
    if sees_all(person):
        return found
    own = Q(person=person, state=State.DONE)
    if person.role == Role.LEAD and person.provider:
        own |= Q(provider=person.provider, state=State.DONE)
    if person.level and sees_house(person):
        own |= Q(level=person.level) & ~Q(person=person)
    return found.filter(own)


def review_for(person: object, pk: int) -> Review:
    """Return one that the person may see. Raises Http404."""
    found = reviews_for(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waiting_for(person: Person) -> QuerySet[Review]:
    """Return what waits for this person to look at, what is due first; not what they took part in."""
    found = reviews_for(person).exclude(state=State.DONE).exclude(person=person).exclude(reviewed_by=person)
    if not _reviews_any(person):
        found = found.filter(level=person.level).exclude(level="")
    return found.order_by("due_at", "id")


def done_for(person: Person) -> QuerySet[Review]:
    """Return those that are done, the newest first."""
    return reviews_for(person).filter(state=State.DONE).order_by("-done_at", "-id")


def may_review(person: Person, review: Review) -> bool:
    """Whether this person may look at the conversation and say how it went. A query for who otherwise may.

    Managers, quality reviewers, and people of the level that the plan names; never whose conversation it was or who
    wrote in it, and of four eyes nobody both.
    """
    if review.is_done or person.pk in (review.person_id, review.reviewed_by_id) or not reviews_such(person, review):
        return False
    wrote = Message.objects.filter(case=review.case_id, direction=Message.Direction.OUTGOING, author=person)
    return not wrote.exists()


def reviews_such(person: Person, review: Review) -> bool:
    """Whether this person looks at such conversations at all, whosever they are."""
    if not (may_read(person) and sees_house(person)):
        return False
    return _reviews_any(person) or person.acts and bool(review.level) and person.level == review.level


def _reviews_any(person: Person) -> bool:
    return person.acts and person.manages or person.is_active and person.role == Role.REVIEWER
