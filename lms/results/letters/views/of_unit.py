"""The unit's own pages: its learners, the letters it got, its answers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import Invalid
from lms.results.letters import operations, queries, rules, words
from lms.results.letters.forms import ReplyForm
from lms.results.letters.models import UnitLetter
from lms.results.letters.printing import draft_of
from lms.results.letters.views import LIAISON, liaison
from lms.web.forms import mark_fields
from lms.web.guard import require_actor


@liaison.route("/unit/learners", access=LIAISON)
def learners() -> ResponseReturnValue:
    """The classes to which the unit sent learners."""
    found = queries.own_classes(rules.unit_scope(require_actor()))
    return render_template("letters/own_classes.html", classes=found)


@liaison.route("/unit/classes/<key>", access=LIAISON)
def learners_of(key: str) -> ResponseReturnValue:
    """The unit's learners in one class."""
    scope = rules.unit_scope(require_actor())
    course_class = queries.class_of_unit(scope, key)
    found = queries.own_learners(scope, course_class)
    return render_template(
        "letters/own_learners.html",
        course_class=course_class,
        learners=found,
        published=any(one.result is not None for one in found),
        several=len({one.enrolment.unit_id for one in found}) > 1,
    )


@liaison.route("/unit/letters", access=LIAISON)
def letters() -> ResponseReturnValue:
    """The letters sent to the unit."""
    found = queries.letters_to(rules.unit_scope(require_actor()))
    return render_template("letters/sent_letters.html", letters=found, words=words)


@liaison.route("/unit/letters/<key>", access=LIAISON)
def letter(key: str) -> ResponseReturnValue:
    """One letter to read; that the unit opened it is noted."""
    actor = require_actor()
    found = queries.letter_to(rules.unit_scope(actor), key)
    page = _page(found, ReplyForm(formdata=None, obj=found))
    if found.opened_at is None:
        operations.note_opened(actor=actor, letter=found)
    return page


def _page(found: UnitLetter, form: ReplyForm, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "letters/read.html",
        letter=found,
        course_class=found.course_class,
        written=draft_of(found).words(),
        form=form,
    ), status


@liaison.route("/unit/letters/<key>/reply", access=LIAISON, methods=["POST"])
def reply(key: str) -> ResponseReturnValue:
    """The unit's remarks."""
    actor = require_actor()
    found = queries.letter_to(rules.unit_scope(actor), key)
    form = ReplyForm()
    if not form.validate_on_submit():
        return _page(found, form, 422)
    try:
        operations.answer(
            actor=actor, letter=found, text=form.reply.data or "", url=url_for("letters.show", key=key)
        )
    except Invalid as error:
        db.session.rollback()
        mark_fields(form, error)
        return _page(queries.letter_to(rules.unit_scope(actor), key), form, 422)
    flash(_("Đã gửi nhận xét đến trung tâm."), "ok")
    return redirect(url_for("liaison.letter", key=key), 303)
