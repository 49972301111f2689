"""Reading an uploaded question file in a process of its own."""

from pathlib import Path

from lms.core.intake.child import read_in_child
from lms.core.intake.guard import Limits, RefusedError
from lms.quizzes.interchange.document import Problem, QuestionDocument, from_json, refusal

MODULE = "lms.quizzes.interchange"
DEFAULT_LIMITS = Limits()


def read_file(
    path: Path, filename: str, *, limits: Limits = DEFAULT_LIMITS, media_folder: Path | None = None
) -> QuestionDocument:
    """The question document of ``path``, read by a child process; a dead or slow child is a problem of the file.

    ``filename`` is what the file was called by whoever sent it: it only names the format where nothing else does.
    """
    suffix = Path(filename).suffix.lower().lstrip(".")
    media = ["--media", str(media_folder.resolve())] if media_folder is not None else []
    try:
        document = from_json(read_in_child(MODULE, path, limits=limits, arguments=media))
    except RefusedError as error:
        return refusal(suffix, Problem(error.code, error.params))
    except (ValueError, KeyError, TypeError):
        return refusal(suffix, Problem("reader_died"))
    return document if document.format else refusal(suffix, document.problems[0])
