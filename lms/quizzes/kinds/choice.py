"""What the kinds with options share: reading, checking, ordering and wording them."""

from collections import Counter
from collections.abc import Sequence

from lms.core import seeds
from lms.core.messages import N_
from lms.core.sanitising import text_of
from lms.core.vietnamese import nfc
from lms.quizzes.kinds.base import AnswerPart, MalformedAnswer, Problem, ShownOption
from lms.quizzes.kinds.documents import IDS, MAX_OPTIONS, Document, Option, options_of
from lms.quizzes.kinds.pinning import refers_to_letters

MIN_OPTIONS = 2
LETTERS = IDS.upper()


def arrange(options: Sequence[Option], seed: int, *, shuffle: bool) -> list[Option]:
    """The options in the order for ``seed``.

    A pinned option keeps its place and nothing moves past it: *các đáp án trên* still speaks of the same ones. When
    any pinned option names others by letter, nothing moves at all.
    """
    if not shuffle or any(option.pinned and refers_to_letters(text_of(option.text)) for option in options):
        return list(options)
    arranged: list[Option] = []
    run: list[Option] = []
    for option in options:
        if option.pinned:
            arranged += [*seeds.order(run, seed, lambda each: each.id), option]
            run = []
        else:
            run.append(option)
    return arranged + seeds.order(run, seed, lambda each: each.id)


def shown(options: Sequence[Option], letters: str = LETTERS) -> tuple[ShownOption, ...]:
    """The options with the letters of their places."""
    return tuple(
        ShownOption(option.id, letters[place], option.text)
        for place, option in enumerate(options[: len(letters)])
    )


def check_options(content: Document, *, minimum: int = MIN_OPTIONS) -> list[Problem]:
    """There are enough options, none empty, no two alike, and each has an id of its own."""
    options = options_of(content)
    problems = []
    if len(options) < minimum:
        message = N_("Cần ít nhất %(count)s phương án.")
        problems.append(Problem("options_few", message, {"count": minimum}, "options"))
    if len(options) > MAX_OPTIONS:
        message = N_("Nhiều nhất %(count)s phương án.")
        problems.append(Problem("options_many", message, {"count": MAX_OPTIONS}, "options"))
    ids = [option.id for option in options]
    if len(set(ids)) < len(ids) or any(len(each) != 1 or each not in IDS for each in ids):
        problems.append(
            Problem("option_ids", N_("Ký hiệu các phương án bị trùng hoặc sai."), field="options")
        )
    counts = Counter(nfc(option.text).strip().casefold() for option in options)
    for place, option in enumerate(options[: len(LETTERS)]):
        where, letter = f"options.{option.id}", LETTERS[place]
        text = nfc(option.text).strip().casefold()
        if not text_of(option.text) and "<img" not in option.text:
            message = N_("Phương án %(letter)s chưa có nội dung.")
            problems.append(Problem("option_empty", message, {"letter": letter}, where))
        elif counts[text] > 1:
            message = N_("Phương án %(letter)s giống một phương án khác.")
            problems.append(Problem("option_repeated", message, {"letter": letter}, where))
    return problems


def check_known(content: Document, correct: Sequence[str]) -> list[Problem]:
    """Every id of the key is an option's."""
    ids = {option.id for option in options_of(content)}
    return [
        Problem(
            "key_unknown",
            N_("Đáp án %(letter)s không có trong câu hỏi."),
            {"letter": each.upper()},
            "options",
        )
        for each in correct
        if each not in ids
    ]


def parse_id(raw: object, content: Document | None) -> str:
    """One option id; raises :class:`MalformedAnswer`."""
    if not isinstance(raw, str) or len(raw) != 1 or raw not in IDS:
        raise MalformedAnswer("not an option id")
    if content is not None and raw not in {option.id for option in options_of(content)}:
        raise MalformedAnswer("no such option")
    return raw


def parts(content: Document, ids: Sequence[str]) -> tuple[AnswerPart, ...]:
    """The options with these ids, in the author's order first, unknown ones by their letter."""
    texts = {option.id: option.text for option in options_of(content)}
    return tuple(
        AnswerPart(each, texts[each], "html") if each in texts else AnswerPart(each, each.upper(), "text")
        for each in ids
    )
