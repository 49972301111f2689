"""Reading an uploaded roster in a process of its own."""

from pathlib import Path

from lms.core.intake.child import read_in_child
from lms.core.intake.guard import Limits, RefusedError
from lms.courses.nominations.reading.people import Problem, Roster, from_json, refusal

MODULE = "lms.courses.nominations.reading"
DEFAULT_LIMITS = Limits()


def read_file(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Roster:
    """The roster of ``path``, read by a child process; a dead or slow child is a problem of the file."""
    try:
        return from_json(read_in_child(MODULE, path, limits=limits))
    except RefusedError as error:
        return refusal("", Problem(error.code, error.params))
    except (KeyError, TypeError):
        return refusal("", Problem("reader_died"))
