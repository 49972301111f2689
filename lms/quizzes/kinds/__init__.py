"""Question kinds: how each is written, shown, answered and marked. Pure; one file a kind."""

from lms.quizzes.kinds.base import (
    Answer,
    AnswerPart,
    FieldSpec,
    Kind,
    MalformedAnswer,
    Presentation,
    Problem,
    Samples,
    ShownOption,
)
from lms.quizzes.kinds.multiple_response import MultipleResponse
from lms.quizzes.kinds.numerical import Numerical
from lms.quizzes.kinds.short_answer import ShortAnswer
from lms.quizzes.kinds.single_choice import SingleChoice
from lms.quizzes.kinds.true_false import TrueFalse
from lms.quizzes.kinds.true_false_group import TrueFalseGroup

_KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleResponse(),
        TrueFalse(),
        TrueFalseGroup(),
        ShortAnswer(),
        Numerical(),
    )
}


def names() -> tuple[str, ...]:
    """The names of all kinds, in the order in which an editor offers them."""
    return tuple(_KINDS)


def known(name: str) -> bool:
    """Whether there is a kind of this name (documents may name one that is only read and shown so far)."""
    return name in _KINDS


def get(name: str) -> Kind:
    """The kind of this name; raises ``KeyError``."""
    return _KINDS[name]


__all__ = [
    "Answer",
    "AnswerPart",
    "FieldSpec",
    "Kind",
    "MalformedAnswer",
    "Presentation",
    "Problem",
    "Samples",
    "ShownOption",
    "get",
    "known",
    "names",
]
