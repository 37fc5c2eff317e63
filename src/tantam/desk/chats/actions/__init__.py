"""What is done in a chat beside what every case knows: each a verb, a file, a transaction."""

from tantam.desk.chats.actions.answer_chat import answer_chat
from tantam.desk.chats.actions.ask_copy import ask_copy
from tantam.desk.chats.actions.end_chat import end_chat
from tantam.desk.chats.actions.hand_chat import hand_chat
from tantam.desk.chats.actions.hear import Said, hear
from tantam.desk.chats.actions.keep_seat import keep_seat
from tantam.desk.chats.actions.mail_on import mail_on
from tantam.desk.chats.actions.read import all_still_here, read, read_by_us, still_here
from tantam.desk.chats.actions.start import Arrived, start
from tantam.desk.chats.actions.take_chat import take_chat

__all__ = [
    "Arrived",
    "Said",
    "all_still_here",
    "answer_chat",
    "ask_copy",
    "end_chat",
    "hand_chat",
    "hear",
    "keep_seat",
    "mail_on",
    "read",
    "read_by_us",
    "start",
    "still_here",
    "take_chat",
]
