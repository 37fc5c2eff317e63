"""What people do to their own account."""

from tantam.desk.accounts.actions.choose import choose

__all__ = ["choose"]
