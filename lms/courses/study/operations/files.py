"""Files of a lesson and the source documents it cites."""

from dataclasses import dataclass

from lms.audit.operations import record
from lms.auth.units.models import Unit
from lms.core import files, vietnamese
from lms.core.actor import Actor
from lms.core.articles import pictures_in
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.files import Prepared
from lms.core.media_types import DOCX, OLE, PPTX, XLSX
from lms.core.messages import N_
from lms.courses.catalogue.queries import citable
from lms.courses.study import rules
from lms.courses.study.models import Lesson, LessonFile, LessonSource
from lms.courses.study.operations.lessons import hold
from lms.courses.study.queries.lessons import draft_bodies

PDF = "application/pdf"
PICTURES = frozenset({"image/png", "image/jpeg"})
DOCUMENTS = frozenset({PDF, DOCX, XLSX, PPTX, OLE})
MOST_FILES = 60


@dataclass(frozen=True)
class Upload:
    """Bytes on the disk; a picture stands in the text (``inline``), a document below it."""

    prepared: Prepared
    title: str
    inline: bool


@operation
def attach(*, actor: Actor, lesson: Lesson, unit: Unit, upload: Upload) -> LessonFile:
    """Add a file to a lesson.

    Raises:
        NotAllowed: the actor writes no lessons there.
        Invalid: not a kind of file that lessons take, or too many of them.
    """
    if not rules.may_write(actor, unit.path):
        raise NotAllowed
    if upload.prepared.media_type not in (PICTURES if upload.inline else DOCUMENTS):
        text = N_("Tệp này không phải PDF, Word, Excel hay PowerPoint. Ảnh thì chèn vào trong bài.")
        raise Invalid(text, fields={"file": text})
    hold(lesson=lesson)
    if len(lesson.files) >= MOST_FILES:
        text = N_("Bài đã có quá nhiều tệp. Hãy xóa bớt tệp không dùng.")
        raise Invalid(text, fields={"file": text})
    stored = files.save(upload.prepared)
    made = LessonFile(
        lesson=lesson,
        file=stored,
        title=vietnamese.clean_name(upload.title)[:200],
        inline=upload.inline,
        position=max((one.position for one in lesson.files), default=0) + 1,
    )
    db.session.add(made)
    data = {"name": upload.prepared.name, "size": upload.prepared.size, "type": upload.prepared.media_type}
    record(actor=actor, action="lesson.file_attached", subject=lesson, data=data)
    return made


@operation
def detach(*, actor: Actor, lesson: Lesson, unit: Unit, key: str) -> None:
    """Take a file away from a lesson.

    Raises:
        NotAllowed: the actor writes no lessons there.
        NotFound: the lesson has no such file.
        Conflict: it is a picture that stands in the text, or in what somebody has not saved yet.
    """
    if not rules.may_write(actor, unit.path):
        raise NotAllowed
    hold(lesson=lesson)
    file = next((one for one in lesson.files if one.public_id == key), None)
    if file is None:
        raise NotFound
    if key in pictures_in(lesson.body):
        raise Conflict(N_("Ảnh này đang nằm trong bài. Hãy xóa ảnh khỏi bài và lưu trước."))
    if any(key in pictures_in(body) for body in draft_bodies(lesson)):
        raise Conflict(N_("Ảnh này đang nằm trong bản chưa lưu. Hãy lưu hoặc bỏ bản ấy trước."))
    name = file.file.name
    lesson.files.remove(file)
    record(actor=actor, action="lesson.file_detached", subject=lesson, data={"name": name})


@operation
def cite(*, actor: Actor, lesson: Lesson, unit: Unit, key: str, place: str) -> None:
    """Say that the lesson cites a source document, at ``place`` in it; a second time corrects the place.

    Raises:
        NotAllowed: the actor writes no lessons there.
        Invalid: no such document in the centre's register.
    """
    if not rules.may_write(actor, unit.path):
        raise NotAllowed
    hold(lesson=lesson)
    document = next((one for one in citable(unit) if one.public_id == key), None)
    if document is None:
        raise Invalid(fields={"source": N_("Hãy chọn văn bản trong sổ.")})
    cited = next((one for one in lesson.sources if one.source_document_id == document.id), None)
    if cited is None:
        cited = LessonSource(source_document_id=document.id)
        lesson.sources.append(cited)
    cited.note = vietnamese.clean_name(place)[:200]
    data = {"document": document.code, "place": cited.note}
    record(actor=actor, action="lesson.source_cited", subject=lesson, data=data)


@operation
def drop_source(*, actor: Actor, lesson: Lesson, unit: Unit, key: str) -> None:
    """The lesson no longer cites this document.

    Raises:
        NotAllowed: the actor writes no lessons there.
        NotFound: it does not cite it.
    """
    if not rules.may_write(actor, unit.path):
        raise NotAllowed
    hold(lesson=lesson)
    cited = next((one for one in lesson.sources if one.document.public_id == key), None)
    if cited is None:
        raise NotFound
    code = cited.document.code
    lesson.sources.remove(cited)
    record(actor=actor, action="lesson.source_dropped", subject=lesson, data={"document": code})
