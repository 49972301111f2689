"""The centre's side: a class's lists, taking in, returning, new units."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.models import UnitKind
from lms.auth.units.rules import SENDING_KINDS
from lms.core import clock
from lms.core.db import db
from lms.core.errors import Invalid, NotFound
from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.courses.nominations import operations, queries, rules, words
from lms.courses.nominations.forms import UPLOADS, ReturnForm, UploadForm
from lms.courses.nominations.views.blueprint import (
    KEEPERS,
    blueprint,
    kept_list,
    max_megabytes,
    prepared,
    to_list,
)
from lms.courses.nominations.views.lists import list_page
from lms.web.forms import mark_fields
from lms.web.guard import require_actor
from lms.web.i18n import say, zone_name


def _kept(key: str) -> CourseClass:
    return class_in(rules.kept_scope(require_actor()), key)


def _address(course_class: CourseClass) -> str:
    """Where units nominate, to be sent to them; nothing where the class takes no lists any more."""
    due = course_class.nominate_by
    if due is None or due < clock.to_local(clock.now(), zone_name()).date():
        return ""
    return url_for("nominations.start", key=course_class.public_id, _external=True)


def _index(course_class: CourseClass, form: UploadForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "nominations/index.html",
        course_class=course_class,
        form=form,
        lists=queries.lists_of(course_class),
        seats=queries.seats([course_class.id], waiting=True).get(course_class.id),
        states=words.STATES,
        address=_address(course_class),
        accept=UPLOADS,
        max_mb=max_megabytes(),
    )
    return page, status


@blueprint.route("/classes/<key>/nominations", access=KEEPERS)
def index(key: str) -> ResponseReturnValue:
    """The lists of a class, the seats of its units, and where a file goes in."""
    return _index(_kept(key), UploadForm(formdata=None))


@blueprint.route("/classes/<key>/nominations", access=KEEPERS, methods=["POST"], limit="60/hour")
def upload(key: str) -> ResponseReturnValue:
    """Keep a roster and start reading it."""
    course_class, form = _kept(key), UploadForm()
    if not form.validate_on_submit():
        return _index(course_class, form, 422)
    ready = prepared(form.file.data)
    if isinstance(ready, str):
        form.file.errors = [ready]
        return _index(course_class, form, 422)
    made = operations.start_reading(
        actor=require_actor(),
        course_class=course_class,
        unit=None,
        upload=ready,
        name=form.file.data.filename or "",
    )
    return to_list(made.public_id)


@blueprint.route("/classes/<key>/nominations/blank", access=KEEPERS, methods=["POST"])
def begin(key: str) -> ResponseReturnValue:
    """A list to type."""
    made = operations.begin_list(actor=require_actor(), course_class=_kept(key), unit=None)
    return to_list(made.public_id)


@blueprint.route("/nominations/<key>/take-in", access=KEEPERS, methods=["POST"])
def take_in(key: str) -> ResponseReturnValue:
    """*Nhận vào lớp*; what stands in the way is looked up anew and said above the list."""
    actor, found = kept_list(key)
    try:
        done = operations.take_in(
            actor=actor, nomination_list=found, url=url_for("nominations.show", key=key)
        )
    except Invalid as error:
        db.session.rollback()
        operations.look_again(nomination_list=found)
        flash(say(error.message), "danger")
        return to_list(key)
    flash(
        _(
            "Đã nhận %(people)s người vào lớp, %(made)s người mới được cấp mã.",
            people=done.enrolled,
            made=done.made,
        ),
        "ok",
    )
    if done.already:
        flash(_("%(count)s người đã có trong lớp từ trước.", count=done.already), "info")
    return to_list(key)


@blueprint.route("/nominations/<key>/return", access=KEEPERS, methods=["POST"])
def give_back(key: str) -> ResponseReturnValue:
    """*Trả lại* with a note."""
    actor, found = kept_list(key)
    form = ReturnForm(prefix="return")
    class_key = found.course_class.public_id
    if form.validate():
        try:
            operations.give_back(
                actor=actor,
                nomination_list=found,
                note=form.note.data,
                url=url_for("nominations.show", key=key),
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã trả lại danh sách để đơn vị sửa."), "ok")
            return redirect(url_for("nominations.index", key=class_key), 303)
    return list_page(actor, found, give_back=form), 422


@blueprint.route("/nominations/<key>/rows/<row_key>/unit", access=KEEPERS, methods=["POST"])
def make_unit(key: str, row_key: str) -> ResponseReturnValue:
    """A new unit for what a row says."""
    actor, found = kept_list(key)
    kinds = {kind.value: kind for kind in SENDING_KINDS}
    kind = kinds.get(request.form.get("kind", UnitKind.PARTY_ORG.value))
    if kind is None:
        raise NotFound
    try:
        count = operations.make_unit(
            actor=actor, nomination_list=found, row_key=row_key, name=request.form.get("name", ""), kind=kind
        )
    except Invalid as error:
        db.session.rollback()
        flash(" ".join(say(one) for one in error.fields.values()) or say(error.message), "danger")
        return to_list(key)
    flash(_("Đã thêm đơn vị, ghi cho %(count)s hàng.", count=count), "ok")
    return to_list(key)
