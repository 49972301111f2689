"""Forms of essays: the task with its rubric, leave to write again, and a grader's points."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.auth.accounts.models import Account
from lms.core.messages import N_, Message
from lms.core.numbers import NotANumber
from lms.core.sanitising import escape_text, text_of
from lms.courses.catalogue.models import Module
from lms.quizzes.bank.models import Aspect
from lms.quizzes.grading.models import EssayTask
from lms.quizzes.grading.operations import OUT_OF_RANGE, UNMARKED, CriterionInput, Marking, TaskInput
from lms.quizzes.papers.forms import MarkField, MomentField, hundredths, wall
from lms.web.forms import BaseForm
from lms.web.i18n import marks

REQUIRED = _l("Hãy điền ô này.")
TURNS = ("first", "second", "third")
NO_POINTS = N_("Điểm viết bằng số, ví dụ 1 hoặc 1,25.")
LEAST_ROWS = 4
SPARE_ROWS = 2


class TaskForm(BaseForm):
    """Everything of a task but its rubric, which is a table of its own, see :class:`RubricInput`."""

    title = StringField(_l("Tên bài thu hoạch"), [InputRequired(REQUIRED), Length(max=250)])
    prompt = TextAreaField(_l("Đề bài"), [Length(max=10_000)])
    module = SelectField(validators=[Optional()])
    due_at = MomentField(_l("Hạn nộp"))
    typed = BooleanField(_l("Gõ ngay trên trang"))
    uploaded = BooleanField(_l("Gửi tệp Word, PDF hoặc ảnh"))
    handwritten = BooleanField(_l("Viết tay, giáo vụ chụp lại"))
    anonymous = BooleanField(_l("Đánh phách: người chấm không biết bài của ai"))
    graders = SelectField(_l("Số người chấm"), choices=[("1", "1"), ("2", "2")])
    difference_limit = MarkField(_l("Chênh lệch tối đa giữa hai người chấm"))
    first = SelectField(_l("Người chấm thứ nhất"), [InputRequired(REQUIRED)])
    second = SelectField(_l("Người chấm thứ hai"), [Optional()])
    third = SelectField(_l("Người chấm thứ ba"), [Optional()])
    revision = HiddenField()

    def offer(self, modules: Sequence[Module], graders: Sequence[Account], *, word: str) -> None:
        """Fill the choices; ``word`` is what the programme calls its modules."""
        self.module.label.text = _("Thuộc %(word)s nào", word=word)
        self.module.choices = [
            ("", _("Cả khóa học")),
            *((one.public_id, f"{one.position}. {one.title}") for one in modules),
        ]
        people = [(one.public_id, one.full_name) for one in graders]
        for name in TURNS:
            getattr(self, name).choices = [("", _("– chưa chọn –")), *people]

    def given(
        self, modules: Sequence[Module], graders: Sequence[Account], criteria: Sequence[CriterionInput]
    ) -> TaskInput:
        """What was typed; the form has been validated."""
        known = {one.public_id: one for one in graders}
        chosen = {turn: known.get(getattr(self, name).data) for turn, name in enumerate(TURNS, start=1)}
        return TaskInput(
            title=self.title.data,
            prompt=paragraphs(self.prompt.data or ""),
            module=next((one for one in modules if one.public_id == self.module.data), None),
            due_at=self.due_at.moment(),
            typed=self.typed.data,
            uploaded=self.uploaded.data,
            handwritten=self.handwritten.data,
            anonymous=self.anonymous.data,
            graders=int(self.graders.data),
            difference_limit=self.difference_limit.hundredths,
            criteria=criteria,
            named={turn: account for turn, account in chosen.items() if account is not None},
        )


def paragraphs(text: str) -> str:
    """Plain text as HTML that shows exactly that, a paragraph for what empty lines part."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{escape_text(block)}</p>" for block in blocks if block.strip())


def plain(html: str) -> str:
    """What :func:`paragraphs` made, as text again."""
    return "\n\n".join(text_of(block) for block in html.split("</p>") if block.strip())


def present(task: EssayTask) -> dict[str, Any]:
    """A task as its form begins."""
    named = {one.turn: one.account.public_id for one in task.graders_named}
    return {
        "title": task.title,
        "prompt": plain(task.prompt),
        "module": task.module.public_id if task.module else "",
        "due_at": wall(task.due_at),
        "typed": task.typed,
        "uploaded": task.uploaded,
        "handwritten": task.handwritten,
        "anonymous": task.anonymous,
        "graders": str(task.graders),
        "difference_limit": marks(task.difference_limit),
        "revision": task.revision,
        **{name: named.get(turn, "") for turn, name in enumerate(TURNS, start=1)},
    }


class RubricInput:
    """The posted table of criteria: ``rows`` keep the texts, to show them again; ``criteria`` is what they mean.

    A row with neither name nor points is none. ``problem`` says what can't be read, the row's place with it.
    """

    def __init__(self, posted: "MultiDict[str, str]") -> None:
        columns = [posted.getlist(f"criterion-{name}") for name in ("title", "description", "aspect", "most")]
        self.rows = [
            dict(zip(("title", "description", "aspect", "most"), row, strict=True))
            for row in zip(*columns, strict=False)
        ][:40]
        self.problem: Message | None = None
        self.criteria = [
            made
            for place, row in enumerate(self.rows, start=1)
            if (row["title"].strip() or row["most"].strip()) and (made := self._read(place, row))
        ]

    def _read(self, place: int, row: Mapping[str, str]) -> CriterionInput | None:
        try:
            most = hundredths(row["most"]) if row["most"].strip() else 0
        except NotANumber:
            self.problem = Message(
                N_("Điểm ở dòng %(place)s chưa đúng. Viết bằng số, ví dụ 2,5."), {"place": place}
            )
            return None
        aspect = Aspect.PRACTICE if row["aspect"] == Aspect.PRACTICE.value else Aspect.THEORY
        return CriterionInput(row["title"], row["description"], aspect, most)

    def table(self, *, more: bool = False) -> list[dict[str, str]]:
        """The rows to show, with a few empty ones behind."""
        return with_spare(
            [row for row in self.rows if any(row[name].strip() for name in ("title", "most"))], more=more
        )


def rubric_rows(task: EssayTask | None) -> list[dict[str, str]]:
    """A task's rubric as its table begins."""
    rows = [
        {
            "title": one.title,
            "description": one.description,
            "aspect": one.aspect.value,
            "most": marks(one.most),
        }
        for one in (task.criteria if task else [])
    ]
    return with_spare(rows)


def with_spare(rows: list[dict[str, str]], *, more: bool = False) -> list[dict[str, str]]:
    """The rows and room for more."""
    spare = max(LEAST_ROWS - len(rows), SPARE_ROWS * (2 if more else 1))
    empty = {"title": "", "description": "", "aspect": Aspect.THEORY.value, "most": ""}
    return [*rows, *(dict(empty) for _ in range(spare))]


class AgainForm(BaseForm):
    """Leave for one learner to write again."""

    until = MomentField(_l("Được nộp đến"), required=_l("Hãy chọn hạn mới."))
    reason = TextAreaField(_l("Lý do"), [InputRequired(_l("Hãy ghi lý do mở lại.")), Length(max=500)])


class MarkingInput:
    """The points and the comment that a grader posted; ``errors`` by field name, ``typed`` to show them again.

    Everything that is wrong is said at once; ``whole`` asks for every criterion's points.
    """

    def __init__(self, task: EssayTask, posted: Mapping[str, str], *, whole: bool = False) -> None:
        self.typed = {name: posted.get(name, "") for name in self.names(task)}
        self.comment = posted.get("comment", "")
        self.reason = posted.get("reason", "")
        self.errors: dict[str, Message] = {}
        points = {one.id: self._read(f"points-{one.id}", one.most, whole=whole) for one in task.criteria}
        self.marking = Marking(points=points, comment=self.comment)

    @staticmethod
    def names(task: EssayTask) -> list[str]:
        """The names of the fields for points."""
        return [f"points-{one.id}" for one in task.criteria]

    def _read(self, name: str, most: int, *, whole: bool) -> int | None:
        text = self.typed[name].strip()
        if not text:
            if whole:
                self.errors[name] = Message(UNMARKED)
            return None
        try:
            points = hundredths(text)
        except NotANumber:
            self.errors[name] = Message(NO_POINTS)
            return None
        if not 0 <= points <= most:
            self.errors[name] = Message(OUT_OF_RANGE, {"most": marks(most)})
        return points
