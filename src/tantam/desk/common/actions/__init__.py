"""What the administrator does to due work."""

from tantam.desk.common.actions.try_again import try_again

__all__ = ["try_again"]
