"""What is done with addresses that are told of events, and with what is sent to them."""

from tantam.desk.channels.webhooks.actions.attempt import attempt
from tantam.desk.channels.webhooks.actions.keep_endpoint import Wanted, add_endpoint, change_endpoint
from tantam.desk.channels.webhooks.actions.send_again import send_again, send_failed_again, send_test
from tantam.desk.channels.webhooks.actions.stop_endpoint import remove_endpoint, start_endpoint, stop_endpoint
from tantam.desk.channels.webhooks.actions.turn_secret import turn_secret

__all__ = [
    "Wanted",
    "add_endpoint",
    "attempt",
    "change_endpoint",
    "remove_endpoint",
    "send_again",
    "send_failed_again",
    "send_test",
    "start_endpoint",
    "stop_endpoint",
    "turn_secret",
]
