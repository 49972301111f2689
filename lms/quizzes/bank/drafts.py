"""A question as a person edits it: between what a reader understood of a file and what a version stores."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.quizzes.kinds.documents import IDS

CHOICES = frozenset({"single_choice", "multiple_response"})
WITH_OPTIONS = CHOICES | {"true_false_group"}
LETTERS = IDS.upper()
TRUE, FALSE = "T", "F"
SETTINGS = ("policy", "compare", "unit", "tolerance")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as a person edits it.

    ``stem`` and ``options`` are clean HTML. ``key`` holds capital letters for choices, ``T``/``F`` (or ``""`` where
    nothing is chosen) in order for statements, ``T`` or ``F`` for one statement, accepted texts for a short answer,
    and the number for a numerical question.
    """

    kind: str
    stem: str = ""
    options: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    explanation: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain data for a JSON column."""
        return {
            "kind": self.kind,
            "stem": self.stem,
            "options": list(self.options),
            "key": list(self.key),
            "explanation": self.explanation,
            "settings": dict(self.settings),
        }


def from_json(data: Mapping[str, Any]) -> Draft:
    """The draft that :meth:`Draft.to_json` described."""
    return Draft(
        kind=str(data["kind"]),
        stem=str(data["stem"]),
        options=tuple(data["options"]),
        key=tuple(data["key"]),
        explanation=str(data["explanation"]),
        settings=dict(data.get("settings", {})),
    )
