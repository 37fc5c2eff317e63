"""Furnishes a test's house with a plan that names AI assistants, and lets one in: prints its token.

python -m tests.support.assistant_house
"""

from __future__ import annotations

from tantam.cli import ready


def main() -> None:
    """Prepare the database, put the plan in force, and print the token of a helper at the lowest level."""
    ready.set_up()
    ready.prepare()
    from tantam.desk.accounts.models import Person, Role
    from tests.support import assistants

    assistants.put_in_force()
    manager = Person.objects.create(email="m@desk.example", name="Trâm", level="manager", role=Role.MANAGER)
    print(assistants.admitted(manager).secret)


if __name__ == "__main__":
    main()
