"""Says how a measure is counted, from its definition's codes: what counts, what makes it, on which clock."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.common import spoken
from tantam.desk.plans import RunningPlan
from tantam.desk.web import case_words, figure_words
from tantam.desk.web.measure_words import MEASURES
from tantam.history.measures import Definition, Kind, Measured

_LEFT_OUT = {"waiting": noop("the time in which we waited for the customer")}
REASONS = {
    "nothing_counted": noop("Nothing of the kind in this time."),
    "topics_not_said": noop("The plan does not say which topics are complaints."),
    "outcomes_not_said": noop("The plan does not say which outcomes bring a purchase back."),
    "no_clock": noop("The plan has no such open hours."),
    "no_reopenings": noop("This history knows of no case opened again."),
    "no_owners": noop("This history does not know whose case it was."),
    "no_escalations": noop("This history knows of no case that went up."),
    "no_customers": noop("This history does not know its customers."),
    "no_topics": noop("This history does not know what cases were about."),
    "no_promises": noop("No promise has ended yet."),
    "no_replies": noop("Nobody has answered yet."),
    "no_resolutions": noop("No case has been settled yet."),
    "no_purchases": noop("Nothing has been handed over yet."),
    "no_cases": noop("No case has come in yet."),
    "no_ratings": noop("No customer has said yet how they were served."),
    "no_enquiries": noop("This history knows of no enquiry that was won or lost."),
    "no_reviews": noop("This history knows of no conversation that was reviewed."),
    "no_quotes": noop("This history knows of no quote that was answered or ran out."),
    "no_contracts": noop("This history knows of no contract that came to its end."),
    "no_scores": noop("This history knows that customers rated, and not how."),
    "not_cut_so": noop("This measure cannot be cut so: what never came back has no case."),
}


def rows(definition: Definition, plan: RunningPlan, lang: str) -> list[tuple[str, str]]:
    """Return the definition as pairs of a word and what stands behind it."""
    said = MEASURES[definition.of]
    told = [
        (gettext("Of"), gettext(said.of)),
        (gettext("Counts"), gettext(said.hit) if said.hit else gettext("its median")),
    ]
    if definition.promise:
        told.append((gettext("Kind of promise"), case_words.promise(plan, definition.promise)))
    if definition.within is not None:
        told.append((gettext("Within"), spoken.length(definition.within)))
    if definition.topics:
        told.append((gettext("Topics"), ", ".join(plan.label("topic", each, lang) for each in definition.topics)))
    if definition.outcomes:
        told.append((gettext("Outcomes"), ", ".join(_outcome(each, plan, lang) for each in definition.outcomes)))
    if definition.kind is Kind.MINUTES:
        told.append((gettext("Clock"), _clock(definition)))
    if definition.leaves_out:
        told.append((gettext("Without"), ", ".join(gettext(_LEFT_OUT[each]) for each in definition.leaves_out)))
    told.append((gettext("Better is"), gettext("more") if definition.direction == "up" else gettext("less")))
    if definition.alarm:
        alarm = figure_words.bound(definition.kind, definition.alarm.sign, definition.alarm.at)
        told.append((gettext("Alarm"), gettext("%(bound)s over 30 days") % {"bound": alarm}))
    return told


def missing(found: Measured) -> str:
    """Return why there is no number, or of how many more it is not known; "" if all are counted."""
    if found.value is None:
        reason = found.reason if found.reason in REASONS else "nothing_counted"
        return gettext(REASONS[reason])
    if found.unknown:
        return gettext("of %(n)s more it is not known") % {"n": spoken.number(found.unknown)}
    return ""


def sides(definition: Definition) -> list[tuple[str, str]]:
    """Return the choices of a share's cases, as (code, words): all, those that made it, those that did not."""
    if definition.kind is Kind.MINUTES:
        return []
    said = MEASURES[definition.of]
    return [("", gettext("all")), ("1", gettext(said.yes)), ("0", gettext(said.no))]


@dataclass(frozen=True, slots=True)
class Side:
    """One counted thing's side in words, with the icon and look of good and bad."""

    words: str
    icon: str
    look: str


def side(definition: Definition, value: float) -> Side | None:
    """Return on which side of a share one counted thing stands; None for a length."""
    if definition.kind is Kind.MINUTES:
        return None
    said, good = MEASURES[definition.of], (value == 1) is (definition.direction == "up")
    words = gettext(said.yes if value == 1 else said.no)
    return Side(words, "check", "t-kept") if good else Side(words, "cross", "t-broken")


def _clock(definition: Definition) -> str:
    if not definition.clock:
        return gettext("day and night")
    return gettext("open hours of “%(clock)s”") % {"clock": case_words.plain(definition.clock)}


def _outcome(written: str, plan: RunningPlan, lang: str) -> str:
    policy, _, outcome = written.rpartition(".")
    if not policy:
        return case_words.outcome(outcome)
    return (
        f"{plan.policy_label(policy, lang)}: {plan.outcome_label(policy, outcome, lang) or case_words.outcome(outcome)}"
    )
