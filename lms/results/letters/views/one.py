"""One letter as the centre works on it."""

import io
from typing import Any

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import files
from lms.core.actor import Actor
from lms.core.db import db
from lms.core.errors import Invalid, NotFound
from lms.core.stored_file import StoredFile
from lms.results.letters import operations, queries, rules, words
from lms.results.letters.forms import NumberForm, RecommendationForm, ReplyForm, ScanForm
from lms.results.letters.models import UnitLetter
from lms.results.letters.printing import Draft, draft_of, printed
from lms.results.letters.views import KEEPERS, LIAISON, blueprint
from lms.web.forms import BaseForm, mark_fields
from lms.web.guard import Access, require_actor

BOTH = Access("roles: leader, staff, unit", roles=KEEPERS.roles | LIAISON.roles)


def _kept(key: str) -> tuple[Actor, UnitLetter]:
    actor = require_actor()
    return actor, queries.letter_kept(rules.kept_scope(actor), key)


@blueprint.route("/letters/<key>", access=KEEPERS)
def show(key: str) -> ResponseReturnValue:
    """The letter as the unit will read it, and what the centre still has to do with it."""
    return _page(_kept(key)[1])


def _page(letter: UnitLetter, **forms: BaseForm) -> ResponseReturnValue:
    given: dict[str, Any] = {
        "recommendation": RecommendationForm(formdata=None, obj=letter),
        "number": NumberForm(formdata=None, obj=letter),
        "scan": ScanForm(formdata=None),
        "reply": ReplyForm(formdata=None, obj=letter),
        **forms,
    }
    address = url_for("liaison.letter", key=letter.public_id, _external=True)
    return render_template(
        "letters/show.html",
        letter=letter,
        course_class=letter.course_class,
        written=draft_of(letter).words(),
        words=words,
        sent=rules.is_sent(letter),
        forms=given,
        message=zalo(letter, address),
        address=address,
    ), 422 if forms else 200


def zalo(letter: UnitLetter, address: str) -> str:
    """The text for a Zalo message to the unit; it tells no mark."""
    text: str = _(
        "Kính gửi %(unit)s: Trung tâm đã gửi thông báo kết quả học tập %(title)s. Mời đơn vị đăng nhập để đọc, "
        "tải công văn và gửi nhận xét: %(address)s",
        unit=letter.content["unit"],
        title=letter.content["class"]["title"],
        address=address,
    )
    return text


def _again(key: str, name: str, form: BaseForm, error: Invalid) -> ResponseReturnValue:
    db.session.rollback()
    mark_fields(form, error)
    return _page(_kept(key)[1], **{name: form})


def _back(key: str, said: str) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(url_for("letters.show", key=key), 303)


@blueprint.route("/letters/<key>/recommendation", access=KEEPERS, methods=["POST"])
def recommend(key: str) -> ResponseReturnValue:
    """Another recommendation."""
    actor, letter = _kept(key)
    form = RecommendationForm()
    if not form.validate_on_submit():
        return _page(letter, recommendation=form)
    now = draft_of(letter)
    text = (form.recommendation.data or "").replace("\r\n", "\n").strip()
    made = printed(Draft(now.content, text, now.number, now.dated))
    operations.edit_recommendation(actor=actor, letter=letter, printed=made)
    return _back(key, _("Đã lưu phần đề nghị."))


@blueprint.route("/letters/<key>/number", access=KEEPERS, methods=["POST"])
def number(key: str) -> ResponseReturnValue:
    """Number and date."""
    actor, letter = _kept(key)
    form = NumberForm()
    if not form.validate_on_submit():
        return _page(letter, number=form)
    now = draft_of(letter)
    try:
        typed = operations.clean_number(form.number.data or "")
        made = printed(Draft(now.content, now.recommendation, typed, form.dated.data))
        operations.enter_number(actor=actor, letter=letter, printed=made)
    except Invalid as error:
        return _again(key, "number", form, error)
    return _back(key, _("Đã ghi số và ngày vào công văn."))


@blueprint.route("/letters/<key>/scan", access=KEEPERS, methods=["POST"], limit="120/hour")
def attach(key: str) -> ResponseReturnValue:
    """The stamped copy."""
    actor, letter = _kept(key)
    form = ScanForm()
    if not form.validate_on_submit():
        return _page(letter, scan=form)
    copy = files.prepare(form.file.data.stream, form.file.data.filename or "")
    try:
        operations.attach_scan(actor=actor, letter=letter, scan=copy)
    except Invalid as error:
        return _again(key, "scan", form, error)
    return _back(key, _("Đã đính kèm bản đóng dấu."))


@blueprint.route("/letters/<key>/send", access=KEEPERS, methods=["POST"])
def send(key: str) -> ResponseReturnValue:
    """Let the unit see it."""
    actor, letter = _kept(key)
    operations.send(
        actor=actor,
        course_class=letter.course_class,
        keys=[key],
        url=url_for("liaison.letter", key="KEY"),
    )
    return _back(key, _("Đã gửi đơn vị. Có thể chép tin gửi Zalo để báo thêm."))


@blueprint.route("/letters/<key>/reply", access=KEEPERS, methods=["POST"])
def reply(key: str) -> ResponseReturnValue:
    """The unit's remarks, written down by the centre."""
    actor, letter = _kept(key)
    form = ReplyForm()
    if not form.validate_on_submit():
        return _page(letter, reply=form)
    try:
        operations.answer(
            actor=actor, letter=letter, text=form.reply.data or "", url=url_for("letters.show", key=key)
        )
    except Invalid as error:
        return _again(key, "reply", form, error)
    return _back(key, _("Đã ghi nhận xét của đơn vị."))


@blueprint.route("/letters/<key>/pdf", access=BOTH)
def pdf(key: str) -> ResponseReturnValue:
    """The letter as PDF."""
    return _taken(_readable(key).pdf)


@blueprint.route("/letters/<key>/docx", access=BOTH)
def docx(key: str) -> ResponseReturnValue:
    """The letter as an editable Word file."""
    return _taken(_readable(key).docx)


@blueprint.route("/letters/<key>/scan", access=BOTH)
def scan(key: str) -> ResponseReturnValue:
    """The stamped copy."""
    return _taken(_readable(key).scan)


def _readable(key: str) -> UnitLetter:
    """A letter for the centre always, for its unit once it was sent."""
    actor = require_actor()
    try:
        return queries.letter_kept(rules.kept_scope(actor), key)
    except NotFound:
        return queries.letter_to(rules.unit_scope(actor), key)


def _taken(stored: StoredFile | None) -> ResponseReturnValue:
    if stored is None:
        raise NotFound
    return send_file(
        io.BytesIO(files.open_bytes(stored)),
        mimetype=stored.media_type,
        as_attachment=True,
        download_name=stored.name,
    )
