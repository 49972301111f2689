"""What tests ask of a document."""

from collections.abc import Sequence
from pathlib import Path

from lms.core.intake.guard import Limits
from lms.quizzes.interchange.document import Question, QuestionDocument
from lms.quizzes.interchange.reader import read_path
from tests.quizzes.interchange.papers import Item


def read(path: Path) -> QuestionDocument:
    return read_path(path, Limits())


def codes(question: Question) -> set[str]:
    return {problem.code for problem in question.problems}


def plain(text: str) -> str:
    return " ".join(text.split())


def same(question: Question, item: Item) -> bool:
    return (
        plain(question.stem) == plain(item.stem)
        and tuple(map(plain, question.options)) == tuple(map(plain, item.options))
        and question.key == item.letters
        and question.kind == ("multiple_response" if len(item.key) > 1 else "single_choice")
    )


def assert_understood(document: QuestionDocument, items: Sequence[Item], evidence: str) -> None:
    """Every question came out whole, in order, without a doubt."""
    assert len(document.questions) == len(items)
    for question, item in zip(document.questions, items, strict=True):
        assert question.status == "understood", (
            question.stem,
            [problem.message for problem in question.problems],
        )
        assert same(question, item), (question, item)
        assert question.evidence == evidence


def assert_never_wrong(document: QuestionDocument, items: Sequence[Item]) -> None:
    """What is called understood is right; the rest is told."""
    understood = [question for question in document.questions if question.status == "understood"]
    for question in understood:
        assert any(same(question, item) for item in items), question
    if len(document.questions) < len(items):
        assert document.problems or len(understood) < len(document.questions)
