"""Sends a colleague the link with which they choose their password."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from tantam.desk.accounts.models import Person


def send_password_link(request: HttpRequest, person: Person) -> None:
    """Send the link by mail. request: tells the address that the link leads to."""
    form = ResetPasswordForm({"email": person.email})
    if form.is_valid():
        form.save(request)
