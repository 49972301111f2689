"""What looks wrong about a draft apart from its key."""

import re
from collections.abc import Iterator

from lms.core.intake.oldcodes import old_encoding
from lms.quizzes.interchange.document import Kind, Problem
from lms.quizzes.interchange.docx.paragraph import DRAWING, OBJECT
from lms.quizzes.interchange.reading.answers import truth
from lms.quizzes.interchange.reading.drafts import Draft
from lms.quizzes.interchange.reading.labels import Strength
from lms.quizzes.interchange.reading.vocabulary import EMBEDDED_START

EXCERPT = 60
USUAL_OPTIONS = 4
PAIR = 2
UNREADABLE = "\ufffd"
NOT_SHOWN = re.compile(r"⟦[0-9a-f]{16}\.(?:wmf|emf|bin|tiff?|svg|bmp)⟧")
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
    following = chr(ord("A") + len(draft.options))
    for index, option in enumerate(draft.options):
        if re.search(rf"(?<!\w){following}\s*[.)]\s*\S", option.text.text):
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
    texts = [text.text for text in shown]
    for text in texts:
        found = EMBEDDED_START.search(text)
        if found:
            yield Problem(
                "number_in_text", {"text": text[found.start() : found.start() + EXCERPT]}, draft.place
            )
            break
    if draft.number.isdigit() and draft.label == draft.number:
        swallowed = re.search(rf"\n\s*{int(draft.number) + 1}\s*[.):/]\s*\S.*", draft.stem.text)
        if swallowed:
            yield Problem("number_in_text", {"text": swallowed.group().strip()[:EXCERPT]}, draft.place)
    everything = "\n".join([*texts, draft.stimulus or ""])
    if NOT_SHOWN.search(everything) or OBJECT in everything:
        yield Problem("formula_object", {}, draft.place)
    if old_encoding(everything) is not None:
        yield Problem("old_letters", {}, draft.place)
    if UNREADABLE in everything:
        yield Problem("letter_lost", {}, draft.place)
    if any(run.style.struck and run.text.strip() for text in shown for run in text.runs):
        yield Problem("struck_text", {}, draft.place)
    if DRAWING in everything:
        yield Problem("drawing_lost", {}, draft.place)
