"""Setting up an assessment: new, edit, duplicate, delete."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.actor import Actor, Role
from lms.core.errors import Invalid, NotAllowed
from lms.courses.classes.models import CourseClass
from lms.quizzes.bank.models import QuestionBank
from lms.quizzes.bank.queries import banks_in
from lms.quizzes.papers import forms, operations, queries, rules
from lms.quizzes.papers.models import Assessment, AssessmentKind
from lms.quizzes.papers.views.blueprint import COMPOSE, blueprint, open_assessment
from lms.web.guard import require_actor


def _offers(actor: Actor) -> tuple[Sequence[CourseClass], Sequence[QuestionBank]]:
    scope = actor.scope(Role.LECTURER)
    return queries.classes_in(scope), [row.bank for row in banks_in(scope)]


@blueprint.route("/new", access=COMPOSE)
def new() -> ResponseReturnValue:
    """Choose a kind, then its form with what suits that kind."""
    kind = _kind(request.args.get("kind", ""))
    if kind is None:
        return render_template("papers/kind.html")
    classes, banks = _offers(require_actor())
    chosen = request.args.get("class")
    start: dict[str, Any] = (
        {**forms.defaults(kind), "course_class": chosen} if chosen else forms.defaults(kind)
    )
    return _form_page(kind, forms.SettingsForm.offering(kind, classes, banks, **start))


@blueprint.route("/new", access=COMPOSE, methods=["POST"])
def create() -> ResponseReturnValue:
    """Set it up."""
    kind = _kind(request.args.get("kind", ""))
    if kind is None:
        raise Invalid
    actor = require_actor()
    classes, banks = _offers(actor)
    form = forms.SettingsForm.offering(kind, classes, banks)
    if form.validate_on_submit():
        try:
            made = operations.create_assessment(
                actor=actor, kind=kind, settings=form.settings(classes, banks)
            )
            flash(_("Đã tạo đề. Bước tiếp theo: ghi số câu vào ma trận."), "ok")
            return redirect(url_for("papers.edit_blueprint", key=made.public_id), 303)
        except Invalid as error:
            form.refuse(error)
    return _form_page(kind, form), 422


def _kind(value: str) -> AssessmentKind | None:
    return AssessmentKind(value) if value in {kind.value for kind in AssessmentKind} else None


def _form_page(kind: AssessmentKind, form: forms.SettingsForm, assessment: Assessment | None = None) -> str:
    return render_template("papers/edit.html", kind=kind, form=form, assessment=assessment)


@blueprint.route("/<key>/edit", access=COMPOSE)
def edit(key: str) -> ResponseReturnValue:
    """The settings of a draft."""
    actor, assessment = open_assessment(key)
    _must_edit(actor, assessment)
    classes, banks = _offers(actor)
    form = forms.SettingsForm.offering(assessment.kind, classes, banks, **forms.present(assessment))
    return _form_page(assessment.kind, form, assessment)


def _must_edit(actor: Actor, assessment: Assessment) -> None:
    if not rules.may_edit(actor, assessment):
        raise NotAllowed


@blueprint.route("/<key>/edit", access=COMPOSE, methods=["POST"])
def save(key: str) -> ResponseReturnValue:
    """Store changed settings."""
    actor, assessment = open_assessment(key)
    _must_edit(actor, assessment)
    classes, banks = _offers(actor)
    form = forms.SettingsForm.offering(assessment.kind, classes, banks)
    bank_before = assessment.bank_id
    if form.validate_on_submit():
        try:
            operations.change_assessment(
                actor=actor,
                assessment=assessment,
                settings=form.settings(classes, banks),
                revision=forms.revision_of(form.revision.data),
            )
            if assessment.bank_id != bank_before:
                flash(_("Đã lưu. Ngân hàng đã đổi nên ma trận phải ghi lại từ đầu."), "warn")
                return redirect(url_for("papers.edit_blueprint", key=key), 303)
            flash(_("Đã lưu."), "ok")
            return redirect(url_for("papers.show", key=key), 303)
        except Invalid as error:
            form.refuse(error)
    return _form_page(assessment.kind, form, assessment), 422


@blueprint.route("/<key>/duplicate", access=COMPOSE, methods=["POST"])
def duplicate(key: str) -> ResponseReturnValue:
    """A draft of one's own from this one."""
    actor, assessment = open_assessment(key)
    title = _("%(title)s (bản sao)", title=assessment.title)
    copy = operations.duplicate_assessment(actor=actor, assessment=assessment, title=title)
    flash(_("Đã nhân bản. Hãy sửa tên, lớp và giờ mở, giờ đóng."), "ok")
    return redirect(url_for("papers.edit", key=copy.public_id), 303)


@blueprint.route("/<key>/delete", access=COMPOSE, methods=["POST"])
def delete(key: str) -> ResponseReturnValue:
    """Delete a draft."""
    actor, assessment = open_assessment(key)
    operations.delete_assessment(actor=actor, assessment=assessment)
    flash(_("Đã xóa đề đang soạn."), "ok")
    return redirect(url_for("papers.index"), 303)
