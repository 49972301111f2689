"""Computing, checking, signing, publishing."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.errors import Conflict
from lms.results.class_results import operations, queries
from lms.results.class_results.forms import ReturnForm, SignForm, WithdrawForm
from lms.results.class_results.models import ResultState
from lms.results.class_results.views.blueprint import KEEPERS, SIGNERS, blueprint, kept, signed
from lms.results.class_results.views.table import page
from lms.web.guard import require_actor
from lms.web.i18n import say


def _back(key: str) -> ResponseReturnValue:
    return redirect(url_for("class_results.show", key=key))


@blueprint.route("/compute", access=KEEPERS, methods=["POST"])
def compute(key: str) -> ResponseReturnValue:
    """Form everybody's result from the marks of now."""
    course_class = kept(key)
    try:
        operations.compute(actor=require_actor(), course_class=course_class)
    except Conflict as error:
        flash(say(error.message), "warn")
        return _back(key)
    flash(_("Đã tính kết quả. Hãy xem lại rồi bấm “Đã kiểm tra”."), "ok")
    return _back(key)


@blueprint.route("/check", access=KEEPERS, methods=["POST"])
def check(key: str) -> ResponseReturnValue:
    """The figures are right; the leader may sign."""
    operations.check(actor=require_actor(), course_class=kept(key))
    flash(_("Đã kiểm tra. Kết quả chờ giám đốc ký."), "ok")
    return _back(key)


@blueprint.route("/reopen", access=KEEPERS, methods=["POST"])
def reopen(key: str) -> ResponseReturnValue:
    """Back to the draft before anybody signed."""
    operations.reopen(actor=require_actor(), course_class=kept(key))
    flash(_("Đã mở lại để sửa."), "ok")
    return _back(key)


@blueprint.route("/sign", access=SIGNERS, methods=["POST"])
def sign(key: str) -> ResponseReturnValue:
    """The leader's signature."""
    course_class = signed(key)
    form = SignForm()
    if queries.missing_rolls([course_class.id]) and not form.validate():
        return page(course_class, signing=form)
    operations.sign(actor=require_actor(), course_class=course_class, aware=bool(form.aware.data))
    flash(_("Đã ký. Có thể công bố cho học viên."), "ok")
    return _back(key)


@blueprint.route("/return", access=SIGNERS, methods=["POST"])
def give_back(key: str) -> ResponseReturnValue:
    """Send it back, saying why."""
    course_class = signed(key)
    form = ReturnForm()
    if not form.validate():
        return page(course_class, form)
    operations.give_back(actor=require_actor(), course_class=course_class, note=form.note.data)
    flash(_("Đã trả lại cho giáo vụ."), "ok")
    return _back(key)


@blueprint.route("/publish", access=KEEPERS, methods=["POST"])
def publish(key: str) -> ResponseReturnValue:
    """Let learners see their results."""
    operations.publish(actor=require_actor(), course_class=kept(key))
    flash(_("Đã công bố. Học viên xem được kết quả và cách tính."), "ok")
    return _back(key)


@blueprint.route("/withdraw", access=KEEPERS)
def withdraw_page(key: str) -> ResponseReturnValue:
    """Ask why the publication is taken back."""
    return _withdraw_page(key, WithdrawForm(formdata=None))


def _withdraw_page(key: str, form: WithdrawForm, status: int = 200) -> ResponseReturnValue:
    course_class = kept(key)
    result = queries.class_result_of(course_class.id)
    if result is None or result.state is not ResultState.PUBLISHED:
        flash(_("Kết quả hiện không được công bố, không có gì để thu lại."), "info")
        return _back(key)
    return render_template("class_results/withdraw.html", course_class=course_class, form=form), status


@blueprint.route("/withdraw", access=KEEPERS, methods=["POST"])
def withdraw(key: str) -> ResponseReturnValue:
    """Take it back."""
    form = WithdrawForm()
    if not form.validate():
        return _withdraw_page(key, form, 422)
    operations.withdraw(actor=require_actor(), course_class=kept(key), reason=form.reason.data)
    flash(_("Đã thu lại công bố. Sửa xong thì tính, kiểm tra, ký và công bố lại."), "ok")
    return _back(key)
