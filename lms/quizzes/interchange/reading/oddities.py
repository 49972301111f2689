"""What looks wrong about a draft apart from its key."""

import re
from collections.abc import Iterator

from lms.core.intake.oldcodes import old_encoding
from lms.quizzes.interchange.document import Kind, Problem
from lms.quizzes.interchange.docx.paragraph import DRAWING, OBJECT
from lms.quizzes.interchange.reading.answers import truth
from lms.quizzes.interchange.reading.drafts import Draft
from lms.quizzes.interchange.reading.labels import Strength
from lms.quizzes.interchange.reading.vocabulary import EMBEDDED_START, LEADING_NUMBER

EXCERPT = 60
USUAL_OPTIONS = 4
PAIR = 2
UNREADABLE = "\ufffd"
NOT_SHOWN = re.compile(r"⟦[0-9a-f]{16}\.(?:wmf|emf|bin|tiff?|svg|bmp)⟧")
NUMBER_BEFORE = re.compile(r"^\d{1,4}\s*[.):/]\s*")
BARE_LABEL = re.compile(
    r"\W*(?:[A-Ha-h]|\d{1,3})?\W*|(?:đáp án|chọn|(?:phần|chương|mục|bài)\s+[IVX\d]{1,4})\W*", re.IGNORECASE
)
LONG_LINE = 12
VERTICAL = frozenset({"sub", "sup"})


def of(draft: Draft, kind: Kind, usual: int, *, firm: bool) -> Iterator[Problem]:
    """Problems of stem, options and surroundings. ``usual`` options are what most questions have; ``firm``: enough of them."""
    if not draft.stem.text.strip():
        yield Problem("stem_empty", {}, draft.place)
    if kind not in {Kind.SHORT_ANSWER, Kind.ESSAY} and draft.options:
        yield from _options(draft, kind, usual, firm=firm)
    yield from _texts(draft)
    for line in draft.trailing[:1]:
        text = line.text.strip()
        yield Problem(
            "trailing_text", {"text": text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")}, line.place
        )


def _options(draft: Draft, kind: Kind, usual: int, *, firm: bool) -> Iterator[Problem]:
    if len(draft.options) == 1:
        yield Problem("option_single", {}, draft.place)
    if draft.odd_labels:
        labels = ", ".join(option.letter for option in draft.options)
        yield Problem("option_labels", {"labels": labels}, draft.place)
    for index, option in enumerate(draft.options):
        if not option.text.text.strip():
            yield Problem("option_empty", {"letter": chr(ord("A") + index)}, draft.place)
    yield from _repeated(draft)
    if kind != Kind.TRUE_FALSE_GROUP:
        yield from _layout(draft, usual, firm=firm)
        yield from _swallowed(draft)


def _layout(draft: Draft, usual: int, *, firm: bool) -> Iterator[Problem]:
    """Options that may have been parted wrongly, judged by how they stand and how many the others have."""
    count = len(draft.options)
    half = count == PAIR and draft.options[1].strength < Strength.LINE and not _yes_or_no(draft)
    if half or draft.ambiguous or (draft.crowded and not (firm and count == usual == USUAL_OPTIONS)):
        yield Problem("option_split", {}, draft.place)
    open_ended = draft.numberless and not draft.answers
    # Where nothing closes a question, the next stem may begin like an option (``C. Mác viết gì?``).
    if open_ended and any(option.text.text.rstrip().endswith(("?", ":", "…")) for option in draft.options):
        yield Problem("stem_boundary", {}, draft.place)
    orderly = all(option.strength == Strength.LINE and not option.continued for option in draft.options)
    if usual and count not in {1, usual} and (open_ended or not orderly):
        yield Problem("option_count", {"count": count, "usual": usual}, draft.place)


def _yes_or_no(draft: Draft) -> bool:
    """Đúng/Sai, Có/Không: two options are all there are; other pairs on a line may have lost the next line."""
    return all(truth(option.text.text) is not None for option in draft.options)


def _swallowed(draft: Draft) -> Iterator[Problem]:
    """The next letter inside the text of an option."""
    before, first = (r"\w", "a") if draft.lower else ("[A-ZĐ]", "A")
    label = re.compile(rf"(?<!{before}){chr(ord(first) + len(draft.options))}\s*[.)]\s*\S")
    for index, option in enumerate(draft.options):
        if label.search(option.text.text):
            yield Problem("option_label_in_text", {"letter": chr(ord("A") + index)}, draft.place)
            return


def _repeated(draft: Draft) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, option in enumerate(draft.options):
        shown = option.text.html(VERTICAL).strip()
        if shown and shown in seen:
            letters = {"first": chr(ord("A") + seen[shown]), "second": chr(ord("A") + index)}
            yield Problem("option_repeated", dict(letters), draft.place)
            return
        seen.setdefault(shown, index)


def _texts(draft: Draft) -> Iterator[Problem]:
    shown = [draft.stem, *(option.text for option in draft.options)]
    yield from _numbers(draft, [text.text for text in shown])
    everything = "\n".join([*(text.text for text in shown), draft.stimulus or ""])
    struck = any(run.style.struck and run.text.strip() for text in shown for run in text.runs)
    for code, there in (
        ("formula_object", NOT_SHOWN.search(everything) is not None or OBJECT in everything),
        ("old_letters", old_encoding(everything) is not None),
        ("letter_lost", UNREADABLE in everything),
        ("struck_text", struck),
        ("drawing_lost", DRAWING in everything),
    ):
        if there:
            yield Problem(code, {}, draft.place)


def _twice(stem: str) -> list[str]:
    """Lines of a stem that stand there twice, with or without a number, and lines that are a bare label."""
    lines = [line.strip() for line in stem.split("\n")]
    bare = [NUMBER_BEFORE.sub("", line) for line in lines]
    again = [line for index, line in enumerate(bare) if len(line) > LONG_LINE and line in bare[:index]]
    return again + [line for line in lines[1:] if BARE_LABEL.fullmatch(line)]


def _numbers(draft: Draft, texts: list[str]) -> Iterator[Problem]:
    """What looks like the start of another question inside this one."""
    stem = texts[0]
    found = [text[match.start() :] for text in texts if (match := EMBEDDED_START.search(text))][:1]
    if draft.numberless and LEADING_NUMBER.match(stem):
        found.append(stem)
    if draft.number.isdigit() and draft.label == draft.number:
        following = re.compile(rf"(?<!\S){int(draft.number) + 1}\s*[.):/]\s*(?:[^\W\d_]|[“\"‘(]).*")
        found += [match.group() for text in texts if (match := following.search(text))][:1]
    found += _twice(stem)
    for text in found:
        yield Problem("number_in_text", {"text": text[:EXCERPT]}, draft.place)
