"""From blocks to questions."""

from collections.abc import Sequence
from itertools import pairwise

from lms.quizzes.interchange.blocks import Block, Line, Picture
from lms.quizzes.interchange.document import Problem, Question
from lms.quizzes.interchange.grid.rows import grid_drafts
from lms.quizzes.interchange.reading.build import build_draft, split_restarts
from lms.quizzes.interchange.reading.drafts import Draft, Segment
from lms.quizzes.interchange.reading.flatten import flatten
from lms.quizzes.interchange.reading.judge import judge
from lms.quizzes.interchange.reading.keys import assign_entries
from lms.quizzes.interchange.reading.labels import Strength, hits_in
from lms.quizzes.interchange.reading.segments import Cutter
from lms.quizzes.interchange.reading.starts import Style, choose_numbering

MOST_GAPS = 20
EXCERPT = 60


def understand(
    blocks: Sequence[Block], pictures: Sequence[Picture] = ()
) -> tuple[list[Question], list[Problem]]:
    """Questions of a file and the problems of the file as a whole."""
    items = list(flatten(blocks))
    numbering = choose_numbering([item for item in items if isinstance(item, Line)])
    cutter = Cutter(numbering)
    cutter.cut(items)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for piece in cutter.pieces:
        if isinstance(piece, Segment):
            made = [build_draft(one) for one in split_restarts(piece) if one.lines or one.label]
            lost = _lost(piece, made)
            if lost is not None and drafts:
                drafts[-1].problems.append(lost) if _has_labels(piece) else problems.append(lost)
            drafts.extend(made)
        else:
            drafts.extend(grid_drafts(*piece))
    if numbering.style != Style.NONE and sum(not draft.numberless for draft in drafts) > 1:
        for draft in drafts:
            if draft.numberless:
                draft.problems.append(Problem("number_missing", {}, draft.place))
    problems += assign_entries(drafts, cutter.keys.entries) if drafts else []
    problems += _gaps(drafts)
    return judge(drafts, pictures), problems


def _lost(piece: Segment, made: Sequence[Draft]) -> Problem | None:
    """Lines between questions that became no question."""
    if made or not piece.lines:
        return None
    text = piece.lines[0].text.strip()
    return Problem(
        "text_not_used", {"text": text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")}, piece.place
    )


def _has_labels(piece: Segment) -> bool:
    return any(hit.strength == Strength.LINE for line in piece.lines for hit in hits_in(line, 0))


def _gaps(drafts: Sequence[Draft]) -> list[Problem]:
    """Numbers that jump or stand twice, within one part."""
    problems: list[Problem] = []
    for before, after in pairwise(drafts):
        if not (before.number.isdigit() and after.number.isdigit()):
            continue
        if after.number == before.number and before.context == after.context:
            problems.append(Problem("number_repeated", {"label": after.label or after.number}, after.place))
        if int(after.number) > int(before.number) + 1 and before.context.part == after.context.part:
            params: dict[str, str | int] = {
                "before": before.label or before.number,
                "after": after.label or after.number,
            }
            problems.append(Problem("numbers_gap", params, after.place))
    return problems[:MOST_GAPS]
