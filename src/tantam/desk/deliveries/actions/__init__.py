"""What is done to deliveries."""

from tantam.desk.deliveries.actions.call_off_delivery import call_off_delivery
from tantam.desk.deliveries.actions.move_delivery import move_delivery
from tantam.desk.deliveries.actions.note_delivered import note_delivered
from tantam.desk.deliveries.actions.promise_delivery import promise_delivery

__all__ = ["call_off_delivery", "move_delivery", "note_delivered", "promise_delivery"]
