"""An order that people give: a step up, a step down, nothing at the edge."""

from hypothesis import given
from hypothesis import strategies as st

from lms.core.ordering import moved


@given(st.lists(st.integers(), min_size=1, unique=True), st.data(), st.booleans())
def test_a_step_and_back_is_where_one_was(order: list[int], data: st.DataObject, up: bool) -> None:
    one = data.draw(st.sampled_from(order))
    found = moved(order, one, up=up)
    at_the_edge = one == (order[0] if up else order[-1])
    assert (found is None) == at_the_edge
    if found is not None:
        assert found != order
        assert sorted(found) == sorted(order)
        assert moved(found, one, up=not up) == order
