"""Lessons of a module: listed, written, looked at as learners see them, published."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.models import Unit
from lms.core.db import db
from lms.core.errors import Conflict, DomainError, Invalid
from lms.courses.catalogue.queries import citable, module_in
from lms.courses.study import rules
from lms.courses.study.forms import FileForm, LessonForm, SourceForm, TitleForm
from lms.courses.study.models import Lesson, LessonDraft
from lms.courses.study.operations import lessons as verbs
from lms.courses.study.queries import lessons as queries
from lms.courses.study.views.blueprint import (
    EDITOR_POLICY,
    READERS,
    WRITERS,
    blueprint,
)
from lms.web.forms import mark_fields
from lms.web.guard import require_actor
from lms.web.headers import WITH_PDF, under
from lms.web.i18n import say


def written(key: str) -> tuple[Lesson, Unit]:
    """The lesson of this address that the actor may write."""
    return queries.lesson_in(rules.written_scope(require_actor()), key)


@blueprint.route("/modules/<key>/lessons", access=READERS)
def module(key: str) -> ResponseReturnValue:
    """The lessons of a module, in order."""
    return _module_page(key)


def _module_page(
    key: str, form: TitleForm | None = None, *, problem: str = "", status: int = 200
) -> ResponseReturnValue:
    actor = require_actor()
    found, unit = module_in(rules.seen_scope(actor), key)
    may_write = rules.may_write(actor, unit.path)
    return render_template(
        "study/module.html",
        module=found,
        lessons=queries.lessons_of(found),
        drafted=queries.drafted(found, actor.id) if may_write else (),
        problem=problem,
        may_write=may_write,
        form=(form or TitleForm(formdata=None)) if may_write else None,
    ), status


@blueprint.route("/modules/<key>/lessons", access=WRITERS, methods=["POST"])
def add_lesson(key: str) -> ResponseReturnValue:
    """Make a draft and go on writing."""
    actor = require_actor()
    found, unit = module_in(rules.written_scope(actor), key)
    form = TitleForm()
    if form.validate():
        try:
            made = verbs.add_lesson(actor=actor, module=found, unit=unit, title=form.title.data)
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            return redirect(url_for("study.edit", key=made.public_id))
    return _module_page(key, form, status=422)


@blueprint.route("/lessons/<key>/edit", access=WRITERS)
def edit(key: str) -> ResponseReturnValue:
    """The editor with what is stored; with ``?draft`` what the actor typed and did not save."""
    lesson, unit = written(key)
    draft = queries.draft_of(lesson, require_actor().id)
    if draft is None or "draft" not in request.args:
        return editor(lesson, unit, left=draft)
    stored = lesson.body if draft.revision != lesson.revision else None
    return editor(lesson, unit, form=LessonForm.of(lesson, draft), body=draft.body, stored=stored)


def editor(
    lesson: Lesson,
    unit: Unit,
    *,
    form: LessonForm | None = None,
    body: str | None = None,
    stored: str | None = None,
    left: LessonDraft | None = None,
    problem: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    """The editor's page.

    ``body`` is what was typed and not stored, ``stored`` what somebody else stored meanwhile, ``left`` a draft that
    waits to be taken up or given up, ``problem`` why something was not done.
    """
    page = render_template(
        "study/edit.html",
        lesson=lesson,
        form=form or LessonForm.of(lesson),
        body=lesson.body if body is None else body,
        typed=body is not None,
        stored=stored,
        left=left,
        problem=problem,
        file_form=FileForm(formdata=None, prefix="file"),
        source_form=SourceForm.offering(citable(unit), fresh=True),
    )
    return under(EDITOR_POLICY, page, status)


def back_to_editor(key: str) -> ResponseReturnValue:
    """The editor again, going on with what is not saved yet."""
    lesson, _unit = written(key)
    draft = queries.draft_of(lesson, require_actor().id)
    return redirect(url_for("study.edit", key=key, draft="1" if draft else None))


def editor_again(key: str, error: DomainError) -> ResponseReturnValue:
    """The editor with what is stored, and why the last thing was not done."""
    db.session.rollback()
    lesson, unit = written(key)
    left = queries.draft_of(lesson, require_actor().id)
    return editor(lesson, unit, left=left, problem=say(error.message), status=error.status)


@blueprint.route("/lessons/<key>/edit", access=WRITERS, methods=["POST"])
def save(key: str) -> ResponseReturnValue:
    """Store what was written; who comes second sees both and loses nothing."""
    lesson, unit = written(key)
    form = LessonForm.of(lesson)
    html = request.form.get("html")
    typed = form.lesson_data(lesson, html) if form.validate() else None
    if typed is not None:
        try:
            verbs.save_lesson(actor=require_actor(), lesson=lesson, unit=unit, data=typed)
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        except verbs.StaleError as error:
            db.session.rollback()
            lesson, unit = written(key)
            form.form_errors.append(say(error.message))
            form.revision.data = str(lesson.revision)
            return editor(lesson, unit, form=form, body=typed.body, stored=lesson.body, status=409)
        else:
            return _saved(lesson, unit)
    lesson, unit = written(key)
    return editor(lesson, unit, form=form, body=typed.body if typed else html, status=422)


def _saved(lesson: Lesson, unit: Unit) -> ResponseReturnValue:
    """On from a save: published as well where that was the button."""
    key = lesson.public_id
    if request.form.get("do") != "publish":
        flash(_("Đã lưu bài học."), "ok")
    else:
        try:
            verbs.publish(actor=require_actor(), lesson=lesson, unit=unit)
        except Conflict as error:
            flash(say(error.message), "danger")
        else:
            flash(_("Đã lưu và đăng bài. Học viên các lớp của chương trình này đọc được ngay."), "ok")
    return redirect(url_for("study.edit", key=key))


@blueprint.route("/lessons/<key>/preview", access=READERS)
def preview(key: str) -> ResponseReturnValue:
    """The lesson as learners see it."""
    actor = require_actor()
    lesson, unit = queries.lesson_in(rules.seen_scope(actor), key)
    page = render_template(
        "study/preview.html",
        lesson=lesson,
        may_write=rules.may_write(actor, unit.path),
        left=queries.draft_of(lesson, actor.id),
    )
    return under(WITH_PDF, page)


@blueprint.route("/lessons/<key>/publish", access=WRITERS, methods=["POST"])
def publish(key: str) -> ResponseReturnValue:
    """Let learners read it."""
    lesson, unit = written(key)
    try:
        verbs.publish(actor=require_actor(), lesson=lesson, unit=unit)
    except Conflict as error:
        return editor_again(key, error)
    flash(_("Đã đăng bài. Học viên các lớp của chương trình này đọc được ngay."), "ok")
    return _back(lesson)


@blueprint.route("/lessons/<key>/take-back", access=WRITERS, methods=["POST"])
def take_back(key: str) -> ResponseReturnValue:
    """Make it a draft again."""
    lesson, unit = written(key)
    verbs.take_back(actor=require_actor(), lesson=lesson, unit=unit)
    flash(_("Đã gỡ bài xuống. Học viên không thấy bài này nữa."), "ok")
    return _back(lesson)


def _back(lesson: Lesson) -> ResponseReturnValue:
    """Where the button stood: in the list of the module, or in the editor."""
    if request.args.get("back") == "module":
        return redirect(url_for("study.module", key=lesson.module.public_id))
    return back_to_editor(lesson.public_id)


@blueprint.route("/lessons/<key>/move", access=WRITERS, methods=["POST"])
def move(key: str) -> ResponseReturnValue:
    """Change places with the one before or after."""
    lesson, unit = written(key)
    where = lesson.module.public_id
    verbs.move_lesson(actor=require_actor(), lesson=lesson, unit=unit, up=request.args.get("to") == "up")
    return redirect(url_for("study.module", key=where))


@blueprint.route("/lessons/<key>/delete", access=WRITERS, methods=["POST"])
def delete(key: str) -> ResponseReturnValue:
    """Delete a draft that nobody read."""
    lesson, unit = written(key)
    where = lesson.module.public_id
    try:
        verbs.delete_lesson(actor=require_actor(), lesson=lesson, unit=unit)
    except Conflict as error:
        db.session.rollback()
        return _module_page(where, problem=say(error.message), status=error.status)
    flash(_("Đã xóa bài."), "ok")
    return redirect(url_for("study.module", key=where))
