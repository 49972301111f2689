"""Text with its formatting: what every format gives, and what marks of a key are read from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from lms.core.vietnamese import nfc

ODD = re.compile("[\xa0\xad\xd0\xf0\u2007\u200b-\u200d\u202f\u2060\u3000\ufeff\uff01-\uff5e]")
LONG_BLANK = re.compile(r"[^\S\n]{100,}")
WIDE_BLANK = "\t" * 4  # as wide as any gap has to be; patterns take their time over thousands of blanks
PLAIN_FORMS = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0xD0: "Đ",
    0xF0: "đ",
    **dict.fromkeys((0xA0, 0x2007, 0x202F, 0x3000), " "),
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)),
}


@dataclass(frozen=True, slots=True)
class Style:
    """Formatting of a run. ``colour`` is a hue's name, None for black, grey and white; ``auto`` is Word's own label."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str | None = None
    highlight: str | None = None
    vertical: str | None = None
    struck: bool = False
    auto: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Rich:
    """Runs of text; behaves like a string where that helps. Neighbouring runs of one style are one run."""

    runs: tuple[Run, ...] = ()
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(run.text for run in self.runs))

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: "Rich") -> "Rich":
        return rich([*self.runs, *other.runs])

    def slice(self, start: int, end: int | None = None) -> "Rich":
        """The part from ``start`` up to ``end``, in characters."""
        stop = len(self.text) if end is None else end
        kept: list[Run] = []
        position = 0
        for run in self.runs:
            low, high = max(start - position, 0), min(stop - position, len(run.text))
            if low < high:
                kept.append(Run(run.text[low:high], run.style))
            position += len(run.text)
        return Rich(tuple(kept))

    def strip(self) -> "Rich":
        """The same without blanks at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, len(self.text.rstrip()))

    def squeeze(self) -> "Rich":
        """The same with every run of blanks made one blank; line ends stay."""
        squeezed = rich(Run(re.sub(r"[^\S\n]+", " ", run.text), run.style) for run in self.runs)
        kept: list[Run] = []
        for run in squeezed.runs:
            double = bool(kept) and kept[-1].text.endswith((" ", "\n")) and run.text.startswith(" ")
            kept.append(Run(run.text[1:] if double else run.text, run.style))
        return rich(kept).strip()

    def split_lines(self) -> "list[Rich]":
        """The parts between line ends."""
        cuts = [match.start() for match in re.finditer("\n", self.text)]
        starts = [0, *(cut + 1 for cut in cuts)]
        return [self.slice(start, end) for start, end in zip(starts, [*cuts, len(self.text)], strict=True)]

    def html(self, tags: frozenset[str]) -> str:
        """Safe inline HTML with only the ``tags`` asked for (of ``b i u sub sup``); line ends become ``<br>``."""
        return "".join(_run_html(run, tags) for run in self.runs if not run.style.auto)


def _run_html(run: Run, tags: frozenset[str]) -> str:
    style = run.style
    wanted = [
        tag
        for tag, on in (
            ("b", style.bold),
            ("i", style.italic),
            ("u", style.underline),
            (style.vertical or "", bool(style.vertical)),
        )
        if on and tag in tags
    ]
    body = escape(run.text).replace("\n", "<br>")
    for tag in reversed(wanted):
        body = f"<{tag}>{body}</{tag}>"
    return body


def rich(runs: Iterable[Run]) -> Rich:
    """Runs as one text: NFC (composed across run borders too), empty runs dropped, equal neighbours joined.

    Letters of full width, fixed blanks and the Icelandic eth become ordinary ones; what nobody sees (soft hyphens, blanks without
    width) goes.
    """
    joined: list[Run] = []
    for style, group in groupby((run for run in runs if run.text), key=lambda run: run.style):
        joined.append(Run("".join(run.text for run in group), style))
    return Rich(tuple(_composed(joined)))


def _composed(runs: list[Run]) -> Iterator[Run]:
    """A combining mark that starts a run belongs to the last letter of the run before."""
    texts = [LONG_BLANK.sub(WIDE_BLANK, run.text) for run in runs]
    texts = [text.translate(PLAIN_FORMS) if ODD.search(text) else text for text in texts]
    for index in range(1, len(texts)):
        marks = re.match("[\u0300-\u036f]+", texts[index])
        if marks:
            texts[index - 1] += marks.group()
            texts[index] = texts[index][marks.end() :]
    for text, run in zip(texts, runs, strict=True):
        if text:
            yield Run(nfc(text), run.style)


def plain(text: str) -> Rich:
    """Text without formatting."""
    return rich([Run(text)])


def joined(parts: Iterable[Rich], separator: str) -> Rich:
    """Parts one after another with ``separator`` between them."""
    runs: list[Run] = []
    for index, part in enumerate(parts):
        if index:
            runs.append(Run(separator))
        runs.extend(part.runs)
    return rich(runs)
