"""Forms of the study room."""

from collections.abc import Sequence
from textwrap import shorten

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.core.articles import article_of, plain_of
from lms.courses.catalogue.models import SourceDocument
from lms.courses.classes.models import CourseClass
from lms.courses.study.models import DoneWhen, Lesson, LessonDraft
from lms.courses.study.operations.lessons import LessonData
from lms.courses.study.queries.course import Part
from lms.courses.study.registry import kinds
from lms.web.forms import BaseForm
from lms.web.i18n import say

LONGEST_CHOICE = 120
DONE_WHEN = {
    DoneWhen.CONFIRMED: _l("Học viên bấm “Đã học xong”"),
    DoneWhen.OPENED: _l("Mở bài là tính đã học"),
    DoneWhen.ACTIVITIES: _l("Làm xong các việc bắt buộc của bài"),
}


class TitleForm(BaseForm):
    """A new lesson."""

    title = StringField(_l("Tên bài học"), [InputRequired(_l("Hãy nhập tên bài học.")), Length(max=250)])


class LessonForm(TitleForm):
    """What is written: ``html`` comes from the editor, ``body`` is plain text where no script runs."""

    body = TextAreaField(_l("Nội dung bài"), [Optional()])
    done_when = RadioField(_l("Tính là đã học khi"), [InputRequired()])
    revision = HiddenField()

    @classmethod
    def of(cls, lesson: Lesson, draft: LessonDraft | None = None) -> "LessonForm":
        """The form with what came, or else with what is stored, or with the draft over it."""
        shown = draft or lesson
        form = cls(data={"title": shown.title, "revision": lesson.revision})
        form.done_when.choices = [(kind.value, label) for kind, label in DONE_WHEN.items()]
        if not form.is_submitted():
            form.done_when.data = shown.done_when.value
            form.body.data = plain_of(shown.body)
        return form

    def lesson_data(self, lesson: Lesson, html: str | None) -> LessonData:
        """What came; the form has been validated. Plain text that was not touched keeps its formatting."""
        return LessonData(
            title=self.title.data,
            body=html if html is not None else self._from_plain(lesson),
            done_when=DoneWhen(self.done_when.data),
            revision=int(self.revision.data) if (self.revision.data or "").isdecimal() else 0,
        )

    def _from_plain(self, lesson: Lesson) -> str:
        typed = (self.body.data or "").replace("\r\n", "\n").strip()
        return lesson.body if typed == plain_of(lesson.body) else article_of(typed)


class FileForm(BaseForm):
    """A file for a lesson."""

    file = FileField(_l("Tệp"))
    title = StringField(_l("Tên hiện ra"), [Optional(), Length(max=200)])


class SourceForm(BaseForm):
    """A source document that a lesson cites."""

    source = SelectField(_l("Văn bản"), [InputRequired(_l("Hãy chọn văn bản trong sổ."))])
    place = StringField(_l("Chỗ trích dẫn"), [Optional(), Length(max=200)])

    @classmethod
    def offering(cls, documents: Sequence[SourceDocument], *, fresh: bool = False) -> "SourceForm":
        """The form with the register."""
        form = cls(formdata=None, prefix="cite") if fresh else cls(prefix="cite")
        form.source.choices = [("", _("– chọn văn bản –"))]
        form.source.choices += [
            (one.public_id, shorten(one.called, LONGEST_CHOICE, placeholder=" …")) for one in documents
        ]
        return form


class ActivityForm(BaseForm):
    """Something to do for a class; ``what`` holds kind and key."""

    what = SelectField(_l("Việc cần giao"), [InputRequired(_l("Hãy chọn việc cần giao trong danh sách."))])
    where = SelectField(_l("Đặt vào"), [InputRequired(_l("Hãy chọn phần của chương trình."))])
    required = BooleanField(_l("Bắt buộc làm"), default=True)

    @classmethod
    def offering(
        cls, course_class: CourseClass, parts: Sequence[Part], *, fresh: bool = False
    ) -> "ActivityForm":
        """The form with what the rooms above offer this class and what it doesn't have yet."""
        form = cls(formdata=None, prefix="give") if fresh else cls(prefix="give")
        taken = {(task.activity.kind, task.activity.target) for part in parts for task in part.tasks}
        offers: dict[str, list[tuple[str, str]]] = {"": [("", _("– chọn việc –"))]}
        for name, kind in kinds.items():
            free = [one for one in kind.choices(course_class) if (name, one.key) not in taken]
            if free:
                offers[say(kind.label)] = [(f"{name}:{one.key}", one.title) for one in free]
        form.what.choices = offers
        form.where.choices = [("", _("– chọn chỗ –"))]
        for part in parts:
            form.where.choices.append((part.public_id, f"{part.position}. {part.title}"))
            for lesson in part.lessons:
                text = _("%(part)s. – bài: %(title)s", part=part.position, title=lesson.title)
                form.where.choices.append((f"{part.public_id}:{lesson.public_id}", text))
        return form

    @property
    def has_offers(self) -> bool:
        """Whether there is anything to give."""
        return len(self.what.choices) > 1
