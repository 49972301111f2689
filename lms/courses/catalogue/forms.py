"""Forms of the catalogue room."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.auth.units.models import Unit
from lms.courses.catalogue.models import Programme, SourceDocument
from lms.courses.catalogue.operations.documents import DocumentData
from lms.courses.catalogue.operations.modules import MOST_PERIODS
from lms.courses.catalogue.operations.programmes import ProgrammeData
from lms.web.forms import BaseForm, DayField


class WholeField(IntegerField):  # type: ignore[misc]  # WTForms has no types
    """A whole number, with a message of our own when it isn't one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Hãy nhập một số nguyên.")) from None


class ChecksField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Several of a list, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ProgrammeForm(BaseForm):
    """What is known of a programme; the centre is asked for only where there are several."""

    unit = SelectField(_l("Của trung tâm"), [InputRequired(_l("Hãy chọn trung tâm."))])
    title = StringField(
        _l("Tên chương trình"), [InputRequired(_l("Hãy nhập tên chương trình.")), Length(max=250)]
    )
    code = StringField(
        _l("Mã chương trình"), [InputRequired(_l("Hãy nhập mã chương trình.")), Length(max=40)]
    )
    module_word = StringField(_l("Mỗi phần của chương trình gọi là"), [Optional(), Length(max=40)])
    required = ChecksField(_l("Phải học xong trước"), [Optional()])

    @classmethod
    def offering(
        cls, others: Sequence[Programme], centres: Sequence[Unit] = (), programme: Programme | None = None
    ) -> "ProgrammeForm":
        """The form with what can be chosen, and what is stored of ``programme``."""
        form = cls(data=_stored(programme) if programme else {"module_word": _("chuyên đề")})
        form.required.choices = [(one.public_id, one.title) for one in others]
        if not others:
            del form.required
        if len(centres) > 1:
            form.unit.choices = [(centre.public_id, centre.name) for centre in centres]
        else:
            del form.unit
        return form

    def programme_data(self, others: Sequence[Programme]) -> ProgrammeData:
        """What was typed; the form has been validated."""
        chosen = set(self.required.data or ()) if "required" in self else set()
        return ProgrammeData(
            code=self.code.data,
            title=self.title.data,
            module_word=self.module_word.data or "",
            required=[one for one in others if one.public_id in chosen],
        )


def _stored(programme: Programme) -> dict[str, object]:
    return {
        "title": programme.title,
        "code": programme.code,
        "module_word": programme.module_word,
        "required": [one.required.public_id for one in programme.prerequisites],
    }


class ModuleForm(BaseForm):
    """A module."""

    title = StringField(_l("Tên"), [InputRequired(_l("Hãy nhập tên.")), Length(max=300)])
    periods = WholeField(
        _l("Số tiết"),
        [InputRequired(_l("Hãy nhập số tiết.")), NumberRange(0, MOST_PERIODS, _l("Số tiết từ 0 đến 500."))],
        default=0,
    )


class DocumentForm(BaseForm):
    """A source document of the register."""

    unit = SelectField(_l("Của trung tâm"), [InputRequired(_l("Hãy chọn trung tâm."))])
    title = TextAreaField(_l("Tên văn bản"), [InputRequired(_l("Hãy nhập tên văn bản.")), Length(max=400)])
    number = StringField(_l("Số, ký hiệu"), [Optional(), Length(max=80)])
    issuer = StringField(_l("Cơ quan ban hành"), [Optional(), Length(max=200)])
    issued = StringField(_l("Ngày ban hành"), [Optional(), Length(max=10)])
    in_force_from = DayField(_l("Có hiệu lực từ ngày"), [Optional()])
    replaced_by = SelectField(_l("Đã được thay bằng"), [Optional()])
    code = StringField(_l("Mã gọi tắt"), [Optional(), Length(max=60)])

    @classmethod
    def offering(
        cls,
        others: Sequence[SourceDocument],
        centres: Sequence[Unit] = (),
        document: SourceDocument | None = None,
    ) -> "DocumentForm":
        """The form with what can be chosen, and what is stored of ``document``."""
        form = cls(obj=document)
        form.replaced_by.choices = [
            ("", _("– còn hiệu lực –")),
            *((one.public_id, named(one)) for one in others),
        ]
        if document is None:
            del form.replaced_by
        elif not form.is_submitted():
            form.issued.data = shown_issued(document.issued)
            newer = next((one for one in others if one.id == document.replaced_by_id), None)
            form.replaced_by.data = newer.public_id if newer else ""
        if len(centres) > 1:
            form.unit.choices = [(centre.public_id, centre.name) for centre in centres]
        else:
            del form.unit
        return form

    def document_data(self, others: Sequence[SourceDocument]) -> DocumentData:
        """What was typed; the form has been validated."""
        chosen = self.replaced_by.data if "replaced_by" in self else ""
        return DocumentData(
            code=self.code.data or "",
            number=self.number.data or "",
            title=self.title.data,
            issuer=self.issuer.data or "",
            issued=self.issued.data or "",
            in_force_from=self.in_force_from.data,
            replaced_by=next((one for one in others if one.public_id == chosen), None),
        )


def named(document: SourceDocument) -> str:
    """A document in a list to choose from."""
    return document.called


def shown_issued(issued: str) -> str:
    """``2011-01-19`` as ``19/01/2011``, ``1947-10`` as ``10/1947``."""
    return "/".join(reversed(issued.split("-")))
