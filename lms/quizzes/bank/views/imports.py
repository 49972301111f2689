"""*Lấy từ Word*: upload, progress, the draft's preview, mending, *Nhập*."""

from collections.abc import Sequence

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import files
from lms.core.actor import Actor
from lms.core.db import db
from lms.core.errors import Invalid, NotFound
from lms.core.messages import N_, Message
from lms.jobs.progress import of_reading
from lms.quizzes.bank import forms, operations, queries, rules
from lms.quizzes.bank.models import ImportBatch, ImportState, QuestionBank, Topic
from lms.quizzes.bank.operations import Filling
from lms.quizzes.bank.queries import ItemView
from lms.quizzes.bank.views.blueprint import (
    TOO_LARGE,
    WRITE,
    blueprint,
    max_megabytes,
    must,
    open_bank,
    open_import,
)
from lms.web.i18n import say

EMPTY = N_("Tệp rỗng, không có nội dung gì. Hãy mở tệp kiểm tra rồi chọn lại đúng tệp câu hỏi.")


@blueprint.route("/<key>/import", access=WRITE)
def import_file(key: str) -> ResponseReturnValue:
    """The upload form."""
    actor, bank = open_bank(key)
    must(rules.may_write(actor, bank))
    return _upload_page(bank, _upload_form(bank))


@blueprint.route("/<key>/import", access=WRITE, methods=["POST"], limit="60/hour")
def upload(key: str) -> ResponseReturnValue:
    """Keep the file and start reading it."""
    actor, bank = open_bank(key)
    must(rules.may_write(actor, bank))
    form = _upload_form(bank)
    if not form.validate_on_submit():
        return _upload_page(bank, form), 422
    filling = _filling(bank, form)
    name = form.file.data.filename or ""
    prepared = files.prepare(form.file.data.stream, name)
    if problem := _wrong_size(prepared.size):
        form.file.errors = [say(problem)]
        return _upload_page(bank, form), 422
    batch = operations.start_import(actor=actor, bank=bank, upload=prepared, name=name, filling=filling)
    return redirect(url_for("bank.preview", batch_key=batch.public_id), 303)


def _wrong_size(size: int) -> Message | None:
    if size == 0:
        return Message(EMPTY)
    if size > current_app.config["LMS"].max_upload_bytes:
        return Message(TOO_LARGE, {"limit": max_megabytes()})
    return None


def _upload_form(bank: QuestionBank) -> forms.UploadForm:
    form = forms.UploadForm()
    form.offer(queries.topics_of(bank.id), say)
    return form


def _upload_page(bank: QuestionBank, form: forms.UploadForm) -> str:
    return render_template(
        "bank/import.html", bank=bank, form=form, max_mb=max_megabytes(), accept=forms.UPLOADS
    )


def _filling(bank: QuestionBank, form: forms.PlacingForm) -> Filling:
    return Filling(
        topic_id=forms.topic_id(queries.topics_of(bank.id), form.topic.data),
        level=forms.level(form.level.data),
        aspect=forms.aspect(form.aspect.data),
    )


@blueprint.route("/import/<batch_key>", access=WRITE)
def preview(batch_key: str) -> ResponseReturnValue:
    """Where the import stands: being read, a draft to mend, in the bank, or refused."""
    _actor, batch = open_import(batch_key)
    if batch.state is ImportState.READING:
        return render_template("bank/reading.html", batch=batch, bank=batch.bank)
    if batch.state in {ImportState.FAILED, ImportState.DISCARDED}:
        return render_template("bank/unread.html", batch=batch, bank=batch.bank)
    return preview_page(batch, request.args.get("item", ""))


def preview_page(batch: ImportBatch, item_key: str, error: Invalid | None = None) -> str:
    """The draft with one question open; ``error`` says why the last step was refused."""
    view = queries.draft_view(batch)
    chosen = view.find(item_key) or next(iter(view.open), None) or next(iter(view.items), None)
    topics = queries.topics_of(batch.bank_id)
    before, after = view.neighbours(chosen) if chosen else (None, None)
    fill = forms.PlacingForm(formdata=None, prefix="fill")
    fill.offer(topics, say)
    return render_template(
        "bank/preview.html",
        batch=batch,
        bank=batch.bank,
        view=view,
        chosen=chosen,
        before=before,
        after=after,
        fill=fill,
        place=_place_form(chosen, topics) if chosen else None,
        error=error,
        mends=batch.state is ImportState.DRAFT,
    )


def _place_form(chosen: ItemView, topics: Sequence[Topic]) -> forms.PlacingForm:
    item = chosen.item
    keys = {topic.id: topic.public_id for topic in topics}
    values = {
        "topic": keys.get(item.topic_id or 0, ""),
        "level": item.level.value if item.level else "",
        "aspect": item.aspect.value if item.aspect else "",
    }
    form = forms.PlacingForm(formdata=None, data=values, prefix="place")
    form.offer(topics, say)
    return form


@blueprint.route("/import/<batch_key>/progress", access=WRITE)
def progress(batch_key: str) -> ResponseReturnValue:
    """How far the reading is, for the page that waits."""
    _actor, batch = open_import(batch_key)
    job = queries.reading_job(operations.job_key(batch_id=batch.id))
    reading = batch.state is ImportState.READING
    return of_reading(job, reading=reading, next_url=url_for("bank.preview", batch_key=batch_key))


@blueprint.route("/import/<batch_key>/items/<item_key>", access=WRITE, methods=["POST"])
def mend(batch_key: str, item_key: str) -> ResponseReturnValue:
    """One small correction of one question, saved at once."""
    actor, batch = open_import(batch_key)
    do = request.form.get("do", "key" if "key" in request.form else "place")
    if do not in STEPS:
        raise NotFound
    try:
        STEPS[do](actor, batch, item_key)
    except Invalid as error:
        db.session.rollback()
        return preview_page(batch, item_key, error), 422
    after = _next_open(batch, item_key) if do in {"accept", "skip"} else item_key
    edit = 1 if do == "row" else None
    return redirect(url_for("bank.preview", batch_key=batch_key, item=after, edit=edit), 303)


def _press(actor: Actor, batch: ImportBatch, item_key: str) -> None:
    pressed = request.form.get("key", "")
    operations.mend_item(actor=actor, batch=batch, item_key=item_key, pressed=pressed)


def _place(actor: Actor, batch: ImportBatch, item_key: str) -> None:
    filling = _posted_filling(batch, "place")
    operations.mend_item(actor=actor, batch=batch, item_key=item_key, filling=filling)


def _save(actor: Actor, batch: ImportBatch, item_key: str) -> None:
    item = queries.item(batch.id, item_key)
    draft = forms.read_draft(request.form, queries.draft_of_item(item))
    operations.mend_item(actor=actor, batch=batch, item_key=item_key, draft=draft)


def _accept(actor: Actor, batch: ImportBatch, item_key: str) -> None:
    operations.accept_item(actor=actor, batch=batch, item_key=item_key)


def _skip(actor: Actor, batch: ImportBatch, item_key: str) -> None:
    skipped = request.form.get("do") == "skip"
    operations.skip_item(actor=actor, batch=batch, item_key=item_key, skipped=skipped)


def _restore(actor: Actor, batch: ImportBatch, item_key: str) -> None:
    operations.restore_item(actor=actor, batch=batch, item_key=item_key)


STEPS = {
    "key": _press,
    "place": _place,
    "save": _save,
    "row": _save,
    "accept": _accept,
    "skip": _skip,
    "unskip": _skip,
    "restore": _restore,
}


def _posted_filling(batch: ImportBatch, prefix: str) -> Filling:
    return Filling(
        topic_id=forms.topic_id(queries.topics_of(batch.bank_id), request.form.get(f"{prefix}-topic")),
        level=forms.level(request.form.get(f"{prefix}-level")),
        aspect=forms.aspect(request.form.get(f"{prefix}-aspect")),
    )


def _next_open(batch: ImportBatch, item_key: str) -> str:
    """The key of the next question to look at, or of this one when there is none."""
    view = queries.draft_view(batch)
    here = view.find(item_key)
    following = view.next_open(here) if here else None
    return following.item.public_id if following else item_key


@blueprint.route("/import/<batch_key>/fill", access=WRITE, methods=["POST"])
def fill(batch_key: str) -> ResponseReturnValue:
    """Topic, level and aspect for all questions that have none."""
    actor, batch = open_import(batch_key)
    count = operations.fill_missing(actor=actor, batch=batch, filling=_posted_filling(batch, "fill"))
    flash(_("Đã điền cho %(count)s câu còn thiếu.", count=count), "ok" if count else "info")
    return redirect(url_for("bank.preview", batch_key=batch_key, item=request.form.get("item")), 303)


@blueprint.route("/import/<batch_key>/topics", access=WRITE, methods=["POST"])
def take_topics(batch_key: str) -> ResponseReturnValue:
    """The file's topics into the bank."""
    actor, batch = open_import(batch_key)
    count = operations.take_topics(actor=actor, batch=batch)
    flash(_("Đã thêm %(count)s chủ đề theo tệp.", count=count), "ok" if count else "info")
    return redirect(url_for("bank.preview", batch_key=batch_key, item=request.form.get("item")), 303)


@blueprint.route("/import/<batch_key>/import", access=WRITE, methods=["POST"])
def bring_in(batch_key: str) -> ResponseReturnValue:
    """*Nhập*."""
    actor, batch = open_import(batch_key)
    bank_key = batch.bank.public_id
    try:
        count = operations.bring_in(actor=actor, batch=batch)
    except Invalid as error:
        db.session.rollback()
        return preview_page(batch, request.form.get("item", ""), error), 422
    if count:
        flash(_("Đã nhập %(count)s câu vào ngân hàng, đang chờ lãnh đạo duyệt.", count=count), "ok")
    else:
        flash(_("Tệp này đã được nhập trước đó, không nhập thêm lần nữa."), "info")
    return redirect(url_for("bank.show", key=bank_key, batch=batch_key), 303)


@blueprint.route("/import/<batch_key>/discard", access=WRITE, methods=["POST"])
def discard(batch_key: str) -> ResponseReturnValue:
    """Give the draft up."""
    actor, batch = open_import(batch_key)
    bank_key = batch.bank.public_id
    operations.discard(actor=actor, batch=batch)
    flash(_("Đã bỏ bản nhập dở. Ngân hàng không thay đổi."), "ok")
    return redirect(url_for("bank.show", key=bank_key), 303)
