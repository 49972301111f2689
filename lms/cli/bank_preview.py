"""``bank preview``: what the reader understands of a question file, without touching the database."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from lms.quizzes.interchange.document import Question, QuestionDocument
from lms.quizzes.interchange.sandbox import read_file

REFUSED = 2
QUESTION_KEYS = ("number", "label", "kind", "stem", "options", "key", "evidence", "status", "problems", "place",
                 "level", "topic", "stimulus", "media")  # fmt: skip
STEM_WIDTH = 60


@click.command("preview")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole document as JSON.")
@click.option(
    "--media", type=click.Path(file_okay=False, path_type=Path), help="Write pictures into this folder."
)
def preview(file: Path, *, as_json: bool, media: Path | None) -> None:
    """Show what is understood of a Word, Excel or text FILE; nothing is stored."""
    document = read_file(file, file.name, media_folder=media)
    if as_json:
        click.echo(json.dumps(_contract(document), ensure_ascii=False))
    else:
        _table(document)
    if document.refused:
        sys.exit(REFUSED)


def _contract(document: QuestionDocument) -> dict[str, Any]:
    """What scripts may rely on: these keys and no others."""
    data = document.to_json()
    questions = [{name: question[name] for name in QUESTION_KEYS} for question in data["questions"]]
    return {"format": data["format"], "questions": questions, "problems": data["problems"]}


def _table(document: QuestionDocument) -> None:
    for question in document.questions:
        click.echo(_row(question))
        for problem in question.problems:
            click.echo(f"      ! {problem.message}")
    for problem in document.problems:
        click.echo(f"! {problem.message}")
    understood = sum(question.status == "understood" for question in document.questions)
    click.echo(f"{len(document.questions)} câu, hiểu rõ {understood}")


def _row(question: Question) -> str:
    stem = " ".join(question.stem.split())
    shown = stem[:STEM_WIDTH] + ("…" if len(stem) > STEM_WIDTH else "")
    key = ",".join(question.key) or "?"
    return f"{question.number:>4} {question.status.value:<10} {question.kind.value:<17} {key:<8} {shown}"
