"""A file in, a question document out; the caller decides in which process."""

from collections.abc import Iterator
from pathlib import Path

from lms.core.intake.guard import Limits, RefusedError, check_size, check_zip
from lms.core.intake.oldcodes import old_encoding
from lms.core.intake.sniff import FileKind, sniff
from lms.quizzes.interchange.blocks import Line, Picture, Source
from lms.quizzes.interchange.document import Problem, QuestionDocument, refusal
from lms.quizzes.interchange.docx import read_docx
from lms.quizzes.interchange.legacy import read_doc
from lms.quizzes.interchange.reading.pipeline import understand
from lms.quizzes.interchange.sheets import read_html, read_workbook
from lms.quizzes.interchange.text import read_text


def read_path(path: Path, limits: Limits, media_folder: Path | None = None) -> QuestionDocument:
    """The question document of a file. Never raises for what a file may hold: a refusal is a document too.

    Pictures that questions use are written into ``media_folder`` under the names that ``media`` lists.
    """
    kind = ""
    try:
        check_size(path, limits)
        found = sniff(path)
        kind = found.value
        if found in {FileKind.DOCX, FileKind.XLSX}:
            check_zip(path, limits)
        source, problems = _open(path, found)
    except RefusedError as error:
        return refusal(kind, Problem(error.code, error.params))
    old = old_encoding("\n".join(_texts(source)))
    if old is not None:
        return refusal(kind, Problem("old_encoding", {"encoding": old}))
    questions, more = understand(source.blocks, source.pictures)
    if not questions:
        return QuestionDocument(kind, (), (Problem("no_questions"), *problems), refused=True)
    problems = [*source.problems, *problems]
    used = {media.name for question in questions for media in question.media}
    if media_folder is not None:
        _write(media_folder, [picture for picture in source.pictures if picture.name in used])
    return QuestionDocument(kind, tuple(questions), (*problems, *more))


def _texts(source: Source) -> Iterator[str]:
    for block in source.blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row)


def _open(path: Path, kind: FileKind) -> tuple[Source, list[Problem]]:
    if kind == FileKind.TEXT:
        return read_text(path)
    if kind == FileKind.DOCX:
        return read_docx(path), []
    if kind == FileKind.DOC:
        return read_doc(path), []
    return (read_html(path) if kind == FileKind.HTML else read_workbook(path)), []


def _write(folder: Path, pictures: list[Picture]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        (folder / picture.name).write_bytes(picture.data)
