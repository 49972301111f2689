"""Lessons and the essay of the demo centre, read from their data files. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lms.cli.demo.tables import ContentError, Table, read_toml

RUBRIC_SUM = 1000
"""Hundredths of a point that a rubric's lines come to."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source document by its id, and the place in it."""

    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson of a module of a programme; ``body`` is markup as the editor makes it."""

    programme: str
    module: int
    title: str
    body: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of the rubric; ``most`` in hundredths of a point."""

    title: str
    description: str
    aspect: str
    most: int


@dataclass(frozen=True, slots=True)
class Essay:
    """The essay task, its rubric, and the pieces that answers and comments are put together from."""

    title: str
    prompt: str
    criteria: tuple[Criterion, ...]
    theory: tuple[str, ...]
    limit: tuple[str, ...]
    deed: tuple[str, ...]
    comments: tuple[str, ...]


def lessons(folder: Path, modules: Mapping[str, int], sources: frozenset[str]) -> tuple[Lesson, ...]:
    """The lessons; ``modules`` counts each programme's.

    Raises:
        ContentError: a programme, module or source that there isn't.
    """
    file = read_toml(folder / "lessons.toml")
    found = tuple(table.closed(_lesson(table, modules, sources)) for table in file.tables("lesson"))
    file.done()
    return found


def _lesson(table: Table, modules: Mapping[str, int], sources: frozenset[str]) -> Lesson:
    programme = table.text("programme", allowed=modules)
    number = table.number("module")
    if number > modules[programme]:
        raise table.fail(f"{programme} has no module {number}")
    return Lesson(
        programme=programme,
        module=number,
        title=table.text("title"),
        body="".join(table.texts("body")),
        citations=tuple(
            one.closed(Citation(one.text("id", allowed=sources), one.text("place")))
            for one in table.tables("sources")
        ),
    )


def essay(folder: Path) -> Essay:
    """The essay.

    Raises:
        ContentError: the rubric doesn't come to ten points.
    """
    file = read_toml(folder / "essay.toml")
    task, pieces = file.table("task"), file.table("pieces")
    criteria = tuple(
        one.closed(
            Criterion(
                one.text("title"),
                one.text("description"),
                one.text("aspect", allowed=("theory", "practice")),
                one.number("most"),
            )
        )
        for one in file.tables("criterion")
    )
    if sum(one.most for one in criteria) != RUBRIC_SUM:
        raise ContentError("essay.toml: the rubric does not come to ten points")
    found = Essay(
        title=task.text("title"),
        prompt=task.text("prompt"),
        criteria=criteria,
        theory=pieces.texts("theory"),
        limit=pieces.texts("limit"),
        deed=pieces.texts("deed"),
        comments=pieces.texts("comment"),
    )
    task.done()
    pieces.done()
    file.done()
    return found
