"""Read the demo centre's data files into checked, immutable records.

Pure: no Flask, no database. ``load()`` either returns everything or raises ``ContentError`` naming the file,
the record and what is wrong with it; nothing is ever half loaded.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from lms.cli.demo import coursework
from lms.cli.demo.records import (
    Centre,
    Content,
    Document,
    Learner,
    Module,
    Programme,
    Question,
    Staff,
    Topic,
    Unit,
)
from lms.cli.demo.tables import ContentError, Table, read_toml

DATA = Path(__file__).with_name("data")
SAMPLE_IMPORT = DATA / "lay_tu_word_mau.txt"

UNIT_KINDS = frozenset({"party_org", "mass_org", "agency"})
ROLES = frozenset({"leader", "lecturer", "staff", "admin", "overseer", "unit"})
STANDINGS = frozenset({"quan_chung", "du_bi", "chinh_thuc"})
LEVELS = ("nhan_biet", "thong_hieu", "van_dung", "van_dung_cao")
ASPECTS = ("theory", "practice")
KINDS = frozenset({"single_choice", "multiple_response", "true_false"})
LETTERS = "ABCDEF"
TRUE_FALSE = ("Đúng", "Sai")


def _centre(table: Table) -> Centre:
    return Centre(
        code=table.text("code"),
        name=table.text("name"),
        short_name=table.text("short_name"),
        superior=table.text("superior"),
        place=table.text("place"),
    )


def _unit(table: Table) -> Unit:
    return Unit(
        code=table.text("code"),
        name=table.text("name"),
        short_name=table.text("short_name"),
        kind=table.text("kind", allowed=UNIT_KINDS),
    )


def _staff(table: Table, units: frozenset[str]) -> Staff:
    return Staff(
        code=table.text("code"),
        name=table.text("name"),
        born=_born(table),
        role=table.text("role", allowed=ROLES),
        post=table.text("post"),
        phone=table.text("phone"),
        email=table.text("email"),
        unit=table.maybe_text("unit", allowed=units),
    )


def _learner(table: Table, units: frozenset[str]) -> Learner:
    return Learner(
        code=table.text("code"),
        name=table.text("name"),
        born=_born(table),
        standing=table.text("standing", allowed=STANDINGS),
        unit=table.text("unit", allowed=units),
        phone=table.text("phone"),
        email=table.maybe_text("email"),
    )


def _born(table: Table) -> str:
    """Return a birth date as written: a day that exists (``22/11/1979``) or a bare year."""
    born = table.text("born")
    try:
        datetime.strptime(born, "%d/%m/%Y" if "/" in born else "%Y").replace(tzinfo=UTC)
    except ValueError as error:
        raise table.fail(f"born is {born!r}") from error
    return born


def _programme(table: Table, topics: frozenset[str]) -> Programme:
    return Programme(
        code=table.text("code"),
        name=table.text("name"),
        nickname=table.text("nickname"),
        module_word=table.text("module_word"),
        audience=table.text("audience", allowed=STANDINGS),
        after=table.texts("after"),
        certificate_months=table.maybe_number("certificate_months"),
        modules=tuple(
            module.closed(
                Module(
                    number=number,
                    title=module.text("title"),
                    periods=module.number("periods"),
                    topics=module.texts("topics", allowed=topics),
                )
            )
            for number, module in enumerate(table.tables("module"), start=1)
        ),
    )


def _document(table: Table) -> Document:
    return Document(
        id=table.text("id"),
        number=table.text("number", blank=True),
        title=table.text("title"),
        issuer=table.text("issuer"),
        issued=table.text("issued"),
        in_force_from=table.maybe_text("in_force_from"),
        note=table.maybe_text("note") or "",
    )


def _topic(table: Table) -> Topic:
    return Topic(code=table.text("code"), title=table.text("title"))


def _question(table: Table, topic: str, sources: frozenset[str]) -> Question:
    options = table.texts("options")
    kind = table.text("kind", allowed=KINDS)
    key = table.texts("key", allowed=tuple(LETTERS[: len(options)]))
    if len(set(options)) != len(options) or len(options) < 2:  # noqa: PLR2004 - a choice needs two
        raise table.fail("options are too few or repeated")
    if list(key) != sorted(set(key)) or not key or (kind != "multiple_response" and len(key) != 1):
        raise table.fail(f"key is {list(key)!r}")
    if kind == "true_false" and options != TRUE_FALSE:
        raise table.fail(f"a true/false question has the options {list(TRUE_FALSE)!r}")
    return Question(
        id=table.text("id"),
        topic=topic,
        level=table.text("level", allowed=LEVELS),
        aspect=table.text("aspect", allowed=ASPECTS),
        kind=kind,
        stem=table.text("stem"),
        options=options,
        key=key,
        explanation=table.text("explanation"),
        source=table.text("source", allowed=sources),
        place=table.text("place"),
        applies=table.maybe_text("applies"),
    )


def _bank(folder: Path, sources: frozenset[str]) -> tuple[tuple[Topic, ...], tuple[Question, ...]]:
    topics: list[Topic] = []
    questions: list[Question] = []
    for path in sorted(folder.glob("questions_*.toml")):
        file = read_toml(path)
        head = file.table("topic")
        topic = head.closed(_topic(head))
        topics.append(topic)
        questions.extend(t.closed(_question(t, topic.code, sources)) for t in file.tables("question"))
        file.done()
    return tuple(topics), tuple(questions)


def _unique(what: str, values: Iterable[str]) -> frozenset[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ContentError(f"{what} {value} stands twice")
        seen.add(value)
    return frozenset(seen)


def _check_pairs(questions: Iterable[Question]) -> None:
    by_id = {question.id: question for question in questions}
    for question in by_id.values():
        if question.applies is None:
            continue
        theory = by_id.get(question.applies)
        if theory is None or theory.aspect != "theory" or question.aspect != "practice":
            raise ContentError(f"{question.id}: applies {question.applies}, which is no theory question")


def load(folder: Path = DATA) -> Content:
    """Read and check every data file in ``folder``; raise ``ContentError`` at the first fault."""
    file = read_toml(folder / "centre.toml")
    head = file.table("centre")
    centre = head.closed(_centre(head))
    units = tuple(t.closed(_unit(t)) for t in file.tables("unit"))
    file.done()
    codes = _unique("unit", (unit.code for unit in units))
    file = read_toml(folder / "people.toml")
    staff = tuple(t.closed(_staff(t, codes)) for t in file.tables("staff"))
    learners = tuple(t.closed(_learner(t, codes)) for t in file.tables("learner"))
    file.done()
    people: tuple[Staff | Learner, ...] = (*staff, *learners)
    _unique("person", (person.code for person in people))
    _unique("e-mail", (person.email for person in people if person.email))
    file = read_toml(folder / "documents.toml")
    documents = tuple(t.closed(_document(t)) for t in file.tables("document"))
    file.done()
    sources = _unique("document", (document.id for document in documents))
    topics, questions = _bank(folder, sources)
    _unique("question", (question.id for question in questions))
    _check_pairs(questions)
    names = _unique("topic", (topic.code for topic in topics))
    file = read_toml(folder / "programmes.toml")
    programmes = tuple(t.closed(_programme(t, names)) for t in file.tables("programme"))
    file.done()
    known = _unique("programme", (programme.code for programme in programmes))
    if missing := {code for programme in programmes for code in programme.after} - known:
        raise ContentError(f"programmes.toml: after names {sorted(missing)}")
    lessons = coursework.lessons(
        folder, {programme.code: len(programme.modules) for programme in programmes}, sources
    )
    return Content(
        centre,
        units,
        staff,
        learners,
        programmes,
        documents,
        topics,
        questions,
        lessons,
        coursework.essay(folder),
    )
