"""Forms of the bank. A question's own fields come from its kind and are read here into a draft."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.core.messages import N_
from lms.quizzes import kinds
from lms.quizzes.bank import drafts, editing
from lms.quizzes.bank.drafts import LETTERS, Draft
from lms.quizzes.bank.models import Aspect, Level, Topic
from lms.quizzes.bank.words import ASPECTS, LEVELS
from lms.quizzes.kinds import FieldSpec
from lms.quizzes.kinds.documents import MAX_OPTIONS
from lms.web.forms import BaseForm

UPLOADS = ".docx,.xlsx,.xls,.txt,.doc"


class Values(Protocol):
    """The fields of a posted form."""

    def getlist(self, key: str) -> list[str]:
        """All values of a field."""


class BankForm(BaseForm):
    """A new bank."""

    title = StringField(_l("Tên ngân hàng"), [InputRequired(), Length(max=200)])
    unit = SelectField(_l("Của trung tâm"), [InputRequired()])


class TopicForm(BaseForm):
    """A topic's name."""

    title = StringField(_l("Tên chủ đề"), [InputRequired(), Length(max=200)])


class PlacingForm(BaseForm):
    """Topic, level and aspect; each may stay open."""

    topic = SelectField(_l("Chủ đề"), [Optional()])
    level = SelectField(_l("Mức độ"), [Optional()])
    aspect = SelectField(_l("Lý luận / thực tiễn"), [Optional()])

    def offer(self, topics: Iterable[Topic], say: Any) -> None:
        """Fill the choices; ``say`` translates."""
        blank = ("", say(N_("– chưa chọn –")))
        self.topic.choices = [blank, *((topic.public_id, topic.title) for topic in topics)]
        self.level.choices = [blank, *((level.value, say(word)) for level, word in LEVELS.items())]
        self.aspect.choices = [blank, *((aspect.value, say(word)) for aspect, word in ASPECTS.items())]


class UploadForm(PlacingForm):
    """A file with questions, and what its questions get where the file doesn't say."""

    file = FileField(_l("Tệp câu hỏi"), [FileRequired(_l("Hãy chọn tệp câu hỏi."))])


class QuestionForm(PlacingForm):
    """Everything of a question that doesn't depend on its kind."""

    topic = SelectField(_l("Chủ đề"), [InputRequired(_l("Chọn chủ đề."))])
    level = SelectField(_l("Mức độ"), [InputRequired(_l("Chọn mức độ."))])
    aspect = SelectField(_l("Lý luận / thực tiễn"), [InputRequired(_l("Chọn lý luận hay thực tiễn."))])
    source = SelectField(_l("Văn bản làm căn cứ"), [Optional()])
    source_place = StringField(_l("Điều, mục, trang"), [Optional(), Length(max=200)])
    based_on = HiddenField()


class ReasonForm(BaseForm):
    """Why a question is returned or retired."""

    reason = TextAreaField(_l("Lý do"), [InputRequired(_l("Hãy ghi lý do.")), Length(max=2000)])
    version = HiddenField()


def topic_id(topics: Sequence[Topic], key: str | None) -> int | None:
    """The id of the topic with this public key."""
    return next((topic.id for topic in topics if topic.public_id == key), None)


def level(value: str | None) -> Level | None:
    """The level a field holds; nothing for any other text."""
    return Level(value) if value in {level.value for level in Level} else None


def aspect(value: str | None) -> Aspect | None:
    """The aspect a field holds; nothing for any other text."""
    return Aspect(value) if value in {aspect.value for aspect in Aspect} else None


def editor_fields(kind: str) -> tuple[FieldSpec, ...]:
    """The fields of the kind's editor; a kind that is only read has the fields of a choice."""
    return kinds.get(kind if kinds.known(kind) else "single_choice").fields()


def option_rows(draft: Draft) -> list[tuple[str, str]]:
    """Letters and texts of the rows that an editor shows: the options and at least one empty row."""
    texts = [editing.editable(option) for option in draft.options]
    wanted = min(MAX_OPTIONS, max(len(texts) + 1, 4))
    texts += [""] * (wanted - len(texts))
    return list(zip(LETTERS, texts, strict=False))


def read_draft(values: Values, before: Draft) -> Draft:
    """The draft that a posted editor describes.

    Untouched fields keep their HTML. An emptied option row goes, and the letters of the key follow the rest.
    """
    allowed = editing.images_of(before.stem, *before.options, before.explanation)
    kind = before.kind
    options, letters = _options(values, before, allowed)
    draft = Draft(
        kind=kind,
        stem=editing.edited(_first(values, "stem"), before.stem, allowed),
        options=options,
        key=_key(values, kind, letters),
        explanation=editing.edited(_first(values, "explanation"), before.explanation, allowed),
        settings=_settings(values, kind),
    )
    wanted = _first(values, "kind", kind)
    return editing.as_kind(draft, wanted) if kinds.known(wanted) else draft


def _options(
    values: Values, before: Draft, allowed: Sequence[str]
) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The rows that hold something, and where each old letter went."""
    texts: list[str] = []
    moved: dict[str, str] = {}
    for place, letter in enumerate(LETTERS[:MAX_OPTIONS]):
        text = _first(values, f"option-{letter}")
        if text.strip():
            old = before.options[place] if place < len(before.options) else ""
            moved[letter] = LETTERS[len(texts)]
            texts.append(editing.edited(text, old, allowed))
    return tuple(texts), moved


def _key(values: Values, kind: str, letters: Mapping[str, str]) -> tuple[str, ...]:
    if kind == "true_false":
        return tuple(part for part in values.getlist("key")[:1] if part in {"T", "F"})
    if kind == "true_false_group":
        return tuple(_first(values, f"truth-{letter}") for letter in letters)
    if kind == "short_answer":
        return tuple(line.strip() for line in _first(values, "key").splitlines() if line.strip())
    if kind == "numerical":
        return tuple(text.strip() for text in values.getlist("key")[:1] if text.strip())
    return tuple(letters[letter] for letter in values.getlist("key") if letter in letters)


def _first(values: Values, name: str, default: str = "") -> str:
    found = values.getlist(name)
    return found[0] if found else default


def _settings(values: Values, kind: str) -> dict[str, str]:
    names = {spec.name for spec in editor_fields(kind)} & set(drafts.SETTINGS)
    found = {name: _first(values, name).strip() for name in sorted(names)}
    return {name: text for name, text in found.items() if text}
