"""The user guide calls buttons what they are called, and its example questions are understood."""

import re
from pathlib import Path

import docx
import pytest
from babel.messages.pofile import read_po

from lms.core.intake.guard import Limits
from lms.quizzes.interchange.reader import read_path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
CATALOGUE = ROOT / "lms" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
BLOCK = re.compile(r"```text\n(.*?)```", re.DOTALL)
NAME = re.compile(r"(?<!\*)\*(?!\*)([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
ELSEWHERE = {
    # Of the page itself, of a template's own letters, and of columns in the examples.
    "vi": {"nghiêng", "A+", "Màu nền", "English", "Phương án trả lời", "Lý luận/Thực tiễn"},
    "en": {"italics", "A+", "Unsaved: 2", "Unsaved", "Câu", "Đáp án", "Phương án trả lời"},
}


def guide(language: str) -> str:
    return (GUIDE / f"{language}.md").read_text()


def said(language: str) -> set[str]:
    """Every text of the interface in ``language``, with … for what is filled in."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    texts: set[str] = set()
    for message in catalogue:
        one = message.id if language == "vi" else message.string
        texts.update(PLACEHOLDER.sub("…", text) for text in ([one] if isinstance(one, str) else one))
    return texts


@pytest.mark.parametrize("language", ["vi", "en"])
def test_names_in_italics_stand_on_the_screen(language: str) -> None:
    prose = re.sub(r"```.*?```", "", guide(language), flags=re.DOTALL)
    names = {re.sub(r"\s+", " ", name) for name in NAME.findall(prose)}
    assert len(names) > 50
    assert names - said(language) - ELSEWHERE[language] == set()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_example_questions_are_understood(language: str, tmp_path: Path) -> None:
    blocks = BLOCK.findall(guide(language))
    assert len(blocks) > 6
    for block in blocks:
        document = docx.Document()
        for line in block.strip().split("\n"):
            document.add_paragraph(line.replace("    ", "\t"))
        path = tmp_path / "de.docx"
        document.save(str(path))
        read = read_path(path, Limits())
        assert read.questions, block
        assert read.problems == (), block
        assert {question.status for question in read.questions} == {"understood"}, block
