"""The neutral question document: what a reader understood of a file, and what it did not.

``number`` is the position in the file, counted from 1; ``label`` is what is printed there. ``key`` holds letters
("A" is the first option) for choices, "T"/"F" in order for a true/false group, accepted texts for a short answer.
A question is *understood* only when nothing about it was odd; everything else is *doubtful* with its reasons, or
*failed* when there is no question to show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lms.quizzes.interchange.messages import message_for

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Kind(StrEnum):
    """Question kinds, by their names in QTI terms."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_RESPONSE = "multiple_response"
    TRUE_FALSE = "true_false"
    TRUE_FALSE_GROUP = "true_false_group"
    SHORT_ANSWER = "short_answer"
    NUMERICAL = "numerical"
    MATCHING = "matching"
    ORDERING = "ordering"
    GAP_FILL = "gap_fill"
    ESSAY = "essay"


class Evidence(StrEnum):
    """What the key was read from."""

    BOLD = "bold"
    UNDERLINE = "underline"
    COLOUR = "colour"
    HIGHLIGHT = "highlight"
    MARK = "mark"
    ANSWER_LINE = "answer_line"
    ANSWER_TABLE = "answer_table"
    COLUMN = "column"
    FORMAT = "format"
    NONE = "none"


class Status(StrEnum):
    """How far a question was understood."""

    UNDERSTOOD = "understood"
    DOUBTFUL = "doubtful"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is odd: a code, the values its Vietnamese message needs, and the place in the file."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    where: str = ""

    @property
    def message(self) -> str:
        """What, where and how to mend it, in Vietnamese."""
        return message_for(self.code, {**self.params, "where": self.where})

    def to_json(self) -> dict[str, Any]:
        """The problem with its message written out."""
        return {"code": self.code, "message": self.message, "params": dict(self.params), "where": self.where}


@dataclass(frozen=True, slots=True)
class Media:
    """A picture of the file. ``name`` is the file's name in the output directory; texts hold ``⟦name⟧``."""

    name: str
    type: str
    sha256: str

    def to_json(self) -> dict[str, Any]:
        """Name, type and digest."""
        return {"name": self.name, "type": self.type, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was understood.

    ``stem_html`` and ``option_html`` hold the same texts as safe inline HTML (``b i u sub sup br`` only); options
    never carry the formatting that marks the key.
    """

    number: int
    label: str
    kind: Kind
    stem: str
    options: tuple[str, ...]
    key: tuple[str, ...]
    evidence: Evidence
    status: Status
    problems: tuple[Problem, ...]
    place: str
    level: str | None = None
    topic: str | None = None
    stimulus: str | None = None
    media: tuple[Media, ...] = ()
    aspect: str | None = None
    explanation: str | None = None
    part: str | None = None
    stem_html: str = ""
    option_html: tuple[str, ...] = ()
    source_excerpt: str = ""

    def to_json(self) -> dict[str, Any]:
        """The question with the keys of the command line's contract first."""
        return {
            "number": self.number,
            "label": self.label,
            "kind": self.kind.value,
            "stem": self.stem,
            "options": list(self.options),
            "key": list(self.key),
            "evidence": self.evidence.value,
            "status": self.status.value,
            "problems": [problem.to_json() for problem in self.problems],
            "place": self.place,
            "level": self.level,
            "topic": self.topic,
            "stimulus": self.stimulus,
            "media": [media.to_json() for media in self.media],
            "aspect": self.aspect,
            "explanation": self.explanation,
            "part": self.part,
            "stem_html": self.stem_html,
            "option_html": list(self.option_html),
            "source_excerpt": self.source_excerpt,
        }


@dataclass(frozen=True, slots=True)
class QuestionDocument:
    """All questions of a file in their order, and the problems of the file as a whole.

    ``refused`` says that the file could not be opened as a question file at all.
    """

    format: str
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``json.dumps``."""
        return {
            "format": self.format,
            "questions": [question.to_json() for question in self.questions],
            "problems": [problem.to_json() for problem in self.problems],
            "refused": self.refused,
        }


def refusal(file_format: str, problem: Problem) -> QuestionDocument:
    """A document that holds nothing but the reason why the file was not read."""
    return QuestionDocument(format=file_format, problems=(problem,), refused=True)


def from_json(data: Mapping[str, Any]) -> QuestionDocument:
    """The document that ``QuestionDocument.to_json`` described. Raises ``KeyError`` or ``ValueError`` on other data."""
    return QuestionDocument(
        format=str(data["format"]),
        questions=tuple(_question(item) for item in data["questions"]),
        problems=tuple(_problem(item) for item in data["problems"]),
        refused=bool(data.get("refused")),
    )


def _problem(data: Mapping[str, Any]) -> Problem:
    return Problem(code=str(data["code"]), params=dict(data["params"]), where=str(data["where"]))


def _question(data: Mapping[str, Any]) -> Question:
    return Question(
        number=int(data["number"]),
        label=str(data["label"]),
        kind=Kind(data["kind"]),
        stem=str(data["stem"]),
        options=tuple(data["options"]),
        key=tuple(data["key"]),
        evidence=Evidence(data["evidence"]),
        status=Status(data["status"]),
        problems=tuple(_problem(item) for item in data["problems"]),
        place=str(data["place"]),
        level=data["level"],
        topic=data["topic"],
        stimulus=data["stimulus"],
        media=tuple(Media(item["name"], item["type"], item["sha256"]) for item in data["media"]),
        aspect=data.get("aspect"),
        explanation=data.get("explanation"),
        part=data.get("part"),
        stem_html=str(data.get("stem_html", "")),
        option_html=tuple(data.get("option_html", ())),
        source_excerpt=str(data.get("source_excerpt", "")),
    )
