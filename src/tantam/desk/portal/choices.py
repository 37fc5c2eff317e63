"""The four large choices of the first page, and which of the plan's topics each of them opens.

Documented in docs/reference/plan.md, Topics.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tantam.desk.plans import RunningPlan
from tantam.desk.plans.topics import Topic, topics

Words = str | Promise
FAULTY_KINDS = frozenset({"exchange", "replacement", "warranty", "repair", "faulty", "defect", "support", "restore"})
ASKING_KINDS = frozenset({"consultation"})
HEARING_KINDS = frozenset({"goodwill", "complaint", ""})


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody may come for. asks_number: whether a purchase belongs to it.

    needs_words: whether the answers to the policy's questions say too little without their own words.
    """

    code: str
    icon: str
    title: Words
    hint: Words
    heading: Words
    words_label: Words
    asks_number: bool = False
    needs_words: bool = False


CHOICES = (
    Choice(
        code="faulty",
        icon="wrench",
        title=_("Something is faulty"),
        hint=_("A few questions, and the answer at once"),
        heading=_("What can we put right?"),
        words_label=_("In your own words: what happened?"),
        asks_number=True,
    ),
    Choice(
        code="return",
        icon="swap",
        title=_("Exchange, return, refund"),
        hint=_("Orders, deliveries and prices too: know at once what is possible"),
        heading=_("What would you like to change?"),
        words_label=_("Is there anything we should know?"),
        asks_number=True,
    ),
    Choice(
        code="question",
        icon="ask",
        title=_("A question before buying"),
        hint=_("Advice, prices, delivery and installation"),
        heading=_("What would you like to know?"),
        words_label=_("Your question"),
        needs_words=True,
    ),
    Choice(
        code="complaint",
        icon="pen",
        title=_("Complaint, suggestion or praise"),
        hint=_("No account needed, and a person answers"),
        heading=_("What would you like to tell us?"),
        words_label=_("In your own words"),
    ),
)

# Among colleagues nothing is bought: the same four ways, without a word of buying.
_AMONG_COLLEAGUES: dict[str, tuple[Words, Words, Words]] = {
    "faulty": (_("Something does not work"), _("A few questions, and the answer at once"), _("What can we put right?")),
    "return": (_("You need something"), _("Ask for it, and know at once what is possible"), _("What do you need?")),
    "question": (_("A question"), _("How something is done, and who helps"), _("What would you like to know?")),
}


def choices(plan: RunningPlan) -> tuple[Choice, ...]:
    """Return the four choices in the words for those whom the plan serves."""
    return CHOICES if plan.sells else tuple(_among_colleagues(each) for each in CHOICES)


def _among_colleagues(shop: Choice) -> Choice:
    if shop.code not in _AMONG_COLLEAGUES:
        return shop
    title, hint, heading = _AMONG_COLLEAGUES[shop.code]
    return replace(shop, title=title, hint=hint, heading=heading, asks_number=False)


def choice(code: str, plan: RunningPlan) -> Choice:
    """Return the choice with this code. Raises Http404."""
    for each in choices(plan):
        if each.code == code:
            return each
    raise Http404


def topics_for(wanted: Choice, plan: RunningPlan, lang: str) -> tuple[Topic, ...]:
    """Return the topics that this choice opens, in the plan's order; every topic belongs to one choice."""
    return tuple(each for each in topics(plan, lang) if choice_of(each) == wanted.code)


def before_buying(plan: RunningPlan, lang: str) -> tuple[Topic, ...]:
    """Return the topics of a question before buying; none where nothing is sold."""
    return topics_for(choice("question", plan), plan, lang) if plan.sells else ()


def choice_of(topic: Topic) -> str:
    """Return the code of the choice that a topic belongs to, by its stage and the kind of its policy."""
    if topic.stage == "before" or topic.kind in ASKING_KINDS:
        return "question"
    if topic.kind in FAULTY_KINDS or topic.declined:
        return "faulty"
    return "complaint" if topic.kind in HEARING_KINDS else "return"
