"""The class's essays: their list, a new one, its words and rubric, its page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.audit.queries import trail
from lms.core.actor import Actor
from lms.core.errors import Invalid
from lms.courses.classes.models import CourseClass
from lms.courses.classes.queries import class_in
from lms.quizzes.grading import forms, operations, queries, rules, words
from lms.quizzes.grading.models import EssayState, EssayTask
from lms.quizzes.grading.views.blueprint import WRITE, blueprint, learner_url, must, open_task
from lms.quizzes.papers.forms import revision_of
from lms.web.forms import mark_fields
from lms.web.guard import require_actor
from lms.web.i18n import marks, say


@blueprint.route("/classes/<key>/essays", access=WRITE)
def index(key: str) -> ResponseReturnValue:
    """The class's tasks; a lecturer's own and those to mark."""
    actor = require_actor()
    course_class = class_in(actor.scope(*rules.WRITERS), key)
    rows = [row for row in queries.tasks_of(course_class) if rules.may_see(actor, row.task)]
    return render_template("essays/index.html", course_class=course_class, rows=rows)


@blueprint.route("/classes/<key>/essays/new", access=WRITE)
def new(key: str) -> ResponseReturnValue:
    """An empty task."""
    actor = require_actor()
    course_class = class_in(actor.scope(*rules.WRITERS), key)
    people = [one.public_id for one in queries.possible_graders(course_class.unit)]
    form = forms.TaskForm(
        typed=True,
        uploaded=True,
        graders="1",
        difference_limit=marks(100),
        first=actor.public_id if actor.public_id in people else "",
    )
    return _form_page(course_class, form, forms.rubric_rows(None))


@blueprint.route("/classes/<key>/essays/new", access=WRITE, methods=["POST"])
def create(key: str) -> ResponseReturnValue:
    """Set it."""
    actor = require_actor()
    course_class = class_in(actor.scope(*rules.WRITERS), key)
    return _store(actor, course_class, None)


@blueprint.route("/essays/<key>/edit", access=WRITE)
def edit(key: str) -> ResponseReturnValue:
    """Its words and rubric, as they stand."""
    actor, task = open_task(key)
    must(rules.may_edit(actor, task))
    form = forms.TaskForm(**forms.present(task))
    return _form_page(task.course_class, form, forms.rubric_rows(task), task)


@blueprint.route("/essays/<key>/edit", access=WRITE, methods=["POST"])
def save(key: str) -> ResponseReturnValue:
    """Store them."""
    actor, task = open_task(key)
    must(rules.may_edit(actor, task))
    return _store(actor, task.course_class, task)


def _store(actor: Actor, course_class: CourseClass, task: EssayTask | None) -> ResponseReturnValue:
    form, rubric = forms.TaskForm(), forms.RubricInput(request.form)
    modules, graders = queries.module_choices(course_class), queries.possible_graders(course_class.unit)
    form.offer(modules, graders, word=course_class.programme.module_word)
    if request.form.get("do") == "row":
        return _form_page(course_class, form, rubric.table(more=True), task)
    valid = form.validate_on_submit()
    if valid and rubric.problem is None:
        try:
            given = form.given(modules, graders, rubric.criteria)
            if task is None:
                task = operations.create_task(actor=actor, course_class=course_class, given=given)
            else:
                revision = revision_of(form.revision.data)
                operations.save_task(actor=actor, task=task, given=given, revision=revision)
            flash(_("Đã lưu bài thu hoạch."), "ok")
            return redirect(url_for("essays.show", key=task.public_id), 303)
        except Invalid as error:
            rubric.problem = error.fields.pop("criteria", None)
            if error.fields or rubric.problem is None:
                mark_fields(form, error)
    return _form_page(course_class, form, rubric.table(), task, rubric), 422


def _form_page(
    course_class: CourseClass,
    form: forms.TaskForm,
    rows: list[dict[str, str]],
    task: EssayTask | None = None,
    rubric: forms.RubricInput | None = None,
) -> str:
    modules, graders = queries.module_choices(course_class), queries.possible_graders(course_class.unit)
    form.offer(modules, graders, word=course_class.programme.module_word)
    begun = task is not None and queries.marks_begun(task)
    return render_template(
        "essays/edit.html",
        course_class=course_class,
        task=task,
        form=form,
        rows=forms.rubric_rows(task) if begun else rows,
        locked=begun,
        rubric_problem=rubric.problem if rubric else None,
    )


@blueprint.route("/essays/<key>", access=WRITE)
def show(key: str) -> ResponseReturnValue:
    """One task: its state, its counts, who handed in, what to do next."""
    actor, task = open_task(key)
    return render_template("essays/show.html", **page_of(actor, task))


def page_of(actor: Actor, task: EssayTask) -> dict[str, Any]:
    """What the task's page shows to this person."""
    turn = rules.turn_of(actor, task)
    draft = task.state is EssayState.DRAFT
    coded = [] if draft else queries.marked(task)
    return {
        "task": task,
        "course_class": task.course_class,
        "counts": queries.counts_of(task),
        "people": queries.people(task) if not draft and rules.sees_people(actor, task) else None,
        "sees_marks": rules.sees_marks(actor, task),
        "marks_of": {one.id: one.marks for one in coded},
        "runs": rules.may_run(actor, task),
        "edits": rules.may_edit(actor, task),
        "turn": turn,
        "to_mark": [one for one in coded if turn and queries.is_waiting(task, one, turn)],
        "marked": [one for one in coded if turn and any(mark.turn == turn for mark in one.marks)],
        "progress": _progress(task, coded),
        "begun": any(one.marks for one in coded),
        "thirds": [one for one in coded if queries.wants_third(task, one)],
        "history": [
            event for event in trail("essay_task", task.id, limit=20) if event.action in words.ACTIONS
        ],
        "learner_url": url_for("essays.work", key=task.public_id, _external=True),
        "own_url": learner_url(task),
        "say": say,
    }


def _progress(task: EssayTask, coded: list[Any]) -> list[tuple[str, int, int]]:
    """Name of the grader, final marks given, marks wanted: by turn."""
    found = []
    for grader in task.graders_named:
        given = sum(any(mark.turn == grader.turn and mark.given_at for mark in one.marks) for one in coded)
        wanted = given + sum(queries.is_waiting(task, one, grader.turn) for one in coded)
        if grader.turn <= task.graders or wanted:
            found.append((grader.account.full_name, given, wanted))
    return found
