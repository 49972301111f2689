"""The unit's side, *Cử người đi học*: classes that take nominations, its lists, sending."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db
from lms.core.errors import Closed, Invalid, NotFound
from lms.courses.classes.models import CourseClass
from lms.courses.nominations import operations, queries, rules, words
from lms.courses.nominations.forms import UPLOADS, UploadForm
from lms.courses.nominations.views.blueprint import (
    SENDERS,
    blueprint,
    max_megabytes,
    prepared,
    sent_list,
    to_list,
)
from lms.web.guard import require_actor
from lms.web.i18n import say, zone_name


@blueprint.route("/nominate", access=SENDERS)
def open_classes() -> ResponseReturnValue:
    """The classes of the own centre that take nominations, and what was sent."""
    scope = rules.sending_scope(require_actor())
    units = list(queries.sending_units(scope))
    today = clock.to_local(clock.now(), zone_name()).date()
    classes = queries.open_classes(units, today)
    seats = queries.seats([one.id for one in classes], waiting=True)
    return render_template(
        "nominations/open.html",
        rows=[
            (
                one,
                queries.places_of(units, seats.get(one.id)),
                one.id in seats,
                (one.nominate_by - today).days,
            )
            for one in classes
            if one.nominate_by
        ],
        lists=queries.lists_sent_by(scope),
        states=words.STATES,
    )


def _found(key: str) -> tuple[Actor, CourseClass, list[Unit]]:
    actor = require_actor()
    scope = rules.sending_scope(actor)
    course_class = queries.class_for(scope, key)
    units = [one for one in queries.sending_units(scope) if one.path.startswith(course_class.unit.path)]
    if not units:
        raise NotFound
    return actor, course_class, units


def _chosen(units: list[Unit]) -> Unit:
    """The unit that sends: the one of the form, where somebody nominates for several."""
    wanted = request.form.get("unit", "")
    return next((one for one in units if one.public_id == wanted), units[0])


def _start_page(
    course_class: CourseClass, units: list[Unit], form: UploadForm, status: int = 200
) -> ResponseReturnValue:
    today = clock.to_local(clock.now(), zone_name()).date()
    seats = queries.seats([course_class.id], waiting=True).get(course_class.id)
    page = render_template(
        "nominations/start.html",
        course_class=course_class,
        units=units,
        form=form,
        open=course_class.nominate_by is not None and course_class.nominate_by >= today,
        seats=queries.places_of(units, seats),
        limited=seats is not None,
        lists=queries.lists_sent_by(rules.sending_scope(require_actor()), [course_class.id]),
        states=words.STATES,
        accept=UPLOADS,
        max_mb=max_megabytes(),
    )
    return page, status


@blueprint.route("/nominate/<key>", access=SENDERS)
def start(key: str) -> ResponseReturnValue:
    """A class: what it is, the seats left, typing or uploading."""
    _actor, course_class, units = _found(key)
    return _start_page(course_class, units, UploadForm(formdata=None))


@blueprint.route("/nominate/<key>", access=SENDERS, methods=["POST"])
def nominate(key: str) -> ResponseReturnValue:
    """A list to type; a draft that is there already is gone on with."""
    actor, course_class, units = _found(key)
    unit = _chosen(units)
    made = operations.begin_list(actor=actor, course_class=course_class, unit=unit)
    return to_list(made.public_id)


@blueprint.route("/nominate/<key>/file", access=SENDERS, methods=["POST"], limit="60/hour")
def upload_own(key: str) -> ResponseReturnValue:
    """A file of the unit."""
    actor, course_class, units = _found(key)
    form = UploadForm()
    if not form.validate_on_submit():
        return _start_page(course_class, units, form, 422)
    ready = prepared(form.file.data)
    if isinstance(ready, str):
        form.file.errors = [ready]
        return _start_page(course_class, units, form, 422)
    name = form.file.data.filename or ""
    made = operations.start_reading(
        actor=actor, course_class=course_class, unit=_chosen(units), upload=ready, name=name
    )
    return to_list(made.public_id)


@blueprint.route("/nominations/<key>/send", access=SENDERS, methods=["POST"])
def send(key: str) -> ResponseReturnValue:
    """*Gửi trung tâm*."""
    actor, found = sent_list(key)
    try:
        count = operations.send(actor=actor, nomination_list=found, url=url_for("nominations.show", key=key))
    except (Invalid, Closed) as error:
        db.session.rollback()
        flash(say(error.message), "danger")
        return to_list(key)
    flash(_("Đã gửi danh sách %(count)s người cho trung tâm.", count=count), "ok")
    return redirect(url_for("nominations.open_classes"), 303)
