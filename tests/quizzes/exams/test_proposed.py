"""The times that a new session is offered."""

from datetime import UTC, datetime, timedelta

from lms.quizzes.exams.operations.plan import proposed_times
from lms.quizzes.papers.models import Assessment

NOW = datetime(2026, 11, 23, 1, 7, 30, tzinfo=UTC)


def test_a_short_window_is_taken_as_it_is() -> None:
    window = (NOW + timedelta(hours=3), NOW + timedelta(hours=5))
    assert proposed_times(Assessment(opens_at=window[0], closes_at=window[1], time_limit=1800), NOW) == window


def test_in_a_window_of_days_it_begins_soon_and_lasts_as_long_as_the_paper() -> None:
    wide = Assessment(opens_at=NOW - timedelta(days=1), closes_at=NOW + timedelta(days=5), time_limit=45 * 60)
    start = datetime(2026, 11, 23, 1, 15, tzinfo=UTC)
    assert proposed_times(wide, NOW) == (start, start + timedelta(minutes=60))


def test_a_paper_without_limit_and_window_gets_the_usual_time() -> None:
    start, end = proposed_times(Assessment(opens_at=None, closes_at=None, time_limit=None), NOW)
    assert (start, end - start) == (datetime(2026, 11, 23, 1, 15, tzinfo=UTC), timedelta(minutes=105))
