"""Letters on paper: PDF by typst, Word by python-docx; each alone, or many in one PDF or one ZIP."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from lms.core import files, typesetting
from lms.core.file_names import safe_name
from lms.results.letters.models import UnitLetter
from lms.results.letters.word import letter_docx
from lms.results.letters.wording import whole_letter

TEMPLATE = Path(__file__).with_name("letter.typ")
PDF = "application/pdf"


@dataclass(frozen=True)
class Draft:
    """What a letter says: ``content`` of the report, and what staff added. The letterhead is part of the content."""

    content: Mapping[str, Any]
    recommendation: str
    number: str = ""
    dated: date | None = None

    def words(self) -> dict[str, Any]:
        """The whole letter as data."""
        return whole_letter(
            self.content,
            self.content["head"],
            recommendation=self.recommendation,
            made_on=date.fromisoformat(self.content["made_on"]),
            number=self.number,
            dated=self.dated,
        )


@dataclass(frozen=True)
class Printed:
    """Both files of a letter, on the disk; a row has yet to name them."""

    draft: Draft
    pdf: files.Prepared
    docx: files.Prepared


def draft_of(letter: UnitLetter) -> Draft:
    """What the letter says now."""
    return Draft(letter.content, letter.recommendation, letter.number, letter.dated)


def letters_pdf(letters: Sequence[dict[str, Any]]) -> bytes:
    """One PDF with these letters of :mod:`lms.results.letters.wording`, each with pages of its own."""
    return typesetting.pdf(TEMPLATE, {"letters": list(letters)})


def printed(draft: Draft) -> Printed:
    """Set the letter and keep both files; outside of any write transaction."""
    words = draft.words()
    name = file_stem(draft.content)
    return Printed(
        draft,
        files.prepare(letters_pdf([words]), f"{name}.pdf", PDF),
        files.prepare(letter_docx(words), f"{name}.docx"),
    )


def file_stem(content: Mapping[str, Any]) -> str:
    """The name of a letter's files: class code and unit."""
    return safe_name(f"TB {content['class']['code']} {content['unit']}")


def archive(letters: Iterable[UnitLetter]) -> bytes:
    """A ZIP with PDF, Word file and scan of each of these letters, under names that differ."""
    kept = BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as bundle:
        for letter in letters:
            stem = name = file_stem(letter.content)
            number = 2
            while name in taken:
                name, number = f"{stem} ({number})", number + 1
            taken.add(name)
            for stored, ending in ((letter.pdf, ".pdf"), (letter.docx, ".docx"), (letter.scan, "")):
                if stored is not None:
                    last = ending or f" (bản đóng dấu){Path(stored.name).suffix}"
                    bundle.writestr(f"{name}{last}", files.open_bytes(stored))
    return kept.getvalue()
