import pytest

from lms.core import errors
from lms.core.messages import Message

FAMILY = {
    errors.NotAllowed: (403, "not_allowed"),
    errors.NotFound: (404, "not_found"),
    errors.Conflict: (409, "conflict"),
    errors.Closed: (409, "closed"),
    errors.Invalid: (422, "invalid"),
    errors.Unavailable: (503, "unavailable"),
}


@pytest.mark.parametrize(("kind", "expected"), FAMILY.items())
def test_each_refusal_has_a_status_a_code_and_a_text(
    kind: type[errors.DomainError], expected: tuple[int, str]
) -> None:
    error = kind()
    assert (error.status, error.code) == expected
    assert error.message.id == kind.default
    assert str(error) == kind.default


def test_codes_tell_all_refusals_apart() -> None:
    kinds: list[type[errors.DomainError]] = [errors.TooMany, *FAMILY]
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_a_message_carries_its_parameters_as_data() -> None:
    error = errors.Conflict("Còn %(count)s câu chưa làm.", count=3)
    assert error.message == Message("Còn %(count)s câu chưa làm.", {"count": 3})
    assert str(error) == "Còn 3 câu chưa làm."


def test_invalid_says_which_field() -> None:
    error = errors.Invalid(fields={"title": "Chưa có tên.", "count": Message("Nhiều nhất %(n)s.", {"n": 5})})
    assert error.fields["title"] == Message("Chưa có tên.")
    assert str(error.fields["count"]) == "Nhiều nhất 5."


def test_too_many_says_when_to_come_back() -> None:
    error = errors.TooMany(retry_after=30)
    assert (error.status, error.code, error.retry_after) == (429, "too_many", 30)
    assert "30 giây" in str(error)
    assert errors.TooMany(retry_after=0).retry_after == 1
