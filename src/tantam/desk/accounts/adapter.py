"""What signing in means here: accounts are made by an administrator, never by signing up; nobody tries for long."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from tantam.desk.common import rate
from tantam.desk.common.errors import Refused
from tantam.desk.common.mail_heads import BY_ITSELF

SIGNED_IN = rate.Rate("sign_in", 30)  # tries of one account, right or wrong
SIGNED_IN_FROM = rate.Rate("sign_in_from", 300)  # of one network
WRITTEN_TO = rate.Rate("account_mail", 3)  # mails to one address

_log = logging.getLogger(__name__)


class StaffAccounts(DefaultAccountAdapter):
    """Closes public sign-up; counts in the database, which all processes share."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an administrator makes accounts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try, before the password is looked at. Raises ValidationError for too many."""
        account = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
        try:
            rate.count(SIGNED_IN_FROM, rate.network(rate.address_of(request)))
            rate.count(SIGNED_IN, account)
        except Refused as refused:
            raise self.validation_error("too_many_login_attempts") from refused
        super().pre_authenticate(request, **credentials)

    def render_mail(self, *args: Any, **options: Any) -> Any:
        """Return the mail, which says that nobody wrote it by hand."""
        mail = super().render_mail(*args, **options)
        mail.extra_headers |= BY_ITSELF
        return mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail about an account. The page says the same whether or not it goes out, so that it tells nobody who
        has an account; more than a few an hour to one address do not, and what fails is in the log.
        """
        try:
            rate.count(WRITTEN_TO, email.strip().lower())
            super().send_mail(template_prefix, email, context)
        except Refused:
            _log.warning("Too many mails about an account in an hour; one more was not sent.")
        except (OSError, SMTPException):
            _log.exception("A mail about an account could not be sent; look at TANTAM_SMTP_URL.")
