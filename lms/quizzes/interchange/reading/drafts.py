"""Half-made questions: what the segments of a file give before they are judged."""

from dataclasses import dataclass, field

from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.document import Evidence, Kind, Problem
from lms.quizzes.interchange.reading.labels import Option
from lms.quizzes.interchange.rich import Rich


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper: its heading, its position, and the kind of question its heading announces."""

    title: str
    index: int
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Stimulus:
    """A text for several questions, or an instruction that holds until the next one."""

    text: str
    first: int | None = None
    last: int | None = None
    instruction: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What headings above a question say about it."""

    topic: str | None = None
    part: Part | None = None
    level: str | None = None
    aspect: str | None = None
    stimulus: Stimulus | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A key as it stands in the file."""

    text: str
    evidence: Evidence
    place: str


@dataclass(slots=True)
class Segment:
    """The lines of one question: ``lines`` starts with the stem, label removed; ``gaps`` are lines after an empty one."""

    place: str
    context: Context
    label: str = ""
    number: str = ""
    numbered: bool = True
    level: str | None = None
    aspect: str | None = None
    lines: list[Line] = field(default_factory=list)
    gaps: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A question before judgement."""

    place: str
    context: Context
    label: str = ""
    number: str = ""
    stem: Rich = field(default_factory=Rich)
    options: list[Option] = field(default_factory=list)
    answers: list[Written] = field(default_factory=list)
    explanation: str | None = None
    level: str | None = None
    aspect: str | None = None
    topic: str | None = None
    stimulus: str | None = None
    kind: Kind | None = None
    numberless: bool = False
    odd_labels: bool = False
    crowded: bool = False
    ambiguous: bool = False
    trailing: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def lower(self) -> bool:
        """Whether the options are lettered a) b) c) d)."""
        return bool(self.options) and all(option.letter.islower() for option in self.options)


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One line of a table of answers; ``section`` names the heading above it, as ``headings.section_name`` does."""

    number: str
    value: str
    place: str
    section: str = ""
