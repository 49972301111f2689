"""One learner's result and how it was formed: for staff, and for the learner after publication."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import Invalid, NotFound
from lms.core.numbers import NotANumber
from lms.courses.classes.models import CourseClass
from lms.results.class_results import operations, queries, rules, words
from lms.results.class_results.forms import NOT_A_MARK, RemarkForm, ReplaceForm, mark_of
from lms.results.class_results.models import ClassResult, ResultState
from lms.results.class_results.table import Row
from lms.results.class_results.views.blueprint import KEEPERS, READERS, blueprint, kept, seen
from lms.results.classification.words import aspects, working
from lms.results.regulations.queries import content_of
from lms.web.forms import mark_fields
from lms.web.guard import SIGNED_IN, require_actor
from lms.web.i18n import language, say


def _found(course_class: CourseClass, account_key: str) -> tuple[ClassResult, Row]:
    result = queries.class_result_of(course_class.id)
    rows = queries.rows_of(course_class.id, result.id) if result else []
    row = next((one for one in rows if one.public_id == account_key and one.computed), None)
    if result is None or row is None:
        raise NotFound
    return result, row


@blueprint.route("/learners/<account_key>", access=READERS)
def learner(key: str, account_key: str) -> ResponseReturnValue:
    """A learner's path from marks to result."""
    return _page(seen(key), account_key)


def _page(
    course_class: CourseClass,
    account_key: str,
    remark: RemarkForm | None = None,
    replace: ReplaceForm | None = None,
) -> ResponseReturnValue:
    result, row = _found(course_class, account_key)
    replace_form = replace or ReplaceForm(formdata=None)
    replace_form.code.choices = _choices(result)
    return render_template(
        "class_results/learner.html",
        course_class=course_class,
        result=result,
        row=row,
        steps=working(row.path, language()),
        aspects=aspects(row.path, language()),
        remark=remark or RemarkForm(formdata=None, data={"remark": row.remark}),
        replace=replace_form,
        phrases=words.PHRASES,
        words=words,
        may_keep=rules.may_keep(require_actor(), course_class.unit.path),
        may_remark=result.state in {ResultState.DRAFT, ResultState.CHECKED},
        is_open=rules.is_open(result),
    ), 422 if remark or replace else 200


def _choices(result: ClassResult) -> list[tuple[str, str]]:
    return [(one.code, say(one.title)) for one in content_of(result.version).components]


@blueprint.route("/learners/<account_key>/remark", access=KEEPERS, methods=["POST"])
def save_remark(key: str, account_key: str) -> ResponseReturnValue:
    """Store the remark on one learner."""
    course_class = kept(key)
    _result, row = _found(course_class, account_key)
    form = RemarkForm()
    if not form.validate():
        return _page(course_class, account_key, remark=form)
    operations.set_remarks(
        actor=require_actor(), course_class=course_class, remarks={row.enrolment_id: form.remark.data or ""}
    )
    flash(_("Đã lưu nhận xét."), "ok")
    return redirect(url_for("class_results.learner", key=key, account_key=account_key))


@blueprint.route("/learners/<account_key>/mark", access=KEEPERS, methods=["POST"])
def replace_mark(key: str, account_key: str) -> ResponseReturnValue:
    """Type a mark that stands for a component's sources."""
    course_class = kept(key)
    result, row = _found(course_class, account_key)
    form = ReplaceForm()
    form.code.choices = _choices(result)
    if not form.validate():
        return _page(course_class, account_key, replace=form)
    try:
        operations.replace_mark(
            actor=require_actor(),
            course_class=course_class,
            enrolment_id=row.enrolment_id,
            code=form.code.data,
            mark=mark_of(form.mark.data or ""),
            note=form.note.data or "",
        )
    except NotANumber:
        form.mark.errors.append(say(NOT_A_MARK))
        return _page(course_class, account_key, replace=form)
    except Invalid as error:
        db.session.rollback()
        mark_fields(form, error)
        return _page(kept(key), account_key, replace=form)
    flash(_("Đã lưu. Hãy tính kết quả lại."), "ok")
    return redirect(url_for("class_results.show", key=key))


@blueprint.route("/mine", access=SIGNED_IN)
def mine(key: str) -> ResponseReturnValue:
    """A learner's own result and why it is what it is; unknown before publication."""
    own = queries.own_result(key, require_actor().id)
    if own is None:
        raise NotFound
    return render_template(
        "class_results/mine.html",
        own=own,
        course_class=own.class_result.course_class,
        steps=working(own.path, language()),
        aspects=aspects(own.path, language()),
    )
