"""Real question files, where they lie beside the project: nothing silently wrong, nearly everything understood.

The files belong to others and are not part of the project; without them this test is skipped.
"""

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from lms.quizzes.interchange.document import Question
from tests.quizzes.interchange.checks import read

CORPUS = Path(os.environ.get("LMS_CORPUS", Path(__file__).parents[3].parent / "shared" / "corpus"))
FOLDERS = ("docx", "doc", "xlsx", "txt", "aiken")
FILES = [
    path
    for folder in FOLDERS
    for path in sorted((CORPUS / folder).glob("*"))
    if path.name.endswith((".docx", ".doc", ".xlsx", ".txt"))
]
KINDS = {
    "single": {"single_choice"}, "multiple": {"multiple_response"}, "truefalse_group": {"true_false_group"},
    "short": {"short_answer"},
}  # fmt: skip
MAIN = re.compile(r"^(?:vn_(?:answerline|bold|red|endtable|50)_.*\.(?:docx|xlsx)|vn_.*\.txt)$")
SHARE = 0.98
pytestmark = pytest.mark.skipif(
    not FILES, reason=f"no corpus of real question files at {CORPUS.name}/ beside the project"
)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def expected_ids(truth: dict[str, Any]) -> list[str]:
    if truth.get("items"):
        return [item["id"] for item in truth["items"]]
    known = set(truth.get("key", {})) | set(truth.get("no_key", []))
    return sorted(known, key=lambda name: [int(part) if part.isdigit() else 0 for part in name.split(".")])


def faults(question: Question, name: str, truth: dict[str, Any]) -> list[str]:
    """How an understood question differs from the truth."""
    items: list[dict[str, Any]] = truth.get("items", [])
    item = next((one for one in items if one["id"] == name), {})
    kinds = truth.get("types", {})
    kind = item.get("type") or (next(iter(kinds)) if len(kinds) == 1 else None)
    found = []
    if kind and question.kind not in KINDS[kind]:
        found.append(f"kind {question.kind}")
    key = "".join(question.key)
    if key != truth.get("key", {}).get(name, ""):
        found.append(f"key {key}")
    if kind != "short" and len(question.options) != item.get("n_options", len(question.options)):
        found.append(f"{len(question.options)} options")
    stem = item.get("stem", "")
    if "⟦" not in stem and not bare(question.stem).startswith(bare(stem)):
        found.append(f"stem {question.stem[:60]}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_file(path: Path) -> None:
    truth = json.loads((path.parent / f"{path.name}.truth.json").read_text("utf-8"))
    document = read(path)
    if document.refused:
        assert document.problems[0].code in {"legacy_doc", "no_questions"}
        assert path.suffix == ".doc" or not truth["questions"]
        return
    ids = expected_ids(truth)
    assert len(document.questions) == truth["questions"] == len(ids)
    understood = [
        pair for pair in zip(document.questions, ids, strict=True) if pair[0].status == "understood"
    ]
    wrong = {name: found for question, name in understood if (found := faults(question, name, truth))}
    assert not wrong
    if MAIN.match(path.name):
        assert len(understood) >= SHARE * len(ids)
