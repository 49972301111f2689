"""The list of classes, and each class with its learners."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.accounts.forms import unit_choices
from lms.auth.units.queries import centres_in, tree, unit_in
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import Invalid, NotAllowed
from lms.courses.classes import operations, queries, rules
from lms.courses.classes.forms import ClassForm, CodesForm, QuotaForm, SentForm
from lms.courses.classes.models import CourseClass, EnrolmentState
from lms.web.forms import mark_fields
from lms.web.guard import GuardedBlueprint, require_actor, roles

blueprint = GuardedBlueprint("classes", __name__, template_folder="templates", url_prefix="/classes")
READERS = roles(*rules.READERS)
KEEPERS = roles(*rules.KEEPERS)


def _kept(key: str) -> CourseClass:
    return queries.class_in(rules.kept_scope(require_actor()), key)


@blueprint.route("", access=READERS)
def index() -> ResponseReturnValue:
    """The classes of the own centres, the latest first."""
    actor = require_actor()
    wanted = request.args.get("q", "").strip()
    return render_template(
        "classes/index.html",
        page=queries.classes(rules.seen_scope(actor), wanted, request.args.get("page", 1, type=int)),
        wanted=wanted,
        may_open=bool(rules.kept_scope(actor)),
    )


@blueprint.route("/new", access=KEEPERS)
def new() -> ResponseReturnValue:
    """The form for a new class."""
    centres = centres_in(rules.kept_scope(require_actor()))
    if not centres:
        raise NotAllowed
    return render_template(
        "classes/edit.html",
        form=ClassForm.offering(queries.programmes_of(centres), queries.lecturers_of(centres), centres),
        course_class=None,
    )


@blueprint.route("/new", access=KEEPERS, methods=["POST"])
def create() -> ResponseReturnValue:
    """Open a class."""
    actor = require_actor()
    centres = centres_in(rules.kept_scope(actor))
    if not centres:
        raise NotAllowed
    programmes = queries.programmes_of(centres)
    lecturers = queries.lecturers_of(centres)
    form = ClassForm.offering(programmes, lecturers, centres)
    if form.validate():
        chosen = form.unit.data if form.unit else centres[0].public_id
        unit = next(centre for centre in centres if centre.public_id == chosen)
        try:
            made = operations.open_class(actor=actor, unit=unit, data=form.class_data(programmes, lecturers))
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã mở lớp. Hãy ghi danh học viên."), "ok")
            return redirect(url_for("classes.show", key=made.public_id))
    return render_template("classes/edit.html", form=form, course_class=None), 422


@blueprint.route("/<key>/edit", access=KEEPERS)
def edit(key: str) -> ResponseReturnValue:
    """The form with what is stored."""
    course_class = _kept(key)
    centre = [course_class.unit]
    form = ClassForm.offering(
        queries.programmes_of(centre), queries.lecturers_of(centre), course_class=course_class
    )
    return render_template("classes/edit.html", form=form, course_class=course_class)


@blueprint.route("/<key>/edit", access=KEEPERS, methods=["POST"])
def save(key: str) -> ResponseReturnValue:
    """Correct what is known of a class."""
    course_class = _kept(key)
    programmes = queries.programmes_of([course_class.unit])
    lecturers = queries.lecturers_of([course_class.unit])
    form = ClassForm.offering(programmes, lecturers, course_class=course_class)
    if form.validate():
        try:
            operations.edit_class(
                actor=require_actor(), course_class=course_class, data=form.class_data(programmes, lecturers)
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lưu."), "ok")
            return redirect(url_for("classes.show", key=key))
    return render_template("classes/edit.html", form=form, course_class=_kept(key)), 422


@blueprint.route("/<key>", access=READERS)
def show(key: str) -> ResponseReturnValue:
    """A class and its learners by name; who keeps it enrols and withdraws them here."""
    return _page(queries.class_in(rules.seen_scope(require_actor()), key))


def _page(
    course_class: CourseClass,
    *,
    codes: CodesForm | None = None,
    sent: SentForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    everybody = queries.enrolments(course_class)
    may_keep = rules.may_keep(require_actor(), course_class.unit.path)
    if may_keep:
        codes = codes or CodesForm(formdata=None, prefix="paste")
        sent = sent or SentForm(formdata=None, prefix="sent")
        sent.unit.choices = _units(course_class)
    return render_template(
        "classes/show.html",
        course_class=course_class,
        learners=[one for one in everybody if one.state is EnrolmentState.ACTIVE],
        withdrawn=[one for one in everybody if one.state is EnrolmentState.WITHDRAWN],
        lecturers=queries.lecturers_in(course_class),
        may_keep=may_keep,
        codes=codes,
        sent=sent,
    ), status


def _own_units(course_class: CourseClass) -> Scope:
    """The centre and the units below it."""
    return Scope((course_class.unit.path,))


def _units(course_class: CourseClass) -> list[tuple[str, str]]:
    return [("", _("– chọn đơn vị –")), *unit_choices(tree(_own_units(course_class)))]


def _say_enrolled(count: int) -> None:
    if count:
        flash(_("Đã ghi danh %(count)s học viên.", count=count), "ok")
    else:
        flash(_("Những người này đã có trong lớp."), "info")


@blueprint.route("/<key>/learners", access=KEEPERS, methods=["POST"])
def enrol(key: str) -> ResponseReturnValue:
    """Enrol the learners of the pasted codes."""
    course_class = _kept(key)
    form = CodesForm(prefix="paste")
    if form.validate():
        try:
            came = operations.enrol_called(
                actor=require_actor(), course_class=course_class, typed=form.codes.data
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            _say_enrolled(came)
            return redirect(url_for("classes.show", key=key))
    return _page(_kept(key), codes=form, status=422)


@blueprint.route("/<key>/learners/unit", access=KEEPERS, methods=["POST"])
def enrol_unit(key: str) -> ResponseReturnValue:
    """Enrol all learners of a unit."""
    course_class = _kept(key)
    form = SentForm(prefix="sent")
    form.unit.choices = _units(course_class)
    if form.validate():
        unit = unit_in(_own_units(course_class), form.unit.data)
        try:
            came = operations.enrol_unit(actor=require_actor(), course_class=course_class, unit=unit)
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            _say_enrolled(came)
            return redirect(url_for("classes.show", key=key))
    return _page(_kept(key), sent=form, status=422)


@blueprint.route("/<key>/learners/<account_key>/withdraw", access=KEEPERS, methods=["POST"])
def withdraw(key: str, account_key: str) -> ResponseReturnValue:
    """Take a learner out of the class."""
    operations.withdraw(actor=require_actor(), course_class=_kept(key), account_key=account_key)
    flash(_("Đã cho rút khỏi lớp. Bài làm và kết quả vẫn giữ nguyên."), "ok")
    return redirect(url_for("classes.show", key=key))


@blueprint.route("/<key>/learners/<account_key>/monitor", access=KEEPERS, methods=["POST"])
def set_monitor(key: str, account_key: str) -> ResponseReturnValue:
    """Make a learner the monitor (*lớp trưởng*), or no longer."""
    monitor = request.form.get("monitor") == "1"
    operations.set_monitor(
        actor=require_actor(), course_class=_kept(key), account_key=account_key, monitor=monitor
    )
    flash(_("Đã đặt lớp trưởng. Lớp trưởng điểm danh được.") if monitor else _("Đã thôi lớp trưởng."), "ok")
    return redirect(url_for("classes.show", key=key))


@blueprint.route("/<key>/quotas", access=KEEPERS)
def quotas(key: str) -> ResponseReturnValue:
    """How many learners each unit may send."""
    return _quota_page(_kept(key), QuotaForm(formdata=None))


def _quota_page(course_class: CourseClass, form: QuotaForm, status: int = 200) -> ResponseReturnValue:
    form.unit.choices = _units(course_class)
    page = render_template(
        "classes/quotas.html", course_class=course_class, form=form, quotas=queries.quotas(course_class)
    )
    return page, status


@blueprint.route("/<key>/quotas", access=KEEPERS, methods=["POST"])
def set_quota(key: str) -> ResponseReturnValue:
    """Give a unit places; a unit that has some gets these instead."""
    course_class = _kept(key)
    form = QuotaForm()
    form.unit.choices = _units(course_class)
    if not form.validate():
        return _quota_page(course_class, form, 422)
    unit = unit_in(_own_units(course_class), form.unit.data)
    operations.set_quota(actor=require_actor(), course_class=course_class, unit=unit, places=form.places.data)
    flash(_("Đã ghi chỉ tiêu."), "ok")
    return redirect(url_for("classes.quotas", key=key))


@blueprint.route("/<key>/quotas/<unit_key>/remove", access=KEEPERS, methods=["POST"])
def remove_quota(key: str, unit_key: str) -> ResponseReturnValue:
    """Take a unit's quota away."""
    course_class = _kept(key)
    unit = unit_in(_own_units(course_class), unit_key)
    operations.set_quota(actor=require_actor(), course_class=course_class, unit=unit, places=None)
    flash(_("Đã bỏ chỉ tiêu của đơn vị."), "ok")
    return redirect(url_for("classes.quotas", key=key))
