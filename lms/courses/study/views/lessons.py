"""Lessons of a module: listed, written, looked at as learners see them, published."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.models import Unit
from lms.core.db import db
from lms.core.errors import Invalid
from lms.courses.catalogue.queries import citable, module_in
from lms.courses.study import rules
from lms.courses.study.forms import FileForm, LessonForm, SourceForm, TitleForm
from lms.courses.study.models import Lesson
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


def _module_page(key: str, form: TitleForm | None = None, status: int = 200) -> ResponseReturnValue:
    actor = require_actor()
    found, unit = module_in(rules.seen_scope(actor), key)
    may_write = rules.may_write(actor, unit.path)
    return render_template(
        "study/module.html",
        module=found,
        lessons=queries.lessons_of(found),
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
    return _module_page(key, form, 422)


@blueprint.route("/lessons/<key>/edit", access=WRITERS)
def edit(key: str) -> ResponseReturnValue:
    """The editor with what is stored."""
    lesson, unit = written(key)
    return editor(lesson, unit)


def editor(
    lesson: Lesson,
    unit: Unit,
    *,
    form: LessonForm | None = None,
    body: str | None = None,
    stored: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The editor's page; ``body`` is what was typed and not stored, ``stored`` what somebody else stored meanwhile."""
    page = render_template(
        "study/edit.html",
        lesson=lesson,
        form=form or LessonForm.of(lesson),
        body=lesson.body if body is None else body,
        stored=stored,
        file_form=FileForm(formdata=None, prefix="file"),
        source_form=SourceForm.offering(citable(unit), fresh=True),
    )
    return under(EDITOR_POLICY, page, status)


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
            flash(_("Đã lưu bài học."), "ok")
            return redirect(url_for("study.edit", key=key))
    lesson, unit = written(key)
    return editor(lesson, unit, form=form, body=typed.body if typed else html, status=422)


@blueprint.route("/lessons/<key>/preview", access=READERS)
def preview(key: str) -> ResponseReturnValue:
    """The lesson as learners see it."""
    actor = require_actor()
    lesson, unit = queries.lesson_in(rules.seen_scope(actor), key)
    page = render_template("study/preview.html", lesson=lesson, may_write=rules.may_write(actor, unit.path))
    return under(WITH_PDF, page)


@blueprint.route("/lessons/<key>/publish", access=WRITERS, methods=["POST"])
def publish(key: str) -> ResponseReturnValue:
    """Let learners read it."""
    lesson, unit = written(key)
    verbs.publish(actor=require_actor(), lesson=lesson, unit=unit)
    flash(_("Đã đăng bài. Học viên các lớp của chương trình này đọc được ngay."), "ok")
    return redirect(url_for("study.edit", key=key))


@blueprint.route("/lessons/<key>/take-back", access=WRITERS, methods=["POST"])
def take_back(key: str) -> ResponseReturnValue:
    """Make it a draft again."""
    lesson, unit = written(key)
    verbs.take_back(actor=require_actor(), lesson=lesson, unit=unit)
    flash(_("Đã gỡ bài xuống. Học viên không thấy bài này nữa."), "ok")
    return redirect(url_for("study.edit", key=key))


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
    verbs.delete_lesson(actor=require_actor(), lesson=lesson, unit=unit)
    flash(_("Đã xóa bài."), "ok")
    return redirect(url_for("study.module", key=where))
