"""When a lesson is done, and that counting loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from lms.courses.study.models import DoneWhen
from lms.courses.study.reckoning import Mark, Tally, is_done, may_confirm

marks = st.builds(Mark, opened=st.just(value=True), confirmed=st.booleans()) | st.just(Mark())
tasks = st.lists(st.booleans(), max_size=5)
tallies = st.builds(
    lambda total, part: Tally(min(part, total), total), st.integers(0, 20), st.integers(0, 20)
)


@given(st.sampled_from(DoneWhen), marks, tasks)
def test_what_was_done_once_stays_done(done_when: DoneWhen, mark: Mark, done: list[bool]) -> None:
    assert is_done(done_when, Mark(opened=True, confirmed=True), done)
    if is_done(done_when, mark, done):
        assert mark.opened or all(done)


@given(marks, tasks)
def test_each_rule_asks_for_its_own(mark: Mark, done: list[bool]) -> None:
    assert is_done(DoneWhen.OPENED, mark, done) == mark.opened
    assert is_done(DoneWhen.CONFIRMED, mark, done) == mark.confirmed
    assert is_done(DoneWhen.ACTIVITIES, mark, done) == (mark.confirmed or (bool(done) and all(done)))


@given(st.sampled_from(DoneWhen), tasks)
def test_there_is_always_a_way_to_be_done(done_when: DoneWhen, done: list[bool]) -> None:
    """Either the learner may say so, or opening, or doing the tasks, makes it so."""
    opened = Mark(opened=True)
    assert may_confirm(done_when, done) or is_done(done_when, opened, [True for _ in done])


@given(st.lists(tallies))
def test_counting_loses_nothing(parts: list[Tally]) -> None:
    whole = sum(parts, Tally())
    assert (whole.done, whole.total) == (sum(one.done for one in parts), sum(one.total for one in parts))
    assert whole.is_whole == (whole.total > 0 and all(one.done == one.total for one in parts))
