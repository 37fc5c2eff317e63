"""What is done to accounts: one's own, and those of colleagues."""

from tantam.desk.accounts.actions.choose import choose
from tantam.desk.accounts.actions.keep_extension import keep_extension
from tantam.desk.accounts.actions.keep_person import Wanted, change_person, deactivate, invite, reactivate

__all__ = ["Wanted", "change_person", "choose", "deactivate", "invite", "keep_extension", "reactivate"]
