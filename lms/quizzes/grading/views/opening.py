"""Opening a task, closing it, opening it again, for all or for one person."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core import clock
from lms.core.errors import Closed, Invalid, NotFound
from lms.quizzes.grading import forms, operations, queries, rules
from lms.quizzes.grading.models import EssayTask
from lms.quizzes.grading.queries import Person
from lms.quizzes.grading.views.blueprint import RUN, WRITE, blueprint, learner_url, must, open_task
from lms.web.forms import mark_fields
from lms.web.i18n import say


@blueprint.route("/essays/<key>/open", access=WRITE, methods=["POST"])
def start(key: str) -> ResponseReturnValue:
    """Give it to the class."""
    actor, task = open_task(key)
    try:
        operations.open_task(actor=actor, task=task, url=learner_url(task))
        flash(_("Đã mở. Học viên của lớp thấy bài và được nhắc ngay."), "ok")
    except Invalid as error:
        flash(say(error.message), "danger")
    return redirect(url_for("essays.show", key=key), 303)


@blueprint.route("/essays/<key>/close", access=WRITE, methods=["POST"])
def close(key: str) -> ResponseReturnValue:
    """Take no more work."""
    actor, task = open_task(key)
    operations.close_task(actor=actor, task=task)
    flash(_("Đã đóng nhận bài."), "ok")
    return redirect(url_for("essays.show", key=key), 303)


@blueprint.route("/essays/<key>/reopen", access=WRITE, methods=["POST"])
def reopen(key: str) -> ResponseReturnValue:
    """Take work again."""
    actor, task = open_task(key)
    try:
        operations.reopen_task(actor=actor, task=task)
        flash(_("Đã mở lại, học viên nộp bài tiếp được."), "ok")
    except (Closed, Invalid) as error:
        flash(say(error.message), "danger")
    return redirect(url_for("essays.show", key=key), 303)


@blueprint.route("/essays/<key>/delete", access=WRITE, methods=["POST"])
def delete(key: str) -> ResponseReturnValue:
    """Take away a draft."""
    actor, task = open_task(key)
    class_key = task.course_class.public_id
    operations.delete_task(actor=actor, task=task)
    flash(_("Đã xóa bài đang soạn."), "ok")
    return redirect(url_for("essays.index", key=class_key), 303)


@blueprint.route("/essays/<key>/again/<account_key>", access=RUN)
def again(key: str, account_key: str) -> ResponseReturnValue:
    """Ask until when and why one person may write again."""
    actor, task = open_task(key)
    must(rules.may_run(actor, task))
    return _again_page(task, _person(task, account_key), forms.AgainForm())


@blueprint.route("/essays/<key>/again/<account_key>", access=RUN, methods=["POST"])
def let_again(key: str, account_key: str) -> ResponseReturnValue:
    """Let the person write again."""
    actor, task = open_task(key)
    must(rules.may_run(actor, task))
    person = _person(task, account_key)
    form = forms.AgainForm()
    if form.validate_on_submit():
        try:
            operations.let_write_again(
                actor=actor,
                task=task,
                account_id=person.account.id,
                until=form.until.moment() or clock.now(),
                reason=form.reason.data,
                url=learner_url(task),
            )
            flash(_("%(name)s được viết tiếp và nộp bài.", name=person.account.full_name), "ok")
            return redirect(url_for("essays.show", key=key), 303)
        except Invalid as error:
            mark_fields(form, error)
    return _again_page(task, person, form), 422


def _person(task: EssayTask, account_key: str) -> Person:
    for one in queries.people(task):
        if one.public_id == account_key:
            return one
    raise NotFound


def _again_page(task: EssayTask, person: Person, form: forms.AgainForm) -> str:
    return render_template(
        "essays/again.html", task=task, course_class=task.course_class, person=person, form=form
    )
