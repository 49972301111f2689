"""The stream cut into questions, with headings, parts, shared texts and answers put where they belong."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.document import Kind, Problem
from lms.quizzes.interchange.reading import ahead, headings, turns
from lms.quizzes.interchange.reading.drafts import Context, Part, Segment
from lms.quizzes.interchange.reading.flatten import Grid, Item, KeyTable
from lms.quizzes.interchange.reading.keysection import KeySection
from lms.quizzes.interchange.reading.keytables import RUNNING_PAIRS, running_pairs
from lms.quizzes.interchange.reading.labels import Hit, Strength, hits_in
from lms.quizzes.interchange.reading.starts import Numbering, Start, Style, is_answer, is_explanation, is_note
from lms.quizzes.interchange.reading.turns import following
from lms.quizzes.interchange.reading.vocabulary import (
    CLOSING,
    DIRECTIVE,
    LETTER_HEADING,
    NUMBER_HEADING,
    PAGE_FOOT,
    PART,
    ROMAN_HEADING,
    RULER,
)

EXCERPT = 60


@dataclass(slots=True)
class Cutter:
    """Walks the stream once. ``segments`` and grids come out in the order of the file."""

    numbering: Numbering
    pieces: list[Segment | tuple[Grid, Context]] = field(default_factory=list)
    keys: KeySection = field(default_factory=KeySection)

    context: Context = field(default_factory=Context)
    current: Segment | None = None
    letters: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    answered: bool = False
    explained: bool = False
    gap: bool = False
    last_number: str = ""
    parts: int = 0
    collecting: bool = False
    held: Line | None = None
    ahead: list[Item] = field(default_factory=list)

    def cut(self, items: Iterable[Item]) -> None:
        """Read everything."""
        self.ahead = list(items)
        self.ahead.reverse()
        while self.ahead:
            item = self.ahead.pop()
            if isinstance(item, KeyTable):
                self.keys.take_table(item.entries)
                self.gap = True
            elif isinstance(item, Grid):
                self._close()
                self.pieces.append((item, self.context))
            else:
                self._line(item)
        self._close()

    @property
    def complete(self) -> bool:
        """Whether the current question already has what a question needs, so that a heading may follow."""
        if self.current is None or self.answered:
            return True
        part = self.current.context.part
        short = part is not None and part.kind in {Kind.SHORT_ANSWER, Kind.ESSAY}
        return "B" in self.letters or {"B", "C"} <= self.loose or (short and "A" in self.letters)

    def _line(self, line: Line) -> None:
        if line.blank or RULER.match(line.text):
            self.gap = True
            return
        if PAGE_FOOT.match(line.text) or (line.boxed and not self._wanted_box(line)):
            return
        if CLOSING.match(line.text):
            self._close()
            return
        start = self.numbering.start(line)
        if self.keys.running and self.keys.take(line, start, self.ahead, self.numbering):
            return
        if not self.keys.running and self._answers_begin(line):
            return
        if start is not None and self._accept(start):
            self._open(line, start)
        elif line.verbatim or not self._heading(line):
            self._text(line)
        self.gap = False

    def _wanted_box(self, line: Line) -> bool:
        return self.numbering.start(line) is not None or bool(hits_in(line, 0))

    def _answers_begin(self, line: Line) -> bool:
        """Answers without a heading: ``1.A 2.B 3.C``, or a line for each that tells a letter and nothing else."""
        if not self.complete or not (self.pieces or self.letters):
            return False
        pairs = running_pairs(line.text)
        if len(pairs) < RUNNING_PAIRS and not (pairs and ahead.pairs_next(self.ahead)):
            return False
        self._close()
        self.keys.begin(line)
        return True

    def _accept(self, start: Start) -> bool:
        """A typed or automatic number inside a stem is a list of statements, not a question."""
        if self.current is not None and not (self.letters or self.answered):
            turn = turns.at(self.current, start, self.numbering, self.last_number, self.ahead)
            if turn == turns.Turn.HEADING:
                self._drop()
            if turn != turns.Turn.UNSURE:
                return True
        if self.numbering.style == Style.TYPED and ahead.goes_on(self.ahead, following(self.letters)):
            return False
        if self.explained and self.numbering.style == Style.TYPED:
            return ahead.options_next(self.ahead, self.numbering)
        if self.numbering.style in {Style.WORD, Style.BRACKET, Style.AUTO} or self.complete:
            return True
        if self.current is not None and not self.current.numbered and not self.letters:
            return True  # what stood above was no question
        last = self.current.number if self.current is not None else ""
        part = self.current.context.part if self.current is not None else None
        essay = part is not None and part.kind in {Kind.SHORT_ANSWER, Kind.ESSAY}
        return essay and last.isdigit() and start.number == str(int(last) + 1)

    def _drop(self) -> None:
        """Take the current lines for a heading."""
        if self.current is None:
            return
        found = headings.meaning(self.current.lines[0].text)
        self.context = replace(self.context, **found)
        self.current = None

    def _open(self, line: Line, start: Start) -> None:
        surprising = (
            self.current is not None
            and not (self.complete or self.letters)
            and turns.surprising(self.current, start)
        )
        self._close()
        self.held = None
        self.keys.running = self.collecting = False
        self.current = Segment(
            place=line.place, context=self.context, label=start.label, number=start.number,
            level=start.level, aspect=start.aspect,
        )  # fmt: skip
        self._forget()
        if surprising:
            label = start.label or start.number
            self.current.problems.append(Problem("number_unexpected", {"label": label}, line.place))
        if start.rest.text:
            self._append(replace(line, rich=start.rest, numbering=None))

    def _reopen(self, line: Line) -> bool:
        """Take back a "heading" after which the options of the question above go on."""
        last = self.pieces[-1] if self.pieces else None
        labels = [hit.letter for hit in hits_in(line, 0) if hit.strength == Strength.LINE]
        if self.held is None or not isinstance(last, Segment) or not labels or labels[0] == "A":
            return False
        self.pieces.pop()
        self.current = last
        for own in last.lines:
            self._count(own)
        self._append(self.held)
        self.held = None
        return True

    def _text(self, line: Line) -> None:
        if self.current is None and self._reopen(line):
            self._append(line)
            return
        if self.collecting and not self._labelled(line):
            stimulus = self.context.stimulus
            if stimulus is not None:
                text = f"{stimulus.text}\n{line.text.strip()}"
                self.context = replace(self.context, stimulus=replace(stimulus, text=text))
            return
        if self.current is None:
            self.current = Segment(place=line.place, context=self.context, numbered=False)
            self._forget()
        self._append(line)

    def _labelled(self, line: Line) -> bool:
        return any(hit.letter == "A" and hit.strength == Strength.LINE for hit in hits_in(line, 0))

    def _append(self, line: Line) -> None:
        if self.current is None:
            return
        if self.gap and self.current.lines:
            self.current.gaps.add(len(self.current.lines))
        self.current.lines.append(line)
        self._count(line)
        self.answered = self.answered or is_answer(line)
        self.explained = self.explained or is_explanation(line)

    def _count(self, line: Line) -> None:
        """Advance through the letters in their order; names like ``D. Diderot`` don't count."""
        for hit in hits_in(line, 0):
            if hit.strength == Strength.LINE:
                self.loose.add(hit.letter)
            if hit.letter == following(self.letters):
                self.letters.add(hit.letter)

    def _close(self) -> None:
        if self.current is not None:
            self.pieces.append(self.current)
            self.last_number = self.current.number if self.complete else self.last_number
        self.current = None
        self._forget()

    def _forget(self) -> None:
        self.letters, self.loose, self.answered, self.explained = set(), set(), False, False

    def _start_part(self, text: str) -> None:
        self._close()
        self.parts += 1
        said = {"level": None, "aspect": None, **headings.meaning(text)}
        part = Part(text[:200], self.parts, headings.kind_of(text))
        self.context = replace(self.context, part=part, stimulus=None, **said)
        self.collecting = False

    def _heading(self, line: Line) -> bool:
        """Use up a heading, a shared text, a section of answers; False for ordinary text."""
        text = line.text.strip()
        part = PART.match(text)
        if part and headings.is_part(line, complete=self.complete):
            self._start_part(text)
            return True
        if headings.is_loud_key_heading(line) and self._opens_keys(text):
            return self._between(line, text)
        if DIRECTIVE.match(text) and self.complete:
            self._close()
            return True
        if not self.complete or is_note(line) or self._option(line, text):
            return False
        return self._between(line, text)

    def _option(self, line: Line, text: str) -> bool:
        """Whether a line is an option; ``B. PHẦN TỰ LUẬN`` is one only where B is the next letter."""
        labels = [hit for hit in hits_in(line, 0) if hit.strength == Strength.LINE]
        if not labels or self._lettered_heading(line, labels[0]):
            return False
        return not LETTER_HEADING.match(text) or (
            bool(self.letters) and labels[0].letter == following(self.letters)
        )

    def _lettered_heading(self, line: Line, label: Hit) -> bool:
        own = self.current.lines if self.current is not None else []
        return turns.lettered_heading(line, label, self.letters, own) and ahead.start_next(
            self.ahead, self.numbering
        )

    def _between(self, line: Line, text: str) -> bool:
        self.held = line
        if self._opens_keys(text):
            self._close()
            self.keys.begin(line, headings.section_name(text))
            return True
        stimulus = headings.stimulus_of(line) if self.numbering.style != Style.NONE else None
        if stimulus is not None:
            self._close()
            self.context = replace(self.context, stimulus=stimulus)
            self.collecting = not stimulus.instruction
            return True
        found = headings.heading_of(line, strict=self.numbering.style == Style.NONE)
        if (
            found is None
            and (ROMAN_HEADING.match(text) or (NUMBER_HEADING.match(text) and not self.explained))
            and len(text) < headings.SHORT_HEADING
            and ahead.start_next(self.ahead, self.numbering)
        ):
            found = {}
        if found is None:
            return False
        if self.current is not None and turns.runs_on(self.current, line, self.letters, plain=not found):
            self.current.problems.append(Problem("trailing_text", {"text": text[:EXCERPT]}, line.place))
        if LETTER_HEADING.match(text) and headings.kind_of(text) is not None:
            self._start_part(text)
            return True
        self._close()
        self.collecting = False
        keep = self.context.stimulus if found.get("topic") is None else None
        self.context = replace(self.context, **{**found, "stimulus": keep})
        return True

    def _opens_keys(self, text: str) -> bool:
        if len(running_pairs(text)) >= RUNNING_PAIRS:
            return True
        if not headings.is_key_heading(text) or ahead.lone_letter(self.ahead):
            return False
        if ahead.goes_on(self.ahead, following(self.letters)):
            return False
        return bool(self.pieces) or self.current is not None
