"""The key of a draft: everything the file says about it, weighed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.quizzes.interchange.document import Evidence, Problem
from lms.quizzes.interchange.messages import FAMILY_NAMES
from lms.quizzes.interchange.reading.answers import choice_key, group_key
from lms.quizzes.interchange.reading.drafts import Draft, KeyEntry, Written
from lms.quizzes.interchange.reading.headings import section_name
from lms.quizzes.interchange.reading.marks import Marked, Usage, marked_in

MANY = 3


@dataclass(slots=True)
class Verdict:
    """The key that was settled on, what it was read from, and what is odd."""

    key: tuple[str, ...] = ()
    evidence: Evidence = Evidence.NONE
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """One voice about the key."""

    evidence: Evidence
    letters: tuple[str, ...]


def assign_entries(drafts: Sequence[Draft], entries: Sequence[KeyEntry]) -> list[Problem]:
    """Give every entry of the answer tables to its question; what fits no question is a problem of the file."""
    problems: list[Problem] = []
    if not any(draft.number for draft in drafts):
        for position, draft in enumerate(drafts, 1):
            draft.number = str(position)
    by_number: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_number.setdefault(_plain(draft.number), []).append(draft)
    groups: dict[str, list[KeyEntry]] = {}
    for entry in entries:
        groups.setdefault(_plain(entry.number), []).append(entry)
    for number, found in groups.items():
        owners = by_number.get(number, [])
        if not owners:
            problems.append(Problem("key_without_question", {"label": number}, found[0].place))
        for owner, entry in _pairs(owners, found):
            owner.answers.append(Written(entry.value, Evidence.ANSWER_TABLE, entry.place))
    highest = max((int(draft.number) for draft in drafts if draft.number.isdigit()), default=0)
    skipped = any(int(number) < highest for number in set(groups) - set(by_number) if number.isdigit())
    if skipped and len(entries) == len(drafts):
        _shifted(drafts, entries)
    return problems


def _shifted(drafts: Sequence[Draft], entries: Sequence[KeyEntry]) -> None:
    """As many answers as questions, but under other numbers: who counted wrongly meant them in their order."""
    for draft, entry in zip(drafts, entries, strict=True):
        told = [written.text for written in draft.answers if written.evidence == Evidence.ANSWER_TABLE]
        if told != [entry.value]:
            draft.problems.append(Problem("key_shifted", {}, draft.place))


def _plain(number: str) -> str:
    return number.lstrip("0") or number


def _pairs(owners: list[Draft], entries: list[KeyEntry]) -> list[tuple[Draft, KeyEntry]]:
    """Which entry is whose: as headings say, or when a number occurs once, or as often here as there; else nobody's."""
    named = _by_section(owners, entries)
    if named is not None:
        return named
    if len(owners) == len(entries):
        return list(zip(owners, entries, strict=True))
    if len(owners) == 1 and len({entry.value.strip().upper() for entry in entries}) == 1:
        return [(owners[0], entries[0])]
    return _nobody(owners)


def _by_section(owners: list[Draft], entries: list[KeyEntry]) -> list[tuple[Draft, KeyEntry]] | None:
    """Pairs of one part or chapter; none where headings contradict; None where they say nothing."""
    sections = [_sections(owner) for owner in owners]
    spoken = {name.split()[0] for names in sections for name in names}
    if not all(entry.section and entry.section.split()[0] in spoken for entry in entries):
        return None
    found = [
        (owner, entry)
        for owner, names in zip(owners, sections, strict=True)
        for entry in entries
        if entry.section in names
    ]
    if (
        len(found)
        == len(entries)
        == len({id(owner) for owner, _ in found})
        == len({id(entry) for _, entry in found})
    ):
        return found
    return _nobody(owners)


def _sections(owner: Draft) -> set[str]:
    titles = (owner.context.part.title if owner.context.part else "", owner.context.topic or "")
    return {name for title in titles if (name := section_name(title))}


def _nobody(owners: list[Draft]) -> list[tuple[Draft, KeyEntry]]:
    for owner in owners:
        owner.problems.append(
            Problem("key_ambiguous_number", {"label": owner.label or owner.number}, owner.place)
        )
    return []


def choice_verdict(draft: Draft, usage: Usage) -> Verdict:
    """The key of a choice."""
    texts = [option.text.text for option in draft.options]
    verdict = Verdict()
    sources: list[Source] = []
    for written in draft.answers:
        key = choice_key(written.text, texts, written.place)
        if key.problem is not None:
            verdict.problems.append(key.problem)
        if key.values:
            sources.append(Source(written.evidence, key.values))
    _settle(draft, usage, sources, verdict)
    return verdict


def _settle(draft: Draft, usage: Usage, sources: list[Source], verdict: Verdict) -> None:
    marks = {family: marked_in(draft, family) for family in usage.counts}
    by_count = sorted(marks, key=lambda family: -usage.counts.get(family, 0))
    weak: list[Source] = []
    for family in by_count:
        found = marks[family]
        if not found.letters:
            continue
        if family in usage.trusted and not found.partial:
            sources.append(Source(family, found.letters))
            if found.split:
                verdict.problems.append(_problem("key_partly_marked", family, draft))
        elif _counts_as_weak(found, family, usage, len(draft.options)):
            weak.append(Source(family, found.letters))
    if sources:
        _agree(draft, [*sources, *(one for one in weak if not marks[one.evidence].partial)], verdict)
    elif weak and not draft.answers:
        _guess(draft, usage, weak[0], verdict)
    elif not draft.answers:
        _nothing(draft, usage, marks, verdict)


def _counts_as_weak(found: Marked, family: Evidence, usage: Usage, count: int) -> bool:
    if family in usage.trusted:
        return True  # only a piece of the option is marked, in a file that marks keys this way
    return not found.partial and family not in usage.decoration and len(found.letters) < max(2, count - 1)


def _agree(draft: Draft, sources: list[Source], verdict: Verdict) -> None:
    first = sources[0]
    verdict.key, verdict.evidence = first.letters, first.evidence
    for other in sources[1:]:
        if other.letters == first.letters:
            continue
        params: dict[str, str | int] = {
            "first": FAMILY_NAMES[first.evidence], "first_key": ", ".join(first.letters),
            "second": FAMILY_NAMES[other.evidence], "second_key": ", ".join(other.letters),
        }  # fmt: skip
        code = "key_repeated" if first.evidence == other.evidence else "key_conflict"
        if code == "key_repeated":
            params = {"first_key": params["first_key"], "second_key": params["second_key"]}
        verdict.problems.append(Problem(code, params, draft.place))
        return


def _guess(draft: Draft, usage: Usage, source: Source, verdict: Verdict) -> None:
    verdict.key, verdict.evidence = source.letters, source.evidence
    if source.evidence in usage.trusted:
        verdict.problems.append(_problem("key_partly_marked", source.evidence, draft))
    else:
        code = "key_other_mark" if usage.trusted else "key_weak"
        verdict.problems.append(_problem(code, source.evidence, draft))


def _nothing(draft: Draft, usage: Usage, marks: dict[Evidence, Marked], verdict: Verdict) -> None:
    for family in usage.trusted:
        if marks[family].everything and family not in usage.decoration:
            verdict.problems.append(_problem("key_all_marked", family, draft))
            return
    verdict.problems.append(Problem("no_key", {}, draft.place))


def _problem(code: str, family: Evidence, draft: Draft) -> Problem:
    return Problem(code, {"family": FAMILY_NAMES[family]}, draft.place)


def group_verdict(draft: Draft, usage: Usage) -> Verdict:
    """The key of a true/false group: what is marked is true, the rest false."""
    count = len(draft.options)
    verdict = Verdict()
    found: list[Source] = []
    for written in draft.answers:
        key = group_key(written.text, count, written.place)
        if key.problem is not None:
            verdict.problems.append(key.problem)
        else:
            found.append(Source(written.evidence, key.values))
    for family in usage.trusted:
        marked = marked_in(draft, family)
        if marked.letters and not marked.partial:
            held = tuple("T" if chr(ord("A") + index) in marked.letters else "F" for index in range(count))
            found.append(Source(family, held))
        elif marked.everything and family not in usage.decoration:
            found.append(Source(family, ("T",) * count))
    if found:
        _agree(draft, found, verdict)
    elif not draft.answers:
        verdict.problems.append(Problem("group_none_true", {}, draft.place))
    return verdict
