"""A letter to a customer, in the order in which it is read: as plain text, complete by itself. HTML is `dress`'s."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from tantam.desk.cases import letters
from tantam.desk.cases.models import Message
from tantam.desk.cases.said import Direction
from tantam.desk.customers import address
from tantam.desk.customers.address import spoken_to
from tantam.desk.customers.consent import UNASKED
from tantam.desk.customers.stopping import stop_page
from tantam.desk.plans import courtesy
from tantam.desk.visitors import proving

PAGE = noop("Your private page, where you can read all of this and write to us, without an account:")
STOP = noop("You agreed to get such letters. If you want no more of them:")
LONGEST_GREETING = 60
MOST_QUOTED = 600  # characters of the customer's words that are repeated
MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Quote:
    """What the letter answers. heading: whose words and of when. words: their beginning."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """All that a letter says, in `lang`, each part "" where it has none.

    company: as it signs. greeting, signed: around the words, lines by "\n". where: the sentence before `page`, the
    reader's private page; button: what is on it. by_plan: nobody wrote it by hand. stop_words: the sentence before
    `stop`, the page on which its reader says that they want no more such letters; service has none.
    """

    lang: str
    company: str
    words: str
    greeting: str = ""
    signed: str = ""
    where: str = ""
    button: str = ""
    page: str = ""
    quote: Quote | None = None
    by_plan: bool = False
    stop: str = ""
    stop_words: str = ""

    @property
    def text(self) -> str:
        """The whole letter as plain text."""
        parts = [
            self.greeting,
            self.words,
            self.signed,
            f"{self.where}\n{self.page}" if self.page else "",
            f"{self.quote.heading}\n{_quoted(self.quote.words)}" if self.quote else "",
            f"{self.stop_words}\n{self.stop}" if self.stop else "",
        ]
        return "\n\n".join(each for each in parts if each)


def letter_of(message: Message, company: str) -> Letter:
    """Return what a message says as a letter, in the active language.

    A greeting or closing that its words already have is left alone.
    """
    case, lang, words = message.case, message.case.language, message.body.strip()
    first = words.partition("\n")[0].rstrip()
    greeted = courtesy.opens(words, lang) or (len(first) <= LONGEST_GREETING and first.endswith((",", "!")))
    signed = f"{message.author}\n{company}" if message.author else company
    return Letter(
        lang=lang,
        company=company,
        words=words,
        greeting="" if greeted else address.greeting(case.customer, lang),
        signed="" if courtesy.closes(words, lang) else f"{address.closing(lang)}\n{signed}",
        where=spoken_to(case.customer, _(PAGE), lang),
        button=spoken_to(case.customer, _("Open your page"), lang),
        page=proving.mailed_link(case, message.sent_to),
        quote=answered_by(message),
        by_plan=message.author_id is None,
        stop="" if message.purpose in UNASKED else stop_page(case.customer, message.purpose),
        stop_words="" if message.purpose in UNASKED else spoken_to(case.customer, _(STOP), lang),
    )


def answered_by(message: Message) -> Quote | None:
    """Return what the customer said last before a colleague's message, in the active language and zone.

    What the desk writes by itself repeats nobody's words: it may go to an address that a stranger typed.
    """
    if message.author_id is None:
        return None
    before = message.case.messages.filter(direction=Direction.INCOMING, id__lt=message.pk).order_by("-id").first()
    if before is None:
        return None
    heading = _("Your message, %(when)s:") % {"when": letters.moment(before.written_at)}
    return Quote(spoken_to(message.case.customer, heading, message.case.language), _beginning(before.body))


def _beginning(words: str) -> str:
    """Return at most MOST_LINES lines and MOST_QUOTED characters, cut at a word, with an ellipsis if more was said."""
    kept = "\n".join(words.strip().split("\n")[:MOST_LINES])
    if len(kept) > MOST_QUOTED:
        kept = kept[:MOST_QUOTED].rsplit(maxsplit=1)[0]
    return kept if kept == words.strip() else f"{kept.rstrip()} …"


def _quoted(words: str) -> str:
    return "\n".join(f"> {each}".rstrip() for each in words.split("\n"))
