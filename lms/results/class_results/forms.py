"""Forms of class results: reasons, and a page full of marks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from lms.core.messages import N_
from lms.core.numbers import NotANumber, parse_number
from lms.core.vietnamese import clean_name
from lms.results.classification.regulation import TOP
from lms.web.forms import BaseForm
from lms.web.i18n import language

NOT_A_MARK = N_("Viết bằng số từ 0 đến 10, nhiều nhất hai chữ số thập phân, ví dụ 8,5.")


def _clean(text: str | None) -> str:
    return clean_name(text or "")


class ReturnForm(BaseForm):
    """Why the leader sends a result back."""

    note = TextAreaField(
        _l("Lý do trả lại"),
        [DataRequired(_l("Hãy ghi lý do trả lại, để giáo vụ biết cần sửa gì.")), Length(max=1000)],
        filters=[_clean],
    )


class SignForm(BaseForm):
    """The leader's word that the missing rolls are known."""

    aware = BooleanField(
        _l("Tôi biết còn buổi chưa điểm danh và vẫn ký"),
        [InputRequired(_l("Muốn ký khi còn buổi chưa điểm danh thì đánh dấu vào ô này."))],
    )


class WithdrawForm(BaseForm):
    """Why a publication is taken back."""

    reason = TextAreaField(
        _l("Lý do thu lại"), [DataRequired(_l("Hãy ghi lý do thu lại.")), Length(max=1000)], filters=[_clean]
    )


class MoveForm(BaseForm):
    """Why the class goes over to another version of its regulation."""

    version = HiddenField()
    reason = StringField(
        _l("Lý do chuyển"),
        [DataRequired(_l("Hãy ghi lý do chuyển phiên bản.")), Length(max=300)],
        filters=[_clean],
    )


class RemarkForm(BaseForm):
    """A remark on one learner's conduct and ethics."""

    remark = TextAreaField(_l("Nhận xét"), [Optional(), Length(max=1000)], filters=[_clean])


class ReplaceForm(BaseForm):
    """A mark that stands for what a component's sources gave; empty takes it back."""

    code = SelectField(_l("Thành phần"), [InputRequired(_l("Hãy chọn thành phần."))])
    mark = StringField(_l("Điểm"), [Optional(), Length(max=10)])
    note = StringField(_l("Lý do"), [Optional(), Length(max=300)], filters=[_clean])


def mark_of(text: str) -> int | None:
    """A mark that a person typed, in hundredths; None for an empty field; raises :class:`NotANumber`."""
    if not text.strip():
        return None
    number = parse_number(text, language()) * 100
    if number != number.to_integral_value() or not 0 <= number <= Decimal(TOP):
        raise NotANumber(text)
    return int(number)


class MarksInput:
    """The posted page of marks: fields ``m-LEARNER-CODE``; ``typed`` keeps the texts, ``errors`` names the wrong ones."""

    def __init__(
        self, posted: Mapping[str, str], learners: Sequence[tuple[int, str]], codes: Sequence[str]
    ) -> None:
        self.typed: dict[str, str] = {}
        self.errors: set[str] = set()
        self.marks: dict[tuple[int, str], int | None] = {}
        for enrolment_id, public_id in learners:
            for code in codes:
                name = field_name(public_id, code)
                if name not in posted:
                    continue
                self.typed[name] = posted[name][:10]
                try:
                    self.marks[enrolment_id, code] = mark_of(posted[name])
                except NotANumber:
                    self.errors.add(name)


def field_name(public_id: str, code: str) -> str:
    """The name of a mark's field."""
    return f"m-{public_id}-{code}"
