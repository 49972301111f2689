"""Files of lessons, for whoever writes them and whoever may see them; and the documents a lesson cites."""

from typing import BinaryIO, cast

from flask import flash, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from lms.core import files
from lms.core.errors import Conflict, Invalid
from lms.core.messages import N_
from lms.courses.catalogue.queries import citable
from lms.courses.study import pictures, rules
from lms.courses.study.forms import FileForm, SourceForm
from lms.courses.study.operations import files as verbs
from lms.courses.study.operations.files import PDF, PICTURES, Upload
from lms.courses.study.queries import lessons as queries
from lms.courses.study.views.blueprint import WRITERS, blueprint
from lms.courses.study.views.lessons import back_to_editor, editor_again, written
from lms.web.answers import wants_json
from lms.web.guard import SIGNED_IN, require_actor
from lms.web.i18n import say

HOUR = 3600
NO_PICTURE = N_("Không đọc được ảnh này. Hãy dùng ảnh JPEG, PNG, GIF hoặc WebP, dưới 50 triệu điểm ảnh.")
PDF_ITSELF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A PDF may stand within this site's own pages; a browser that builds its viewer into the answer styles it."""


@blueprint.route("/files/lessons/<key>", access=SIGNED_IN)
def file(key: str) -> ResponseReturnValue:
    """A picture or a PDF to be shown, any other document to be kept."""
    actor = require_actor()
    stored = queries.file_for(account_id=actor.id, reads=rules.seen_scope(actor), key=key).file
    shown = stored.media_type in PICTURES or stored.media_type == PDF
    response = send_file(
        files.path_of(stored),
        mimetype=stored.media_type,
        as_attachment=not shown or "save" in request.args,
        download_name=stored.name,
        max_age=HOUR,
        etag=stored.sha256,
    )
    response.headers["Cache-Control"] = f"private, max-age={HOUR}"
    if stored.media_type == PDF:
        response.headers["Content-Security-Policy"] = PDF_ITSELF
    return response


@blueprint.route("/lessons/<key>/files", access=WRITERS, methods=["POST"], limit="200/hour")
def attach(key: str) -> ResponseReturnValue:
    """Take a picture for the text, made fit for phones, or a document to stand below it; ``?picture`` nothing else."""
    lesson, unit = written(key)
    sent = request.files.get("file-file")
    title = FileForm(prefix="file").title.data or ""
    try:
        upload = _upload(sent, title, picture="picture" in request.args)
        made = verbs.attach(actor=require_actor(), lesson=lesson, unit=unit, upload=upload)
    except Invalid as error:
        if wants_json():
            raise
        flash(" ".join(say(one) for one in error.fields.values()), "danger")
        return back_to_editor(key)
    if wants_json():
        return {"key": made.public_id, "url": url_for("study.file", key=made.public_id)}
    flash(_("Đã thêm tệp."), "ok")
    return back_to_editor(key)


def _upload(sent: FileStorage | None, title: str, *, picture: bool) -> Upload:
    """What came, its bytes on the disk; written before the transaction begins. ``picture``: it has to be one."""
    if sent is None or not sent.filename:
        raise Invalid(N_("Hãy chọn tệp."), fields={"file": N_("Hãy chọn tệp.")})
    stream = cast("BinaryIO", sent.stream)
    if not picture and not files.sniff(stream).startswith("image/"):
        return Upload(files.prepare(stream, sent.filename), title or sent.filename, inline=False)
    try:
        data = pictures.fitted(stream.read())
    except pictures.NotAPictureError:
        raise Invalid(NO_PICTURE, fields={"file": NO_PICTURE}) from None
    return Upload(files.prepare(data, sent.filename), title, inline=True)


@blueprint.route("/lessons/<key>/files/<file_key>/remove", access=WRITERS, methods=["POST"])
def detach(key: str, file_key: str) -> ResponseReturnValue:
    """Take a file away."""
    lesson, unit = written(key)
    try:
        verbs.detach(actor=require_actor(), lesson=lesson, unit=unit, key=file_key)
    except Conflict as error:
        return editor_again(key, error)
    flash(_("Đã bỏ tệp."), "ok")
    return back_to_editor(key)


@blueprint.route("/lessons/<key>/sources", access=WRITERS, methods=["POST"])
def cite(key: str) -> ResponseReturnValue:
    """Cite a document of the register."""
    lesson, unit = written(key)
    form = SourceForm.offering(citable(unit))
    if not form.validate():
        flash(_("Hãy chọn văn bản trong sổ."), "danger")
        return back_to_editor(key)
    verbs.cite(
        actor=require_actor(), lesson=lesson, unit=unit, key=form.source.data, place=form.place.data or ""
    )
    flash(_("Đã ghi trích dẫn."), "ok")
    return back_to_editor(key)


@blueprint.route("/lessons/<key>/sources/<source_key>/drop", access=WRITERS, methods=["POST"])
def drop_source(key: str, source_key: str) -> ResponseReturnValue:
    """No longer cite it."""
    lesson, unit = written(key)
    verbs.drop_source(actor=require_actor(), lesson=lesson, unit=unit, key=source_key)
    flash(_("Đã bỏ trích dẫn."), "ok")
    return back_to_editor(key)
