"""What the style guide shows: one form with every kind of field, rows, a page of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import DataRequired, Optional


class SampleForm(FlaskForm):  # type: ignore[misc]
    """One field of every kind that ``form_row`` knows."""

    title = StringField(
        "Tên bài kiểm tra",
        [DataRequired("Hãy nhập tên bài kiểm tra.")],
        description="Tên này học viên nhìn thấy.",
    )
    topic = SelectField(
        "Chuyên đề", choices=[("1", "Chuyên đề 1: Lịch sử Đảng bộ tỉnh"), ("2", "Chuyên đề 2")]
    )
    minutes = IntegerField("Thời gian làm bài", [DataRequired("Hãy nhập số phút.")])
    opens = DateTimeLocalField("Mở lúc", [Optional()])
    note = TextAreaField("Ghi chú cho học viên")
    kind = RadioField(
        "Loại", [DataRequired("Hãy chọn một loại.")], choices=[("p", "Luyện tập"), ("g", "Kiểm tra lấy điểm")]
    )
    halves = SelectMultipleField(
        "Buổi",
        choices=[("am", "Sáng"), ("pm", "Chiều")],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    shuffle = BooleanField("Xáo thứ tự câu hỏi")
    file = FileField("Tệp Word")


@dataclass(frozen=True)
class SampleRow:
    """A learner in the sample table; ``mark`` in hundredths."""

    public_id: str
    name: str
    unit: str
    born: date
    kind: str
    state: str
    mark: int | None


@dataclass(frozen=True)
class SamplePage:
    """The second of twelve pages."""

    items: list[SampleRow]
    page: int = 2
    pages: int = 12
    total: int = 118
    per_page: int = 10


ROWS = [
    SampleRow("r1", "Lê Văn An", "Đảng ủy xã Nghi Ân", date(1971, 1, 3), "ok", "Đã nộp", 830),
    SampleRow(
        "r2", "Phạm Thị Ngọc Ánh", "Hội Phụ nữ phường Trường Vinh", date(1974, 2, 4), "info", "Đang làm", None
    ),
    SampleRow("r3", "Nguyễn Văn Đức", "Chi bộ khối 7", date(1977, 3, 5), "warn", "Chưa vào", 1000),
    SampleRow(
        "r4", "Trần Thị Thúy Hằng", "Đoàn Thanh niên xã Kim Liên", date(1980, 4, 6), "danger", "Mất mạng", 470
    ),
]


def samples(layout: str = "staff") -> dict[str, object]:
    """Context of the style guide in ``layout`` (``staff`` or ``learner``)."""
    filled = {"title": "Kiểm tra chuyên đề 2", "minutes": 45, "kind": "g", "halves": ["am"], "shuffle": True}
    bad = SampleForm(formdata=MultiDict({"bad-topic": "1"}), prefix="bad", meta={"csrf": False})
    bad.validate()
    return {
        "layout": layout,
        "form": SampleForm(formdata=None, data=filled),
        "bad_form": bad,
        "page": SamplePage(ROWS),
        "now": datetime(2026, 11, 27, 10, 0, tzinfo=UTC),
    }
