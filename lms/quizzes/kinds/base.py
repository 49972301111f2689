"""What every question kind can do, and the plain data it speaks in.

A kind is stateless and pure: it knows no database, browser or language. Texts meant for people are message ids.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal

from lms.core.messages import N_, Message, Param
from lms.core.sanitising import text_of
from lms.quizzes.kinds.documents import Document, stem_of

Answer = None | bool | str | list[str] | dict[str, bool]
"""A parsed answer, exactly what is stored as JSON. ``None`` is no answer (or one that was cleared)."""

TextForm = Literal["html", "text", "message"]
"""How to show a text: as clean HTML, escaped, or translated and then escaped."""


class MalformedAnswer(ValueError):
    """The browser sent something that no form of ours sends; it is refused, not marked wrong."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a question. ``field`` names the editor's field (``options.c`` for the third option)."""

    code: str
    message: str
    params: Mapping[str, Param] = field(default_factory=dict)
    field: str | None = None

    @property
    def text(self) -> Message:
        """The message with its parameters."""
        return Message(self.message, self.params)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of the kind's editor.

    ``type``: html · options (a list of html) · statements (html, each true or false) · choice (one of ``choices``) ·
    texts (a list of lines) · number · text. ``document`` and ``path`` say where its value lives. For ``options``,
    ``marks`` tells how many can be marked right.
    """

    name: str
    type: Literal["html", "options", "statements", "choice", "texts", "number", "text"]
    label: str
    document: Literal["content", "key"] = "content"
    help: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    marks: Literal["none", "one", "many"] = "none"


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option as a learner sees it: ``letter`` is displayed, ``id`` is sent back."""

    id: str
    letter: str
    text: str
    form: TextForm = "html"


@dataclass(frozen=True, slots=True)
class Presentation:
    """A question ready to be shown. ``widget``: radio · checkbox · statements · text · number."""

    kind: str
    widget: Literal["radio", "checkbox", "statements", "text", "number"]
    stem: str
    instruction: str
    options: tuple[ShownOption, ...] = ()
    max_length: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A piece of an answer in words: an option with its text, a typed text, or a statement judged ``value``."""

    id: str
    text: str
    form: TextForm
    value: bool | None = None


@dataclass(frozen=True, slots=True)
class Samples:
    """A question that a kind made up about itself, with answers and what each must get."""

    content: dict[str, object]
    key: dict[str, object]
    right: tuple[Answer, ...]
    wrong: tuple[tuple[Answer, Fraction], ...]
    malformed: tuple[object, ...]


class Kind(ABC):
    """A question kind. Every method is a pure function of its arguments."""

    name: ClassVar[str]
    """The stored name, also used by the neutral question document."""
    title: ClassVar[str]
    """What people call it (message id)."""
    instruction: ClassVar[str]
    """What the learner is told to do (message id)."""

    @abstractmethod
    def fields(self) -> tuple[FieldSpec, ...]:
        """The editor's fields in order."""

    @abstractmethod
    def check(self, content: Document, key: Document) -> list[Problem]:
        """Everything that keeps the question from being used; empty when it is fit. Never raises."""

    @abstractmethod
    def present(self, content: Document, seed: int, *, shuffle: bool) -> Presentation:
        """The question as one learner sees it; the same for the same ``seed`` (one of its own for each slot)."""

    @abstractmethod
    def parse(self, raw: object, content: Document | None = None) -> Answer:
        """The answer in a decoded JSON value; raises :class:`MalformedAnswer`. Parsing its own result changes nothing.

        With ``content``, what the answer refers to must exist there.
        """

    @abstractmethod
    def from_form(self, values: Sequence[str]) -> Answer:
        """The answer in the values that a plain HTML form posts; raises :class:`MalformedAnswer`."""

    @abstractmethod
    def grade(self, content: Document, key: Document, answer: Answer) -> Fraction:
        """The exact share of the item's weight that ``answer`` earns, 0 to 1; 0 for no answer."""

    @abstractmethod
    def correct_answer(self, content: Document, key: Document) -> Answer:
        """An answer that earns everything; ``None`` when the key has none."""

    @abstractmethod
    def describe_answer(self, content: Document, answer: Answer) -> tuple[AnswerPart, ...]:
        """``answer`` in words, independent of language and of the order shown; empty for no answer."""

    @abstractmethod
    def samples(self, seed: int) -> Samples:
        """A sound question with right, wrong and malformed answers, different for different seeds."""

    def is_empty(self, answer: Answer) -> bool:
        """Whether the learner left it blank. False is an answer."""
        return answer is None or answer in ("", [], {})

    def option_ids(self, answer: Answer) -> tuple[str, ...]:
        """The options an answer chose, for counting how often each was; empty where there are none to count."""
        return tuple(
            part.id for part in self.describe_answer({}, answer) if part.id and part.value is not False
        )

    def correct_options(self, content: Document, key: Document) -> tuple[str, ...]:
        """The options of :meth:`correct_answer`."""
        return self.option_ids(self.correct_answer(content, key))


def check_stem(content: Document) -> list[Problem]:
    """The stem is there and says or shows something."""
    stem = stem_of(content)
    if text_of(stem) or "<img" in stem:
        return []
    return [Problem("stem_missing", N_("Câu hỏi chưa có nội dung."), field="stem")]


STEM_FIELD = FieldSpec("stem", "html", N_("Nội dung câu hỏi"))
