"""A class's lessons and activities for whoever keeps or teaches it, and how far its learners are."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import Invalid
from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.courses.study import rules
from lms.courses.study.forms import ActivityForm
from lms.courses.study.operations import activities as verbs
from lms.courses.study.queries import course
from lms.courses.study.reckoning import Tally
from lms.courses.study.views.blueprint import READERS, WRITERS, blueprint
from lms.web.forms import mark_fields
from lms.web.guard import require_actor


def _seen(key: str) -> CourseClass:
    return class_in(rules.seen_scope(require_actor()), key)


@blueprint.route("/classes/<key>/study", access=READERS)
def of_class(key: str) -> ResponseReturnValue:
    """The modules of a class with lessons and activities."""
    return _page(key)


def _page(key: str, form: ActivityForm | None = None, status: int = 200) -> ResponseReturnValue:
    actor = require_actor()
    course_class = _seen(key)
    parts = course.parts_of(course_class, drafts=True)
    path = course_class.unit.path
    may_arrange = rules.may_arrange(actor, path, course.lecturer_ids(course_class))
    if may_arrange and form is None:
        form = ActivityForm.offering(course_class, parts, fresh=True)
    return render_template(
        "study/of_class.html",
        course_class=course_class,
        parts=parts,
        may_arrange=may_arrange,
        may_write=rules.may_write(actor, path),
        form=form,
    ), status


@blueprint.route("/classes/<key>/study/activities", access=WRITERS, methods=["POST"])
def add_activity(key: str) -> ResponseReturnValue:
    """Give the class something to do."""
    course_class = _seen(key)
    form = ActivityForm.offering(course_class, course.parts_of(course_class, drafts=True))
    if form.validate():
        kind, _colon, target = form.what.data.partition(":")
        module, _colon, lesson = form.where.data.partition(":")
        try:
            verbs.add_activity(
                actor=require_actor(),
                course_class=course_class,
                module_key=module,
                lesson_key=lesson,
                kind=kind,
                target=target,
                required=form.required.data,
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã giao cho lớp."), "ok")
            return redirect(url_for("study.of_class", key=key))
    return _page(key, form, 422)


@blueprint.route("/classes/<key>/study/activities/<activity_key>/move", access=WRITERS, methods=["POST"])
def move_activity(key: str, activity_key: str) -> ResponseReturnValue:
    """Change places with the one before or after."""
    up = request.args.get("to") == "up"
    verbs.move_activity(actor=require_actor(), course_class=_seen(key), key=activity_key, up=up)
    return redirect(url_for("study.of_class", key=key))


@blueprint.route("/classes/<key>/study/activities/<activity_key>/required", access=WRITERS, methods=["POST"])
def require_activity(key: str, activity_key: str) -> ResponseReturnValue:
    """Say whether it has to be done."""
    verbs.require_activity(
        actor=require_actor(),
        course_class=_seen(key),
        key=activity_key,
        required=request.args.get("to") != "optional",
    )
    return redirect(url_for("study.of_class", key=key))


@blueprint.route("/classes/<key>/study/activities/<activity_key>/remove", access=WRITERS, methods=["POST"])
def remove_activity(key: str, activity_key: str) -> ResponseReturnValue:
    """Take it out of the class's modules."""
    verbs.remove_activity(actor=require_actor(), course_class=_seen(key), key=activity_key)
    flash(_("Đã bỏ khỏi lớp. Bài đã làm vẫn giữ nguyên."), "ok")
    return redirect(url_for("study.of_class", key=key))


@dataclass(frozen=True, slots=True)
class Row:
    """A learner in the table of progress; ``tallies`` by module id."""

    learner: course.LearnerRow
    tallies: dict[int, Tally]
    whole: Tally
    begun: bool


@blueprint.route("/classes/<key>/study/progress", access=READERS)
def progress(key: str) -> ResponseReturnValue:
    """How far each learner of the class is in each module, and who has not started."""
    course_class = _seen(key)
    parts = [part for part in course.parts_of(course_class) if part.lessons or part.tasks]
    learners, deeds = course.everybodys_deeds(course_class, parts)
    begun = deeds.begun()
    rows = []
    for learner in learners:
        tallies = {part.id: deeds.tally(part, learner.account_id) for part in parts}
        whole = sum(tallies.values(), Tally())
        rows.append(Row(learner, tallies, whole, learner.account_id in begun))
    state = request.args.get("state", "")
    chosen = {
        "none": [one for one in rows if not one.begun],
        "whole": [one for one in rows if one.whole.is_whole],
    }
    return render_template(
        "study/progress.html",
        course_class=course_class,
        parts=parts,
        short=_short(course_class.programme.module_word),
        rows=chosen.get(state, rows),
        learners=len(rows),
        waiting=chosen["none"],
        whole=len(chosen["whole"]),
        state=state,
    )


def _short(word: str) -> str:
    """What a module is called at the head of a column: a short word as it is, of a longer one its initials."""
    parts = word.split()
    return word.capitalize() if len(parts) == 1 else "".join(part[0] for part in parts).upper()
