"""A long list is shown a page at a time."""

from hypothesis import given
from hypothesis import strategies as st

from lms.core.paging import Page, nearest


@given(st.integers(0, 500), st.integers(1, 40))
def test_the_pages_hold_every_row_and_none_is_empty(total: int, per_page: int) -> None:
    pages = Page([], 1, total, per_page).pages
    assert pages >= 1
    assert pages * per_page >= total > (pages - 1) * per_page or total == 0


@given(st.integers(-5, 500), st.integers(0, 500), st.integers(1, 40))
def test_a_page_that_is_not_there_gives_the_nearest(page: int, total: int, per_page: int) -> None:
    shown = nearest(page, total, per_page)
    assert 1 <= shown <= Page([], 1, total, per_page).pages
    assert shown == page or not 1 <= page <= Page([], 1, total, per_page).pages
