"""What browsers send: the JSON of a save, the plain form of a whole paper, staff's small forms."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from lms.core import seeds
from lms.core.errors import Invalid
from lms.core.messages import N_
from lms.quizzes.delivery.operations.saving import Save
from lms.quizzes.delivery.queries.attempts import Standing
from lms.quizzes.delivery.queries.papers import Paper, kind_at
from lms.quizzes.kinds.base import MalformedAnswer
from lms.web.forms import BaseForm

LARGEST_REVISION = 2**31 - 1
LARGEST_SAVE = 64 * 1024
"""Bytes of a save; the longest answer that a form of ours sends is far below."""

MINUTES = _l("Số phút từ 1 đến 240.")
LONGEST_REASON = Length(max=300, message=_l("Lý do dài nhất 300 chữ."))


def read_save(document: object) -> Save:
    """The save in a request's JSON.

    Raises:
        Invalid: a field is missing or of another type.
    """
    if not isinstance(document, Mapping):
        raise Invalid(N_("Yêu cầu lưu bài không đúng mẫu."))
    revision = _whole(document, "revision")
    return Save(
        slot=_whole(document, "slot"),
        revision=revision,
        base=_whole(document, "base", revision - 1),
        key=_text(document, "key"),
        client=_text(document, "client", ""),
        answer=document.get("answer"),
        flagged=document.get("flagged") is True,
    )


def _whole(document: Mapping[str, Any], name: str, default: int | None = None) -> int:
    value = document.get(name, default)
    if type(value) is not int or not 0 <= value <= LARGEST_REVISION:
        raise Invalid(N_("Yêu cầu lưu bài không đúng mẫu."))
    return value


def _text(document: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = document.get(name, default)
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise Invalid(N_("Yêu cầu lưu bài không đúng mẫu."))
    return value


def posted_saves(
    paper: Paper, given: dict[int, Standing], form: MultiDict[str, str]
) -> tuple[list[Save], list[int]]:
    """Read a paper posted without scripts.

    Gives the saves of the slots that differ from what is stored, and the numbers of the slots whose answer could
    not be read.
    """
    saves, unreadable = [], []
    for slot in range(1, paper.length + 1):
        base = form.get(f"base-{slot}", type=int)
        if base is None:
            continue
        kind, _version = kind_at(paper, slot)
        values = [
            value
            for name in form
            if name == f"answer-{slot}" or name.startswith(f"answer-{slot}-")
            for value in form.getlist(name)
        ]
        try:
            answer = kind.from_form(values)
        except MalformedAnswer:
            unreadable.append(slot)
            continue
        flagged = f"flag-{slot}" in form
        standing = given.get(slot)
        stored = standing.answer if standing else None
        same = answer == stored or (kind.is_empty(answer) and kind.is_empty(stored))
        if same and flagged == (standing.flagged if standing else False):
            continue
        saves.append(
            Save(
                slot=slot,
                revision=base + 1,
                base=base,
                key=seeds.token(),
                client="form-" + seeds.token(),
                answer=answer,
                flagged=flagged,
            )
        )
    return saves, unreadable


class ExtraTimeForm(BaseForm):
    """Minutes for one learner, and why."""

    account = HiddenField(validators=[InputRequired()])
    minutes = IntegerField(
        _l("Thêm bao nhiêu phút"), validators=[InputRequired(MINUTES), NumberRange(1, 240, MINUTES)]
    )
    reason = StringField(
        _l("Lý do"),
        validators=[InputRequired(_l("Hãy ghi lý do thêm giờ, để đưa vào biên bản.")), LONGEST_REASON],
    )


class CloseForm(BaseForm):
    """Why staff hand in for a learner."""

    close_reason = StringField(_l("Lý do"), validators=[InputRequired(_l("Hãy ghi lý do.")), LONGEST_REASON])
