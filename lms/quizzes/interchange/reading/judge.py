"""Drafts become questions: kind, key, and every reason to doubt."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lms.quizzes.interchange.blocks import Picture
from lms.quizzes.interchange.document import Evidence, Kind, Media, Problem, Question, Status
from lms.quizzes.interchange.reading import oddities
from lms.quizzes.interchange.reading.answers import letter_list, looks_like_group, short_key, truth
from lms.quizzes.interchange.reading.drafts import Draft
from lms.quizzes.interchange.reading.headings import stimulus_for
from lms.quizzes.interchange.reading.keys import Verdict, choice_verdict, group_verdict
from lms.quizzes.interchange.reading.keytables import CROSS
from lms.quizzes.interchange.reading.marks import Usage, marked_in, strip_ticks, usage_of
from lms.quizzes.interchange.reading.vocabulary import ESSAY_VERBS, GROUP_HINT, MULTIPLE_HINT
from lms.quizzes.interchange.rich import plain

TRUE_FALSE_OPTIONS = ("Đúng", "Sai")
OPTION_TAGS = frozenset({"i", "sub", "sup"})
STEM_TAGS = frozenset({"b", "i", "u", "sub", "sup"})
SEVERAL_SHARE = 0.2
EXCERPT = 400
LISTED = re.compile(r"\s*(?:[(\[]?(?:[^\W\d_]|\d{1,2}|[ivx]{1,4})\s*[.)\]:/]|[-+•*●○☐☑□■✓])\s*\S")
FIRM = 3  # as many questions as make a number of options the usual one


@dataclass(frozen=True, slots=True)
class Custom:
    """What is usual in a file, so that the unusual shows."""

    usage: Usage
    usual_options: int
    firm: bool
    has_upper: bool
    has_choices: bool
    several: bool
    alone: bool


def judge(drafts: Sequence[Draft], pictures: Sequence[Picture]) -> list[Question]:
    """Questions in the order of the drafts."""
    usage = usage_of(drafts)
    counts = Counter(len(draft.options) for draft in drafts if len(draft.options) > 1 and not draft.lower)
    sets = (
        [marked_in(draft, usage.trusted[0]).letters for draft in drafts if draft.options]
        if usage.trusted
        else []
    )
    keyed = [letters for letters in sets if letters]
    custom = Custom(
        usage=usage,
        usual_options=counts.most_common(1)[0][0] if counts else 0,
        firm=bool(counts) and counts.most_common(1)[0][1] >= FIRM,
        has_upper=any(draft.options and not draft.lower for draft in drafts),
        has_choices=any(len(draft.options) > 1 for draft in drafts),
        alone=len(drafts) == 1,
        several=sum(len(letters) > 1 for letters in keyed) > max(1.0, SEVERAL_SHARE * len(keyed)),
    )
    by_name = {picture.name: picture for picture in pictures}
    return [_question(number, draft, custom, by_name) for number, draft in enumerate(drafts, 1)]


def _question(number: int, draft: Draft, custom: Custom, pictures: dict[str, Picture]) -> Question:
    _take_stimulus(draft)
    kind, verdict = _kind_and_key(draft, custom)
    problems = [
        *draft.problems,
        *verdict.problems,
        *oddities.of(draft, kind, custom.usual_options, firm=custom.firm),
    ]
    if Evidence.MARK in custom.usage.trusted:
        for option in draft.options:
            strip_ticks(option)
    options = _options(draft, kind)
    status = (
        Status.DOUBTFUL if any(_is_doubt(problem, verdict) for problem in problems) else Status.UNDERSTOOD
    )
    if not draft.stem.text and not options:
        status = Status.FAILED
    tags = OPTION_TAGS | ({"u"} if _all_underlined(draft) else set())
    shown = draft.options if options and kind not in {Kind.SHORT_ANSWER, Kind.TRUE_FALSE} else []
    return Question(
        number=number, label=draft.label, kind=kind, stem=draft.stem.text, options=options, key=verdict.key,
        evidence=verdict.evidence, status=status, problems=tuple(_unique(problems)), place=draft.place,
        level=draft.level or draft.context.level, topic=draft.topic or draft.context.topic,
        stimulus=draft.stimulus, media=_media(draft, pictures), aspect=draft.aspect or draft.context.aspect,
        explanation=draft.explanation or None, part=draft.context.part.title if draft.context.part else None,
        stem_html=draft.stem.html(STEM_TAGS),
        option_html=tuple(option.text.html(tags) for option in shown) or tuple(plain(text).html(tags) for text in options),
        source_excerpt=_excerpt(draft),
    )  # fmt: skip


def _is_doubt(problem: Problem, verdict: Verdict) -> bool:
    """Two equal distractors are a flaw to tell; they put the key in doubt only when it is one of them."""
    if problem.code != "option_repeated" or not verdict.key:
        return True
    return bool({problem.params["first"], problem.params["second"]} & set(verdict.key))


def _unique(problems: list[Problem]) -> list[Problem]:
    kept: list[Problem] = []
    for problem in problems:
        if problem not in kept:
            kept.append(problem)
    return kept


def _take_stimulus(draft: Draft) -> None:
    stimulus = stimulus_for(draft.context, draft.number)
    if stimulus is None:
        return
    if not draft.stem.text and draft.options and stimulus.instruction:
        draft.stem = plain(stimulus.text)
        return
    draft.stimulus = draft.stimulus or stimulus.text
    if not stimulus.instruction and stimulus.first is None:
        draft.problems.append(Problem("stimulus_unclear", {}, draft.place))


def _kind_and_key(draft: Draft, custom: Custom) -> tuple[Kind, Verdict]:
    part = draft.context.part.kind if draft.context.part is not None else None
    count = len(draft.options)
    if count == 0:
        return _without_options(draft, part, custom)
    if count == 1 and part == Kind.SHORT_ANSWER:
        text = draft.options[0].text.text
        key = short_key(text)
        problems = [] if key else [Problem("no_key", {}, draft.place)]
        return Kind.SHORT_ANSWER, Verdict(key, Evidence.FORMAT if key else Evidence.NONE, problems)
    if _is_group(draft, part):
        return Kind.TRUE_FALSE_GROUP, group_verdict(draft, custom.usage)
    if draft.lower and custom.has_upper and count > 1 and not _told_letters(draft):
        verdict = group_verdict(draft, custom.usage)
        verdict.problems.append(Problem("kind_unclear", {}, draft.place))
        return Kind.TRUE_FALSE_GROUP, verdict
    verdict = choice_verdict(draft, custom.usage)
    several = len(verdict.key) > 1
    if several and verdict.evidence not in {Evidence.ANSWER_LINE, Evidence.ANSWER_TABLE, Evidence.COLUMN}:
        expected = (
            custom.several or draft.kind == Kind.MULTIPLE_RESPONSE or MULTIPLE_HINT.search(draft.stem.text)
        )
        if not expected or (draft.kind is None and len(verdict.key) == count - 1 > 1):
            verdict.problems.append(Problem("key_several", {"count": len(verdict.key)}, draft.place))
    if several and (draft.kind == Kind.SINGLE_CHOICE or len(verdict.key) == count):
        verdict.problems.append(Problem("key_several", {"count": len(verdict.key)}, draft.place))
    many = several or draft.kind == Kind.MULTIPLE_RESPONSE
    return (Kind.MULTIPLE_RESPONSE if many else Kind.SINGLE_CHOICE), verdict


def _told_letters(draft: Draft) -> bool:
    """Whether every key told is a list of letters, as only a choice has."""
    return bool(draft.answers) and all(letter_list(written.text) is not None for written in draft.answers)


def _is_group(draft: Draft, part: Kind | None) -> bool:
    if draft.kind is not None:
        return draft.kind == Kind.TRUE_FALSE_GROUP
    if any(looks_like_group(written.text) for written in draft.answers):
        return True
    return draft.lower and (part == Kind.TRUE_FALSE_GROUP or bool(GROUP_HINT.search(draft.stem.text)))


def _without_options(draft: Draft, part: Kind | None, custom: Custom) -> tuple[Kind, Verdict]:
    """Short answers, essays, plain Đúng/Sai; or a choice whose options were lost."""
    if draft.answers:
        written = draft.answers[0]
        if len({answer.text.strip() for answer in draft.answers}) > 1:
            return Kind.SHORT_ANSWER, Verdict(problems=[_repeated(draft)])
        held = truth(written.text)
        if held is not None and part in {None, Kind.TRUE_FALSE_GROUP, Kind.TRUE_FALSE}:
            return Kind.TRUE_FALSE, Verdict(("A" if held == "T" else "B",), written.evidence)
        lettered = bool(re.fullmatch(r"\s*[A-H](?:\s*[,;]\s*[A-H])*\s*", written.text))
        crossed = CROSS.match(written.text.strip()) is not None
        listed = Kind.SHORT_ANSWER not in {part, draft.kind} and _listed(draft.stem.text)
        problems = [Problem("options_missing", {}, draft.place)] if lettered or listed or crossed else []
        return Kind.SHORT_ANSWER, Verdict(
            () if lettered or crossed else short_key(written.text), written.evidence, problems
        )
    if Kind.SHORT_ANSWER in {part, draft.kind}:
        return Kind.SHORT_ANSWER, Verdict(problems=[Problem("no_key", {}, draft.place)])
    if Kind.ESSAY in {part, draft.kind}:
        return Kind.ESSAY, Verdict()
    if ESSAY_VERBS.match(draft.stem.text):
        doubts = [Problem("essay_guessed", {}, draft.place)] if custom.has_choices or custom.alone else []
        return Kind.ESSAY, Verdict(problems=doubts)
    kind = Kind.SINGLE_CHOICE if custom.has_choices else Kind.ESSAY
    code = "options_missing" if custom.has_choices else "essay_guessed"
    return kind, Verdict(problems=[Problem(code, {}, draft.place)])


def _listed(stem: str) -> bool:
    """Whether a stem goes on with a list: options may stand there under labels that are none."""
    return sum(bool(LISTED.match(line)) for line in stem.split("\n")[1:]) > 1


def _repeated(draft: Draft) -> Problem:
    first, second = (answer.text.strip()[:40] for answer in draft.answers[:2])
    return Problem("key_repeated", {"first_key": first, "second_key": second}, draft.place)


def _options(draft: Draft, kind: Kind) -> tuple[str, ...]:
    if kind == Kind.SHORT_ANSWER:
        return ()
    if kind == Kind.TRUE_FALSE and not draft.options:
        return TRUE_FALSE_OPTIONS
    return tuple(option.text.text for option in draft.options)


def _all_underlined(draft: Draft) -> bool:
    """Underlined letters in every option are part of the question, not a key."""
    return len(draft.options) > 1 and all(
        any(run.style.underline and run.text.strip() for run in option.text.runs) for option in draft.options
    )


def _media(draft: Draft, pictures: dict[str, Picture]) -> tuple[Media, ...]:
    texts = [draft.stem.text, draft.stimulus or "", *(option.text.text for option in draft.options)]
    names = dict.fromkeys(name for text in texts for name in re.findall(r"⟦([0-9a-f]{16}\.\w+)⟧", text))
    return tuple(
        Media(name, pictures[name].type, pictures[name].sha256) for name in names if name in pictures
    )


def _excerpt(draft: Draft) -> str:
    lines = [f"{draft.label} {draft.stem.text}".strip()]
    lines += [f"{option.label.text.strip()} {option.text.text}" for option in draft.options]
    lines += [written.text for written in draft.answers]
    return "\n".join(lines)[:EXCERPT]
