"""Forms of the regulations room: a posted regulation, read field by field and shown again as it was typed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from lms.core.messages import N_, Message
from lms.core.numbers import NotANumber, format_number, parse_number
from lms.core.rounding import from_hundredths
from lms.core.vietnamese import clean_name
from lms.results.classification.checking import problems
from lms.results.classification.regulation import (
    CODE,
    MOST_BANDS,
    MOST_COMPONENTS,
    TOP,
    WHOLE,
    Band,
    Component,
    ComponentKind,
    Regulation,
    Rounding,
    Unmet,
)
from lms.results.regulations.operations import SOURCE_LENGTH, TITLE_LENGTH
from lms.web.forms import BaseForm
from lms.web.i18n import language

SPARE_COMPONENTS, SPARE_BANDS = 3, 2
NOT_A_SHARE = N_("Viết bằng số từ 0 đến 100, ví dụ 60 hoặc 33,5.")
NOT_A_MARK = N_("Viết bằng số từ 0 đến 10, ví dụ 5 hoặc 6,5.")
COMPONENT_FIELDS = ("code", "title", "kind", "weight", "required", "minimum")
BAND_FIELDS = ("code", "title", "lower", "passes")


class NewForm(BaseForm):
    """A title and what to start from; the centre is asked for only where there are several."""

    unit = SelectField(_l("Của trung tâm"), [InputRequired(_l("Hãy chọn trung tâm."))])
    title = StringField(
        _l("Tên quy chế"), [InputRequired(_l("Hãy nhập tên quy chế.")), Length(max=TITLE_LENGTH)]
    )
    preset = SelectField(_l("Bắt đầu từ mẫu"), [InputRequired(_l("Hãy chọn một mẫu."))])


class ConfirmForm(BaseForm):
    """The text that a version was compared with."""

    source = StringField(
        _l("Đã đối chiếu với văn bản"),
        [DataRequired(_l("Hãy ghi số, ngày của văn bản đã dùng để đối chiếu.")), Length(max=SOURCE_LENGTH)],
        filters=[lambda text: clean_name(text or "")],
    )


Row = dict[str, str]
K = TypeVar("K", bound=StrEnum)


class RegulationInput:
    """A posted regulation. ``components`` and ``bands`` keep the texts; ``errors`` says what is wrong, by field name.

    Rows without title and number are left out. ``content`` is there when no number was misread.
    """

    def __init__(self, posted: Mapping[str, str]) -> None:
        self.posted = posted
        self.errors: dict[str, Message] = {}
        self.title = posted.get("title", "")
        self.based_on = _small(posted.get("based_on", ""))
        self.components = self._rows("components", COMPONENT_FIELDS, MOST_COMPONENTS + 1, ("title", "weight"))
        self.bands = self._rows("bands", BAND_FIELDS, MOST_BANDS + 1, ("title", "lower"))
        self.plain = {
            name: posted.get(name, "")
            for name in (
                "component_rounding", "final_rounding", "absence_limit", "every_module_test", "lowest", "unmet",
            )
        }  # fmt: skip
        self.content = self._content()
        if not self.errors:
            self.errors = {one.where: one.text for one in problems(self.content)}

    def _rows(self, name: str, fields: tuple[str, ...], most: int, telling: tuple[str, ...]) -> list[Row]:
        rows = [
            {key: clean_name(self.posted.get(f"{name}-{place}-{key}", ""))[:200] for key in fields}
            for place in range(most + SPARE_COMPONENTS)
        ]
        return [row for row in rows if any(row[key] for key in telling)]

    def _number(self, where: str, text: str, most: int, words: str) -> int:
        try:
            number = parse_number(text, language()) * 100
        except NotANumber:
            self.errors[where] = Message(words)
            return 0
        if number != number.to_integral_value() or not 0 <= number <= most:
            self.errors[where] = Message(words)
            return 0
        return int(number)

    def _perhaps(self, where: str, text: str, most: int, words: str) -> int | None:
        return self._number(where, text, most, words) if text.strip() else None

    def _content(self) -> Regulation:
        taken: set[str] = set()
        return Regulation(
            components=tuple(self._component(row, place, taken) for place, row in enumerate(self.components)),
            bands=tuple(self._band(row, place, taken) for place, row in enumerate(self.bands)),
            component_rounding=_one_of(Rounding, self.plain["component_rounding"], Rounding.EXACT),
            final_rounding=_one_of(Rounding, self.plain["final_rounding"], Rounding.TENTHS),
            absence_limit=self._perhaps("absence_limit", self.plain["absence_limit"], WHOLE, NOT_A_SHARE),
            every_module_test=bool(self.plain["every_module_test"]),
            lowest=self._perhaps("lowest", self.plain["lowest"], TOP, NOT_A_MARK),
            unmet=_one_of(Unmet, self.plain["unmet"], Unmet.NOT_ELIGIBLE),
        )

    def _component(self, row: Row, place: int, taken: set[str]) -> Component:
        where = f"components-{place}"
        kind = _one_of(ComponentKind, row["kind"], ComponentKind.ESSAY)
        row["code"] = _code(row["code"], kind.value, taken)
        return Component(
            code=row["code"],
            title=row["title"],
            kind=kind,
            weight=self._number(f"{where}-weight", row["weight"] or "0", WHOLE, NOT_A_SHARE),
            required=bool(row["required"]),
            minimum=self._perhaps(f"{where}-minimum", row["minimum"], TOP, NOT_A_MARK),
        )

    def _band(self, row: Row, place: int, taken: set[str]) -> Band:
        row["code"] = _code(row["code"], "band", taken)
        lower = self._number(f"bands-{place}-lower", row["lower"] or "0", TOP, NOT_A_MARK)
        return Band(row["code"], row["title"], lower, bool(row["passes"]))


def shown(content: Regulation, title: str, number: int) -> dict[str, object]:
    """A regulation as its form begins."""
    return {
        "title": title,
        "based_on": number,
        "components": [
            {
                "code": one.code,
                "title": one.title,
                "kind": one.kind.value,
                "weight": _text(one.weight),
                "required": "y" if one.required else "",
                "minimum": _text(one.minimum),
            }
            for one in content.components
        ],
        "bands": [
            {
                "code": one.code,
                "title": one.title,
                "lower": _text(one.lower),
                "passes": "y" if one.passes else "",
            }
            for one in content.bands
        ],
        "plain": {
            "component_rounding": content.component_rounding.value,
            "final_rounding": content.final_rounding.value,
            "absence_limit": _text(content.absence_limit),
            "every_module_test": "y" if content.every_module_test else "",
            "lowest": _text(content.lowest),
            "unmet": content.unmet.value,
        },
    }


def _text(hundredths: int | None) -> str:
    return "" if hundredths is None else format_number(from_hundredths(hundredths), language())


def _one_of(kind: type[K], value: str, default: K) -> K:
    return kind(value) if value in {one.value for one in kind} else default


def _code(code: str, stem: str, taken: set[str]) -> str:
    """A code that stays what it was, or the first free one after ``stem``."""
    if not CODE.fullmatch(code) or code in taken:
        code = next(name for n in range(1, 100) if (name := stem if n == 1 else f"{stem}_{n}") not in taken)
    taken.add(code)
    return code


def _small(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0  # noqa: PLR2004
