"""Every word that the chat widget shows, in the language that is active; it knows none of its own."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words() -> dict[str, str]:
    """Return the widget's words by the names under which it asks for them; {so} stands what it fills in."""
    return _of_the_frame() | _of_the_beginning() | _of_messages() | _of_files() | _of_the_end()


def _of_the_frame() -> dict[str, str]:
    """The button, the head and what is told of the connection."""
    return {
        "chat": _("Chat with us"),
        "close": _("Close the chat"),
        "unread_one": _("1 new message"),
        "unread": _("{n} new messages"),
        "new": _("New message from {name}"),
        "until": _("Open now, until {when}"),
        "open": _("Open now"),
        "shut": _("Closed just now."),
        "opens": _("Closed just now. We are back {when}"),
        "here": _("{name} is here for you"),
        "away": _("{name} is away just now"),
        "mailed": _("We go on by mail. You can write here, too."),
        "offline": _("No connection just now. What you write is kept, and sent as soon as it is back."),
        "loading": _("One moment…"),
        "gone": _("This conversation could not be found any more. Your next message begins a new one."),
    }


def _of_the_beginning() -> dict[str, str]:
    """What stands there before the first word."""
    return {
        "hello": _("How can we help you?"),
        "name": _("Your name"),
        "mail": _("Your mail address"),
        "optional": _("optional"),
        "mail_why": _("So that our answer reaches you if you have to leave."),
        "bad_mail": _("This is no mail address. One looks like name@example.com."),
        "best": _("Quickest right now:"),
        "form": _("Write to us"),
        "form_why": _("We answer by mail, and you get a private page on which you can follow everything."),
    }


def _of_messages() -> dict[str, str]:
    """What stands with a message, and where one is written."""
    return {
        "log": _("Conversation"),
        "you": _("You"),
        "write": _("Your message"),
        "send": _("Send"),
        "sending": _("Sending…"),
        "sent": pgettext("a message", "Sent"),
        "read": pgettext("a message", "Read"),
        "failed": _("Not sent yet."),
        "again": _("Try again"),
        "slowly": _("It goes out by itself {when}."),
        "error": _("That did not work. Please try again."),
        "too_long": _("This is longer than {most} characters. Shorten it, or send it in parts."),
        "typing": _("{name} is writing…"),
    }


def _of_files() -> dict[str, str]:
    """What is said of files."""
    return {
        "attach": _("Add a file"),
        "drop": _("Drop it here to send it"),
        "too_large": _("“{name}” is larger than {most} MB. Send a smaller one, please."),
        "done": _("{n} % sent"),
    }


def _of_the_end() -> dict[str, str]:
    """The conversation by mail, and its end."""
    return {
        "by_mail": _("Send me this by mail"),
        "by_mail_to": _("Where do we send the conversation?"),
        "by_mail_later": _("You get the conversation at {mail} when we are done here."),
        "by_mail_done": _("The conversation goes to {mail}."),
        "cancel": _("Cancel"),
        "end": _("End the chat"),
        "end_sure": _("Shall we end this conversation?"),
        "end_yes": _("Yes, end it"),
        "end_no": _("No, go on"),
        "ended": _("This conversation has ended. Is anything still open? Just write."),
        "anew": _("Begin a new one"),
    }
