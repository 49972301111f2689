"""A segment's lines become a draft: stem, options, answer lines, explanation, tags."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.document import Evidence, Kind, Problem
from lms.quizzes.interchange.reading.answers import told_key
from lms.quizzes.interchange.reading.drafts import Draft, Segment, Written
from lms.quizzes.interchange.reading.headings import is_capital
from lms.quizzes.interchange.reading.labels import Strength, hits_in, split_options
from lms.quizzes.interchange.reading.starts import is_answer
from lms.quizzes.interchange.reading.tags import aspect_of, level_of, take_tags
from lms.quizzes.interchange.reading.vocabulary import (
    ANSWER_ALONE,
    ANSWER_TAIL,
    CHOSEN,
    EXPLANATION,
    LATE_EXPLANATION,
    META,
    REFERENCE,
    REPEATED_OPTION,
)
from lms.quizzes.interchange.rich import joined

LAST_USUAL = "D"
TYPES = {
    "single_choice": Kind.SINGLE_CHOICE, "single": Kind.SINGLE_CHOICE, "một đáp án": Kind.SINGLE_CHOICE,
    "mcq": Kind.SINGLE_CHOICE, "trắc nghiệm": Kind.SINGLE_CHOICE, "msa": Kind.SINGLE_CHOICE,
    "multiple_choice": Kind.MULTIPLE_RESPONSE, "multiple": Kind.MULTIPLE_RESPONSE,
    "multiple_response": Kind.MULTIPLE_RESPONSE, "nhiều đáp án": Kind.MULTIPLE_RESPONSE, "mma": Kind.MULTIPLE_RESPONSE,
    "true_false": Kind.TRUE_FALSE, "true/false": Kind.TRUE_FALSE, "đúng/sai": Kind.TRUE_FALSE,
    "đúng sai": Kind.TRUE_FALSE, "short_answer": Kind.SHORT_ANSWER, "trả lời ngắn": Kind.SHORT_ANSWER,
    "essay": Kind.ESSAY, "tự luận": Kind.ESSAY,
}  # fmt: skip


def split_restarts(segment: Segment) -> list[Segment]:
    """Cut a segment where options begin again at A: a question without a number starts there."""
    cuts: list[tuple[int, bool]] = []
    seen: set[str] = set()
    for index, line in enumerate(segment.lines):
        if _repeats(line, seen):
            continue
        hits = [hit for hit in hits_in(line, index) if hit.upper]
        first = next((hit for hit in hits if hit.letter == "A" and hit.strength >= Strength.WIDE), None)
        if first is not None and "B" in seen:
            cut = _stem_start(segment, index, cuts[-1][0] if cuts else 0)
            if cut[0] < index or first.start:
                cuts.append(cut)
                seen = set()
        for hit in hits:
            if hit.letter == chr(ord("A") + len(seen)) and (seen or hit.strength >= Strength.WIDE):
                seen.add(hit.letter)
    if not segment.numbered:
        head = _first_stem(segment)
        cuts = [head, *cuts] if head is not None else cuts
        return list(_pieces(segment, cuts, keep_first=False)) if cuts else []
    return list(_pieces(segment, cuts, keep_first=True)) if cuts else [segment]


def _repeats(line: Line, seen: set[str]) -> bool:
    """Whether a bullet repeats one of the options above: that is how some files tell the key."""
    match = REPEATED_OPTION.match(line.text)
    return match is not None and "B" in seen and match["letter"] in seen


def _first_stem(segment: Segment) -> tuple[int, bool] | None:
    for index, line in enumerate(segment.lines):
        if any(hit.letter == "A" and hit.strength >= Strength.WIDE for hit in hits_in(line, index)):
            return _stem_start(segment, index, -1)
    return None


def _stem_start(segment: Segment, option: int, floor: int) -> tuple[int, bool]:
    """Where the stem above line ``option`` starts, and whether that is sure."""
    first = option
    answers = [index for index in range(max(floor, 0), option) if is_answer(segment.lines[index])]
    while first - 1 > floor and (
        _is_stem_text(segment.lines[first - 1]) or (answers and first - 1 > answers[-1])
    ):
        first -= 1
    inline = any(
        hit.letter == "A" and hit.start > 0 and hit.strength == Strength.WIDE
        for hit in hits_in(segment.lines[option], 0)
    )
    inline = inline and bool(segment.lines[option].text[: hits_in(segment.lines[option], 0)[0].start].strip())
    gaps = [index for index in sorted(segment.gaps) if first <= index <= option]
    if first > 0 and gaps and first not in segment.gaps and not _closes(segment.lines[first - 1]):
        first = gaps[0]
    before = segment.lines[first - 1] if first > 0 else None
    stems = option - first + inline
    closed = before is None or first in segment.gaps or _closes(before)
    if before is None and not segment.numbered:
        titled = [index for index in gaps if index > 0]
        if titled:
            first = titled[-1]
            stems = option - first + inline
        else:
            while first < option and (is_capital(segment.lines[first].text) or segment.lines[first].heading):
                first += 1
                stems -= 1
    torn = any(first < gap < option + inline for gap in segment.gaps)
    sure = stems == 1 or (stems > 1 and closed and before is not None and not torn)
    return first, sure


def _is_stem_text(line: Line) -> bool:
    hits = hits_in(line, 0)
    labelled = any(hit.strength == Strength.LINE for hit in hits)
    return not (
        labelled or is_answer(line) or EXPLANATION.match(line.text) or REPEATED_OPTION.match(line.text)
    )


def _closes(line: Line) -> bool:
    return is_answer(line) or bool(REPEATED_OPTION.match(line.text))


def _pieces(segment: Segment, cuts: list[tuple[int, bool]], *, keep_first: bool) -> Iterator[Segment]:
    starts = ([(0, True)] if keep_first else []) + cuts
    ends = [start for start, _ in starts[1:]] + [len(segment.lines)]
    for position, ((start, sure), end) in enumerate(zip(starts, ends, strict=True)):
        if start >= end:
            continue
        lines = segment.lines[start:end]
        problems: list[Problem] = []
        own = keep_first and position == 0
        place = segment.place if own else lines[0].place
        if not own and segment.numbered:
            problems.append(Problem("number_missing", {}, place))
        elif not sure:
            problems.append(Problem("stem_boundary", {}, place))
        yield replace(
            segment, place=place, lines=lines, gaps={gap - start for gap in segment.gaps if start < gap < end},
            label=segment.label if own else "", number=segment.number if own else "",
            level=segment.level if own else None, problems=[*segment.problems, *problems],
        )  # fmt: skip


def build_draft(segment: Segment) -> Draft:
    """The draft of one segment."""
    draft = Draft(
        place=segment.place, context=segment.context, label=segment.label, number=segment.number,
        level=segment.level, aspect=segment.aspect, problems=list(segment.problems), numberless=not segment.numbered,
    )  # fmt: skip
    body, gaps = _take_notes(draft, segment)
    split = split_options(body, gaps)
    stem = joined([part.squeeze() for part in split.stem if part.text.strip()], "\n")
    stem, level, aspect = take_tags(stem)
    draft.stem = stem.strip()
    draft.level, draft.aspect = draft.level or level, draft.aspect or aspect
    draft.options = split.options
    for option in draft.options:
        option.text = option.text.squeeze()
    draft.odd_labels, draft.trailing = split.odd_labels, split.trailing
    draft.crowded, draft.ambiguous = split.crowded, split.ambiguous
    return draft


def _take_notes(draft: Draft, segment: Segment) -> tuple[list[Line], set[int]]:
    """Answer lines, explanations and settings taken out of the body; the rest, with its gaps."""
    body: list[Line] = []
    gaps: set[int] = set()
    explaining = waiting = False
    for index, line in enumerate(segment.lines):
        gap = index in segment.gaps
        if waiting and _lone_letter([line]):
            draft.answers.append(Written(line.text.strip(" \t.)"), Evidence.ANSWER_LINE, line.place))
            waiting = False
            continue
        waiting = False
        above = (hit for own in body for hit in hits_in(own, 0))
        if _repeats(line, {hit.letter for hit in above if hit.strength >= Strength.WIDE}):
            told = REPEATED_OPTION.sub(r"\g<value>", line.text).strip()
            draft.answers.append(Written(told, Evidence.ANSWER_LINE, line.place))
            continue
        late = len(body) > 0 and _has_options(body)
        taken = _note(draft, line, late=late, complete=_has_options(body, LAST_USUAL))
        if taken == "waiting" and not late and not _lone_letter(segment.lines[index + 1 : index + 2]):
            taken = ""  # ``Phương án đúng là:`` ends a stem
        if taken:
            explaining = taken == "explanation"
            waiting = taken == "waiting"
            continue
        if explaining and not gap and not _labelled(line):
            draft.explanation = f"{draft.explanation}\n{line.text.strip()}".strip()
            continue
        explaining = False
        if gap:
            gaps.add(len(body))
        body.append(_without_tail(draft, line))
    return body, gaps


def _lone_letter(lines: list[Line]) -> bool:
    return any(re.fullmatch(r"\s*[A-H]\s*[.)]?\s*", line.text) for line in lines)


def _labelled(line: Line) -> bool:
    return any(hit.strength == Strength.LINE for hit in hits_in(line, 0))


def _has_options(body: list[Line], last: str = "B") -> bool:
    return any(hit.letter == last for line in body for hit in hits_in(line, 0))


def _own_line(text: str) -> bool:
    """Whether a line can't go on with the line above."""
    bare = text.strip()
    return bare[:1] == "(" or bare[:1].isupper()


def _note(draft: Draft, line: Line, *, late: bool, complete: bool) -> str:
    """Which note a line is ("" for none), after writing it into the draft.

    ``late``: options stand above it; ``complete``: as many as a question has.
    """
    text = line.text
    if line.verbatim:
        return ""
    told = told_key(text)
    if told:
        draft.answers.append(Written(told, Evidence.ANSWER_LINE, line.place))
        return "answer"
    if told == "":
        return "waiting"
    if ANSWER_ALONE.match(text):
        return "waiting"
    match = EXPLANATION.match(text) or (LATE_EXPLANATION.match(text) if late else None)
    if match is None and late and (draft.answers or (complete and _own_line(text))):
        match = REFERENCE.match(text)
    if match:
        said = text if match.re is REFERENCE else match["value"]
        draft.explanation = f"{draft.explanation or ''}\n{said.strip()}".strip()
        chosen = CHOSEN.search(match["value"]) if late else None
        if chosen:
            draft.answers.append(Written(chosen["value"].upper(), Evidence.ANSWER_LINE, line.place))
        return "explanation"
    match = META.match(text)
    if match and _meta(draft, match["name"].casefold(), match["value"].strip()):
        return "meta"
    return ""


def _meta(draft: Draft, name: str, value: str) -> bool:
    """A setting line; False when its value says nothing known, so that it stays text."""
    if name == "type" or name.startswith(("loại", "dạng", "phân")):
        kind = TYPES.get(value.casefold())
        aspect = aspect_of(value)
        draft.kind, draft.aspect = draft.kind or kind, draft.aspect or aspect
        return kind is not None or aspect is not None
    if name.startswith(("tag", "topic", "chủ", "category")):
        draft.topic = value
        return True
    level = level_of(value)
    draft.level = draft.level or level
    return level is not None


def _without_tail(draft: Draft, line: Line) -> Line:
    """A line without the ``(Đáp án: B)`` at its end."""
    match = ANSWER_TAIL.search(line.text)
    if match is None or line.verbatim:
        return line
    draft.answers.append(Written(match["value"], Evidence.ANSWER_LINE, line.place))
    return replace(line, rich=line.rich.slice(0, match.start()))
