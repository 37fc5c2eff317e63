"""A promise in a text is found when somebody commits us to a time, and only then; its time is the company's."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tantam.plan import sections
from tantam.plan.vows import found, moment
from tests.plan.vows.sentences import NO, YES
from tests.support.plans import company

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 18, 10, 12, tzinfo=HERE)  # a Wednesday
LANGUAGES = ("vi", "de", "en")


def _plan(name: str = "ben-xuan") -> sections.Plan:
    return company(name)


@pytest.mark.parametrize(
    ("lang", "text", "kind", "due"), [(lang, *each) for lang, several in YES.items() for each in several]
)
def test_what_commits_us_is_found_with_its_kind_and_time(lang: str, text: str, kind: str, due: str) -> None:
    promise = found(text, lang, NOW, _plan())
    assert promise is not None
    assert (promise.kind, f"{promise.due.astimezone(HERE):%Y-%m-%d %H:%M}") == (kind, due)
    assert promise.said.strip() and promise.words in " ".join(text.split())


@pytest.mark.parametrize(("lang", "text"), [(lang, each) for lang, several in NO.items() for each in several])
def test_what_does_not_commit_us_is_left_alone(lang: str, text: str) -> None:
    assert found(text, lang, NOW, _plan()) is None


def test_there_are_forty_of_each_in_every_language() -> None:
    assert all(len(of[lang]) >= 40 for of in (YES, NO) for lang in LANGUAGES)


def test_the_last_promise_of_a_letter_counts() -> None:
    text = "I'll call you at 3 pm today.\n\nI was too quick: I'll call you tomorrow at ten.\n\nKind regards"
    promise = found(text, "en", NOW, _plan())
    assert promise is not None and promise.due == datetime(2026, 3, 19, 10, tzinfo=HERE)


def test_a_half_day_ends_when_the_plan_closes() -> None:
    saturday = moment("Saturday afternoon", "en", NOW, _plan())
    friday = moment("Freitagnachmittag", "de", NOW, _plan())
    assert saturday is not None and saturday.due == datetime(2026, 3, 21, 17, tzinfo=HERE) and not saturday.exact
    assert friday is not None and friday.due == datetime(2026, 3, 20, 18, tzinfo=HERE)


def test_an_hour_that_two_halves_of_the_day_have_is_the_open_one() -> None:
    for words in ("at three", "at nine"):
        at = moment(words, "en", NOW, _plan())
        assert at is not None and at.due.astimezone(HERE).hour in (15, 9)


def test_an_hour_after_the_clocks_were_changed_is_the_hour_on_the_wall() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    saturday = datetime(2026, 3, 28, 12, tzinfo=berlin)
    at = moment("morgen um zehn", "de", saturday, _plan("public-office"))
    assert at is not None and at.due == datetime(2026, 3, 29, 8, tzinfo=UTC)  # 10:00 in summer time
    hours = moment("in zwei Stunden", "de", datetime(2026, 3, 29, 1, 30, tzinfo=berlin), _plan("public-office"))
    assert hours is not None and hours.due == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)


def test_a_stretch_has_an_end_for_a_visit_and_is_due_at_its_end_otherwise() -> None:
    visit = found("Our technician will visit you tomorrow between 2 and 4 pm.", "en", NOW, _plan())
    call = found("I'll call you tomorrow between 2 and 4 pm.", "en", NOW, _plan())
    assert visit is not None and visit.ends == datetime(2026, 3, 19, 16, tzinfo=HERE)
    assert call is not None and call.due == datetime(2026, 3, 19, 16, tzinfo=HERE) and call.ends is None


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=400), lang=st.sampled_from((*LANGUAGES, "fr", "")))
def test_any_text_is_read_without_failing_and_never_promises_the_past(text: str, lang: str) -> None:
    promise = found("I'll call tomorrow " + text, lang, NOW, _plan())
    assert promise is None or promise.due > NOW and len(promise.words) <= 200


_WORDS = [
    "I'll",
    "call",
    "you",
    "tomorrow",
    "at",
    "by",
    "between",
    "and",
    "3",
    "25",
    "99",
    "31.2.",
    "31/4",
    ":75",
    "pm",
    "Friday",
    "next",
    "end",
    "of",
    "month",
    "within",
    "days",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=14))
def test_any_muddle_of_times_is_read_without_failing(words: list[str]) -> None:
    for lang in LANGUAGES:
        promise = found(" ".join(words), lang, NOW, _plan())
        assert promise is None or promise.due > NOW


@pytest.mark.parametrize(
    "text", ["I'll " * 4000, "call you tomorrow " * 1000, "ich rufe, " * 2000, "em sẽ gọi " * 2000]
)
def test_a_long_text_is_read_quickly(text: str) -> None:
    started = datetime.now(UTC)
    for lang in LANGUAGES:
        found(text, lang, NOW, _plan())
    assert (datetime.now(UTC) - started).total_seconds() < 2
