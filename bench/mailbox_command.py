"""django-mailbox's own command that takes a mail from a pipe, as a program of its own. Our rival.

python -m bench.mailbox_command migrate | processincomingmessage NAME
"""

from __future__ import annotations

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from tantam.desk.common.database import database_of


def main() -> None:
    """Run one of django-mailbox's commands."""
    settings.configure(
        DATABASES={"default": database_of(os.environ["TANTAM_RIVAL_URL"])},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=["django_mailbox"],
        MEDIA_ROOT=os.environ["TANTAM_HOME"],
        SECRET_KEY="only for measuring",
        USE_TZ=True,
    )
    execute_from_command_line(["manage", *sys.argv[1:]])


if __name__ == "__main__":
    main()
