"""A section of answers: where it goes on, where questions do, and what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from lms.quizzes.interchange.blocks import Line
from lms.quizzes.interchange.reading import ahead, headings
from lms.quizzes.interchange.reading.drafts import KeyEntry
from lms.quizzes.interchange.reading.flatten import Item
from lms.quizzes.interchange.reading.keytables import line_pair, running_pairs
from lms.quizzes.interchange.reading.starts import Numbering, Start


@dataclass(slots=True)
class KeySection:
    """``entries`` are all answers found so far; ``running`` says whether the file is among them, ``name`` of what part."""

    entries: list[KeyEntry] = field(default_factory=list)
    running: bool = False
    name: str = ""

    def begin(self, line: Line, name: str | None = None) -> None:
        """A heading, or answers without one; ``name`` is what the heading calls them."""
        self.running = True
        self.name = self.name if name is None else name
        self._enter(running_pairs(line.text), line)

    def take_table(self, entries: Iterable[KeyEntry]) -> None:
        """The answers of a table, which stands under the last heading."""
        self.entries.extend(replace(entry, section=self.name) for entry in entries)

    def take(self, line: Line, start: Start | None, items: Sequence[Item], numbering: Numbering) -> bool:
        """Use up a line of the section; False when questions go on. ``items`` are what is still to be read."""
        text = line.text.strip()
        pairs = running_pairs(text)
        single = line_pair(text)
        if not pairs and single is not None and not (start and ahead.options_next(items, numbering)):
            pairs = [single]
        section = headings.section_name(text)
        if section and not pairs and ahead.questions_next(items, numbering):
            self.running = False
            return False
        self.name = section or self.name
        if pairs:
            self._enter(pairs, line)
            return True
        if section:
            return True
        if start is not None:
            self.running = False
            return False
        return True

    def _enter(self, pairs: Iterable[tuple[str, str]], line: Line) -> None:
        self.entries += [KeyEntry(number, value, line.place, self.name) for number, value in pairs]
